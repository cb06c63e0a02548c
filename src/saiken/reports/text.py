"""A report for a person at a terminal: the answer first, then why, then where it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from saiken.archive.view import Point
from saiken.claims.judging import naming, wording
from saiken.claims.judging.told import Told, Words, listed, said, tell
from saiken.claims.verdict import OVERALL_ORDER, Nowcast, Report, Ruling, Verdict
from saiken.publishers import catalog
from saiken.reports.terminal import Screen, clean, clipped, display_width, number, padded
from saiken.reports.words import misreading_words, read_as, ruling_words
from saiken.terms.figure import Basis
from saiken.terms.language import ENGLISH, JAPANESE
from saiken.terms.period import Period

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
_TRAILING = ' ,;:–—"“”、「」'
_LEADING = _TRAILING + ".-"


def report_text(report: Report, screen: Screen) -> str:
    """The report as text that ends in a newline, in the language of the text."""
    return _Teller(screen, report.language).report(report)


def report_line(report: Report, name: str, screen: Screen) -> str:
    """One line of a batch: name, ruling, the text."""
    tell_ = _Teller(screen, report.language)
    words = padded(ruling_words(report.overall, report.language).upper(), 17)
    start = f"{clean(name)}  {screen.paint(words, STYLES[report.overall])}  "
    used = display_width(clean(name)) + display_width(words) + 6
    return start + tell_.quote(report.text, max(30, screen.width - used))


def tally(report: Report) -> str:
    """`3 supported, 1 refuted`, in the order of the scale."""
    counts = Counter(verdict.ruling for verdict in report.verdicts)
    told = (
        tell("{count} {ruling}", count=counts[ruling], ruling=naming.word(ruling.value))
        for ruling in Ruling
        if counts[ruling]
    )
    return said(listed(told), report.language)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells a report on a screen in a language."""

    screen: Screen
    language: str

    def say(self, words: str) -> str:
        return said(words, self.language)

    def quote(self, text: str, columns: int, before: str = "") -> str:
        return before + self.say(tell("“{text}”", text=clipped(text, columns)))

    def report(self, report: Report) -> str:
        detailed = len(report.verdicts) <= DETAILED
        lines = list(self._headline(report, detailed=detailed))
        spans = Counter(verdict.claim.span for verdict in report.verdicts)
        shown = report.verdicts if detailed else _gravest(report.verdicts, CLAIMS)
        for verdict in shown:
            shared = spans[verdict.claim.span] > 1
            lines += (self._detail if detailed else self._compact)(verdict, shared=shared)
        if not detailed:
            more = len(report.verdicts) - len(shown)
            lines += [
                *self._more(tell("and {count:,} more claims (--json lists all)", count=more), more),
                "",
            ]
        lines += self._unread(report)
        lines += self._footer(report)
        return "\n".join(lines) + "\n"

    def _more(self, told: Told, count: int) -> list[str]:
        return [f"  {self.say(told)}"] if count > 0 else []

    def _headline(self, report: Report, *, detailed: bool) -> Iterator[str]:
        day = _iso(report.as_of)
        as_of = (
            tell("as of {day}, strict", day=day) if report.strict else tell("as of {day}", day=day)
        )
        if not report.verdicts:
            told = tell("nothing to check ({as_of})", as_of=as_of)
            yield self.screen.paint(self.say(told), "bold")
            return
        if len(report.verdicts) == 1:
            return
        ruling = ruling_words(report.overall, self.language).upper()
        overall = self.screen.paint(ruling, STYLES[report.overall])
        told = tell(
            "{count} claims: {tally} ({as_of})",
            count=len(report.verdicts),
            tally=tally(report),
            as_of=as_of,
        )
        yield f"{overall}  {self.say(told)}"
        if detailed:
            yield ""

    def _first_line(self, verdict: Verdict) -> str:
        words = ruling_words(verdict.ruling, self.language).upper()
        # Of a statement quoted to be denied, the denial is judged: without a word, it would read as
        # the reverse. Where the text denies something itself ("did not sell"), the quote shows it.
        is_quoted = verdict.claim.modality == "quoted"
        denied = self.say(tell("denied: ")) if is_quoted and not verdict.claim.polarity else ""
        used = display_width(words) + display_width(denied) + 4
        text = clean(verdict.claim.text).lstrip(_LEADING).rstrip(_TRAILING)
        quote = self.quote(text, max(30, self.screen.width - used), denied)
        return f"{self.screen.paint(words, STYLES[verdict.ruling])}  {quote}"

    def _detail(self, verdict: Verdict, *, shared: bool) -> Iterator[str]:
        """A claim at length. `shared`: its words bear other claims too, so that it must say which."""
        yield self._first_line(verdict)
        if shared:
            yield from self._labelled(tell("read as"), read_as(verdict.claim))
        for reason in (*verdict.reasons, *verdict.notes)[:REASONS]:
            yield from self.screen.wrapped(clean(reason), "  ")
        if verdict.arithmetic:
            yield from self._labelled(tell("figures"), verdict.arithmetic)
        if verdict.misreadings:
            yield from self._labelled(tell("misreading"), self._misreadings(verdict), "yellow")
        if verdict.next_release:
            yield from self._labelled(tell("next release"), _iso(verdict.next_release), "cyan")
        if verdict.nowcast:
            yield from self._labelled(tell("nowcast"), _nowcast(verdict.nowcast), "cyan")
        if verdict.comovement:
            told = listed(verdict.comovement.told, " ")
            yield from self._labelled(tell("together"), told, "cyan")
        if verdict.outlook:
            yield from self._labelled(tell("scenario"), _sentences(verdict.outlook.told), "cyan")
        for change in verdict.changed_since:
            told = tell(
                "by {day}: {ruling}. {reason}",
                day=_iso(change.day),
                ruling=naming.word(change.ruling.value),
                reason=change.reason,
            )
            yield from self._labelled(tell("since then"), told, "cyan")
        if verdict.surface:
            yield from self._labelled(tell("how rare"), verdict.surface.told)
        yield from self._sources(verdict)
        yield ""

    def _compact(self, verdict: Verdict, *, shared: bool) -> Iterator[str]:
        yield self._first_line(verdict)
        reasons = verdict.reasons[:1] if verdict.ruling is Ruling.SUPPORTED else verdict.reasons[:2]
        if verdict.outlook:
            reasons = verdict.outlook.told[:1]
        text = self.say(_sentences(reasons))
        if shared:
            text = f"({self.say(read_as(verdict.claim))}) {text}"
        if verdict.misreadings:
            text = f"{text} [{self._misreadings(verdict)}]"
        yield from self.screen.wrapped(clean(text), "  ")

    def _misreadings(self, verdict: Verdict) -> str:
        told = [misreading_words(name, self.language) for name in verdict.misreadings]
        return self.say(listed(told))

    def _labelled(self, label: Words, text: str, style: str = "dim") -> Iterator[str]:
        first = "  " + padded(self.say(tell("{label}:", label=label)) if label else ":", 14)
        lines = self.screen.wrapped(clean(self.say(text)), first)
        if lines:
            yield self.screen.paint(lines[0][: len(first)], style) + lines[0][len(first) :]
            yield from lines[1:]

    def _sources(self, verdict: Verdict) -> Iterator[str]:
        """The figures, those of one file together."""
        groups: dict[tuple[str, Basis, bool], list[Point]] = {}
        for point in dict.fromkeys(verdict.figures):
            key = (point.artifact_sha256, point.basis, point.as_later_revised)
            groups.setdefault(key, []).append(point)
        for points in list(groups.values())[:SOURCES]:
            yield from self._labelled(tell("source"), _cited(points))
        more = len(groups) - SOURCES
        if more > 0:
            told = tell("and {count} more sources (--json lists all)", count=more)
            yield from self._labelled("", told)

    def _unread(self, report: Report) -> Iterator[str]:
        if not report.unread:
            return
        told = tell("Not checked ({count}):", count=len(report.unread))
        yield self.screen.paint(self.say(told), "bold")
        whys = [self.say(naming.word(part.why)) for part in report.unread]
        width = max(map(display_width, whys))
        for why, part in list(zip(whys, report.unread, strict=True))[:UNREAD]:
            text = clipped(part.text, max(20, self.screen.width - width - 6))
            yield f"  {padded(why, width)}  {text}"
        more = len(report.unread) - UNREAD
        yield from self._more(tell("and {count:,} more parts (--json lists all)", count=more), more)
        yield ""

    def _footer(self, report: Report) -> Iterator[str]:
        day = _iso(report.as_of)
        known = [tell("As of {day}: only what had been published by then counts.", day=day)]
        if report.dated != report.as_of:
            dated = _iso(report.dated)
            known = [
                tell(
                    "Text of {dated}, as of {day}: only what had been published counts.",
                    dated=dated,
                    day=day,
                )
            ]
        if any(point.as_later_revised for verdict in report.verdicts for point in verdict.figures):
            known.append(
                tell("Figures marked as later revised had been, but only a later print is at hand.")
            )
        if report.snapshot_newest:
            behind = (report.as_of - report.snapshot_newest).days
            newest = _iso(report.snapshot_newest)
            known.append(
                tell(
                    "Newest publication at hand: {day}, {days} days before.",
                    day=newest,
                    days=behind,
                )
                if behind > OLD_SNAPSHOT_DAYS
                else tell("Newest publication at hand: {day}.", day=newest)
            )
        for line in self.screen.wrapped(self.say(_sentences(known))):
            yield self.screen.paint(line, "dim")
        for text in (*report.caveats, *report.credits):
            for line in self.screen.wrapped(clean(text), rest="  "):
                yield self.screen.paint(line, "dim")


