"""Records, thresholds, ranks, comparisons, shares and streaks."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from made import Made, claim, dollars, holdings, line

from saiken.claims.claim import Base, Predicate
from saiken.claims.judging import judge_claim
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity
from saiken.terms.release import Release

NOV = Period.month(2025, 11)


def ruling(evidence: Made, predicate: Predicate, **fields: object) -> Ruling:
    return judge_claim(claim(predicate, **fields), evidence).ruling


@pytest.mark.parametrize(
    ("values", "extreme", "expected"),
    [
        ([5.0, 7.0, 6.0, 8.0], "high", Ruling.SUPPORTED),
        ([5.0, 8.0, 6.0, 8.0], "high", Ruling.EXAGGERATED),  # only equalled
        ([5.0, 9.0, 6.0, 8.0], "high", Ruling.REFUTED),
        ([5.0, 7.0, 6.0, 4.0], "low", Ruling.SUPPORTED),
        ([3.0, 7.0, 6.0, 4.0], "low", Ruling.REFUTED),
    ],
)
def test_a_record_is_strictly_beyond_all_before(values, extreme, expected):
    assert ruling(holdings(line(values)), Predicate.RECORD, extreme=extreme, period=NOV) is expected


def test_ever_needs_a_series_as_old_as_the_thing():
    young, whole = line([5.0, 7.0]), line([5.0, 7.0], since_inception=True)
    ever = {"extreme": "high", "period": NOV, "ever": True}
    assert ruling(holdings(young), Predicate.RECORD, **ever) is Ruling.MISLEADING
    assert ruling(holdings(whole), Predicate.RECORD, **ever) is Ruling.SUPPORTED


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("2025-08", Ruling.SUPPORTED),  # the month that was last as high
        ("2025-09", Ruling.SUPPORTED),  # understated: it is the highest since even earlier
        ("2025-07", Ruling.EXAGGERATED),
        ("2020", Ruling.EXAGGERATED),
    ],
)
def test_highest_since_names_the_last_as_high(since, expected):
    values = [9.0, 8.0, 5.0, 6.0, 7.0]  # July 9, August 8, …, November 7.0
    evidence = holdings(line([*values[:2], 5.0, 6.0, 7.5]))
    assert (
        ruling(evidence, Predicate.RECORD, extreme="high", period=NOV, since=Period.parse(since))
        is expected
    )


def test_a_lowest_since_that_the_month_before_beats_is_refuted():
    evidence = holdings(line([9.0, 5.0, 8.0, 7.0, 7.5]))
    asked = {"extreme": "low", "period": NOV, "since": Period.parse("2020")}
    assert ruling(evidence, Predicate.RECORD, **asked) is Ruling.REFUTED
    evidence = holdings(line([9.0, 5.0, 8.0, 7.5, 7.0]))
    assert ruling(evidence, Predicate.RECORD, **asked) is Ruling.EXAGGERATED


def test_the_largest_fall_is_a_record_of_changes():
    evidence = holdings(line([100.0, 90.0, 95.0, 80.0]))
    asked = {"extreme": "low", "of": "change", "period": NOV}
    assert ruling(evidence, Predicate.RECORD, **asked) is Ruling.SUPPORTED
    evidence = holdings(line([100.0, 80.0, 95.0, 80.0]))
    assert ruling(evidence, Predicate.RECORD, **asked) is Ruling.REFUTED


DAYS = [Period.day(date(2026, 1, d)) for d in (19, 20, 21, 22, 23)]


def yields(values, tenor="40Y", **more):
    one = line(
        values,
        last=Period.day(date(2026, 1, 23)),
        unit="%",
        kind="rate",
        half=0.0005,
        series=f"jgb/yield/{tenor}",
        **more,
    )
    return Made({("government_yield", "JP", tenor): [one]})


def at_four(**more: object) -> dict[str, object]:
    return {
        "measure": "government_yield",
        "tenor": "40Y",
        "quantity": Quantity(4, 3.5, 4.5, "%"),
        "direction": 1,
        **more,
    }


def test_a_threshold_is_strict():
    assert ruling(yields([3.9, 4.0]), Predicate.THRESHOLD, **at_four()) is Ruling.REFUTED
    assert ruling(yields([3.9, 4.001]), Predicate.THRESHOLD, **at_four()) is Ruling.SUPPORTED


def test_an_event_may_lie_a_few_days_back_and_a_state_may_not():
    passed = [3.9, 4.1, 3.9, 3.8, 3.7, 3.6]
    assert ruling(yields(passed), Predicate.THRESHOLD, **at_four()) is Ruling.REFUTED
    briefly = at_four(scope=frozenset({"briefly"}))
    assert ruling(yields(passed), Predicate.THRESHOLD, **briefly) is Ruling.SUPPORTED


def test_an_undated_line_is_one_of_now_or_one_crossed_of_late():
    below = at_four(direction=-1)
    assert ruling(yields([3.9, 3.9, 4.1]), Predicate.THRESHOLD, **below) is Ruling.SUPPORTED
    closed = {**below, "scope": frozenset({"close"})}
    assert ruling(yields([3.9, 3.9, 4.1]), Predicate.THRESHOLD, **closed) is Ruling.REFUTED
    assert ruling(yields([4.2, 3.9, 4.1]), Predicate.THRESHOLD, **closed) is Ruling.SUPPORTED
    assert ruling(yields([3.9, 4.1, 4.1]), Predicate.THRESHOLD, **below) is Ruling.REFUTED


def test_behind_others_means_behind_every_one_of_them():
    evidence = holdings(line([5.0]), CN=line([6.0]), GB=line([7.0]), BE=line([1.0]))
    third = {"rank": 3, "extreme": "high", "direction": -1, "period": NOV}
    assert ruling(evidence, Predicate.RANK, versus=("GB", "CN"), **third) is Ruling.SUPPORTED
    assert ruling(evidence, Predicate.RANK, versus=("GB", "BE"), **third) is Ruling.REFUTED


def test_the_first_time_needs_nothing_beyond_before():
    first = at_four(first=True)
    assert ruling(yields([3.0, 3.5, 4.1]), Predicate.THRESHOLD, **first) is Ruling.SUPPORTED
    assert (
        ruling(yields([4.2] + [3.5] * 15 + [4.1]), Predicate.THRESHOLD, **first) is Ruling.REFUTED
    )


def test_below_for_the_first_time_since_a_year_counts_from_its_end():
    values = [690.0] + [750.0] * 5 + [695.6, 699.7]
    evidence = holdings(line(values))
    below = {"quantity": dollars(700, 0.5), "direction": -1, "first": True}
    year = NOV.start.year
    assert (
        ruling(evidence, Predicate.THRESHOLD, since=Period.month(year, 4), **below)
        is Ruling.SUPPORTED
    )
    assert (
        ruling(evidence, Predicate.THRESHOLD, since=Period.month(year, 3), **below)
        is Ruling.EXAGGERATED
    )


def test_a_touch_in_the_day_is_not_covered_by_closes():
    asked = at_four(scope=frozenset({"intraday"}))
    verdict = judge_claim(claim(Predicate.THRESHOLD, **asked), yields([3.9, 3.95]))
    assert (verdict.ruling, verdict.code) == (Ruling.NOT_COVERED, "intraday")


def test_ranks_are_read_among_all_holders():
    evidence = holdings(line([1200.0, 1202.7]), GB=line([880.0, 889.0]), CN=line([690.0, 683.9]))
    foreign = {"extreme": "high", "period": NOV, "scope": frozenset({"foreign"})}
    assert ruling(evidence, Predicate.RANK, rank=1, **foreign) is Ruling.SUPPORTED
    assert ruling(evidence, Predicate.RANK, rank=2, subject="CN", **foreign) is Ruling.REFUTED
    assert ruling(evidence, Predicate.RANK, rank=3, subject="CN", **foreign) is Ruling.SUPPORTED
    alone = judge_claim(claim(Predicate.RANK, rank=1, extreme="high", period=NOV), evidence)
    assert (alone.ruling, alone.misreadings) == (Ruling.MISLEADING, ("different_definition",))


def test_overtaking_needs_to_have_been_behind():
    evidence = holdings(GB=line([760.0, 779.3, 780.0]), CN=line([784.3, 765.4, 757.0]))
    past = {"subject": "GB", "versus": ("CN",), "scope": frozenset({"foreign"})}
    october = Period.month(2025, 10)
    assert ruling(evidence, Predicate.RANK, period=october, **past) is Ruling.SUPPORTED
    assert ruling(evidence, Predicate.RANK, period=NOV, **past) is Ruling.REFUTED
    assert (
        ruling(evidence, Predicate.RANK, period=october, subject="CN", versus=("GB",))
        is Ruling.REFUTED
    )


def test_comparisons_add_up_the_others():
    evidence = holdings(line([1202.7]), GB=line([500.0]), CN=line([683.9]))
    both = {"versus": ("GB", "CN"), "period": NOV, "direction": 1}
    assert ruling(evidence, Predicate.COMPARISON, **both) is Ruling.SUPPORTED
    more = holdings(line([1202.7]), GB=line([600.0]), CN=line([683.9]))
    assert ruling(more, Predicate.COMPARISON, **both) is Ruling.REFUTED


@pytest.mark.parametrize(
    ("times", "expected"),
    [(2.0, Ruling.SUPPORTED), (3.0, Ruling.EXAGGERATED), (1.5, Ruling.REFUTED)],
)
def test_multiples_of_another_holder(times, expected):
    stated = Quantity(times, times - 0.05, times + 0.05, "x")
    evidence = holdings(line([1202.7]), CN=line([600.0]))
    assert (
        ruling(evidence, Predicate.COMPARISON, versus=("CN",), quantity=stated, period=NOV)
        is expected
    )


def test_a_share_of_the_whole():
    evidence = holdings(line([1202.7]), all=line([9359.3]))
    for value, half, expected in ((0.13, 0.005, Ruling.SUPPORTED), (0.2, 0.005, Ruling.REFUTED)):
        stated = Quantity(value, value - half, value + half, "ratio")
        asked = {"quantity": stated, "versus": ("all",), "period": NOV}
        assert ruling(evidence, Predicate.SHARE, **asked) is expected


@pytest.mark.parametrize(
    ("count", "direction", "expected"),
    [
        (3, 1, Ruling.SUPPORTED),
        (5, 1, Ruling.EXAGGERATED),
        (2, 1, Ruling.REFUTED),  # the run is longer than told
        (3, -1, Ruling.REFUTED),
    ],
)
def test_streaks(count, direction, expected):
    evidence = holdings(line([5.0, 4.0, 6.0, 7.0, 8.0]))
    asked = {"count": count, "direction": direction, "period": NOV}
    assert ruling(evidence, Predicate.STREAK, **asked) is expected


def test_yields_without_a_maturity_are_ambiguous_where_maturities_differ():
    tens = line(
        [5.0, 4.0], last=DAYS[-1], unit="%", kind="rate", half=0.0005, series="jgb/yield/10Y"
    )
    forties = line(
        [3.0, 4.0], last=DAYS[-1], unit="%", kind="rate", half=0.0005, series="jgb/yield/40Y"
    )
    evidence = Made(
        {
            ("government_yield", "JP", "10Y"): [tens],
            ("government_yield", "JP", "40Y"): [forties],
        }
    )
    record = {"measure": "government_yield", "extreme": "high", "period": DAYS[-1]}
    assert ruling(evidence, Predicate.RECORD, **record) is Ruling.AMBIGUOUS
    assert ruling(evidence, Predicate.RECORD, tenor="40Y", **record) is Ruling.SUPPORTED


def test_a_claim_that_hangs_on_a_revision_is_ambiguous():
    marked = line([750.0, 695.6], marks=bytes([1, 1]), revisions=7.0)
    below = {"quantity": dollars(700, 0.5), "direction": -1, "period": NOV}
    verdict = judge_claim(claim(Predicate.THRESHOLD, **below), holdings(marked))
    assert (verdict.ruling, verdict.code) == (Ruling.AMBIGUOUS, "revised_since")
    sure = line([750.0, 695.6], marks=bytes([1, 1]), revisions=3.0)
    assert ruling(holdings(sure), Predicate.THRESHOLD, **below) is Ruling.SUPPORTED
    plain = line([750.0, 695.6], revisions=7.0)
    assert ruling(holdings(plain), Predicate.THRESHOLD, **below) is Ruling.SUPPORTED


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (50.0, Ruling.SUPPORTED),  # agrees with the later print
        (48.0, Ruling.AMBIGUOUS),  # may have been printed so
        (60.0, Ruling.REFUTED),  # never printed so
    ],
)
def test_a_gap_may_have_been_printed_otherwise(told, expected):
    mine = line([250.0], marks=bytes([1]), revisions=3.0)
    gap = {"versus": ("CN",), "period": NOV, "direction": 1, "quantity": dollars(told, 0.5)}
    evidence = holdings(mine, CN=line([200.0]))
    assert ruling(evidence, Predicate.COMPARISON, **gap) is expected
    of_the_day = holdings(line([250.0], revisions=3.0), CN=line([200.0]))
    wanted = Ruling.SUPPORTED if told == 50.0 else Ruling.REFUTED
    assert ruling(of_the_day, Predicate.COMPARISON, **gap) is wanted


def test_a_number_that_agrees_with_the_later_print_stays_agreed():
    marked = line([1200.0, 1202.7], marks=bytes([1, 1]), revisions=10.0)
    assert (
        ruling(holdings(marked), Predicate.LEVEL, quantity=dollars(1202.7), period=NOV)
        is Ruling.SUPPORTED
    )
    off = judge_claim(claim(Predicate.LEVEL, quantity=dollars(1250), period=NOV), holdings(marked))
    assert off.ruling is Ruling.REFUTED


@pytest.mark.parametrize(
    ("values", "direction", "expected"),
    [
        ([5.0, -1.0, -2.0, -3.0], -1, Ruling.SUPPORTED),
        ([5.0, -1.0, 2.0, -3.0], -1, Ruling.REFUTED),
    ],
)
def test_a_streak_may_be_told_by_its_span(values, direction, expected):
    flows = line(
        values, unit="JPY 100mn", kind="flow", half=0.5, series="mof/monthly/assets/long/net"
    )
    evidence = Made({("foreign_bond_flows", "JP", ""): [flows]})
    asked = {"measure": "foreign_bond_flows", "period": Period.parse("2025-09..2025-11")}
    assert ruling(evidence, Predicate.STREAK, direction=direction, **asked) is expected


def test_contracts_told_as_dollars_are_a_slip():
    held = line(
        [170000.0, 179212.0], unit="contracts", half=0.5, series="cftc/yen/noncommercial/net"
    )
    evidence = Made({("yen_positioning", "JPY", ""): [held]})
    told = Quantity(179e9, 178.5e9, 179.5e9, "USD")
    slip = claim(
        Predicate.LEVEL, measure="yen_positioning", subject="JPY", quantity=told, period=NOV
    )
    verdict = judge_claim(slip, evidence)
    assert (verdict.ruling, verdict.misreadings) == (Ruling.REFUTED, ("currency_slip",))


@pytest.mark.parametrize(
    ("mark", "since", "expected"),
    [
        (9.5, None, Ruling.SUPPORTED),  # no figure was ever above it
        (8.5, None, Ruling.REFUTED),  # July was, though the newest figure is not
        (8.5, "2025-07", Ruling.SUPPORTED),  # but none was since July
        (7.5, "2025-07", Ruling.REFUTED),
    ],
)
def test_never_above_speaks_of_every_figure(mark, since, expected):
    evidence = holdings(line([9.0, 8.0, 5.0, 6.0, 7.0]))  # July to November
    denied = {
        "quantity": dollars(mark, 0.0), "direction": 1, "polarity": False, "ever": since is None,
        "since": Period.parse(since) if since else None, "period": None,
    }  # fmt: skip
    assert ruling(evidence, Predicate.THRESHOLD, **denied) is expected


def test_a_record_that_is_said_to_stand_must_not_have_been_beaten_since():
    june = Period.month(2025, 6)
    year = {"extreme": "high", "since": june, "period": Period.month(2025, 9)}
    values = [1.0, 2.0, 9.0, 3.0, 9.0]
    stands = {"scope": frozenset({"standing"})}
    assert ruling(holdings(line(values)), Predicate.RECORD, **year, **stands) is Ruling.SUPPORTED
    beaten = holdings(line([*values[:-1], 9.5]))
    assert ruling(beaten, Predicate.RECORD, **year) is Ruling.SUPPORTED
    told = judge_claim(claim(Predicate.RECORD, **year, **stands), beaten)
    assert (told.ruling, "November 2025" in told.reasons[0]) == (Ruling.REFUTED, True)
    low = {**year, "extreme": "low"}
    assert ruling(holdings(line([5.0, 4.0, 3.0, 4.0, 3.5])), Predicate.RECORD, **low, **stands) is (
        Ruling.SUPPORTED
    )


def test_the_year_before_counts_for_who_was_overtaken_in_a_year():
    ours, theirs = [1.0] * 11 + [5.0, 6.0], [2.0] * 11 + [3.0, 3.0]
    last = Period.month(2025, 12)
    evidence = holdings(line(ours, last=last), CN=line(theirs, last=last))
    passed = {"versus": ("CN",), "direction": 1}
    in_year = {"period": Period.year(2025), **passed}
    assert ruling(evidence, Predicate.RANK, **in_year) is Ruling.SUPPORTED
    assert ruling(evidence, Predicate.RANK, period=last, **passed) is Ruling.REFUTED


def test_the_worst_day_of_a_price_is_the_largest_fall_in_per_cent():
    day = Period.day(date(2026, 1, 23))
    closes = line([100.0, 80.0, 400.0, 372.0], last=day, unit="USD per BTC", kind="price", half=0.5)
    evidence = Made({("crypto_price", "BTC", ""): [closes]})
    worst = {"measure": "crypto_price", "subject": "BTC", "of": "change", "extreme": "low"}
    told = judge_claim(claim(Predicate.RECORD, period=day, **worst), evidence)
    assert (told.ruling, "−7 %" in told.reasons[0], "−20 %" in told.reasons[0]) == (
        Ruling.REFUTED, True, True,
    )  # fmt: skip


def test_among_the_largest_is_at_that_place_or_before_it():
    evidence = holdings(line([5.0]), CN=line([6.0]), GB=line([7.0]), BE=line([1.0]))
    among = {"extreme": "high", "period": NOV, "scope": frozenset({"within", "foreign"})}
    assert ruling(evidence, Predicate.RANK, rank=4, **among) is Ruling.SUPPORTED
    assert ruling(evidence, Predicate.RANK, rank=2, **among) is Ruling.REFUTED


def test_a_line_told_of_an_earlier_time_is_held_against_the_figure_of_that_time():
    earlier = at_four(base=Base("ago", None, 2, "day"))
    assert ruling(yields([4.0, 4.1, 3.9, 3.8]), Predicate.THRESHOLD, **earlier) is Ruling.SUPPORTED
    assert ruling(yields([3.9, 3.9, 4.1, 4.1]), Predicate.THRESHOLD, **earlier) is Ruling.REFUTED


@pytest.mark.parametrize(
    ("ratios", "fields", "expected"),
    [
        ([112.0, 113.0, 116.0], {}, Ruling.AMBIGUOUS),
        ([112.0, 113.0, 115.0], {}, Ruling.REFUTED),
        ([112.0, 116.0, 117.0], {}, Ruling.SUPPORTED),
        ([112.0, 113.0, 114.0, 116.0], {}, Ruling.REFUTED),  # of a year yet to come
        ([112.0, 113.0, 116.0], {"scope": frozenset()}, Ruling.REFUTED),
        ([112.0, 113.0, 116.0], {"period": Period.year(2024)}, Ruling.REFUTED),
        ([112.0, 113.0, 116.0], {"polarity": False}, Ruling.SUPPORTED),
    ],
)
def test_a_ratio_that_has_crossed_a_line_by_the_estimate_only_is_open(ratios, fields, expected):
    first = Period.year(2023)
    series = replace(
        line(ratios, last=first.shift(len(ratios) - 1), unit="%", kind="ratio", half=0.0005),
        release_of=lambda period: out_by(date(2025 if period.end.year < 2025 else 2027, 10, 1)),
    )
    above = {"quantity": Quantity(115.0, 115.0, math.inf, "%"), "direction": 1}
    asked = {"measure": "debt_ratio", "scope": frozenset({"crossed"}), **above, **fields}
    evidence = Made({("debt_ratio", "JP", ""): [series]}, dated=date(2025, 12, 31))
    assert ruling(evidence, Predicate.THRESHOLD, **asked) is expected


def out_by(day: date) -> Release:
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Release("made", Period.year(day.year), at, day, "actual")


def test_a_year_that_begins_on_the_day_of_the_text_has_begun():
    out = replace(
        line([112.0, 113.0, 116.0], last=Period.year(2026), unit="%", kind="ratio", half=0.0005),
        release_of=lambda period: out_by(date(2025 if period.end.year < 2025 else 2027, 10, 1)),
    )
    above = {"quantity": Quantity(115.0, 115.0, math.inf, "%"), "direction": 1}
    asked = {"measure": "debt_ratio", "scope": frozenset({"crossed"}), **above}
    for day, expected in (
        (date(2026, 1, 1), Ruling.AMBIGUOUS),
        (date(2025, 12, 31), Ruling.REFUTED),
    ):
        evidence = Made({("debt_ratio", "JP", ""): [out]}, dated=day)
        assert ruling(evidence, Predicate.THRESHOLD, **asked) is expected
