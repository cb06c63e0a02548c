"""A brief as Markdown: footnotes lead from each sentence to the figures it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saiken.claims.judging import wording
from saiken.reports.brief.article import Brief, Sentence
from saiken.reports.brief.notes import Notes
from saiken.reports.terminal import clean
from saiken.reports.text import OLD_SNAPSHOT_DAYS

MARK = "†"
LEGEND = f"{MARK} Only a later revision of a figure behind the sentence is at hand."

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|!~&])")


def markdown(brief: Brief) -> str:
    """The whole brief; ends with a newline. A claim's own markup is shown, not obeyed."""
    return "\n".join(_lines(brief)) + "\n"


def escaped(text: str) -> str:
    """Text that is not ours, on one line, with nothing in it that Markdown would act on."""
    return _MARKUP.sub(r"\\\1", " ".join(clean(text).split()))


def _lines(brief: Brief) -> Iterator[str]:
    notes = Notes(brief)
    yield f"# {brief.title}"
    yield ""
    yield f"*As of {wording.day(brief.as_of)}. {dateline(brief)}*"
    for section in brief.sections:
        yield from ("", f"## {section.title}", "")
        if section.answers_claim and brief.claim is not None:
            yield from (f"> {escaped(brief.claim.text)}", "")
        told = [" ".join(_told(s, notes) for s in paragraph) for paragraph in section.paragraphs]
        yield "\n\n".join(told)
    yield from _watch(brief)
    yield from _apparatus(brief, notes)


def dateline(brief: Brief) -> str:
    """What counts, and how old the figures at hand are, where that matters."""
    known = "Only what had been published by then counts."
    newest = brief.snapshot_newest
    if newest is not None and (brief.as_of - newest).days > OLD_SNAPSHOT_DAYS:
        known += f" The newest publication at hand is of {wording.day(newest)}."
    if brief.strict:
        known += " Figures of which only a later revision is held are refused."
    return known


def _told(sentence: Sentence, notes: Notes) -> str:
    mark = MARK if sentence.as_later_revised else ""
    return sentence.text + mark + "".join(f"[^{number}]" for number in notes.of(sentence))


def _watch(brief: Brief) -> Iterator[str]:
    if not brief.coming:
        return
    yield from ("", "## What to watch", "", "| due | data of | publisher | series |")
    yield "|---|---|---|---|"
    for item in brief.coming:
        due = f"{wording.day(item.release.day)} ({item.release.basis})"
        data = wording.period(item.release.period)
        yield f"| {due} | {data} | {item.publisher} | `{item.series}` |"


def _apparatus(brief: Brief, notes: Notes) -> Iterator[str]:
    yield from ("", "## Evidence", "")
    if any(sentence.as_later_revised for sentence in brief.sentences):
        yield from (LEGEND, "")
    for number, note in notes.listed:
        series = f" (`{note.series}`)" if note.series else ""
        source = f". {note.source}" if note.source else ""
        again = f". To draw it again: `{note.command}`" if note.command else ""
        yield f"[^{number}]: {note.title}{series}, {note.told}{source}{again}."
    yield ""
    yield from (f"- {text}" for text in (*brief.caveats, *brief.credits))
