"""Bundles: a verdict with everything that it rests on, to be replayed anywhere and years later.

Form and guarantees are described in docs/bundles.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from saiken import __version__
from saiken.archive.archive import Archive
from saiken.archive.errors import ArchiveError
from saiken.archive.extract import Extract, canonical, damaged, extract
from saiken.archive.recorder import Recorder
from saiken.archive.source import Source
from saiken.claims.check import Question, check
from saiken.claims.verdict import Report
from saiken.measures.lazily import comovement
from saiken.publishers import catalog as catalogs
from saiken.reports.report_json import report_json
from saiken.scenarios.witness import witness

SCHEMA = "saiken.bundle/1"
VERIFICATION = "saiken.verification/1"
SHOWN = 20

Json = dict[str, Any]


class BundleError(ValueError):
    """What was given is no bundle."""


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a bundle still gives its verdict.

    problems  what no longer holds, the gravest first; none where it holds
    notes     what is worth knowing beside that
    """

    text: str
    overall: str
    made_by: str
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.problems


def bundled(text: str, question: Question, archive: Archive) -> tuple[Report, str]:
    """The report on a text, and its bundle as canonical JSON that ends in a newline."""
    kept: list[Recorder] = []

    def wrap(source: Source) -> Source:
        kept.append(Recorder(source))
        return kept[0]

    report = check(text, question, archive.over(wrap), comovement=comovement, witness=witness)
    content: Json = {
        "engine": __version__,
        "text": text,
        "asked": _asked(question),
        "report": report_json(report),
        "evidence": extract(kept[0], catalogs.load()),
    }
    bundle = {"schema": SCHEMA, "sha256": _hash(content), "content": content}
    return report, canonical(bundle) + "\n"


def verify(data: bytes) -> Verification:
    """Replay a bundle from its own figures. Raises BundleError if it is none."""
    bundle = _parsed(data)
    content = bundle["content"]
    problems: list[str] = []
    if _hash(content) != bundle["sha256"]:
        problems.append(
            "The bundle was changed after it was written: its content does not have its SHA-256."
        )
    replayed: Json | None = None
    try:
        problems += damaged(content["evidence"])
        catalog = catalogs.load()
        archive = Archive(Extract(content["evidence"], catalog), catalog)
        question = _question(content["asked"])
        report = check(content["text"], question, archive, comovement=comovement, witness=witness)
        replayed = report_json(report)
        replayed = json.loads(canonical(replayed))
    except ArchiveError as error:
        problems.append(f"It cannot be replayed: {error}.")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problems.append(f"It cannot be replayed: {type(error).__name__}: {error}.")
    notes = []
    if replayed is not None:
        gravest, lesser = _differences(content.get("report"), replayed)
        problems += gravest
        if content.get("engine") == __version__:
            problems += lesser
        elif lesser:
            notes = [f"Told otherwise by this version: {line}" for line in lesser]
    return _verification(content, problems, notes)


def verification_json(found: Verification) -> Json:
    return {
        "schema": VERIFICATION,
        "engine": __version__,
        "made_by": found.made_by,
        "holds": found.holds,
        "overall": found.overall,
        "problems": list(found.problems),
        "notes": list(found.notes),
    }


def _verification(content: Json, problems: list[str], notes: list[str]) -> Verification:
    report = content.get("report")
    overall = report.get("overall") if isinstance(report, dict) else "no report"
    return Verification(
        text=str(content.get("text", "")),
        overall=str(overall),
        made_by=str(content.get("engine")),
        problems=tuple(problems),
        notes=tuple(notes),
    )


def _parsed(data: bytes) -> Json:
    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=_once)
    except RecursionError:
        raise BundleError("it is nested too deeply") from None
    except ValueError as error:
        raise BundleError(f"it is not JSON in UTF-8 ({error})") from None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise BundleError(f"it does not say that it is {SCHEMA}")
    if not isinstance(found.get("content"), dict) or "sha256" not in found or len(found) != 3:
        raise BundleError("it lacks its content or its SHA-256, or has more than these")
    return found


def _once(pairs: list[tuple[str, Any]]) -> Json:
    """A key that comes twice would let two readers see two contents."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key comes twice")
    return found


def _hash(content: Json) -> str:
    try:
        return sha256(canonical(content).encode("utf-8")).hexdigest()
    except ValueError as error:  # an unpaired surrogate, an infinite number
        raise BundleError(f"its content is not canonical JSON ({error})") from None


def _asked(question: Question) -> Json:
    return {
        "as_of": question.as_of.isoformat(),
        "dated": question.dated.isoformat(),
        "strict": question.strict,
        "since": question.since,
        "until": question.until.isoformat() if question.until else None,
        "surface": question.surface,
        "nowcast": question.nowcast,
        "scenario": question.scenario,
    }


def _question(asked: Json) -> Question:
    return Question(
        as_of=date.fromisoformat(asked["as_of"]),
        dated=date.fromisoformat(asked["dated"]),
        strict=asked["strict"],
        since=asked["since"],
        until=date.fromisoformat(asked["until"]) if asked["until"] else None,
        surface=asked["surface"],
        nowcast=asked.get("nowcast", False),  # bundles made before there were any lack them
        scenario=asked.get("scenario", False),
    )


# -- what no longer holds -------------------------------------------------------------------------


def _differences(was: Any, now: Json) -> tuple[list[str], list[str]]:
    """Where verdicts and figures differ, and where only the telling does."""
    if not isinstance(was, dict) or not isinstance(was.get("claims"), list):
        return ["It does not hold its own report."], []
    gravest: list[str] = []
    if was.get("overall") != now["overall"]:
        gravest.append(f"Overall it was {was.get('overall')}; replayed, it is {now['overall']}.")
    if len(was["claims"]) != len(now["claims"]):
        gravest.append(f"It had {len(was['claims'])} claims; replayed, {len(now['claims'])}.")
    for place, (old, new) in enumerate(zip(was["claims"], now["claims"], strict=False), start=1):
        gravest += _claim(f"Claim {place}", old, new)
    own = {"engine", "overall", "claims"}
    rest = {key: value for key, value in was.items() if key not in own}
    lesser = _told("Report", rest, {key: value for key, value in now.items() if key not in own})
    for place, (old, new) in enumerate(zip(was["claims"], now["claims"], strict=False), start=1):
        lesser += _told(f"Claim {place}", old, new)
    return gravest, list(lesser) if not gravest else []


def _claim(name: str, was: Any, now: Json) -> Iterator[str]:
    if not isinstance(was, dict):
        yield f"{name} cannot be read."
        return
    if was.get("verdict") != now["verdict"]:
        yield f"{name} was {was.get('verdict')}; replayed, it is {now['verdict']}: {now['reasons'][0]}"
    old, new = was.get("figures"), now["figures"]
    if old != new:
        pairs = zip(old, new, strict=False) if isinstance(old, list) else ()
        changed = [(a, b) for a, b in pairs if a != b]
        for a, b in changed[:SHOWN]:
            yield f"{name}: the figure {canonical(a)} is, replayed, {canonical(b)}."
        if not changed:
            yield f"{name} rested on other figures."


def _told(name: str, was: Json, now: Json) -> list[str]:
    return [
        f"{name}: {key} was {_short(was.get(key))}; replayed, it is {_short(now.get(key))}."
        for key in sorted({*was, *now})
        if was.get(key) != now.get(key) and key not in {"verdict", "figures"}
    ]


def _short(value: Any) -> str:
    text = canonical(value)
    return text if len(text) <= 120 else text[:119] + "…"
