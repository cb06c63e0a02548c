"""The REST interface and what stands before it, over HTTP."""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from web_site import Site, serving

ROOT = Path(__file__).parents[2]
HEADLINE = "Japan is dumping $1.2 trillion in U.S. debt"
PROBLEM = "application/problem+json"


def test_check_gives_what_the_command_line_gives(site: Site, places: dict[str, str]) -> None:
    told = site.check(text=HEADLINE, as_of="2026-01-25")
    command = [sys.executable, "-m", "saiken", "check", HEADLINE, "--as-of", "2026-01-25", "--json"]
    done = subprocess.run(command, env=places, capture_output=True, text=True, check=True)
    assert told.json() == json.loads(done.stdout)
    assert told.json()["overall"] == "refuted"
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(told.json())


def test_a_series_is_as_of_its_day(site: Site) -> None:
    then = site.get("/api/series/tic/holdings/JP?as_of=2026-01-25&since=2025").json()["figures"]
    now = site.get("/api/series/tic/holdings/JP?as_of=2026-03-01&since=2025").json()["figures"]
    assert (then[-1]["period"], then[-1]["value"]) == ("2025-11", 1202.7)
    assert now[-1]["period"] == "2025-12"
    every = site.get("/api/series/tic/holdings/JP?vintages=true&since=2025-11&until=2025-11").json()
    assert {row["period"] for row in every["vintages"]} == {"2025-11"}
    assert every["credits"]


def test_search_sources_and_releases(site: Site) -> None:
    found = site.get("/api/series?q=jgb+40Y+yield&limit=3").json()
    assert "jgb/yield/40Y" in {entry["series"] for entry in found["series"]}
    assert all("40" in entry["title"] for entry in found["series"])
    told = site.get("/api/sources").json()
    held = {owner["publisher"] for owner in told["publishers"] if owner["series"]}
    assert {file["publisher"] for file in told["files"]} <= held
    due = site.get("/api/releases?as_of=2026-01-25").json()
    tic = next(item for item in due["next"] if item["calendar"] == "tic")
    assert (tic["period"], tic["day"]) == ("2025-12", "2026-02-18")
    assert all(item["day"] <= "2026-01-25" for item in due["last"])
    assert all(item["day"] > "2026-01-25" for item in due["next"])


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/api/series/tic/holding/JP", 404, "tic/holdings/JP"),
        ("/api/series/tic/holdings/QQ", 404, "no figures of tic/holdings/QQ"),
        ("/api/series/tic/holdings/JP?as_of=2999-01-01", 400, "in the future"),
        ("/api/series/tic/holdings/JP?as_of=2026-13-01", 400, "not a date"),
        ("/api/series/tic/holdings/JP?as_of=soon", 422, "as_of"),
        ("/api/series/tic/holdings/JP?since=2025-99", 400, "month"),
        ("/api/series?limit=0", 422, "limit"),
        ("/api/nothing", 404, "Not Found"),
        ("/api/check", 405, "Method Not Allowed"),
    ],
)
def test_errors_are_problems(site: Site, path: str, status: int, told: str) -> None:
    answer = site.get(path)
    assert (answer.status, answer.headers["content-type"]) == (status, PROBLEM)
    body = answer.json()
    assert body["status"] == status
    assert told in answer.text
    assert {"type", "title", "detail"} <= set(body)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ({}, 422),
        ({"text": ""}, 422),
        ({"text": "  \n "}, 400),
        ({"text": "x", "as_of": "2999"}, 400),
        ({"text": "x", "as_of": 5}, 422),
        ({"text": "x", "more": 1}, 422),
        ({"text": "x" * 200_001}, 422),
        ({"text": "Japan sold $1 bn. " * 300_000}, 413),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(
    site: Site, question: dict[str, object], status: int
) -> None:
    answer = site.check(**question)
    assert (answer.status, answer.headers["content-type"]) == (status, PROBLEM)


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff\xfe", b'{"text": "\\ud800"}', b"null"])
def test_a_body_that_is_no_question_is_refused_or_answered(site: Site, body: bytes) -> None:
    answer = site.post("/api/check", body, "application/json")
    assert answer.status in {200, 400, 422}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/series/tic/holding/JP", 404), ("/compare?series=nope", 404), ("/nothing", 404),
        ("/chart.json?series=tic/holdings/JP", 400), ("/chart.svg?series=x&as_of=2026-01-25", 404),
        ("/chart.json?series=tic/holdings/JP&as_of=2026-01-25&claimed=nan", 400),
        ("/chart.json?series=tic/holdings/JP&as_of=1900-01-01", 404),
        ("/?as_of=never", 400), ("/watch?as_of=2999", 400), ("/series.csv?series=", 404),
        ("/scenario?name=../calibration", 400), ("/scenario?amount=lots", 400),
        ("/scenario.svg?prices=UST+99Y", 400),
        ("/brief?country=atlantis", 400), ("/brief.exe?country=japan", 404),
        ("/static/../app.py", 404), ("/static/%2e%2e%2fapp.py", 404), ("/static/nothing.js", 404),
    ],
)  # fmt: skip
def test_a_page_that_cannot_be_made_says_so(site: Site, path: str, status: int) -> None:
    answer = site.get(path)
    assert answer.status == status
    assert "<h1" in answer.text
    assert "Traceback" not in answer.text


