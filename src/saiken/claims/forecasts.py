"""What scenarios say of the forecasts in a text, put into the words of its language.

What is asked of a scenario comes from a callable that a door hands over: nothing here runs one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from saiken.archive.archive import Archive
from saiken.claims.claim import Claim
from saiken.claims.judging import naming, numbers
from saiken.claims.judging.told import Told, Words, listed, said, tell
from saiken.claims.verdict import Report, Ruling, Verdict
from saiken.terms.language import ENGLISH
from saiken.terms.outlook import Outlook, Refusal, Shock
from saiken.terms.quantity import Quantity
from saiken.terms.units import Unit

ROUNDED = 0.01
"""Shares nearer to none or all than this are told as such, not as a per cent of them."""

Ask = Callable[[Claim], Outlook | Refusal | None]
Witness = Callable[[Archive, date], Ask]
"""For an archive and a day a callable that gives what a scenario says of a claim: an outlook, or why
there is none, or None for a claim that no scenario bears on."""


def with_outlooks(report: Report, archive: Archive, witness: Witness) -> Report:
    """The report with what scenarios say of its forecasts; nothing is run where there are none."""
    if not any(_hangs(verdict, report.as_of) for verdict in report.verdicts):
        return report
    ask = witness(archive, report.as_of)

    def looked_at(verdict: Verdict) -> Verdict:
        found = ask(verdict.claim) if _hangs(verdict, report.as_of) else None
        if found is None:
            return verdict
        if isinstance(found, Refusal):
            note = tell("No scenario was run: {why}.", why=naming.refusal(found))
            return replace(verdict, notes=(*verdict.notes, said(note, report.language)))
        return replace(verdict, outlook=with_told(found, report.language))

    return replace(report, verdicts=tuple(map(looked_at, report.verdicts)))


def with_told(found: Outlook, language: str = ENGLISH) -> Outlook:
    """An outlook with the sentences that tell it."""
    return replace(found, told=tuple(said(one, language) for one in told(found)))


def _hangs(verdict: Verdict, as_of: date) -> bool:
    """Whether a forecast hangs on a shock, and not on one of the past ("had it sold in 2022")."""
    period = verdict.claim.period
    past = period is not None and period.end < as_of
    return verdict.ruling is Ruling.NOT_CHECKABLE and verdict.claim.premise is not None and not past


def told(found: Outlook) -> Iterator[Told]:
    """An outlook in sentences: what the draws say, what is not identified, what was assumed."""
    yield tell(
        "{premise}, {price} would {way}{least} in {share} of {draws:,} simulated draws; with "
        "backstops by central banks in {backstopped}.",
        premise=_premise(found.shock),
        price=_PRICES[found.series],
        way=_way(found),
        least=_far(found),
        share=_share(found.share),
        draws=found.draws,
        backstopped=_share(found.backstopped),
    )
    yield tell(
        "{direction}, {size}: the move is {low} to {high} in 90% of the draws, {middle} in the "
        "middle, and {outside} of them lie outside every sample.",
        direction=_DIRECTIONS[found.identified],
        size=_SIZED[found.sized],
        low=_moved(found.low, found.unit),
        high=_moved(found.high, found.unit),
        middle=_moved(found.middle, found.unit),
        outside=_share(found.outside),
    )
    if found.level is not None:
        yield tell("Counted from {level:.2f}, all else standing still.", level=found.level)
    if found.assumed:
        fields = listed([_FIELDS[name] for name in found.assumed])
        yield tell("Not told, and so assumed: {fields}.", fields=fields)
    yield tell(
        "Scenario {name}, seed {seed}. How likely it is, no draw tells.",
        name=found.scenario,
        seed=found.seed,
    )


_PRICES = {
    "UST 2Y": tell("the 2-year Treasury yield"),
    "UST 10Y": tell("the 10-year Treasury yield"),
    "UST 30Y": tell("the 30-year Treasury yield"),
    "JGB 10Y": tell("the 10-year JGB yield"),
    "JGB 30Y": tell("the 30-year JGB yield"),
    "USD/JPY": tell("USD/JPY"),
    "US equities": tell("US equities"),
    "BTC": tell("bitcoin"),
}
_WAYS = {
    (1, False): tell("rise"),
    (-1, False): tell("fall"),
    (1, True): tell("not rise"),
    (-1, True): tell("not fall"),
}
_YEN = {1: tell("a weaker yen"), -1: tell("a stronger yen")}


def _way(found: Outlook) -> Told:
    way = _WAYS[found.direction, found.denied]
    if found.series != "USD/JPY":
        return way
    return tell("{way} ({yen})", way=way, yen=_YEN[found.direction])


def _far(found: Outlook) -> Words:
    if found.most is not None:
        return tell(" by {most:g} {unit} or less", most=round(found.most, 1), unit=found.unit)
    if not found.least:
        return ""
    return tell(" by {least:g} {unit} or more", least=round(found.least, 1), unit=found.unit)


_DIRECTIONS = {
    "supported": tell("Supported in the model"),
    "contradicted": tell("Contradicted in the model"),
    "not identified": tell("Not identified"),
}
_SIZED = {True: tell("size identified"), False: tell("size not identified")}
_FIELDS = {
    "holder": tell("who sells"),
    "size": tell("how much"),
    "months": tell("over how long"),
}
_HOLDERS = {
    "JP:mof": tell("Japan's Ministry of Finance"),
    "JP:boj": tell("the Bank of Japan"),
    "JP:pensions": tell("Japan's pension funds"),
    "JP:insurers": tell("Japan's insurers"),
    "JP:banks": tell("Japan's banks"),
    "JP:coops": tell("Japan's co-operative and postal banks"),
    "JP:trusts": tell("Japan's trusts and households"),
    "US:fed": tell("the Federal Reserve"),
    "US:dealers": tell("US dealers"),
    "US:funds": tell("leveraged funds"),
    "US:real_money": tell("US real money"),
    "XX:official": tell("official holders abroad"),
    "XX:private": tell("private holders abroad"),
}
_PREMISES: dict[str, Callable[..., Told]] = {
    "sale": lambda **parts: tell("If {who} sold {size} of Treasuries within {span}", **parts),
    "repatriation": lambda **parts: tell(
        "If {who} moved {size} from Treasuries into JGBs within {span}", **parts
    ),
    "intervention": lambda **parts: tell("If {who} sold {size} for yen within {span}", **parts),
    "jgb": lambda **parts: tell("If the 30-year JGB yield moved by {size} within {span}", **parts),
    "carry": lambda **parts: tell(
        "If {size} of yen carry trades were closed within {span}", **parts
    ),
}
"""By the kinds that are run: a trimming is a sale that takes its time."""


def _premise(shock: Shock) -> Told:
    months = shock.months or 1
    span = tell("a month") if months == 1 else tell("{months} months", months=months)
    who = _HOLDERS.get(shock.holder) or naming.subject(shock.holder)
    return _PREMISES[shock.kind](who=who, size=_size(shock.size), span=span)


def _size(size: Quantity | None) -> Words:
    if size is None:
        return ""
    if size.unit == "ratio":
        return tell("{share:.0%}", share=size.value)
    if size.unit == "bp":
        return tell("{size:+,.0f} bp", size=size.value)
    return numbers.amount(size.value / 1e9, Unit.parse(f"{size.unit} bn"))


def _moved(size: float, unit: str) -> Told:
    shown = f"{size:+,.0f}" if abs(size) >= 10 else f"{size:+.1f}"
    return tell("{size} {unit}", size=shown.replace("-", "−"), unit=unit)


def _share(share: float) -> Told:
    """In whole per cent; what is neither none nor all is not rounded to it."""
    if 0 < share < ROUNDED:
        return tell("under 1%")
    if 1 - ROUNDED < share < 1:
        return tell("over 99%")
    return tell("{share:.0%}", share=share)
