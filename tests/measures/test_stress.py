"""The stress index is its contributions, and its past never changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measures_files import csv_rows

from saiken.measures import stress


def inputs(rows: int = 600, columns: int = 4, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    common = np.cumsum(rng.standard_normal(rows)) * 0.1
    return common[:, None] + rng.standard_normal((rows, columns))


@given(st.integers(0, 100), st.integers(1, 6))
@settings(max_examples=15)
def test_contributions_sum_to_the_index(seed, columns):
    x = inputs(columns=columns, seed=seed)
    found = stress.stress_index(x, least=50)
    assert np.isnan(found.index[:49]).all()
    assert np.isfinite(found.index[49:]).all()
    assert (found.index[49:] == found.contributions[49:].sum(1)).all()
    groups = found.by_group(["odd" if i % 2 else "even" for i in range(columns)])
    assert sum(groups.values())[49:] == pytest.approx(found.index[49:])


@given(st.integers(60, 599))
@settings(max_examples=20)
def test_history_is_not_restated(end):
    x = inputs()
    whole = stress.stress_index(x, least=50)
    part = stress.stress_index(x[:end], least=50)
    assert part.index[49:] == pytest.approx(whole.index[49:end], abs=1e-9)


def test_the_index_is_the_plain_computation():
    x = inputs(400, 3)
    found = stress.stress_index(x, least=50)
    for t in (49, 200, 399):
        past = x[: t + 1]
        z = (past - past.mean(0)) / past.std(0)
        values, vectors = np.linalg.eigh(np.corrcoef(past.T))
        w = vectors[:, -1] * np.sign(vectors[:, -1].sum()) / np.sqrt(values[-1])
        assert found.weights[t] == pytest.approx(w)
        assert found.contributions[t] == pytest.approx(w * z[-1])


def test_units_do_not_matter():
    x = inputs()
    plain = stress.stress_index(x, least=50).index[49:]
    other = stress.stress_index(x * [1, 100, 0.01, 5] + [0, 1000, -3, 2], least=50).index[49:]
    assert other == pytest.approx(plain, abs=1e-6)


def test_gaps_are_carried_for_a_while_then_there_is_no_index():
    x = inputs()
    x[300:310, 1] = np.nan
    found = stress.stress_index(x, least=50).index
    assert np.isfinite(found[300:305]).all()
    assert np.isnan(found[305:310]).all()
    assert np.isfinite(found[310])


def test_a_constant_input_contributes_nothing():
    x = inputs()
    x[:, 2] = 7.0
    found = stress.stress_index(x, least=50)
    assert found.contributions[60:, 2] == pytest.approx(0)
    alone = stress.stress_index(x[:, [0, 1, 3]], least=50)
    assert found.index[60:] == pytest.approx(alone.index[60:])


def test_little_or_no_data():
    assert np.isnan(stress.stress_index([[1.0, 2.0]]).index).all()
    assert len(stress.stress_index(np.empty((0, 2))).index) == 0
    with pytest.raises(ValueError, match="at least one input"):
        stress.stress_index(np.empty((5, 0)))
    with pytest.raises(ValueError, match="1 groups for 4"):
        stress.stress_index(inputs()).by_group(["one"])


def test_an_index_of_the_ofrs_categories_moves_with_it(shared):
    rows = csv_rows(shared / "data/us/stress/ofr_fsi_to-2025-09-11.csv")
    theirs = np.array([[float(cell) for cell in list(row.values())[1:7]] for row in rows])
    found = stress.stress_index(theirs[:, 1:])
    known = np.isfinite(found.index)
    assert np.corrcoef(found.index[known], theirs[known, 0])[0, 1] > 0.8


# -- CISS -------------------------------------------------------------------------------------------

shares = st.lists(st.floats(0, 1), min_size=3, max_size=3)


@given(shares, shares)
def test_ciss_lies_between_shared_and_separate_stress(s, w):
    one, none = np.ones((3, 3)), np.eye(3)
    shared_stress, apart = stress.ciss(s, w, one)[0], stress.ciss(s, w, none)[0]
    middle = stress.ciss(s, w, (one + none) / 2)[0]
    assert apart - 1e-12 <= middle <= shared_stress + 1e-12
    many = stress.ciss([s, s], w, np.stack([one, none]))
    assert many == pytest.approx([shared_stress, apart])


def test_ewma_correlations_are_correlations():
    s = np.random.default_rng(2).uniform(size=(400, 3))
    s[:, 2] = s[:, 0]
    found = stress.ewma_correlation(s)
    assert np.einsum("tii->ti", found) == pytest.approx(np.ones((400, 3)))
    assert found[:, 0, 2] == pytest.approx(np.ones(400))
    assert (np.abs(found) <= 1 + 1e-12).all()
    assert stress.ewma_correlation(np.full((5, 2), 0.5))[0].tolist() == [[1, 0], [0, 1]]
    with pytest.raises(ValueError, match="decay"):
        stress.ewma_correlation(s, 1.0)
    with pytest.raises(ValueError, match="correlations"):
        stress.ciss([0.1, 0.2], [0.5, 0.5], np.eye(3))


# -- words ------------------------------------------------------------------------------------------


@given(st.lists(st.integers(-5, 5).map(float), min_size=1, max_size=40))
def test_expanding_percentile_is_a_plain_count(values):
    found = stress.expanding_percentile(values)
    for t, value in enumerate(values):
        past = values[: t + 1]
        assert found[t] == pytest.approx(100 * sum(v <= value for v in past) / len(past))


def test_bands_have_words():
    words = [stress.band(p) for p in (0, 25, 26, 75, 80, 90, 95, 97.5, 98, 100)]
    assert words == [
        "calm", "calm", "ordinary", "ordinary", "headwinds", "headwinds", "stress", "stress",
        "crisis", "crisis",
    ]  # fmt: skip
    assert stress.band(float("nan")) == "unknown"
    with pytest.raises(ValueError, match="between 0 and 100"):
        stress.band(101)
