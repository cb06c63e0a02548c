"""The press release on cross-border flows: three layouts, two conventions, known errors."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from publisher_files import columns, figures, read

from saiken.publishers import calendars, corrections
from saiken.publishers.table import ParseError
from saiken.publishers.tic_press import TABLES
from saiken.terms.figure import Column
from saiken.terms.period import Period

(PRESS,) = TABLES
FOLDER = Path("data/us/tic/press_releases")


@pytest.fixture(scope="module")
def releases(shared: Path) -> dict[str, dict[str, Column]]:
    """Every release by the day in its name."""
    return {path.name[:10]: read(PRESS, path) for path in sorted((shared / FOLDER).glob("*.md"))}


def one(shared: Path, day: str) -> str:
    (path,) = (shared / FOLDER).glob(f"{day}*.md")
    return path.read_text("utf-8")


def test_all_releases_are_read_in_full(releases: dict[str, dict[str, Column]]) -> None:
    assert len(releases) == 107
    for found in releases.values():
        assert len(found) == 96
        assert sum(map(len, found.values())) == 256


def test_a_release_is_a_vintage_on_its_day(releases: dict[str, dict[str, Column]]) -> None:
    for day, found in releases.items():
        months = figures(found["tic/flows/total"])
        expected = calendars.moment("tic", date.fromisoformat(day))
        assert {column.vintage_at for column in found.values()} == {expected}
        known = calendars.release("tic", Period.parse(max(months)))
        assert (known.day.isoformat(), known.basis) == (day, "actual")
    stamps = next(iter(releases["2026-01-15"].values())).vintage_at
    assert stamps == datetime(2026, 1, 15, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # one run-on line; one cell a line; rows between bars; run-on without any blanks
        ("2017-01-18", {"total": ("2016-11", "23.7"), "bills": ("2016-11", "0.0")}),
        ("2019-06-17", {"total": ("2019-04", "-7.8"), "treasuries_official": ("2019-01", "-24.3")}),
        ("2026-01-15", {"total": ("2025-11", "212.0"), "private": ("2025-11", "167.2"),
                        "official": ("2025-11", "44.9"), "long_term": ("2025-11", "220.2"),
                        "bills": ("2025-11", "0.4"), "banks": ("2025-11", "-1.7"),
                        "treasuries_private": ("2025-10", "-35.3")}),
        ("2024-03-19", {"us_securities": ("2024-01", "79.8"), "agencies_private": ("2023-12", "5.4")}),
        # trailing zeros dropped, months as 24-Jun, 2025-Mar
        ("2025-08-15", {"treasuries_official": ("2025-04", "6.0")}),
    ],
)  # fmt: skip
def test_figures_of_each_layout(
    releases: dict[str, dict[str, Column]], day: str, expected: dict[str, tuple[str, str]]
) -> None:
    for line, (month, value) in expected.items():
        assert figures(releases[day][f"tic/flows/{line}"])[month] == value


def test_years_and_sums_of_twelve_months(releases: dict[str, dict[str, Column]]) -> None:
    found = releases["2026-01-15"]
    assert figures(found["tic/flows_year/total"]) == {"2023": "839.8", "2024": "1218.4"}
    assert figures(found["tic/flows_12m/total"]) == {
        "2023-12..2024-11": "1135.3",
        "2024-12..2025-11": "1417.9",
    }


def test_a_locator_leads_to_the_cell(shared: Path, releases: dict[str, dict[str, Column]]) -> None:
    for day in ("2017-01-18", "2019-06-17", "2026-01-15", "2025-05-16"):
        lines = one(shared, day).split("\n")
        for column in releases[day].values():
            for _, value, _, place in column.cells():
                cell = lines[place.row - 1][place.column - 1 :]
                assert cell.startswith(f"{value:.1f}"), (day, column.series, place, cell[:20])


def test_one_sign_on_both_sides_of_the_change_of_words(
    releases: dict[str, dict[str, Column]],
) -> None:
    """March 2023 still names what foreigners bought, April 2023 what US residents sold.

    The months that both print agree: exactly where nothing was revised, in sign where it was.
    """
    before, after = releases["2023-03-15"], releases["2023-04-17"]
    lines = [series for series in before if series.startswith("tic/flows/")]
    shared_months = {"2022-11", "2022-12", "2023-01"}
    same = 0
    for series in lines:
        old, new = figures(before[series]), figures(after[series])
        assert shared_months == set(old) & set(new)
        for month in shared_months:
            same += old[month] == new[month]
            if abs(float(old[month])) > 60:
                assert float(old[month]) * float(new[month]) > 0, (series, month)
    assert same > 40
    for series in ("tic/flows/us_securities", "tic/flows/foreign_securities", "tic/flows/bills"):
        assert figures(before[series])["2022-11"] == figures(after[series])["2022-11"]


def test_known_errors_are_put_right(releases: dict[str, dict[str, Column]]) -> None:
    assert max(figures(releases["2025-03-19"]["tic/flows/total"])) == "2025-01"
    assert set(figures(releases["2019-06-17"]["tic/flows_12m/total"])) == {
        "2017-05..2018-04",
        "2018-05..2019-04",
    }


def test_a_mended_error_is_told(shared: Path) -> None:
    mended = one(shared, "2025-03-19").replace("data for January 2024", "data for January 2025")
    with pytest.raises(ParseError, match="no longer says 'data for January 2024'"):
        columns(PRESS, mended.encode())
    for day, line in (("2023-04-17", "3 = 4"), ("2023-05-15", "30 = 31")):
        document = {"2023-04-17": "jy1420", "2023-05-15": "jy1482"}[day]
        assert any(sum_.startswith(line) for sum_ in corrections.residuals(PRESS.id, document))


def test_an_error_of_that_kind_elsewhere_is_refused(shared: Path) -> None:
    text = one(shared, "2026-01-15").replace("data for November 2025", "data for November 2024")
    with pytest.raises(ParseError, match="the text is about November 2024"):
        columns(PRESS, text.encode())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("| 212.0 |", "| 221.0 |", "add up as 30"),
        ("inflow of $212.0", "outflow of $212.0", "the text tells a net TIC outflow"),
        ("Gross U.S. Sales of Domestic", "Gross U.S. Loans of Domestic", "line 1 should be"),
        ("Aug | Sep | Oct | Nov", "Sep | Aug | Oct | Nov", "do not end in"),
        ("| 2023 | 2024 |", "| 2022 | 2024 |", "not the years"),
        ("| Nov-24 |", "| Oct-24 |", "not a year before"),
        ("Net U.S. sales = Net foreign", "Net foreign sales = Net", "which sign is a purchase"),
        ("| 52.4 |", "| n.a. |", "line 5 has 7 figures"),
        ("TIC Monthly Reports on", "Monthly Reports on", "no table"),
    ],
)
def test_damage_is_told(shared: Path, old: str, new: str, words: str) -> None:
    text = one(shared, "2026-01-15")
    assert old in text
    with pytest.raises(ParseError, match=words):
        columns(PRESS, text.replace(old, new).encode())


def test_corrections_are_as_long_as_what_they_replace() -> None:
    for known in corrections.known():
        assert len(known.says) == len(known.means)
        assert known.why


def test_other_texts_are_not_recognised(shared: Path) -> None:
    for name in ("tic_home_notices_2025-11-26.md", "tic_press_releases_by_topic_2026-01-15.md"):
        assert not PRESS.recognise((shared / "data/us/tic" / name).read_bytes()[:4096], name)
