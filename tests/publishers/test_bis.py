"""The BIS: exports with a preamble, SDMX codes, and a table of yen credit."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from publisher_files import columns, figures, read

from saiken.publishers.bis import TABLES
from saiken.publishers.table import ParseError
from saiken.terms.figure import Basis

RATES, RATES_SDMX, BANKING, LIQUIDITY, LIQUIDITY_SDMX = TABLES
MARKETS = Path("data/markets")


@pytest.mark.parametrize(
    ("currency", "country", "last"),
    [
        ("JPY", "JP", "0.5"), ("USD", "US", "4.375"), ("EUR", "group:euro_area", "2.00"),
        ("GBP", "GB", "4.25"), ("CHF", "CH", "0"),
    ],
)  # fmt: skip
def test_policy_rates(shared: Path, currency: str, country: str, last: str) -> None:
    path = shared / MARKETS / f"policy_rates/bis_cbpol_monthly_{currency}_to202507.csv"
    (column,) = read(RATES, path).values()
    assert column.series == f"bis/policy_rate/{country}"
    found = figures(column)
    assert (len(found), min(found), max(found)) == (59, "2020-09", "2025-07")
    assert float(found["2025-07"]) == float(last)
    assert column.vintage_at == datetime(2025, 8, 28, 23, 59, 59, tzinfo=UTC)


@pytest.fixture(scope="module")
def export(shared: Path) -> str:
    path = shared / MARKETS / "policy_rates/bis_cbpol_monthly_JPY_to202507.csv"
    return path.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Monthly", "Daily", "line 5: not a monthly policy rate"),
        ("Units,2020-09-30", "Millions,2020-09-30", "line 5: not a monthly policy rate"),
        ("2020-09-30", "2020-09-29", "line 5: 2020-09-29 is not a month's end"),
        ("2025-07-31", "2025-08-31", "is not a month's end before the update"),
        ("2020-10-31", "2020-09-30", "line 6: JP 2020-09-30 stands twice"),
        ("Normal value,-0.1", "Normal value,low", "line 5: not a number"),
        ("Last update of", "Updated", "no preamble"),
        ("Timeseries Key", "Key", "no header with Timeseries Key"),
    ],
)
def test_damaged_exports_are_told(export: str, old: str, new: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        columns(RATES, export.replace(old, new, 1).encode())


def test_bank_claims_of_japan(shared: Path) -> None:
    found = read(BANKING, shared / MARKETS / "bis/lbs_claims_banks_in_japan_EXCERPT.csv")
    total = figures(found["bis/lbs/claims/all/JP/all"])
    assert total["2026-Q1"] == "5257195.619"
    assert figures(found["bis/lbs/claims/all/JP/KY"])["2026-Q1"] == "744099.760"
    # countries that are no more keep their last figures; NaN is none
    assert figures(found["bis/lbs/claims/all/JP/DD"]) == {"1990-Q1": "1014.000"}
    assert figures(found["bis/lbs/claims/all/JP/AN"]) == {"2010-Q3": "5938.000"}
    assert sum(map(len, found.values())) == 19


def test_dollar_claims_of_all_banks(shared: Path) -> None:
    found = read(BANKING, shared / MARKETS / "bis/lbs_bilateral_dollar-breaking-point.csv")
    assert len(found) == 76
    assert figures(found["bis/lbs/claims/USD/all/JP"]) == {"2025-Q4": "659401.768"}
    assert {series.split("/")[2] for series in found} == {"claims", "liabilities"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("USD,6,K", "USD,9,K", "line 2: UNIT_MULT is '9'"),
        ("USD,6,K", "EUR,6,K", "line 2: UNIT_MEASURE is 'EUR'"),
        ("Q,S,C", "Q,F,C", "line 2: L_MEASURE is 'F'"),
        ("Q,S,C", "Q,S,X", "line 2: the code 'X'"),
        ("2010-Q3", "2010", "line 2: '2010' is not a quarter"),
        ("2010-Q3", "soon", "line 2: not a period"),
        ("5938.0", "much", "line 2: not a number"),
        ("2010-Q4", "2010-Q3", "line 3: .* stands twice"),
    ],
)
def test_damaged_banking_is_told(shared: Path, old: str, new: str, words: str) -> None:
    text = (shared / MARKETS / "bis/lbs_claims_banks_in_japan_EXCERPT.csv").read_text()
    with pytest.raises(ParseError, match=words):
        columns(BANKING, text.replace(old, new, 1).encode())


def test_yen_credit(shared: Path) -> None:
    found = read(LIQUIDITY, shared / MARKETS / "bis/BIS_GLI_jpy_credit_2026Q1.tsv")
    values = {series: figures(column)["2026-Q1"] for series, column in found.items()}
    assert values == {
        "bis/gli/JPY/total": "65.91",
        "bis/gli/JPY/bonds": "23.90",
        "bis/gli/JPY/loans": "42.01",
    }
    assert {column.vintage_basis for column in found.values()} == {Basis.FIRST_SEEN}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("23.90", "29.30", "bonds and loans do not make up the total"),
        ("JPY_LOANS", "USD_LOANS", "line 4: 'USD_LOANS_NONBANK_EXJP'"),
        ("stock, quarterly", "flow, quarterly", "line 2: .* is not a quarterly stock"),
        ("2026-Q1", "2026", "line 2: '2026' is not a quarter"),
        ("2026-09-15T03", "the 15th", "line 2: .* is not a moment"),
    ],
)
def test_damaged_credit_is_told(shared: Path, old: str, new: str, words: str) -> None:
    text = (shared / MARKETS / "bis/BIS_GLI_jpy_credit_2026Q1.tsv").read_text()
    with pytest.raises(ParseError, match=words):
        columns(LIQUIDITY, text.replace(old, new, 1).encode())
