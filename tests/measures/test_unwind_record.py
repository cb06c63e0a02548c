"""The unwind signal's record on real data: a rule fixed beforehand, its alarms as found.

Nothing here may be repaired by moving the rule. What the rule misses is part of the record.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from measures_files import series_of

from saiken.measures import carry
from saiken.measures.arrays import align, carried

EPISODES = (
    ("Mar 2007", date(2007, 2, 27), date(2007, 3, 16)),
    ("Oct 2008", date(2008, 10, 1), date(2008, 10, 31)),
    ("Mar 2020", date(2020, 2, 24), date(2020, 3, 20)),
    ("Aug 2024", date(2024, 7, 11), date(2024, 8, 7)),
)
RELEASE_LAG = 3
"""Days from the CFTC's Tuesday to its Friday."""


@pytest.fixture(scope="module")
def inputs(shared: Path):
    """Days and the signal's inputs on them, from the publishers' files."""
    rates = series_of(shared / "data/markets/fx/eurofxref-hist_to20260413.csv")
    days, cross = align(rates["ecb/EURJPY"], rates["ecb/EURUSD"])
    spot = cross[:, 0] / cross[:, 1]
    par = [
        series_of(shared / f"data/us/yields/{name}.csv")["ust/par/3M"]
        for name in (
            "daily-treasury-rates_1990-2023",
            "daily-treasury-rates_2024",
            "daily-treasury-rates_2025_publisher-format_to-2025-12-19",
        )
    ]
    usd = carried(*(np.concatenate(part) for part in zip(*par, strict=True)), days, 10) / 100
    jgb = series_of(shared / "data/japan/mof_jgb/jgbcme_all_to20260630.csv")["jgb/yield/1Y"]
    jpy = carried(*jgb, days, 10) / 100
    cot = series_of(shared / "data/us/cftc/cot_jpy_legacy_2005_2026-08-18.csv")
    reports, held = align(
        cot["cftc/yen/noncommercial/net"], cot["cftc/yen/noncommercial/open_interest"]
    )
    position = carried(reports + RELEASE_LAG, held[:, 0] / held[:, 1], days, 21)
    return days, spot, usd, jpy, position


@pytest.fixture(scope="module")
def record(inputs):
    days, spot, usd, jpy, position = inputs
    returns = carry.carry_returns(days, spot, usd, jpy)
    signal = carry.unwind_signal(returns, usd, jpy, position)
    first = int(np.argmax(signal.loaded))
    return carry.alarm_record(days, returns, signal.alarms, EPISODES, first=first)


def test_the_record_is_what_it_is(record):
    assert record.hits == ("Mar 2007", "Aug 2024")
    assert record.misses == ("Oct 2008", "Mar 2020")
    assert record.outside == ()
    days = {alarm.episode: alarm.day for alarm in record.alarms if alarm.episode}
    assert days == {"Mar 2007": date(2007, 3, 1), "Aug 2024": date(2024, 7, 17)}


def test_every_alarm_outside_the_episodes_counts_as_false(record):
    assert record.false_alarms == len(record.alarms) - 2
    assert record.false_alarms > 0


def test_nothing_later_enters_the_signal(inputs):
    """Cut anywhere, the signal up to there is the same."""
    days, spot, usd, jpy, position = inputs
    returns = carry.carry_returns(days, spot, usd, jpy)
    whole = carry.unwind_signal(returns, usd, jpy, position)
    for end in (1500, 3000, 4321):
        part = carry.unwind_signal(returns[:end], usd[:end], jpy[:end], position[:end])
        assert part.alarms == tuple(i for i in whole.alarms if i < end)
        assert (part.loaded == whole.loaded[:end]).all()


def test_the_documents_tell_the_whole_record(record):
    """docs/measures.md lists every alarm as computed, hits, misses and false alarms alike."""
    page = Path(__file__).parents[2] / "docs" / "measures.md"
    rows = [
        [cell.strip().replace("−", "-") for cell in line.strip("| \n").split("|")]
        for line in page.read_text("utf-8").splitlines()
        if line.startswith(("| 19", "| 20"))
    ]
    told = [(row[0], bool(row[1]), float(row[2]), float(row[3])) for row in rows]
    assert told == [
        (
            alarm.day.isoformat(),
            alarm.episode is not None,
            pytest.approx(100 * alarm.drawdown_before, abs=0.051),
            pytest.approx(100 * alarm.worst_after, abs=0.051),
        )
        for alarm in record.alarms
    ]
    counted = f"{record.false_alarms} of {len(record.alarms)} alarms are false"
    assert counted in page.read_text("utf-8")
