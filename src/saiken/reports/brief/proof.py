"""The proof of a sentence: a brief writes nothing that `check` would not support.

Every sentence is read and judged on the archive and the day of the brief before it is written.
"""

from __future__ import annotations

import re

from saiken.claims.judging import judge_claim
from saiken.claims.judging.evidence import Evidence
from saiken.claims.reading import read
from saiken.claims.verdict import Ruling

_DIGIT = re.compile(r"\d")


def has_figure(text: str) -> bool:
    """Whether a sentence states a number or a date."""
    return bool(_DIGIT.search(text))


def stands(text: str, evidence: Evidence) -> bool:
    """Whether every claim of `text` is supported and, where it has a figure, nothing is unread.

    A sentence without a figure need not be a claim at all; if it is read as one, that has to hold.
    """
    reading = read(text, evidence.dated)
    rulings = {judge_claim(claim, evidence).ruling for claim in reading.claims}
    if rulings - {Ruling.SUPPORTED}:
        return False
    return not has_figure(text) or bool(rulings and not reading.unread)
