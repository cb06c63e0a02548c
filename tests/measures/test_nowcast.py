"""Nowcasting: ridge, scores, intervals, news, on data whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saiken.measures import nowcast as n
from saiken.measures.dynamic_factor import fit_dynamic_factor
from saiken.measures.holdings_nowcast import factor_forecasts, nowcast_holdings, parts


def test_midas_takes_the_newest_first():
    found = n.unrestricted_midas([1.0, 2.0, 3.0, 4.0], [7, 14, 21, 28], [20, 28, 5], 2)
    assert found[0].tolist() == [2.0, 1.0]
    assert found[1].tolist() == [4.0, 3.0]
    assert np.isnan(found[2]).all()


@given(st.integers(0, 200))
@settings(max_examples=20)
def test_leave_one_out_in_closed_form_is_leaving_one_out(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal((15, 4)), rng.standard_normal(15)
    penalty = 3.0
    fitted = n.fit_ridge(x, y, (penalty,))
    z = (x - x.mean(0)) / x.std(0)
    direct = np.linalg.solve(z.T @ z + penalty * np.eye(4), z.T @ (y - y.mean()))
    assert fitted.weights * x.std(0) == pytest.approx(direct)
    assert fitted.predict(x.mean(0)) == pytest.approx(y.mean())


def test_ridge_finds_a_signal_and_leaves_noise_alone():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((300, 3))
    strong = n.fit_ridge(x, 5 * x[:, 0] + rng.standard_normal(300))
    assert strong.weights == pytest.approx([5, 0, 0], abs=0.25)
    nothing = n.fit_ridge(x, rng.standard_normal(300))
    assert np.abs(nothing.weights).max() < 0.1
    assert n.fit_ridge(np.ones((20, 1)), rng.standard_normal(20)).weights.tolist() == [0.0]


def test_ridge_forecasts_use_only_what_was_out():
    rng = np.random.default_rng(1)
    x, y = rng.standard_normal((80, 2)), rng.standard_normal(80)
    found = n.ridge_forecasts(x, y, 2, 20)
    later = y.copy()
    later[58:] += 100
    again = n.ridge_forecasts(x, later, 2, 20)
    assert (again[20:60] == found[20:60])[np.isfinite(found[20:60])].all()
    assert again[60] != found[60]
    assert np.isnan(found[:21]).all()
    assert np.isfinite(found[21:]).all()


def target() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(2)
    signal = rng.standard_normal(400)
    return signal + 0.5 * rng.standard_normal(400), signal


def test_the_better_model_is_shown_and_covers_as_it_says():
    y, signal = target()
    found = n.contest(y, {"no_change": np.zeros(400), "good": signal}, 1)
    assert found.shown == "good"
    score = found.scores["good"]
    assert score.rmse == pytest.approx(0.5, abs=0.05)
    assert 0.72 <= score.coverage <= 0.88
    shown = n.nowcast({"no_change": 0.0, "good": 1.5}, found)
    assert (shown.value, shown.model) == (1.5, "good")
    assert shown.low < 1.5 < shown.high


def test_no_change_is_shown_unless_it_is_beaten():
    y, _ = target()
    noise = np.random.default_rng(3).standard_normal(400) * 3
    assert n.contest(y, {"no_change": np.zeros(400), "bad": noise}, 1).shown == "no_change"
    same = n.contest(y, {"other": np.zeros(400), "no_change": np.zeros(400)}, 1)
    assert same.shown == "no_change"


def test_models_are_scored_on_the_same_periods():
    y, signal = target()
    signal = signal.copy()
    signal[:200] = np.nan
    scores = n.contest(y, {"no_change": np.zeros(400), "late": signal}, 1).scores
    assert scores["no_change"].n == scores["late"].n == 400 - 200 - n.LEAST_ERRORS


@given(st.integers(25, 400), st.floats(0.5, 0.95))
def test_an_interval_leaves_out_no_more_than_told(count, coverage):
    errors = np.random.default_rng(count).standard_normal(count)
    low, high = n.interval_of(errors, coverage)
    assert ((errors >= low) & (errors <= high)).mean() >= coverage - 2 / count
    assert low <= np.median(errors) <= high


def test_too_little_to_score_says_so():
    with pytest.raises(ValueError, match="are needed to score"):
        n.contest(np.ones(10), {"no_change": np.zeros(10)}, 1)
    with pytest.raises(ValueError, match="baseline"):
        n.contest(np.ones(10), {"other": np.zeros(10)}, 1)
    with pytest.raises(ValueError, match="too few"):
        n.fit_ridge([[1.0]], [1.0])
    with pytest.raises(ValueError, match="delay"):
        n.ridge_forecasts(np.ones((5, 1)), np.ones(5), 0, 3)


# -- news -------------------------------------------------------------------------------------------


def conditional(panel: np.ndarray) -> np.ndarray:
    """Fill each row by conditional expectations of a known Gaussian: linear in what is known."""
    mean, cov = np.array([1.0, 2.0, 3.0]), np.array([[2, 1, 0.5], [1, 2, 1], [0.5, 1, 2.0]])
    filled = panel.copy()
    for row in filled:
        known = np.isfinite(row)
        if not known.all():
            weights = cov[np.ix_(~known, known)] @ np.linalg.inv(cov[np.ix_(known, known)])
            row[~known] = mean[~known] + weights @ (row[known] - mean[known])
    return filled


@given(st.lists(st.floats(-5, 5), min_size=4, max_size=4))
def test_news_sum_to_the_revision(values):
    a, b, c, d = values
    nan = np.nan
    before = np.array([[a, nan, nan], [nan, nan, nan]])
    after = np.array([[a + d, b, c], [nan, b, c]])
    found = n.news(conditional, before, after, (1, 0))
    assert found.contributions.sum() == pytest.approx(found.revision, abs=1e-9)
    assert (1, 1) in found.cells
    # News of another row says nothing of this one.
    for cell, part in zip(found.cells, found.contributions, strict=True):
        if cell[0] == 0:
            assert part == pytest.approx(0, abs=1e-12)


def test_news_is_the_weight_times_the_surprise():
    before = np.array([[np.nan, np.nan, 3.0]])
    found = n.news(conditional, before, np.array([[np.nan, 4.0, 3.0]]), (0, 0))
    assert found.surprises == pytest.approx([2.0])
    expected = conditional(np.array([[np.nan, 4.0, 3.0]]))[0, 0] - 1.0
    assert found.contributions == pytest.approx([expected])


def test_the_news_of_a_ridge_nowcast_are_its_weights_times_the_surprises():
    rng = np.random.default_rng(6)
    x = rng.standard_normal((60, 2))
    fitted = n.fit_ridge(x, x @ [2.0, -1.0] + 0.1 * rng.standard_normal(60))
    before, after = np.array([[np.nan, 0.5, np.nan]]), np.array([[np.nan, 0.7, 1.0]])
    found = n.news(fitted.smooth, before, after, (0, 0))
    assert found.surprises == pytest.approx([0.2, 1.0 - x[:, 1].mean()])
    assert found.contributions == pytest.approx(fitted.weights * found.surprises)
    assert found.revision == pytest.approx(
        fitted.predict([0.7, 1.0]) - fitted.predict([0.5, x[:, 1].mean()])
    )


def test_no_news_no_revision():
    panel = np.array([[1.0, np.nan, 2.0]])
    found = n.news(conditional, panel, panel, (0, 1))
    assert (found.revision, found.cells) == (0.0, ())


def test_news_that_cannot_be_told():
    panel = np.array([[1.0, np.nan]])
    with pytest.raises(ValueError, match="withdrawals"):
        n.news(conditional, panel, np.array([[np.nan, 1.0]]), (0, 1))
    with pytest.raises(ValueError, match="shapes"):
        n.news(conditional, panel, np.ones((2, 2)), (0, 1))


def test_a_smoother_that_is_not_linear_is_found_out():
    def product(panel: np.ndarray) -> np.ndarray:
        filled = np.where(np.isfinite(panel), panel, 1.0)
        filled[:, 0] = filled[:, 1] * filled[:, 2]
        return filled

    nothing, after = np.full((1, 3), np.nan), np.array([[np.nan, 3.0, 4.0]])
    with pytest.raises(ValueError, match="not linear"):
        n.news(product, nothing, after, (0, 0))


# -- the factor model and the position ----------------------------------------------------------------


def panel(rows: int = 90) -> np.ndarray:
    rng = np.random.default_rng(4)
    factor = np.zeros(rows)
    for t in range(1, rows):
        factor[t] = 0.6 * factor[t - 1] + rng.standard_normal()
    return factor[:, None] * [1, 0.8, 1.2, 1.0] + 0.3 * rng.standard_normal((rows, 4)) + 5


def test_the_factor_model_fills_a_ragged_edge_and_its_news_add_up():
    pytest.importorskip("statsmodels")
    data = panel()
    ragged = data.copy()
    ragged[-2:, 0] = np.nan
    model = fit_dynamic_factor(ragged)
    filled = model.smooth(ragged)
    known = np.isfinite(ragged)
    assert (filled[known] == ragged[known]).all()
    assert filled[-2:, 0] == pytest.approx(data[-2:, 0], abs=1.5)
    before = ragged.copy()
    before[-1, 1:3] = np.nan
    found = n.news(model.smooth, before, ragged, (len(data) - 1, 0))
    assert found.cells == ((89, 1), (89, 2))
    assert found.contributions.sum() == pytest.approx(found.revision, rel=1e-6)


def test_the_factor_model_needs_years_and_variation():
    with pytest.raises(ValueError, match="complete months"):
        fit_dynamic_factor(panel()[:20])
    flat = panel()
    flat[:, 1] = 1.0
    with pytest.raises(ValueError, match="does not vary"):
        fit_dynamic_factor(flat)
    assert np.isnan(factor_forecasts(np.full((5, 2), np.nan), 2, 3)).all()


def test_parts_add_up_and_a_still_curve_has_no_valuation():
    holdings, yields = np.array([100.0, 110, 130, 125]), np.array([4.0, 4.0, 3.0, 3.5])
    found = parts(holdings, yields, 2, duration=5)
    assert found.change[2:].tolist() == [30, 15]
    assert found.valuation[2:] == pytest.approx([0.05 * 100, 5 * 0.005 * 110])
    assert found.change[2:] == pytest.approx((found.valuation + found.flow)[2:])
    assert np.isnan(found.change[:2]).all()
    with pytest.raises(ValueError, match="delay"):
        parts(holdings, yields, 0)


def simulated(months: int = 160):
    rng = np.random.default_rng(5)
    x = rng.standard_normal((months, 2))
    yields = 3 + np.cumsum(rng.standard_normal(months) * 0.2)
    holdings = np.empty(months)
    holdings[0] = 1000.0
    for t in range(1, months):
        valuation = -4.0 * (yields[t] - yields[t - 1]) / 100 * holdings[t - 1]
        holdings[t] = holdings[t - 1] + valuation + 12 * x[t, 0] + 2 * rng.standard_normal()
    regressors = np.hstack([x, np.vstack([np.zeros((1, 2)), x[:-1]])])
    return holdings, yields, regressors


def test_a_position_is_nowcast_better_than_by_no_change():
    holdings, yields, regressors = simulated()
    truth = holdings[-1]
    holdings[-2:] = np.nan
    found = nowcast_holdings(holdings, yields, regressors)
    assert found.contest.shown == "ridge"
    assert found.contest.scores["ridge"].rmse < 0.5 * found.contest.scores["no_change"].rmse
    assert found.nowcast.value == pytest.approx(truth, abs=15)
    assert found.points["no_change"] == holdings[-3]


def test_a_nowcast_needs_its_inputs():
    holdings, yields, regressors = simulated()
    with pytest.raises(ValueError, match="2 months before"):
        nowcast_holdings(holdings, yields, regressors)
    holdings[-2:] = np.nan
    with pytest.raises(ValueError, match="unequal calendars"):
        nowcast_holdings(holdings, yields[:-1], regressors)
    with pytest.raises(ValueError, match="needed to score"):
        nowcast_holdings(holdings[-60:], yields[-60:], regressors[-60:])
    with pytest.raises(ValueError, match="scale must be above zero"):
        nowcast_holdings(np.where(np.arange(160) < 157, holdings, 0 * holdings), yields, regressors)


def test_models_whose_inputs_are_not_out_are_left_out():
    holdings, yields, regressors = simulated()
    holdings[-2:] = np.nan
    regressors[-1, 0] = np.nan
    found = nowcast_holdings(holdings, yields, regressors)
    assert set(found.points) == {"no_change", "valuation"}
    yields[-1] = np.nan
    found = nowcast_holdings(holdings, yields, regressors)
    assert found.points == {"no_change": holdings[-3]}
    assert found.nowcast.low < found.nowcast.value < found.nowcast.high


def test_an_interval_grows_with_what_its_errors_grow_with():
    """Errors of a position that has grown tenfold are not those of its youth."""
    rng = np.random.default_rng(4)
    size = np.geomspace(1, 10, 300)
    y = size * rng.standard_normal(300)
    none = {"no_change": np.zeros(300)}
    fixed = n.contest(y, none, 1).scores["no_change"]
    grown = n.contest(y, none, 1, scale=size).scores["no_change"]
    assert abs(grown.coverage - 0.8) < 0.05
    assert fixed.coverage < grown.coverage
    assert grown.rmse == fixed.rmse
    assert grown.high == pytest.approx(1.28 * size[-1], rel=0.4)  # of 60 errors
    assert fixed.high - fixed.low < grown.high - grown.low


def test_an_interval_that_missed_asks_for_more_and_one_that_held_for_less():
    assert n.adapted([], 0.8) == 0.8
    assert n.adapted([False], 0.8) == pytest.approx(0.8 + 0.8 * n.STEP)
    assert n.adapted([True], 0.8) == pytest.approx(0.8 - 0.2 * n.STEP)
    assert n.adapted([True] * 4 + [False], 0.8) == pytest.approx(0.8), "as often as asked"
    assert n.adapted([False] * 100, 0.8) == n.ADAPTED[1]
    assert n.adapted([True] * 1000, 0.8) == n.ADAPTED[0]


@pytest.mark.parametrize("course", [np.geomspace(8, 1, 300), np.geomspace(1, 8, 300)])
def test_the_share_that_is_asked_for_is_kept_where_errors_shrink_or_grow(course, monkeypatch):
    """Quantiles of the last sixty errors alone hold too many of ever smaller ones, too few of larger."""
    covered = {}
    for step in (0.0, n.STEP):
        monkeypatch.setattr(n, "STEP", step)
        rng = np.random.default_rng(1)
        y = course * rng.standard_normal(300)
        covered[step] = n.contest(y, {"no_change": np.zeros(300)}, 2).scores["no_change"].coverage
    assert abs(covered[n.STEP] - 0.8) < 0.03
    assert abs(covered[n.STEP] - 0.8) < abs(covered[0.0] - 0.8) - 0.03
