"""How a clause is meant: asserted, forecast, conditional, opinion, causal, quoted, denied."""

from __future__ import annotations

import re
from dataclasses import replace

from saiken.claims.reading.clauses import HEADS, Part
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.phrases import phrase
from saiken.terms.immutable import immutable

_QUOTES = re.compile(
    r"\"[^\"]{3,400}\"|(?<![\w])'(?=[A-Za-z$¥])[^'\n]{3,200}(?:'[a-z]{1,2}\b[^'\n]{0,200}){0,3}'(?!\w)"
)
_SAYING = frozenset((*HEADS, "extreme", "record", "rank"))
_PERSONAL = phrase(
    "i i'm i'd my we me imo imho nfa mark",
    r"\b(?:i (?:very much |really )?(?:doubt|don't (?:think|believe|buy))|we doubt|i think|i believe|i wouldn't|i'm|i'd|i am|in my (?:view|opinion)|imh?o|to me|we think|mark my words|nfa)\b",
)
_LARGE = phrase(
    "masse large massive massively dump dumps dumped dumping exodus wholesale fire forced",
    r"\ben masse\b|large-scale|\bmassive|\bdump(?:s|ed|ing)?\b|\bexodus\b|wholesale|fire[- ]sale|\bforced\b",
)
_AFTER_DENIAL = 9
"""How many tokens a "not" reaches."""
_BEFORE_LINE = 5
"""How many tokens at most stand between a "never" and the line it keeps from."""


@immutable()
class Stance:
    """`modality` as in `Claim`; `denied` where the words say that it is not so."""

    modality: str = "asserted"
    denied: bool = False
    large: bool = False


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Quotations of three words and more: shorter ones are scare quotes, part of the sentence."""
    if '"' not in text and "'" not in text:
        return []
    return [match.span() for match in _QUOTES.finditer(text) if match[0].count(" ") >= 2]


_PROJECTED = re.compile(r"\b(?:IMF|International Monetary Fund|WEO|World Economic Outlook)\b")
PROJECTED = {"debt_ratio", "net_debt_ratio"}
"""Measures whose projections are published as figures: what "the IMF projects" can be looked up."""


def projected(stance: Stance, measure: str, text: str) -> Stance:
    """As in "the IMF projects 222 % in 2030": a projection told as its publisher's is a figure."""
    if stance.modality != "forecast" or measure not in PROJECTED or not _PROJECTED.search(text):
        return stance
    return replace(stance, modality="asserted")


def _stances(part: Part, name: str) -> list[Mark]:
    return [m for m in part.all("stance") if m.kinds["stance"] == name and not _counts(part, m)]


def _counts(part: Part, mark: Mark) -> bool:
    """As in "has not risen once this year"; "once the bank hikes" tells a condition."""
    if mark.word != "once":
        return False
    following = part.after(mark, 1)
    return mark.first > part.first or (following is not None and "when" in following.kinds)


def stance_of(part: Part, parts: list[Part], quotes: list[tuple[int, int]]) -> Stance:
    """Read the stance of a clause from its own words, its sentence and its quotation marks."""
    heads = [mark for mark in part.marks if not _SAYING.isdisjoint(mark.kinds)]
    head = next((mark for mark in heads if "state" not in mark.kinds), heads[0] if heads else None)
    at = head.start if head is not None else part.start
    quoted = bool(quotes) and any(first <= at < last for first, last in quotes)
    denied = _denied(part, head) or _none(part, head)
    large = _LARGE.search(part) is not None
    if _labelled_false(part) or _false_that(part, parts, at):
        return Stance("quoted", denied=True, large=large)
    if quoted or _hearsay(part, parts, at):
        false = any(other.has("stance", "false") for other in parts)
        false = false or bool(_CALLED.search(part.sentence.text, at))
        return Stance("quoted", denied or false, large)
    unsure = _unsure(part, parts)
    if unsure:
        return Stance(unsure, denied, large)
    if _PERSONAL.search(part):
        return Stance("opinion", denied, large)
    return Stance("asserted", denied, large)


