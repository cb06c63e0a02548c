"""The edges of records, thresholds, ranks, shares, streaks, flows, releases and misreadings."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from made import Made, claim, dollars, holdings, line

from saiken.claims.claim import Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.verdict import Ruling, Verdict
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity
from saiken.terms.release import Release

NOV, OCT, DEC = (Period.month(2025, month) for month in (11, 10, 12))
DAY = Period.day(date(2026, 1, 23))
YIELD = {"measure": "government_yield", "tenor": "10Y"}
BONDS = {"measure": "foreign_bond_flows"}


def verdict(evidence: Made, predicate: Predicate, **fields: object) -> Verdict:
    return judge_claim(claim(predicate, **fields), evidence)


def ruling(evidence: Made, predicate: Predicate, **fields: object) -> Ruling:
    return verdict(evidence, predicate, **fields).ruling


def of_yields(values, tenor="10Y", **more):
    one = line(
        values, last=DAY, unit="%", kind="rate", half=0.0005,
        series=f"jgb/yield/{tenor}", **more,
    )  # fmt: skip
    return Made({("government_yield", "JP", tenor): [one]})


def flows(values, last=DEC, **more):
    series = "mof/monthly/assets/long/net"
    return Made(
        {
            ("foreign_bond_flows", "JP", ""): [
                line(
                    values, last=last, unit="JPY 100mn", kind="flow", half=0.5,
                    series=series, **more,
                )
            ]
        }
    )  # fmt: skip


# -- records --------------------------------------------------------------------------------------


def test_an_undated_record_is_one_of_the_last_ten_days_the_latest_of_equals():
    high = {"extreme": "high", **YIELD}
    for back, expected in ((9, Ruling.SUPPORTED), (10, Ruling.REFUTED)):
        values = [1.0, 2.0, 5.0, *[3.0] * back]
        assert ruling(of_yields(values), Predicate.RECORD, **high) is expected
    low = {"extreme": "low", **YIELD}
    assert ruling(of_yields([3.0, 2.0, 1.0, 1.5]), Predicate.RECORD, **low) is Ruling.SUPPORTED


def test_the_first_figure_of_a_series_is_no_record():
    first = {"extreme": "high", "period": NOV}
    assert ruling(holdings(line([5.0])), Predicate.RECORD, **first) is Ruling.REFUTED


def test_a_record_at_another_level_than_told_is_refuted():
    record = {"extreme": "high", "period": NOV}
    evidence = holdings(line([5.0, 7.0, 8.0]))
    for bn, expected in ((8.0, Ruling.SUPPORTED), (9.0, Ruling.REFUTED)):
        assert ruling(evidence, Predicate.RECORD, quantity=dollars(bn), **record) is expected


def test_a_tie_with_the_record_is_told_as_a_tie_and_one_below_it_is_not():
    record = {"extreme": "high", "period": NOV}
    below = verdict(holdings(line([9.0, 8.0, 6.0, 8.0])), Predicate.RECORD, **record)
    assert below.ruling is Ruling.REFUTED
    assert "highest since September 2025" in below.reasons[0]


@pytest.mark.parametrize(
    ("extreme", "values", "expected"),
    [
        ("low", [1.0, 5.0, 2.0], Ruling.EXAGGERATED),
        ("low", [3.0, 5.0, 2.0], Ruling.SUPPORTED),
        ("low", [2.0, 5.0, 2.0], Ruling.EXAGGERATED),
        ("high", [2.0, 1.0, 2.0], Ruling.EXAGGERATED),
        ("high", [9.0, 2.0, 1.0], Ruling.REFUTED),  # the month just before beats it
        ("low", [0.5, 1.0, 2.0], Ruling.REFUTED),
    ],
)
def test_highest_and_lowest_since_are_mirrors(extreme, values, expected):
    since = {"extreme": extreme, "period": NOV, "since": Period.month(2025, 8)}
    assert ruling(holdings(line(values)), Predicate.RECORD, **since) is expected


def test_the_highest_of_a_series_does_not_speak_of_the_time_before_it():
    since = {"extreme": "high", "period": NOV}
    evidence = holdings(line([5.0, 7.0, 8.0]))
    late = verdict(evidence, Predicate.RECORD, since=Period.year(2020), **since)
    assert (late.ruling, "begins" in late.reasons[0]) == (Ruling.NOT_COVERED, True)
    next_month = verdict(evidence, Predicate.RECORD, since=Period.month(2025, 8), **since)
    assert next_month.ruling is Ruling.SUPPORTED
    born = holdings(line([5.0, 7.0, 8.0], since_inception=True))
    assert ruling(born, Predicate.RECORD, since=Period.year(2020), **since) is Ruling.SUPPORTED
    inside = verdict(evidence, Predicate.RECORD, since=Period.month(2025, 9), **since)
    assert (inside.ruling, inside.notes) == (Ruling.SUPPORTED, ())


def test_since_a_day_counts_that_day_itself():
    days = {k: Period.day(date(2026, 1, k)) for k in range(19, 23)}
    evidence = of_yields([1.0, 5.0, 2.0, 3.0])  # the 20th to the 23rd
    high = {"extreme": "high", "period": DAY, **YIELD}
    for day, expected in ((21, Ruling.SUPPORTED), (20, Ruling.EXAGGERATED)):
        assert ruling(evidence, Predicate.RECORD, since=days[day], **high) is expected
    whole = of_yields([1.0, 1.5, 2.0, 3.0])
    assert ruling(whole, Predicate.RECORD, since=days[19], **high) is Ruling.SUPPORTED


@pytest.mark.parametrize(("other", "expected"), [(9.0, "refuted"), (8.0, "supported")])
@pytest.mark.parametrize("extreme", ["high", "low"])
def test_a_record_is_none_if_another_official_series_goes_beyond(extreme, other, expected):
    sign = 1 if extreme == "high" else -1
    day = {"last": DAY, "unit": "JPY per USD", "kind": "price", "half": 0.005}
    young = line([sign * v for v in (5.0, 7.0, 8.0)], series="boe/USDJPY", **day)
    old = line([sign * v for v in (other, 5.0, 7.0, 8.0)], series="fed/USDJPY", **day)
    evidence = Made({("exchange_rate", "USDJPY", ""): [young, old]})
    asked = {"measure": "exchange_rate", "subject": "USDJPY", "extreme": extreme, "period": DAY}
    assert ruling(evidence, Predicate.RECORD, **asked).value == expected


# -- thresholds -----------------------------------------------------------------------------------


def at(value: float, direction: int, **more: object) -> dict[str, object]:
    return {
        "quantity": Quantity(value, value - 0.5, value + 0.5, "%"),
        "direction": direction,
        **YIELD,
        **more,
    }


def test_a_threshold_needs_a_number_and_a_side():
    evidence = of_yields([3.0, 5.0])
    for asked in (at(4, 0), at(4, 1, quantity=None)):
        assert verdict(evidence, Predicate.THRESHOLD, **asked).code == "no_number"


def test_below_is_the_mirror_of_above_and_equal_is_neither():
    for value, side, expected in (
        (3.999, -1, Ruling.SUPPORTED),
        (4.0, -1, Ruling.REFUTED),
        (4.0, 1, Ruling.REFUTED),
        (4.001, 1, Ruling.SUPPORTED),
    ):
        asked = at(4, side, period=DAY)
        assert ruling(of_yields([5.0, value]), Predicate.THRESHOLD, **asked) is expected


def test_the_furthest_is_told_of_a_miss():
    missed = verdict(of_yields([3.0, 3.9, 3.5]), Predicate.THRESHOLD, **at(4, 1))
    assert "3.9 %" in missed.reasons[0]
    assert "highest" in missed.reasons[0]
    lowest = verdict(of_yields([5.0, 4.1, 4.5]), Predicate.THRESHOLD, **at(4, -1))
    assert "lowest" in lowest.reasons[0]
    one = verdict(of_yields([5.0, 3.9]), Predicate.THRESHOLD, **at(4, 1, period=DAY))
    assert "highest" not in one.reasons[0]


def test_the_first_time_counts_the_whole_run_up_to_now():
    first = at(4, 1, first=True)
    told = verdict(of_yields([3.0, 4.1, 4.2, 4.3]), Predicate.THRESHOLD, **first)
    assert (told.ruling, "4.1 %" in told.reasons[0]) == (Ruling.SUPPORTED, True)
    before = of_yields([4.1, 3.9, 4.2])
    assert ruling(before, Predicate.THRESHOLD, **first) is Ruling.REFUTED


def test_a_line_that_was_never_crossed_is_not_crossed_for_the_first_time():
    first = at(4, -1, first=True)
    always = verdict(of_yields([3.0, 3.1, 3.2]), Predicate.THRESHOLD, **first)
    assert (always.ruling, "3 %" in always.reasons[0]) == (Ruling.REFUTED, True)
    since = at(4, -1, first=True, since=DAY.shift(-3))
    before = of_yields([3.5, 3.6, 3.7, 3.8, 3.9])
    assert ruling(before, Predicate.THRESHOLD, **since) is Ruling.REFUTED
    next_day = of_yields([3.5, 4.1, 3.7, 3.8, 3.9])
    assert ruling(next_day, Predicate.THRESHOLD, **since) is Ruling.SUPPORTED
    crossed = of_yields([3.5, 4.2, 4.1, 3.8, 3.9])
    assert ruling(crossed, Predicate.THRESHOLD, **since) is Ruling.SUPPORTED


def test_first_ever_needs_a_series_as_old_as_the_thing():
    ever = at(4, 1, first=True, ever=True)
    young = verdict(of_yields([3.0, 4.1]), Predicate.THRESHOLD, **ever)
    assert (young.ruling, young.misreadings) == (
        Ruling.MISLEADING,
        ("record_in_short_history",),
    )
    whole = of_yields([3.0, 4.1], since_inception=True)
    told = verdict(whole, Predicate.THRESHOLD, **ever)
    assert (told.ruling, told.notes) == (Ruling.SUPPORTED, ())
    since = at(4, 1, first=True, ever=True, since=Period.year(2020))
    assert ruling(of_yields([3.0, 4.1]), Predicate.THRESHOLD, **since) is Ruling.SUPPORTED


# -- ranks, comparisons, shares, streaks ----------------------------------------------------------


def test_a_tie_in_rank_is_shared_and_being_level_is_not_ahead():
    evidence = holdings(line([5.0, 7.0]), CN=line([6.0, 7.0]), GB=line([1.0, 1.0]))
    first = {"extreme": "high", "period": NOV, "scope": frozenset({"foreign"}), "rank": 1}
    for code in ("JP", "CN"):
        assert ruling(evidence, Predicate.RANK, subject=code, **first) is Ruling.SUPPORTED
    ahead = {"versus": ("CN",), "period": NOV}
    for direction in (1, -1, None):
        asked = {"direction": direction, **ahead}
        assert ruling(evidence, Predicate.RANK, **asked) is Ruling.REFUTED


def test_the_smallest_is_ranked_from_below():
    evidence = holdings(line([5.0]), CN=line([6.0]), GB=line([1.0]))
    least = {"extreme": "low", "period": NOV, "scope": frozenset({"foreign"}), "rank": 1}
    assert ruling(evidence, Predicate.RANK, subject="GB", **least) is Ruling.SUPPORTED
    assert ruling(evidence, Predicate.RANK, subject="CN", **least) is Ruling.REFUTED


@pytest.mark.parametrize(
    ("before", "expected"),
    [((5.0, 6.0), Ruling.SUPPORTED), ((6.0, 6.0), Ruling.SUPPORTED), ((6.1, 6.0), Ruling.REFUTED)],
)
def test_to_overtake_is_not_to_have_been_ahead_the_month_before(before, expected):
    mine, theirs = before
    evidence = holdings(line([1.0, mine, 8.0]), CN=line([2.0, theirs, 7.0]))
    asked = {"versus": ("CN",), "period": NOV}
    assert ruling(evidence, Predicate.RANK, **asked) is expected
    assert ruling(evidence, Predicate.RANK, versus=("CN",)) is Ruling.SUPPORTED


def test_falling_behind_is_being_less():
    evidence = holdings(line([5.0, 5.0]), CN=line([4.0, 6.0]))
    behind = {"versus": ("CN",), "direction": -1, "period": NOV}
    assert ruling(evidence, Predicate.RANK, **behind) is Ruling.SUPPORTED


def test_a_rank_that_names_nobody_is_not_judged():
    evidence = holdings(line([5.0]))
    assert verdict(evidence, Predicate.RANK, period=NOV).code == "no_number"
    nobody = verdict(evidence, Predicate.RANK, period=NOV, versus=("CN",))
    assert nobody.ruling is Ruling.NOT_COVERED


def test_level_pegging_is_neither_more_nor_less():
    evidence = holdings(line([7.0]), CN=line([7.0]))
    for direction in (1, -1):
        asked = {"versus": ("CN",), "period": NOV, "direction": direction}
        assert ruling(evidence, Predicate.COMPARISON, **asked) is Ruling.REFUTED
    less = {"versus": ("CN",), "period": NOV, "extreme": "low"}
    smaller = holdings(line([6.0]), CN=line([7.0]))
    assert ruling(smaller, Predicate.COMPARISON, **less) is Ruling.SUPPORTED
    assert ruling(smaller, Predicate.COMPARISON, versus=("CN",), period=NOV) is Ruling.REFUTED


def test_a_gap_is_held_to_its_size():
    evidence = holdings(line([9.0]), CN=line([7.0]))
    for bn, expected in ((2.0, Ruling.SUPPORTED), (3.0, Ruling.REFUTED)):
        asked = {"versus": ("CN",), "period": NOV, "direction": 1, "quantity": dollars(bn)}
        assert ruling(evidence, Predicate.COMPARISON, **asked) is expected


def test_a_sum_of_holders_is_held_to_its_size():
    evidence = holdings(line([9.0]), CN=line([7.0]))
    for bn, expected in ((16.0, Ruling.SUPPORTED), (17.0, Ruling.REFUTED)):
        asked = {"subject": "JP+CN", "period": NOV, "quantity": dollars(bn)}
        assert ruling(evidence, Predicate.COMPARISON, **asked) is expected
    assert verdict(evidence, Predicate.COMPARISON, subject="JP+CN", period=NOV).code == "no_number"
    assert verdict(evidence, Predicate.COMPARISON, period=NOV).code == "no_number"
    missing = {"versus": ("CN", "GB"), "period": NOV, "direction": 1}
    assert ruling(evidence, Predicate.COMPARISON, **missing) is Ruling.NOT_COVERED


@pytest.mark.parametrize(
    ("mine", "times", "expected"),
    [
        (100.0, 2.0, Ruling.REFUTED),  # as much as the other, and told to be twice
        (150.0, 3.0, Ruling.EXAGGERATED),
        (50.0, 0.25, Ruling.EXAGGERATED),
        (50.0, 0.75, Ruling.REFUTED),
        (90.0, 1.5, Ruling.REFUTED),
    ],
)
def test_a_multiple_of_another_is_overstated_beyond_one(mine, times, expected):
    evidence = holdings(line([mine], half=0.0), CN=line([100.0], half=0.0))
    stated = Quantity(times, times - 0.05, times + 0.05, "x")
    asked = {"versus": ("CN",), "period": NOV, "quantity": stated}
    assert ruling(evidence, Predicate.COMPARISON, **asked) is expected


def test_a_share_needs_a_whole_of_its_period():
    share = {"quantity": Quantity(0.5, 0.45, 0.55, "ratio"), "period": NOV, "versus": ("all",)}
    for last, expected in (
        (NOV, Ruling.SUPPORTED),
        (Period.day(date(2025, 11, 1)), Ruling.SUPPORTED),
        (Period.day(date(2025, 10, 31)), Ruling.NOT_COVERED),
        (DEC, Ruling.NOT_COVERED),
    ):
        evidence = holdings(line([5.0]), all=line([10.0], last=last))
        assert ruling(evidence, Predicate.SHARE, **share) is expected
    lacking = {"period": NOV, "versus": ("all",)}
    assert verdict(holdings(line([5.0])), Predicate.SHARE, **lacking).code == "no_number"
    percent = {**share, "quantity": Quantity(50, 49.5, 50.5, "%")}
    evidence = holdings(line([5.0]), all=line([10.0]))
    assert ruling(evidence, Predicate.SHARE, **percent) is Ruling.SUPPORTED
    assert (
        ruling(evidence, Predicate.SHARE, **{**share, "versus": (), "scope": frozenset()})
        is Ruling.NOT_COVERED
    )
    public = {**share, "versus": ("public",)}
    evidence = Made(
        {
            ("treasury_holdings", "JP", ""): [line([5.0])],
            ("public_debt", "US:public", ""): [line([10.0])],
        }
    )
    assert ruling(evidence, Predicate.SHARE, **public) is Ruling.SUPPORTED


def test_a_streak_that_did_not_begin_is_told_as_the_move_it_was():
    for values, told in (([5.0, 4.0, 4.0], "$0"), ([5.0, 4.0, 3.0], "−$1.0 bn")):
        asked = {"count": 2, "direction": 1, "period": NOV}
        found = verdict(holdings(line(values)), Predicate.STREAK, **asked)
        assert found.ruling is Ruling.REFUTED
        assert found.reasons[0].startswith(told)
    falls = {"count": 2, "direction": -1, "period": NOV}
    found = verdict(holdings(line([5.0, 4.0, 3.0])), Predicate.STREAK, **falls)
    assert (found.ruling, "falls" in found.reasons[0]) == (Ruling.SUPPORTED, True)
    rises = {"count": 2, "direction": 1, "period": NOV}
    found = verdict(holdings(line([1.0, 2.0, 3.0])), Predicate.STREAK, **rises)
    assert (found.ruling, "rises" in found.reasons[0]) == (Ruling.SUPPORTED, True)
    for lacking in ({"count": None, "direction": 1, "period": None}, {"count": 2, "direction": 0}):
        found = verdict(holdings(line([1.0, 2.0])), Predicate.STREAK, **lacking)
        assert found.code == "no_number"


def test_a_streak_of_a_flow_is_of_its_own_signs():
    bought = {"count": 3, "direction": 1, "period": DEC, **BONDS}
    evidence = flows([-5.0, 1.0, 3.0, 2.0])
    assert ruling(evidence, Predicate.STREAK, **bought) is Ruling.SUPPORTED


@pytest.mark.parametrize(
    ("net", "of", "expected"),
    [
        ([-3.0, -5.0], "flow", Ruling.SUPPORTED),
        ([3.0, -5.0], "flow", Ruling.EXAGGERATED),
        ([-3.0, -5.0], "change", Ruling.EXAGGERATED),  # of the holdings, which fell once
        ([], "flow", Ruling.EXAGGERATED),  # nothing published of sales: by the holdings
    ],
)
def test_a_streak_of_sales_is_one_of_what_was_published_as_sold(net, of, expected):
    stocks = line([1197.0, 1200.0, 1202.7, 1185.5])
    lines = {("treasury_holdings", "JP", ""): [stocks]}
    if net:
        sold = line([2.0, *net], kind="flow", series="tic/net/JP")
        lines["treasury_net_purchases", "JP", ""] = [sold]
    asked = {"count": 2, "direction": -1, "of": of, "period": NOV}
    assert ruling(Made(lines), Predicate.STREAK, **asked) is expected


# -- flows ----------------------------------------------------------------------------------------


def test_no_flow_is_neither_a_purchase_nor_a_sale():
    for direction in (1, -1):
        asked = {"direction": direction, "period": DEC, **BONDS}
        assert ruling(flows([5.0, 0.0]), Predicate.FLOW, **asked) is Ruling.REFUTED


def test_a_number_gives_the_direction_of_a_flow_where_no_word_does():
    for yen, expected in ((3e10, Ruling.SUPPORTED), (-3e10, Ruling.REFUTED)):
        stated = Quantity(yen, yen - 1e8, yen + 1e8, "JPY")
        asked = {"quantity": stated, "period": DEC, **BONDS}
        assert ruling(flows([5.0, 300.0]), Predicate.FLOW, **asked) is expected


def test_ten_times_the_flow_is_no_exaggeration():
    for yen, expected in ((2.999e11, Ruling.EXAGGERATED), (3e11, Ruling.REFUTED)):
        stated = Quantity(yen, yen - 1e7, yen + 1e7, "JPY")
        asked = {"quantity": stated, "direction": 1, "period": DEC, **BONDS}
        assert ruling(flows([5.0, 300.0]), Predicate.FLOW, **asked) is expected


@pytest.mark.parametrize(("months", "expected"), [(10, Ruling.SUPPORTED), (9, Ruling.EXAGGERATED)])
def test_large_is_what_one_month_in_ten_has_matched(months, expected):
    values = [*[10.0] * (months - 1), 100.0]
    asked = {"direction": 1, "period": DEC, "scope": frozenset({"large"}), **BONDS}
    assert ruling(flows(values), Predicate.FLOW, **asked) is expected


def test_an_open_span_that_the_worst_month_would_just_undo_is_not_settled():
    year = {"direction": 1, "period": Period.parse("2025-09..2025-12"), **BONDS}
    for worst, expected in ((-20.0, Ruling.NOT_PUBLISHED_YET), (-19.0, Ruling.SUPPORTED)):
        evidence = flows([worst, 0.0, 10.0, 10.0], last=NOV)
        asked = {**year, "period": Period.parse("2025-10..2025-12")}
        assert ruling(evidence, Predicate.FLOW, **asked) is expected
    sold = {**year, "direction": -1, "period": Period.parse("2025-10..2025-12")}
    evidence = flows([19.0, 0.0, -10.0, -10.0], last=NOV)
    assert ruling(evidence, Predicate.FLOW, **sold) is Ruling.SUPPORTED
    one = flows([1.0, 10.0], last=OCT)
    asked = {**year, "period": Period.parse("2025-10..2025-11")}
    assert ruling(one, Predicate.FLOW, **asked) is Ruling.NOT_PUBLISHED_YET


def test_a_sum_of_one_month_and_of_several_is_told_as_such():
    one = verdict(flows([5.0, 7.0]), Predicate.FLOW, direction=1, period=DEC, **BONDS)
    assert one.arithmetic.startswith("mof/monthly/assets/long/net 2025-12 =")
    assert one.reasons[0].startswith("Net purchases of")
    two = verdict(
        flows([5.0, 7.0]), Predicate.FLOW, direction=1, period=Period.parse("2025-11..2025-12"),
        **BONDS,
    )  # fmt: skip
    assert two.arithmetic.startswith("sum of 2 figures")
    sold = verdict(flows([5.0, -7.0]), Predicate.FLOW, direction=-1, period=DEC, **BONDS)
    assert sold.reasons[0].startswith("Net sales of")


# -- releases -------------------------------------------------------------------------------------


def released(period: Period, day: date, basis: str = "actual") -> Release:
    return Release(
        "tic", period, datetime(day.year, day.month, day.day, 21, tzinfo=UTC), day, basis
    )


class Calendar(Made):
    """A calendar with two releases: one out, one to come."""

    def calendar(self, publisher: str, period: Period | None = None) -> str | None:  # noqa: ARG002
        return "tic" if publisher == "tic" else None

    def release_of(self, calendar: str, period: Period) -> Release | None:  # noqa: ARG002
        known = {NOV: date(2026, 1, 15), DEC: date(2026, 2, 18)}
        basis = "actual" if period == NOV else "scheduled"
        return released(period, known[period], basis) if period in known else None

    def newest_release(self, calendar: str) -> Release | None:
        return self.release_of(calendar, NOV)

    def upcoming_release(self, calendar: str) -> Release | None:
        return self.release_of(calendar, DEC)


MID_JANUARY = Period(date(2026, 1, 11), date(2026, 1, 20))
FEBRUARY = Period.month(2026, 2)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"period": NOV, "published": MID_JANUARY}, Ruling.SUPPORTED),
        ({"period": NOV, "published": FEBRUARY}, Ruling.REFUTED),
        ({"period": NOV}, Ruling.SUPPORTED),
        ({"published": MID_JANUARY}, Ruling.SUPPORTED),
        ({"published": FEBRUARY}, Ruling.REFUTED),
        ({"period": Period.day(date(2025, 11, 9)), "published": MID_JANUARY}, Ruling.SUPPORTED),
        ({"period": Period.month(2019, 1)}, Ruling.NOT_COVERED),
        ({"scope": frozenset({"next"}), "published": FEBRUARY}, Ruling.SUPPORTED),
        ({"scope": frozenset({"next"}), "published": MID_JANUARY}, Ruling.REFUTED),
        ({"scope": frozenset({"next"})}, Ruling.SUPPORTED),
        ({"scope": frozenset({"latest"}), "period": NOV}, Ruling.SUPPORTED),
        ({"scope": frozenset({"latest"}), "period": OCT}, Ruling.REFUTED),
        ({"scope": frozenset({"latest"}), "period": DEC}, Ruling.REFUTED),
        ({"scope": frozenset({"unpublished"}), "period": DEC}, Ruling.SUPPORTED),
        ({"scope": frozenset({"unpublished"}), "period": NOV}, Ruling.REFUTED),
        ({"scope": frozenset({"unpublished"}), "period": OCT}, Ruling.NOT_COVERED),
        ({"subject": "nobody"}, Ruling.NOT_COVERED),
    ],
)
def test_what_is_said_of_releases(fields, expected):
    asked = {"subject": "tic", "measure": "", **fields}
    assert ruling(Calendar({}), Predicate.RELEASE, **asked) is expected


def test_a_release_of_the_text_s_own_day_was_out():
    for dated, expected in (
        (date(2026, 1, 15), Ruling.REFUTED),
        (date(2026, 1, 14), Ruling.SUPPORTED),
    ):
        asked = {
            "subject": "tic",
            "measure": "",
            "scope": frozenset({"unpublished"}),
            "period": NOV,
        }
        assert ruling(Calendar({}, dated=dated), Predicate.RELEASE, **asked) is expected


def test_a_month_out_on_the_day_of_the_newest_was_not_due_later():
    class Together(Calendar):
        def release_of(self, calendar: str, period: Period) -> Release | None:
            return super().release_of(calendar, NOV if period == OCT else period)

    asked = {"subject": "tic", "measure": "", "scope": frozenset({"latest"}), "period": OCT}
    found = verdict(Together({}), Predicate.RELEASE, **asked)
    assert (found.ruling, "due" in found.reasons[0]) == (Ruling.REFUTED, False)


def test_releases_that_came_and_are_to_come_are_told_apart():
    asked = {"subject": "tic", "measure": ""}
    came = verdict(Calendar({}), Predicate.RELEASE, period=NOV, **asked)
    assert "came out on 15 January 2026" in came.reasons[0]
    coming = verdict(Calendar({}), Predicate.RELEASE, period=DEC, **asked)
    assert "are scheduled for 18 February 2026" in coming.reasons[0]
    latest = {"scope": frozenset({"latest"}), **asked}
    due = verdict(Calendar({}), Predicate.RELEASE, period=DEC, **latest)
    assert "were due on 18 February 2026" in due.reasons[0]
    old = verdict(Calendar({}), Predicate.RELEASE, period=OCT, **latest)
    assert "were due" not in old.reasons[0]
    unpublished = {"scope": frozenset({"unpublished"}), "period": DEC, **asked}
    right = verdict(Calendar({}), Predicate.RELEASE, published=FEBRUARY, **unpublished)
    assert right.notes == ("They were not out on 25 January 2026.",)
    wrong = verdict(Calendar({}), Predicate.RELEASE, published=MID_JANUARY, **unpublished)
    assert (wrong.ruling, wrong.notes) == (Ruling.REFUTED, ())
