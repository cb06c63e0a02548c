"""The monitor and the nowcast for a person: the chain in one screen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from saiken.reports.monitor_json import credited
from saiken.reports.terminal import Screen, clean, number, table
from saiken.terms import places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from saiken.measures.wired.carrying import Signal
    from saiken.measures.wired.chain import Chain
    from saiken.measures.wired.gauges import Gauge
    from saiken.measures.wired.links import Link
    from saiken.measures.wired.nowcasts import Estimate
    from saiken.measures.wired.overview import Row
    from saiken.measures.wired.pick_up import Range
    from saiken.measures.wired.series import Used
    from saiken.measures.wired.spans import Span

GAUGES = 5
"""How many gauges of a link one screen shows."""

WORTH_TELLING = 366
"""Days since the last one beyond it from which a recent extreme is told."""

NAMES = {
    "bonds": "bonds at home",
    "pick_up": "pick-up",
    "flows": "flows",
    "treasuries": "Treasuries",
    "carry": "carry trade",
    "risk": "risk assets",
}
"""The links in a sentence."""

STYLES = {"calm": "green", "ordinary": "green", "headwinds": "yellow", "stress": "red",
          "crisis": "bold red"}  # fmt: skip
DECIMALS = {"bp": 1, "USD bn": 1, "JPY bn": 0, "ratio": 2, "index": 2, "sd": 2, "pp": 2,
            "% of OI": 1, "% of GDP": 1}  # fmt: skip
UNITS = {"ratio": "", "index": "", "sd": "sd"}
MODELS = {
    "no_change": "no change",
    "valuation": "valuation, no flow",
    "ridge": "valuation and flow by ridge regression",
    "dynamic_factor": "valuation and flow by a dynamic factor model",
}


def chain_text(chain: Chain, screen: Screen, *, full: bool = False) -> str:
    """Each link with its word and its gauges; `full` shows all gauges, else the first GAUGES."""
    head = f"{places.name(chain.place.code)} as of {chain.as_of}"
    about = "value, percentile in its own history, newest figure, band of stress"
    lines = [
        f"{screen.paint(head, 'bold')}: {about}",
        *screen.wrapped(_summary(chain), "  "),
    ]
    shown = [g for link in chain.links for g in _shown(link, full=full)]
    rows = dict(zip(map(id, shown), _rows(shown), strict=True))
    for link in chain.links:
        lines += _link(link, rows, screen, full=full)
    lines += _missing(chain, screen)
    return "\n".join([*lines, *_footer(chain.used, chain.as_of, screen)]) + "\n"


def overview_text(rows: Sequence[Row], as_of: date, screen: Screen) -> str:
    """A line a country."""
    head = ("", "holds", "month", "", "12 months", "net 12 m", "10Y", "currency")
    cells = [head]
    for row in rows:
        word = row.month.word if row.month is not None else ""
        cells.append((
            places.name(row.code), _value(row.holdings), _signed(row.month), word,
            _signed(row.year), _signed(row.net_year),
            _value(row.bond) + " %" if row.bond is not None else "",
            _signed(row.currency) + " %" if row.currency is not None else "",
        ))  # fmt: skip
    used = [
        u for r in rows for g in (r.holdings, r.net_year, r.bond, r.currency) if g for u in g.used
    ]  # fmt: skip
    newest = max((row.holdings.day for row in rows), default=as_of)
    about = (
        f"US Treasuries held, USD bn, end of {newest:%B %Y}; net purchases where published; currency: "
        "move of the dollar against it over 20 days. `saiken monitor COUNTRY` shows the chain."
    )
    lines = [
        screen.paint(f"Holders of US Treasuries as of {as_of}", "bold"),
        *screen.wrapped(about, "  "),
        "",
        *table(cells, right=(1, 2, 4, 5, 6, 7)),
        *_footer(used, as_of, screen),
    ]
    return "\n".join(lines) + "\n"


def nowcasts_text(
    series: str, as_of: date, found: Sequence[Estimate], due: date | None, screen: Screen
) -> str:
    """Each unpublished month: the point with its interval, what drives it, how such nowcasts did."""
    lines = [screen.paint(f"{clean(series)} as of {as_of}", "bold")]
    if not found:
        lines.append("  The newest month that was over had been published: nothing to nowcast.")
    for estimate in found:
        lines += _nowcast(estimate, screen)
    if due is not None:
        lines.append(f"  next release: {due}")
    used = [source for estimate in found for source in estimate.used]
    return "\n".join([*lines, *_footer(used, as_of, screen)]) + "\n"


def _nowcast(estimate: Estimate, screen: Screen) -> Iterator[str]:
    newest, record, base = estimate.newest, estimate.score, estimate.baseline
    unit = estimate.unit
    head = f"{estimate.month.label}: {estimate.value:,.1f} {unit}"
    interval = f"80 % interval {estimate.low:,.1f} to {estimate.high:,.1f}"
    yield f"  {screen.paint(head, 'bold')}, {interval}"
    mark = ", as later revised" if newest.as_later_revised else ""
    yield from screen.wrapped(
        f"from {newest.value:,.1f} in {newest.period} (public {newest.public}{mark}), "
        f"{_months(estimate.delay)} before; model: {MODELS[estimate.model]}",
        "    ",
    )
    if estimate.lacks:
        yield from screen.wrapped(f"without the better models: {estimate.lacks}", "    ")
    rows = [(d.name, f"{d.amount:+,.1f}", d.note) for d in estimate.drivers]
    yield from (f"      {line}" for line in table(rows, right=(1,))) if rows else ()
    yield from screen.wrapped(
        f"record, {record.n} months: RMSE {record.rmse:.1f} against {base.rmse:.1f} for no change; "
        f"{record.coverage:.0%} inside the interval given at the time",
        "    ",
    )


def _summary(chain: Chain) -> str:
    """Which links stand in which band, the gravest first."""
    bands: dict[str, list[str]] = {word: [] for word in reversed(STYLES)}
    for link in chain.links:
        if link.word:
            bands[link.word].append(NAMES[link.id])
    told = [f"{word}: {', '.join(names)}" for word, names in bands.items() if names]
    return "; ".join(told) or "no link has figures enough for a word"


def _shown(link: Link, *, full: bool) -> Sequence[Gauge]:
    return link.gauges if full else link.gauges[:GAUGES]


def _link(link: Link, rows: dict[int, str], screen: Screen, *, full: bool) -> Iterator[str]:
    shown = _shown(link, full=full)
    if not shown:
        return
    word = screen.paint(link.word.upper(), STYLES[link.word]) if link.word else "no band"
    yield f"{screen.paint(link.title, 'bold')}  {word}"
    yield from (f"  {rows[id(gauge)]}" for gauge in shown)
    for each in link.ranges if full else link.ranges[:2]:
        yield f"  {each.investor.title}: {_range(each)}"
    for span in link.spans if full else ():
        yield from screen.wrapped(f"{span.title}: {_span(span)}; {span.note}", "  ", "    ")
    if link.signal is not None:
        yield from screen.wrapped(_signal(link.signal), "  ", "    ")
    if link.parts and full:
        parts = sorted(link.parts, key=lambda part: -abs(part.contribution))
        told = ", ".join(f"{part.contribution:+.2f} {part.name}" for part in parts)
        yield from screen.wrapped(f"the index is made of {told}", "  ", "    ")


def _span(span: Span) -> str:
    digits = DECIMALS.get(span.unit, 0 if span.unit == "%" and span.low > 10 else 2)
    low, high = number(span.low, digits), number(span.high, digits)
    if math.isnan(span.middle):
        return f"{low} to {high} {span.unit}"
    return f"{number(span.middle, digits)} [{low} to {high}] {span.unit}"


def _range(found: Range) -> str:
    """The pick-up over the hedge ratios of an investor; one figure for who never hedges."""
    low, high = found.investor.ratio
    if low == high:
        hedged = f"{low:.0%} hedged" if low else "unhedged"
        return f"{found.low:+.2f} pp at {found.tenor}, {hedged}"
    return (
        f"{found.low:+.2f} to {found.high:+.2f} pp at {found.tenor}, {low:.0%} to {high:.0%} hedged"
    )


def _rows(gauges: Sequence[Gauge]) -> list[str]:
    cells = [
        (
            gauge.title,
            _value(gauge, unit=True),
            "" if math.isnan(gauge.percentile) else _percentile(gauge.percentile),
            f"{gauge.day}{'*' if any(u.as_later_revised for u in gauge.used) else ''}",
            "; ".join(part for part in (gauge.word, _standing(gauge)) if part),
        )
        for gauge in gauges
    ]
    head = ("", "value", "pct", "figures of", "")
    return table([head, *cells], right=(1, 2))[1:]


def _standing(gauge: Gauge) -> str:
    """What the newest extreme is, where it is worth telling."""
    if gauge.stale:
        return "too old"
    peak = gauge.peak
    if peak is None:
        return ""
    value = number(peak.value, _digits(gauge))
    if peak.beaten is None:
        return f"record {value}, {peak.day:%d %b}"
    if (peak.day - peak.beaten).days < WORTH_TELLING:
        return ""
    return f"{peak.extreme} since {peak.beaten:%Y-%m}: {value}"


def _signal(signal: Signal) -> str:
    record = signal.record
    of = len(record.hits) + len(record.misses)
    states = {
        "unwinding": f"unwinding: alarm of {signal.last_alarm}",
        "loaded": "loaded, not broken",
        "quiet": f"quiet; last alarm {signal.last_alarm or 'none'}",
    }
    broken = "; the trade broke in the last week" if signal.lately_broken else ""
    lacks = " (positions are missing: by carry-to-risk alone)" if signal.lacks_positions else ""
    return (
        f"unwind signal{lacks}: {states[signal.state]}{broken}. Its record: {len(record.hits)} of "
        f"{of} known episodes met, {signal.false_alarms} of {signal.settled} alarms false"
    )


def _missing(chain: Chain, screen: Screen) -> Iterator[str]:
    gaps = list(dict.fromkeys(gap for link in chain.links for gap in link.missing))
    if not gaps:
        return
    told = "; ".join(f"{gap.what} ({' or '.join(gap.series) or gap.why})" for gap in gaps)
    yield from screen.wrapped(f"Missing: {told}.", rest="  ")
    if any(gap.series for gap in gaps):
        yield "  What a publisher does not let others pass on comes by `saiken sync` or `saiken import`."
    yield ""


def _footer(used: Iterable[Used], as_of: date, screen: Screen) -> Iterator[str]:
    sources = list(used)
    known = f"Only what had been published by {as_of}; see docs/monitor.md."
    if any(source.as_later_revised for source in sources):
        known += " * as later revised: the print of that day is not at hand."
    told = credited(sources)
    for text in (known, *told["caveats"], " ".join(f"{credit}." for credit in told["credits"])):
        for line in screen.wrapped(clean(text), rest="  "):
            yield screen.paint(line, "dim")


def _digits(gauge: Gauge) -> int:
    if gauge.unit == "%":
        return 3 if gauge.id.startswith("yield_") else 2
    return DECIMALS.get(gauge.unit, 2)


def _value(gauge: Gauge | None, *, unit: bool = False) -> str:
    if gauge is None:
        return ""
    text = number(gauge.value, _digits(gauge))
    return f"{text} {UNITS.get(gauge.unit, gauge.unit)}".rstrip() if unit else text


def _signed(gauge: Gauge | None) -> str:
    return "" if gauge is None else f"{gauge.value:+,.{_digits(gauge)}f}"


def _percentile(percentile: float) -> str:
    """Towards the ends a decimal, since that is where it tells."""
    return f"{percentile:.0f}" if 5 <= percentile < 95 else f"{percentile:.1f}"


def _months(count: int) -> str:
    return "a month" if count == 1 else f"{count} months"
