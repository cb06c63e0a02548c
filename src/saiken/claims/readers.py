"""Readers: what turns a text into claims. The built-in one, and plug-ins that propose claims.

A reader is a callable `read(text, dated) -> Reading`. Plug-ins register it under the entry points
group `saiken.readers`. Whatever a plug-in proposes is held to the text and the catalog before it
is judged, and the judge is the same: a reader settles what is said, never whether it is true.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from importlib.resources import files
from itertools import pairwise

from saiken.claims.claim import UNCHECKABLE, Claim, Predicate, Reading, Unread
from saiken.publishers import catalog
from saiken.terms.period import Period
from saiken.terms.places import GROUPS, countries

Reader = Callable[[str, date], Reading]

GROUP = "saiken.readers"
BUILT_IN = "rules"
OWN = {
    BUILT_IN: "saiken.claims.reading:read",
    "openai-compatible": "saiken.claims.plugins.openai_compatible:read",
}
"""The readers of this package, which need no installed metadata."""

MOST_CLAIMS = 500
REJECTED = "rejected"

MODALITIES = {"asserted", "forecast", "conditional", "opinion", "causal", "reported", "quoted"}
SCOPES = {
    "foreign", "intraday", "close", "briefly", "gross", "average", "owner", "fiscal_year", "daily", "weekly", "monthly", "long_term", "bills",
    "combined", "large", "of_public", "of_debt", "of_peak", "balance_of_payments", "constant_maturity", "simple_yield", "standing", "crossed", "trend", "within", "period_end", "period_start", "times", "misses", "nth", "at_least", "at_most", "size", "latest", "next", "unpublished",
}  # fmt: skip
BASES = {"previous", "year_ago", "period", "peak", "trough", "start", "ago"}
_TENOR = re.compile(r"(?:\d{1,2}[MY](?:-\d{1,2}[MY])?)?\Z")
_SUBJECT = re.compile(
    r"[A-Z]{2}(?::[a-z_]{2,30})?|[A-Z]{2}(?:\+[A-Z]{2})+|[A-Z]{2}-[A-Z]{2}|[A-Z0-9]{3,12}|[a-z_]{2,30}"
)
_SCOPE = re.compile(r"[a-z0-9_]{2,20}")
_WORDS = re.compile(
    r"half|third|quarter|fifth|doubl|twice|tripl|treble|halv|dozen|倍|半|分の"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)\b",
    re.IGNORECASE,
)


class ReaderError(Exception):
    """A reader that cannot be used or gave no usable answer; `hint` says what to do next.

    `setup` is set where the fault is in how the reader was asked for, rather than in its answer.
    """

    def __init__(self, message: str, hint: str = "", *, setup: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.setup = setup


def names() -> list[str]:
    """The names of all readers at hand."""
    return sorted({*OWN, *_installed()})


def _installed() -> dict[str, str]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - only where a reader is asked for

    return {point.name: point.value for point in entry_points(group=GROUP)}


def load(name: str = "") -> Reader:
    """The reader of a name; "" is the built-in one. A plug-in's claims come out validated.

    Raises ReaderError for a name that no installed package registers, or that does not load.
    """
    if name in {"", BUILT_IN}:
        return _resolve(OWN[BUILT_IN], BUILT_IN)
    known = {**_installed(), **OWN}
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = (
            f"did you mean {near[0]}?" if near else f"readers at hand: {', '.join(sorted(known))}"
        )
        raise ReaderError(f"no such reader: {name[:60]}", hint, setup=True)
    proposing = _resolve(known[name], name)

    def read(text: str, dated: date) -> Reading:
        return validated(proposing(text, dated), text, dated)

    return read


def _resolve(where: str, name: str) -> Reader:
    module, _, attribute = where.partition(":")
    try:
        found = getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise ReaderError(
            f"the reader {name} does not load: {error}",
            "install it again, or leave it out",
            setup=True,
        ) from None
    if not callable(found):
        raise ReaderError(
            f"the reader {name} is not callable", "it must be read(text, dated)", setup=True
        )
    reader: Reader = found
    return reader


def validated(reading: object, text: str, dated: date) -> Reading:
    """What a plug-in proposed, held to the text and the catalog.

    Claims that fail come back as `Unread` with why `rejected: …`; sentences that the plug-in passed
    over as `no statement`. Raises ReaderError for what is no reading of this text.
    """
    if not isinstance(reading, Reading) or reading.text != text:
        raise ReaderError("the reader gave no reading of this text", "use the built-in reader")
    if len(reading.claims) > MOST_CLAIMS:
        raise ReaderError(
            f"the reader gave more than {MOST_CLAIMS} claims", "give it a shorter text"
        )
    claims: list[Claim] = []
    unread = [part for part in reading.unread if text[slice(*part.span)] == part.text]
    for claim in reading.claims:
        fault = fault_of(claim, text)
        if fault:
            span = claim.span if _within(claim.span, text) else (0, len(text))
            unread.append(Unread(span, text[slice(*span)], f"{REJECTED}: {fault}"))
        else:
            others = tuple(other for other in claim.alternatives if not fault_of(other, text))
            claims.append(replace(claim, alternatives=others))
    claims.sort(key=lambda claim: claim.span)
    unread += _passed_over(text, [*claims, *unread])
    return Reading(text, dated, tuple(claims), tuple(sorted(unread, key=lambda part: part.span)))


def _within(span: object, text: str) -> bool:
    match span:
        case (int(start), int(end)):
            return 0 <= start < end <= len(text)
    return False


def fault_of(claim: Claim, text: str) -> str:
    """What is wrong with a proposed claim; "" for one that can be judged."""
    return next(_faults(claim, text), "")


def _faults(claim: Claim, text: str) -> Iterator[str]:
    if not _within(claim.span, text) or text[slice(*claim.span)] != claim.text:
        yield "its words are not those of the text"
        return
    if claim.predicate not in set(Predicate):
        yield f"no such predicate: {claim.predicate}"
    if claim.measure not in catalog.load().measures and not (
        not claim.measure and claim.predicate in UNCHECKABLE
    ):
        yield f"no such measure: {claim.measure or 'none'}"
    if not _is_subject(claim.subject) or not all(_is_subject(code) for code in claim.versus):
        yield f"no such subject: {claim.subject or 'none'}"
    if not _TENOR.match(claim.tenor):
        yield f"no such maturity: {claim.tenor}"
    if claim.modality not in MODALITIES or not all(map(_SCOPE.fullmatch, claim.scope)):
        yield "an unknown modality or scope"
    if claim.direction not in {None, -1, 0, 1} or claim.extreme not in {"", "high", "low"}:
        yield "an unknown direction or extreme"
    if claim.of not in {"", "level", "change", "flow"}:
        yield "an unknown thing for a record or streak to be of"
    if claim.base is not None and claim.base.kind not in BASES:
        yield f"no such base: {claim.base.kind}"
    if not 0 <= claim.confidence <= 1:
        yield "a confidence outside 0 to 1"
    yield from _number_faults(claim)


def _is_subject(code: str) -> bool:
    """Whether a code has the form of a subject; its countries must be countries."""
    if not _SUBJECT.fullmatch(code) and code not in GROUPS:
        return False
    parts = re.split(r"[+-]", code.partition(":")[0])
    return all(part in _countries() for part in parts if len(part) == 2 and part.isupper())


@cache
def _countries() -> frozenset[str]:
    aliases = files("saiken.claims").joinpath("lexicon", "aliases.toml").read_text("utf-8")
    return frozenset((*countries(), *tomllib.loads(aliases)))


def _number_faults(claim: Claim) -> Iterator[str]:
    """Whether the numbers are those of the words: their digits must stand there."""
    quantity = claim.quantity
    if quantity is not None:
        if math.isnan(quantity.value) or not quantity.low <= quantity.value <= quantity.high:
            yield "a number outside its own bounds"
        elif not told_in(claim.text, (quantity.value, quantity.low, quantity.high)):
            yield "a number that its words do not tell"
    for name, value in (("rank", claim.rank), ("count", claim.count)):
        if value is not None and not 0 < value < 1e6:
            yield f"a {name} that is none"


def told_in(words: str, values: tuple[float, ...]) -> bool:
    """Whether `words` tell one of `values`, by the built-in grammars of amounts, or tell numbers in
    words, which no grammar covers ("half a dozen").

    `1.2e12` is told by "$1.2 trillion" and "1兆2,000億ドル", and neither by "$1.2bn" nor "$1.3tn".
    """
    wanted = [abs(value) for value in values if math.isfinite(value)]
    if _WORDS.search(words) or 0.0 in wanted:  # "turned negative" tells a zero
        return True
    told = _amounts(words)
    means = [(first + second) / 2 for first, second in pairwise(told)]
    for value in wanted:
        sizes = (size * factor for size in (*told, *means) for factor in _FACTORS)
        if any(math.isclose(value, size, rel_tol=1e-6) for size in sizes):
            return True
        if _digits(value) in _printed(words) and _digits(value) not in map(_digits, told):
            return True  # printed there, in a form that no grammar knows
    return False


_FACTORS = (1.0, 100.0, 0.01)
"""A share of 0.13 is told as 13 %, 25 bp as 0.25 points."""


def _digits(value: float) -> str:
    return f"{value:.9e}".partition("e")[0].replace(".", "").strip("0")


def _printed(words: str) -> set[str]:
    """The digits of each number as printed, without zeros at its ends."""
    import unicodedata  # noqa: PLC0415 - for plug-ins only

    plain = unicodedata.normalize("NFKC", words)
    return {re.sub(r"\D", "", run).strip("0") for run in re.findall(r"\d[\d.,]*", plain)}


def _amounts(words: str) -> list[float]:
    """The sizes of all amounts in `words`, scale taken out, with either grammar."""
    from saiken.claims.reading import quantities  # noqa: PLC0415 - for plug-ins only
    from saiken.claims.reading.japanese import amounts  # noqa: PLC0415
    from saiken.claims.reading.japanese.plain import plain_of  # noqa: PLC0415
    from saiken.claims.reading.normalise import normalise  # noqa: PLC0415

    western, eastern = normalise(words).text.lower(), plain_of(words).text
    found = [
        *(amount.quantity for amount in quantities.find(western, [])),
        *(amount.quantity for amount in amounts.find(eastern, bytearray(len(eastern)))),
    ]
    return [abs(quantity.value) for quantity in found]


def _passed_over(text: str, told: list[Claim | Unread]) -> Iterator[Unread]:
    """The sentences of the text that no claim and no `Unread` touches."""
    for match in re.finditer(r"[^\n.!?。！？]+(?:[.!?。！？]+(?!\s*\d)|\n|\Z)", text):
        start, end = match.span()
        words = match[0].strip()
        if not re.search(r"\w", words):
            continue
        if any(part.span[0] < end and start < part.span[1] for part in told):
            continue
        first = start + match[0].index(words)
        yield Unread((first, first + len(words)), words, "no statement")


def period_of(told: object) -> Period | None:
    """`{"start": "2025-11-01", "end": "2025-11-30"}` as a period; None stays None.

    Raises ValueError for anything else.
    """
    if told is None:
        return None
    match told:
        case {"start": str(start), "end": str(end)}:
            return Period(date.fromisoformat(start), date.fromisoformat(end))
    msg = f"not a period: {told!r:.80}"
    raise ValueError(msg)
