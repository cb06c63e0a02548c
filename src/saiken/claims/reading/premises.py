"""What a forecast hangs on: "if Japan sold $500bn over a year", "a sudden dump by Japan would …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from saiken.claims.reading.clauses import Part
from saiken.claims.reading.context import Context
from saiken.claims.reading.marks import Mark, Sentence
from saiken.claims.reading.papers import compose
from saiken.claims.reading.quantities import Amount
from saiken.claims.reading.spans import When
from saiken.claims.reading.stance import opens_condition
from saiken.terms.outlook import Shock
from saiken.terms.quantity import Quantity

_UNLESS = re.compile(r"\W*(?:but |and )?unless\b", re.IGNORECASE)
_UNSURE = {"conditional", "forecast"}
_CARRY = re.compile(r"\bcarry[- ]trades?\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"\b(?:unw(?:ind|ound)|clos(?:e|ing)|collaps|blow|blew|revers|liquidat)", re.IGNORECASE
)
_HOME = re.compile(r"\brepatriat|\b(?:bring|brings|bringing|brought)\b[^,;]* home\b", re.IGNORECASE)
_SLOWLY = re.compile(
    r"\bgradual|\bslow(?:ly)?\b|\bover time\b|\bstep by step\b|\btrim|\bpar(?:e|ed|ing)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:all|entire|entirety|whole|everything)\b", re.IGNORECASE)
_AT_ONCE = re.compile(
    r"\b(?:sudden(?:ly)?|overnight|at once|in one go|immediate(?:ly)?|instant(?:ly)?)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"^\W*(?:(?:but|and|yet|however),? )?(?:such|that|this|it|doing so|these|those)\b",
    re.IGNORECASE,
)
_AGENTS = (
    (re.compile(r"\b(?:the fed|federal reserve)\b", re.IGNORECASE), "US:fed"),
    (re.compile(r"\bhedge funds\b", re.IGNORECASE), "US:funds"),
    (re.compile(r"\bministry of finance\b|\bmof\b", re.IGNORECASE), "JP:mof"),
)
_HOLDERS = {"official": "XX:official", "non_official": "XX:private"}
_IMPERSONAL = re.compile(r"dump|dumping|sale|sales|sell-?off|sell|selling|liquidation|liquidating|fire|exodus|unloading|offloading\Z", re.IGNORECASE)  # fmt: skip
"""Sales as things ("a dump of", "selling"): whose they are need not be told."""
_MONTHS = {"day": 0.0, "week": 0.25, "month": 1.0, "quarter": 3.0, "year": 12.0, "decade": 120.0}
_PRICES = ("currency", "pair", "thing", "tenor")


def parted(parts: Sequence[Part]) -> list[Part]:
    """The clauses, those that tell a shock and what it would do cut in two: "a dump by Japan" and
    "would spike the yen", "if insurers repatriate" and "JGB yields will fall".

    What it would do keeps the whole as its words, with the shock as its `doer`.
    """
    return [found for part in parts for found in _parted(part)]


def _parted(part: Part) -> list[Part]:
    if "stance" not in part.kinds:
        return [part]
    modal = next(
        (
            mark
            for mark in part.all("stance")
            if mark.get("stance") in _UNSURE and mark.first > part.first
        ),
        None,
    )
    if modal is None:
        return [part]
    at = modal.first
    if opens_condition(part):
        commas = [i for i in range(part.first + 1, at) if part.sentence.tokens[i].raw == ","]
        if not commas:
            return [part]
        at = commas[-1] + 1
        return [_piece(part, part.first, at - 1), _piece(part, at, part.last)]
    doer, effect = _piece(part, part.first, at), _piece(part, at, part.last)
    if not (_shocking(doer) and _moves_a_price(effect)):
        return [part]
    return [replace(effect, start=part.start, before=part.before, doer=doer)]


def _piece(part: Part, first: int, last: int) -> Part:
    tokens = part.sentence.tokens
    marks = [mark for mark in part.marks if first <= mark.first and mark.last <= last]
    before = part.before if first == part.first else ","
    return Part(
        part.sentence, marks, tokens[first].start, tokens[last - 1].end, before, first, last
    )


def _shocking(doer: Part) -> bool:
    text = doer.text
    acts = "flow" in doer.kinds or "act" in doer.kinds or doer.has("noun", "intervention")
    return acts or bool(_CARRY.search(text) or _HOME.search(text))


def _moves_a_price(effect: Part) -> bool:
    priced = any(effect.has(kind) for kind in _PRICES) or effect.has("noun", "yield", "rates")
    return priced and effect.has("move", "up", "down")


def premise_of(part: Part, parts: Sequence[Part], ctx: Context) -> Shock | None:
    """The shock on which what a clause says hangs: told in its own words, in an "if" of its
    sentence, or in the sentence before where it points back ("such a move would …").
    """
    if opens_condition(part):
        return None
    conditions = [
        _with_means(index, parts)
        for index, other in enumerate(parts)
        if other is not part and opens_condition(other)
    ]
    doers = [
        (other.doer.marks, other.doer.text)
        for other in parts
        if other.doer is not None and other.start <= part.start
    ]
    for marks, text in (*conditions, *doers[-1:]):
        shock = _shock(marks, text, ctx)
        if shock is not None:
            return shock
    if conditions or doers or not _POINTS_BACK.match(part.sentence.text):
        return None
    before: Sentence | None = ctx.said
    return None if before is None else _shock(compose(before), before.text, ctx)


def _with_means(index: int, parts: Sequence[Part]) -> tuple[list[Mark], str]:
    """A condition, and what it is brought about with: "if Tokyo stepped in | with ¥6tn"."""
    told = parts[index]
    following = parts[index + 1 : index + 2]
    if not following or following[0].before != "with":
        return told.marks, told.text
    means = following[0]
    return [*told.marks, *means.marks], told.sentence.text[told.start : means.end]


def _shock(marks: Sequence[Mark], text: str, ctx: Context) -> Shock | None:
    if _UNLESS.match(text) or any(mark.get("stance") == "deny" for mark in marks):
        return None
    size, months = _size(marks, text), _months(marks, text)
    if _CARRY.search(text):
        return Shock("carry", "", None, months) if _CLOSED.search(text) else None
    if any("act" in mark.kinds or mark.get("noun") == "intervention" for mark in marks):
        return Shock("intervention", "", _money(size), months)
    if _lifts_jgbs(marks):
        return _jgb(marks, months)
    sells = next((m for m in marks if "sell" in {m.get("flow"), m.get("net")}), None)
    sheds = any(m.get("noun") == "holdings" for m in marks) and _goes(marks) < 0
    home = bool(_HOME.search(text))
    if not (sells or sheds or home) or not _of_treasuries(marks):
        return None
    holder = _holder(marks, text, ctx, sells)
    if holder is None:
        return None
    kind = "repatriation" if home else "trimming" if _SLOWLY.search(text) else "sale"
    return Shock(kind, holder, size, months)


def _goes(marks: Sequence[Mark]) -> int:
    """+1 or -1 for the first verb of moving; 0 without one."""
    told = next((m.get("move") for m in marks if m.get("move") in {"up", "down"}), "")
    return {"up": 1, "down": -1}.get(told, 0)


def _lifts_jgbs(marks: Sequence[Mark]) -> bool:
    issuers = {m.get("paper") for m in marks} | {m.get("place") for m in marks}
    tenors = {m.get("tenor") for m in marks if "tenor" in m.kinds}
    yields = any(m.get("noun") == "yield" for m in marks)
    return yields and "JP" in issuers and bool(_goes(marks)) and tenors <= {"30Y"}


def _jgb(marks: Sequence[Mark], months: int | None) -> Shock | None:
    told = next((told for kind, told in _amounts(marks) if kind in {"bp", "pp"}), None)
    if told is None:
        return Shock("jgb", months=months) if _goes(marks) > 0 else None
    bp = _goes(marks) * abs(told.value) * (100 if told.unit == "pp" else 1)
    return Shock("jgb", "", Quantity(bp, bp, bp, "bp"), months)


def _of_treasuries(marks: Sequence[Mark]) -> bool:
    """Whether Treasuries are what is sold: named so, or nothing else is."""
    if any("currency" in m.kinds or "thing" in m.kinds for m in marks):
        return False
    papers = [m for m in marks if "paper" in m.kinds]
    if papers:
        return all(
            m.get("paper") in {"", "US", "treasury"} and m.get("class") in {"bond", "market"}
            for m in papers
        )
    return any(
        m.get("place") not in {"", "US"} or m.get("noun") == "holdings" or "holder" in m.kinds
        for m in marks
    ) or any("investor" in m.kinds for m in marks)


def _holder(marks: Sequence[Mark], text: str, ctx: Context, sells: Mark | None) -> str | None:
    """Whose sale it is: a code, `` where the words leave it open, None for one that has no balance
    sheet or is not understood.
    """
    agent = next((code for pattern, code in _AGENTS if pattern.search(text)), "")
    places = {m.get("place") for m in marks if "place" in m.kinds} - {"US"}
    groups = {m.get("investor") for m in marks if m.get("investor")}
    others = {m.get("holder") for m in marks if "holder" in m.kinds}
    if agent:
        return agent
    if len(places) > 1 or len(groups) > 1 or (groups and places - {"JP"}):
        return None
    if groups:
        return f"JP:{groups.pop()}"
    if places:
        return places.pop()
    if others:
        return _HOLDERS.get(others.pop(), "all")
    words = text.split()
    if len(ctx.holders) == 1 and {"it", "they", "its", "their"} & {w.lower() for w in words}:
        return ctx.holders[0]
    nobody = sells is not None and bool(_IMPERSONAL.fullmatch(sells.word))
    named = any(word[:1].isupper() for word in words[1:] if not _marked(word, marks))
    return "" if nobody and not named else None


def _marked(word: str, marks: Sequence[Mark]) -> bool:
    return word.strip("\"'.,").lower() in {"treasuries", "treasury", "u.s", "us"} or any(
        word.lower().startswith(mark.word) for mark in marks if mark.word
    )


def _amounts(marks: Sequence[Mark]) -> list[tuple[str, Quantity]]:
    """The amounts, each with its kind."""
    return [
        (mark.get("amount"), mark.item.quantity) for mark in marks if isinstance(mark.item, Amount)
    ]


def _size(marks: Sequence[Mark], text: str) -> Quantity | None:
    """How much is sold: money, or a share of what is held; None where it is not told."""
    for kind, told in _amounts(marks):
        if kind == "money":
            return replace(told, value=abs(told.value))
        if kind in {"share", "percent"}:
            share = abs(told.value) / (100 if told.unit in {"%", "% change"} else 1)
            return Quantity(share, share, share, "ratio") if 0 < share <= 1 else None
    return Quantity(1.0, 1.0, 1.0, "ratio") if _WHOLE.search(text) else None


def _money(size: Quantity | None) -> Quantity | None:
    return None if size is None or size.unit == "ratio" else size


def _months(marks: Sequence[Mark], text: str) -> int | None:
    """Over how many months; what takes less than one counts as one."""
    for mark in marks:
        when = mark.item
        if isinstance(when, When) and when.word in {"over", "in", "within", "during"}:
            if when.kind == "year_ago":
                return 12
            if when.kind == "duration" and when.unit in _MONTHS:
                return max(1, round(when.count * _MONTHS[when.unit]))
    return 1 if _AT_ONCE.search(text) else None
