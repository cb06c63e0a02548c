"""Which family of the catalog a series belongs to."""

from __future__ import annotations

import re

from saiken.publishers.catalog import Catalog, Series

_SLOT = re.compile(r"\{(\w+)\}")


def family_of(catalog: Catalog, entry: Series) -> str:
    """The id, with its slots open, of the family that `entry` (of one series) was filled from."""
    for family in catalog.families:
        filled = _SLOT.sub(lambda slot: entry.slots.get(slot[1], slot[0]), family.id)
        if filled == entry.id and set(_SLOT.findall(family.id)) == set(entry.slots):
            return family.id
    return entry.id
