"""Looks for a text that the reader cannot take: `python benchmarks/fuzz.py --minutes 20 [--seed 1]`.

Sentences of our own (and, where they are at hand, of the development claims) are cut, spliced,
repeated, stretched and salted with what breaks readers: markup, entities, signs of other scripts,
invisible marks, huge numbers, dates that do not exist. Of each text it must hold that reading

- raises nothing, and says something of it where it has a letter or a digit beside links and tags;
- gives spans inside the text, whose text is that slice; amounts that lie within their bounds;
  periods that end no earlier than they begin; scores from 0 to 1;
- gives the same again;
- takes no longer than so many microseconds a character (a text that does is tried again alone).

A text that fails is made as short as it can be while it still fails, and printed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from saiken.claims.claim import Reading
from saiken.claims.reading import read
from saiken.claims.reading.normalise import normalise

HERE = Path(__file__).parents[1]
OWN = [
    HERE / "tests/claims/reading/sentences.txt",
    *sorted((HERE / "tests/claims/reading/japanese").glob("*.txt")),
]
SALT = [
    "<b>", "</b>", "<a href='", "<!--", "&nbsp;", "&#x24;", "&#0;", "&#1114112;", "&", "<", ">", "🚨", "🇯🇵", "👨‍👩‍👧", "\u200b", "\u200f", "\u202e", "\u2066", "\ufeff",
    "\u0301", "\u00ad", "\u2028", "\u2029", "\x00", "\x85", "\ud800", "\U0010ffff", "ﬁ", "ſ", "İ", "ß", "٣", "३", "１２", "½", "²", "…", "—", "–", "−", "“", "”", "’", "'", '"', "`",
    "$", "¥", "€", "£", "₩", "%", "bp", "兆", "億", "円", "万", "%ポイント", "、", "。", "「", "」", "△", "▲", "令和", "元年", "前年同月比", "売り越し", "過去最高", "以来",
    "0", "-0", "00", "1e308", "9" * 30, "0." + "0" * 20 + "1", "1,2,3", "1.2.3", "1,000,000,000,000,000,000", ".5", "5.", "+-5", "31 February", "Feb 30", "2100", "1900", "0000", "9999",
    "32nd", "13th month", "FY0", "FY9999", "Q0", "Q5", "0-year", "99-year", "2s2s", "last", "next", "of of", "not not", "if", "whether", "never", "because", "as of", "since since",
    "from to", "between and", "up to", "a third of a half", "twice thrice", "and and", "((((", "))))", ";;;", "...", "???", "!!!", ", , ,", "- - -", "\n\n", "\n- ", "\t", "#tag", "$BTC", "@user",
    "https://x.y/z?$5bn", "Myth:", "Fact:", "U.S.", "e.g.", "p.a.", "No. 1", "S&P 500",
]  # fmt: skip
"""What readers break on."""
QUICK = 0.1
"""Seconds that any text may take, whatever its length."""
A_CHARACTER = 200e-6
"""Seconds that a text may take for each of its characters beyond that."""


def sentences(shared: Path) -> list[str]:
    """The texts that are changed."""
    out = [
        line
        for path in OWN
        for line in path.read_text("utf-8").splitlines()
        if line and line[0] not in "#=!"
    ]
    for path in sorted(shared.glob("claims/*.jsonl")):
        out += [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    return out


Change = Callable[[random.Random, str, list[str]], str]


def _spliced(rnd: random.Random, text: str, texts: list[str]) -> str:
    other = rnd.choice(texts)
    return text[: rnd.randrange(len(text) + 1)] + other[rnd.randrange(len(other) + 1) :]


def _salted(rnd: random.Random, text: str, _: list[str]) -> str:
    at = rnd.randrange(len(text) + 1)
    return text[:at] + rnd.choice(("", " ")) + rnd.choice(SALT) + rnd.choice(("", " ")) + text[at:]


def _cut(rnd: random.Random, text: str, _: list[str]) -> str:
    at = rnd.randrange(len(text) + 1)
    return text[:at] + text[at + rnd.randrange(1, 12) :]


def _repeated(rnd: random.Random, text: str, _: list[str]) -> str:
    at = rnd.randrange(len(text) + 1)
    piece = text[at : at + rnd.randrange(1, 20)]
    return text[:at] + piece * rnd.choice((2, 3, 10, 100)) + text[at:]


def _swapped(rnd: random.Random, text: str, _: list[str]) -> str:
    words = text.split(" ")
    a, b = rnd.randrange(len(words)), rnd.randrange(len(words))
    words[a], words[b] = words[b], words[a]
    return " ".join(words)


def _other_number(rnd: random.Random, text: str, _: list[str]) -> str:
    number = rnd.choice(("0", "1", "3.14159", "1e9", "-7", "1900", "2030", "12345678901234567890"))
    return re.sub(r"\d[\d.,]*", number, text, count=1)


def _other_case(rnd: random.Random, text: str, _: list[str]) -> str:
    return rnd.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def _joined(rnd: random.Random, text: str, texts: list[str]) -> str:
    return text + rnd.choice((" ", "\n", "; ", ", ", " and ", "")) + rnd.choice(texts)


def _noise(rnd: random.Random, _: str, __: list[str]) -> str:
    size = rnd.choice((1, 5, 50, 400))
    return "".join(chr(rnd.choice((rnd.randrange(128), rnd.randrange(0x3100), rnd.randrange(0x110000)))) for _ in range(size))  # fmt: skip


CHANGES: tuple[Change, ...] = (_spliced, _salted, _salted, _salted, _cut, _repeated, _swapped, _other_number, _other_case, _joined)  # fmt: skip
LONGEST = 20_000


def made(rnd: random.Random, texts: list[str]) -> str:
    """A text to try."""
    if rnd.random() < 0.02:
        return _noise(rnd, "", texts)
    text = rnd.choice(texts)
    for _ in range(rnd.choice((1, 1, 2, 3, 5, 8))):
        text = rnd.choice(CHANGES)(rnd, text, texts)[:LONGEST]
    return text


def wrong(text: str, dated: date) -> str:
    """What does not hold of the reading of a text; `` if all does."""
    try:
        told = read(text, dated)
        if faults := list(_faults(told)):
            return faults[0]
        if read(text, dated) != told:
            return "read otherwise the second time"
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        return f"{type(error).__name__}: {error}"
    return ""


def _faults(told: Reading) -> list[str]:
    out = []
    text = told.text
    for part in (*told.claims, *told.unread):
        first, last = part.span
        if not 0 <= first <= last <= len(text) or text[first:last] != part.text:
            out.append(f"a span that is not its text: {part.span}")
    for claim in told.claims:
        quantity, periods = claim.quantity, (claim.period, claim.since, claim.published)
        if quantity is not None and not quantity.low <= quantity.value <= quantity.high:
            out.append(f"an amount out of its bounds: {quantity}")
        if any(period is not None and period.end < period.start for period in periods):
            out.append("a period that ends before it begins")
        if not 0 <= claim.confidence <= 1:
            out.append(f"a score of {claim.confidence}")
        if not all(0 <= a <= b <= len(text) for a, b in claim.leftover):
            out.append(f"words left over outside the text: {claim.leftover}")
    if not told.claims and not told.unread and re.search(r"[A-Za-z0-9]", normalise(text).text):
        out.append("nothing is said of it")
    return out


def seconds(text: str, dated: date) -> float:
    start = time.process_time()
    read(text, dated)
    return time.process_time() - start


def slow(text: str, dated: date) -> bool:
    """Whether a text takes too long at its best of three times, for others use the machine too."""
    return min(seconds(text, dated) for _ in range(3)) > QUICK + A_CHARACTER * len(text)


PATIENCE = 20.0
"""Seconds after which a text that fails is short enough."""


def shortened(text: str, fails: Callable[[str], bool]) -> str:
    """The text with all left out that is not needed for it to fail."""
    step, ends = max(1, len(text) // 2), time.monotonic() + PATIENCE
    while step:
        at = 0
        while at < len(text) and time.monotonic() < ends:
            less = text[:at] + text[at + step :]
            if fails(less):
                text = less
            else:
                at += step
        step //= 2
    return text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shared", type=Path, default=HERE.parent / "shared")
    args = parser.parse_args()
    rnd, texts = random.Random(args.seed), sentences(args.shared)  # noqa: S311 - no secret
    ends = time.monotonic() + 60 * args.minutes
    tried, characters, found = 0, 0, Counter[str]()
    worst = (0.0, 0)
    read(texts[0], date(2026, 1, 25))
    while time.monotonic() < ends:
        text = made(rnd, texts)
        dated = date(2026, 1, 25) if rnd.random() < 0.5 else date.fromordinal(rnd.randrange(1, 3_652_060))  # fmt: skip
        took = time.process_time()
        why = wrong(text, dated)
        took = (time.process_time() - took) / 2
        worst = max(worst, (took, len(text)))
        if not why and took > QUICK + A_CHARACTER * len(text) and slow(text, dated):
            why = "too slow"
        if why:
            name = why.split(":")[0]
            found[name] += 1
            if found[name] <= 5:
                fails = slow if name == "too slow" else wrong
                print(f"{why}\n    {dated} {shortened(text, lambda t: bool(fails(t, dated)))!r}", flush=True)  # noqa: B023  # fmt: skip
        tried, characters = tried + 1, characters + len(text)
    print(f"{tried:,} texts, {characters:,} characters, {args.minutes:g} minutes, seed {args.seed}")
    print(f"slowest: {1000 * worst[0]:.0f} ms for {worst[1]:,} characters")
    print("found: " + (", ".join(f"{n} × {why}" for why, n in found.items()) or "nothing"))
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