_MOCKED = phrase(
    "much goodbye farewell forget mind",
    r"^\W*(?:so much for|goodbye|farewell|forget|never mind)\b",
)


def mocked(part: Part) -> bool:
    """As in "So much for the great exodus", "Goodbye negative yields": named only to be waved off;
    or left open, as in "whether Japan sold".
    """
    return bool(_MOCKED.match(part)) or part.before == "whether" or "whether" in part.words


_FRESH_START = {"but", "while", "whereas", "although", "though", ";", ":", "-"}
"""Words after which a clause no longer hangs on the "would" or "will" before it."""


def _unsure(part: Part, parts: list[Part]) -> str:
    """`forecast` or `conditional` where the clause, or one that it goes on from, is about what
    has not happened. An "if" holds for the whole sentence.
    """
    conditions = not _CONDITIONS.isdisjoint(part.sentence.words)
    if conditions and any(opens_condition(other) for other in parts):
        return "conditional"
    if "stance" not in part.sentence.kinds:
        return ""
    for other in reversed(parts[: parts.index(part) + 1]):
        for name in ("conditional", "forecast"):
            if _stances(other, name):
                return name
        if other.before in _FRESH_START:
            break
    return ""


_CONDITIONS = frozenset(("if", "unless", "were"))
"""A word of each opening of a condition."""
_WERE_TO = re.compile(r"were [^,.;:]{1,60}? to \w")
"""As in "Were China to sell"; "the holdings, at $1tn, were lower" tells what is."""


def opens_condition(part: Part) -> bool:
    """Whether a clause is the condition of others: "if Japan sold", "were China to sell"."""
    if _CONDITIONS.isdisjoint(part.words):
        return False
    text = part.lower
    if text.startswith(("if only", "if any", "if not")):
        return False
    if part.before == "if" or text.startswith(("if ", "unless ", "what if ")):
        return True
    return bool(_WERE_TO.match(text))


def _hearsay(part: Part, parts: list[Part], at: int) -> bool:
    """Told as what others say: "everyone says", "claims that", "supposedly"."""
    if "stance" not in part.sentence.kinds:
        return False
    for other in reversed(parts[: parts.index(part) + 1]):
        for mark in _stances(other, "hearsay"):
            if mark.start < at and not _contrary(other, mark):
                return True
        if other.before in _FRESH_START:
            return False
    return False


_FALSE = phrase(
    "myth false fiction news debunked",
    r"^\W*(?:myth|false|fiction|fake news|debunked)\s*[:\u2013\u2014-]",
)
_FACT = re.compile(r"\b(?:fact|reality|truth|true)\s*[:\u2013\u2014-]", re.IGNORECASE)
_FALSE_THAT = phrase(
    "false untrue true wrong nonsense lie myth incorrect",
    r"\b(?:false|untrue|not true|wrong|nonsense|a lie|a myth|incorrect) (?:that|to (?:say|claim|think) that)\b",
)


_CALLED = re.compile(
    r"\b(?:is|are|was|were|remains?) (?:(?:just|simply|plainly|pure|a|an|complete|total) )*"
    r"(?:myth|fiction|baseless|unfounded|bogus|rubbish|hoax|lie)\b",
    re.IGNORECASE,
)


def _labelled_false(part: Part) -> bool:
    """As in "Myth: China owns half of it. Fact: …": false up to what is called true."""
    false = _FALSE.match(part.sentence)
    return bool(false) and not _FACT.search(part.sentence.text[: part.start])


def _false_that(part: Part, parts: list[Part], at: int) -> bool:
    """As in "It is false that the yen fell": up to a fresh start."""
    if not _FALSE_THAT.search(part.sentence):
        return False
    for other in reversed(parts[: parts.index(part) + 1]):
        said = _FALSE_THAT.search(other)
        if said and other.start + said.start() < at:
            return True
        if other.before in _FRESH_START:
            return False
    return False


def _none(part: Part, head: Mark | None) -> bool:
    """As in "sold no Treasuries", "bought none of them"."""
    if head is None or not {"flow", "net", "hold"} & head.kinds.keys():
        return False
    words = part.sentence.tokens[head.last : head.last + 2]
    return bool(words) and (
        words[0].word == "none"
        or (
            words[0].word == "no"
            and len(words) > 1
            and words[1].word not in {"more", "fewer", "less"}
        )
    )


