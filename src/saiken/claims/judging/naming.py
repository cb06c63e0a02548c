"""Names of subjects, for people."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

GROUPS = {
    "all": "all foreign holders",
    "official": "foreign official holders",
    "non_official": "private foreign holders",
    "private": "private foreign holders",
    "US:public": "the debt held by the public",
}


def subject(code: str) -> str:
    """`JP` -> Japan; a code without a name stands for itself."""
    return GROUPS.get(code) or _countries().get(code) or code


@cache
def _countries() -> dict[str, str]:
    table = files("saiken.claims").joinpath("lexicon", "countries.toml")
    return tomllib.loads(table.read_text("utf-8"))
