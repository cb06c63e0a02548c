"""The brief as an article: sections of proven sentences, each with the figures it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from saiken.archive.archive import Archive
from saiken.archive.view import Point
from saiken.claims.judging import judge
from saiken.claims.judging.evidence import Evidence
from saiken.claims.reading import read
from saiken.claims.verdict import Report, Ruling, Verdict
from saiken.reports.brief import curve, finances, flows, holdings, outlook
from saiken.reports.brief.facts import Fact, Scene
from saiken.reports.brief.proof import stands
from saiken.reports.brief.sentences import wordings
from saiken.reports.words import misreading_words
from saiken.terms import places
from saiken.terms.release import Release


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that `check` bears out, and what it rests on."""

    text: str
    fact: Fact

    @property
    def as_later_revised(self) -> bool:
        return any(point.as_later_revised for point in self.fact.points)


@dataclass(frozen=True, slots=True)
class Section:
    """`charts` are the series that picture it, where a picture is drawn."""

    title: str
    sentences: tuple[Sentence, ...]
    charts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """A reality check on one country, as of a day.

    claim     the report on the claim that it answers; None without one
    coming    the next release of each calendar cited, with its publisher
    withheld  facts for which no wording was borne out: kept for whoever asks why
    """

    code: str
    as_of: date
    title: str
    sections: tuple[Section, ...]
    claim: Report | None
    coming: tuple[tuple[str, Release], ...]
    withheld: tuple[Fact, ...]
    credits: tuple[str, ...]
    caveats: tuple[str, ...]
    snapshot_newest: date | None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for section in self.sections for sentence in section.sentences)

    @property
    def text(self) -> str:
        """The sentences alone, one paragraph a section: what may be fed back to `check`."""
        return "\n\n".join(
            " ".join(sentence.text for sentence in section.sentences) for section in self.sections
        )

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(dict.fromkeys(p for sentence in self.sentences for p in sentence.fact.points))


@dataclass(frozen=True, slots=True)
class Part:
    """A section to be: its title, where its facts come from, the measure that pictures it."""

    title: str
    facts: Callable[[Scene], Iterator[Fact]]
    charted: tuple[str, ...] = ()


PARTS = (
    Part("In short", holdings.lead),
    Part("What the holdings say", holdings.told, ("level", "lead")),
    Part("What crossed the border", flows.told, ("assets_bonds",)),
    Part("Where the stress is", curve.told, ("yield_level",)),
    Part("Debt, currency and reserves", finances.told, ("debt",)),
    Part("What is not known yet", outlook.told),
)


class NothingHeld(LookupError):
    """No figure of the country is at hand as of the day."""


def write(
    code: str, as_of: date, archive: Archive, claim: str = "", *, strict: bool = False
) -> Brief:
    """The brief on the country `code` (ISO 3166) as of a day, answering `claim` where one is given.

    Every sentence is checked before it is written. Raises NothingHeld where no figure of the
    country had been published and is at hand.
    """
    evidence = Evidence(archive, as_of, as_of, strict=strict)
    scene = Scene(code, evidence)
    report = judge(read(claim, as_of), archive, as_of, strict=strict) if claim.strip() else None
    sections, withheld = [], []
    for part in _parts(report):
        found, left = _proven(part.facts(scene), evidence)
        withheld += left
        if found:
            charts = tuple(dict.fromkeys(
                s.fact.points[0].series for s in found
                if s.fact.points and s.fact.kind.startswith(part.charted or ("-",))
            ))  # fmt: skip
            sections.append(Section(part.title, found, charts))
    if not any(sentence.fact.points for section in sections for sentence in section.sentences):
        raise NothingHeld(code)
    return _finished(scene, tuple(sections), report, tuple(withheld))


def _parts(report: Report | None) -> tuple[Part, ...]:
    if report is None:
        return PARTS
    return (Part("What is claimed", lambda scene: _on_claim(scene, report)), *PARTS)


def _proven(facts: Iterable[Fact], evidence: Evidence) -> tuple[tuple[Sentence, ...], list[Fact]]:
    """Each fact in the first of its wordings that stands; and the facts that none stands for."""
    told: list[Sentence] = []
    withheld = []
    for fact in facts:
        wording = next((text for text in wordings(fact) if stands(text, evidence)), None)
        if wording is None:
            withheld.append(fact)
        elif all(sentence.text != wording for sentence in told):
            told.append(Sentence(wording, fact))
    return tuple(told), withheld


RULINGS = {
    Ruling.SUPPORTED: "The official statistics bear this out.",
    Ruling.REFUTED: "The official statistics contradict this.",
    Ruling.EXAGGERATED: "The direction is right, the size is overdone.",
    Ruling.MISLEADING: "True to the letter, it misleads.",
    Ruling.NOT_PUBLISHED_YET: "The official statistics do not reach that far yet.",
    Ruling.NOT_COVERED: "No official series at hand can settle this.",
    Ruling.NOT_CHECKABLE: "Statistics cannot settle this.",
    Ruling.AMBIGUOUS: "The words allow more than one reading, and the readings part ways.",
    Ruling.CHECK_FAILED: "The check broke down, so nothing is said of it.",
}


def _on_claim(scene: Scene, report: Report) -> Iterator[Fact]:
    """The ruling in words, the misreading, and those reasons that are statements of their own."""
    yield scene.fact("claim_ruling", told=RULINGS[report.overall])
    verdicts = [v for v in report.verdicts if v.ruling is report.overall] or report.verdicts
    for verdict in verdicts:
        for slip in verdict.misreadings:
            yield scene.fact("claim_slip", slip=misreading_words(slip))
        yield from _reasons(scene, verdict)


def _reasons(scene: Scene, verdict: Verdict) -> Iterator[Fact]:
    for reason in (*verdict.reasons, *verdict.notes):
        yield scene.fact("claim_reason", verdict.figures, reason=reason)


def _finished(
    scene: Scene, sections: tuple[Section, ...], report: Report | None, withheld: tuple[Fact, ...]
) -> Brief:
    catalog = scene.evidence.catalog
    brief = Brief(
        code=scene.code,
        as_of=scene.as_of,
        title=f"{places.name(scene.code)}: what the figures say",
        sections=sections,
        claim=report,
        coming=(),
        withheld=withheld,
        credits=(),
        caveats=(),
        snapshot_newest=scene.evidence.archive.newest,
    )
    entries = (catalog.entry(point.series) for point in brief.points)
    sources = [
        catalog.publishers[name]
        for name in dict.fromkeys(entry.publisher for entry in entries if entry is not None)
    ]
    return replace(
        brief,
        coming=outlook.coming(scene, brief.points),
        credits=tuple(source.credit for source in sources),
        caveats=tuple(source.caveat for source in sources if source.caveat),
    )
