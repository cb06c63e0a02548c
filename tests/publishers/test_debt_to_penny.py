"""Debt to the Penny: strings of dollars and cents that must add up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from publisher_files import columns, figures, read

from saiken.publishers.debt_to_penny import TABLES
from saiken.publishers.table import ParseError

(PENNY,) = TABLES


def answer(**changes: Any) -> bytes:
    record = {
        "record_date": "2026-01-15",
        "debt_held_public_amt": "30877766440770.58",
        "intragov_hold_amt": "7659787054165.03",
        "tot_pub_debt_out_amt": "38537553494935.61",
    }
    return json.dumps({"data": [record | changes], "meta": {"count": 1}}).encode()


def test_the_real_answer(shared: Path) -> None:
    (path,) = (shared / "data/us/debt").glob("fd_debt_to_penny*")
    found = read(PENNY, path)
    assert {series: len(column) for series, column in found.items()} == {
        "debt/public": 12,
        "debt/intragovernmental": 12,
        "debt/total": 12,
    }
    assert figures(found["debt/total"])["2025-11-28"] == "38396211497613.65"
    first = next(found["debt/total"].cells())
    assert str(first[3]) == "sheet data, row 1, column 4"


def test_before_2005_only_the_total_was_published() -> None:
    found = columns(PENNY, answer(debt_held_public_amt="null", intragov_hold_amt="null"))
    assert set(found) == {"debt/total"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (answer(tot_pub_debt_out_amt="38537553494935.62"), "record 1: .*do not make up the total"),
        (answer(tot_pub_debt_out_amt="38537553494935.6"), "no amount in dollars and cents"),
        (answer(tot_pub_debt_out_amt="null"), "no amount in dollars and cents"),
        (answer(tot_pub_debt_out_amt=38537553494935), "do not make up the total|no amount"),
        (answer(record_date="15 January"), "'15 January' is not a date"),
        (b'{"data": []}', "no records"),
        (b'{"data": [1]}', "record 1 is no object"),
        (b"[1]", "not an object"),
        (answer()[:-9], "not readable as JSON"),
        (b"<html>", "web page"),
    ],
)
def test_damage_is_told(data: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        columns(PENNY, data)


def test_a_day_twice_is_told() -> None:
    content = json.loads(answer())
    content["data"] *= 2
    with pytest.raises(ParseError, match="record 2: 2026-01-15 stands twice"):
        columns(PENNY, json.dumps(content).encode())


def test_other_json_is_not_recognised(shared: Path) -> None:
    cache = next((shared / "data/us/stress/fred_cache_vintages").glob("*.json"))
    assert not PENNY.recognise(cache.read_bytes()[:4096], cache.name)
    assert PENNY.recognise(answer(), "anything.json")
