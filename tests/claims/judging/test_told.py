"""What is told has Japanese for every template, name and remark, and numbers as newspapers print them."""

from __future__ import annotations

import ast
import re
import string
from datetime import date
from pathlib import Path

import pytest

import saiken.claims
from saiken.claims.claim import Predicate
from saiken.claims.judging import japanese, misreadings, naming, numbers, wording
from saiken.claims.judging.told import listed, said, tell
from saiken.claims.verdict import Ruling
from saiken.publishers import catalog
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity
from saiken.terms.units import Unit

PACKAGE = Path(saiken.claims.__file__).parents[1]
SOURCES = [
    file for room in ("claims", "reports") for file in sorted((PACKAGE / room).rglob("*.py"))
]


TEMPLATES = [
    node.args[0]
    for file in SOURCES
    for node in ast.walk(ast.parse(file.read_text("utf-8")))
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tell"
]


def parts(template: str) -> dict[str, str]:
    """The parts of a template and how each is formatted."""
    return {name: spec for _, name, spec, _ in string.Formatter().parse(template) if name}


REFUSED = [
    node.args[0].value
    for file in sorted((PACKAGE / "scenarios").glob("*.py"))
    if file.stem in {"plan", "balance", "staging", "witness"}
    for node in ast.walk(ast.parse(file.read_text("utf-8")))
    if isinstance(node, ast.Call)
    and getattr(node.func, "id", "") in {"ScenarioError", "Refusal"}
    and isinstance(node.args[0], ast.Constant)
]
"""Why a scenario of a text's forecast may not be run."""


@pytest.mark.parametrize("template", sorted(REFUSED))
def test_every_refusal_has_its_japanese(template):
    own = japanese.words()["refusal"].get(template)
    assert own, f"claims/judging/japanese.toml has no Japanese under [refusal] for {template!r}"
    assert parts(own).keys() <= parts(template).keys() | {"when"}


def test_every_template_stands_where_it_is_used():
    assert len(TEMPLATES) > 150
    assert all(isinstance(one, ast.Constant) for one in TEMPLATES)


@pytest.mark.parametrize("template", sorted({one.value for one in TEMPLATES}))
def test_every_template_has_its_japanese_with_the_same_parts(template):
    own = japanese.words()["told"].get(template)
    assert own, f"claims/judging/japanese.toml has no Japanese under [told] for {template!r}"
    assert parts(own) == parts(template)


FRAMES = ("reports", "doors/web")
PAGES = [page for room in FRAMES for page in sorted((PACKAGE / room / "templates").glob("*.html"))]
LABELS = {
    label for page in PAGES for label in re.findall(r'"([^"]+)"\|say', page.read_text("utf-8"))
}


def test_every_label_of_a_page_has_its_japanese():
    assert len(LABELS) > 60
    assert japanese.words()["told"].keys() >= LABELS


def test_no_japanese_is_left_over():
    used = {one.value for one in TEMPLATES} | LABELS
    assert set(japanese.words()["told"]) == used


def test_every_ruling_predicate_and_misreading_has_its_japanese():
    words = japanese.words()
    assert {ruling.value for ruling in Ruling} <= words["word"].keys()
    assert {predicate.value for predicate in Predicate} <= words["word"].keys()
    assert {*misreadings.ORDER} - {"confusion"} <= words["misreading"].keys()


