"""The brief: a reality check on one country as an article, written from figures as of a day.

`facts` draws what the figures show (`holdings`, `flows`, `curve`, `finances`, `outlook`), `sentences`
words it, `proof` checks every sentence before it is written, `article` puts them in order;
`markdown`, `page` and `data` render the result with its evidence.
"""

from __future__ import annotations

from saiken.reports.brief.article import Brief, NothingHeldError, Section, Sentence, write

__all__ = ["Brief", "NothingHeldError", "Section", "Sentence", "write"]
