"""Figures of one thing in several files: the ten checks of the data's map, through our parsers."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from publisher_files import artifact

from saiken.publishers import registry
from saiken.terms.period import Period

Held = dict[str, dict[str, Decimal]]


@pytest.fixture(scope="module")
def data(shared: Path) -> Path:
    return shared / "data"


@cache
def held(path: Path) -> Held:
    """Series -> period label -> value, of one real file."""
    content = path.read_bytes()
    table = registry.recognise(content, path.name)
    assert table, f"{path.name} is no table of ours"
    found: Held = {}
    for column in table.parse(content, artifact(path.name)):
        for period, value, _, _ in column.cells():
            if value is not None:
                found.setdefault(column.series, {})[period.label] = value
    return found


TABLE5 = ("us/tic/slt_table5_data-to-2026-07.txt", "us/tic/slt_table5_data-to-2026-04.txt")
HISTORY = ("us/tic/mfhhis01_vintage-2026-04-12.txt", "us/tic/mfhhis01_vintage-2026-06-28.txt")
PARTIAL = (
    "us/tic/partial/slt_table5_html-text_data-to-2026-03_PARTIAL.txt",
    "us/tic/partial/slt_table5_html-text_data-to-2026-02_PARTIAL.txt",
)
TABLE3 = "us/tic/slt_table3_EXCERPT_data-to-2026-04.txt"


@pytest.mark.parametrize("name", TABLE5)
def test_1_countries_and_all_other_make_up_the_total(data: Path, name: str) -> None:
    found = held(data / name)
    groups = {"tic/holdings/all", "tic/holdings/official"}
    parts = [s for s in found if s.startswith("tic/holdings/") and s not in groups]
    assert len(parts) == 21
    assert len(found["tic/holdings/all"]) == 13
    for month, total in found["tic/holdings/all"].items():
        assert abs(sum(found[part][month] for part in parts) - total) <= Decimal("0.2")


def test_2_japan_in_november_2025_is_one_number(data: Path) -> None:
    for name in (*TABLE5, *HISTORY, *PARTIAL):
        assert held(data / name)["tic/holdings/JP"]["2025-11"] == Decimal("1202.7"), name
    assert held(data / TABLE3)["tic/position/JP"]["2025-11"] == 1_202_693


def test_3_the_united_kingdom_was_revised(data: Path) -> None:
    march, may = (held(data / name) for name in HISTORY)
    for series, before, after in (
        ("tic/holdings/GB", "889.0", "879.8"),
        ("tic/holdings/all", "9359.3", "9349.6"),
        ("tic/holdings/official", "3921.6", "3912.3"),
    ):
        assert march[series]["2025-11"] == Decimal(before)
        assert may[series]["2025-11"] == Decimal(after)


def test_4_table_3_against_the_history(data: Path) -> None:
    table3, history = held(data / TABLE3), held(data / HISTORY[1])
    rows = misses = 0
    compared: list[tuple[str, str]] = []
    for series, months in table3.items():
        if not series.startswith("tic/position/"):
            continue
        holder = series.rpartition("/")[2]
        for month, position in months.items():
            rows += 1
            long, short = (table3[f"tic/position_{term}/{holder}"][month] for term in ("lt", "st"))
            assert long + short == position
            printed = history.get(f"tic/holdings/{holder}", {}).get(month)
            if printed is not None:
                compared.append((holder, month))
                off = abs(position / 1000 - printed) > Decimal("0.1")
                misses += off
                assert not off or month == "2024-12"
    assert (rows, len(compared), misses) == (380, 288, 2)
    assert table3["tic/position/all"]["2024-12"] == 8_620_799
    assert history["tic/holdings/all"]["2024-12"] == Decimal("8619.3")
    assert history["tic/holdings/official"]["2024-12"] == Decimal("3792.5")


def test_5_english_and_japanese_yields_are_equal(data: Path) -> None:
    english, japanese = (
        held(data / "japan/mof_jgb" / name)
        for name in ("jgbcme_all_to20260630.csv", "jgbcm_all_to20260630.sjis.csv")
    )
    assert english == japanese
    assert len({day for days in english.values() for day in days}) == 13248
    assert len(english) == 15


def test_6_the_40_year_yield(data: Path) -> None:
    yields = held(data / "japan/mof_jgb/jgbcme_all_to20260630.csv")["jgb/yield/40Y"]
    assert min(day for day, value in yields.items() if value > 4) == "2026-05-18"
    assert yields["2026-05-18"] == Decimal("4.006")
    assert max(yields.items(), key=lambda item: item[1]) == ("2026-05-19", Decimal("4.043"))
    assert yields["2026-01-20"] == Decimal("3.901")


def test_7_weekly_flows_add_up_and_were_revised(data: Path) -> None:
    folder = data / "japan/mof_securities"
    week = held(folder / "week_upd20260814.csv")
    triples = exact = 0
    for side in ("assets", "liabilities"):
        for instrument in ("equity", "long", "short"):
            bought, sold, net = (
                week[f"mof/weekly/{side}/{instrument}/{item}"]
                for item in ("acquisition", "disposition", "net")
            )
            assert len(net) == 1127
            for period, value in net.items():
                gap = abs(bought[period] - sold[period] - value)
                assert gap <= 1
                triples, exact = triples + 1, exact + (gap == 0)
    assert (triples, exact) == (6762, 5085)
    before = held(folder / "week_upd20260806.csv")
    assert all(before[s].items() <= week[s].items() for s in before if s.startswith("mof/weekly"))
    after = held(folder / "week_upd20260917_last7weeks_RECONSTRUCTED.csv")
    label = Period.parse("2026-08-02..2026-08-08").label
    series = "mof/weekly/assets/long/net"
    assert (week[series][label], after[series][label]) == (16294, 15408)


def test_8_december_2025_by_three_counts(data: Path) -> None:
    flows, bop = data / "japan/mof_securities", data / "japan/mof_bop"
    monthly = held(flows / "montha1_upd20260810.csv")["mof/monthly/assets/long/net"]
    investors = held(flows / "monthb3_upd20260810.csv")["mof/investor/long/all/net"]
    release = held(bop / "bppi202512.pdf")
    table = held(bop / "6pi-1_portfolio_investment_summary_to202605.csv")
    assert monthly["2025-12"] == investors["2025-12"] == -3742
    assert release["mof/bop/assets/long/net"]["2025-12"] == -2734
    assert table["mof/bop/assets/long/net"]["2025-12"] == -2707
    assert release["mof/bppi/total/US/net"]["2025-12"] == 8143
    assert release["mof/bppi/long/US/net"]["2025-12"] == 7112


def test_9_insurers_sold_whichever_way_it_is_signed(data: Path) -> None:
    book = held(data / "japan/jsda/koushasai2025.xlsx")
    assert book["jsda/jgb/super_long/insurers/net"]["2025-12"] == -8224
    derived = json.loads((data / "japan/derived/superlong_data.json").read_text("utf-8"))
    assert "-0.822" in json.dumps(derived)


def test_10_positions_and_the_public_debt(data: Path) -> None:
    legacy = held(data / "us/cftc/cot_jpy_legacy_2005_2026-08-18.csv")
    rows = 0
    for path in sorted((data / "us/cftc").glob("FinFut*JPY-rows*.txt")):
        for day, contracts in held(path)["cftc/yen/tff/open_interest"].items():
            assert legacy["cftc/yen/noncommercial/open_interest"][day] == contracts
            rows += 1
    assert rows == 334
    (path,) = (data / "us/debt").glob("fd_debt_to_penny*")
    debt = held(path)
    for day, total in debt["debt/total"].items():
        assert debt["debt/public"][day] + debt["debt/intragovernmental"][day] == total
    assert len(debt["debt/total"]) == 12


# Beyond the ten ---------------------------------------------------------------------------------


def test_the_press_release_gives_first_prints_of_what_tables_revise(data: Path) -> None:
    """Net TIC flows of November 2025, and sums that years and months must agree on."""
    (path,) = (data / "us/tic/press_releases").glob("2026-01-15*")
    found = held(path)
    assert found["tic/flows/total"]["2025-11"] == Decimal("212.0")
    assert found["tic/flows_12m/total"]["2024-12..2025-11"] == Decimal("1417.9")


def test_boj_series_are_those_of_the_finance_ministry_unrounded(data: Path) -> None:
    table = held(data / "japan/mof_bop/6pi-1_portfolio_investment_summary_to202605.csv")
    for code, instrument in (("2", "equity"), ("3", "long"), ("4", "short")):
        exact = held(data / f"japan/boj/BOJ_API_BPPI6E{code}N5.csv")
        ours = exact[f"boj/bop/liabilities/portfolio_{instrument}"]
        assert len(ours) == 149
        for month, value in ours.items():
            rounded = table[f"mof/bop/liabilities/{instrument}/net"][month]
            assert abs(value - rounded) <= Decimal("0.5000001")


def test_the_bank_of_japan_holds_nearly_half(data: Path) -> None:
    quarter = held(data / "japan/boj/sjpre.xlsx")
    stock = "boj/fof/stock/assets/Db"
    held_by_boj = quarter[f"{stock}/central_bank"]["2026-Q1"]
    everything = quarter[f"{stock}/total"]["2026-Q1"]
    assert (held_by_boj, everything) == (4_854_280, 10_137_559)
    assert round(held_by_boj / everything * 100, 1) == Decimal("47.9")


def test_the_quarter_is_the_same_in_the_time_series(data: Path) -> None:
    quarter, series = (held(data / f"japan/boj/{name}.xlsx") for name in ("sjpre", "sjlong"))
    both = {s for s in quarter.keys() & series.keys() if "2026-Q1" in series[s]}
    assert len(both) > 250
    assert not [s for s in both if quarter[s]["2026-Q1"] != series[s]["2026-Q1"]]


def test_cboe_and_fred_give_one_vix(data: Path) -> None:
    own = held(data / "markets/equity_vol_crypto/VIX_cboe_19900102_20260723.csv")["cboe/vix/close"]
    fred = held(data / "us/fred/VIXCLS_vintage-2026-03-28.csv")["fred/VIXCLS"]
    equal = sum(own.get(day) == value for day, value in fred.items())
    assert (equal, len(fred)) == (9151, 9152)


def test_caches_and_the_table_of_vintages_agree(data: Path) -> None:
    folder = data / "us/stress"
    table = registry.recognise(
        (folder / "NFCI_vintages_2026-03_2026-08_DERIVED.csv").read_bytes()[: registry.HEAD], "x"
    )
    assert table
    content = (folder / "NFCI_vintages_2026-03_2026-08_DERIVED.csv").read_bytes()
    vintages = {
        column.vintage_at.date().isoformat(): {p.label: v for p, v, _, _ in column.cells()}
        for column in table.parse(content, artifact("x"))
        if column.vintage_at
    }
    assert len(vintages) == 23
    met = 0
    for path in sorted((folder / "fred_cache_vintages").glob("*.json")):
        cache_of = held(path)["fred/NFCI"]
        day = max((v for v in vintages if v <= path.stem[-10:]), default="")
        common = {label: v for label, v in vintages[day].items() if label in cache_of}
        assert len(common) > 240
        met += all(cache_of[label] == value for label, value in common.items())
    assert met == 5


def test_the_fred_copies_of_one_policy_rate_and_the_bis_agree(data: Path) -> None:
    """The BIS gives the middle of the Fed's range, FRED its ends."""
    middle = held(data / "markets/policy_rates/bis_cbpol_monthly_USD_to202507.csv")
    ends = held(data / "us/stress/fred_cache_vintages/fred_cache_2026-03-25.json")
    for month, value in middle["bis/policy_rate/US"].items():
        day = Period.parse(month).end.isoformat()
        low, high = ends["fred/DFEDTARL"][day], ends["fred/DFEDTARU"][day]
        assert (low + high) / 2 == value
