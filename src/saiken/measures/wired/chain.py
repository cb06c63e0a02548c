"""The chain of a country as of a date: how stress at home would travel, link by link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from saiken.measures.wired import links
from saiken.measures.wired.links import Link, Place
from saiken.measures.wired.series import Figures, Used, Views

ORDER: tuple[Callable[[Figures, Place], Link], ...] = (
    links.bonds,
    links.relative_value,
    links.flows,
    links.treasuries,
    links.carry_trade,
    links.risk,
)


@dataclass(frozen=True, slots=True)
class Chain:
    """Links in the order in which stress would travel."""

    place: Place
    as_of: date
    links: tuple[Link, ...]

    def link(self, id_: str) -> Link:
        return next(link for link in self.links if link.id == id_)

    @property
    def used(self) -> tuple[Used, ...]:
        """Every series that went into it, each once."""
        every = [u for link in self.links for g in link.gauges for u in g.used]
        every += [u for link in self.links if link.signal for u in link.signal.used]
        every += [u for link in self.links for span in link.spans for u in span.used]
        return tuple(dict.fromkeys(every))


def chain(archive: Views, as_of: date, place: Place, *, strict: bool = False) -> Chain:
    """The chain of a place. What the figures do not allow is left out and named in its link."""
    figures = Figures(archive, as_of, strict=strict)
    return Chain(place, as_of, tuple(make(figures, place) for make in ORDER))
