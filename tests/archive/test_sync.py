"""Fetching: what a publisher may answer, and what the archive makes of it.

Everything goes over real connections to servers on this machine.
"""

from __future__ import annotations

import gzip
import io
import os
import socket
import socketserver
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx2
import pytest
from archive_fakes import CATALOG, NOW, STOCK, TABLE, Calendars, look, recognise, sheet, stated
from pytest_httpserver import HTTPServer

from saiken.archive.store import Store
from saiken.archive.sync import SyncReport, SyncRow, sync
from saiken.publishers.addresses import Address
from saiken.publishers.client import Client, FetchError, Limits

MARCH = datetime(2025, 3, 15, 20, tzinfo=UTC)
ONE = sheet({STOCK: {"2025-01": "10.0"}}, MARCH)
TWO = sheet({STOCK: {"2025-01": "10.0", "2025-02": "12.0"}}, datetime(2025, 4, 15, 20, tzinfo=UTC))
PLAIN = sheet({STOCK: {"2025-01": "10.0"}})
PLAIN_REVISED = sheet({STOCK: {"2025-01": "10.4"}})
URL = "https://desk.test/sheet.json"
ADDRESS = Address(URL, "desk", "desk/sheet", "sheet.json")
OTHER = Address("https://desk.test/other.json", "bureau", "desk/sheet", "other.json")
PATH = "/desk.test/sheet.json"
FAST = Limits(
    connect=2,
    silence=0.4,
    whole=1.0,
    attempts=3,
    first_wait=0.01,
    longest_wait=0.02,
    jitter=0.01,
    patience=2,
    pace=0,
    bytes=200_000,
)
HTML = b"<!DOCTYPE html><html><body>Service temporarily unavailable</body></html>"


def run(home: Path, server: HTTPServer | str, *where: Address, **more: object) -> SyncReport:
    mirror = server if isinstance(server, str) else server.url_for("")
    settings = {
        "recognise": recognise,
        "calendars": Calendars(),
        "catalog": CATALOG,
        "limits": FAST,
        "clock": lambda: NOW,
        "where": where or (ADDRESS,),
    }
    return sync((), home, mirror=mirror, **{**settings, **more})  # type: ignore[arg-type]


def one(report: SyncReport) -> SyncRow:
    (row,) = report.rows
    return row


def serve(server: HTTPServer, data: bytes, **headers: str) -> None:
    server.clear()
    server.expect_request(PATH).respond_with_data(data, headers=headers)


def held(home: Path, as_of: date = date(2026, 2, 1)) -> dict[str, tuple[float, bool]]:
    return stated(look(home), STOCK, as_of)


