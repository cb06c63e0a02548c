"""Names of countries and of the groups that publishers count together, for people."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

GROUPS = {
    "all": "all foreign holders",
    "official": "foreign official holders",
    "non_official": "private foreign holders",
    "private": "private foreign holders",
    "other": "all other countries",
    "BE-LU": "Belgium and Luxembourg",
    "group:oil_exporters": "the oil exporters",
    "group:caribbean": "the Caribbean banking centres",
    "US:public": "the debt held by the public",
}


def name(code: str) -> str:
    """`JP` -> Japan, `all` -> all foreign holders; a code without a name stands for itself."""
    return GROUPS.get(code) or countries().get(code) or code


@cache
def countries() -> dict[str, str]:
    """ISO 3166 alpha-2 codes and English names."""
    table = files("saiken.terms").joinpath("countries.toml")
    return tomllib.loads(table.read_text("utf-8"))
