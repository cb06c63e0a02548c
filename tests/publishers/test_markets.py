"""Market closes and long assembled series: bars that are over, zeros that mean nothing."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publisher_files import columns, figures, read

from saiken.publishers import assembled, cboe, ohlc, yahoo
from saiken.publishers.catalog import load
from saiken.publishers.table import ParseError, Table

(VIX,) = cboe.TABLES
BARS, RAW = yahoo.TABLES
ASSEMBLED = {table.id: table for table in assembled.TABLES}
FOLDER = Path("data/markets/equity_vol_crypto")
BAR = "Date,Open,High,Low,Close,Volume\n"
TWO = BAR + "2026-06-04,10,12,9,11,100\n2026-06-05,11,13,10,12,100\n"


def test_vix(shared: Path) -> None:
    found = read(VIX, shared / FOLDER / "VIX_cboe_19900102_20260723.csv")
    assert {series: len(column) for series, column in found.items()} == dict.fromkeys(
        (f"cboe/vix/{side}" for side in ohlc.SIDES), 9235
    )
    assert figures(found["cboe/vix/close"])["2026-07-23"] == "18.70"
    assert max(figures(found["cboe/vix/close"]).items(), key=lambda item: float(item[1])) == (
        "2020-03-16",
        "82.69",
    )


def test_the_publishers_own_dates_are_read_too() -> None:
    text = "DATE,OPEN,HIGH,LOW,CLOSE\n07/23/2026,17.670000,20.310000,17.320000,18.700000\n"
    found = columns(VIX, text.encode(), "VIX_History.csv")
    assert figures(found["cboe/vix/high"]) == {"2026-07-23": "20.31"}
    assert VIX.recognise(text.encode(), "VIX_History.csv")
    assert not VIX.recognise(text.encode(), "VXN_History.csv")


BARS_OF = [
    # file, asset, bars (all but the last), the last close that counts
    ("btc_yahoo_to20260605.csv", "BTC", 4279, ("2026-06-04", "63801.574")),
    ("eth_yahoo_to20260605.csv", "ETH", 3130, ("2026-06-04", "1769.5806")),
    ("spy_yahoo_to20260605.csv", "SPY", 8394, ("2026-06-04", "757.09")),
    ("eem_yahoo_to20260605.csv", "EEM", 5823, ("2026-06-04", "69.1")),
    ("NIKKEI225_yahoo_19990104_20260629.csv", "NIKKEI225", 6731, ("2026-06-26", "69360.88")),
    ("../fx/usdjpy_yahoo_19961030_20260605.csv", "USDJPY", 7675, ("2026-06-04", "159.94")),
    ("GSPC_yfinance_raw3header_to202512.csv", "SP500", 2492, ("2025-11-28", "6849.09")),
    ("BTC-USD_yfinance_raw3header_to202512.csv", "BTC", 3622, ("2025-11-30", "90394.31")),
]


@pytest.mark.parametrize(("name", "asset", "bars", "last"), BARS_OF)
def test_bars_without_the_one_that_was_not_over(
    shared: Path, name: str, asset: str, bars: int, last: tuple[str, str]
) -> None:
    path = (shared / FOLDER / name).resolve()
    found = read(RAW if "raw3header" in name else BARS, path)
    closes = figures(found[f"yahoo/{asset}/close"])
    assert len(closes) == bars
    assert max(closes.items()) == last


def test_the_last_bar_is_indeed_unfinished(shared: Path) -> None:
    """The longer file has the day that the shorter one's last bar was of: another close."""
    raw = (shared / FOLDER / "BTC-USD_yfinance_raw3header_to202512.csv").read_text().splitlines()
    later = figures(read(BARS, shared / FOLDER / "btc_yahoo_to20260605.csv")["yahoo/BTC/close"])
    day, _, close, *_ = raw[-1].split(",")
    assert abs(float(later[day]) - float(close)) > 300
    for line in raw[3:-1]:
        day, _, close, *_ = line.split(",")
        assert float(later[day]) == pytest.approx(float(close), rel=1e-6)


def test_never_revised_but_for_dividends() -> None:
    revised = {
        asset: load().entry(f"yahoo/{asset}/close").revised  # type: ignore[union-attr]
        for asset in ("BTC", "SP500", "NIKKEI225", "SPY", "EEM")
    }
    assert revised == {"BTC": False, "SP500": False, "NIKKEI225": False, "SPY": True, "EEM": True}