def test_the_catalog_has_japanese_for_what_is_told_of_it():
    known, words = catalog.load(), japanese.words()
    ours = {name for name in known.measures if not name.startswith(catalog.USERS)}
    assert ours <= words["measure"].keys()
    remarks = {one.what for one in (*known.breaks, *known.confused)}
    remarks |= {owner.caveat for owner in known.publishers.values()} - {""}
    asked = {owner.credit for owner in known.publishers.values()}
    remarks |= {credit for credit in asked if not credit.startswith("Source: ")}
    assert remarks <= words["remark"].keys()
    assert known.publishers.keys() <= words["publisher"].keys()


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (1202.7, "USD bn", "1兆2027億ドル"),
        (1200.0, "USD bn", "1兆2000億ドル"),
        (-3742, "JPY 100mn", "−3742億円"),
        (42145.4, "JPY 100mn", "4兆2145億円"),
        (3194, "USD mn", "32億ドル"),
        (150, "USD mn", "1億5000万ドル"),
        (0.0, "USD bn", "0ドル"),
        (95123.45, "USD", "9万5123ドル"),
        (3.901, "%", "3.901 %"),
        (235.1, "% of GDP", "GDP比235.1 %"),
        (157.703, "JPY per USD", "1ドル=157.703円"),
        (-45000, "contracts", "−45,000枚"),
        (20.3, "index", "20.3"),
    ],
)
def test_amounts_as_newspapers_print_them(value, unit, told):
    assert said(numbers.amount(value, Unit.parse(unit)), "ja") == told


def test_amounts_with_their_sign():
    assert said(numbers.amount(2.7, Unit.parse("USD bn"), signed=True), "ja") == "+27億ドル"
    assert said(numbers.amount(-1.25, Unit.parse("JPY per USD"), signed=True), "ja") == "−1.25円"


@pytest.mark.parametrize(
    ("quantity", "told"),
    [
        (Quantity(1.2e12, 1.15e12, 1.25e12, "USD"), "1兆2000億ドル"),
        (Quantity(8, 7.5, 8.5, "bp"), "8bp"),
        (Quantity(0.1, 0.05, 0.15, "pp"), "0.1ポイント"),
        (Quantity(-47, -47.5, -46.5, "% change"), "47 %"),
        (Quantity(0.131, 0.1305, 0.1315, "ratio"), "13.1 %"),
        (Quantity(2, 1.9, 2.1, "x"), "2倍"),
        (Quantity(160, 159.5, 160.5, "JPY per USD"), "1ドル=160円"),
    ],
)
def test_the_texts_own_number(quantity, told):
    assert said(numbers.spoken(quantity), "ja") == told


@pytest.mark.parametrize(
    ("period", "told"),
    [
        (Period.day(date(2026, 2, 18)), "2026年2月18日"),
        (Period.month(2025, 11), "2025年11月"),
        (Period.quarter(2025, 4), "2025年10〜12月期"),
        (Period.year(2025), "2025年"),
        (Period.week_ending(date(2026, 1, 17)), "2026年1月17日までの週"),
        (Period(date(2024, 4, 1), date(2025, 3, 31)), "2024年4月〜2025年3月"),
        (Period(date(2025, 1, 1), date(2025, 11, 30)), "2025年1月〜11月"),
        (Period(date(2025, 1, 3), date(2025, 2, 5)), "2025年1月3日〜2025年2月5日"),
    ],
)
def test_periods_and_days(period, told):
    assert said(wording.period(period), "ja") == told
    assert said(wording.at(period), "ja") == told


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("JP", "日本"),
        ("GB", "英国"),
        ("all", "海外全体"),
        ("JP:life", "日本の生命保険会社"),
        ("USDJPY", "ドル/円"),
        ("VIX", "VIX指数"),
    ],
)
def test_subjects(code, told):
    assert said(naming.subject(code), "ja") == told


@pytest.mark.parametrize(
    ("said_in", "told"),
    [("USD bn", "10億ドル"), ("JPY 100mn", "億円"), ("USD", "ドル"), ("bp", "bp")],
)
def test_what_a_number_counts(said_in, told):
    assert said(numbers.counted(said_in), "ja") == told


def test_a_sentence_is_whole_in_either_language():
    shown = numbers.amount(2.245, Unit.parse("%"))
    told = tell("{shown} {when}.", shown=shown, when=wording.at(Period.day(date(2026, 1, 19))))
    assert said(told, "en") == told == "2.245 % on 19 January 2026."
    assert said(told, "ja") == "2026年1月19日は2.245 %。"
    assert type(said(told, "en")) is type(said(told, "ja")) is str
    assert said(listed((told, shown)), "ja") == "2026年1月19日は2.245 %。、2.245 %"
    assert said("no template", "ja") == "no template"
