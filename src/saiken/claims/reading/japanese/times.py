"""Dates and spans of time in Japanese: Western and era years, months, weeks, terms, comparisons."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from saiken.claims.reading.japanese.amounts import number
from saiken.claims.reading.japanese.when import When, carried, safe_day
from saiken.claims.reading.spans import just_ended
from saiken.terms.period import Period, add_months

_D = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
_YEARS_BACK = {
    "昨年": 1, "去年": 1, "前年": 1, "今年": 0, "本年": 0, "ことし": 0, "一昨年": 2, "おととし": 2, "来年": -1, "翌年": -1, "同年": 0,
}  # fmt: skip
_MONTHS_BACK = {"先月": 1, "前月": 1, "今月": 0, "当月": 0, "先々月": 2, "来月": -1, "翌月": -1}
_YEAR = (
    r"(?:(?P<y>(?:19|20)\d\d|[一二]〇?[〇一二三四五六七八九]{2,3})年?|(?P<era>令和|平成|昭和|R|H|S)(?P<ey>元|\d{1,2}|[一二三四五六七八九十]{1,3})年"
    rf"|(?P<yy>'?\d\d)年(?={_D}月)|(?P<ry>{'|'.join(sorted(_YEARS_BACK, key=len, reverse=True))}))"
)
_Y4 = _YEAR.replace(
    "(?:19|20)\\d\\d|[一二]〇?[〇一二三四五六七八九]{2,3})年?",
    "(?:19|20)\\d\\d|[一二]〇?[〇一二三四五六七八九]{2,3})年",
)
_PART = r"(?:の(?=上旬|中旬|下旬|初旬|初頭|初め|前半|後半|半ば|中頃|末))?(?P<part>上旬|中旬|下旬|初旬|初頭|初め|前半|後半|半ば|中頃|末)?"
_DAYS = "月火水木金土日"
_UNITS = {"年": "year", "月": "month", "週": "week", "日": "day", "期": "quarter", "営": "session"}


_EVENTS = {
    "リーマン危機": "2008-09", "リーマン・ショック": "2008-09", "リーマンショック": "2008-09", "世界金融危機": "2008-09", "金融危機": "2008-09",
    "コロナ・ショック": "2020-03", "コロナショック": "2020-03", "コロナ危機": "2020-03", "東日本大震災": "2011-03-11", "アジア通貨危機": "1997-07..1998-12",
    "プラザ合意": "1985-09-22", "ウクライナ侵攻": "2022-02-24", "トラス・ショック": "2022-09-23", "トラスショック": "2022-09-23",
    "同時多発テロ": "2001-09-11", "相互関税の発表": "2025-04-02",
}  # fmt: skip
"""By what people date things: リーマン危機以来. The month, or the day, that is meant."""

Found = tuple[str, Period | None, dict[str, object]]


def _year(match: re.Match[str], day: date) -> int | None:
    groups = match.groupdict()
    if groups.get("y"):
        return (
            int(number(groups["y"]))
            if groups["y"][:1].isdigit() and groups["y"].isascii()
            else _kanji_year(groups["y"])
        )
    if groups.get("era"):
        return _ERAS[groups["era"]] + (1 if groups["ey"] == "元" else int(number(groups["ey"])))
    if groups.get("yy"):
        return 2000 + int(groups["yy"].lstrip("'"))
    if groups.get("ry"):
        return day.year - _YEARS_BACK[groups["ry"]]
    return None


def _kanji_year(text: str) -> int:
    year = int(number(text))
    return year if 1900 <= year <= 2100 else 2000


def _int(text: str) -> int:
    return int(number(text))


def _month_of(month: int, year: int | None, day: date) -> int:
    """The year of a month: as told, else that of the most recent one that has begun."""
    return year if year is not None else day.year - (month > day.month)


def _part(whole: Period, name: str) -> tuple[Period, str]:
    """A third or half of a month or year; the end of a month is that month's figure."""
    if not name:
        return whole, ""
    if whole.frequency == "M":
        year, month = whole.start.year, whole.start.month
        cuts = {
            "上旬": (1, 10), "初旬": (1, 10), "初め": (1, 10), "初頭": (1, 10), "中旬": (11, 20), "半ば": (11, 20), "中頃": (11, 20), "下旬": (21, 31),
            "前半": (1, 15), "後半": (16, 31),
        }  # fmt: skip
        if name not in cuts:
            return whole, "end"
        first, last = cuts[name]
        return Period(safe_day(year, month, first), safe_day(year, month, last)), "part"
    year = whole.end.year
    months = {
        "前半": (1, 6),
        "後半": (7, 12),
        "初め": (1, 1),
        "初頭": (1, 3),
        "半ば": (5, 8),
        "中頃": (5, 8),
    }
    if name not in months:
        return Period.month(year, whole.end.month), "end"
    first, last = months[name]
    return Period(Period.month(year, first).start, Period.month(year, last).end), "part"


