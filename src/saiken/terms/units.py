"""Units in which publishers print: a base unit and the scale on it."""

from __future__ import annotations

import re
from dataclasses import dataclass

SCALES = {"": 1.0, "th": 1e3, "mn": 1e6, "100mn": 1e8, "bn": 1e9, "tn": 1e12}

_PERCENT = re.compile(r"(?:annual |yearly |monthly )?%(?! of GDP\Z| change\Z)", re.IGNORECASE)
_MANY = {"hundred": 1e2, "thousand": 1e3, "million": 1e6}
_PER = re.compile(
    r"\bper (?:(?P<count>\d[\d,]*)(?: (?P<many>million))?|(?P<one>million|thousand|hundred))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """`USD bn` is base `USD`, factor 1e9. `%`, `index`, `contracts`, `JPY per USD` have factor 1.

    What is told in per cent of something (`% of population`, `annual %`) has the base `%`.
    """

    name: str
    base: str
    factor: float

    @classmethod
    def parse(cls, name: str) -> Unit:
        """Read a catalog unit. A three-letter currency may carry a scale: `JPY 100mn`."""
        base, _, scale = name.partition(" ")
        if len(base) == 3 and base.isupper() and scale in SCALES:
            return cls(name, base, SCALES[scale])
        return cls(name, "%" if _PERCENT.match(name) else name, 1.0)

    @property
    def per(self) -> float | None:
        """1,000 of `per 1,000 people`, 1e6 of `cases per million`; None where nothing is said."""
        told = _PER.search(self.name)
        if told is None:
            return None
        return float((told["count"] or "1").replace(",", "")) * _MANY.get(
            (told["many"] or told["one"] or "").lower(), 1.0
        )

    @property
    def is_money(self) -> bool:
        return len(self.base) == 3 and self.base.isupper()
