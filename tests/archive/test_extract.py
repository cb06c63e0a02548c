"""What was asked of an archive answers again, alone, as the archive did."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from saiken.archive.archive import Archive
from saiken.archive.extract import Extract, ExtractError, canonical, checked, damaged, extract
from saiken.archive.recorder import Recorder
from saiken.archive.source import Source
from saiken.publishers import catalog as catalogs
from saiken.terms.period import Period

SERIES = ("tic/holdings/JP", "jgb/yield/40Y", "mof/weekly/assets/long/net", "tic/net/JP")
DAYS = (date(2024, 5, 1), date(2025, 9, 30), date(2026, 3, 1))


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive.open(tmp_path_factory.mktemp("home"))


def asked(archive: Archive) -> tuple[Archive, Recorder]:
    kept: list[Recorder] = []

    def wrap(source: Source) -> Source:
        kept.append(Recorder(source))
        return kept[0]

    return archive.over(wrap), kept[0]


def told(archive: Archive, series: str, day: date) -> object:
    view = archive.view(series, day)
    if view is None or not len(view):
        return None
    last = range(max(0, len(view) - 3), len(view))
    return (
        list(view.values),
        list(view.half_widths),
        bytes(view.marks),
        [view.point_at(i) for i in last],
        [view.revision_range(i) for i in last],
        [view.availability(view.period(len(view) - 1).shift(k)) for k in (1, 2)],
        [view.release_of(view.period(i)) for i in last],
    )


def everything(archive: Archive) -> object:
    found = [told(archive, series, day) for series in SERIES for day in DAYS]
    prints = archive.vintages("tic/holdings/JP", Period.month(2024, 3))
    return found, prints, archive.next_release("tic", DAYS[1]), archive.newest, archive.built_at


def test_an_extract_answers_as_the_archive_did(held: Archive) -> None:
    recording, recorder = asked(held)
    expected = everything(recording)
    content = json.loads(canonical(extract(recorder, catalogs.load())))
    assert list(damaged(content)) == []
    again = Archive(Extract(content, catalogs.load()), catalogs.load())
    assert everything(again) == expected
    assert expected == everything(held)


def test_every_cell_survives_the_way_out_and_back(held: Archive) -> None:
    recording, recorder = asked(held)
    for series in held.series_ids()[::40]:
        recording.view(series, DAYS[2])
    content = extract(recorder, catalogs.load())
    back = Extract(content, catalogs.load())
    for series in content["figures"]:
        was, now = recorder.under.cells(series), back.cells(series)
        assert was is not None
        assert now is not None
        assert (list(now.arrays), now.plain) == (list(was.arrays), was.plain), series
        assert held.vintages(series) == Archive(back, catalogs.load()).vintages(series)


def test_what_was_not_asked_is_not_made_up(held: Archive) -> None:
    recording, recorder = asked(held)
    recording.view("tic/holdings/JP", DAYS[0])
    again = Archive(Extract(extract(recorder, catalogs.load()), catalogs.load()), catalogs.load())
    with pytest.raises(ExtractError, match="says nothing of tic/holdings/CN"):
        again.view("tic/holdings/CN", DAYS[0])
    with pytest.raises(ExtractError, match="which series begin with"):
        again.series_ids("tic/")
    with pytest.raises(ExtractError, match="release calendar"):
        again.next_release("weo", DAYS[0])


def test_a_changed_figure_is_named(held: Archive) -> None:
    recording, recorder = asked(held)
    recording.view("tic/holdings/JP", DAYS[0])
    content = extract(recorder, catalogs.load())
    rows = content["figures"]["tic/holdings/JP"]["rows"]
    rows[5] = [*rows[5][:2], rows[5][2] + "1", *rows[5][3:]]
    assert [rows[5][1] in line for line in damaged(content)] == [True]
    rows[5] = checked([0, "2011-13", "1.0", *rows[5][3:-1]])
    with pytest.raises(ExtractError, match="not a figure"):
        Extract(content, catalogs.load())


def test_the_days_that_can_change_an_answer(held: Archive, tmp_path: Path) -> None:
    recording, recorder = asked(held)
    recording.view("tic/holdings/JP", DAYS[0])
    days = {date.fromordinal(day) for day in recorder.days()}
    assert date(2026, 2, 18) in days
    assert date(2026, 2, 19) not in days
