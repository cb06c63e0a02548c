"""The rule of the two clocks: held against a reading of it in plain loops."""

from __future__ import annotations

import tempfile
from array import array
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from archive_fakes import STOCK, look, sheet, stated, take_all
from hypothesis import given, settings
from hypothesis import strategies as st

from saiken.archive.asof import history, state
from saiken.archive.statements import FIELDS, Statements, canonical, prints
from saiken.terms.figure import WITHHELD

DAY = 86_400_000
RELEASES = {period: 10 * period + 20 for period in range(6)}
"""The day on which each period (its number is its day) first came out."""

cells = st.tuples(
    st.integers(0, 5),  # period
    st.integers(0, 120),  # days that its vintage lies after the release
    st.integers(0, 3),  # value
    st.booleans(),  # withdrawn
)
statements = st.lists(cells, max_size=25, unique_by=lambda cell: cell[:2])


def _held(rows: list[tuple[int, int, int, bool]]) -> Statements:
    held = Statements()
    for number, (period, lag, value, withdrawn) in enumerate(rows):
        day = RELEASES[period] + lag
        filled = {
            "starts": period,
            "ends": period,
            "digits": value,
            "vintage_days": day,
            "decimals": WITHHELD if withdrawn else 0,
            "vintages": day * DAY,
            "rows": number,
        }
        for name in FIELDS:
            getattr(held, name).append(filled.get(name, 0))
    return held


def _view(
    rows: list[tuple[int, int, int, bool]], limit: int, *, strict: bool
) -> dict[int, tuple[float, bool]]:
    held = _held(rows)
    kept = held.take(canonical(held, prints(held, lambda artifact: (0, str(artifact)))))
    first_out = array("i", [RELEASES[end] for end in kept.ends])
    arrays = [
        getattr(kept, n)
        for n in ("starts", "ends", "digits", "decimals", "vintages", "vintage_days")
    ]
    past = history([*arrays, array("q", [day * DAY for day in first_out]), first_out])
    known = state(past, date.fromordinal(limit), strict=strict)
    return {
        past.ends[k]: (past.values[k], bool(m))
        for k, m in zip(known.indices, known.marks, strict=True)
    }


def _by_hand(
    rows: list[tuple[int, int, int, bool]], limit: int, *, strict: bool
) -> dict[int, tuple[float, bool]]:
    found = {}
    for period, released in RELEASES.items():
        prints = sorted(
            (released + lag, value, gone) for p, lag, value, gone in rows if p == period
        )
        known = [one for one in prints if one[0] <= limit]
        chosen, mark = (known[-1], False) if known else (None, False)
        if chosen is None and prints and released <= limit and not strict:
            chosen, mark = prints[0], True
        if chosen is not None and not chosen[2]:
            found[period] = float(chosen[1]), mark
    return found


@given(statements, st.integers(1, 200), st.booleans())
@settings(max_examples=400)
def test_the_view_is_what_plain_loops_say(
    rows: list[tuple[int, int, int, bool]], limit: int, strict: bool
) -> None:
    assert _view(rows, limit, strict=strict) == _by_hand(rows, limit, strict=strict)


@given(statements, st.integers(1, 200), st.data())
@settings(max_examples=200)
def test_what_came_later_changes_no_unmarked_value(
    rows: list[tuple[int, int, int, bool]], limit: int, data: st.DataObject
) -> None:
    known = [row for row in rows if RELEASES[row[0]] + row[1] <= limit]
    unmarked = {p: v for p, v in _view(rows, limit, strict=False).items() if not v[1]}
    assert unmarked == _view(known, limit, strict=True)
    shuffled = data.draw(st.permutations(rows))
    assert _view(shuffled, limit, strict=False) == _view(rows, limit, strict=False)


MONTHS = [f"2025-{month:02}" for month in range(1, 5)]
editions = st.lists(
    st.tuples(
        st.integers(0, 300),
        st.dictionaries(
            st.sampled_from(MONTHS), st.sampled_from(["10.0", "11.0", "12.0"]), min_size=1
        ),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda edition: edition[0],
)


@given(editions, st.data(), st.lists(st.integers(0, 400), min_size=1, max_size=3))
@settings(max_examples=15, deadline=None)
def test_the_order_of_imports_changes_nothing(
    listed: list[tuple[int, dict[str, str]]], data: st.DataObject, days: list[int]
) -> None:
    start = datetime(2025, 3, 15, 20, tzinfo=UTC)
    files = [sheet({STOCK: cells}, start + timedelta(days=day)) for day, cells in listed]
    orders = [files, data.draw(st.permutations(files)), files[::-1]]
    seen = []
    with tempfile.TemporaryDirectory() as folder:
        for number, order in enumerate(orders):
            home = Path(folder) / f"home{number}"
            take_all(home, Path(folder) / f"in{number}", order)
            archive = look(home)
            seen.append(
                [stated(archive, STOCK, start.date() + timedelta(days=day)) for day in days]
            )
    assert seen[0] == seen[1] == seen[2]


def test_a_value_that_comes_back_is_not_lost_when_its_revision_is_imported_last(
    home: Path, inbox: Path
) -> None:
    def at(month: int) -> datetime:
        return datetime(2025, month, 15, 20, tzinfo=UTC)

    files = [
        sheet({STOCK: {"2025-01": "10.0"}}, at(3)),
        sheet({STOCK: {"2025-01": "10.0"}}, at(5)),
        sheet({STOCK: {"2025-01": "11.0"}}, at(4)),
    ]
    take_all(home, inbox, files)
    archive = look(home)
    read = [stated(archive, STOCK, date(2025, month, 20))["2025-01"][0] for month in (3, 4, 5)]
    assert read == [10.0, 11.0, 10.0]


def test_the_vintage_of_a_figure_is_its_first_print_whichever_file_came_first(
    home: Path, inbox: Path
) -> None:
    may, march = (datetime(2025, month, 15, 20, tzinfo=UTC) for month in (5, 3))
    take_all(home, inbox, [sheet({STOCK: {"2025-01": "10.0"}}, at) for at in (may, march)])
    figures = look(home).vintages(STOCK)
    assert [figure.vintage_at for figure in figures] == [march]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2025, 3, 14), {}),
        (date(2025, 3, 15), {"2025-01": (10.0, False)}),
        (datetime(2025, 3, 15, 19, 59, tzinfo=UTC), {}),
        (datetime(2025, 3, 15, 20, 0, tzinfo=UTC), {"2025-01": (10.0, False)}),
    ],
)
def test_a_date_takes_in_its_whole_day_and_a_moment_does_not(
    home: Path, inbox: Path, as_of: date, expected: dict[str, tuple[float, bool]]
) -> None:
    take_all(
        home, inbox, [sheet({STOCK: {"2025-01": "10.0"}}, datetime(2025, 3, 15, 20, tzinfo=UTC))]
    )
    assert stated(look(home), STOCK, as_of) == expected


def test_only_a_later_print_is_marked_and_strict_refuses_it(home: Path, inbox: Path) -> None:
    take_all(
        home, inbox, [sheet({STOCK: {"2025-01": "10.0"}}, datetime(2025, 6, 15, 20, tzinfo=UTC))]
    )
    archive = look(home)
    assert stated(archive, STOCK, date(2025, 4, 1)) == {"2025-01": (10.0, True)}
    assert stated(archive, STOCK, date(2025, 4, 1), strict=True) == {}
    assert stated(archive, STOCK, date(2025, 3, 14)) == {}