class Raw:
    """A server that says byte for byte what it is told, as servers that break do."""

    def __init__(self, talk: Callable[[socket.socket], None]) -> None:
        self.asked = 0
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                outer.asked += 1
                self.request.recv(65536)
                try:
                    talk(self.request)
                except OSError:
                    return  # the client has had enough

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture(autouse=True)
def _publishers_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands where the clock of the tests does."""
    monkeypatch.setattr(
        BaseHTTPRequestHandler, "date_time_string", lambda *_: "Thu, 01 Jan 2026 00:00:00 GMT"
    )


@pytest.fixture
def raw() -> Iterator[Callable[[Callable[[socket.socket], None]], Raw]]:
    running: list[Raw] = []

    def start(talk: Callable[[socket.socket], None]) -> Raw:
        running.append(Raw(talk))
        return running[-1]

    yield start
    for server in running:
        server.close()


# -- what is asked for -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"ETag": '"v1"'}, {"If-None-Match": '"v1"'}),
        (
            {"Last-Modified": "Sat, 15 Mar 2025 20:00:00 GMT"},
            {"If-Modified-Since": "Sat, 15 Mar 2025 20:00:00 GMT"},
        ),
    ],
)
def test_a_file_is_asked_for_on_condition_and_an_unchanged_one_changes_nothing(
    home: Path, httpserver: HTTPServer, given: dict[str, str], asked: dict[str, str]
) -> None:
    serve(httpserver, TWO, **given)
    row = one(run(home, httpserver))
    assert (row.status, row.figures, row.new, row.table) == ("new", 2, 2, "desk/sheet")
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    httpserver.clear()
    httpserver.expect_request(PATH, headers=asked).respond_with_data(b"", status=304)
    assert one(run(home, httpserver)).status == "unchanged"
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_a_change_within_the_second_of_the_answer_is_not_missed(
    home: Path, httpserver: HTTPServer
) -> None:
    moment = "Thu, 01 Jan 2026 00:00:00 GMT"  # the publisher's clock, as the answer tells it
    serve(httpserver, ONE, **{"Last-Modified": moment})
    run(home, httpserver)
    httpserver.clear()
    asked = {"If-Modified-Since": moment}
    httpserver.expect_request(PATH, headers=asked).respond_with_data(b"", status=304)
    httpserver.expect_request(PATH).respond_with_data(TWO)
    assert one(run(home, httpserver)).new


def test_no_condition_is_given_where_what_came_last_is_gone(
    home: Path, httpserver: HTTPServer
) -> None:
    serve(httpserver, ONE, ETag='"v1"')
    run(home, httpserver)
    (kept,) = Store(home).holdings()
    Store(home).raw_path(kept.sha256).write_bytes(b"rotten")
    serve(httpserver, ONE, ETag='"v1"')
    assert one(run(home, httpserver)).status == "unchanged"
    request, _ = httpserver.log[-1]
    assert "If-None-Match" not in request.headers
    assert not list(Store(home).damaged())


def test_a_newer_parser_reads_what_is_held_without_a_new_copy(
    home: Path, httpserver: HTTPServer
) -> None:
    serve(httpserver, PLAIN, ETag='"v1"')
    run(home, httpserver)
    httpserver.clear()
    httpserver.expect_request(PATH).respond_with_data(b"", status=304)
    newer = replace(TABLE, version=2)
    later = NOW + timedelta(days=30)
    row = one(run(home, httpserver, recognise=lambda *_: newer, clock=lambda: later))
    assert row.status in {"new", "unchanged"}
    assert [part.stem[-2:] for part in Store(home).parts()] == ["-2"]
    (figure,) = look(home).vintages(STOCK)
    assert figure.vintage_at == NOW, "when it was first seen does not move with the parser"


def test_settled_files_are_fetched_once(home: Path, httpserver: HTTPServer) -> None:
    serve(httpserver, ONE)
    moving, settled = ADDRESS, replace(ADDRESS, settled=True)
    for address in (moving, settled, settled, settled):
        run(home, httpserver, address)
    assert len(httpserver.log) == 2, "once while it could change, once when it no longer could"


def test_a_host_is_asked_at_its_pace(httpserver: HTTPServer) -> None:
    serve(httpserver, ONE)
    with Client(httpserver.url_for(""), replace(FAST, pace=0.1)) as client:
        started = time.monotonic()
        for _ in range(4):
            client.fetch(URL)
    assert time.monotonic() - started >= 0.3


# -- what comes --------------------------------------------------------------------------------


def test_a_revision_is_told_and_the_earlier_figure_stays(
    home: Path, httpserver: HTTPServer
) -> None:
    serve(httpserver, PLAIN)
    run(home, httpserver)
    serve(httpserver, PLAIN_REVISED)
    row = one(run(home, httpserver, clock=lambda: NOW + timedelta(days=20)))
    assert (row.status, row.new, row.revised) == ("revised", 1, 1)
    assert held(home, date(2026, 1, 10)) == {"2025-01": (10.0, False)}
    assert held(home, date(2026, 1, 21)) == {"2025-01": (10.4, False)}


def test_what_is_fetched_is_a_byte_copy_with_its_address_unless_a_mirror_served_it(
    home: Path, httpserver: HTTPServer
) -> None:
    serve(httpserver, ONE)
    direct = replace(ADDRESS, url=httpserver.url_for(PATH))
    run(home, "", direct)
    (kept,) = Store(home).holdings()
    assert (kept.fidelity, kept.url) == ("byte copy", httpserver.url_for(PATH))
    run(home.with_name("second"), httpserver)
    (kept,) = Store(home.with_name("second")).holdings()
    assert (kept.fidelity, kept.url) == ("unknown", URL)


@pytest.mark.parametrize(
    ("answer", "reason", "line"),
    [
        (HTML, "a web page, not a table of desk", 1),
        (b"", "an empty file", 0),
        (b'{"fault": 7}', "line 7: a wrong total", 7),
        (TWO[: len(TWO) // 2], "", 0),
        (b'{"series": {}}', "no figures in it", 0),
    ],
)
def test_an_answer_that_is_no_table_is_kept_apart_and_the_last_good_figures_stay(
    home: Path, httpserver: HTTPServer, answer: bytes, reason: str, line: int
) -> None:
    serve(httpserver, ONE)
    run(home, httpserver)
    before = held(home)
    serve(httpserver, answer, ETag='"bad"')
    row = one(run(home, httpserver))
    assert row.status == "quarantined"
    assert reason in row.reason
    assert row.line == line
    assert held(home) == before != {}
    httpserver.clear()
    httpserver.expect_request(PATH).respond_with_data(b"", status=304)
    assert one(run(home, httpserver)).status == "quarantined", "unchanged is no better"
    serve(httpserver, TWO)
    assert one(run(home, httpserver)).status == "new"
    assert held(home) == {**before, "2025-02": (12.0, False)}


def test_a_table_of_another_publisher_is_kept_apart(home: Path, httpserver: HTTPServer) -> None:
    serve(httpserver, ONE)
    row = one(run(home, httpserver, replace(ADDRESS, publisher="bureau")))
    assert row.status == "quarantined"
    assert row.reason == "this is desk/sheet, not a table of bureau"


def test_what_is_served_again_is_no_news_and_a_shorter_file_is_told(
    home: Path, httpserver: HTTPServer
) -> None:
    months = {f"2025-{month:02}": f"{month}.0" for month in range(1, 13)}
    long = sheet({STOCK: months})
    for days, data in enumerate((PLAIN, PLAIN_REVISED)):
        serve(httpserver, data)
        run(home, httpserver, clock=lambda days=days: NOW + timedelta(days=days))
    serve(httpserver, PLAIN)
    row = one(run(home, httpserver, clock=lambda: NOW + timedelta(days=9)))
    assert row.status == "unchanged"
    assert "serves again" in row.note
    assert held(home)["2025-01"] == (10.4, False)
    serve(httpserver, long)
    run(home, httpserver, clock=lambda: NOW + timedelta(days=10))
    serve(httpserver, sheet({STOCK: dict([*months.items()][:6])}))
    assert "12 figures the last time" in one(run(home, httpserver)).note


def test_files_are_taken_out_of_a_zip_and_a_bomb_is_not(home: Path, httpserver: HTTPServer) -> None:
    def packed(**members: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            for name, data in members.items():
                file.writestr(f"folder/{name}", data)
        return out.getvalue()

    address = replace(ADDRESS, member="*.json")
    serve(httpserver, packed(**{"a.json": ONE, "b.json": TWO, "readme.txt": b"words"}))
    rows = run(home, httpserver, address).rows
    assert [(row.name, row.status) for row in rows] == [("a.json", "new"), ("b.json", "new")]
    assert len(held(home)) == 2
    for answer, reason in (
        (packed(**{"a.json": bytes(100_000_000)}), "more than is allowed"),
        (packed(**{"a.txt": ONE}), "no member of the zip"),
        (ONE, "not a zip"),
    ):
        serve(httpserver, answer)
        row = one(run(home, httpserver, address))
        assert row.status == "quarantined"
        assert reason in row.reason


# -- what does not come ------------------------------------------------------------------------


def test_what_may_pass_is_tried_again(home: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request(PATH).respond_with_data("busy", status=500)
    httpserver.expect_ordered_request(PATH).respond_with_data("busy", status=503)
    httpserver.expect_ordered_request(PATH).respond_with_data(ONE)
    assert one(run(home, httpserver)).status == "new"
    httpserver.check_assertions()


def test_trying_again_has_an_end(home: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PATH).respond_with_data("broken", status=500)
    row = one(run(home, httpserver))
    assert (row.status, row.reason) == ("failed", "HTTP 500")
    assert len(httpserver.log) == FAST.attempts


def test_a_publisher_that_asks_to_wait_is_waited_for(home: Path, httpserver: HTTPServer) -> None:
    slow = {"Retry-After": "1"}
    httpserver.expect_ordered_request(PATH).respond_with_data("", status=429, headers=slow)
    httpserver.expect_ordered_request(PATH).respond_with_data(ONE)
    started = time.monotonic()
    assert one(run(home, httpserver)).status == "new"
    assert time.monotonic() - started >= 1


@pytest.mark.parametrize("wait", ["3600", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_nobody_is_waited_for_longer_than_patience_allows(
    home: Path, httpserver: HTTPServer, wait: str
) -> None:
    httpserver.expect_request(PATH).respond_with_data("", status=429, headers={"Retry-After": wait})
    row = one(run(home, httpserver))
    assert row.status == "failed"
    assert "asks to wait" in row.reason
    assert len(httpserver.log) == 1


def test_a_file_that_is_missing_is_a_failure_only_where_one_must_be(
    home: Path, httpserver: HTTPServer
) -> None:
    httpserver.expect_request(PATH).respond_with_data("", status=404)
    assert one(run(home, httpserver)).status == "failed"
    assert one(run(home, httpserver, replace(ADDRESS, optional=True))).status == "absent"
    assert len(httpserver.log) == 2, "and asking again brings nothing"


def test_an_unasked_not_modified_is_no_answer(home: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PATH).respond_with_data(b"", status=304)
    row = one(run(home, httpserver))
    assert row.status == "failed"
    assert "without a condition" in row.reason


def _promise(length: int) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n".encode()


def _half(connection: socket.socket) -> None:
    connection.sendall(_promise(len(ONE)) + ONE[: len(ONE) // 2])


def _hang(connection: socket.socket) -> None:
    connection.recv(1)  # nothing more comes: this waits until the client goes


def _hang_midway(connection: socket.socket) -> None:
    _half(connection)
    _hang(connection)


def _drip(connection: socket.socket) -> None:
    connection.sendall(_promise(100_000))
    while True:
        connection.sendall(b" ")
        time.sleep(0.05)


def _noise(connection: socket.socket) -> None:
    connection.sendall(os.urandom(4000))


def _broken_chunks(connection: socket.socket) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    connection.sendall(head + b"40\r\n" + ONE[:20])


@pytest.mark.parametrize(
    "talk",
    [_half, _hang, _hang_midway, _drip, _noise, _broken_chunks, socket.socket.close],
    ids=lambda talk: talk.__name__.strip("_"),
)
def test_an_answer_that_breaks_off_is_tried_again_then_told_and_nothing_of_it_is_kept(
    home: Path, raw: Callable[..., Raw], talk: Callable[[socket.socket], None]
) -> None:
    server = raw(talk)
    started = time.monotonic()
    row = one(run(home, server.url))
    assert time.monotonic() - started < 8
    assert row.status == "failed"
    assert row.reason
    assert server.asked == FAST.attempts
    assert not list(home.rglob("sheet*"))
    assert held(home) == {}
    assert Store(home).fetched(URL) is None


def test_a_body_longer_than_promised_is_cut_there_and_seen_to_be_cut(
    home: Path, raw: Callable[..., Raw]
) -> None:
    row = one(run(home, raw(lambda to: to.sendall(_promise(len(ONE) - 4) + ONE)).url))
    assert row.status == "quarantined"


def test_packed_answers_are_unpacked_and_bounded(home: Path, httpserver: HTTPServer) -> None:
    serve(httpserver, gzip.compress(ONE), **{"Content-Encoding": "gzip"})
    assert one(run(home, httpserver)).status == "new"
    bomb = gzip.compress(bytes(100_000_000))
    for data, coding, reason in (
        (bomb, "gzip", "more than the limit"),
        (bytes(FAST.bytes + 1), "identity", "more than the limit"),
        (gzip.compress(TWO)[:-9], "gzip", "ends before its end"),
        (TWO, "gzip", "damaged"),
        (TWO, "br", "not asked for"),
    ):
        serve(httpserver, data, **{"Content-Encoding": coding})
        row = one(run(home, httpserver))
        assert row.status == "failed"
        assert reason in row.reason
    assert len(held(home)) == 1


def test_redirections_are_followed_but_not_for_ever(home: Path, httpserver: HTTPServer) -> None:
    there = {"Location": "/desk.test/moved.json"}
    httpserver.expect_request(PATH).respond_with_data("", status=302, headers=there)
    httpserver.expect_request("/desk.test/moved.json").respond_with_data(ONE)
    assert one(run(home, httpserver)).status == "new"
    httpserver.clear()
    httpserver.expect_request(PATH).respond_with_data("", status=301, headers={"Location": PATH})
    row = one(run(home, httpserver))
    assert row.status == "failed"
    assert "redirections" in row.reason
    assert len(httpserver.log) == FAST.redirects + 1


@pytest.mark.parametrize("target", ["http://elsewhere.test/x", "file:///etc/hostname", "ftp://x/y"])
def test_a_redirection_leads_neither_off_a_mirror_nor_off_the_web(
    home: Path, httpserver: HTTPServer, target: str
) -> None:
    httpserver.expect_request(PATH).respond_with_data("", status=302, headers={"Location": target})
    row = one(run(home, httpserver))
    assert row.status == "failed"
    assert "another host" in row.reason or "not a secure address" in row.reason


def test_a_secure_address_is_never_left_for_an_open_one() -> None:
    there = httpx2.Response(
        302,
        headers={"Location": "http://desk.test/x"},
        request=httpx2.Request("GET", URL),
    )
    with Client() as client, pytest.raises(FetchError, match="not a secure address"):
        client._followed(URL, there)


def test_one_publisher_that_fails_stops_no_other(home: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/desk.test/other.json").respond_with_data("", status=500)
    httpserver.expect_request(PATH).respond_with_data(ONE)
    report = run(home, httpserver, OTHER, ADDRESS)
    assert [(row.publisher, row.status) for row in report.rows] == [
        ("bureau", "failed"),
        ("desk", "new"),
    ]


def test_a_client_that_breaks_on_an_address_goes_on_with_the_next(
    home: Path, httpserver: HTTPServer
) -> None:
    serve(httpserver, ONE)
    odd = replace(ADDRESS, url="https://desk.test:nowhere/x")
    assert [row.status for row in run(home, httpserver, odd, ADDRESS).rows] == ["failed", "new"]


# -- clocks ------------------------------------------------------------------------------------


def test_a_clock_set_back_dates_nothing_before_what_it_follows(
    home: Path, raw: Callable[..., Raw]
) -> None:
    answers = [PLAIN, PLAIN_REVISED]
    server = raw(lambda to: to.sendall(_promise(len(answers[0])) + answers[0]))
    run(home, server.url)
    answers.pop(0)
    back = NOW - timedelta(days=400)
    row = one(run(home, server.url, clock=lambda: back))
    assert "the clock stands before the last fetch" in row.note
    first, second = look(home).vintages(STOCK)
    assert first.vintage_at == NOW < second.vintage_at
    assert held(home, back.date()) == {}


def test_a_clock_behind_the_publishers_yields_to_it(home: Path, raw: Callable[..., Raw]) -> None:
    head = _promise(len(PLAIN)).replace(b"\r\n", b"\r\nDate: Thu, 05 Mar 2026 12:00:00 GMT\r\n", 1)
    row = one(run(home, raw(lambda to: to.sendall(head + PLAIN)).url))
    assert "clock is behind" in row.note
    (figure,) = look(home).vintages(STOCK)
    assert figure.vintage_at == datetime(2026, 3, 5, 12, tzinfo=UTC)


# -- the publishers' own files -----------------------------------------------------------------

TIC = "ticdata.treasury.gov/resource-center/data-chart-center/tic/Documents"
SITE = {
    f"/{TIC}/slt_table5.txt": "us/tic/slt_table5_data-to-2026-04.txt",
    f"/{TIC}/mfhhis01.txt": "us/tic/mfhhis01_vintage-2026-04-12.txt",
    f"/{TIC}/slt_table3.txt": "us/tic/slt_table3_EXCERPT_data-to-2026-04.txt",
    "/www.financialresearch.gov/financial-stress-index/data/fsi.csv": (
        "us/stress/ofr_fsi_to-2025-09-11.csv"
    ),
    "/fred.stlouisfed.org/graph/fredgraph.csv": "us/fred/DGS10_fredgraph_2005_2026-02-20.csv",
}
LATER = {
    f"/{TIC}/slt_table5.txt": "us/tic/slt_table5_data-to-2026-07.txt",
    f"/{TIC}/mfhhis01.txt": "us/tic/mfhhis01_vintage-2026-06-28.txt",
}


def _publish(server: HTTPServer, data: Path, site: dict[str, str]) -> None:
    server.clear()
    for path, file in site.items():
        content = (data / file).read_bytes()
        query = {"query_string": {"id": "DGS10"}} if "fredgraph" in path else {}
        server.expect_request(path, **query).respond_with_data(
            content, headers={"ETag": f'"{file}"'}
        )


def _saiken(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "saiken", *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **settings},
    )


def test_the_command_syncs_the_publishers_real_files(
    shared: Path, home: Path, httpserver: HTTPServer
) -> None:
    data = shared / "data"
    settings = {
        "SAIKEN_HOME": str(home),
        "SAIKEN_MIRROR": httpserver.url_for(""),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    _publish(httpserver, data, SITE)
    done = _saiken("sync", "tic", "ofr", **settings)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 revised" in done.stdout, done.stdout
    assert done.stderr == ""
    _publish(httpserver, data, {**SITE, **LATER})
    again = _saiken("sync", "tic", **settings)
    assert "2 revised, 1 unchanged" in again.stdout
    shown = _saiken("show", "tic/holdings/GB", "--since", "2025-09", "--vintages", **settings)
    assert "862.1" in shown.stdout
    assert "862.5" in shown.stdout


def test_the_command_tells_trouble_apart_and_says_what_to_do(
    home: Path, httpserver: HTTPServer
) -> None:
    settings = {
        "SAIKEN_HOME": str(home),
        "SAIKEN_MIRROR": httpserver.url_for(""),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    httpserver.expect_ordered_request(f"/{TIC}/slt_table5.txt").respond_with_data(HTML)
    for file in ("mfhhis01", "slt_table3"):
        httpserver.expect_request(f"/{TIC}/{file}.txt").respond_with_data("", status=404)
    done = _saiken("sync", "tic", **settings)
    assert done.returncode == 3
    assert "kept apart: tic slt_table5.txt, line 1: line 1: a web page" in " ".join(
        done.stdout.split()
    )
    assert "asked for again by the next" in done.stdout
    wrong = _saiken("sync", "ticc", **settings)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "did you mean tic?" in wrong.stderr
    listed = _saiken("sync", "ofr", "--list", **settings)
    assert "financial-stress-index/data/fsi.csv" in listed.stdout
