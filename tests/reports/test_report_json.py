"""The machine-readable result: its fields, their order, its schema."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from saiken.claims.claim import Base, Claim, Predicate, Reading
from saiken.claims.verdict import Report, Ruling
from saiken.reports.report_json import reading_json, report_json
from saiken.terms.period import Period

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_fields_stand_in_the_documented_order(report: Report) -> None:
    told = report_json(report)
    assert list(told) == [
        "schema", "engine", "as_of", "dated", "strict", "overall", "snapshot", "claims", "unread",
        "summary", "credits", "caveats",
    ]  # fmt: skip
    (claim,) = told["claims"]
    assert list(claim) == [
        "span", "text", "verdict", "reasons", "misreadings", "confidence", "reading", "figures",
        "arithmetic", "next_release", "nowcast", "surface", "comovement", "outlook", "changed_since",
        "code",
    ]  # fmt: skip
    assert list(claim["reading"]) == [
        "predicate", "subject", "measure", "quantity", "period", "comparator", "driver", "hedges",
        "premise", "modality",
    ]  # fmt: skip
    assert list(claim["figures"][0]) == [
        "series", "period", "value", "unit", "vintage_at", "basis", "as_later_revised",
        "artifact_sha256", "fidelity", "locator",
    ]  # fmt: skip


def test_values_are_those_of_the_report(report: Report) -> None:
    told = report_json(report)
    (claim,) = told["claims"]
    assert told["overall"] == claim["verdict"] == "refuted"
    assert claim["reasons"] == ["Norway held $1,151.2 bn.", "A later revision."]
    assert claim["reading"]["comparator"] == {"kind": "year_ago", "period": None, "subjects": []}
    assert claim["reading"]["period"] == {"start": "2025-10-01", "end": "2025-10-31"}
    assert claim["figures"][0]["vintage_at"] == "2025-12-18"
    assert claim["figures"][0]["locator"] == "line 9, column 4"
    assert claim["next_release"] == "2026-01-15"
    assert told["summary"]["refuted"] == 1
    assert sum(told["summary"].values()) == 1
    assert set(told["summary"]) == {ruling.value for ruling in Ruling}


def test_an_open_side_is_null_because_json_has_no_infinity(report: Report) -> None:
    quantity = report_json(report)["claims"][0]["reading"]["quantity"]
    assert quantity == {
        "value": 150e9,
        "low": 150e9,
        "high": None,
        "unit": "USD",
        "printed": False,
    }
    json.dumps(report_json(report), allow_nan=False)


def test_the_schema_holds(report: Report, validator: Draft202012Validator) -> None:
    told = json.loads(json.dumps(report_json(report)))
    validator.validate(told)
    validator.validate({"id": 7, **told})


@pytest.mark.parametrize("field", ["as_of", "overall", "claims", "credits"])
def test_the_schema_misses_a_field_that_is_gone(
    report: Report, validator: Draft202012Validator, field: str
) -> None:
    told = report_json(report)
    del told[field]
    assert not validator.is_valid(told)


def test_a_report_without_snapshot_or_claims_is_valid(
    report: Report, validator: Draft202012Validator
) -> None:
    bare = replace(report, verdicts=(), snapshot_built_at=None, snapshot_newest=None)
    told = json.loads(json.dumps(report_json(bare)))
    validator.validate(told)
    assert told["snapshot"] == {"built_at": None, "newest": None}


@pytest.mark.parametrize(
    ("changes", "comparator"),
    [
        ({}, None),
        ({"versus": ("CN", "GB")}, {"kind": "subjects", "period": None, "subjects": ["CN", "GB"]}),
        (
            {"since": Period.year(2008)},
            {
                "kind": "since",
                "period": {"start": "2008-01-01", "end": "2008-12-31"},
                "subjects": [],
            },
        ),
        (
            {"base": Base("period", Period.day(date(2024, 2, 29)))},
            {
                "kind": "period",
                "period": {"start": "2024-02-29", "end": "2024-02-29"},
                "subjects": [],
            },
        ),
    ],
)
def test_the_comparator_says_what_is_compared_with(
    changes: dict[str, object], comparator: dict[str, object] | None
) -> None:
    claim = replace(Claim((0, 1), "x", Predicate.LEVEL, "JP", "treasury_holdings"), **changes)
    told = reading_json(Reading("x", date(2026, 1, 2), (claim,)))
    assert told["claims"][0]["comparator"] == comparator


def test_a_reading_tells_every_field_of_a_claim() -> None:
    claim = Claim(
        (0, 1), "x", Predicate.LEVEL, "JP", "treasury_holdings", scope=frozenset({"b", "a"})
    )
    told = reading_json(Reading("x", date(2026, 1, 2), (replace(claim, alternatives=(claim,)),)))
    (claimed,) = told["claims"]
    fields = set(Claim.__dataclass_fields__) - {"base", "versus"}  # both in the comparator
    assert fields <= set(claimed)
    assert claimed["scope"] == ["a", "b"]
    assert claimed["alternatives"][0]["predicate"] == "level"
    assert not math.isnan(claimed["confidence"])
