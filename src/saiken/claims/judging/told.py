"""What is told to a person: English words that know how they are said in Japanese.

Every reason, note and line of arithmetic is made by `tell`, from an English template that stands where
it is decided and a Japanese one that stands in `japanese.toml` under it. Its parts (amounts,
periods, names) are told in the same way, so that a sentence is whole in either language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, Self

from saiken.terms.language import JAPANESE


class Told(str):
    """A `str` in English; `said(JAPANESE)` gives the same in Japanese, worked out when asked for."""

    __slots__ = ("_japanese",)
    _japanese: Callable[[], str]

    def __new__(cls, english: str, japanese: Callable[[], str]) -> Self:
        told = super().__new__(cls, english)
        told._japanese = japanese
        return told

    def japanese(self) -> str:
        return self._japanese()


Words = Told | Literal[""]


def tell(template: str, **parts: object) -> Told:
    """`template` filled in; in Japanese, the template that `japanese.toml` has for it."""
    return label(template, parts)


def label(template: str, parts: Mapping[str, object]) -> Told:
    """The same for a template that stands on a page instead of in the code."""
    return Told(template.format(**parts), lambda: _filled(template, parts))


def _filled(template: str, parts: Mapping[str, object]) -> str:
    from saiken.claims.judging import japanese  # noqa: PLC0415 - English never needs it

    own = {name: said(p, JAPANESE) if isinstance(p, str) else p for name, p in parts.items()}
    return japanese.template(template).format(**own)


def said(words: str, language: str) -> str:
    """The words in a language, as a plain `str`; those that know no Japanese stay as they are."""
    return words.japanese() if language == JAPANESE and isinstance(words, Told) else str(words)


_BETWEEN = {", ": "、", "; ": "。", ": ": "：", " and ": "と"}


def listed(words: Iterable[str], between: str = ", ") -> Told:
    """Several one after the other, with `between` them (a comma is 、 in Japanese)."""
    kept, own = tuple(words), _BETWEEN.get(between, between)
    return Told(between.join(kept), lambda: own.join(said(one, JAPANESE) for one in kept))
