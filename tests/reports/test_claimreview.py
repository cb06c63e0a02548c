"""The ClaimReview export: what schema.org asks for, and the scale as documented."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from saiken.archive.archive import Archive
from saiken.claims.check import Question, check
from saiken.claims.verdict import Ruling
from saiken.reports.claimreview import RATINGS, claim_reviews

DOCS = Path(__file__).parents[2] / "docs" / "claimreview.md"
DAY = date(2026, 1, 25)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive.open(tmp_path_factory.mktemp("home"))


def reviewed(text: str, held: Archive) -> list[dict[str, object]]:
    document = claim_reviews(check(text, Question(DAY, DAY), held))
    assert json.loads(json.dumps(document)) == document
    assert document["@context"] == "https://schema.org"
    return document["@graph"]


def test_a_refuted_claim_has_the_lowest_rating_its_misreading_and_its_files(held: Archive) -> None:
    (review,) = reviewed("Japan is dumping $1.2 trillion in U.S. debt", held)
    assert review["@type"] == "ClaimReview"
    rating = review["reviewRating"]
    assert (rating["ratingValue"], rating["worstRating"], rating["bestRating"]) == (1, 1, 5)
    assert rating["alternateName"] == "refuted: a stock read as a flow"
    assert review["itemReviewed"]["datePublished"] == "2026-01-25"
    assert all(len(data["identifier"]) == 7 + 64 for data in review["isBasedOn"])
    assert "tic/holdings/JP" in review["isBasedOn"][0]["variableMeasured"]
    assert review["creditText"]


def test_what_is_no_place_on_the_scale_has_words_only(held: Archive) -> None:
    (review,) = reviewed("Japan's holdings fell in December 2025.", held)
    assert "ratingValue" not in review["reviewRating"]
    assert review["reviewRating"]["alternateName"] == "not published yet"


def test_a_failed_check_reviews_nothing(held: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("saiken.claims.judging.find", lambda *_: 1 / 0)
    assert reviewed("Japan's holdings rose in November 2025.", held) == []


def test_the_scale_is_the_documented_one() -> None:
    rows = [line.split("|")[1:3] for line in DOCS.read_text("utf-8").splitlines() if "|" in line]
    told = {name.strip(" `"): value.strip() for name, value in rows}
    for ruling in Ruling:
        assert told[ruling.value] == str(RATINGS.get(ruling, "none")), ruling
