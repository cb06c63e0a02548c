"""How the unwind signal, the nowcasts and the scenarios did on real figures, as found.

    PYTHONPATH=src python benchmarks/records.py [--as-of DATE] [--draws N]

Prints Markdown, from the archive as it stood on a day (default: today). The rule of the signal, its
episodes and the calibration of the scenarios stand in the source and are not set by this.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime

from saiken.archive.archive import Archive
from saiken.measures.wired import carrying
from saiken.measures.wired.nowcasts import NowcastError, nowcasts
from saiken.measures.wired.series import Figures
from saiken.scenarios import backtests, balance, calibration

HOLDERS = ("JP", "CN", "GB", "BE", "CA", "KY", "LU", "FR", "IE", "TW", "CH", "all", "official")


def unwind(archive: Archive, as_of: date) -> Iterator[str]:
    """Every alarm up to a day, the episodes that it met, and those that none met."""
    figures = Figures(archive, as_of)
    trade = carrying.trade(figures, "JPY", "JP")
    if trade is None:
        yield "No record: the archive lacks an exchange rate or a short rate."
        return
    held = carrying.position(figures)
    found = carrying.signal(figures, trade, held)
    record = found.record
    first, last = (date.fromordinal(int(trade.spot.days[i])) for i in (0, -1))
    yield f"Exchange rates from {first} to {last}; positions {'from ' + str(date.fromordinal(int(held.days[0]))) if held else 'missing'}.\n"
    yield "| alarm | episode | lost by then, % | worst of the next 20 days, % |\n|---|---|---|---|"
    for alarm in record.alarms:
        lost, worst = 100 * alarm.drawdown_before, 100 * alarm.worst_after
        yield f"| {alarm.day} | {alarm.episode or ''} | {lost:.1f} | {worst:.1f} |"
    yield (
        f"\nMet: {', '.join(record.hits) or 'none'}. Missed: {', '.join(record.misses) or 'none'}. "
        f"Before the figures begin: {', '.join(record.outside) or 'none'}. "
        f"False: {found.false_alarms} of {found.settled} alarms."
    )


def nowcast(archive: Archive, as_of: date) -> Iterator[str]:
    """What is shown of each holder, and how it did on past months beside no change."""
    yield (
        "| holder | month | months ahead | shown | RMSE | no change | inside the 80 % interval | n |\n"
        "|---|---|---|---|---|---|---|---|"
    )
    for holder in HOLDERS:
        try:
            found = nowcasts(archive, holder, as_of)
        except NowcastError as error:
            yield f"| {holder} | {error} | | | | | | |"
            continue
        for one in found:
            yield (
                f"| {holder} | {one.month.label} | {one.delay} | {one.model} | {one.score.rmse:.1f} "
                f"| {one.baseline.rmse:.1f} | {one.score.coverage:.0%} | {one.score.n} |"
            )


def episodes(archive: Archive, as_of: date, draws: int) -> Iterator[str]:
    """Past episodes: what happened beside the bands that the model gives."""
    known = calibration.load()
    sheet = balance.sheet(archive, as_of, known)
    scores = backtests.score(archive, sheet, known, draws)
    yield "| episode | realised | effect of the flow | 90 % band | place | within |\n|---|---|---|---|---|---|"
    for s in scores:
        low, middle, high = s.effect
        within = "50 %" if s.in_half else "90 %" if s.in_ninety else "neither"
        yield (
            f"| {s.name} | {s.realised:+.1f} | {middle:+.1f} [{low:+.1f}, {high:+.1f}] "
            f"| {s.ninety[0]:+.1f} to {s.ninety[1]:+.1f} | {s.place:.2f} | {within} |"
        )
    half, ninety = sum(s.in_half for s in scores), sum(s.in_ninety for s in scores)
    yield f"\nWithin the 50 % band {half}, within the 90 % band {ninety} of {len(scores)}."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    today = datetime.now(UTC).date()
    parser.add_argument("--as-of", type=date.fromisoformat, default=today)
    parser.add_argument("--draws", type=int, default=20_000)
    args = parser.parse_args()
    archive = Archive.open()
    parts = {
        "The unwind signal of the yen carry trade": unwind(archive, args.as_of),
        "Nowcasts of holdings": nowcast(archive, args.as_of),
        "Episodes of the scenarios": episodes(archive, args.as_of, args.draws),
    }
    for title, lines in parts.items():
        print(f"\n## {title}, as of {args.as_of}\n")
        for line in lines:
            print(line, flush=True)


if __name__ == "__main__":
    main()
