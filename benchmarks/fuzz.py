"""Looks for a text that the reader cannot take: `python benchmarks/fuzz.py --minutes 20 [--seed 1]`.

Sentences of our own (and, where they are at hand, of the development claims) are cut, spliced,
repeated and salted with what breaks readers: markup, entities, signs of other scripts, invisible
marks; their numbers, hedges, times, words and clauses are exchanged for others that make sense in
their place or do not (no months, minus three times, years before the first). Of each text it must
hold that reading

- raises nothing, and says something of it where it has a letter or a digit beside links and tags;
- gives spans inside the text, whose text is that slice; amounts that are numbers and lie within
  their bounds; periods that end no earlier than they begin; scores from 0 to 1; of every other
  reading of the same words too;
- gives the same again, and can be written as text and as JSON;
- takes no longer than so many microseconds a character (a text that does is tried again alone).

One in `JUDGED` is judged as of some day on the embedded snapshot: the judge fails on nothing, and
the report can be written as text, JSON and HTML. One in `STRETCHED` is a piece repeated between two
others: ten times as much of it may take `GROWTH` times as long, if three times as much again goes on so.

A text that fails is made as short as it can be while it still fails, and printed.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from saiken.archive.archive import Archive
from saiken.claims.claim import Claim, Reading
from saiken.claims.judging import judge
from saiken.claims.reading import read
from saiken.claims.reading.normalise import normalise
from saiken.claims.verdict import Ruling
from saiken.reports.html import report_html
from saiken.reports.reading_text import reading_text
from saiken.reports.report_json import reading_json, report_json
from saiken.reports.terminal import Screen
from saiken.reports.text import report_text

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
NUMBERS = [
    "0", "-0", "0.0", "1", "-7", "-0.3", "3.14159", "99.9", "100", "-100", "150", "1/3", "1900", "2030", "9999", "1e9", "1,234", "0.000000000001",
    "12345678901234567890", "3-5", "5-3", "5 to 3", "-5 to 3", "from 5 to 3", "half a", "a third", "two and a half", "zero", "twelve", "twice", "٣", "፩", "２５", "〇", "十百千",
    "二十", "一", "0分の5", "3分の1", "半分", "5~3", "3兆5千億", "0兆0億", "数十",
]  # fmt: skip
"""What stands where a number stood."""
HEDGES = [
    "more than ", "less than ", "about ", "nearly ", "not quite ", "at least ", "up to ", "as much as ", "just over ", "over ", "minus ", "negative ", "-", "+", "-$", "between ",
    "from ", "every ", "約", "およそ", "最大で", "少なくとも", "マイナス", "ほぼ", "過去", "第",
]  # fmt: skip
"""What stands before a number."""
COUNTED = [
    "%", " %", "bp", " basis points", "pp", " billion", "bn", "tn", " trillion yen", "x", "-fold", " times", " contracts", "-year", "-month", " months", " straight months",
    "th time", " of 5 days", " years ago", " of GDP", "% of its peak", "倍", "倍超え", "億円超", "兆ドル台", "%以上", "%程度", "円台半ば", "年ぶり", "か月連続", "回目", "割", "枚",
    "年債", "分の1", "位", "日", "月", "年度", "弱", "強", "余り",
]  # fmt: skip
"""What stands after a number."""
TIMES = [
    "since 1999", "since the first 0 days of 2025", "in the first 0 weeks of March", "in 0 years", "in 9999 years", "from November 2025 to October 2025", "between 2025 and 2020",
    "from January 5 to January 3", "in the 0 months to November", "as of Feb 30", "on 31 April", "in the week to 0 January", "5000 decades ago", "in FY2400", "in fiscal 0", "a year earlier",
    "in Q4 1900", "over the past 0 days", "at year-end", "in the 99 quarters to March", "in early February 2024", "by 2100", "for the third time", "last week", "since last month",
    "令和99年", "昭和0年", "平成元年以来", "2025年11月から2024年10月まで", "0年ぶり", "9999年ぶり", "13月に", "2月30日", "第5四半期", "0月0日", "過去0か月で", "2025年度上期", "前年同月比",
    "1月第5週", "先々月末", "99年度", "3日以降", "年末時点で", "12月32日までの週に",
]  # fmt: skip
"""What dates a clause, or does not."""
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


_NUMBER = re.compile(r"\d[\d.,]*|[一二三四五六七八九十]+")
_WORD = re.compile(r"[A-Za-z']+|[ァ-ヶー]+|[一-龠]+|[ぁ-ん]+")
_CLAUSE = re.compile(r"[,;、。]\s*|\s(?=and |but |while |which |after |as )|(?<=[がで])")


def _one_of(rnd: random.Random, pattern: re.Pattern[str], text: str) -> tuple[int, int]:
    """Where one of what the pattern finds stands; somewhere if it finds nothing."""
    found = [match.span() for match in pattern.finditer(text[:2000])]
    return rnd.choice(found) if found else (len(text) // 2, len(text) // 2)


def _other_number(rnd: random.Random, text: str, _: list[str]) -> str:
    start, end = _one_of(rnd, _NUMBER, text)
    return text[:start] + rnd.choice(NUMBERS) + text[end:]


def _other_amount(rnd: random.Random, text: str, _: list[str]) -> str:
    start, end = _one_of(rnd, _NUMBER, text)
    lead, tail = rnd.choice(("", rnd.choice(HEDGES))), rnd.choice(("", rnd.choice(COUNTED)))
    return text[:start] + lead + text[start:end] + tail + text[end:]


def _other_word(rnd: random.Random, text: str, texts: list[str]) -> str:
    start, end = _one_of(rnd, _WORD, text)
    other = rnd.choice(texts)
    first, last = _one_of(rnd, _WORD, other)
    return text[:start] + other[first:last] + text[end:]


def _other_clause(rnd: random.Random, text: str, texts: list[str]) -> str:
    clause = rnd.choice([piece for piece in _CLAUSE.split(rnd.choice(texts)) if piece] or [""])
    start, end = _one_of(rnd, _CLAUSE, text)
    return text[:end] + clause + text[start:]


def _dated(rnd: random.Random, text: str, _: list[str]) -> str:
    at = rnd.choice((0, *_one_of(rnd, _CLAUSE, text), *_one_of(rnd, _WORD, text), len(text)))
    return f"{text[:at]} {rnd.choice(TIMES)} {text[at:]}" if text.isascii() else text[:at] + rnd.choice(TIMES) + text[at:]  # fmt: skip


def _other_case(rnd: random.Random, text: str, _: list[str]) -> str:
    return rnd.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def _joined(rnd: random.Random, text: str, texts: list[str]) -> str:
    return text + rnd.choice((" ", "\n", "; ", ", ", " and ", "")) + rnd.choice(texts)


def _noise(rnd: random.Random, _: str, __: list[str]) -> str:
    size = rnd.choice((1, 5, 50, 400))
    return "".join(chr(rnd.choice((rnd.randrange(128), rnd.randrange(0x3100), rnd.randrange(0x110000)))) for _ in range(size))  # fmt: skip


CHANGES: tuple[Change, ...] = (
    _spliced, _salted, _salted, _salted, _cut, _repeated, _swapped, _other_case, _joined,
    _other_number, _other_number, _other_amount, _other_amount, _other_word, _other_word, _other_clause, _dated, _dated,
)  # fmt: skip
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
        json.dumps(reading_json(told), allow_nan=False)
        reading_text(told, PLAIN)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        return f"{type(error).__name__}: {error}"
    return ""


def _unsound(claim: Claim) -> list[str]:
    """What does not hold of a claim, or of another reading of it."""
    out = []
    told, base, since = claim.quantity, claim.base, claim.since
    if told is not None and not (math.isfinite(told.value) and told.low <= told.value <= told.high):
        out.append(f"an amount out of its bounds: {told}")
    periods = (claim.period, since, claim.published, base.period if base is not None else None)
    if any(period is not None and period.end < period.start for period in periods):
        out.append("a period that ends before it begins")
    if claim.count is not None and not (math.isfinite(claim.count) and claim.count >= 0):
        out.append(f"a count of {claim.count}")
    if not 0 <= claim.confidence <= 1:
        out.append(f"a score of {claim.confidence}")
    return out + [fault for other in claim.alternatives for fault in _unsound(other)]


def _faults(told: Reading) -> list[str]:
    out = []
    text = told.text
    for part in (*told.claims, *told.unread):
        first, last = part.span
        if not 0 <= first <= last <= len(text) or text[first:last] != part.text:
            out.append(f"a span that is not its text: {part.span}")
    for claim in told.claims:
        out += _unsound(claim)
        if not all(0 <= a <= b <= len(text) for a, b in claim.leftover):
            out.append(f"words left over outside the text: {claim.leftover}")
    if not told.claims and not told.unread and re.search(r"[A-Za-z0-9]", normalise(text).text):
        out.append("nothing is said of it")
    return out


JUDGED = 50
STRETCHED = 1000
PLAIN = Screen()


def judged_wrong(text: str, dated: date, as_of: date, archive: Archive) -> str:
    """What does not hold of the report on a text; `` if all does."""
    try:
        report = judge(read(text, dated), archive, as_of)
        failed = [v.reasons[0] for v in report.verdicts if v.ruling is Ruling.CHECK_FAILED]
        if failed:
            return f"judge: {failed[0]}"
        json.dumps(report_json(report), allow_nan=False)
        report_text(report, PLAIN).encode()
        report_html(report, archive).encode()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        return f"report, {type(error).__name__}: {error}"
    return ""


GROWTH = 30
"""How many times as long ten times the text may take; what grows by the square takes a hundred."""
STEADY = 6
"""And three times as much again, which by the square takes nine times as long. What only stops being
noise on the way, so that it is read, is slower once.
"""


def grows(rnd: random.Random, texts: list[str], dated: date) -> str:
    """A text of a piece repeated of which ten times as much takes too long; `` if none does."""
    head, tail = (rnd.choice(("", rnd.choice(texts))) for _ in range(2))
    piece = rnd.choice((rnd.choice(SALT), _cut_out(rnd, rnd.choice(texts)), made(rnd, texts)[:300]))
    times = LONGEST // (10 * max(1, len(piece)))
    few, many, more = (head + n * piece + tail for n in (times, 10 * times, 30 * times))
    for _ in range(2):  # what others did on the machine is not looked for
        small = max(seconds(few, dated), 0.01)
        large = seconds(many, dated)
        if large <= GROWTH * small or seconds(more, dated) <= STEADY * large:
            return ""
    return f"{head!r} + {times} * {piece!r} + {tail!r}"


def _cut_out(rnd: random.Random, text: str) -> str:
    at = rnd.randrange(len(text) + 1)
    return text[at : at + rnd.randrange(1, 12)] or " "


def seconds(text: str, dated: date) -> float:
    start = time.process_time()
    read(text, dated)
    return time.process_time() - start


def slow(text: str, dated: date) -> bool:
    """Whether a text takes too long at its best of three times, for others use the machine too."""
    return min(seconds(text, dated) for _ in range(3)) > QUICK + A_CHARACTER * len(text)


SHOWN = 5
"""So many texts of each kind of failure are printed."""
MOST_JUDGED = 2000
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
    with tempfile.TemporaryDirectory() as empty:
        return look(rnd, texts, Archive.open(Path(empty)), args)


def day(rnd: random.Random) -> date:
    """A day on which a text may have been written; rarely, one on which none was."""
    some = date.fromordinal(rnd.randrange(1, 3_652_060))
    near = date.fromordinal(rnd.randrange(date(2012, 1, 1).toordinal(), date(2027, 1, 1).toordinal()))  # fmt: skip
    return rnd.choice((date(2026, 1, 25), near, near, near, some, date.min, date.max))


def look(rnd: random.Random, texts: list[str], archive: Archive, args: argparse.Namespace) -> int:
    """Tries texts for so many minutes and tells what was found; 1 if anything was."""
    ends = time.monotonic() + 60 * args.minutes
    tried, characters, found = Counter[str](), 0, Counter[str]()
    worst = (0.0, 0)
    read(texts[0], date(2026, 1, 25))
    while time.monotonic() < ends:
        text, dated = made(rnd, texts), day(rnd)
        took = time.process_time()
        why = wrong(text, dated)
        took = (time.process_time() - took) / 2
        worst = max(worst, (took, len(text)))
        if not why and took > QUICK + A_CHARACTER * len(text) and slow(text, dated):
            why = "too slow"
        fails: Callable[[str], object] = lambda t: wrong(t, dated)  # noqa: B023, E731
        if why == "too slow":
            fails = lambda t: slow(t, dated)  # noqa: B023, E731
        if not why and len(text) < MOST_JUDGED and not rnd.randrange(JUDGED):
            as_of = rnd.choice((dated, day(rnd)))
            fails = lambda t: judged_wrong(t, dated, as_of, archive)  # noqa: B023, E731
            why = str(fails(text))
            tried["judged"] += 1
        if why:
            name = why.split(":")[0]
            found[name] += 1
            if found[name] <= SHOWN:
                print(f"{why}\n    {dated} {shortened(text, lambda t: bool(fails(t)))!r}", flush=True)  # noqa: B023  # fmt: skip
        if not rnd.randrange(STRETCHED):
            tried["stretched"] += 1
            if why := grows(rnd, texts, dated):
                found["grows"] += 1
                print(f"grows faster than its length\n    {dated} {why}", flush=True)
        tried["texts"], characters = tried["texts"] + 1, characters + len(text)
    print(f"{tried['texts']:,} texts, {characters:,} characters, {tried['judged']:,} judged, {tried['stretched']:,} stretched, {args.minutes:g} minutes, seed {args.seed}")  # fmt: skip
    print(f"slowest: {1000 * worst[0]:.0f} ms for {worst[1]:,} characters")
    print("found: " + (", ".join(f"{n} × {why}" for why, n in found.items()) or "nothing"))
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
