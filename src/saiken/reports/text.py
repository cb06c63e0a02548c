"""A report for a person at a terminal: the answer first, then why, then where it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from saiken.archive.view import Point
from saiken.claims.claim import Claim
from saiken.claims.verdict import OVERALL_ORDER, Nowcast, Report, Ruling, Verdict
from saiken.publishers import catalog
from saiken.reports.terminal import Screen, clean, clipped, display_width, number
from saiken.reports.words import misreading_words, ruling_words
from saiken.terms.figure import Basis

STYLES = {
    Ruling.SUPPORTED: "bold green",
    Ruling.REFUTED: "bold red",
    Ruling.EXAGGERATED: "bold yellow",
    Ruling.MISLEADING: "bold yellow",
    Ruling.NOT_PUBLISHED_YET: "bold cyan",
    Ruling.NOT_COVERED: "bold",
    Ruling.NOT_CHECKABLE: "bold",
    Ruling.AMBIGUOUS: "bold magenta",
    Ruling.CHECK_FAILED: "bold red",
}

BASES = {
    Basis.PUBLISHED: "published",
    Basis.CALENDAR: "released",
    Basis.FIRST_SEEN: "first seen",
}

DETAILED = 3
"""Up to so many claims, each is told at length; beyond, a line or two a claim."""

REASONS = 4
CLAIMS = 80
UNREAD = 40
SOURCES = 4
FIGURES = 4
OLD_SNAPSHOT_DAYS = 45
_TRAILING = ' ,;:–—"“”'
_LEADING = _TRAILING + ".-"


def report_text(report: Report, screen: Screen) -> str:
    """The report as text that ends in a newline."""
    detailed = len(report.verdicts) <= DETAILED
    lines = list(_headline(report, screen, detailed=detailed))
    spans = Counter(verdict.claim.span for verdict in report.verdicts)
    shown = report.verdicts if detailed else _gravest(report.verdicts, CLAIMS)
    for verdict in shown:
        shared = spans[verdict.claim.span] > 1
        lines += (_detail if detailed else _compact)(verdict, screen, shared=shared)
    if not detailed:
        lines += [*_more(len(report.verdicts) - len(shown), "claims"), ""]
    lines += _unread(report, screen)
    lines += _footer(report, screen)
    return "\n".join(lines) + "\n"


def report_line(report: Report, name: str, screen: Screen) -> str:
    """One line of a batch: name, ruling, the text."""
    words = f"{ruling_words(report.overall).upper():<17}"
    start = f"{clean(name)}  {screen.paint(words, STYLES[report.overall])}  "
    used = display_width(clean(name)) + len(words) + 6
    return f"{start}“{clipped(report.text, max(30, screen.width - used))}”"


def tally(report: Report) -> str:
    """`3 supported, 1 refuted`, in the order of the scale."""
    counts = Counter(verdict.ruling for verdict in report.verdicts)
    return ", ".join(
        f"{counts[ruling]} {ruling_words(ruling)}" for ruling in Ruling if counts[ruling]
    )


def _headline(report: Report, screen: Screen, *, detailed: bool) -> Iterator[str]:
    as_of = f"as of {report.as_of}" + (", strict" if report.strict else "")
    if not report.verdicts:
        yield screen.paint(f"nothing to check ({as_of})", "bold")
        return
    if len(report.verdicts) == 1:
        return
    overall = screen.paint(ruling_words(report.overall).upper(), STYLES[report.overall])
    count = len(report.verdicts)
    yield f"{overall}  {count} claims: {tally(report)} ({as_of})"
    if detailed:
        yield ""


def _first_line(verdict: Verdict, screen: Screen) -> str:
    words = ruling_words(verdict.ruling).upper()
    # Of a statement quoted to be denied, the denial is judged: without a word, it would read as the
    # reverse. Where the text denies something itself ("did not sell"), the quote shows it.
    is_quoted = verdict.claim.modality == "quoted"
    denied = "denied: " if is_quoted and not verdict.claim.polarity else ""
    columns = max(30, screen.width - len(words) - len(denied) - 4)
    quote = clipped(clean(verdict.claim.text).lstrip(_LEADING).rstrip(_TRAILING), columns)
    return f"{screen.paint(words, STYLES[verdict.ruling])}  {denied}“{quote}”"


def _read_as(claim: Claim) -> str:
    period = claim.period.label if claim.period else ""
    measure = claim.measure.replace("_", " ")
    parts = (claim.predicate.value, claim.subject, measure, claim.tenor, period)
    return " ".join(part for part in parts if part)


def _detail(verdict: Verdict, screen: Screen, *, shared: bool) -> Iterator[str]:
    """A claim at length. `shared`: its words bear other claims too, so that it must say which."""
    yield _first_line(verdict, screen)
    if shared:
        yield from _labelled("read as", _read_as(verdict.claim), screen)
    for reason in (*verdict.reasons, *verdict.notes)[:REASONS]:
        yield from screen.wrapped(clean(reason), "  ")
    if verdict.arithmetic:
        yield from _labelled("figures", verdict.arithmetic, screen)
    if verdict.misreadings:
        yield from _labelled("misreading", _misreadings(verdict), screen, "yellow")
    if verdict.next_release:
        yield from _labelled("next release", verdict.next_release.isoformat(), screen, "cyan")
    if verdict.nowcast:
        yield from _labelled("nowcast", _nowcast(verdict.nowcast), screen, "cyan")
    for change in verdict.changed_since:
        told = f"by {change.day}: {ruling_words(change.ruling)}. {change.reason}"
        yield from _labelled("since then", told, screen, "cyan")
    if verdict.surface:
        yield from _labelled("how rare", verdict.surface.told, screen)
    yield from _sources(verdict, screen)
    yield ""


def _nowcast(nowcast: Nowcast) -> str:
    point = f"{nowcast.value:,.1f} {nowcast.unit}"
    return f"{point}, 80 % interval {nowcast.low:,.1f} to {nowcast.high:,.1f}. {nowcast.basis}"


def _compact(verdict: Verdict, screen: Screen, *, shared: bool) -> Iterator[str]:
    yield _first_line(verdict, screen)
    reasons = verdict.reasons[:1] if verdict.ruling is Ruling.SUPPORTED else verdict.reasons[:2]
    text = " ".join(clean(reason) for reason in reasons)
    if shared:
        text = f"({_read_as(verdict.claim)}) {text}"
    if verdict.misreadings:
        text = f"{text} [{_misreadings(verdict)}]"
    yield from screen.wrapped(text, "  ")


def _misreadings(verdict: Verdict) -> str:
    return ", ".join(map(misreading_words, verdict.misreadings))


def _labelled(label: str, text: str, screen: Screen, style: str = "dim") -> Iterator[str]:
    first = f"  {label + ':':<14}"
    lines = screen.wrapped(clean(text), first)
    if lines:
        yield screen.paint(lines[0][: len(first)], style) + lines[0][len(first) :]
        yield from lines[1:]


def _sources(verdict: Verdict, screen: Screen) -> Iterator[str]:
    """The figures, those of one file together."""
    groups: dict[tuple[str, Basis, bool], list[Point]] = {}
    for point in dict.fromkeys(verdict.figures):
        key = (point.artifact_sha256, point.basis, point.as_later_revised)
        groups.setdefault(key, []).append(point)
    for points in list(groups.values())[:SOURCES]:
        yield from _labelled("source", cite(points), screen)
    if len(groups) > SOURCES:
        yield from _labelled(
            "", f"and {len(groups) - SOURCES} more sources (--json lists all)", screen
        )


def cite(points: Sequence[Point]) -> str:
    """Figures of one file: publisher, file, since when it is public, each figure and its place."""
    first = points[0]
    entry = catalog.load().entry(first.series)
    publisher = f"{catalog.load().publishers[entry.publisher].name}; " if entry else ""
    days = sorted({f"{p.vintage_day:%Y-%m-%d}" for p in points})
    when = f"{BASES[first.basis]} {' to '.join(dict.fromkeys((days[0], days[-1])))}"
    mark = ", as later revised" if first.as_later_revised else ""
    told, series = [], ""
    for point in points[:FIGURES]:
        named = "" if point.series == series else f"{point.series} in {point.unit.name}, "
        value = number(point.value, point.decimals)
        told.append(f"{named}{point.period.label}: {value} ({point.locator})")
        series = point.series
    if len(points) > FIGURES:
        told.append(f"and {len(points) - FIGURES} more")
    return f"{publisher}{first.artifact_name}, {when}{mark}: {'; '.join(told)}"


def _unread(report: Report, screen: Screen) -> Iterator[str]:
    if not report.unread:
        return
    yield screen.paint(f"Not checked ({len(report.unread)}):", "bold")
    width = max(display_width(part.why) for part in report.unread)
    for part in report.unread[:UNREAD]:
        yield f"  {part.why:<{width}}  {clipped(part.text, max(20, screen.width - width - 6))}"
    yield from _more(len(report.unread) - UNREAD, "parts")
    yield ""


def _gravest(verdicts: Sequence[Verdict], count: int) -> list[Verdict]:
    """The `count` verdicts that weigh most, in the order of the text."""
    order = (*OVERALL_ORDER, *(ruling for ruling in Ruling if ruling not in OVERALL_ORDER))
    by_weight = sorted(range(len(verdicts)), key=lambda index: order.index(verdicts[index].ruling))
    return [verdicts[index] for index in sorted(by_weight[:count])]


def _more(count: int, what: str) -> list[str]:
    return [f"  and {count:,} more {what} (--json lists all)"] if count > 0 else []


def _footer(report: Report, screen: Screen) -> Iterator[str]:
    known = f"As of {report.as_of}: only what had been published by then counts."
    if report.dated != report.as_of:
        known = (
            f"Text of {report.dated}, as of {report.as_of}: only what had been published counts."
        )
    if any(point.as_later_revised for verdict in report.verdicts for point in verdict.figures):
        known += " Figures marked as later revised had been, but only a later print is at hand."
    if report.snapshot_newest:
        behind = (report.as_of - report.snapshot_newest).days
        known += f" Newest publication at hand: {report.snapshot_newest}"
        known += f", {behind} days before." if behind > OLD_SNAPSHOT_DAYS else "."
    for line in screen.wrapped(known):
        yield screen.paint(line, "dim")
    for text in (*report.caveats, *report.credits):
        for line in screen.wrapped(clean(text), rest="  "):
            yield screen.paint(line, "dim")
