"""Reading Japanese: the same typed claims from the words of Japanese news, posts and releases."""

from __future__ import annotations

from datetime import date

from saiken.claims.claim import Reading, Unread


def read(text: str, dated: date) -> Reading:
    """The claims of a mostly Japanese `text`, written on `dated`, in the order of the text."""
    return Reading(text, dated, (), (Unread((0, len(text)), text, "language"),))