def _date(match: re.Match[str], day: date) -> Found:
    month, year = _int(match["m"]), _year(match, day)
    if not 1 <= month <= 12:
        return "", None, {}
    told = safe_day(_month_of(month, year, day), month, _int(match["d"]))
    if year is None and told > day and month == day.month:
        told = safe_day(told.year, month, _int(match["d"]))
    coming = (
        None
        if year is not None or told >= day
        else Period.day(safe_day(told.year + 1, month, told.day))
    )
    return "period", Period.day(told), {"coming": coming}


def _days(match: re.Match[str], day: date) -> Found:
    """8月2日から8日, 7月28日~8月3日: a span of days, a week where it has seven."""
    groups = match.groupdict()
    first_month = _int(match["m"])
    last_month = _int(groups["m2"]) if groups.get("m2") else first_month
    if not (1 <= first_month <= 12 and 1 <= last_month <= 12):
        return "", None, {}
    year = _year(match, day)
    last = safe_day(
        _month_of(last_month, year, day) + (year is not None and last_month < first_month),
        last_month,
        _int(match["d2"]),
    )
    first = safe_day(last.year - (first_month > last_month), first_month, _int(match["d"]))
    listed = _LISTED.search(match[0]) and (last - first).days > 1  # 4月30日と5月6日の2日間
    if first > last or listed:
        return "", None, {}
    scope = "weekly" if (last - first).days == 6 else ""
    return "period", Period(first, last), {"scope": scope, "edge": "span"}


_LISTED = re.compile(r"と|および")


def _week_to(match: re.Match[str], day: date) -> Found:
    _, period, _ = _date(match, day)
    if period is None:
        return "", None, {}
    return "period", Period.week_ending(period.end), {"scope": "weekly"}


def _week_of_month(match: re.Match[str], day: date) -> Found:
    """1月第3週: the weeks of a month run from Sunday to Saturday, the first holds its first day."""
    month, year = _int(match["m"]), _year(match, day)
    if not 1 <= month <= 12:
        return "", None, {}
    first = safe_day(_month_of(month, year, day), month, 1)
    sunday = first - timedelta((first.weekday() + 1) % 7)
    if match["w"] in {"最終", "最後の"}:
        end = safe_day(first.year, month, 31)
        saturday = end - timedelta((end.weekday() - 5) % 7)
        return "period", Period.week_ending(saturday), {"scope": "weekly"}
    begin = sunday + timedelta(7 * (_int(match["w"]) - 1))
    return "period", Period(begin, begin + timedelta(6)), {"scope": "weekly"}