@pytest.mark.parametrize("publisher", ["cboe", "yahoo"])
def test_none_of_it_may_be_passed_on(publisher: str) -> None:
    assert not load().publishers[publisher].redistribute


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2012.6600341796875", (201266, 2)),
        ("434.3340148925781", (434334, 3)),
        ("90394.3125", (9039431, 2)),
        ("0.09", (9, 2)),
        ("69.0999984741211", (691, 1)),
        ("-1.5", (-15, 1)),
        ("", None),
    ],
)
def test_single_precision(printed: str, expected: tuple[int, int] | None) -> None:
    assert yahoo.single(printed, None) == expected


@given(st.integers(100, 9_999_999), st.integers(0, 5))
def test_a_price_of_seven_digits_survives_single_precision(digits: int, decimals: int) -> None:
    price = digits / 10**decimals
    (stored,) = struct.unpack("f", struct.pack("f", price))
    found = yahoo.single(repr(stored), None)
    assert found is not None
    assert found[0] / 10 ** found[1] == pytest.approx(price, rel=6e-8)
    assert found[1] <= decimals


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (TWO.replace("10,12,9,11", "10,12,9,13"), "spy_yahoo.csv", "line 2: .*do not enclose"),
        (TWO.replace("9,11", "11,9"), "spy_yahoo.csv", "line 2: .*do not enclose"),
        (TWO.replace("9,11", "0,11"), "spy_yahoo.csv", "line 2: 0.0 is no price"),
        (TWO.replace("9,11", ",11"), "spy_yahoo.csv", "line 2: a bar lacks one"),
        (BAR + "2026-06-04,10,12,9,11,100\n", "spy_yahoo.csv", "fewer than two bars"),
        (TWO, "prices.csv", "of what these prices are"),
    ],
)
def test_damaged_bars_are_told(text: str, name: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        columns(BARS, text.encode(), name)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("Price,Close,High,Low,Open,Volume\nTicker,X,X,X,X,X\nDate,,,,,\n", "prices of x"),
        ("Price,Close,High\nTicker,^GSPC,Btc-Usd\nDate,,\n", "prices of .gspc, btc-usd"),
        ("Price,Close\nDate,\nTicker,^GSPC\n", "no three header rows"),
    ],
)
def test_three_headers_must_agree(head: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        columns(RAW, (head + "2026-06-04,1,1,1,1,1\n2026-06-05,1,1,1,1,1\n").encode())


ONE_SERIES = [
    ("assembled/us10y", "../yields/us10y_monthly_to202606.csv", "assembled/us10y", 879,
     ("2026-06", "4.47")),
    ("assembled/uk10y", "../yields/uk_gilt10y_quarterly_198403_202512.csv", "assembled/uk10y", 168,
     ("2025-Q4", "4.5197")),
    ("assembled/bitcoin", "Bitcoin-price-USD_20100718_20260428.csv", "assembled/BTC", 5764,
     ("2026-04-28", "76401")),
]  # fmt: skip


@pytest.mark.parametrize(("table", "name", "series", "count", "last"), ONE_SERIES)
def test_assembled_series(
    shared: Path, table: str, name: str, series: str, count: int, last: tuple[str, str]
) -> None:
    found = read(ASSEMBLED[table], (shared / FOLDER / name).resolve())
    assert list(found) == [series]
    assert len(found[series]) == count
    assert max(figures(found[series]).items()) == last


def test_a_date_and_a_rate_may_be_of_anything() -> None:
    data = b"Date,Rate\n2026-06-01,4.47\n"
    claimed = [t.id for t in assembled.TABLES if t.recognise(data, "de10y.csv")]
    assert claimed == []


def test_zeros_of_shiller_are_not_known(shared: Path) -> None:
    table: Table = ASSEMBLED["assembled/shiller"]
    found = read(table, shared / FOLDER / "SP500_shiller_monthly_to202606.csv")
    pe10, price = figures(found["shiller/sp500/pe10"]), figures(found["shiller/sp500/price"])
    assert (min(pe10), max(pe10)) == ("1881-01", "2023-09")
    assert max(figures(found["shiller/sp500/dividend"])) == "2023-06"
    assert (len(price), price["2026-06"]) == (1866, "7450.03")
    assert not any(
        float(value) == 0 for column in found.values() for value in figures(column).values()
    )
