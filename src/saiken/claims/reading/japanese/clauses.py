"""A Japanese sentence in clauses: Japanese puts the predicate last, so a clause ends after one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from saiken.claims.reading.japanese.marks import Mark
from saiken.claims.reading.japanese.when import When

HEADS = frozenset(
    (
        "move",
        "flow",
        "net",
        "hold",
        "cross",
        "multiple",
        "extreme",
        "record",
        "share",
        "streak",
        "sign",
        "worth",
        "release",
    )
)
_CUTS = re.compile(
    r"、|(?<=[ただるい])(?:が|ものの|一方|のに対し|けれど|けど|反面|半面)(?:で|も|、)*|であって、?|ではなく、?|でなく、?|(?<=た)(?:後|のち|あと)(?:に|は|、)+|を(?:受けて?|背景に|嫌気して|好感して)、?"
)
_CLOSED = re.compile(
    r"(?:を(?:記録|更新|達成))?[ぁ-ん]*(?:後|一方|中|上|ため|反面|半面)?[ぁ-ん]*\Z"
)
_OPEN = {
    "は",
    "も",
    "の",
    "と",
    "では",
    "には",
    "が",
    "に",
    "とは",
    "からの",
    "への",
    "よりも",
    "でも",
    "にも",
}
_COPULA = re.compile(
    r"(?:で|だが|だったが|でしたが|ですが|だったものの|だったのに対し|であり|となり|になり|に達し|にのぼり"
    r"|(?:で|に)?(?:引け|取引を終え|終え|終わり)(?:て)?)、?\Z"
)
_QUOTED = re.compile(
    r"[「『](?P<in>[^「」『』]{3,300})[」』](?=(?P<how>という|といった|との|などと|とは|って|は(?:誤|デマ|嘘|うそ|事実|間違)|と(?:言|い|報|主張|し|話|騒|書|投稿|の)|と、))"
)


@dataclass(eq=False, slots=True)
class Clause:
    """The marks of a clause that spans [start, end) of the sentence `text`. `quoted` where it is
    somebody's words, `aside` where it only describes the subject of the one after it.
    """

    text: str
    start: int
    end: int
    marks: list[Mark]
    quoted: bool = False
    aside: bool = False
    kinds: dict[str, list[Mark]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for mark in self.marks:
            for kind in mark.kinds:
                self.kinds.setdefault(kind, []).append(mark)

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]

    def all(self, kind: str, *values: str) -> list[Mark]:
        found = self.kinds.get(kind, [])
        return [mark for mark in found if mark.kinds[kind] in values] if values else found

    def has(self, kind: str, *values: str) -> bool:
        if not values:
            return kind in self.kinds
        return any(mark.kinds[kind] in values for mark in self.kinds.get(kind, ()))

    def after(self, mark: Mark, width: int = 12) -> str:
        """The text of the clause that follows a mark."""
        return self.text[mark.end : min(self.end, mark.end + width)]

    def value(self, kind: str) -> str:
        """The value of the first mark of a kind."""
        found = self.kinds.get(kind)
        return found[0].kinds[kind] if found else ""


_FORMER = re.compile(
    r"から|より|を(?:大きく|わずかに)?(?:上回|下回)|を(?:天井|底|ピーク|ボトム|高値|安値|起点)に"
)


_OF_THEN = ("", "の")


def former_time(clause: Clause, amount: Mark) -> Mark | None:
    """The time of an amount that is compared with: 前年の240%から, 10月の9兆ドルを上回った."""
    if not _FORMER.match(clause.text, amount.end):
        return None
    before = (m for m in clause.all("when") if m.end <= amount.start)
    told = (m for m in before if getattr(m.item, "role", "") != "since")
    return next((m for m in told if clause.text[m.end : amount.start] in _OF_THEN), None)


def split(text: str, marks: list[Mark]) -> list[Clause]:
    """The clauses of a sentence. A quotation that is told as one is a clause of its own."""
    spans: list[tuple[int, int, bool]] = []
    at = 0
    for match in _QUOTED.finditer(text):
        spans += [(at, match.start(), False), (match.start("in"), match.end("in"), True)]
        at = match.end()
    spans.append((at, len(text), False))
    out: list[Clause] = []
    for start, end, quoted in spans:
        inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
        out += _cut(text, start, end, inside, quoted=quoted)
    return out


def _cut(text: str, start: int, end: int, marks: list[Mark], *, quoted: bool) -> list[Clause]:
    out: list[Clause] = []
    first = begun = 0
    at = start
    for match in _CUTS.finditer(text, start, end):
        while first < len(marks) and marks[first].end <= match.start():
            first += 1
        listed = first < len(marks) and _list_goes_on(
            match, marks[first - 1] if first else None, marks[first]
        )
        if listed or _ends(text, at, match, marks[begun:first]):
            out += _described(Clause(text, at, match.end(), marks[begun:first], quoted))
            at, begun = match.end(), first
    if at < end:
        out += _described(Clause(text, at, end, marks[begun:], quoted))
    return out


_SUBJECTS = {"noun", "tenor", "pair", "thing", "place", "holder", "investor"}
_DESCRIBES = re.compile(r"[ぁ-ん](?<=[ただ])\Z")


def _described(clause: Clause) -> list[Clause]:
    """As in 2月に1.4兆ドルだった外貨準備は、8月に…: what comes before the subject is told of it as well."""
    if clause.quoted or "た" not in clause.words or not clause.has("amount"):
        return [clause]
    text, first = clause.text, clause.all("amount")[0]
    for index, mark in enumerate(clause.marks):
        if mark.start <= first.end or _SUBJECTS.isdisjoint(mark.kinds):
            continue
        rest = clause.marks[index:]
        told = any("amount" in m.kinds or not HEADS.isdisjoint(m.kinds) for m in rest)
        if not told or not _DESCRIBES.search(text, first.end, mark.start):
            return [clause]
        aside = Clause(text, clause.start, mark.start, clause.marks[:index], aside=True)
        return [aside, Clause(text, mark.start, clause.end, rest)]
    return [clause]


def _list_goes_on(match: re.Match[str], before: Mark | None, after: Mark) -> bool:
    """As in "9月が1兆1800億ドル、10月が1兆2000億ドル" and "2位は英国の8885億ドル、3位は…": the next
    figure has a time or an owner of its own.
    """
    if before is None or "amount" not in before.kinds or before.end != match.start():
        return False
    if match.end() != after.start:
        return False
    if isinstance(after.item, When):
        return after.item.kind == "period" and after.item.role in {"", "at"}
    return bool(after.kinds.keys() & {"place", "holder", "investor"}) or after.get("rank").isdigit()


def _ends(text: str, start: int, match: re.Match[str], marks: list[Mark]) -> bool:
    """Whether what stands before a comma or a conjunction is a whole clause."""
    if match.start() == start or not marks:
        return False
    if match[0][0] == "を" or any(mark.get("stance") == "hearsay" for mark in marks):
        return True
    heads = [
        m for m in marks if not HEADS.isdisjoint(m.kinds) or m.get("rank") not in {"", "overtake"}
    ]
    says = heads or [mark for mark in marks if "amount" in mark.kinds]
    if not says:
        return False
    rest = text[says[-1].end : match.start()]
    if match[0][0] != "、":
        return True
    amounts = [mark for mark in marks if "amount" in mark.kinds]
    if amounts and _COPULA.fullmatch(text[amounts[-1].end : match.start()].lstrip("だっ")):
        return True
    return bool(heads) and bool(_CLOSED.fullmatch(rest)) and rest not in _OPEN
