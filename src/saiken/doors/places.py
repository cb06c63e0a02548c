"""The country that a caller names, by code or in words, and its currency."""

from __future__ import annotations

from datetime import date

from saiken.doors.errors import BadInputError
from saiken.terms import places


def read_country(given: str) -> str:
    """`japan`, `JP`, `Tokyo` -> JP. BadInputError, with the nearest names, for anything else."""
    code = given.strip().upper()
    if code in places.countries():
        return code
    from saiken.claims.reading.lexicon import english, words_of

    if place := english().kinds_of(words_of(given)).get("place"):
        return place
    from difflib import get_close_matches

    names = {name.casefold(): name for name in places.countries().values()}
    near = [names[name] for name in get_close_matches(given.casefold(), names, 3)]
    hint = (
        f"did you mean {' or '.join(near)}?" if near else "name a country, or its code such as JP"
    )
    raise BadInputError(f"no such country: {given[:60]}", hint)


def currency_of(country: str, day: date) -> str:
    """The currency in which a country pays on a day, by Unicode CLDR; `` where it tells none."""
    from babel.core import get_global

    today = (day.year, day.month, day.day)
    for code, start, end, tender in get_global("territory_currencies").get(country, ()):
        if tender and (start is None or start <= today) and (end is None or today <= end):
            return str(code)
    return ""
