"""What a forecast hangs on, as its words tell it, and what a scenario makes of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from saiken.terms.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Shock:
    """The event that a forecast presupposes, as far as words tell it: "if Japan sold $500bn over a
    year". What they leave open is empty.

    kind    `sale` of Treasuries at once, `trimming` of them over time, `repatriation`,
            `intervention` for the yen, `carry` (yen carry trades are closed), `jgb` (the long end of
            the JGB curve moves)
    holder  who: a subject code such as `JP`, `JP:life`, `CN`
    size    an amount of money, a share of what is held (`ratio`), or signed `bp`
    months  over how long
    """

    kind: str
    holder: str = ""
    size: Quantity | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no scenario was run: a template in English and its parts, of which numbers are $bn, so that
    whoever tells it can tell it in the language of a text.
    """

    template: str
    parts: Mapping[str, str | float] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.parts) if self.parts else self.template


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the draws of a scenario say of one forecast. Moves are differences from a world without
    the shock, at the month end by which it is over: bp for yields, % for prices.

    scenario      its name; `seed` and `draws` give the same bits again
    shock         what was run, nothing left open; `assumed` names the fields that the words left so
    series, unit  the price; `direction` +1 or -1 which way it is said to go, `least` by how much at
                  least (0: not said), `most` by how much at most (None: not said), `denied` where
                  the text says that it will not
    level         the level that sizes were worked out from, where the text states one; else None
    share         of the draws that bear the forecast out; `backstopped`: with central banks' help
    low, middle, high   5 %, median and 95 % of the move
    outside       share of the draws that lie outside every sample
    identified    `supported`, `contradicted` or `not identified`, of what is said
    sized         whether the size of the move is identified
    told          all of that in sentences, by whoever tells it
    """

    scenario: str
    seed: int
    draws: int
    shock: Shock
    assumed: tuple[str, ...]
    series: str
    unit: str
    direction: int
    least: float
    most: float | None
    denied: bool
    level: float | None
    share: float
    backstopped: float
    low: float
    middle: float
    high: float
    outside: float
    identified: str
    sized: bool
    told: tuple[str, ...] = ()
