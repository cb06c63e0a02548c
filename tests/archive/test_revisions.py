"""How far a later print usually lies from an earlier one."""

from __future__ import annotations

import math
from array import array
from datetime import date

import pytest

from saiken.archive.archive import Archive
from saiken.archive.revisions import ANY, ENOUGH, Policy, Shares, moves, usual
from saiken.archive.statements import FIELDS, Statements
from saiken.terms.period import Period


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive.open(tmp_path_factory.mktemp("home"))


MONTHS = [Period.month(2024, 1).shift(k) for k in range(ENOUGH)]
FIRST, SECOND, THIRD = (date(2026, 3, day).toordinal() for day in (1, 10, 20))


def printed(*editions: tuple[int, list[str]]) -> Statements:
    """Statements of a monthly series: (day of publication, the numbers printed)."""
    fields = {name: array(code) for name, code in FIELDS.items()}
    for k, month in enumerate(MONTHS):
        for day, numbers in editions:
            whole, _, fraction = numbers[k].partition(".")
            values = {
                "starts": month.start.toordinal(),
                "ends": month.end.toordinal(),
                "digits": int(whole + fraction),
                "decimals": len(fraction),
                "vintages": day * 86_400_000,
                "vintage_days": day,
            }
            for name, column in fields.items():
                column.append(values.get(name, 0))
    return Statements(**fields)


def shares(held: Statements, rule: Policy) -> dict[tuple[str, int, int], float]:
    gathered = Shares()
    gathered.add("desk/stock/JP", "desk/stock/{holder}", moves(held, range(len(held)), rule))
    return {(who, regime, crossed): share for who, regime, crossed, share in gathered.rows()}


def test_figures_that_did_not_change_count_too():
    held = printed((FIRST, ["100"] * ENOUGH), (SECOND, ["100"] * ENOUGH))
    assert shares(held, Policy())["desk/stock/JP", 0, 0] == 0.0


def test_a_revision_is_a_share_of_the_size_of_the_series():
    held = printed((FIRST, ["100"] * ENOUGH), (SECOND, ["110"] * ENOUGH))
    assert shares(held, Policy())["desk/stock/JP", 0, 0] == pytest.approx(10 / 110)


def test_the_same_number_printed_finer_is_no_revision():
    held = printed((FIRST, ["10"] * ENOUGH), (SECOND, ["10.4"] * ENOUGH))
    assert shares(held, Policy())["desk/stock/JP", 0, 0] == 0.0


def test_releases_that_revise_the_past_year_make_their_own_class():
    held = printed((FIRST, ["100"] * ENOUGH), (SECOND, ["100"] * ENOUGH), (THIRD, ["105"] * ENOUGH))
    known = shares(held, Policy(revising=[THIRD]))
    assert known["desk/stock/JP", 0, 0] == 0.0
    assert known["desk/stock/JP", 0, 1] == pytest.approx(5 / 105)


def test_a_break_begins_a_regime_of_its_own():
    half = ENOUGH // 2
    held = printed((FIRST, ["100"] * ENOUGH), (SECOND, ["100"] * half + ["120"] * half))
    rule = Policy(regimes=[MONTHS[half].start.toordinal()])
    found = moves(held, range(len(held)), rule)
    assert (found[0, 0].still, len(found[0, 0].sizes)) == (half, 0)
    assert (found[1, 0].still, len(found[1, 0].sizes)) == (0, half)


def test_what_is_usual_is_asked_of_the_nearest_that_knows():
    family, series = "desk/stock/{holder}", "desk/stock/JP"
    known = {(family, 1, 2): 0.02, (series, 1, 1): 0.001, (family, ANY, 0): 0.5}
    assert usual(known, (series, family), 1, 1) == 0.001
    assert usual(known, (series, family), 1, 2) == 0.02  # the family's two before its own one
    assert usual(known, (series, family), 1, 4) == 0.02
    assert usual(known, (series, family), 3, 4) == 0.5
    assert usual({}, (series, family), 0, 0) == math.inf


def test_a_print_of_the_day_has_no_range(archive: Archive):
    view = archive.view("tic/holdings/JP", date(2026, 9, 20))
    assert view is not None
    assert not view.marks[len(view) - 1]
    assert view.revision_range(len(view) - 1) == 0.0


def test_months_without_a_yearly_revision_hardly_move(archive: Archive):
    # November 2025 as of January 2026: the March print is held, February's and March's releases
    # lie between, neither of which looks at the whole past year.
    view = archive.view("tic/holdings/JP", date(2026, 1, 25))
    assert view is not None
    index = len(view) - 1
    assert view.marks[index]
    assert view.revision_range(index) < 0.001 * view.values[index]


def test_a_flow_without_revisions_of_its_own_is_revised_with_its_stock(archive: Archive):
    flow = archive.view("tic/net/JP", date(2026, 3, 1))
    assert flow is not None
    assert flow.marks[len(flow) - 1]
    assert 1000 < flow.revision_range(len(flow) - 1) < 4900  # USD mn; the net was -4,949
