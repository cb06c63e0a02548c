"""A sentence that calls a user's own series, made ready: ratios, decades, spans of years, names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from saiken.claims.reading.marks import Mark, Sentence
from saiken.claims.reading.own.amounts import with_ratios
from saiken.claims.reading.own.words import Own, known, said, stem
from saiken.claims.reading.periods import preposition
from saiken.claims.reading.spans import When
from saiken.terms.period import Period

_DECADE = re.compile(
    r"\b(?:(?P<edge>early|mid|late)[- ])?(?P<year>(?:1[6-9]|20)\d0)'?s\b", re.IGNORECASE
)
_EDGES = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "": (0, 9)}
"""Years of a decade, by what part of it is told."""
_SPAN = {"from": ("to", "until", "till", "through"), "between": ("and",)}
_KEPT = frozenset(("place", "amount", "when", "move", "extreme", "multiple", "record"))
"""What is told of a name, and is no part of it."""


def ready(sentence: Sentence) -> Sentence:
    """The sentence with its ratios, decades, spans and names as one mark each, where it calls a
    series of the user's; else as it is.
    """
    told = frozenset(stem(token.word) for token in sentence.tokens)
    called = [own for own in known() if own.called(told)]
    named = {mark.get("measure") for mark in sentence.all_of("measure")}
    called += [own for own in known() if own.measure in named and own not in called]
    if not called:
        return sentence
    sentence = _with_spans(_with_decades(with_ratios(sentence)))
    return _with_names(sentence, called)


def _put(sentence: Sentence, made: Mark) -> Sentence:
    """The sentence with a mark in the place of those that it covers."""
    others = [m for m in sentence.marks if m.last <= made.first or m.first >= made.last]
    return sentence.marked(sorted([*others, made], key=lambda mark: mark.first))


def _with_decades(sentence: Sentence) -> Sentence:
    for told in _DECADE.finditer(sentence.text):
        inside = [i for i, t in enumerate(sentence.tokens) if told.start() <= t.start < told.end()]
        year = int(told["year"])
        begins, ends = _EDGES[(told["edge"] or "").lower()]
        period = Period(date(year + begins, 1, 1), date(year + ends, 12, 31))
        first, last = inside[0], inside[-1] + 1
        word = preposition(sentence.tokens, first)
        when = When(told.start(), told.end(), "period", period, word=word, first=first, last=last)
        made = Mark(first, last, told.start(), told.end(), {"when": "period"}, "", item=when)
        sentence = _put(sentence, made)
    return sentence


def _with_spans(sentence: Sentence) -> Sentence:
    """As in "from 1991 to 2022": one time, where no amounts stand between its ends."""
    times = [m for m in sentence.all_of("when") if isinstance(m.item, When)]
    for one, other in pairwise(times):
        first, last = one.item, other.item
        if not isinstance(first, When) or not isinstance(last, When):
            continue
        ends = _SPAN.get(sentence.tokens[one.first - 1].word if one.first else "", ())
        ends = ends or _SPAN.get(first.word, ())
        between = [token.word for token in sentence.tokens[one.last : other.first]]
        if between not in [[word] for word in ends] or first.period is None or last.period is None:
            continue
        if first.period.start > last.period.end:
            continue
        period = Period(first.period.start, last.period.end)
        item = replace(first, end=other.end, period=period, word="", last=other.last)
        sentence = _put(sentence, replace(one, last=other.last, end=other.end, item=item))
    return sentence


def _with_names(sentence: Sentence, called: Sequence[Own]) -> Sentence:
    """Each stretch of words of a series that calls it by itself is one mark, whatever its words may
    be elsewhere.
    """
    for own in called:
        for first, last in _stretches(sentence, own):
            words = frozenset(stem(token.word) for token in sentence.tokens[first:last])
            if own.called(words) and last - first > 1:
                tokens = sentence.tokens
                start, end = tokens[first].start, tokens[last - 1].end
                kinds = {"measure": own.measure}
                owner = tokens[last - 1].owner
                sentence = _put(
                    sentence, Mark(first, last, start, end, kinds, tokens[first].word, owner)
                )
    return sentence


def _stretches(sentence: Sentence, own: Own) -> list[tuple[int, int]]:
    """Runs of tokens of a series' own words, with joining words between them."""
    apart = {
        i for m in sentence.marks if not _KEPT.isdisjoint(m.kinds) for i in range(m.first, m.last)
    }
    mine = [
        i not in apart and (stem(token.word) in own.words or token.word in said("relative"))
        for i, token in enumerate(sentence.tokens)
    ]
    runs: list[tuple[int, int]] = []
    for i in (i for i, own_word in enumerate(mine) if own_word):
        gap = sentence.tokens[runs[-1][1] : i] if runs else []
        joined = runs and len(gap) <= _GAP and all(t.raw == "-" or t.word in _JOINING for t in gap)
        joined = joined and not apart.intersection(range(runs[-1][1], i))
        runs[-1 if joined else len(runs) :] = [(runs[-1][0] if joined else i, i + 1)]
    return runs


_GAP = 2
_JOINING = frozenset(
    ("of", "the", "in", "by", "for", "a", "an", "with", "to", "from", "as", "s", "their")
)
