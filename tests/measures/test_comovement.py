"""Co-movement of two series: against the plain definitions, on their common days, on bad input."""

from __future__ import annotations

import numpy as np
import pytest

from saiken.measures.comovement import WINDOW, Series, comovement, fisher_interval
from saiken.measures.connectedness import connectedness

DAYS = np.arange(1000, 1000 + 151)


def walks(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Two random walks; the second takes half of what the first did the day before."""
    steps = np.random.default_rng(seed).standard_normal((len(DAYS), 2))
    steps[1:, 1] += 0.5 * steps[:-1, 0]
    return steps[:, 0].cumsum() + 50, steps[:, 1].cumsum() + 80


def test_it_is_the_correlation_and_the_decomposition_of_the_last_changes():
    x, y = walks()
    found = comovement(Series(DAYS, x), Series(DAYS, y), DAYS[-1])
    changes = np.diff(np.column_stack([x, y]), axis=0)[-WINDOW:]
    table = connectedness(changes, 2, 10).table
    assert found.correlation == pytest.approx(np.corrcoef(changes.T)[0, 1])
    assert (found.given, found.received) == pytest.approx((table[1, 0], table[0, 1]))
    assert found.net == pytest.approx(table[1, 0] - table[0, 1])
    assert found.net > 0, "the second answers to the first"
    assert found.led > 0.2 > abs(found.lagged)
    assert (found.start, found.end, found.count) == (DAYS[-WINDOW - 1], DAYS[-1], WINDOW)


def test_turning_the_two_round_turns_only_their_names():
    x, y = (Series(DAYS, values) for values in walks())
    here, there = comovement(x, y, DAYS[-1]), comovement(y, x, DAYS[-1])
    assert here.correlation == pytest.approx(there.correlation)
    assert (here.given, here.led) == pytest.approx((there.received, there.lagged))


def test_prices_move_in_logarithms_and_only_common_days_count():
    x, y = walks()
    found = comovement(
        Series(DAYS, x, relative=True), Series(DAYS[::-1][:130], y[::-1][:130]), 1140
    )
    held = slice(1140 - 1000 - WINDOW, 1140 - 1000 + 1)
    assert (found.start, found.end) == (1140 - WINDOW, 1140)
    changes = np.diff(np.column_stack([np.log(x[held]), y[held]]), axis=0)
    assert found.correlation == pytest.approx(np.corrcoef(changes.T)[0, 1])


@pytest.mark.parametrize(
    ("x", "y", "relative", "until", "said"),
    [
        (*walks(), False, DAYS[WINDOW - 1], "99 common changes"),
        (*walks(), False, DAYS[0] - 1, "0 common changes"),
        (np.ones(len(DAYS)), walks()[1], False, DAYS[-1], "did not move"),
        (walks()[0] - 80, walks()[1], True, DAYS[-1], "nought or less"),
    ],
)
def test_what_cannot_be_told_is_an_error(x, y, relative, until, said):
    with pytest.raises(ValueError, match=said):
        comovement(Series(DAYS, x, relative), Series(DAYS, y), until)


def test_days_that_never_meet_are_an_error():
    x, y = walks()
    with pytest.raises(ValueError, match="no date"):
        comovement(Series(DAYS, x), Series(DAYS + 1000, y), DAYS[-1] + 1000)


def test_the_interval_is_fisher_s():
    assert fisher_interval(0.5, 103) == pytest.approx((0.3393, 0.6323), abs=5e-5)
    low, high = fisher_interval(-0.5, 103)
    assert (-high, -low) == pytest.approx(fisher_interval(0.5, 103))
    assert fisher_interval(1.0, 4)[1] <= 1
    with pytest.raises(ValueError, match="three"):
        fisher_interval(0.5, 3)
