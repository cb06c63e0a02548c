"""The edges of how things are named and numbers are written, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from saiken.claims.judging import japanese, naming, numbers, wording
from saiken.claims.judging.told import said
from saiken.publishers import catalog
from saiken.terms.quantity import Quantity
from saiken.terms.units import Unit


@pytest.mark.parametrize(
    ("code", "english", "told"),
    [
        ("JP", "Japan", "日本"),
        ("JP:life", "life of Japan", "日本の生命保険会社"),
        ("group:caribbean", "the Caribbean banking centres", "カリブ海の金融センター"),
        ("USDJPY", None, "ドル/円"),
        ("USDXXX", None, "USDXXX"),
        ("JPY", None, "円"),
    ],
)
def test_a_subject_has_its_name(code, english, told):
    if english is not None:
        assert str(naming.subject(code)) == english
    assert japanese.subject(code) == told


def test_a_measure_and_a_series_have_their_names_where_they_are_known():
    assert japanese.measure("treasury_holdings", "spelt") != "spelt"
    assert japanese.measure("no_such_measure", "spelt") == "spelt"
    assert japanese.title("tic/holdings/JP", "told") not in {"told", "tic/holdings/JP"}
    assert japanese.title("no/such/series", "told") == "told"
    unnamed = next(
        entry.id for entry in catalog.load().families
        if entry.measure not in japanese.words()["measure"] and "{" not in entry.id
    )  # fmt: skip
    assert japanese.title(unnamed, "told") == "told"


def test_the_lead_in_of_a_credit_is_translated_and_nothing_else():
    owner = next(iter(catalog.load().publishers.values()))
    led, bare = (replace(owner, credit=told) for told in ("Source: a house", "a house's own words"))
    assert said(naming.credit(led), "en") == "Source: a house"
    assert said(naming.credit(led), "ja") == "出典：a house"
    assert said(naming.credit(bare), "en") == "a house's own words"


def test_nothing_has_no_sign():
    none = Quantity(0.0, 0.0, 0.0, "%")
    assert str(numbers.spoken(none, signed=True)) == "0 %"
    assert japanese.amount(0.0, Unit.parse("%"), signed=True) == "0 %"
    assert japanese.amount(0.5, Unit.parse("%"), signed=True) == "+0.5 %"


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (9999.0, "9,999円"),
        (10_000.0, "1万円"),
        (999_999.0, "99万9999円"),
        (1_000_001.0, "100万円"),
        (999_999_999.0, "10億円"),
        (1_000_000_000.0, "10億円"),
        (1_000_040_000.0, "10億円"),
    ],
)
def test_yen_are_written_as_newspapers_do(size, told):
    assert japanese.amount(size, Unit.parse("JPY")) == told


@pytest.mark.parametrize(
    ("factor", "told"),
    [
        (1.001, "overstated by 1%"),
        (1.09, "overstated by 9%"),
        (1.1, "overstated 1.1 times"),
        (2.5, "overstated 2.5 times"),
    ],
)
def test_a_tenth_too_much_and_more_is_told_in_times(factor, told):
    assert str(wording.overstated(factor)) == told
