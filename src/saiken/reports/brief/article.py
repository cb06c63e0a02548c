"""The brief as an article: sections of proven sentences, each with the figures it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from saiken.archive.archive import Archive
from saiken.archive.view import Point
from saiken.claims.judging import judge
from saiken.claims.judging.evidence import Evidence
from saiken.claims.reading import read
from saiken.claims.verdict import Report, Ruling
from saiken.reports.brief import chain, curve, finances, flows, holdings, outlook, whatif, words
from saiken.reports.brief.dump import Dump
from saiken.reports.brief.facts import Fact, Scene
from saiken.reports.brief.outlook import Coming
from saiken.reports.brief.proof import at_odds, foretold, proven
from saiken.reports.brief.sentences import wordings
from saiken.reports.words import misreading_words


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
    """`charted` are the series that picture it, by name; `answers_claim`: it is on the claim;
    `dump` is the run that it tells.
    """

    title: str
    paragraphs: tuple[tuple[Sentence, ...], ...]
    charted: Mapping[str, str] = field(default_factory=dict)
    answers_claim: bool = False
    dump: Dump | None = None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph)


@dataclass(frozen=True, slots=True)
class Brief:
    """A reality check on one country, as of a day.

    claim     the report on the claim that it answers; None without one
    coming    the next release of each calendar that its figures come by
    withheld  facts for which no wording was borne out, kept for whoever asks why
    """

    code: str
    as_of: date
    strict: bool
    title: str
    sections: tuple[Section, ...]
    claim: Report | None = None
    coming: tuple[Coming, ...] = ()
    withheld: tuple[Fact, ...] = ()
    credits: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    snapshot_newest: date | None = None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for section in self.sections for sentence in section.sentences)

    @property
    def text(self) -> str:
        """The sentences alone, by paragraphs: what may be fed back to `check`."""
        paragraphs = (part for section in self.sections for part in section.paragraphs)
        return "\n\n".join(" ".join(sentence.text for sentence in part) for part in paragraphs)

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(dict.fromkeys(p for sentence in self.sentences for p in sentence.fact.points))


Facts = Callable[[Scene], Iterator[Fact]]


@dataclass(frozen=True, slots=True)
class Part:
    """A section to be: where the facts of each paragraph come from.

    `charted` are the kinds of facts whose series picture it, and how these are called there.
    """

    title: str
    paragraphs: tuple[Facts, ...]
    charted: Mapping[str, str] = field(default_factory=dict)
    answers_claim: bool = False
    tells_dump: bool = False


def _summary(scene: Scene) -> Iterator[Fact]:
    told = [*holdings.lead(scene), *curve.lead(scene)]
    yield from told
    yield from outlook.lead(scene) if told else ()


PARTS = (
    Part("In short", (_summary,)),
    Part(
        "What the holdings say",
        (holdings.table, holdings.purchases, holdings.standing, holdings.caveat),
        {"level": "{country}"},
    ),
    Part(
        "What crossed the border",
        (*(partial(flows.told, flows=group) for group in flows.GROUPS), flows.missing),
        {"flow_year": "{who}"},
    ),
    Part(
        "Where the stress is",
        (*(partial(curve.tenor, asked=tenor) for tenor in curve.TENORS), curve.between),
        {"yield_now": "{country}, {tenor}", "yield_level": "{country}, {tenor}"},
    ),
    Part("The chain to other markets", (chain.told,)),
    Part(
        "Debt, currency and reserves",
        (finances.debt, finances.currency, finances.reserves),
        {"debt": "{country}", "debt_now": "{country}", "debt_record": "{country}"},
    ),
    Part(
        "What a real dump would do to the seller",
        (whatif.prices, whatif.seller, whatif.limits),
        tells_dump=True,
    ),
    Part("What is not known yet", (outlook.told,)),
)


class NothingHeldError(LookupError):
    """No figure of the country is at hand as of the day."""


def write(
    code: str, as_of: date, archive: Archive, claim: str = "", *, strict: bool = False
) -> Brief:
    """The brief on the country `code` (ISO 3166) as of a day, answering `claim` where one is given.

    Every sentence is checked before it is written. `strict` refuses figures of which only a later
    revision is held. Raises NothingHeldError where no figure of the country had been published and is
    at hand.
    """
    evidence = Evidence(archive, as_of, as_of, strict=strict)
    scene = Scene(code, evidence)
    report = judge(read(claim, as_of), archive, as_of, strict=strict) if claim.strip() else None
    answering = Part("What is claimed", (partial(_on_claim, report=report),), answers_claim=True)
    sections, withheld = [], []
    for part in (answering, *PARTS):
        section, left = _section(part, scene)
        withheld += left
        sections += [section] if section.paragraphs else []
    kept, dropped = _in_context(sections, evidence)
    brief = Brief(
        code=code,
        as_of=as_of,
        strict=strict,
        title=f"{words.name(code)}: what the figures say",
        sections=tuple(kept),
        claim=report,
        withheld=(*withheld, *dropped),
        snapshot_newest=archive.newest,
    )
    if not any(_is_told_of(sentence) for sentence in brief.sentences):
        raise NothingHeldError(code)
    return _sourced(brief, scene)


ASIDE = {"claim_ruling", "mood", "fx", "fx_now", "fx_year"}
"""Kinds that make no brief by themselves: the claim's own figures, a currency that many share."""


