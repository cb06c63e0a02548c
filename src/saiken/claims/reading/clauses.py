"""A sentence in parts: papers put together from their words, and clauses cut from each other."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from saiken.claims.reading.lists import in_step
from saiken.claims.reading.marks import Mark, Sentence
from saiken.claims.reading.papers import compose
from saiken.claims.reading.quantities import LEADING, Amount
from saiken.claims.reading.tokens import Token

HEADS = ("move", "flow", "net", "hold", "state", "cross", "multiple", "sign")


_LISTS = ("place", "tenor", "investor", "currency", "thing", "holder", "pair")


FORMERLY = frozenset(("from", "vs", "versus", "against", "after", "compared with", "compared to"))
"""What stands before an amount that is of an earlier time."""


@dataclass(eq=False, slots=True)
class Part:
    """A clause: its marks, and the characters [start, end) of the sentence that it spans.

    `before` is the word or sign that joins it to the part before; `first`..`last` are its tokens.
    `versus` and `subjects` keep what `clues` has found in it, `doer` is what would bring about what
    it tells, where that was cut from it.
    """

    sentence: Sentence
    marks: list[Mark]
    start: int
    end: int
    before: str = ""
    first: int = 0
    last: int = 0
    versus: list[Mark] | None = None
    subjects: list[Mark] | None = None
    doer: Part | None = None
    text: str = field(init=False)
    lower: str = field(init=False)
    words: frozenset[str] = field(init=False)
    """Its words, in lower case."""
    kinds: dict[str, list[Mark]] = field(init=False)
    """Its marks by each kind that they may be of."""
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        sentence = self.sentence
        whole = self.last - self.first == len(sentence.tokens)
        self.text = sentence.text[self.start : self.end]
        self.lower = sentence.lower[self.start : self.end]
        self.words = sentence.words if whole else frozenset([token.word for token in self.tokens])
        self._starts = [mark.first for mark in self.marks]
        self.kinds = {}
        for mark in self.marks:
            for kind in mark.kinds:
                self.kinds.setdefault(kind, []).append(mark)

    @property
    def tokens(self) -> Sequence[Token]:
        return self.sentence.tokens[self.first : self.last]

    def all(self, kind: str) -> list[Mark]:
        """The marks that may be of a kind, in order."""
        return self.kinds.get(kind, [])

    def has(self, kind: str, *values: str) -> bool:
        """Whether a mark may be of a kind, with one of `values` if any are given."""
        marks = self.kinds.get(kind)
        if marks is None or not values:
            return marks is not None
        for mark in marks:  # noqa: SIM110 - a generator costs more than the loop
            if mark.kinds[kind] in values:
                return True
        return False

    def word_before(self, mark: Mark) -> str:
        """The word before a mark, its hedge and articles skipped."""
        start = getattr(mark.item, "lead", mark.start)
        tokens = self.sentence.tokens
        index = mark.first - 1
        while index >= 0 and (tokens[index].start >= start or tokens[index].word in LEADING):
            index -= 1
        return tokens[index].word if index >= 0 and tokens[index].start >= self.start else ""

    def led_by(self, mark: Mark) -> str:
        """The word before a mark, with "compared" before its preposition."""
        before = self.sentence.tokens[max(0, mark.first - 2) : mark.first]
        compared = bool(before) and before[0].word == "compared"
        return f"compared {self.word_before(mark)}" if compared else self.word_before(mark)

    @property
    def word_before_amount(self) -> str:
        """The word before the first amount, hedges and articles skipped; `` if there is none."""
        amounts = self.all("amount")
        return self.word_before(amounts[0]) if amounts else ""

    def after(self, mark: Mark, gap: int = 1) -> Mark | None:
        """The next mark, if at most `gap` tokens that mean nothing lie between."""
        index = bisect_left(self._starts, mark.last)
        if index < len(self.marks) and self.marks[index].first - mark.last <= gap:
            return self.marks[index]
        return None

    def ahead(self, mark: Mark, gap: int = 1) -> Mark | None:
        """The mark before, if at most `gap` tokens that mean nothing lie between."""
        index = bisect_left(self._starts, mark.first) - 1
        if index >= 0 and mark.first - self.marks[index].last <= gap:
            return self.marks[index]
        return None


def split(sentence: Sentence, quotes: Sequence[tuple[int, int]] = ()) -> list[Part]:
    """The clauses of a sentence, in order. `quotes` are the [start, end) of its quotations."""
    marks = compose(sentence)
    edges = {first for first, _ in quotes} | {last - 1 for _, last in quotes}
    tokens = sentence.tokens
    cuts: list[tuple[int, str]] = []
    covered: set[int] = set()
    for mark in marks:
        if mark.last - mark.first > 1 and mark.kinds.get("glue") != "split":
            covered.update(range(mark.first, mark.last))
        if isinstance(mark.item, Amount):  # "as much as $5bn" is one amount with its hedge
            lead, index = mark.item.lead, mark.first - 1
            while index >= 0 and tokens[index].start >= lead:
                covered.add(index)
                index -= 1
    joints = [
        index
        for index, token in enumerate(tokens)
        if (token.word in _JOINTS or token.start in edges) and index not in covered
    ]
    stepped = in_step(marks, tokens) if joints else frozenset()
    last_said: int | None = None
    left: list[Mark] = []
    position = 0
    for index in joints:
        token = tokens[index]
        while position < len(marks) and marks[position].last <= index:
            left.append(marks[position])
            position += 1
        if index == 0:
            continue
        kind = "hard" if token.start in edges else _joint(tokens, index)
        if not kind:
            continue
        ahead = position
        while ahead < len(marks) and marks[ahead].first <= index:
            ahead += 1
        if last_said is None:
            last_said = next((at for at in reversed(range(len(marks))) if _says(marks[at])), -1)
        right = [mark for mark in marks[ahead : ahead + _WINDOW] if "glue" not in mark.kinds]
        if left and right and left[-1].first in stepped and right[0].first in stepped:
            continue
        if token.raw in PAUSES and _sizes(tokens, left, right, index):
            continue
        if _cuts(kind, token.word, left, right, index, more=last_said >= ahead):
            cuts.append((index, token.word))
            left = []
    return _parts(sentence, marks, cuts)


PAUSES = {",", "-"}
"""Between what is told and how far it went: "fell in May, by $5bn"."""


def _sizes(tokens: Sequence[Token], left: list[Mark], right: list[Mark], index: int) -> bool:
    """As in "fell in May, by $5bn", "fell in May, about $5bn, to $90bn": how far, told after a pause."""
    if not right or not isinstance(right[0].item, Amount):
        return False
    size, by = right[0], tokens[index + 1].word == "by"
    lead = tokens[index + 2 if by else index + 1 :][:1]
    if not lead or lead[0].start != right[0].item.lead:
        return False
    if not any(mark.get("move") in {"up", "down"} for mark in left):
        return False
    after = [token.word for token in tokens[size.last : size.last + 2]]
    landed = len(right) > 1 and "amount" in right[1].kinds
    arrived = landed and "to" in after[:1] + (after[1:] if after[0] in PAUSES else [])
    return (by or arrived) and not any("amount" in mark.kinds for mark in left)


_WINDOW = 8
"""How many marks after a joint decide whether a clause begins there."""


def _goes_from(tokens: Sequence[object], index: int) -> bool:
    """As in "fell, from 1.1% in July to 0.8% in August": both ends belong to the verb."""
    words = [token.word for token in tokens[index + 1 : index + 16]]  # type: ignore[attr-defined]
    ended = words.index(",") if "," in words else len(words)
    if words[:1] != ["from"] or "to" not in words[:ended]:
        return False
    return not _DATING.isdisjoint(words[: words.index("to")])


_DATING = {"in", "at", "on"}


def _joint(tokens: Sequence[object], index: int) -> str:
    token = tokens[index]
    raw = token.raw  # type: ignore[attr-defined]
    if raw in _HARD:
        return "hard"
    if raw == ",":
        return "" if _goes_from(tokens, index) else "comma"
    if raw == "-":
        before, after = tokens[index - 1], tokens[index + 1] if index + 1 < len(tokens) else None
        apart = before.end < token.start and after and token.end < after.start  # type: ignore[attr-defined]
        return "hard" if apart else ""
    word = token.word  # type: ignore[attr-defined]
    if word in _AND:
        return "and"
    following = tokens[index + 1].word if index + 1 < len(tokens) else ""  # type: ignore[attr-defined]
    if word == "if" and following in {"only", "any", "not"}:
        return ""
    if word in {"what", "that", "which"} and tokens[index - 1].word in {"of", "than"}:  # type: ignore[attr-defined]
        return ""
    if word == "even" and following not in {"as", "though", "if", "when", "after"}:
        return ""
    return "split" if word in _SPLITTERS else ""


_SPLITTERS = {
    "but", "while", "whereas", "although", "though", "after", "before", "which", "that", "with", "as", "when", "then", "meanwhile", "yet",
    "who", "where", "until", "because", "so", "adding", "amid", "even", "since", "what", "once", "if", "whether",
}  # fmt: skip


_HARD = {";", ":", "(", ")", "?", "!"}


_AND = {"and", "or", "&"}


_JOINTS = frozenset((*_HARD, *_AND, *_SPLITTERS, ",", "-"))
"""Words and signs at which a clause may end."""


_HEADED = frozenset((*HEADS, "extreme", "record"))


_SAYING = frozenset(("amount", "compare"))


def _says(mark: Mark) -> bool:
    kinds = mark.kinds
    return not _SAYING.isdisjoint(kinds) or (not _HEADED.isdisjoint(kinds) and mark.word not in _BE)


def _says_something(marks: Sequence[Mark]) -> bool:
    for mark in marks:  # noqa: SIM110 - a generator costs more than the loop
        if _says(mark):
            return True
    return False


def _cuts(
    kind: str, word: str, left: list[Mark], right: list[Mark], index: int, *, more: bool
) -> bool:
    """Whether a clause ends at the joint `word`: by what stands on its left and its right. `more`
    tells that the rest of the sentence says something.
    """
    if kind == "hard":
        # "Japan: $1,104bn": a label belongs to what it labels
        label = word == ":" and any(name in mark.kinds for mark in left for name in _LISTS)
        denied = any("deny" in mark.kinds.values() for mark in left)
        return not (label and not denied and not _says_something(left))
    if not left or not right:
        return False
    nearest, following = left[-1], right[0]
    if not _says_something(left):
        return kind == "comma" and _begins_anew(right, index)
    if word == "where" and "compare" in nearest.kinds:
        return False
    if kind in {"comma", "and"} and index - nearest.last <= 1:
        alike = any(name in nearest.kinds and name in following.kinds for name in _LISTS)
        if alike and following.first - index <= 3:
            return False
    if kind == "comma":
        return not _counts_days(following)
    if kind == "and":
        return _verb_near(right)
    if (
        word in {"as", "since", "until", "before", "after", "than", "once"}
        and following.first - index <= 2
        and "when" in following.kinds
    ):
        return word == "after" and _counts_spell(following)  # "since 2008", "since the October top"
    if word in {"as", "even"} and following.first <= index + 2 and "compare" in following.kinds:
        return False
    return more


def _counts_days(mark: Mark) -> bool:
    """As in "closed above 5 % in May, on six days": how often, of what was just said."""
    return mark.get("when") == "duration" and getattr(mark.item, "word", "") == "on"


def _counts_spell(mark: Mark) -> bool:
    """As in "bought in May after two months of selling": what went before it."""
    return mark.get("when") == "duration" and getattr(mark.item, "count", 0) > 1


_SUBJECTS = frozenset(("thing", "currency", "pair", "noun", "tenor"))


def _begins_anew(right: list[Mark], index: int) -> bool:
    """As in "…, and the yen rose": a subject and its verb, whatever stood before them."""
    if len(right) < 2 or _SUBJECTS.isdisjoint(right[0].kinds):
        return False
    verb = right[1]
    near = right[0].first - index <= 3 and verb.first - right[0].last <= 1
    return near and "move" in verb.kinds


_VERBS = frozenset(
    ("move", "flow", "net", "hold", "cross", "multiple", "rank", "extreme", "record", "amount")
)


def _verb_near(right: list[Mark]) -> bool:
    """Whether what follows an "and" says something of its own."""
    return any(
        not _VERBS.isdisjoint(mark.kinds)
        or ("state" in mark.kinds and mark.word not in {"at", "level"})
        for mark in right[:3]
    )


def _parts(sentence: Sentence, marks: list[Mark], cuts: list[tuple[int, str]]) -> list[Part]:
    tokens = sentence.tokens
    edges = [(-1, ""), *cuts, (len(tokens), "")]
    parts = []
    position = 0
    for (left, word), (right, _) in itertools.pairwise(edges):
        first, last = left + 1, right
        if first >= last:
            continue
        if word and word not in _SIGNS:
            first = left  # a joining word belongs to the clause that it opens
        while first < last - 1 and tokens[first].raw in {",", ";", ":", ")", ".", "!", "?"}:
            first += 1
        while position < len(marks) and marks[position].first <= left:
            position += 1
        begin = position
        while position < len(marks) and marks[position].last <= right:
            position += 1
        inside = marks[begin:position]
        parts.append(
            Part(sentence, inside, tokens[first].start, tokens[last - 1].end, word, first, last)
        )
    return parts


_BE = {"is", "was", "are", "were", "be", "been", "now"}


_SIGNS = {",", ";", ":", "(", ")", "-", "?", "!", '"', "..."}
