"""Ranges of ownership contain what they must."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.measures.ownership import OFFICIAL_PUBLISHED, custody_range, official_share

amounts = st.floats(0, 5000)
centres = st.dictionaries(st.sampled_from(["BE", "LU", "KY"]), amounts, max_size=3)


@given(amounts, centres, centres)
def test_a_re_attribution_is_a_range_from_what_is_booked(direct, held, own):
    found = custody_range(direct, held, own)
    assert found.low == direct
    assert direct <= found.high <= direct + sum(held.values()) + 1e-9
    assert custody_range(direct, held).high == pytest.approx(direct + sum(held.values()))
    assert found.interval.low == found.low


def test_what_residents_own_themselves_is_not_re_attributed():
    found = custody_range(700.0, {"BE": 400.0, "LU": 100.0}, {"BE": 50.0, "LU": 300.0})
    assert (found.low, found.high) == (700.0, 1050.0)
    assert "BE, LU" in found.high_from
    with pytest.raises(ValueError, match="negative"):
        custody_range(-1.0, {})


@given(amounts, st.floats(1, 5000))
def test_the_official_share_respects_its_bound(securities, holdings):
    found = official_share(securities, holdings)
    assert 0 <= found.low <= found.high <= OFFICIAL_PUBLISHED.high
    assert found.high <= securities / holdings


def test_japan_in_autumn_2025():
    found = official_share(1_000_000, 1_202_693)
    assert found.low == 0.5
    assert found.high == pytest.approx(0.8315, abs=1e-4)
    assert "83%" in found.high_from
    with pytest.raises(ValueError, match="positive"):
        official_share(1.0, 0.0)
