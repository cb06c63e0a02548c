"""What a sentence leaves in force for the next ones: topic, holders, issuer, dates of the data."""

from __future__ import annotations

from dataclasses import replace

from saiken.claims.reading.build import TENORED
from saiken.claims.reading.clauses import Part
from saiken.claims.reading.context import Context, Topic, family
from saiken.claims.reading.marks import Sentence
from saiken.claims.reading.predicates.scene import HOLDINGS, Scene
from saiken.claims.reading.spans import When
from saiken.claims.reading.topics_rates import named
from saiken.terms.period import Period, add_months


def remember(ctx: Context, topic: Topic, scene: Scene) -> None:
    """The topic of a clause, its holders, issuer and period."""
    ctx.topic = topic
    if topic.measure in HOLDINGS and topic.subjects:
        ctx.holders = topic.subjects
    if topic.measure in TENORED and topic.subjects and topic.sure == 1.0:  # no guess is kept
        ctx.issuer = topic.subjects[0]
        ctx.issuers = tuple(dict.fromkeys((*topic.subjects, *ctx.issuers)))[:2]
    if scene.timing.periods:
        ctx.last_period, ctx.last_family = scene.timing.periods[-1], family(topic.measure)
    if scene.timing.periods and scene.timing.whens:
        base = scene.timing.base
        dated = base is not None and base.period is not None
        ctx.last_span = (base, scene.timing.periods[-1]) if base is not None and dated else None


def label(part: Part, ctx: Context) -> None:
    """As in "Treasuries followed: the 30-year yield rose": whose yields come after the colon."""
    issuers = {mark.get("paper") for mark in part.all("paper")} - {"", "foreign"}
    if len(issuers) == 1:
        ctx.issuer = issuers.pop()


_ASIDE = {"as", "while", "whereas", "although", "though", "after", "before", "because", "since", "when", "if", "("}  # fmt: skip


def _is_scenery(part: Part) -> bool:
    return part.before in _ASIDE or part.sentence.tokens[part.first].word in _ASIDE


def keep_subject(told: list[tuple[Part, tuple[str, ...]]], ctx: Context) -> None:
    """Of several holders that a sentence names, the one that its main clause is about is likelier
    meant by what follows; the others may be.
    """
    if not told:
        return
    main = next((who for part, who in told if not _is_scenery(part)), told[0][1])
    ctx.rivals = tuple(dict.fromkeys(who for _, who in told if who != main))
    if ctx.rivals and ctx.topic.measure in HOLDINGS:
        ctx.holders = main
        ctx.topic = replace(ctx.topic, subjects=main, rivals=())


def move_on(parts: list[Part], ctx: Context) -> None:
    """The country and the issuer named last stay in force for pronouns and bare tenors."""
    places = [mark.get("place") for part in parts for mark in part.all("place")]
    others = tuple(code for code in places if code != "US")
    if (
        len(others) == 1
        and len(parts) == 1
        and len(parts[0].marks) <= 2
        and ctx.topic.measure in {"debt_ratio", "treasury_holdings", "reserves"}
    ):
        ctx.topic = replace(
            ctx.topic, subjects=others
        )  # "And Greece itself?" names whom the next words are about
    if parts[0].sentence.text.endswith("?"):  # "And the yen?"
        marks = [mark for part in parts for mark in part.marks if "glue" not in mark.kinds]
        ctx.topic = (named(marks[0]) if len(marks) == 1 else None) or ctx.topic
    if others:
        ctx.places = others[:1]
        if not ctx.topic.measure:
            ctx.holders = others[:1]
    elif places:
        ctx.places = ("US",)
    issuers = {mark.get("paper") for part in parts for mark in part.all("paper")} - {
        "",
        "foreign",
        "US",
    }
    if len(issuers) == 1:
        ctx.issuer = issuers.pop()


def data_date(sentence: Sentence, parts: list[Part], ctx: Context) -> None:
    """As in "As of November…" and "The July TIC in one paragraph" date the figures that follow."""
    words = sentence.words
    for part in parts:
        for mark in part.all("when"):
            when = mark.item
            if not isinstance(when, When) or when.period is None:
                continue
            if (when.word not in {"as of", "as at"} and "tic" not in words) or (
                when.period.frequency not in {"M", "D"}
            ):
                continue
            month = Period.month(when.period.end.year, when.period.end.month)
            if when.word in {"as of", "as at"}:
                ctx.data_as_of = month
            elif (
                "tic" in words
                and when.word in {"", "for"}
                and len(parts) <= 3
                and not any("amount" in p.kinds for p in parts)
            ):
                # a report is called by the month it comes out in, its data by the month they are of;
                # by the time that these are out it may be called by theirs
                lag = 2 if words & {"release", "report"} else 0
                newest = add_months(ctx.dated.replace(day=1), -2)
                first = month.start if month.start == newest else add_months(month.start, -lag)
                ctx.data_as_of = Period.month(first.year, first.month)
                ctx.topic = Topic("treasury_holdings", ctx.holders or ("all",))
