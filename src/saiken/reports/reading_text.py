"""What a text was read as, for a person: the text with its claims marked, then each claim in a line."""

from __future__ import annotations

import math
from collections.abc import Iterator

from saiken.claims.claim import Base, Claim, Driver, Predicate, Reading
from saiken.reports.terminal import Screen, clean, clipped
from saiken.terms.outlook import Shock
from saiken.terms.quantity import Quantity

COLOURS = {
    Predicate.LEVEL: "34", Predicate.CHANGE: "36", Predicate.DIRECTION: "36", Predicate.FLOW: "35", Predicate.RECORD: "33", Predicate.THRESHOLD: "33",
    Predicate.RANK: "32", Predicate.SHARE: "32", Predicate.COMPARISON: "32", Predicate.STREAK: "31", Predicate.RELEASE: "34", Predicate.CAUSAL: "90",
    Predicate.FORECAST: "90", Predicate.OPINION: "90", Predicate.EVENT: "90",
}  # fmt: skip
"""The colour (SGR) of each family of predicates; what figures cannot settle is grey."""

LONGEST = 20_000
"""Of a longer text only the beginning is shown; the claims are listed in any case."""
MOST = 400


def reading_text(reading: Reading, screen: Screen) -> str:
    """The reading as text that ends in a newline.

    Each claim's words are underlined in the colour of its predicate and numbered; without colour
    they stand in ‹ ›.
    """
    lines = ["".join(_marked(reading, screen)).rstrip("\n"), ""]
    width = len(str(len(reading.claims)))
    for number, claim in enumerate(reading.claims[:MOST], 1):
        head = f"{number:>{width}}  {claim.predicate.value:<10} "
        lines += _painted_head(head, claim, screen)
    if len(reading.claims) > MOST:
        lines.append(f"and {len(reading.claims) - MOST:,} more claims (--json lists all)")
    if not reading.claims:
        lines.append("no claim was read")
    for part in reading.unread[:MOST]:
        why = f"{'·':>{width}}  {part.why:<10} "
        lines.append(
            screen.paint(why, "dim") + clipped(part.text, max(20, screen.width - len(why)))
        )
    if len(reading.unread) > MOST:
        lines.append(f"and {len(reading.unread) - MOST:,} more parts (--json lists all)")
    return "\n".join(lines) + "\n"


def _painted_head(head: str, claim: Claim, screen: Screen) -> list[str]:
    lines = screen.wrapped(clean(claim_words(claim)), head)
    painted = _paint(head, COLOURS[claim.predicate], screen)
    return [painted + lines[0][len(head) :], *lines[1:]]


def _paint(text: str, code: str, screen: Screen) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if screen.colour and text.strip() else text


def _marked(reading: Reading, screen: Screen) -> Iterator[str]:
    """The text, piece by piece, cut where a claim's words begin or end."""
    shown = reading.text[:LONGEST]
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for number, claim in enumerate(reading.claims):
        start, end = claim.span
        if end <= len(shown):
            opening.setdefault(start, []).append(number)
            closing.setdefault(end, []).append(number)
    here: list[int] = []
    at = 0
    for cut in sorted({*opening, *closing, len(shown)}):
        yield _piece(reading, shown[at:cut], here, screen)
        if cut in closing:
            here = [number for number in here if number not in closing[cut]]
            told = ",".join(str(number + 1) for number in closing[cut])
            yield ("" if screen.colour else "›") + screen.paint(f"[{told}]", "dim")
        if cut in opening:
            here = here + opening[cut]
            yield "" if screen.colour else "‹"
        at = cut
    if len(reading.text) > LONGEST:
        yield " …"


