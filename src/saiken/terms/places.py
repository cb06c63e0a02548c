"""Names of countries and of the groups that publishers count together, for people."""

from __future__ import annotations

import tomllib
import unicodedata
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


def code_of(named: str) -> str:
    """The ISO 3166 alpha-2 code of a country told by a code of two or three letters or by its name.

    `JPN`, `jp`, `Japan` -> JP. Empty where no country is called so.
    """
    word = named.strip()
    folded = unicodedata.normalize("NFKD", word).casefold()
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return _codes().get(plain, "")


@cache
def _codes() -> dict[str, str]:
    table = files("saiken.terms").joinpath("alpha3.toml")
    known = countries()
    codes = {code.casefold(): code for code in known}
    codes |= {
        long.casefold(): code
        for long, code in tomllib.loads(table.read_text("utf-8")).items()
        if code in known
    }
    return codes | {name.casefold(): code for code, name in known.items()}
