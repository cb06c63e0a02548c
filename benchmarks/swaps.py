"""Swapped inputs stay honest: the supported development claims, made false in one place.

    python benchmarks/swaps.py [--home DIR] [--claims FILE]

Every claim of the shared file that comes out as supported is told again with one number outside
its precision, with one country for another, or with one word of direction turned. Some of what
comes of that is true all the same: swaps.toml lists it with the figures that make it so, which are
looked up. Prints what is supported still, as Markdown; exit code 1 if more than 2 % of all swaps
are that are not listed as true, or if an entry of the list no longer holds.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isinf
from pathlib import Path
from typing import Any

from saiken.archive.archive import Archive
from saiken.archive.importer import import_folder
from saiken.claims.claim import Claim, Predicate
from saiken.claims.judging import judge
from saiken.claims.reading import read
from saiken.claims.verdict import Report, Ruling
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity

SHARED = Path(__file__).parents[2] / "shared"
TABLES = Path(__file__).with_suffix(".toml")
ALLOWED = 0.02

FACTOR = 1.7
"""Outside the precision of any two digits, short of the ten times that make a slip of scale."""

LEAST = 3
"""Units of the last digit by which a number must have moved to be outside its precision."""


@dataclass(frozen=True, slots=True)
class Swap:
    """One sentence made false: `kind` is number, country or direction; `word` became `other`."""

    kind: str
    word: str
    other: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.word} -> {self.other}"


@dataclass(frozen=True, slots=True)
class Words:
    """What can be swapped in one language."""

    amount: re.Pattern[str]
    turned: Mapping[str, str]
    countries: Mapping[str, str]
    edge: str
    not_turned: re.Pattern[str]
    """A word of direction that is none where it stands, matched from its start."""

    @classmethod
    def of(cls, table: Mapping[str, object]) -> Words:
        pairs = [str(pair).split() for pair in _list(table["opposites"])]
        return cls(
            amount=re.compile(str(table["amount"])),
            turned=dict((*((a, b) for a, b in pairs[::-1]), *((b, a) for a, b in pairs[::-1]))),
            countries=dict(str(pair).split("=") for pair in _list(table["countries"])),
            edge=str(table["edge"]),
            not_turned=re.compile(str(table["not_turned"])),
        )

    def swaps(self, text: str, report: Report) -> Iterator[Swap]:
        for start, word, other in self.numbers(text, report):
            yield _swap("number", text, start, word, other)
        for start, word in self._each(self.countries, text):
            yield _swap("country", text, start, word, self.countries[word])
        for start, word in self._each(self.turned, text):
            if not self.not_turned.match(text, start):
                yield _swap("direction", text, start, word, self.turned[word])

    def _each(self, table: Mapping[str, str], text: str) -> Iterator[tuple[int, str]]:
        names = "|".join(map(re.escape, sorted(table, key=len, reverse=True)))
        for found in re.finditer(f"{self.edge}(?:{names}){self.edge}", text):
            yield found.start(), found[0]

    def numbers(self, text: str, report: Report) -> Iterator[tuple[int, str, str]]:
        """Each number with what it can be moved to, so that what is said of it is false."""
        for found in self.amount.finditer(text):
            stated = float(found[1].replace(",", ""))
            ways = {
                way
                for verdict in report.verdicts
                if (quantity := verdict.claim.quantity) is not None
                and _digits(abs(quantity.value)) == _digits(stated)
                for way in _false_ways(quantity, verdict.claim)
            }
            for way in sorted(ways):
                places = len(found[1].partition(".")[2])
                moved = round(stated * FACTOR**way, places)
                if round(moved * 10**places) % 10 == 0:  # a round number is stated less precisely
                    moved += way * 10**-places
                if moved > 0 and abs(moved - stated) > LEAST * 10**-places:
                    yield found.start(), found[1], f"{moved:,.{places}f}"


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _swap(kind: str, text: str, start: int, word: str, other: str) -> Swap:
    return Swap(kind, word, other, text[:start] + other + text[start + len(word) :])


def _digits(value: float) -> str:
    return f"{value:.12e}".partition("e")[0].rstrip("0")


def _false_ways(quantity: Quantity, claim: Claim) -> tuple[int, ...]:
    """Away from the truth: up for "over", down for "under", either way for a plain number.

    Of a fall, over is further below zero.
    """
    sign = -1 if quantity.value < 0 else 1
    if isinf(quantity.high) or isinf(quantity.low):
        return (sign,) if isinf(quantity.high) else (-sign,)
    if claim.predicate is Predicate.THRESHOLD:
        return (claim.direction or 1,)
    return (1, -1)


@dataclass(frozen=True, slots=True)
class Known:
    """A swap that is supported still, and why: it is `true`, by figures, or of an `unjudged` part.

    Each figure is "series period value", as the archive holds it on the day of the claim.
    """

    claim: str
    swap: str
    why: str
    figures: tuple[str, ...] = ()

    def unborne(self, archive: Archive, day: date) -> list[str]:
        return [told for told in self.figures if not _is_so(told, archive, day)]


def _is_so(told: str, archive: Archive, day: date) -> bool:
    series, period, value = told.rsplit(" ", 2)
    view = archive.view(series, day)
    at = view.find(Period.parse(period)) if view is not None else None
    return view is not None and at is not None and view.values[at] == float(value)


@dataclass(slots=True)
class Count:
    """What came of the swaps of one kind in one language."""

    tried: int = 0
    true: int = 0
    unjudged: int = 0
    left: list[str] = field(default_factory=list)

    @property
    def honest(self) -> int:
        """All but those supported still that are not true."""
        return self.tried - self.unjudged - len(self.left)


@dataclass(slots=True)
class Tally:
    """All swaps, held against what is known of them."""

    true: dict[tuple[str, str], Known]
    unjudged: dict[tuple[str, str], Known]
    counts: dict[tuple[str, str], Count] = field(default_factory=dict)
    claims: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, row: Mapping[str, str], archive: Archive, tables: Mapping[str, Words]) -> None:
        """Every swap of one claim of the shared file, if it is supported as it stands."""
        day, language = date.fromisoformat(row["published"]), row["language"]
        report = judge(read(row["text"], day), archive, day)
        if report.overall is not Ruling.SUPPORTED:
            return
        self.claims += 1
        for swap in tables[language].swaps(row["text"], report):
            count = self.counts.setdefault((language, swap.kind), Count())
            count.tried += 1
            if judge(read(swap.text, day), archive, day).overall is not Ruling.SUPPORTED:
                continue
            key = row["id"], swap.name
            if (known := self.true.pop(key, None)) is not None:
                count.true += 1
                self.faults += [f"{row['id']}: {told}" for told in known.unborne(archive, day)]
            elif self.unjudged.pop(key, None) is not None:
                count.unjudged += 1
            else:
                count.left.append(f"{row['id']} ({swap.name}): {swap.text}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--claims", type=Path, default=SHARED / "claims" / "dev.jsonl")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = args.home or Path(folder)
        if args.home is None:
            import_folder(SHARED / "data", home)
        return _run(Archive.open(home, embedded=False), args.claims)


def _run(archive: Archive, claims: Path) -> int:
    told = tomllib.loads(TABLES.read_text("utf-8"))
    tables = {language: Words.of(table) for language, table in told["words"].items()}
    tally = Tally(*(_known(told.get(name, ())) for name in ("true", "unjudged")))
    for line in claims.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row.get("verdict", "supported") == "supported":
            tally.add({"language": "en", **row}, archive, tables)
    return _told(tally)


def _known(entries: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], Known]:
    found = [Known(**{**e, "figures": tuple(e.get("figures", ()))}) for e in entries]
    return {(known.claim, known.swap): known for known in found}


def _told(tally: Tally) -> int:
    print(f"{tally.claims} supported claims, told again with one thing made false.\n")
    print("| language | swapped | tried | true as swapped | not judged | left | honest |")
    print("|---|---|---|---|---|---|---|")
    for (language, kind), of in tally.counts.items():
        cells = (language, kind, of.tried, of.true, of.unjudged, len(of.left))
        print("|", *(f"{cell} |" for cell in cells), f"{of.honest / of.tried:.1%} |")
    tried, honest = (
        sum(getattr(of, name) for of in tally.counts.values()) for name in ("tried", "honest")
    )
    print(f"\nOf all {tried}, {honest / max(1, tried):.1%}.\n")
    left = [f"- {text}" for of in tally.counts.values() for text in of.left]
    stale = [f"- no longer supported: {' '.join(key)}" for key in (*tally.true, *tally.unjudged)]
    stale += [f"- not the figure: {told}" for told in tally.faults]
    print(*left, *stale, sep="\n")
    return 1 if stale or honest < (1 - ALLOWED) * tried else 0


if __name__ == "__main__":
    sys.exit(main())
