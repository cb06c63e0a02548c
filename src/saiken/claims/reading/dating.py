"""What a time in a clause dates: a figure, or a report, a summit, what is compared with."""

from __future__ import annotations

import re

from saiken.claims.reading.clauses import FORMERLY, Part
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.spans import When

SUMMIT = {"peak", "high", "top", "trough", "low", "highs", "lows"}


_REPORTS = {"report", "release", "edition", "print"}


def dates_figures(part: Part, mark: Mark) -> bool:
    """Whether a time is that of figures rather than of a publication, of a series' start or of
    what the figures are compared with.
    """
    if (
        of_former(part, mark)
        or of_what_is_compared(part, mark)
        or of_another_time(part, mark)
        or of_summit(part, mark)
    ):
        return False
    return not not_of_data(part, mark, part.after(mark, 0), part.ahead(mark, 2)) and not led_by(
        part, mark
    )


_REACH = 5
"""How many words may stand between "since" or "after" and the time it governs."""


LED_BY = frozenset(("since", "after", "before", "until", "till"))


_SAID = frozenset(("move", "flow", "net", "hold", "state", "cross", "amount", "multiple"))


def led_by(part: Part, mark: Mark) -> str:
    """The conjunction that governs a time from further off: "since" of "since the intervention in
    early May", "after" of "after the August crash".
    """
    tokens = part.sentence.tokens
    if LED_BY.isdisjoint([t.word for t in tokens[max(0, mark.first - _REACH) : mark.first]]):
        return ""
    said = {
        index
        for other in part.marks
        if not _SAID.isdisjoint(other.kinds) and other.kinds.keys() != {"move"}
        for index in range(other.first, other.last)
    }
    index = mark.first - 1
    while index >= max(0, mark.first - _REACH) and index not in said:
        word = tokens[index].word
        if word in LED_BY:
            return word
        if not word.isalpha() and tokens[index].raw not in {"'", "-", '"'}:
            break
        index -= 1
    return ""


def names_summit(mark: Mark) -> bool:
    """Whether a mark is "peak", "high", or "record" by itself, as in "its October record"."""
    single = mark.last - mark.first == 1
    return single and (mark.word in SUMMIT or mark.get("record") == "record")


def of_summit(part: Part, mark: Mark) -> bool:
    """As in "the 2013 peak", "half of what it was at the October high": the time of a summit."""
    following = part.after(mark, 0)
    if following is not None and "amount" in following.kinds:  # "October's $126k high"
        following = part.after(following, 0)
    if following is None or not names_summit(following):
        return False
    tokens = part.sentence.tokens
    before = {token.word for token in tokens[max(0, mark.first - 3) : mark.first]}
    return bool(before & {"from", "off", "below", "of", "since", "at", "than"})


def not_of_data(part: Part, mark: Mark, following: Mark | None, leading: Mark | None) -> bool:
    """Times that date a publication, the start of a series or a report rather than a figure."""
    tokens = part.sentence.tokens
    if leading is not None and leading.get("record") == "on_record":
        return True
    if "release" in part.sentence.kinds:
        near = (m for m in part.sentence.marks if 0 <= mark.first - m.last <= 3)
        if (before := list(near)) and before[-1].get("release") == "published":
            return True
    if (
        isinstance(mark.item, When)
        and mark.item.word == "on"
        and _REPORTED.search(part.sentence.text, max(0, mark.start - 40), mark.start)
    ):
        return True
    nearby = {token.word for token in tokens[mark.last : mark.last + 3]}
    return following is not None and following.get("glue") == "source" and bool(nearby & _REPORTS)


_REPORTED = re.compile(
    r"\b(?:data|figures|numbers|report|statement|release|ministry|department|treasury|reserve|bank|bureau)\b(?:[^.,;]{0,24})?"
    r"\b(?:showed|shows|said|says|reported|revealed|indicated|announced|confirmed|disclosed|published)\s+(?:on\s+)?$",
    re.IGNORECASE,
)
"""As in "data showed on Thursday": the day on which it was told."""


def of_former(part: Part, mark: Mark) -> bool:
    """As in "down from 77 % in 2022", "up from zero in 2007": the time of what has been."""
    tokens = part.sentence.tokens[max(0, mark.first - 3) : mark.first]
    if len(tokens) > 1 and tokens[0].word == "from" and tokens[1].word in _NOTHING:
        return True
    leading = part.ahead(mark, 1)
    if leading is not None and leading.word == "at" and leading.kinds.keys() == {"state"}:
        leading = part.ahead(leading)  # "from 77 % at the end of 2022"
    if leading is None or "amount" not in leading.kinds:
        return False
    summit = part.ahead(leading, 1)  # "from a low of 163 in July"
    named = summit is not None and names_summit(summit) and part.word_before(leading) == "of"
    return part.led_by(summit if named and summit else leading) in FORMERLY


_NOTHING = {"zero", "nothing", "nil", "scratch"}


_COMPARED = frozenset(("multiple", "move", "flow", "net", "amount"))


def of_what_is_compared(part: Part, mark: Mark) -> bool:
    """As in "More than in October"."""
    if "than" not in part.sentence.words:
        return False
    told = {
        index
        for other in part.marks
        if not _COMPARED.isdisjoint(other.kinds)
        for index in range(other.first, other.last)
    }
    near = range(max(0, mark.first - 2), mark.first)
    return any(
        part.sentence.tokens[index].word == "than" and told.isdisjoint(range(index + 1, mark.first))
        for index in near
    )  # in "has more than doubled this year" another word is what follows


def of_another_time(part: Part, mark: Mark) -> bool:
    """As in "Double its 2019 level", "twice what it was at the end of 2024": the time compared with."""
    tokens = part.sentence.tokens
    after = tokens[mark.last].word if mark.last < len(tokens) else ""
    before = {token.word for token in tokens[max(0, mark.first - 6) : mark.first]}
    if after not in _STANDS and before.isdisjoint(_STOOD):
        return False
    if "where" in before and before & {"was", "were", "stood"}:
        return True  # "roughly where it was in April"
    never = part.has("record", "never")
    if not never and "than" in before and before & {"was", "were", "did", "had", "held", "stood"}:
        return True  # "higher than Italy's was in 2010"
    multiple = part.has("compare", "twice", "thrice", "half") or any(
        m.get("amount") == "share" and m.first < mark.first for m in part.all("amount")
    )
    return multiple and (after in _STANDS or bool(before & {"where", "what", "was", "were"}))


_STANDS = {"level", "levels", "figure"}
_STOOD = {"where", "what", "was", "were", "did", "had", "held", "stood"}
"""Words of which one tells, after a time or before it, that something stood there at that time."""