def _piece(reading: Reading, text: str, here: list[int], screen: Screen) -> str:
    """A piece of the text that no terminal can be misled by, its lines and outer blanks kept."""
    lines = []
    for line in text.split("\n"):
        words = clean(line)
        lead = " " if line[:1].isspace() else ""
        trail = " " if words and line[-1:].isspace() else ""
        code = f"4;{COLOURS[reading.claims[here[-1]].predicate]}" if here else ""
        lines.append(lead + (_paint(words, code, screen) if here else words) + trail)
    return "\n".join(lines)


def claim_words(claim: Claim) -> str:
    """A claim in one line: whose, what, how much, when, and every field that is not its default."""
    parts = [claim.subject or "?", claim.measure.replace("_", " ") or "no measure", claim.tenor]
    if claim.quantity is not None:
        parts.append(_quantity(claim.quantity))
    if claim.direction is not None:
        parts.append({1: "up or bought", -1: "down or sold", 0: "steady"}[claim.direction])
    parts += [claim.extreme, f"of the {claim.of}" if claim.of else ""]
    parts.append(f"rank {claim.rank}" if claim.rank is not None else "")
    parts.append(f"{claim.count:g} in a row or times" if claim.count is not None else "")
    parts.append(f"against {', '.join(claim.versus)}" if claim.versus else "")
    parts.append(_driven(claim.driver) if claim.driver else "")
    parts.append(_hangs_on(claim.premise) if claim.premise else "")
    parts.append(f"in {claim.period.label}" if claim.period else "")
    parts.append(_base(claim.base) if claim.base else "")
    parts.append(f"since {claim.since.label}" if claim.since else "")
    parts.append(f"published {claim.published.label}" if claim.published else "")
    parts += ["of all time" if claim.ever else "", "for the first time" if claim.first else ""]
    parts += sorted(claim.scope)
    parts += [f"“{hedge}”" for hedge in claim.hedges]
    parts.append("" if claim.modality == "asserted" else claim.modality)
    parts.append("" if claim.polarity else "denied")
    parts.append(f"score {claim.confidence:g}" if claim.confidence < 1 else "")
    others = [
        f"or {_told_apart(other, claim)} ({other.confidence:g})" for other in claim.alternatives
    ]
    return " · ".join(part for part in (*parts, *others) if part)


def _told_apart(other: Claim, claim: Claim) -> str:
    """The other reading by what sets it apart: its subject, measure or maturity."""
    names = ("subject", "measure", "tenor", "predicate")
    told = [
        str(getattr(other, name)) for name in names if getattr(other, name) != getattr(claim, name)
    ]
    return " ".join(told) or "another reading"


def _driven(by: Driver) -> str:
    named = (by.subject, by.measure.replace("_", " "), by.tenor)
    return f"moved by {' '.join(word for word in named if word)}"


def _hangs_on(shock: Shock) -> str:
    size = f"of {_scaled(shock.size.value)} {shock.size.unit}" if shock.size else ""
    span = f"over {shock.months} month{'s' if shock.months > 1 else ''}" if shock.months else ""
    told = (shock.kind, f"by {shock.holder}" if shock.holder else "", size, span)
    return f"if {' '.join(word for word in told if word)}"


def _quantity(told: Quantity) -> str:
    def show(value: float) -> str:
        return "∞" if value == math.inf else "−∞" if value == -math.inf else _scaled(value)

    return f"{show(told.value)} {told.unit or 'plain'} [{show(told.low)}, {show(told.high)}]"


def _scaled(value: float) -> str:
    for scale, name in ((1e12, "tn"), (1e9, "bn"), (1e6, "mn")):
        if abs(value) >= scale:
            return f"{value / scale:.7g} {name}".replace("-", "−")
    return f"{value:.7g}".replace("-", "−")


def _base(base: Base) -> str:
    match base.kind:
        case "ago":
            return f"from {base.count} {base.unit}{'s' if base.count > 1 else ''} before"
        case "period" if base.period is not None:
            return f"from {base.period.label}"
        case "year_ago":
            return "from a year before"
        case "previous":
            return "from the one before"
        case "start":
            return "from its start"
    return f"from the {base.kind}"