def test_an_address_without_a_page_says_what_to_do(site: Site) -> None:
    told = site.get("/nothing").text
    assert "There is no page at this address." in told
    assert "Bad Request" not in site.get("/monitor?as_of=2026-13-01").text


def test_a_scenario_that_is_refused_leaves_what_was_asked(site: Site) -> None:
    told = site.get("/scenario?name=dump&holder=CN&amount=4000&over=12&as_of=2026-01-25")
    assert told.status == 400
    assert 'value="CN" selected' in told.text
    assert 'name="amount" value="4000"' in told.text
    assert 'name="over" value="12"' in told.text


def test_a_brief_leads_to_its_scenario_and_that_gives_its_numbers(site: Site) -> None:
    brief = site.get("/brief?country=norway&as_of=2026-06-20").text
    said = re.search(r"yield would rise by ([\d.]+) basis points in the median", brief)
    page = re.search(r'href="(/scenario\?[^"]*holder[^"]*)"', brief)
    picture = re.search(r'src="(/scenario\.svg\?[^"]+)"', brief)
    assert said and page and picture  # noqa: PT018 - three finds in one text
    assert ">UST 10Y, bp</text>" in site.get(unescape(picture[1])).text
    shown = site.get(unescape(page[1]).replace("/scenario?", "/scenario.json?")).json()
    move = next(one for one in shown["moves"] if one["series"] == "UST 10Y")
    assert round(move["off_shock"]["median"]) == round(float(said[1]))
    assert 'value="NO" selected' in site.get(unescape(page[1])).text
    assert site.get("/scenario.svg?as_of=2026-01-25&prices=UST+10Y,USD/JPY").text.count("<g>") == 2


def test_the_frame_of_a_page_follows_the_language_of_its_text(site: Site) -> None:
    japanese = site.form(
        "/", text="日本は米国債を1.2兆ドル投げ売りしている。", as_of="2026-01-25"
    ).text
    assert '<html lang="ja">' in japanese
    for word in (">検証<", ">系列<", "報告書（HTML）", "使った値"):
        assert word in japanese
    for word in (">Check<", ">Series<", "figures from", "Text dated", "Link to this page"):
        assert word not in japanese
    english = site.form("/", text=HEADLINE, as_of="2026-01-25").text
    assert '<html lang="en">' in english
    assert "検証" not in english


def test_the_calendar_names_those_who_make_the_figures(site: Site) -> None:
    due = site.get("/api/releases?as_of=2026-01-25").json()
    owners = {item["calendar"]: ", ".join(item["publishers"]) for item in due["next"]}
    assert "Federal Reserve Bank of Chicago" in owners["nfci"]
    assert "Board of Governors" not in owners["nfci"]


def test_a_search_lists_the_plainest_series_first(site: Site) -> None:
    found = site.get("/api/series?q=jgb+yield&limit=60").json()["series"]
    ids = [entry["series"] for entry in found]
    assert ids.index("jgb/yield/2Y") < ids.index("jgb/yield/10Y")
    assert ids.index("jgb/yield/40Y") < ids.index("jgb/auction/10Y/highest_yield")


def test_headers_keep_a_page_to_itself(site: Site) -> None:
    policy = site.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    for path in ("/", "/api/sources", "/nothing", "/api/nothing", "/static/saiken.js"):
        headers = site.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "set-cookie" not in headers


