"""A sentence as a row of marks: what each phrase, amount and time in it may mean."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from saiken.claims.reading import companies, periods, quantities
from saiken.claims.reading.lexicon import Kinds, Lexicon
from saiken.claims.reading.quantities import Amount
from saiken.claims.reading.spans import When
from saiken.claims.reading.tokens import Token, tokenise
from saiken.terms.immutable import immutable
from saiken.terms.period import Period

_TENORS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40, 50}
_WORDS = {
    "two": 2, "three": 3, "five": 5, "seven": 7, "ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_PLURALS = {
    "twos": 2,
    "fives": 5,
    "sevens": 7,
    "tens": 10,
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
}
_NOT_TENOR = (
    r"(?:highs?|lows?|peaks?|troughs?|records?|periods?|average|averages|span|stretch|streak|history|run|anniversary|old|plan|"
    r"horizon|window|range|best|worst|extremes?|ago|earlier|gap between|maximum|minimum)\b"
)
_YEARS = r"(?:\d{1,2}|two|three|five|seven|ten|twenty|thirty|forty|fifty)"
_TENOR = re.compile(
    r"(?<![\w.,$¥€£])(?:"
    r"(?P<k1>\d{1,2})s/?(?P<k2>\d{1,2})s\b"
    rf"|(?P<n>{_YEARS})(?:(?:-|\s)?(?:year|yr)|\s?y)\b(?!\s+" + _NOT_TENOR + r")"
    r"|(?P<mo>\d{1,2}|three|six)-month\b(?!\s+"
    + _NOT_TENOR
    + r")(?=[\s-]+(?:bill|t-bill|treasury|yield|jgb|paper))"
    rf"|(?P<part>{_YEARS})-(?=(?:,? {_YEARS}-)*,? (?:and|or|to) {_YEARS}-(?:year|yr)\b)"
    r"|(?P<s>\d{1,2})s\b(?!\s+of\b)"
    r"|(?P<p>twos|fives|sevens|tens|twenties|thirties|forties)\b(?!\s+of\b)"
    r")",
    re.IGNORECASE,
)
_COUNTS = frozenset((*_WORDS, *_PLURALS, "six"))


@immutable(eq=False)
class Mark:
    """Tokens `first`..`last` (exclusive) of the sentence, characters [start, end).

    `kinds` says what it may be; `item` is the Amount or When of marks of kind `amount`, `when`.
    """

    first: int
    last: int
    start: int
    end: int
    kinds: Kinds
    word: str
    owner: bool = False
    item: Amount | When | None = None

    def get(self, kind: str) -> str:
        return self.kinds.get(kind, "")


@immutable()
class Sentence:
    """`offset` is where the sentence begins in the plain text, `lower` is it and `words` are its
    words in lower case, `kinds` all that its marks may be.
    """

    text: str
    lower: str
    offset: int
    tokens: Sequence[Token]
    marks: Sequence[Mark]
    words: frozenset[str]
    kinds: frozenset[str]

    def all_of(self, kind: str) -> list[Mark]:
        """The marks of a kind in the whole sentence, in order."""
        if kind not in self.kinds:
            return []
        return [mark for mark in self.marks if kind in mark.kinds]

    def marked(self, marks: Sequence[Mark]) -> Sentence:
        """The same sentence with other marks."""
        return replace(self, marks=marks, kinds=kinds_of(marks))


def kinds_of(marks: Sequence[Mark]) -> frozenset[str]:
    return frozenset([kind for mark in marks for kind in mark.kinds])


def _tenor_label(match: re.Match[str]) -> str:
    if match["k1"]:
        low, high = sorted((int(match["k1"]), int(match["k2"])))
        return f"{low}Y-{high}Y" if {low, high} <= _TENORS and low != high else ""
    if match["mo"]:
        count = {"three": 3, "six": 6}.get(match["mo"].lower()) or int(match["mo"])
        return f"{count}M"
    if match["p"]:
        return f"{_PLURALS[match['p'].lower()]}Y"
    word = (match["n"] or match["part"] or match["s"]).lower()
    years = _WORDS.get(word) or (int(word) if word.isdigit() else 0)
    return f"{years}Y" if years in _TENORS else ""


_LENT = re.compile(
    r"\b(?:borrow|lend)(?:s|ing|er|ers)?\b[^.;:]{0,24}?\bfor (?P<first>\d{1,2}|two|three|five|seven|ten|twenty|thirty|forty) years"
    r"(?:(?: instead of| rather than| over| against| and not)(?: for)? (?P<second>\d{1,2}|two|three|five|seven|ten|twenty|thirty)\b(?: years)?)?",
    re.IGNORECASE,
)


def _lent(text: str) -> Iterator[tuple[int, int, str]]:
    """As in "to borrow for 30 years", "lending for 40 years instead of 20": terms of a loan."""
    for match in _LENT.finditer(text):
        for name in ("first", "second"):
            word = (match[name] or "").lower()
            years = _WORDS.get(word) or (int(word) if word.isdigit() else 0)
            if years in _TENORS:
                yield match.start(name), match.end(name), f"{years}Y"


def _tenors(text: str, starts: Sequence[int]) -> list[tuple[int, int, str]]:
    """The maturities [start, end) of a text. Each begins with a number, at one of `starts`."""
    named: list[tuple[int, int, str]] = []
    at = 0
    for start in starts:
        if start >= at and (match := _TENOR.match(text, start)):
            at = match.end()
            if label := _tenor_label(match):
                named.append((start, at, label))
    if not named and ("end" in text or "orrow" in text):
        return list(_lent(text))
    return named


def _phrases(
    tokens: Sequence[Token], words: Iterable[str], taken: Sequence[bool], lexicon: Lexicon
) -> list[Mark]:
    """Longest phrases first, from left to right; hyphens inside a phrase are skipped."""
    marks = []
    free, count = 0, len(tokens)
    for index, begun in enumerate(map(lexicon.phrases.get, words)):
        if begun is None or index < free or taken[index]:
            continue
        kinds, last = begun.alone, index + 1
        at = last + 1 if last < count and tokens[last].raw == "-" else last
        if begun.longer and at < count and not taken[at]:
            for rest, more in begun.longer.get(tokens[at].word, ()):
                if end := _match(tokens, taken, at + 1, rest):
                    kinds, last = more, end
                    break
        if kinds is not None:
            token, ends = tokens[index], tokens[last - 1]
            marks.append(Mark(index, last, token.start, ends.end, kinds, token.word, ends.owner))
        free = last
    return marks


def _match(tokens: Sequence[Token], taken: Sequence[bool], at: int, rest: tuple[str, ...]) -> int:
    """The index after the phrase if it goes on with `rest` at `at`, else 0."""
    count = len(tokens)
    for word in rest:
        if at < count and tokens[at].raw == "-":
            at += 1
        if at >= count or taken[at] or tokens[at].word != word:
            return 0
        at += 1
    # "American debt-to-GDP ratio" is no American debt: a compound that goes on is another word
    goes_on = at + 1 < count and tokens[at].raw == "-" and tokens[at - 1].end == tokens[at].start
    if goes_on and tokens[at + 1].start == tokens[at].end and tokens[at + 1].raw.isalpha():
        return 0
    return at


def mark(text: str, offset: int, day: date, lexicon: Lexicon) -> Sentence:
    """Read the marks of one sentence of the plain text that begins at `offset`."""
    tokens, lower = tokenise(text), text.lower()
    words, starts = [token.word for token in tokens], [token.start for token in tokens]
    known = frozenset(words)
    taken = [False] * len(tokens)
    marks: list[Mark] = []
    numbers = [index for index, token in enumerate(tokens) if token.number]
    if _COUNTS.isdisjoint(known):
        tenors = _tenors(text, [starts[index] for index in numbers])
    else:
        tenors = _tenors(text, [t.start for t in tokens if t.number or t.word in _COUNTS])
    tenor_tokens: set[int] = set()
    for start, end, label in tenors:
        first, last = _range(tokens, starts, start, end)
        tenor_tokens.update(range(first, last))
        _take(taken, first, last)
        marks.append(Mark(first, last, start, end, {"tenor": label}, label))
    times = periods.find(tokens, numbers, tenor_tokens, day)
    blocked = [(start, end) for start, end, _ in tenors]
    blocked += [(when.start, when.end) for when in times]
    for amount in quantities.find(lower, blocked):
        first, last = _range(tokens, starts, amount.start, amount.end)
        _take(taken, first, last)
        marks.append(
            Mark(first, last, amount.start, amount.end, {"amount": amount.kind}, "", item=amount)
        )
        # hedges belong to the amount, except where they name a side ("above 4 %" is a threshold)
        if amount.lead < amount.start:
            lead, _ = _range(tokens, starts, amount.lead, amount.start)
            _take(taken, lead, first)
    for when in times:
        if not any(taken[when.first : when.last]):
            _take(taken, when.first, when.last)
            marks.append(
                Mark(
                    when.first, when.last, when.start, when.end, {"when": when.kind}, "", item=when
                )
            )
    marks += [
        _event(mark, tokens, taken) if "event" in mark.kinds else mark
        for mark in _phrases(tokens, words, taken, lexicon)
    ]
    marks.sort(key=attrgetter("first"))
    told = companies.apart(marks, tokens)
    return Sentence(text, lower, offset, tokens, told, known, kinds_of(told))


def _event(mark: Mark, tokens: Sequence[Token], taken: Sequence[bool]) -> Mark:
    """An event by which people date things ("since Lehman") is a time like any other."""
    if mark.first and taken[mark.first - 1]:  # "the 1997-98 Asian crisis" has told its date
        return replace(mark, kinds={})
    word = periods.preposition(tokens, mark.first)
    when = When(
        mark.start,
        mark.end,
        "period",
        Period.parse(mark.get("event")),
        word=word,
        first=mark.first,
        last=mark.last,
    )
    return replace(mark, kinds={"when": "period"}, item=when)


def _take(taken: list[bool], first: int, last: int) -> None:
    for index in range(first, last):
        taken[index] = True


def _range(tokens: Sequence[Token], starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The indices of the tokens, which begin at `starts`, that cover the characters [start, end)."""
    first = max(0, bisect_right(starts, start) - 1)
    if tokens[first].end <= start and first + 1 < len(tokens):
        first += 1
    return first, max(bisect_left(starts, end), first + 1)
