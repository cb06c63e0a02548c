"""What a misreading comes to."""

from __future__ import annotations

from dataclasses import dataclass

from saiken.archive.view import Point
from saiken.claims.judging.told import Told
from saiken.claims.verdict import Ruling


@dataclass(frozen=True, slots=True)
class Slip:
    """A reading that explains the number: its name, what to tell, and the ruling it leads to."""

    name: str
    told: Told
    figures: tuple[Point, ...] = ()
    ruling: Ruling = Ruling.REFUTED
