"""What the judge may look at, on the embedded snapshot and on an archive of a few numbers."""

from __future__ import annotations

from datetime import date

import pytest

from saiken.archive.archive import Archive
from saiken.claims.judging import judge
from saiken.claims.judging.evidence import Evidence
from saiken.claims.reading import read
from saiken.claims.verdict import Ruling
from saiken.terms.period import Period

DAY = date(2026, 1, 25)


@pytest.fixture(scope="module")
def evidence(snapshot: Archive) -> Evidence:
    return Evidence(snapshot, DAY, DAY)


def names(evidence: Evidence, measure: str, subject: str, tenor: str = "") -> list[str]:
    return [line.series for line in evidence.lines(measure, subject, tenor)]


def test_a_measure_is_answered_by_the_series_that_are_held(evidence: Evidence) -> None:
    assert names(evidence, "government_yield", "JP", "40Y") == ["jgb/yield/40Y"]
    assert "tic/holdings/JP" in names(evidence, "treasury_holdings", "JP")
    assert names(evidence, "treasury_holdings", "nowhere") == []
    assert names(evidence, "government_yield", "JP", "41Y") == []
    first = evidence.lines("treasury_holdings", "JP")
    assert evidence.lines("treasury_holdings", "JP") is first


def test_a_series_that_no_catalog_has_is_no_line(evidence: Evidence) -> None:
    assert evidence.line("nobody/knows") is None


def test_a_sum_needs_all_its_parts(evidence: Evidence) -> None:
    both = evidence.line("tic/holdings/JP + tic/holdings/CN")
    japan, china = evidence.line("tic/holdings/JP"), evidence.line("tic/holdings/CN")
    assert both is not None
    assert japan is not None
    assert china is not None
    last = both.period(len(both) - 1)
    at = [line.find(last) for line in (japan, china)]
    assert None not in at
    total = sum(line.values[i] for line, i in zip((japan, china), at, strict=True) if i is not None)
    assert both.values[-1] == pytest.approx(total)
    assert evidence.line("tic/holdings/JP + nobody/knows") is None


def test_a_spread_is_of_yields_quoted_alike(evidence: Evidence) -> None:
    (spread, *_) = evidence.lines("yield_spread", "US", "2Y-10Y")
    far, near = (
        next(
            line
            for line in evidence.lines("government_yield", "US", tenor)
            if line.convention == spread.convention
        )
        for tenor in ("10Y", "2Y")
    )
    last = spread.period(len(spread) - 1)
    i, k = far.find(last), near.find(last)
    assert i is not None
    assert k is not None
    assert spread.values[-1] == pytest.approx(far.values[i] - near.values[k])
    assert evidence.lines("yield_spread", "US", "10Y") == ()


def test_a_cross_rate_is_of_two_euro_rates(evidence: Evidence) -> None:
    crosses = [line for line in evidence.lines("exchange_rate", "USDJPY") if "/ ecb" in line.series]
    (cross,) = crosses
    yen, dollar = evidence.line("ecb/EURJPY"), evidence.line("ecb/EURUSD")
    assert yen is not None
    assert dollar is not None
    assert cross.values[-1] == pytest.approx(yen.values[-1] / dollar.values[-1])
    euro = names(evidence, "exchange_rate", "EURJPY")
    assert "ecb/EURJPY" in euro
    assert not any("/ ecb" in series for series in euro)
    for odd in ("USDEUR", "USD", "XXXJPY", "USDXXX"):
        assert not any("/ ecb" in series for series in names(evidence, "exchange_rate", odd))


@pytest.mark.parametrize(
    ("asked", "quoted"),
    [
        (("government_yield", "JP", "40Y"), True),
        (("government_yield", "JP", "2Y"), False),
        (("government_yield", "US", "10Y"), False),
        (("treasury_holdings", "JP", "40Y"), False),
    ],
)
def test_simple_yields_are_of_japan_s_long_bonds(evidence, asked, quoted) -> None:
    found = evidence.quoted(*asked)
    assert bool(found) is quoted
    assert all(line.convention == "simple" for line in found)
    if quoted:
        assert evidence.quoted(*asked) is found
        assert all(0 < value < 10 for value in found[0].values[-5:])
        assert found[0].values[-1] == found[0].values[-1]
        cited = {point.series for point in found[0].cite(len(found[0]) - 1)}
        assert cited == {
            "jgb/yield/40Y",
            "jgb/auction/40Y/coupon",
            "jgb/auction/40Y/maturity",
        }


