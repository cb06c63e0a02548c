"""Names of subjects, for people."""

from __future__ import annotations

from saiken.claims.reading.lexicon import subject_name

GROUPS = {"all": "all foreign holders", "official": "foreign official holders", "non_official": "private foreign holders"}


def subject(code: str) -> str:
    return GROUPS.get(code) or subject_name(code) or code
