"""Reserve assets and interventions of Japan."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publisher_files import columns, everything, figures, read

from saiken.publishers.mof_reserves import TABLES
from saiken.publishers.table import ParseError, Table

RESERVES, INTERVENTION = TABLES
RESERVES_FILE = Path("data/japan/mof_reserves/official_reserve_assets_extract_202408_202608.csv")
INTERVENTION_FILE = Path(
    "data/japan/mof_intervention/mof_fx_intervention_daily_extract_20040217_20260506.csv"
)
SMALL = (
    "period,month_label_ja,A_official_reserve_assets_usd_mn,foreign_currency_reserves_usd_mn,"
    "securities_usd_mn,deposits_usd_mn,imf_reserve_position_usd_mn,sdrs_usd_mn,gold_usd_mn,"
    "gold_mn_fine_troy_oz,other_reserve_assets_usd_mn,B_other_foreign_currency_assets_usd_mn\n"
    "2026-01,1月,115,100,60,40,1,2,8,27.2,4,9\n"
    "2026-02,2月,116,101,60,41,1,2,8,27.2,4,9\n"
)
OPERATIONS = "date,currency_pair,direction,amount_yen_billions\n"


def test_reserves(shared: Path) -> None:
    found = read(RESERVES, shared / RESERVES_FILE)
    assert {len(column) for column in found.values()} == {25}
    total = figures(found["mof/reserves/total"])
    assert (min(total), max(total), total["2025-12"]) == ("2024-08", "2026-08", "1369775")
    assert figures(found["mof/reserves/foreign_currency"])["2025-12"] == "1164196"
    assert figures(found["mof/reserves/gold"])["2026-01"] == "135502"
    assert figures(found["mof/reserves/gold_ounces"])["2026-01"] == "27.2"
    assert figures(found["mof/reserves/securities"])["2026-05"] == "931678"


def test_interventions(shared: Path) -> None:
    found = read(INTERVENTION, shared / INTERVENTION_FILE)
    days = {day: Decimal(value) for day, value in figures(found["mof/intervention/USDJPY"]).items()}
    assert len(days) == 37
    assert days["2011-10-31"] == Decimal("-8072.2")  # yen sold
    golden_week = ("2026-04-30", "2026-05-04", "2026-05-06")
    assert sum(days[day] for day in golden_week) == Decimal("11734.8")  # yen bought


def test_signs_of_other_pairs() -> None:
    text = (
        OPERATIONS + "2003-05-09,EUR/JPY,sell_JPY_buy_EUR,10.5\n"
        "2003-05-09,USD/JPY,sell_JPY_buy_USD,11\n"
        "2003-05-12,EUR/JPY,sell_EUR_buy_JPY,3.25\n"
    )
    found = columns(INTERVENTION, text.encode())
    assert figures(found["mof/intervention/EURJPY"]) == {
        "2003-05-09": "-10.5",
        "2003-05-12": "3.25",
    }
    assert figures(found["mof/intervention/USDJPY"]) == {"2003-05-09": "-11"}


def test_reserves_are_read_by_their_header() -> None:
    turned = "".join(",".join(line.split(",")[::-1]) + "\n" for line in SMALL.splitlines())
    assert everything(columns(RESERVES, turned.encode())) == everything(
        columns(RESERVES, SMALL.encode())
    )


@pytest.mark.parametrize(
    ("table", "text", "words"),
    [
        (RESERVES, SMALL.replace("116", "117"), "line 3: total is not the sum"),
        (RESERVES, SMALL.replace("60,41", "41,61"), "line 3: foreign_currency is not"),
        (RESERVES, SMALL.replace("2月", "3月"), "line 3: 2026-02 is labelled"),
        (RESERVES, SMALL.replace("2026-02,2月", "2026-01,1月"), "line 3: 2026-01 stands twice"),
        (RESERVES, SMALL.replace("2026-02", "2026-13"), "line 3: '2026-13' is not a month"),
        (RESERVES, SMALL.replace("2026-02", "2026"), "line 3: '2026' is not a month"),
        (RESERVES, SMALL.replace("27.2", "-"), "line 2: '-' in column 10"),
        (RESERVES, SMALL.replace(",9\n", "\n"), "line 2: 11 cells"),
        (RESERVES, SMALL.replace("deposits", "deposit"), "line 1: the columns"),
        (RESERVES, SMALL[:-1], "line 3: .*cut off"),
        (RESERVES, SMALL.splitlines()[0] + "\n", "no months below"),
        (INTERVENTION, OPERATIONS, "no operations below"),
        (INTERVENTION, OPERATIONS + "2026-04-30,USD/JPY,sell_EUR_buy_JPY,1\n", "not a trade in"),
        (INTERVENTION, OPERATIONS + "2026-04-30,USDJPY,sell_USD_buy_JPY,1\n", "not a pair"),
        (INTERVENTION, OPERATIONS + "2026-04-30,USD/JPY,sell_USD_buy_JPY,-1\n", "bear no sign"),
        (INTERVENTION, OPERATIONS + "2026-04-31,USD/JPY,sell_USD_buy_JPY,1\n", "not a date"),
        (INTERVENTION, OPERATIONS + 2 * "2026-04-30,USD/JPY,sell_USD_buy_JPY,1\n", "line 3: .*twice"),
        (INTERVENTION, "date,direction,currency_pair,amount_yen_billions\n", "columns are not"),
        (INTERVENTION, "<html>\n", "web page"),
    ],
)  # fmt: skip
def test_damage_is_told_with_its_line(table: Table, text: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        columns(table, text.encode())


@given(st.binary(max_size=300), st.sampled_from(TABLES))
def test_any_bytes_at_all(data: bytes, table: Table) -> None:
    with pytest.raises(ParseError):
        columns(table, data)


def test_only_its_own_files_are_recognised() -> None:
    assert RESERVES.recognise(SMALL.encode(), "x")
    assert INTERVENTION.recognise(OPERATIONS.encode(), "x")
    assert not RESERVES.recognise(OPERATIONS.encode(), "reserves.csv")
    assert not INTERVENTION.recognise(b"date,amount_yen_billions\n", "intervention.csv")