def _months(match: re.Match[str], day: date) -> Found:
    """1月から7月まで, 4-6月期, 4月下旬から5月にかけて: from one month to another."""
    first, last, year = _int(match["m"]), _int(match["m2"]), _year(match, day)
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return "", None, {}
    groups = match.groupdict()
    end_year = year + (first > last) if year is not None else _month_of(last, None, day)
    if groups.get("term") and year is None and last > day.month:
        end_year = day.year - 1
    start_year = end_year - (first > last)
    begin, _ = _part(Period.month(start_year, first), groups.get("part") or "")
    end, _ = _part(Period.month(end_year, last), groups.get("part2") or "")
    return (
        "period",
        Period(begin.start, max(begin.end, end.end)),
        {"edge": "term" if groups.get("term") else "span"},
    )


def _month(match: re.Match[str], day: date) -> Found:
    month, year = _int(match["m"]), _year(match, day)
    if not 1 <= month <= 12:
        return "", None, {}
    whole = Period.month(_month_of(month, year, day), month)
    period, edge = _part(whole, match["part"] or "")
    coming = (
        None if year is not None or match["part"] else Period.month(whole.start.year + 1, month)
    )
    return "period", period, {"edge": edge, "coming": coming}


def _relative_month(match: re.Match[str], day: date) -> Found:
    first = add_months(day.replace(day=1), -_MONTHS_BACK[match["rm"]])
    period, edge = _part(Period.month(first.year, first.month), match["part"] or "")
    return "period", period, {"edge": edge}


def _year_half(match: re.Match[str], day: date) -> Found:
    year = _year(match, day)
    year = day.year if year is None else year
    first = 1 if match["half"] in {"上半期", "上期", "前半"} else 7
    return "period", Period(Period.month(year, first).start, Period.month(year, first + 5).end), {}


def _quarter(match: re.Match[str], day: date) -> Found:
    year, quarter = _year(match, day), _int(match["q"])
    if not 1 <= quarter <= 4:
        return "", None, {}
    year = year if year is not None else day.year - (3 * quarter - 2 > day.month)
    return "period", Period.quarter(year, quarter), {}


def _fiscal(match: re.Match[str], day: date) -> Found:
    """2024年度, 昨年度: from April to March."""
    groups = match.groupdict()
    this = day.year - (day.month < 4)
    if groups.get("rfy"):
        year = this - {"昨": 1, "前": 1, "今": 0, "本": 0, "来": -1}[groups["rfy"]]
    elif groups.get("yy4"):
        year = 2000 + int(groups["yy4"])
    else:
        year = _year(match, day) or this
    first, last = date(year, 4, 1), date(year + 1, 3, 31)
    half = groups.get("half")
    if half:
        first, last = (
            (first, date(year, 9, 30)) if half in {"上期", "上半期"} else (date(year, 10, 1), last)
        )
    return "period", Period(first, last), {"scope": "fiscal_year"}


def _whole_year(match: re.Match[str], day: date) -> Found:
    year = _year(match, day) or day.year
    name = match["part"] or ""
    period, edge = _part(Period.year(year), name)
    return "period", period, {"edge": edge}


def _ended(match: re.Match[str], day: date) -> Found:
    """年末, 四半期末, 週末時点: the end of the one that has just ended."""
    unit = _UNITS["期" if match["u"].startswith("四") else match["u"][0]]
    whole = just_ended(unit, day)
    last = whole if unit == "week" else Period.month(whole.end.year, whole.end.month)
    return "period", last, {"edge": "end"}


def _season(match: re.Match[str], day: date) -> Found:
    first = {"春": 3, "夏": 6, "秋": 9, "冬": 12}[match["s"]]
    year = _year(match, day)
    year = year if year is not None else day.year - (day.month < first)
    last = add_months(date(year, first, 1), 2)
    return "period", Period(date(year, first, 1), Period.month(last.year, last.month).end), {}


def _week(match: re.Match[str], day: date) -> Found:
    back = {"先": 1, "前": 1, "今": 0, "来": -1, "先々": 2}[match["rw"]]
    around = day - timedelta(1) if day.weekday() == 6 else day
    return (
        "period",
        Period.week_ending(around + timedelta((5 - around.weekday()) % 7 - 7 * back)),
        {"scope": "weekly"},
    )


