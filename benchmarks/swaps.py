"""Swapped inputs stay honest: the supported development claims, made false in one place.

    python benchmarks/swaps.py [--home DIR]

Every claim of the shared file that comes out as supported is told again with one number outside
its precision, with one country for another, or with one word of direction turned. Prints how many
of these are still supported, and every one of them, as Markdown: some are true, and the list is
there to be read.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from math import isinf
from pathlib import Path

from saiken.archive.archive import Archive
from saiken.archive.importer import import_folder
from saiken.claims.claim import Claim, Predicate
from saiken.claims.judging import judge
from saiken.claims.reading import read
from saiken.claims.verdict import Report, Ruling
from saiken.terms.quantity import Quantity

SHARED = Path(__file__).parents[2] / "shared"
FACTOR = 1.7
"""Outside the precision of any two digits, short of the ten times that make a slip of scale."""

LEAST = 3
"""Units of the last digit by which a number must have moved to be outside its precision."""

NUMBER = re.compile(
    r"(?<![\w.,-])(\d[\d,]*(?:\.\d+)?)"
    r"(?=\s?(?:bn|tn|mn|billion|trillion|million|%|bp|basis|percent|per cent|pp))"
)
OPPOSITES = (
    "rose fell", "rise fall", "rises falls", "rising falling", "up down", "above below",
    "bought sold", "buyer seller", "buyers sellers", "purchases sales", "purchase sale",
    "increased decreased", "increase decrease", "gained lost", "higher lower", "highest lowest",
    "high low", "climbed dropped", "climb drop", "surged plunged", "surge plunge", "jumped sank",
    "more less", "added shed", "strengthened weakened", "over under", "exceeded undershot",
    "buying selling", "topped undershot", "highs lows", "inflow outflow", "inflows outflows",
)  # fmt: skip
TURNED = {a: b for pair in OPPOSITES for a, b in (pair.split(), pair.split()[::-1])}
COUNTRIES = {
    "Japan": "Norway", "Japanese": "Norwegian", "Tokyo": "Oslo",
    "China": "Ireland", "Chinese": "Irish", "Beijing": "Dublin",
    "Britain": "Brazil", "UK": "Brazil", "British": "Brazilian", "United Kingdom": "Brazil",
    "Belgium": "Korea", "France": "India", "Canada": "Singapore", "Switzerland": "Mexico",
    "Luxembourg": "Australia", "Ireland": "Saudi Arabia", "Taiwan": "Spain", "India": "Israel",
}  # fmt: skip


def words(text: str, table: dict[str, str]) -> Iterator[str]:
    """The text with one word of the table replaced, for each place where one stands."""
    pattern = re.compile(rf"\b({'|'.join(sorted(table, key=len, reverse=True))})\b")
    for found in pattern.finditer(text):
        yield text[: found.start()] + table[found[1]] + text[found.end() :]


def numbers(text: str, report: Report) -> Iterator[str]:
    """The text with one number moved to where what is said of it is false."""
    for found in NUMBER.finditer(text):
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
                yield text[: found.start()] + f"{moved:,.{places}f}" + text[found.end() :]


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


def said(text: str, day: date) -> list[tuple[object, ...]]:
    """What a text claims, as far as a swap could change it."""
    return [
        (c.predicate, c.subject, c.versus, c.direction, c.extreme, c.quantity)
        for c in read(text, day).claims
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = args.home or Path(folder)
        if args.home is None:
            import_folder(SHARED / "data", home)
        archive = Archive.open(home, embedded=False)
        _told(archive)


def _told(archive: Archive) -> None:
    tried: Counter[str] = Counter()
    aside: Counter[str] = Counter()
    still: dict[str, list[str]] = {"number": [], "country": [], "direction": []}
    supported = 0
    for line in (SHARED / "claims" / "dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["verdict"] != "supported" or row["language"] != "en":
            continue
        day = date.fromisoformat(row["published"])

        def judged(text: str, day: date = day) -> Report:
            return judge(read(text, day), archive, day)

        report = judged(row["text"])
        if report.overall is not Ruling.SUPPORTED:
            continue
        supported += 1
        text = row["text"]
        swaps: dict[str, Callable[[], Iterator[str]]] = {
            "number": lambda text=text, report=report: numbers(text, report),
            "country": lambda text=text: words(text, COUNTRIES),
            "direction": lambda text=text: words(text, TURNED),
        }
        for kind, swap in swaps.items():
            for other in swap():
                tried[kind] += 1
                aside[kind] += said(other, day) == said(text, day)
                if judged(other).overall is Ruling.SUPPORTED:
                    mark = " (read the same)" if said(other, day) == said(text, day) else ""
                    still[kind].append(f"{row['id']}: {other}{mark}")
    print(f"{supported} supported claims; a word read the same either way stands in an aside.\n")
    print("| swapped | tried | read the same | still supported | honest |\n|---|---|---|---|---|")
    for kind, found in still.items():
        share = 1 - len(found) / max(1, tried[kind])
        print(f"| {kind} | {tried[kind]} | {aside[kind]} | {len(found)} | {share:.1%} |")
    for kind, found in still.items():
        print(f"\n{kind}:\n", *(f"- {text}" for text in found), sep="\n")


if __name__ == "__main__":
    main()
