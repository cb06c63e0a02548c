"""What a clause offers for finding its topic: who, whose paper, which tenors, and what went before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from saiken.claims.reading.clauses import Part
from saiken.claims.reading.context import Context, Topic
from saiken.claims.reading.marks import Mark
from saiken.claims.reading.quantities import Amount
from saiken.terms.immutable import immutable

_COMPARING = {"as_much", "twice", "thrice", "half", "than", "per_dollar"}
_BACK = {
    "it", "its", "they", "their", "them", "both", "which", "that", "this", "there", "country", "figure", "number", "total", "tally", "peak",
    "stock", "level", "print", "reading", "rise", "fall", "drop", "increase", "decline", "gain", "move", "swing", "amount", "sum", "slump",
    "selling", "buying", "data", "figures", "numbers", "series", "pile", "closing", "close", "record", "itself", "ones", "one",
}  # fmt: skip
"""Words that point back to what has been named."""
_EMPTY = {
    "a", "an", "the", "these", "those", "he", "she", "we", "you", "i", "who", "here", "and", "but", "or", "so", "yet", "then", "also", "now", "just",
    "even", "still", "only", "again", "already", "meanwhile", "however", "overall", "today", "of", "in", "on", "at", "by", "for", "from", "to", "with",
    "as", "than", "over", "up", "down", "not", "no", "have", "has", "had", "is", "was", "are", "were", "be", "been", "being", "will", "would", "could",
    "while", "when", "where", "what", "because", "since", "after", "before", "until", "if", "though", "although", "more", "most", "some", "all", "other",
    "another", "any", "each", "every", "such", "back", "about", "around", "out", "off", "into", "net", "fresh", "new", "latest", "breaking", "far",
    "too", "very", "much", "do", "does", "did", "year", "month", "week", "day", "yesterday", "official", "actual", "roughly", "alone", "end",
    "between", "among", "during", "per", "via", "well", "yes", "fact", "s", "t", "last", "first", "next", "update", "news", "whole", "same",
    "good", "bad", "big", "small", "huge", "massive", "mere", "whopping", "total", "combined", "almost", "nearly", "once", "never", "ever", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "straight", "consecutive", "show", "shows", "above", "below", "under", "near", "close", "least", "less", "fewer", "further", "confirms", "according", "which", "both",
    "against", "versus", "vs", "compared", "prior", "prev", "previously",
}  # fmt: skip


PLAIN_WORDS = _EMPTY | _BACK
OWING = {"owe", "owes", "owed", "owing"}
"""Words that name nothing by themselves."""


_OPENING = frozenset((
    "move", "flow", "net", "hold", "state", "cross", "multiple", "sign", "amount", "extreme", "record", "compare", "rank", "first",
))  # fmt: skip


def _opens(mark: Mark) -> bool:
    """Whether a mark begins what a clause says: a verb, an amount, or what a change came from
    ("…, mainly valuation").
    """
    return not _OPENING.isdisjoint(mark.kinds) or mark.get("noun") == "valuation"


def _strange(part: Part) -> bool:
    """Whether the clause has a subject of its own that is none of ours: words before its first
    verb or amount that no mark covers ("while *unemployment* fell").
    """
    head = next((mark for mark in part.marks if _opens(mark)), None)
    if head is None:
        return True
    tokens, at = part.sentence.tokens, part.first
    for mark in part.marks:
        for token in tokens[at : mark.first]:
            word = token.word
            if word in _BACK:
                return False
            strange = word not in _EMPTY and word.isalpha() and not word.endswith("ly")
            if strange and not token.number:
                return True
        if mark is head:
            break
        at = mark.last
    return False


_COMPARED = (
    ("compare", _COMPARING),
    ("rank", ("overtake", "ahead", "behind")),
    ("amount", ("multiple",)),
)
"""After one of these stands what is compared with."""
_COMPARING_KINDS = frozenset(kind for kind, _ in _COMPARED)


def versus_of(part: Part) -> list[Mark]:
    """The places and investors that the clause compares with: after "than", "overtook", "ahead of"."""
    if part.versus is None:
        compared = not _COMPARING_KINDS.isdisjoint(part.kinds) and any(
            part.has(kind, *names) for kind, names in _COMPARED
        )
        part.versus = _versus(part) if compared else []
    return part.versus


def _versus(part: Part) -> list[Mark]:
    found: list[Mark] = []
    comparing = False
    for mark in part.marks:
        if (
            mark.get("amount") == "multiple"
            or mark.get("compare") in _COMPARING
            or mark.get("rank") in {"overtake", "ahead", "behind"}
        ):
            comparing = "cross" not in mark.kinds or _before_another(part, mark)
        elif mark.get("rank") == "holder":
            comparing = False
        elif comparing and (
            "place" in mark.kinds or "holder" in mark.kinds or mark.get("investor")
        ):
            found.append(mark)
        elif comparing and mark.get("paper") not in {"", "foreign"} and part.has("noun", "yield"):
            found.append(mark)  # "yields more than bunds"
    return found


def _before_another(part: Part, mark: Mark) -> bool:
    """As in "exceeds China's"; "exceeds $1tn in all" is a line crossed."""
    following = part.after(mark, 1)
    return following is not None and not _WHO.isdisjoint(following.kinds)


def _is_setting(part: Part, mark: Mark) -> bool:
    """As in "Washington's top creditor": America as the debtor, not as a holder."""
    following = part.after(mark, 0)
    return (
        mark.owner
        and following is not None
        and ("extreme" in following.kinds or "rank" in following.kinds)
    )


def _hyphened(part: Part, mark: Mark) -> bool:
    """As in "foreign-owned", "Japan-based": the word tells of another."""
    tokens = part.sentence.tokens
    return (
        "holder" in mark.kinds
        and mark.last < len(tokens)
        and tokens[mark.last].raw == "-"
        and tokens[mark.last].start == mark.end
    )


def _is_aside(part: Part, mark: Mark) -> bool:
    """As in "Belgium, a proxy for China, held $5bn": named between commas about the one before,
    where a list would name another at once.
    """
    tokens, head = part.sentence.tokens, part.first
    commas = [i for i in range(head, part.last) if tokens[i].raw == ","]
    before = max((i for i in commas if i < mark.first), default=-1)
    if before < 0 or not any(i >= mark.last for i in commas):
        return False
    named = [m for m in part.marks if "place" in m.kinds or "holder" in m.kinds]
    if named[0].last != before:
        return False
    return all(m.first != before + 1 for m in named) and tokens[before + 1].word not in _LISTING


_PUT_DOWN = {"is", "was", "are", "were", "reflects", "reflected", "mirrors"}


def _is_put_down_to(part: Part, mark: Mark) -> bool:
    """As in "the jump to $5bn is China and others": whom a move that was just told is put down to."""
    before = [m for m in part.marks if m.last <= mark.first]
    told = any("amount" in m.kinds or "when" in m.kinds for m in before)
    verb = part.sentence.tokens[mark.first - 1].word if mark.first > part.first else ""
    return told and verb in _PUT_DOWN and "rank" not in part.kinds and "extreme" not in part.kinds


_LISTING = {"and", "or", "the", "as", "then", "followed", "along", "plus"}


_WHO = frozenset(("place", "holder"))


def subjects_of(part: Part) -> list[Mark]:
    """The places and holders that the clause is about, those compared with left out."""
    if part.subjects is None:
        part.subjects = [] if _WHO.isdisjoint(part.kinds) else _subjects(part)
    return part.subjects


def _subjects(part: Part) -> list[Mark]:
    versus = versus_of(part)
    out: list[Mark] = []
    for mark in part.marks:
        if mark in versus or not ("place" in mark.kinds or "holder" in mark.kinds):
            continue
        if mark.get("place") == "US" and _is_setting(part, mark):
            continue
        if "rank" in mark.kinds or _hyphened(part, mark) or _is_aside(part, mark):
            continue
        if _is_put_down_to(part, mark):
            break
        if mark.word in {"official", "foreign", "overseas"} and mark.last - mark.first == 1:
            following = part.after(mark, 1)
            if following is not None and "paper" in following.kinds:  # "foreign Treasury holders"
                following = part.after(following, 0) or following
            if following is not None and any(
                kind in following.kinds for kind in ("release", "place", "rank", "investor")
            ):
                continue
        out.append(mark)
    return out


def codes_of(marks: list[Mark]) -> tuple[str, ...]:
    """The codes of places, holders and investors, each once."""
    if not marks:
        return ()
    return tuple(
        dict.fromkeys(code for mark in marks if (code := mark.get("place") or mark.get("holder")))
    )


def units_of(part: Part, kind: str) -> list[str]:
    """The units of the clause's amounts of a kind (`money`)."""
    return [
        mark.item.quantity.unit
        for mark in part.all("amount")
        if isinstance(mark.item, Amount) and mark.get("amount") == kind
    ]


