"""The embedded snapshot and the publishers' own files, as of the dates of the story."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saiken.archive.archive import Archive
from saiken.archive.importer import import_folder
from saiken.archive.snapshot import embedded
from saiken.archive.view import Availability
from saiken.terms.figure import Figure
from saiken.terms.period import Period

STORY = date(2026, 1, 25)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive.open(tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize(
    ("series", "label", "as_of", "value", "marked"),
    [
        ("tic/holdings/JP", "2025-11", STORY, 1202.7, True),
        ("tic/holdings/JP", "2025-11", date(2026, 3, 18), 1202.7, False),
        ("tic/holdings/GB", "2025-11", date(2026, 4, 1), 889.0, False),
        ("tic/holdings/GB", "2025-11", date(2026, 6, 1), 879.8, False),
        ("tic/holdings/CN", "2025-07", date(2025, 10, 15), 695.6, True),
        ("jgb/yield/40Y", "2026-01-20", STORY, 3.901, False),
        ("jgb/yield/40Y", "2026-05-18", date(2026, 5, 18), 4.006, False),
        ("mof/monthly/assets/long/net", "2025-12", STORY, -3742, True),
        ("mof/weekly/assets/long/net", "2026-08-02..2026-08-08", date(2026, 8, 14), 16294, False),
        ("mof/weekly/assets/long/net", "2026-08-02..2026-08-08", date(2026, 9, 17), 15408, False),
    ],
)
def test_figures_of_the_story(
    archive: Archive, series: str, label: str, as_of: date, value: float, marked: bool
) -> None:
    view = archive.view(series, as_of)
    assert view is not None
    index = view.find(Period.parse(label))
    assert index is not None
    assert (view.values[index], bool(view.marks[index])) == (value, marked)
    assert view.point_at(index).artifact_sha256


def test_december_was_not_out_and_the_day_it_would_be_is_known(archive: Archive) -> None:
    view = archive.view("tic/holdings/JP", STORY)
    assert view is not None
    december = Period.month(2025, 12)
    assert view.availability(december) is Availability.NOT_PUBLISHED
    release = view.release_of(december)
    assert release is not None
    assert release.day == date(2026, 2, 18)
    following = archive.next_release("tic", STORY)
    assert following is not None
    assert following.day == date(2026, 2, 18)


def test_a_threshold_that_a_first_print_may_have_missed_lies_in_the_usual_revision(
    archive: Archive,
) -> None:
    view = archive.view("tic/holdings/CN", date(2025, 10, 15))
    assert view is not None
    index = view.find(Period.month(2025, 7))
    assert index is not None
    assert 700 - view.values[index] < view.revision_range(index) < 0.05 * view.values[index]


def test_nothing_in_the_snapshot_is_restricted(archive: Archive) -> None:
    assert {artifact.terms for artifact in archive.artifacts()} <= {"PD", "BY", "BY-MoF"}
    assert archive.built_at is not None


@given(st.data(), st.dates(date(1990, 1, 1), date(2026, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_no_series_knows_its_future(archive: Archive, data: st.DataObject, day: date) -> None:
    series = data.draw(st.sampled_from(archive.series_ids()))
    figures: dict[Period, list[Figure]] = {}
    for figure in archive.vintages(series):
        figures.setdefault(figure.period, []).append(figure)
    view = archive.view(series, day)
    assert view is not None
    end_of_day = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)
    for i in range(len(view)):
        prints = figures[view.period(i)]
        if view.marks[i]:
            release = view.release_of(view.period(i))
            assert release is not None
            assert release.day <= day
            assert view.values[i] == float(prints[0].value or 0)
        else:
            known = [one.value for one in prints if one.vintage_at <= end_of_day]
            assert known
            assert view.values[i] == float(known[-1] or 0)


def test_importing_the_tic_files_gives_what_the_snapshot_has(
    shared: Path, archive: Archive, tmp_path: Path
) -> None:
    report = import_folder(shared / "data" / "us" / "tic", tmp_path / "home")
    assert not [
        row for row in report.rows if row.status == "quarantined" and row.file.endswith("txt")
    ]
    assert report.count("read") >= 10
    own = Archive.open(tmp_path / "home", embedded=False)
    for holder in ("JP", "GB", "CN", "all"):
        mine, theirs = (a.view(f"tic/holdings/{holder}", STORY) for a in (own, archive))
        assert mine is not None
        assert theirs is not None
        assert list(mine.values) == list(theirs.values)
        assert bytes(mine.marks) == bytes(theirs.marks)


def test_the_snapshot_lies_where_the_package_is() -> None:
    assert (embedded() / "figures.parquet").is_file()
