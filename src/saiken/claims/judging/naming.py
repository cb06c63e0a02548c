"""Names of subjects, for people."""

from __future__ import annotations

from saiken.terms import places


def subject(code: str) -> str:
    """`JP` -> Japan; `JP:life` -> life of Japan; a code without a name stands for itself."""
    if code in places.GROUPS:
        return places.name(code)
    country, _, group = code.partition(":")
    return f"{group.replace('_', ' ')} of {places.name(country)}" if group else places.name(country)