@immutable()
class Clues:
    """A clause with what finding its topic needs.

    `kinds` are the marks of the clause by kind, `places` are country codes, `holders` the groups `all`, `official`, `non_official`,
    `investors` the kinds of investor named, `issuers` those of `papers`. `own` tells that `before` was set in this sentence,
    `goes_on` that the clause may be about what went before.
    """

    part: Part
    before: Topic
    ctx: Context
    own: bool
    kinds: Mapping[str, Sequence[Mark]]
    nouns: frozenset[str]
    papers: tuple[Mark, ...]
    places: tuple[str, ...]
    holders: tuple[str, ...]
    investors: tuple[str, ...]
    issuers: tuple[str, ...]
    tenors: tuple[str, ...]
    units: frozenset[str]
    goes_on: bool

    @property
    def codes(self) -> tuple[str, ...]:
        return (*self.places, *self.holders)

    def has(self, kind: str, *values: str) -> bool:
        return self.part.has(kind, *values)

    def any(self, *kinds: str) -> bool:
        return not self.kinds.keys().isdisjoint(kinds)

    @property
    def trades(self) -> bool:
        return self.any("flow", "net")

    def elsewhere(self, kind: str) -> tuple[str, ...]:
        """Values of a kind of mark in the whole sentence: "At $5bn, Chile's holdings were…"."""
        found = (mark.get(kind) for mark in self.part.sentence.all_of(kind))
        return tuple(dict.fromkeys(value for value in found if value))