def test_the_next_release_is_told_of_what_comes_by_the_month_and_not_by_the_day(
    evidence: Evidence,
) -> None:
    assert evidence.next_release("treasury_holdings", "JP") == date(2026, 2, 18)
    assert evidence.next_release("government_yield", "JP", "40Y") is None
    assert evidence.next_release("treasury_holdings", "") is None
    long_ago = Evidence(evidence.archive, date(1990, 1, 1), date(1990, 1, 1))
    assert long_ago.next_release("treasury_holdings", "JP") is None


def test_a_calendar_is_found_by_publisher_measure_or_its_own_name(evidence: Evidence) -> None:
    for name in ("tic", "treasury_holdings"):
        assert evidence.calendar(name) == "tic"
    assert evidence.calendar("nobody") is None
    assert evidence.calendar("tokyo_daily") is None


def test_of_several_calendars_the_one_of_the_period_told_is_meant(evidence: Evidence) -> None:
    week, month = Period.week_ending(date(2026, 1, 17)), Period.month(2025, 12)
    asked = (None, week, month, Period.quarter(2025, 4))
    found = [evidence.calendar("foreign_bond_flows", period) for period in asked]
    assert found == ["mof_weekly", "mof_weekly", "mof_monthly", "mof_weekly"]


def test_releases_around_the_day_of_the_text(evidence: Evidence) -> None:
    newest, coming = evidence.newest_release("tic"), evidence.upcoming_release("tic")
    assert newest is not None
    assert coming is not None
    assert (newest.period.label, coming.period.label) == ("2025-11", "2025-12")
    on_the_day = Evidence(evidence.archive, date(2026, 2, 18), date(2026, 2, 18))
    then = on_the_day.newest_release("tic")
    assert then is not None
    assert then.period.label == "2025-12"
    earlier = Evidence(evidence.archive, date(2026, 3, 1), DAY).newest_release("tic")
    assert earlier == newest


def test_only_prints_that_were_out_are_looked_at(snapshot: Archive) -> None:
    month = Period.month(2025, 8)
    prints = snapshot.vintages("tic/holdings/JP", month)
    assert len(prints) >= 2
    last = prints[-1].vintage_day
    assert last is not None
    for day, count in ((last, len(prints)), (date.fromordinal(last.toordinal() - 1), -1)):
        seen = Evidence(snapshot, day, day).prints("tic/holdings/JP", month)
        expected = len(prints) if count > 0 else sum(p.vintage_day < last for p in prints)
        assert len(seen) == expected


def test_holders_are_single_countries(evidence: Evidence) -> None:
    assert {"JP", "CN", "BE"} <= set(evidence.holders)
    assert not {"all", "official", "other"} & set(evidence.holders)
    assert all(len(code) == 2 for code in evidence.holders)


def test_a_text_is_judged_with_credits_and_caveats(snapshot: Archive) -> None:
    report = judge(read("Japan's holdings rose in November 2025.", DAY), snapshot, DAY)
    assert report.overall is Ruling.SUPPORTED
    assert any("Treasury" in credit for credit in report.credits)
    assert any("custodian" in caveat for caveat in report.caveats)
    nothing = judge(read("Good morning.", DAY), snapshot, DAY)
    assert (nothing.credits, nothing.caveats) == ((), ())


def test_a_computed_line_has_no_prints_of_its_own(evidence: Evidence) -> None:
    japan = evidence.line("tic/holdings/JP")
    assert japan is not None
    month = japan.period(len(japan) - 1)
    assert evidence.prints("tic/holdings/JP + tic/holdings/CN", month) == []


def test_several_subjects_together_are_a_sum_where_each_has_a_figure(evidence: Evidence) -> None:
    assert names(evidence, "treasury_holdings", "JP+CN") == ["tic/holdings/JP + tic/holdings/CN"]
    assert names(evidence, "treasury_holdings", "JP+nowhere") == []


def test_private_holders_have_what_official_ones_have_not(evidence: Evidence) -> None:
    found = [x for x in evidence.lines("treasury_holdings", "non_official") if not x.scope]
    everyone, official = (
        evidence.lines("treasury_holdings", who)[0] for who in ("all", "official")
    )
    month = found[0].period(len(found[0]) - 1)
    total, part = everyone.find(month), official.find(month)
    assert total is not None
    assert part is not None
    rest = everyone.values[total] - official.values[part]
    assert found[0].values[-1] == pytest.approx(rest)
