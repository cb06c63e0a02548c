"""Whether a Japanese sentence asserts a cause."""

from __future__ import annotations

import re

from saiken.claims.reading.japanese.clauses import Clause

_MAIN = re.compile(
    r"(?:が|は|こそ)(?:主な|最大の|主|一番の)?(?:原因|要因|理由|主因|きっかけ)(?:だ|で(?:ある|す|あった)|となっ|と(?:みら|され))|(?:原因|要因|理由|主因)は"
    r"|(?:の|た|る)(?:せい|おかげ|ため)(?:だ|です|である|だろう)|によるものだ|によるもので|に起因|引き起こし|を招い|が招い|(?:が|は)[^、]{1,20}(?:に波及|を押し上げ|を押し下げ)|もたらし"
)
_BESIDE = re.compile(r"を背景に|を受け(?:て|、)|(?:に|で)よって|(?:の|た)ため、|を(?:嫌気|好感)し")

_LEADS = re.compile(
    r"(?:を受け(?:て)?|を背景に|(?:に|で)よって|(?:の|た)ため|を(?:嫌気|好感)し(?:て)?)、?\Z"
)


def is_reason(clause: Clause) -> bool:
    """Whether the clause is only the reason for what the next one says."""
    return bool(_LEADS.search(clause.words))


def cause_of(clauses: list[Clause]) -> str:
    """`main` where the sentence says what caused something, `beside` where it only mentions it."""
    text = clauses[0].text if clauses else ""
    if _MAIN.search(text):
        return "main"
    return "beside" if _BESIDE.search(text) else ""


_FACTOR = r"(?:主な|最大の|主|一番の)?(?:原因|要因|理由|主因|きっかけ)"
_SIDES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<effect>.+)は(?P<driver>[^、]+?)(?:が{_FACTOR}|による|に起因|のせい|のため(?:だ|である))",
        rf"(?P<driver>.+)(?:が|こそ)(?P<effect>[^、]+?)の{_FACTOR}(?:だ|で|となっ|と(?:みら|され))",
        r"(?P<driver>.+)(?:が|は)(?P<effect>[^、]+?)(?:に波及|を(?:押し上げ|押し下げ|招い|引き起こ|もたら|誘発|直撃))",
    )
)


def sides(text: str) -> tuple[str, str] | None:
    """The words of what is said to have moved something and of what it moved, in that order."""
    found = next((match for pattern in _SIDES if (match := pattern.search(text))), None)
    return (found["driver"], found["effect"]) if found else None
