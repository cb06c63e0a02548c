"""How often, in Japanese words: 2回, 10か月のうち8か月, 今年3回目, 一度も."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saiken.claims.reading.japanese import amounts

_N = r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})"
_MONTH = r"[かカヵヶケ箇]月"
_FORMS = (
    (r"(?:一|1)(?:度|回)も", "never"),
    (r"(?<=[たる])(?:こと|日|ためし)(?:は|が|も)(?=な(?:い|かった|く|、)|ありませ|皆無)", "never"),
    (rf"(?:過去|直近の?|この|最近)(?P<whole>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?P<u>{_MONTH}|週間?|年間?|営業日|日間?|四半期)(?:間)?(?:のうち|中|で)、?{_N}(?:{_MONTH}|週間?|年間?|営業日|日間?|四半期)(?:間)?(?:で|は|に|、|が)?", "times"),
    (rf"{_N}(?:回|度)目", "nth"),
    (rf"(?<=[たる])(?:日|場面|局面)(?:は|が){_N}(?P<u>営業日|日)(?:間)?(?:あ|に(?:上|のぼ|達)|と|だ|を)", "days"),
    (rf"(?:計|合計)?{_N}(?:回|度)(?![目帰答復転線]|の(?:中|うち)で?、?最)(?:だけ|も|にわたり|にわたって)?", "times"),
)  # fmt: skip
_FOUND = tuple((re.compile(source), name) for source, name in _FORMS)
_UNITS = {"か": "month", "週": "week", "年": "year", "営": "session", "日": "day", "四": "quarter"}


def find(text: str, taken: bytearray) -> Iterator[tuple[int, int, str]]:
    """The counts of a sentence: [start, end) and what they count as `name count unit whole`."""
    for pattern, name in _FOUND:
        for match in pattern.finditer(text):
            if taken.count(1, *match.span()):
                continue
            groups = match.groupdict()
            number = int(amounts.number(groups["n"])) if groups.get("n") else 1
            whole = int(amounts.number(groups["whole"])) if groups.get("whole") else 0
            unit = "か" if (groups.get("u") or "")[1:2] == "月" else (groups.get("u") or "")[:1]
            yield *match.span(), f"{name} {number} {_UNITS.get(unit, '-')} {whole}"
