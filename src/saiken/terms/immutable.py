"""Values that nobody changes, held to it by the type checker and not at run time.

A frozen dataclass costs four times as much to make, and a named tuple twice as much to look into:
a reader makes and looks into hundreds of them for each sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def immutable(*, eq: bool = True) -> Callable[[type[T]], type[T]]:
    """A slotted dataclass, equal and hashed by its fields (`eq=False`: by identity)."""
    return dataclass(slots=True, eq=eq, unsafe_hash=eq)
