"""The monitor and the nowcast as plain values: `saiken.monitor/1`, `saiken.nowcast/1`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from saiken import __version__
from saiken.publishers import catalog
from saiken.terms import places

if TYPE_CHECKING:
    from saiken.measures.nowcast import Score
    from saiken.measures.wired.carrying import Signal
    from saiken.measures.wired.chain import Chain
    from saiken.measures.wired.gauges import Gauge
    from saiken.measures.wired.links import Link
    from saiken.measures.wired.nowcasts import Estimate
    from saiken.measures.wired.overview import Row
    from saiken.measures.wired.series import Used
    from saiken.measures.wired.spans import Span

MONITOR_SCHEMA = "saiken.monitor/1"
NOWCAST_SCHEMA = "saiken.nowcast/1"

Json = dict[str, Any]


def chain_json(chain: Chain) -> Json:
    """A chain with every gauge, what it used and what was missing. What is not known is null."""
    return {
        "schema": MONITOR_SCHEMA,
        "engine": __version__,
        "as_of": chain.as_of.isoformat(),
        "country": chain.place.code,
        "currency": chain.place.currency,
        "links": [_link(link) for link in chain.links],
        **credited(chain.used),
    }


def overview_json(rows: Sequence[Row], as_of: date) -> Json:
    parts = ("holdings", "month", "year", "net_year", "bond", "currency")
    told = [
        {"country": row.code, "name": places.name(row.code)}
        | {part: _gauge(getattr(row, part)) for part in parts}
        for row in rows
    ]
    used = [
        source for row in rows for part in parts for source in getattr(getattr(row, part), "used", ())
    ]  # fmt: skip
    head = {"schema": MONITOR_SCHEMA, "engine": __version__, "as_of": as_of.isoformat()}
    return {**head, "countries": told, **credited(used)}


def nowcasts_json(series: str, as_of: date, found: Sequence[Estimate]) -> Json:
    """The nowcasts of a series' unpublished months, oldest first."""
    return {
        "schema": NOWCAST_SCHEMA,
        "engine": __version__,
        "series": series,
        "as_of": as_of.isoformat(),
        "nowcasts": [_estimate(estimate) for estimate in found],
        **credited(source for estimate in found for source in estimate.used),
    }


def credited(used: Iterable[Used]) -> dict[str, list[str]]:
    """What the publishers of the series used ask to be said."""
    known = catalog.load()
    entries = (known.entry(source.series) for source in used)
    publishers = list(dict.fromkeys(known.owner(entry) for entry in entries if entry is not None))
    return {
        "credits": list(dict.fromkeys(p.credit for p in publishers if p.credit)),
        "caveats": list(dict.fromkeys(p.caveat for p in publishers if p.caveat)),
    }


def _link(link: Link) -> Json:
    return {
        "id": link.id,
        "title": link.title,
        "word": link.word or None,
        "gauges": [_gauge(gauge) for gauge in link.gauges],
        "by_investor": [
            {
                "investor": r.investor.id,
                "tenor": r.tenor,
                "low": r.low,
                "high": r.high,
                "hedge_ratio": list(r.investor.ratio),
                "known_from": r.investor.known_from,
            }
            for r in link.ranges
        ],
        "signal": _signal(link.signal),
        "spans": [_span(span) for span in link.spans],
        "parts": [{"name": part.name, "contribution": part.contribution} for part in link.parts],
        "missing": [asdict(gap) | {"series": list(gap.series)} for gap in link.missing],
    }


def _span(span: Span) -> Json:
    return {
        "id": span.id,
        "title": span.title,
        "low": span.low,
        "middle": _finite(span.middle),
        "high": span.high,
        "unit": span.unit,
        "note": span.note,
        "figures": [_used(source) for source in span.used],
    }


def _gauge(gauge: Gauge | None) -> Json | None:
    if gauge is None:
        return None
    peak = gauge.peak
    return {
        "id": gauge.id,
        "title": gauge.title,
        "value": _finite(gauge.value),
        "unit": gauge.unit,
        "percentile": _finite(gauge.percentile),
        "toward": gauge.toward or None,
        "word": gauge.word or None,
        "day": gauge.day.isoformat(),
        "since": gauge.since.isoformat(),
        "observations": gauge.count,
        "change_20": _finite(gauge.change),
        "peak": peak
        and {
            "extreme": peak.extreme,
            "value": peak.value,
            "day": peak.day.isoformat(),
            "record": peak.beaten is None,
            "since": peak.beaten.isoformat() if peak.beaten else None,
        },
        "stale": gauge.stale,
        "note": gauge.note or None,
        "history": list(gauge.history),
        "figures": [_used(source) for source in gauge.used],
    }


def _signal(signal: Signal | None) -> Json | None:
    if signal is None:
        return None
    record = signal.record
    return {
        "day": signal.day.isoformat(),
        "state": signal.state,
        "loaded": signal.loaded,
        "broken": signal.broken,
        "lately_broken": signal.lately_broken,
        "last_alarm": signal.last_alarm.isoformat() if signal.last_alarm else None,
        "positions_missing": signal.lacks_positions,
        "record": {
            "hits": list(record.hits),
            "misses": list(record.misses),
            "outside": list(record.outside),
            "settled_alarms": signal.settled,
            "false_alarms": signal.false_alarms,
            "alarms": [
                {
                    "day": alarm.day.isoformat(),
                    "episode": alarm.episode,
                    "lost_before": alarm.drawdown_before,
                    "worst_after": alarm.worst_after,
                }
                for alarm in record.alarms
            ],
        },
    }


def _estimate(estimate: Estimate) -> Json:
    return {
        "period": estimate.month.label,
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "coverage": 0.8,
        "unit": estimate.unit,
        "model": estimate.model,
        "newest": _used(estimate.newest),
        "months_ahead": estimate.delay,
        "drivers": [{"name": d.name, "amount": d.amount, "note": d.note} for d in estimate.drivers],
        "record": _score(estimate.score),
        "models": {
            name: {"value": estimate.points[name], **_score(score)}
            for name, score in estimate.scores.items()
        },
        "lacks": estimate.lacks or None,
        "figures": [_used(source) for source in estimate.used],
    }


def _score(score: Score) -> Json:
    return {"rmse": score.rmse, "coverage": score.coverage, "n": score.n}


def _used(source: Used) -> Json:
    return asdict(source) | {"public": source.public.isoformat()}


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
