"""Names of firms that begin with a country's: "Japan Airlines" is no country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from saiken.claims.reading.tokens import Token

if TYPE_CHECKING:
    from saiken.claims.reading.marks import Mark

_OFFICES = frozenset((
    "prime", "president", "minister", "ministry", "finance", "central", "national", "foreign", "government", "state", "vice", "cabinet", "parliament",
    "senate", "congress", "treasury", "bureau", "statistics", "customs", "department", "office", "premier", "deputy", "chief", "monetary", "reserve",
    "authority", "secretary", "safe", "governor", "communist", "politburo", "exchequer", "chancellor", "republic", "kingdom", "house", "federal",
))  # fmt: skip
"""Words that name a country's own offices, not firms."""
_TRADES = frozenset((
    "airlines", "airways", "tobacco", "motors", "steel", "evergrande", "vanke", "telecom", "mobile", "petroleum", "construction", "merchants", "minsheng",
    "railway", "railways", "shipping", "aerospace", "electronics", "aramco", "unicom", "unionpay", "tourism",
))  # fmt: skip
"""Words that name a firm in a headline too, where every word is written large."""
_HEADLINE = 0.6
"""Share of longer words in capitals from which a sentence is a headline."""


def apart(marks: list[Mark], tokens: Sequence[Token]) -> list[Mark]:
    """The marks with countries that begin a firm's name told as `company`."""
    count = len(tokens)
    begun = (m for m in marks if "place" in m.kinds and m.last < count)
    if not any(_capital(tokens[mark.last]) for mark in begun):
        return marks
    known = {index for mark in marks for index in range(mark.first, mark.last)}
    return [_told(mark, tokens, known) if "place" in mark.kinds else mark for mark in marks]


def _told(mark: Mark, tokens: Sequence[Token], known: set[int]) -> Mark:
    last = _name_ends(mark, tokens, known)
    if not last:
        return mark
    return replace(mark, last=last, end=tokens[last - 1].end, kinds={"company": "1"})


def _name_ends(mark: Mark, tokens: Sequence[Token], known: set[int]) -> int:
    """The index after the firm's name that begins with `mark`; 0 if it begins none."""
    at = mark.last
    if mark.owner or at >= len(tokens) or at in known or not _capital(tokens[at]):
        return 0
    word = tokens[at].word
    if word not in _TRADES and (
        mark.get("place") == "US" or word in _OFFICES or _is_headline(tokens)
    ):
        return 0
    while at < len(tokens) and at not in known and _capital(tokens[at]):
        at += 1
    return at


def _capital(token: Token) -> bool:
    """A word written large, acronyms left out."""
    raw = token.raw
    return raw[:1].isupper() and not raw.isupper() and raw.isalpha()


def _is_headline(tokens: Sequence[Token]) -> bool:
    words = [token for token in tokens[1:] if len(token.word) > 3 and token.word.isalpha()]
    large = sum(token.raw[:1].isupper() for token in words)
    return bool(words) and large >= _HEADLINE * len(words)
