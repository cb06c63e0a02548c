"""The brief: a reality check on one country as an article, written from figures as of a day.

`facts` draws what the figures show, `sentences` words it, `proof` checks every sentence before it
is written, `article` puts them in order; `markdown`, `html` and `data` render the result.
"""

from __future__ import annotations

from saiken.reports.brief.article import Brief, NothingHeld, Section, Sentence, write

__all__ = ["Brief", "NothingHeld", "Section", "Sentence", "write"]
