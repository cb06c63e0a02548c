"""How a Japanese clause is meant: what follows the predicate denies, doubts, forecasts or quotes it."""

from __future__ import annotations

import re

from saiken.claims.reading.japanese.clauses import HEADS, Clause
from saiken.terms.immutable import immutable

_ENDINGS = HEADS | {"state", "rank"}
_DENIED = re.compile(
    r"(?:[しせらられわさ]{0,3}(?:て|で)?(?:は|も)?(?:い|お)?(?:らず|ない|なかった|なく|ません)|せず|ずに|[うくしりっえぶ]?てはいない"
    r"|(?:額|残高|した|している|る|た|高|だ)?(?:わけ|の|こと|もの|という事実|事実|形跡|兆候|証拠|痕跡)?(?:で|では|じゃ|は|も|が|と)(?:は)?(?:な[いく]|なかった|ありません|言えない|いえない|言えず|見られない|確認されていない|限らない|ならない)"
    r"|(?:し|い|え|り|き|っ)?(?:な[いく]|なかった|ません)(?!もの))"
)
_TOLD_FALSE = re.compile(
    r"(?:という|との|といった)(?:の|話|説|主張|見方|噂|うわさ|指摘|報道|投稿|情報|声)?は(?:、)?(?:全くの|まったくの|完全な|明らかな)?"
    r"(?:デマ|誤り|誤解|誤報|嘘|うそ|間違い|でたらめ|事実無根|事実(?:では|じゃ)な|事実と(?:は)?異な|正しくな|当たらな)"
    r"|と(?:は|も)(?:言|い)い(?:難|がた|にく|切れな|きれな)"
)
"""What follows a predicate and calls it false, whatever numbers stand in the clause."""
_QUOTE_DENIED = re.compile(
    r"[」』](?:と(?:は|も)(?:言|い|見|考え|し)[ぁ-ん]{0,3}(?:ない|ず|がた)|(?:というのは|という(?:話|説|投稿|主張|見出し|噂)?は|は|って)(?:誤|デマ|嘘|うそ|事実では|間違|正しくな))"
)
_CONDITION = re.compile(
    r"(?:れば|なければ|ならば|たなら|るなら|たら|ない限り|とすると|としたら|すると仮定)[、\s]*\Z|(?:場合|際)(?:は|に|には)[、]*\Z"
)
_IF = re.compile(r"(?<!によ)(?<!例)(?<!言)(?<!い)(?<!比)(?<!見)(?<!み)[えけげせてねべめれ]ば、")
"""売れば、 within a clause; によれば, 例えば, 比べれば and 見れば, set nothing as a condition."""
IF_ENDS = re.compile(rf"{_IF.pattern}|(?:たら|なら|場合(?:は|に|には)?|とすると)、")
"""Where a condition ends and what would follow begins."""
_FORECAST_END = re.compile(
    r"(?:だろう|でしょう|はず|そう(?:だ|です)|へ|見通し|見込み|予想|方向|公算|か)(?:だ|です|である|という|となる)?[。!、]*\Z"
)
_QUESTION = re.compile(
    r"(?:か|の|かな|かしら)?[?]+[」]?\Z|(?:です|ます|でしょう|だろう|である|たの|るの)か[。!]*\Z|(?<!明ら)(?<!わず)(?<![静確豊ほなら])か[。!]*\Z"
)
_SHORT_OF = re.compile(r"に(?:まだ)?達し(?:て(?:は)?い)?(?:ない|なかった)|に達しておらず")
"""Not having reached a number is to be below it, which the number's own role tells."""


@immutable()
class Stance:
    """`modality` as in `Claim`; `denied` where the words say that it is not so."""

    modality: str = "asserted"
    denied: bool = False


def is_question(text: str) -> bool:
    """Whether the sentence asks."""
    return bool(_QUESTION.search(text.rstrip()))


_OPEN = re.compile(r"か(?:どうか|否か)|か(?:は|、)?(?:まだ)?(?:不明|分から|わから|定か)")


def is_open(clause: Clause) -> bool:
    """Whether the clause leaves open if something is so: 売却があったかどうか."""
    return bool(_OPEN.search(clause.words))


_NOT_BEYOND = re.compile(r"(?:上回|下回|超え|割り込|割れ)(?:っ|ん)?[てで]は?い(?:な|ませ)")


def stance_of(clause: Clause, clauses: list[Clause]) -> Stance:
    """Read the stance of a clause from what follows its predicate, there and in the sentence."""
    heads = [mark for mark in clause.marks if not _ENDINGS.isdisjoint(mark.kinds)]
    last = heads[-1].end if heads else clause.start
    tail = clause.text[last : clause.end]
    if clause.quoted:
        return Stance("quoted", _quote_denied(clause, clauses))
    denied = bool(_DENIED.match(tail)) and not _SHORT_OF.search(clause.words)
    denied = denied or bool(_NOT_BEYOND.search(clause.words)) or _never(clause)
    denied = denied or ("と" in tail and bool(_TOLD_FALSE.search(tail)))
    if _hearsay(clause, clauses):
        return Stance("quoted", denied or any(c.has("stance", "false") for c in clauses))
    if clause.has("stance", "false") and not clause.has("amount"):
        denied = True
    return Stance(_unsure(clause, clauses), denied)


def _never(clause: Clause) -> bool:
    """Whether the clause says that something was not so once: 一度も stands with a denial only."""
    return clause.value("count").startswith("never")


def _quote_denied(clause: Clause, clauses: list[Clause]) -> bool:
    if _QUOTE_DENIED.match(clause.text, clause.end):
        return True
    return any(other.has("stance", "false") for other in clauses)


def _hearsay(clause: Clause, clauses: list[Clause]) -> bool:
    """Told as what others say: the marker stands in the clause, or in the one right after it."""
    here = clauses.index(clause)
    return any(
        mark.start >= clause.start
        and any(m.end <= mark.start for m in clause.marks if not HEADS.isdisjoint(m.kinds))
        for other in clauses[here : here + 1]
        for mark in other.all("stance", "hearsay")
    )


def _unsure(clause: Clause, clauses: list[Clause]) -> str:
    """`conditional`, `forecast` or `opinion` where the clause is about what is not known to be."""
    condition = any(
        _CONDITION.search(other.words) or ends_in_if(other) for other in clauses if not other.quoted
    )
    if (
        condition
        or ("ば、" in clause.words and _IF.search(clause.words))
        or clause.has("stance", "conditional")
    ):
        return "conditional"
    if clause.has("stance", "forecast") or (
        clause is clauses[-1]
        and _FORECAST_END.search(clause.words)
        and not clause.words.rstrip("。!").endswith("か")
    ):
        return "forecast"
    if clause.has("stance", "opinion"):
        return "opinion"
    return "asserted"


def ends_in_if(clause: Clause) -> bool:
    """Whether a clause is the condition of what follows it."""
    found = IF_ENDS.search(clause.words)
    return found is not None and found.end() == len(clause.words)


def uncheckable(clauses: list[Clause]) -> str:
    """Why a sentence that gave no claim cannot be checked: `forecast`, `opinion`, or nothing."""
    if any(_CONDITION.search(clause.words) for clause in clauses):
        return "forecast"
    for name, why in (
        ("opinion", "opinion"),
        ("forecast", "forecast"),
        ("conditional", "forecast"),
    ):
        if any(clause.has("stance", name) for clause in clauses):
            return why
    if clauses and _FORECAST_END.search(clauses[-1].words):
        return "forecast"
    return ""