def _day(match: re.Match[str], day: date) -> Found:
    """20日: the day of that number in the text's month, or in the month before if it is to come."""
    told = _int(match["d"])
    if not 1 <= told <= 31:
        return "", None, {}
    here = safe_day(day.year, day.month, told)
    if here > day:
        before = add_months(day.replace(day=1), -1)
        here = safe_day(before.year, before.month, told)
    coming = add_months(here.replace(day=1), 1)
    return (
        "period",
        Period.day(here),
        {"coming": Period.day(safe_day(coming.year, coming.month, told)), "edge": "bare"},
    )


def _weekday(match: re.Match[str], day: date) -> Found:
    back = (day.weekday() - _DAYS.index(match["wd"])) % 7
    return "period", Period.day(day - timedelta(back)), {}


def _near_day(match: re.Match[str], day: date) -> Found:
    back = {"昨": 1, "き": 1, "前": 1, "本": 0, "今": 0, "一": 2}[match[0][0]]
    return "period", Period.day(day - timedelta(0 if match[0].startswith("きょう") else back)), {}


def _year_start(match: re.Match[str], day: date) -> Found:
    return (
        "period",
        Period.day(date(day.year, 1, 1)),
        {"role": "from", "edge": ""} if match[0].endswith("来") else {"edge": "begin"},
    )


def _year_to_date(match: re.Match[str], day: date) -> Found:
    """年初来高値, 昨年来安値: since the last day before the year."""
    year = day.year - (match["from"] == "昨年")
    return "period", Period.day(date(year - 1, 12, 31)), {"role": "since"}


def _since_event(match: re.Match[str], _: date) -> Found:
    return "period", Period.parse(_EVENTS[match["event"]]), {}


def _duration(match: re.Match[str], _: date) -> Found:
    count = _int(match["n"]) if match["n"] else 1
    unit = _UNITS[
        "期"
        if match["u"].startswith("四")
        else match["u"][-1]
        if "月" in match["u"]
        else match["u"][0]
    ]
    if unit == "year" and count in _CALENDAR:  # 2026年、…
        return "", None, {}
    return "duration", None, {"count": max(1, min(count, 5000)), "unit": unit}


_CALENDAR = range(1900, 2100)


def _years_and_months(match: re.Match[str], _: date) -> Found:
    """3年4か月ぶり, 19年半ぶり: in months."""
    count = 12 * _int(match["n"]) + (6 if match["n2"] == "半" else _int(match["n2"]))
    return "duration", None, {"count": max(1, min(count, 5000)), "unit": "month"}


def _year_ago(_: re.Match[str], __: date) -> Found:
    return "year_ago", None, {"role": "than"}


def _previous(match: re.Match[str], _: date) -> Found:
    unit = {"月": "month", "日": "day", "週": "week", "期": "quarter", "回": "", "夕": "day"}[
        match["p"][-1]
    ]
    return "previous", None, {"role": "than", "unit": unit}