def _iso(day: date) -> Told:
    """A day as English reports write it in tables; in Japanese as in any sentence."""
    return wording.label(Period.day(day))


def _sentences(told: Sequence[str]) -> Told:
    """Several after each other; Japanese puts no blank between them."""
    return Told(" ".join(told), lambda: "".join(said(one, JAPANESE) for one in told))


def _nowcast(nowcast: Nowcast) -> Told:
    value, low, high = (f"{of:,.1f}" for of in (nowcast.value, nowcast.low, nowcast.high))
    return tell(
        "{value} {unit}, 80 % interval {low} to {high}. {basis}",
        value=value,
        unit=nowcast.unit,
        low=low,
        high=high,
        basis=nowcast.basis,
    )


def cite(points: Sequence[Point], language: str = ENGLISH) -> str:
    """Figures of one file: publisher, file, since when it is public, each figure and its place."""
    return said(_cited(points), language)


def _cited(points: Sequence[Point]) -> Told:
    first = points[0]
    entry = catalog.load().entry(first.series)
    owner = catalog.load().owner(entry) if entry else None
    days = sorted({point.vintage_day for point in points})
    when = _iso(days[0])
    if days[0] != days[-1]:
        when = tell("{first} to {last}", first=when, last=_iso(days[-1]))
    return tell(
        "{publisher}{file}, {basis} {when}{revised}: {figures}",
        publisher=tell("{name}; ", name=naming.publisher(owner)) if owner else "",
        file=first.artifact_name,
        basis=naming.word(BASES[first.basis]),
        when=when,
        revised=tell(", as later revised") if first.as_later_revised else "",
        figures=_figures(points),
    )


def _figures(points: Sequence[Point]) -> Told:
    told, series = [], ""
    for point in points[:FIGURES]:
        value = tell(
            "{period}: {value} ({place})",
            period=wording.label(point.period),
            value=number(point.value, point.decimals),
            place=naming.place(point.locator),
        )
        if point.series != series:
            value = tell(
                "{series} in {unit}, {value}",
                series=point.series,
                unit=point.unit.name,
                value=value,
            )
        told.append(value)
        series = point.series
    if len(points) > FIGURES:
        told.append(tell("and {count} more", count=len(points) - FIGURES))
    return listed(told, "; ")


def _gravest(verdicts: Sequence[Verdict], count: int) -> list[Verdict]:
    """The `count` verdicts that weigh most, in the order of the text."""
    order = (*OVERALL_ORDER, *(ruling for ruling in Ruling if ruling not in OVERALL_ORDER))
    by_weight = sorted(range(len(verdicts)), key=lambda index: order.index(verdicts[index].ruling))
    return [verdicts[index] for index in sorted(by_weight[:count])]