def _of_another(part: Part, before: Topic) -> bool:
    """As in "the fall was in securities, which dropped below": of a part that the topic is not of."""
    if part.before != "which" and part.sentence.tokens[part.first].word != "which":
        return False
    last = part.first - 1
    while last > 0 and part.sentence.tokens[last].raw == ",":
        last -= 1
    lead = next((m for m in part.sentence.marks if m.first <= last < m.last), None)
    return lead is None or (
        "asset" in lead.kinds and before.measure in {"reserves", "debt_ratio", "public_debt"}
    )


_POINTING = frozenset(("it", "its", "they", "their", "both", "country", "that"))
_SAYS = frozenset(("extreme", "record", "streak"))
_AUCTIONS = {"auction", "auctions", "tender", "tenders", "sale", "sales", "offering", "issuance"}


def _auctioned(part: Part, mark: Mark) -> bool:
    """As in "after a weak 30-year bond auction": what was sold, not whose yield is told."""
    following = part.after(mark, 0)
    end = following.last if following is not None and "paper" in following.kinds else mark.last
    words = [token.word for token in part.sentence.tokens[mark.last : end + 1]]
    return not _AUCTIONS.isdisjoint(words)


def _each(names: list[str]) -> tuple[str, ...]:
    """Each of the names once, in order."""
    return tuple(dict.fromkeys(names)) if names else ()


def gather(part: Part, before: Topic, ctx: Context, *, own: bool) -> Clues:
    """The clues of a clause. `before` is the topic in force, `own` whether this sentence set it."""
    codes = codes_of(subjects_of(part))
    units = frozenset([mark.kinds["amount"] for mark in part.all("amount")])
    tenors = [m.kinds["tenor"] for m in part.all("tenor") if not _auctioned(part, m)]
    strange = _strange(part)
    pointing = not _POINTING.isdisjoint(part.words)
    says = bool(units) or not _SAYS.isdisjoint(part.kinds)
    versus = versus_of(part)
    papers = [mark for mark in part.all("paper") if mark not in versus]
    issuers = [name for m in papers if (name := m.kinds["paper"]) not in {"", "foreign"}]
    investors = [
        name for m in part.all("investor") if (name := m.kinds["investor"]) and m not in versus
    ]
    return Clues(
        part, before, ctx, own, part.kinds, frozenset([m.kinds["noun"] for m in part.all("noun")]), tuple(papers),
        tuple([code for code in codes if len(code) == 2]),
        tuple([code for code in codes if len(code) != 2]),
        _each(investors), _each(issuers), _each(tenors), units, bool(before.measure) and not strange and (own or pointing or says) and not _of_another(part, before),
    )  # fmt: skip
