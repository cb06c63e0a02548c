"""Computations of third parties: labelled so, and held to the publishers' own figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from publisher_files import columns, figures, read

from saiken.publishers import boj_flow, mof_bppi, third_party
from saiken.publishers.catalog import load
from saiken.publishers.table import ParseError
from saiken.terms.figure import Basis

FLOWS, ACCOUNTS, HOLDERS = third_party.TABLES
FOLDER = Path("data/japan/derived")


def test_all_of_it_is_labelled() -> None:
    families = [family for family in load().families if family.publisher == "third_party"]
    assert families
    assert all("(derived)" in family.title for family in families)
    assert not load().publishers["third_party"].redistribute
    # the publisher's own series answers first
    assert load().candidates("sovereign_bond_flows", "US")[0] == "mof/bppi/total/US/net"


def test_flows_by_country_are_those_of_the_release(shared: Path) -> None:
    found = read(FLOWS, shared / FOLDER / "mof_bop.json")
    assert sum(map(len, found.values())) == 35 * 50
    assert {column.vintage_basis for column in found.values()} == {Basis.FIRST_SEEN}
    release = read(mof_bppi.TABLES[0], shared / "data/japan/mof_bop/bppi202512.pdf")
    for term in ("total", "long"):
        for country in ("US", "CA", "AU", "DE", "FR", "IT", "NL", "GB", "SE"):
            ours = figures(found[f"third/sovereign/{term}/{country}/net"])["2025-12"]
            own = int(figures(release[f"mof/bppi/{term}/{country}/net"])["2025-12"])
            assert abs(float(ours) - own / 10) < 0.051, (term, country)


def test_holders_end_where_the_flow_of_funds_does(shared: Path) -> None:
    found = read(HOLDERS, shared / FOLDER / "jgb_holders_history.json")
    own = read(boj_flow.TABLES[0], shared / "data/japan/boj/sjpre.xlsx")
    ours = figures(found["third/jgb_holders/central_bank"])
    assert (len(ours), min(ours), max(ours)) == (114, "1997-Q4", "2026-Q1")
    assert ours["2026-Q1"] == "485.43"
    for holder, sector in (
        ("central_bank", "central_bank"),
        ("all", "total"),
        ("overseas", "overseas"),
    ):
        value = int(figures(own[f"boj/fof/stock/assets/Db/{sector}"])["2026-Q1"])
        assert (
            abs(float(figures(found[f"third/jgb_holders/{holder}"])["2026-Q1"]) - value / 1e4)
            < 0.0051
        )


def test_accounts(shared: Path) -> None:
    found = read(ACCOUNTS, shared / FOLDER / "boj_balance_sheet.json")
    bonds = figures(found["third/boj_accounts/assets/jgs"])
    assert (len(bonds), bonds["2026-07"]) == (175, "519.382")


META = {"generated_at": "2026-08-11T03:51:13+00:00", "unit": "JPY bn", "sign": "+ = net purchase"}


def flows(**changes: Any) -> bytes:
    block = {"series": {"us": [1.5, 2.0], "others": [1.0, None], "total": [2.5, 2.0]}}
    content = {
        "meta": META, "months": ["2025-11", "2025-12"], "outbound_sov": block,
        "outbound_sov_total": block, "inbound": block,
    }  # fmt: skip
    return json.dumps(content | changes).encode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (flows(meta={}), "no moment"),
        (flows(meta=META | {"unit": "USD mn"}), "not in JPY bn"),
        (flows(months=["2025-12", "2025-11"]), "not in their order"),
        (flows(months=["2025-11", "December"]), "no list of months"),
        (flows(months=["2025-11"]), "not as many figures"),
        (flows(inbound={"series": {"mars": [1, 2], "total": [1, 2]}}), "'mars' is not known"),
        (flows(inbound={"series": {"us": [1, 2]}}), "no total"),
        (flows(inbound={"series": {"us": [1, 2], "total": [1, 3]}}), "the total of 2025-12"),
        (flows(inbound={"series": {"us": [1, "x"], "total": [1, 3]}}), "not a number"),
        (flows()[:-5], "not readable as JSON"),
    ],
)
def test_damaged_flows_are_told(data: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        columns(FLOWS, data)


def holders(**changes: Any) -> bytes:
    row = dict.fromkeys(third_party._HOLDERS, 1.0) | {"date": 202601, "total_jpy_tn": 9.0}
    return json.dumps([row | changes]).encode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (holders(date=202605), "'202605' is not a quarter"),
        (holders(total_jpy_tn=9.2), "-0.20 off their total"),
        (holders(Households=None), "nothing of Households"),
        (b"{}", "no list of quarters"),
        (holders()[:-3], "not readable as JSON"),
    ],
)
def test_damaged_holders_are_told(data: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        columns(HOLDERS, data)


def test_a_good_row() -> None:
    assert figures(columns(HOLDERS, holders())["third/jgb_holders/all"]) == {"2026-Q1": "9.0"}


@pytest.mark.parametrize("change", [{"unit": "USD"}, {"generated_at": "then"}])
def test_damaged_accounts_are_told(change: dict[str, str]) -> None:
    content = {"meta": META | {"unit": "JPY tn"} | change, "months": ["2025-12"]}
    with pytest.raises(ParseError, match=r"not in JPY tn|no moment"):
        columns(ACCOUNTS, json.dumps(content).encode())
