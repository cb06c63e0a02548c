"""Measures that need NumPy, for those who must not wait for it before they are asked for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from saiken.measures.comovement import Comovement

Side = tuple[Sequence[int], Sequence[float], bool]


def comovement(first: Side, second: Side, until: int) -> Comovement:
    """How two series moved together: `comovement.comovement` of plain sequences."""
    from saiken.measures.comovement import Series, comovement  # noqa: PLC0415 - NumPy

    return comovement(Series(*first), Series(*second), until)
