"""`sync` with publishers' services: SDMX-CSV and ALFRED, served on this machine in their form."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

import services
from saiken.archive.archive import Archive
from saiken.archive.sync import SyncReport, keys_missing, known_addresses, sync
from saiken.publishers.addresses import Address
from saiken.publishers.client import Limits

NOW = datetime(2026, 9, 20, tzinfo=UTC)
KEY = "0123456789abcdef0123456789abcdef"
SERVED = {
    "bis/policy_rates_sdmx": services.POLICY_RATES,
    "bis/locational_banking": services.BANKING,
    "bis/global_liquidity_sdmx": services.LIQUIDITY,
    "ecb/exchange_rates_sdmx": services.RATES,
    "imf/weo_sdmx": services.OUTLOOK,
}


def address(table: str, name: str = "") -> Address:
    listed = known_addresses(NOW.date())
    return next(one for one in listed if one.table == table and name in one.name)


def fetch(home: Path, server: HTTPServer, *where: Address) -> SyncReport:
    quick = Limits(attempts=1, pace=0)
    return sync((), home, mirror=server.url_for(""), limits=quick, where=where, clock=lambda: NOW)


def serve(server: HTTPServer, where: Address, data: str | bytes, **asked: object) -> None:
    path, _, query = where.url.removeprefix("https://").partition("?")
    given = asked.pop("query_string", query)
    server.expect_request(f"/{path}", query_string=given, **asked).respond_with_data(data)  # type: ignore[arg-type]


def newest(home: Path, series: str, day: date = NOW.date()) -> float:
    view = Archive.open(home, embedded=False).view(series, day)
    assert view is not None
    return float(view.values[-1])


def test_sdmx_answers_become_figures(home: Path, httpserver: HTTPServer) -> None:
    where = [address(table) for table in SERVED]
    for one in where:
        headers = {"Accept": one.accept} if one.accept else {}
        serve(httpserver, one, SERVED[one.table], headers=headers)
    report = fetch(home, httpserver, *where)
    assert {(row.table, row.status, row.reason) for row in report.rows} == {
        (table, "new", "") for table in SERVED
    }
    assert newest(home, "bis/policy_rate/JP") == 0.5
    assert newest(home, "bis/lbs/claims/all/JP/all") == 5257195.619
    assert newest(home, "bis/gli/JPY/total") == 65.91
    assert newest(home, "ecb/EURUSD") == 1.1711
    assert newest(home, "imf/GGXWDG_NGDP/JP", date(2024, 6, 1)) == 240.461
    (figure,) = Archive.open(home, embedded=False).vintages("bis/gli/JPY/total")
    assert (figure.locator.row, figure.locator.column) == (2, 16)


@pytest.mark.parametrize("table", sorted(SERVED))
def test_what_else_a_service_says_is_kept_apart(
    home: Path, httpserver: HTTPServer, table: str
) -> None:
    where = address(table)
    whole = SERVED[table]
    for answer, line in (
        (whole.partition("\n")[0] + "\n", 1),
        (whole[: len(whole) - 9], None),
        ("<html><body>Maintenance</body></html>\n", 1),
        (json.dumps({"status": 404, "message": "No such dataflow found"}) + "\n", 1),
    ):
        httpserver.clear()
        serve(httpserver, where, answer)
        (row,) = fetch(home, httpserver, where).rows
        assert row.status == "quarantined", answer
        assert line is None or row.line == line
    assert not Archive.open(home, embedded=False).series_ids()


@pytest.fixture
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRED_API_KEY", KEY)


@pytest.mark.usefixtures("_key")
def test_vintages_of_alfred_are_those_of_their_days(home: Path, httpserver: HTTPServer) -> None:
    where = address("fed/alfred", "NFCI")
    query = dict(part.split("=") for part in where.url.partition("?")[2].split("&"))
    answer = services.alfred(services.NFCI_SHOWN)
    serve(httpserver, where, answer, query_string={**query, "api_key": KEY})
    (row,) = fetch(home, httpserver, where).rows
    assert (row.status, row.figures) == ("new", 5)
    for day, value in ((23, None), (24, -0.516), (30, -0.516)):
        view = Archive.open(home, embedded=False).view("fred/NFCI", date(2026, 6, day), strict=True)
        assert view is not None
        assert (view.values[-1] if len(view) else None) == value
    assert newest(home, "fred/NFCI", date(2026, 7, 7)) == -0.504
    assert newest(home, "fred/NFCI", date(2026, 7, 8)) == -0.505


@pytest.mark.usefixtures("_key")
@pytest.mark.parametrize("status", [200, 301, 400, 500])
def test_the_key_is_written_nowhere(
    home: Path, httpserver: HTTPServer, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    caplog.set_level("DEBUG")
    where = address("fed/alfred", "NFCI")
    path = f"/{where.url.removeprefix('https://').partition('?')[0]}"
    on = {"Location": f"http://other.test{path}?api_key={KEY}"} if status == 301 else {}
    answer = services.alfred(services.NFCI_SHOWN)
    httpserver.expect_request(path).respond_with_data(answer, status=status, headers=on)
    (row,) = fetch(home, httpserver, where).rows
    assert (row.status == "new") == (status == 200)
    assert KEY not in repr(row)
    said = [one.getMessage() for one in caplog.records if one.name != "werkzeug"]  # the server
    assert not [line for line in said if KEY in line]
    kept = [path for path in home.rglob("*") if path.is_file()]
    assert not [path for path in kept if KEY.encode() in path.read_bytes()]
    assert not [path for path in kept if KEY in str(path)]


def test_without_a_key_nothing_is_asked(
    home: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FRED_API_KEY", raising=False)
    where = address("fed/alfred", "NFCI")
    assert keys_missing([where]) == ["FRED_API_KEY"]
    assert fetch(home, httpserver, where).rows == ()
    assert not httpserver.log
