"""Publishers' known errors, kept as data: what a file says, what it means, and how that is known.

`corrections.toml` beside this module lists them. A correction is bound to the words at fault: the
day the publisher mends its file, reading it fails and says that the correction has to go.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from saiken.publishers.table import ParseError


@dataclass(frozen=True, slots=True)
class Correction:
    """In the document `document` of `table`, `says` stands where `means` is right.

    Both are equally long, so that every later figure keeps its place in the file.
    """

    table: str
    document: str
    says: str
    means: str
    why: str


@dataclass(frozen=True, slots=True)
class Residual:
    """A sum, written as the parser writes it, that is known not to come out in a document."""

    table: str
    document: str
    sum: str
    why: str


@cache
def _content() -> dict[str, list[dict[str, str]]]:
    text = files("saiken.publishers").joinpath("corrections.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def residuals(table: str, document: str) -> frozenset[str]:
    """The sums that are known not to come out in a document."""
    found = (Residual(**entry) for entry in _content().get("residual", ()))
    return frozenset(one.sum for one in found if (one.table, one.document) == (table, document))


@cache
def known() -> tuple[Correction, ...]:
    """All corrections. Raises ValueError for one that would move what stands behind it."""
    found = tuple(Correction(**entry) for entry in _content().get("correction", ()))
    for one in found:
        if len(one.says) != len(one.means):
            msg = f"{one.document}: {one.says!r} and {one.means!r} are not equally long"
            raise ValueError(msg)
    return found


def applied(table: str, document: str, text: str) -> str:
    """`text` with the known errors of this document put right.

    Raises ParseError where the document no longer says what the correction expects, once.
    """
    for one in known():
        if (one.table, one.document) != (table, document):
            continue
        if text.count(one.says) != 1:
            msg = f"{document} no longer says {one.says!r} (once): drop or mend its correction"
            raise ParseError(msg)
        text = text.replace(one.says, one.means)
    return text
