"""What earlier words leave in force for later ones: subject, measure, tenor, date of the data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from saiken.claims.claim import Base
from saiken.claims.reading.marks import Sentence
from saiken.claims.reading.quantities import Amount
from saiken.terms.immutable import immutable
from saiken.terms.period import Period
from saiken.terms.quantity import Quantity


@immutable()
class Topic:
    """What a clause is about. `subjects` are claims of their own; `tenors` too.

    `inverse` is set where the words name the currency that the pair is quoted in: a weaker yen
    is a higher USDJPY. `price` where the words are of the price of bonds, whose yield is the topic:
    a dearer bond yields less. `rivals` are whose it may be as well, where the words do not say.
    """

    measure: str = ""
    subjects: tuple[str, ...] = ()
    tenors: tuple[str, ...] = ("",)
    inverse: bool = False
    price: bool = False
    scope: frozenset[str] = frozenset()
    explicit: bool = False
    sure: float = 1.0
    rivals: tuple[tuple[str, ...], ...] = ()

    @property
    def thing(self) -> Thing:
        """What is measured, whatever is said of it."""
        return self.measure, self.subjects, self.tenors


Thing = tuple[str, tuple[str, ...], tuple[str, ...]]
Stated = tuple[Thing, Quantity]


@dataclass(slots=True)
class Context:
    """The state of a reading, from sentence to sentence. `amount` is one that the sentence before
    only named ("One percent!"), `headed` the week or month that a heading names ("MoF flows for
    the week to Feb 21."), `day` the one that a sentence without a claim names ("It was a brutal
    Tuesday."), `issuers` the last two whose yields were told, `rivals` those whom the
    sentence that named the holders named besides, `stated` what the last clause said to stand at a
    number, `said` the sentence before. `owns` tells that the catalog has series of the user's own.
    """

    dated: date
    owns: bool = False
    topic: Topic = field(default_factory=Topic)
    holders: tuple[str, ...] = ()
    rivals: tuple[tuple[str, ...], ...] = ()
    places: tuple[str, ...] = ()
    issuer: str = ""
    issuers: tuple[str, ...] = ()
    tenors: tuple[str, ...] = ("",)
    data_as_of: Period | None = None
    headed: Period | None = None
    day: Period | None = None
    last_period: Period | None = None
    last_span: tuple[Base, Period] | None = None
    last_family: str = ""
    amount: Amount | None = None
    stated: tuple[Stated, ...] = ()
    said: Sentence | None = None


FAMILIES = {
    "treasury_holdings": "treasury", "treasury_net_purchases": "treasury", "treasury_valuation": "treasury",
    "foreign_bond_flows": "mof_flows", "foreign_equity_flows": "mof_flows", "inbound_bond_flows": "mof_flows", "inbound_equity_flows": "mof_flows",
}  # fmt: skip


def family(measure: str) -> str:
    """Measures of one publisher's release, for which an "as of" holds together."""
    return FAMILIES.get(measure, measure)
