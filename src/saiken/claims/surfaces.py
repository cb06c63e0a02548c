"""The response surface of a verdict: how typical the claimed strength is for its series."""

from __future__ import annotations

from dataclasses import dataclass

from saiken.claims.claim import UNCHECKABLE, Claim, Predicate
from saiken.claims.judging import change, naming, numbers, record, rules
from saiken.claims.judging.evidence import Evidence
from saiken.claims.judging.finding import Finding
from saiken.claims.judging.lines import Line
from saiken.claims.judging.target import window
from saiken.claims.judging.told import Told, Words, said, tell
from saiken.claims.judging.weigh import suited
from saiken.claims.verdict import Surface, Verdict
from saiken.measures import surfaces
from saiken.measures.surfaces import Response
from saiken.terms.language import ENGLISH

PERIODS = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "A": "year"}
RELATIVE = {"% change", "x"}
BASES = {"D": {"month": 21, "year": 252}, "W": {"quarter": 13, "year": 52}}
BASES |= {"M": {"quarter": 3, "year": 12}, "Q": {"year": 4}, "A": {"five years": 5}}
"""Other bases that a change could have been measured from, in observations."""


@dataclass(frozen=True, slots=True)
class Window:
    """What of a line a claim is about: `span` observations back from `index`."""

    kind: str
    line: Line
    index: int
    span: int
    extreme: str = ""
    relative: bool = False


def surface_of(verdict: Verdict, evidence: Evidence, language: str = ENGLISH) -> Surface | None:
    """The surface of a claim on a change, a flow or a record that figures decided; else None."""
    claim = verdict.claim
    if claim.predicate in UNCHECKABLE or not verdict.figures:
        return None
    found = _window(claim, verdict, evidence)
    if found is None:
        return None
    try:
        response = _response(found)
    except ValueError:  # nothing moved, so that there is no strength to compare
        return None
    return _surface(found, response, language)


def _window(claim: Claim, verdict: Verdict, evidence: Evidence) -> Window | None:
    """The window on the line that the verdict cites."""
    cited = {point.series for point in verdict.figures}
    asked = (claim.measure, claim.subject, claim.tenor)
    flows = evidence.catalog.measures[claim.measure].flow if claim.measure else ""
    nets = evidence.lines(flows, claim.subject) if flows else ()
    finders = {
        Predicate.CHANGE: (_change, ()),
        Predicate.DIRECTION: (_change, ()),
        Predicate.FLOW: (_flow, nets),
        Predicate.RECORD: (_record, ()),
    }
    if claim.predicate not in finders:
        return None
    find, more = finders[claim.predicate]
    for line in (*more, *suited(claim, evidence), *evidence.quoted(*asked)):
        if line.series.removesuffix(" (simple)") in cited:
            found = find(claim, line, evidence)
            if found is not None:
                return found
    return None


def _change(claim: Claim, line: Line, evidence: Evidence) -> Window | None:
    found = change.steps(claim, line, evidence)
    if isinstance(found, Finding):
        return None
    step = found[0][1]
    stated = claim.quantity.unit if claim.quantity else ""
    relative = stated in RELATIVE and min(line.values) > 0
    return Window("change", line, step.index, step.index - step.base, relative=relative)


def _flow(claim: Claim, line: Line, evidence: Evidence) -> Window | None:
    if line.kind != "flow":
        return None
    found = window(line, claim, evidence)
    if isinstance(found, Finding):
        return None
    return Window("flow", line, found[-1], len(found))


def _record(claim: Claim, line: Line, evidence: Evidence) -> Window | None:
    line = record.of(claim, line)
    found = window(line, claim, evidence, rules.RECENT_OBSERVATIONS)
    if isinstance(found, Finding):
        return None
    pick = max if claim.extreme == "high" else min
    index = pick(reversed(found), key=lambda i: line.values[i])
    return Window("record", line, index, 0, extreme=claim.extreme)


def _response(found: Window) -> Response:
    values = list(found.line.values)
    match found.kind:
        case "record":
            return surfaces.record_surface(values, found.index, found.extreme)
        case "flow":
            return surfaces.flow_surface(values, found.index, found.span)
    return surfaces.change_surface(values, found.index, found.span, relative=found.relative)


def _surface(found: Window, response: Response, language: str) -> Surface:
    line = found.line
    same, of = response.at(response.span)
    spans = {*surfaces.sensible_spans(response.spans.tolist(), line.frequency), response.span}
    bases = _bases(found)
    unit = "periods" if found.kind == "record" else "ratio" if found.relative else line.unit.name
    return Surface(
        kind=found.kind,
        periods=PERIODS.get(line.frequency, "period"),
        span=response.span,
        strength=float(response.strength),
        unit=unit,
        as_strong=int(response.as_strong.sum()),
        windows=int(response.windows.sum()),
        same_as_strong=same,
        same_windows=of,
        uniqueness=response.uniqueness,
        robustness=response.robustness,
        bases=bases,
        by_span=tuple((span, *response.at(span)) for span in sorted(spans)),
        told=said(_told(found, response, dict(bases)), language),
    )


def _bases(found: Window) -> tuple[tuple[str, float], ...]:
    """The same end of a change, measured from elsewhere."""
    if found.kind != "change":
        return ()
    values, index = found.line.values, found.index
    past = values[: index + 1]
    levels = {
        name: values[index - span]
        for name, span in {"period": 1, **BASES.get(found.line.frequency, {})}.items()
        if index >= span
    }
    levels |= {"peak": max(past), "trough": min(past), "start": past[0]}
    return tuple((name, round(values[index] - level, 9)) for name, level in levels.items())


SEEN = {
    ("change", True): tell("as large a rise"),
    ("change", False): tell("as large a fall"),
    ("flow", True): tell("as large a purchase"),
    ("flow", False): tell("as large a sale"),
    ("record", True): tell("a high that nothing had reached for as long"),
    ("record", False): tell("a low that nothing had reached for as long"),
}


def _told(found: Window, response: Response, bases: dict[str, float]) -> Told:
    same, of = response.at(response.span)
    is_record = found.kind == "record"
    seen = SEEN[found.kind, found.extreme == "high" if is_record else response.strength > 0]
    period = naming.word(PERIODS.get(found.line.frequency, "period"))
    window = (
        period
        if response.span == 1 or is_record
        else tell("window of {span} {period}s", span=response.span, period=period)
    )
    turned = _turned(found, response, bases)
    if same == 1:
        return tell(
            "No other {window} among {count:,} sees {seen}{turned}.",
            window=window,
            count=of,
            seen=seen,
            turned=turned,
        )
    if same * 2 < of:
        return tell(
            "A {window} in {every:.0f} sees {seen} ({same:,} of {count:,}){turned}.",
            window=window,
            every=of / same,
            seen=seen,
            same=same,
            count=of,
            turned=turned,
        )
    return tell(
        "{share:.0%} of all {window}s see {seen} ({same:,} of {count:,}){turned}.",
        share=same / of,
        window=window,
        seen=seen,
        same=same,
        count=of,
        turned=turned,
    )


def _turned(found: Window, response: Response, bases: dict[str, float]) -> Words:
    """Where a year says the opposite of a shorter span, the span was the choice."""
    year = bases.get("year", 0.0)
    longest = BASES.get(found.line.frequency, {}).get("year", 0)
    if response.span >= longest or year * response.strength >= 0:
        return ""
    shown = numbers.amount(year, found.line.unit, signed=True)
    return tell(". From a year before, it is {shown}", shown=shown)
