"""The development claims: how much of what they say is read, whatever the verdict."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from saiken.claims.reading import read

UNSURE = {"opinion", "forecast", "causal"}
WANTED = 0.87


def rows(shared: Path, name: str) -> list[dict[str, str]]:
    lines = (shared / "claims" / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_most_predicates_are_read(shared: Path) -> None:
    english = [row for row in rows(shared, "dev.jsonl") if row["language"] == "en"]
    right = 0
    for row in english:
        claims = read(row["text"], date.fromisoformat(row["published"])).claims
        unsure = not any(claim.modality in {"asserted", "reported"} for claim in claims)
        told = {claim.predicate.value for claim in claims}
        right += unsure if row["predicate"] in UNSURE else row["predicate"] in told
    assert right / len(english) >= WANTED


def test_forecasts_causes_and_opinions_are_never_read_as_facts(shared: Path) -> None:
    for row in rows(shared, "dev.jsonl"):
        if row["language"] == "en" and row["predicate"] in UNSURE:
            claims = read(row["text"], date.fromisoformat(row["published"])).claims
            sure = [
                c for c in claims if c.modality == "asserted" and c.predicate.value not in UNSURE
            ]
            assert not sure, row["text"]


def test_what_posts_do_not_claim_is_not_read_as_claimed(shared: Path) -> None:
    for post in rows(shared, "posts.jsonl"):
        if post["language"] != "en":
            continue
        text = post["text"]
        claims = [
            c
            for c in read(text, date.fromisoformat(post["published"])).claims
            if c.modality == "asserted"
        ]
        for myth in post["not_claims"]:
            first = text.find(myth)
            inside = [
                c for c in claims if first <= c.span[0] and c.span[1] <= first + len(myth) + 1
            ]
            assert not inside, myth


def test_every_sentence_of_the_article_is_accounted_for(shared: Path) -> None:
    text = (shared / "seed" / "article.txt").read_text("utf-8")
    reading = read(text, date(2026, 1, 25))
    spans = [part.span for part in (*reading.claims, *reading.unread)]
    for sentence in re.split(r"\n+|(?<=[.!?]) (?=[A-Z])", text):
        start = text.find(sentence)
        assert not sentence or any(a < start + len(sentence) and start < b for a, b in spans), (
            sentence
        )