def _contrary(part: Part, mark: Mark) -> bool:
    text = part.sentence.text[max(0, mark.start - 30) : mark.start].lower()
    return "contrary to" in text or "despite" in text or "for all" in text or "no matter" in text


def line_denied(part: Part) -> Mark | None:
    """The "never" or "not" that stands before a line: "has never closed above 4 %", "hasn't been
    below 100 since 1990". None where the line itself is asserted.
    """
    if "stance" not in part.kinds:
        return None
    lines = [
        mark
        for mark in part.marks
        if "cross" in mark.kinds
        or "sign" in mark.kinds
        or getattr(mark.item, "hedge", "") in {"over", "under"}
    ]
    for mark in part.all("stance"):
        close = any(0 <= line.first - mark.last <= _BEFORE_LINE for line in lines)
        if close and mark.get("stance") == "deny" and not _not_only(part, mark):
            return mark
    return None


def _not_only(part: Part, mark: Mark) -> bool:
    """As in "not only did it rise": nothing is denied."""
    words = part.sentence.tokens
    return mark.last < len(words) and words[mark.last].word in {"only", "just", "merely"}


def _denied(part: Part, head: Mark | None) -> bool:
    """Whether a "not" before the verb turns it round. "Never been higher" is a record, but "never
    closed above 4 %" is a denial.
    """
    if line_denied(part) is not None:
        return True
    if head is None or part.has("record", "this_high", "this_low", "last_seen"):
        return False  # "not this high since 1999" denies nothing
    for mark in part.all("stance"):
        if mark.get("stance") != "deny" or mark.start >= head.start or _not_only(part, mark):
            continue
        if "record" in mark.kinds and ("move" in part.kinds or not _lined(part)):
            continue
        if head.first - mark.last <= _AFTER_DENIAL:
            return True
    before = part.sentence.text[part.start : head.start]
    return "record" not in head.kinds and "n't" in before and bool(_NOT.search(before))


_NOT = re.compile(r"n't\b")


def _lined(part: Part) -> bool:
    """Whether a clause tells of a line to be above or below."""
    sided = any(getattr(mark.item, "hedge", "") in {"over", "under"} for mark in part.all("amount"))
    return sided or "cross" in part.kinds or "sign" in part.kinds


def uncheckable(parts: list[Part]) -> str:
    """Why a sentence without a claim gave none."""
    text = parts[0].sentence.text if parts else ""
    if text.rstrip("\"')").endswith("?"):
        return "question"
    for name, why in (
        ("hearsay", "quoted"),
        ("forecast", "forecast"),
        ("conditional", "forecast"),
        ("causal", "cause"),
        ("opinion", "opinion"),
    ):
        if any(_stances(part, name) for part in parts):
            return why
    return ""


_STRONG_CAUSE = re.compile(
    r"\b(?:because|caused|causes|causing|cause of|the reason|which is why|that is why|that's why|is why|due to|owing to|blamed? (?:on|for)|"
    r"explains?|(?:was|were|is) the unwinding|responsible for|stems? from|driven by|contributed to|obviously|spilled over|spilling over|"
    r"led to|triggered|sparked|fuell?ed by|thanks to|as a result of|prompted by)\b",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"[,;]?\s*\b(?:because|due to|owing to|driven by|thanks to|as a result of|prompted by|fuell?ed by)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^\W*(?:because|due to|owing to|thanks to)\b", re.IGNORECASE)


def causal(text: str) -> tuple[bool, int]:
    """(whether the sentence's point is a cause, where a cause that is only attached begins).

    In "X rose 6bp, driven by Y" the fact stands by itself and the cause is attached; in "Y is the
    reason that X rose 6bp" the cause is what is said. -1 where nothing is attached.
    """
    strong = _STRONG_CAUSE.search(text)
    if not strong or _LEADING.search(text):
        return False, -1
    attached = _ATTACHED.match(text, strong.start())
    return True, strong.start() if attached else -1