def _is_told_of(sentence: Sentence) -> bool:
    """Whether a sentence rests on figures of the country itself."""
    return bool(sentence.fact.points) and sentence.fact.kind not in ASIDE


def _section(part: Part, scene: Scene) -> tuple[Section, list[Fact]]:
    paragraphs: list[tuple[Sentence, ...]] = []
    withheld: list[Fact] = []
    said: set[str] = set()  # a remark that fits two paragraphs is made once
    for facts in part.paragraphs:
        told, left = _proven(facts(scene), scene.evidence)
        withheld += left
        fresh = tuple(s for s in told if not (s.fact.leaning and s.text in said))
        said |= {sentence.text for sentence in fresh}
        if fresh:
            paragraphs.append(fresh)
    facts_told = [sentence.fact for told in paragraphs for sentence in told]
    charted = {
        fact.points[0].series: part.charted[fact.kind].format_map(fact.words)
        for fact in facts_told
        if fact.kind in part.charted and fact.points
    }
    run = scene.dump if part.tells_dump else None
    section = Section(
        part.title, tuple(paragraphs), charted, part.answers_claim,
        run if isinstance(run, Dump) else None,
    )  # fmt: skip
    return section, withheld


def _in_context(sections: list[Section], evidence: Evidence) -> tuple[list[Section], list[Fact]]:
    """The sections without what does not stand once they are read as one text."""
    dropped: list[Fact] = []
    while True:
        told = [part for section in sections for part in section.paragraphs]
        scenario = {
            (i, k) for i, part in enumerate(told) for k, s in enumerate(part) if s.fact.outcomes
        }
        faults = at_odds([[s.text for s in part] for part in told], evidence, scenario)
        if not faults:
            return sections, dropped
        dropped += [told[i][k].fact for i, k in sorted(faults)]
        kept = iter(
            tuple(s for k, s in enumerate(part) if (i, k) not in faults)
            for i, part in enumerate(told)
        )
        whole = [
            replace(
                section, paragraphs=tuple(filter(None, [next(kept) for _ in section.paragraphs]))
            )
            for section in sections
        ]
        sections = [section for section in whole if section.paragraphs]


def _proven(facts: Iterable[Fact], evidence: Evidence) -> tuple[tuple[Sentence, ...], list[Fact]]:
    """Each fact in the first of its wordings that stands; and the facts that none stands for.

    A fact of several parts falls back on them; a remark stays only behind what it remarks on.
    """
    told: list[Sentence] = []
    withheld: list[Fact] = []
    is_told = False
    for fact in facts:
        if fact.leaning and not is_told:
            continue
        holds = foretold if fact.outcomes else proven
        wording = next((text for text in wordings(fact) if holds(text, evidence)), None)
        if wording is not None:
            told.append(Sentence(wording, fact))
            is_told = True
        elif fact.parts:
            found, left = _proven(fact.parts, evidence)
            told += found
            withheld += left
            is_told = bool(found) and not left
        elif not fact.leaning:
            withheld.append(fact)
            is_told = False
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


def _on_claim(scene: Scene, report: Report | None) -> Iterator[Fact]:
    """The ruling in words with the figures behind it, and the misreading."""
    if report is None:
        return
    verdicts = [verdict for verdict in report.verdicts if verdict.ruling is report.overall]
    points = [point for verdict in verdicts for point in verdict.figures]
    yield scene.fact("claim_ruling", points, told=RULINGS[report.overall])
    for slip in dict.fromkeys(slip for verdict in verdicts for slip in verdict.misreadings):
        yield scene.fact("claim_slip", slip=misreading_words(slip))


def _sourced(brief: Brief, scene: Scene) -> Brief:
    """With the releases to come, and the credits and caveats of every publisher cited."""
    catalog = scene.evidence.catalog
    entries = (catalog.entry(point.series) for point in brief.points)
    sources = list(dict.fromkeys(catalog.owner(entry) for entry in entries if entry is not None))
    return replace(
        brief,
        coming=outlook.coming(scene, brief.points),
        credits=tuple(source.credit for source in sources),
        caveats=tuple(dict.fromkeys(source.caveat for source in sources if source.caveat)),
    )