def test_pages_name_no_other_host(site: Site) -> None:
    for path in ("/", "/series/tic/holdings/JP", "/method", "/api", "/watch"):
        text = site.get(path).text
        assert "http://" not in text.replace("http://www.w3.org", "")
        assert "https://" not in text


def test_a_page_is_kept_packed_and_revalidated(site: Site) -> None:
    path = "/series/tic/holdings/JP?as_of=2026-01-25"
    plain, packed = site.get(path), site.get(path, accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert site.get(path, if_none_match=plain.headers["etag"]).status == 304
    assert site.get(path, if_none_match='"other"').status == 200


def test_answers_are_not_kept_by_anyone(site: Site) -> None:
    assert site.check(text=HEADLINE, as_of="2026-01-25").headers["cache-control"] == "no-store"
    page = site.form("/", text=HEADLINE, as_of="2026-01-25")
    assert (page.status, page.headers["cache-control"]) == (200, "no-store")


def test_the_bundle_from_the_page_is_verified_by_the_command(
    site: Site, places: dict[str, str], tmp_path: Path
) -> None:
    bundle = site.form("/report.bundle", text=HEADLINE, as_of="2026-01-25")
    saved = tmp_path / "b.json"
    saved.write_bytes(bundle.body)
    command = [sys.executable, "-m", "saiken", "verify", str(saved)]
    assert subprocess.run(command, env=places, capture_output=True, check=False).returncode == 0
    saved.write_bytes(bundle.body.replace(b"1202", b"1203"))
    assert subprocess.run(command, env=places, capture_output=True, check=False).returncode != 0


@pytest.mark.parametrize(
    ("kind", "starts"), [("png", b"\x89PNG"), ("html", b"<!doctype"), ("json", b"{")]
)
def test_files_of_a_report(site: Site, kind: str, starts: bytes) -> None:
    answer = site.form(f"/report.{kind}", text=HEADLINE, as_of="2026-01-25")
    assert answer.body.startswith(starts)
    assert "attachment" in answer.headers["content-disposition"]
    assert site.form("/report.exe", text=HEADLINE).status == 404


def test_a_csv_holds_no_formula_and_every_figure(site: Site) -> None:
    lines = site.get("/series.csv?series=tic/net/JP&as_of=2026-01-25").text.splitlines()
    count = len(site.get("/api/series/tic/net/JP?as_of=2026-01-25").json()["figures"])
    assert len(lines) == count + 1
    assert all(not line.startswith(("=", "+", "-", "@")) for line in lines)


@pytest.mark.parametrize(
    ("path", "header", "least"),
    [
        ("/monitor.csv?country=japan&as_of=2026-01-25", "link,gauge,value,unit", 20),
        ("/scenario.csv?as_of=2026-01-25", "price,unit,when", 24),
        (
            "/compare.csv?series=tic/holdings/CN&as_of=2026-01-25&also=2026-03-01",
            "series,period",
            1,
        ),
    ],
)
def test_pages_give_their_figures_as_tables(site: Site, path: str, header: str, least: int) -> None:
    answer = site.get(path)
    lines = list(csv.reader(answer.text.splitlines()))
    assert answer.headers["content-type"].startswith("text/csv")
    assert ",".join(lines[0]).startswith(header)
    assert len(lines) > least
    assert len(set(map(len, lines))) == 1


def test_what_is_drawn_is_given_as_a_picture(site: Site) -> None:
    for path in ("/chart.png?series=tic/holdings/JP&", "/scenario.png?"):
        assert site.get(f"{path}as_of=2026-01-25").body.startswith(b"\x89PNG")


def test_the_calendar_file_has_one_event_a_release(site: Site) -> None:
    text = site.get("/calendar.ics?as_of=2026-01-25").body.decode()
    due = site.get("/api/releases?as_of=2026-01-25").json()["next"]
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == len(due) > 5
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_page_from_elsewhere_cannot_change_the_watch_list(
    site: Site, places: dict[str, str]
) -> None:
    def kept(served: Site) -> list[str]:
        return [claim["text"] for claim in served.get("/watch.json").json()["claims"]]

    for token in ("", "guessed", "\u00e9"):
        refused = site.form("/watch", text=HEADLINE, as_of="2026-01-25", token=token)
        assert refused.status == 400
        assert "load the page again" in refused.text
    assert kept(site) == []
    token = re.search('name="token" value="([^"]+)"', site.get("/watch").text)
    assert token
    added = site.form("/watch", text=HEADLINE, as_of="2026-01-25", token=token[1])
    assert (added.status, kept(site)) == (200, [HEADLINE])
    told = site.get("/watch.json?as_of=2026-01-25")
    assert told.headers["cache-control"] == "no-store"
    claim = told.json()["claims"][0]
    assert (claim["overall"], claim["due"]) == ("refuted", "2026-02-18")
    assert site.form("/watch/remove", id=claim["id"], token="").status == 400
    assert site.form("/watch/remove", id="none", token=token[1]).status == 404
    # Where others ask too, the list is neither shown nor kept.
    with serving(places, "--name", "figures.example") as shared:
        assert HEADLINE not in shared.get("/watch").text
        assert shared.get("/watch.json").status == 404
        assert shared.form("/watch", text="x", token=token[1]).status in {404, 405}
    assert site.form("/watch/remove", id=claim["id"], token=token[1]).status == 200
    assert kept(site) == []


def test_the_calendar_is_found_under_its_old_address(site: Site) -> None:
    assert "Releases due" in site.get("/calendar?as_of=2026-01-25").text


def test_an_address_may_not_ask_without_end(places: dict[str, str]) -> None:
    with serving(places, "--rate", "5") as site:
        answers = [site.get("/method") for _ in range(60)]
    refused = [answer for answer in answers if answer.status == 429]
    assert len(refused) > 20
    assert refused[0].headers["content-type"] == PROBLEM
    assert refused[0].headers["retry-after"] == "1"
    assert answers[0].status == 200


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")
def test_several_processes_answer_alike_are_replaced_and_end_together(
    places: dict[str, str],
) -> None:
    told = {"text": HEADLINE, "as_of": "2026-01-25"}
    with serving(places, "--workers", "2") as site:
        parent = site.process
        members = _children(parent)
        assert len(members) == 2
        with ThreadPoolExecutor(8) as pool:
            answers = {answer.body for answer in pool.map(lambda _: site.check(**told), range(24))}
            token = {re.search('token" value="([^"]+)"', site.get("/watch").text)[1] for _ in range(9)}  # type: ignore[index]  # fmt: skip
        assert (len(answers), len(token)) == (1, 1)
        other = subprocess.run(
            [sys.executable, "-m", "saiken", "serve", "--workers", "2", "--port", site.address.rpartition(":")[2]],
            env=places, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert (other.returncode, "cannot listen" in other.stderr) == (2, True)
        time.sleep(6)  # one that dies at once is not replaced
        os.kill(members[0], signal.SIGKILL)
        deadline = time.monotonic() + 30
        while len(_children(parent)) < 2 or members[0] in _children(parent):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert all(site.check(**told).status == 200 for _ in range(12))
        every = _children(parent)
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in every) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [pid for pid in every if Path(f"/proc/{pid}").exists()] == []


def _children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def test_only_this_machine_s_names_are_answered_to(site: Site) -> None:
    # So that no page from elsewhere can have its own name point here and read along.
    assert site.get("/", host="evil.example").status == 421
    assert site.get("/", host="localhost").status == 200


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--port", "99999"], "no port"),
        (["--rate", "-1"], "no rate"),
        (["--workers", "0"], "cannot be had"),
        (["--host", "192.0.2.1"], "cannot listen on 192.0.2.1"),
    ],
)
def test_serve_says_what_is_wrong_with_its_options(
    places: dict[str, str], options: list[str], told: str
) -> None:
    command = [sys.executable, "-m", "saiken", "serve", *options]
    done = subprocess.run(
        command, env=places, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert told in done.stderr


def test_schemathesis_finds_no_fault(site: Site, tmp_path: Path) -> None:
    command = [
        shutil.which("schemathesis", path=str(Path(sys.executable).parent)) or "schemathesis",
        "run", f"{site.address}/api/openapi.json", "--no-color", "--seed", "1",
        "--phases", "coverage,fuzzing", "--max-examples", "12",
        # A day may be well written and yet be none, or still to come: no schema can tell.
        "--exclude-checks", "positive_data_acceptance",
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:]