_SPAN_UNIT = r"(?P<u>年|[かカヵヶケ箇]月|週|日|四半期|営業日)"
_TO = r"(?:-|~|から|および|と)"
_RULES: tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str], date], Found]], ...] = tuple(
    (tuple(needs.split()), re.compile(source), rule)
    for needs, source, rule in (
        ("以来 以降", rf"(?:\d{{4}}年の)?(?P<event>{'|'.join(sorted(_EVENTS, key=len, reverse=True))})(?:時|当時|直後|後)?(?=以来|以降)", _since_event),
        ("来", r"(?P<from>年初|昨年)来(?=[のた]?(?:高値|安値|最高|最安|最大|最低))", _year_to_date),
        ("年", r"(?:前年(?:同月|同期|度)?|昨年(?:同月|同期)|1年前|一年前|前年の同じ月|去年の?同(?:じ)?月)(?:末)?(?:比|に比べ(?:て|ると)?|と比べ(?:て|ると)?|から|より(?:も)?|対比|を(?=[^、。をはがで]{0,16}(?:上回|下回)))|対前年(?:同月)?比|前年同[月期](?:の|は)(?=約?\d)", _year_ago),
        ("前 先", r"(?P<p>前月|前日夕|前日|前週|前期|前回|先月|先週|前営業日|前の月|前の週|前四半期)末?(?:終値)?(?:比|に比べ(?:て|ると)?|と比べ(?:て|ると)?|から(?!の)|より(?:も)?|対比|を(?=[^、。をはがで]{0,16}(?:上回|下回)))", _previous),
        ("日", rf"{_Y4}?(?P<m>{_D})月(?P<d>{_D})(?:日{_TO}|[-~])(?:(?P<m2>{_D})月)?(?P<d2>{_D})日(?:まで)?(?:の(?:1)?週(?:間)?)?", _days),
        ("週", rf"{_Y4}?(?P<m>{_D})月(?P<d>{_D})日(?:\([{_DAYS}]\))?(?:までの(?:1)?週(?:間)?|に終わ(?:る|った)(?:1)?週|終了週|の週|締めの週)", _week_to),
        ("日", rf"{_Y4}?(?P<m>{_D})月(?P<d>{_D})日(?:\([{_DAYS}]\))?", _date),
        ("/ . -", r"(?P<y>(?:19|20)\d\d)[/.-](?P<m>\d{1,2})[/.-](?P<d>\d{1,2})(?!\d)", _date),
        ("週", rf"(?:{_Y4}の?)?(?P<m>{_D})月(?:の)?第?(?P<w>[1-5一二三四五]|最終|最後の)週", _week_of_month),
        ("月", rf"(?:{_Y4}の?)?(?P<m>{_D})月?(?:-|~|から)(?P<m2>{_D})月(?P<term>期)", _months),
        ("月", rf"(?:{_Y4}の?)?(?P<m>{_D})月{_PART}(?:-|~|から)(?P<m2>{_D})月(?P<part2>上旬|中旬|下旬|初旬|前半|後半|半ば|末)?(?:まで|にかけて)", _months),
        ("月", rf"(?:{_Y4}の?)?(?P<m>{_D})(?:月)?(?:-|~)(?P<m2>{_D})月", _months),
        ("月", rf"(?:{_Y4}の?)?(?P<m>{_D})月{_PART}(?:分)?", _month),
        ("/ -", r"(?P<y>(?:19|20)\d\d)[/-](?P<m>0[1-9]|1[0-2])(?P<part>x)?(?![\d/-])", _month),
        ("月", rf"(?P<rm>{'|'.join(sorted(_MONTHS_BACK, key=len, reverse=True))})(?:{_PART})(?:分)?", _relative_month),
        ("四半期", rf"(?:{_Y4}(?:の)?)?第(?P<q>[1-4一二三四])四半期", _quarter),
        ("年度", rf"(?:(?P<rfy>昨|前|今|本|来)年度|(?P<yy4>\d\d)年度|{_YEAR}(?<=年)度)(?P<half>上期|下期|上半期|下半期)?", _fiscal),
        ("期", rf"(?:{_Y4}(?:の)?)(?P<half>上半期|下半期|上期|下期)", _year_half),
        ("春 夏 秋 冬", rf"(?:{_Y4}(?:の)?)(?P<s>春|夏|秋|冬)", _season),
        ("月", r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})年(?P<n2>\d{1,2}|[一二三四五六七八九十]{1,2})[かカヵヶケ箇]月(?:間)?", _years_and_months),
        ("年半", r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})年(?P<n2>半)(?:間)?(?!ば|期)", _years_and_months),
        ("年 月 週 日 期", rf"(?:この|過去|直近|最近|直近の|わずか|たった)?(?P<n>\d{{1,4}}|[一二三四五六七八九十]{{1,3}}){_SPAN_UNIT}(?:間)?(?:余り|あまり|余)?(?=ぶり|前|で|の間|に(?:わたり|わたって|及)|連続|続|間|にして|の上昇|の増|の下|の減|だけで|(?<!日)、|と比|に比)", _duration),
        ("年 月 週 日 期", rf"(?:この|過去|直近の?|最近)(?P<n>\d{{1,4}}|[一二三四五六七八九十]{{1,3}}){_SPAN_UNIT}(?:間)?", _duration),
        ("年", rf"{_Y4}(?!度|債|物|もの|以上){_PART}", _whole_year),
        ("末", r"(?<![一-龠\d])(?P<u>年|四半期|月)末(?!商戦|年始|に向け|にかけ|まで|には)", _ended),
        ("週末", r"(?P<u>週)末(?=時点|終値|の終値|の取引を終)", _ended),
        ("週", r"(?P<rw>先々|先|前|今|来)週", _week),
        ("曜", rf"(?P<wd>[{_DAYS}])曜日?", _weekday),
        ("日", rf"(?<![\d月])(?P<d>{_D})日(?!間|銀|本)", _day),
        ("日 う", r"きのう|昨日|前日|本日|今日|きょう|一昨日|前営業日", _near_day),
        ("年初", r"年初(?:来)?", _year_start),
    )
)  # fmt: skip
"""What a time must have in it, its pattern and what it means; the most particular first."""
_ROLES = (
    (re.compile(r"(?:の(?:導入|発足|開始|創設|統計開始|算出開始))?以来(?:で|の)?|ぶり"), "since"),
    (re.compile(r"以降(?:で|の)?(?=最|では最|過去|初|の最|で初)|以降で(?:は)?"), "since"),
    (re.compile(r"以降|から(?:の(?=\d|約))?(?!も)"), "from"),
    (
        re.compile(
            r"前(?:より(?:も)?|から|比|に比べ(?:て|ると)?|と比べ(?:て|ると)?|の(?=\d|約)|を(?=[^、。をはがで]{0,16}(?:上回|下回)))"
        ),
        "ago",
    ),
    (re.compile(r"より(?:も)?|に比べ(?:て|ると)?|と比べ(?:て|ると)?|比(?!率)|対比"), "than"),
    (re.compile(r"だけで|の間に|のうちに|を通じて|通年で|中に"), "only"),
    (re.compile(r"までに"), "by"),
    (re.compile(r"まで(?:の)?"), "until"),
    (re.compile(r"(?:末)?(?:時点|現在)(?:で|の|では|における)?"), "at"),
    (re.compile(r"(?:間)?で"), "within"),
)
_ROLE_STARTS = frozenset("の以ぶか前よに比対だうを通中ま末時現間でと")


def find(text: str, taken: bytearray, day: date) -> list[When]:
    """The times of a sentence, written on `day`, in order. What is marked in `taken` is left
    alone; what is found is marked there.
    """
    found: list[When] = []
    for needs, pattern, rule in _RULES:
        if not any(need in text for need in needs):
            continue
        for match in pattern.finditer(text):
            if taken.count(1, *match.span()):
                continue
            kind, period, more = rule(match, day)
            if not kind:
                continue
            when = _with_role(text, When(match.start(), match.end(), kind, period, **more))  # type: ignore[arg-type]
            found.append(when)
            taken[when.start : when.end] = b"\1" * (when.end - when.start)
    found.sort(key=lambda when: when.start)
    return carried(text, found)


def _with_role(text: str, when: When) -> When:
    if when.role:
        return when
    if when.end >= len(text) or text[when.end] not in _ROLE_STARTS:
        return when
    for pattern, role in _ROLES:
        match = pattern.match(text, when.end)
        if match:
            if role == "within" and when.kind != "duration":
                return when
            return replace(when, role=role, end=match.end())
    return when
