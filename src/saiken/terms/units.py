"""Units in which publishers print: a base unit and the scale on it."""

from __future__ import annotations

from dataclasses import dataclass

SCALES = {"": 1.0, "th": 1e3, "mn": 1e6, "100mn": 1e8, "bn": 1e9, "tn": 1e12}


@dataclass(frozen=True, slots=True)
class Unit:
    """`USD bn` is base `USD`, factor 1e9. `%`, `index`, `contracts`, `JPY per USD` have factor 1."""

    name: str
    base: str
    factor: float

    @classmethod
    def parse(cls, name: str) -> Unit:
        """Read a catalog unit. A three-letter currency may carry a scale: `JPY 100mn`."""
        base, _, scale = name.partition(" ")
        if len(base) == 3 and base.isupper() and scale in SCALES:
            return cls(name, base, SCALES[scale])
        return cls(name, name, 1.0)

    @property
    def is_money(self) -> bool:
        return len(self.base) == 3 and self.base.isupper()
