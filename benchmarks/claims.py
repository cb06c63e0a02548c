"""The development claims judged: how many verdicts are right, and every wrong one.

    python benchmarks/claims.py [--home DIR] [--only PREDICATE] [--language en]

Imports all of the shared data into a temporary archive unless --home names one that holds it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

from saiken.archive.archive import Archive
from saiken.archive.importer import import_folder
from saiken.claims.judging import judge
from saiken.claims.reading import read

SHARED = Path(__file__).parents[2] / "shared"
OPPOSITES = {("supported", "refuted"), ("refuted", "supported")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--only")
    parser.add_argument("--language")
    parser.add_argument("--quiet", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = args.home or Path(folder)
        if args.home is None:
            import_folder(SHARED / "data", home)
        archive = Archive.open(home, embedded=False)
        rows = _rows(args)
        found = _judged(rows, archive)
        _told(found, quiet=args.quiet)
        _timeline(archive)


def _rows(args: argparse.Namespace) -> list[dict[str, object]]:
    lines = (SHARED / "claims" / "dev.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        row
        for row in rows
        if (not args.only or row["predicate"] == args.only)
        and (not args.language or row["language"] == args.language)
    ]


def _judged(rows: list[dict[str, object]], archive: Archive) -> list[tuple[dict, str, object]]:
    found, started = [], time.perf_counter()
    for row in rows:
        day = date.fromisoformat(str(row["published"]))
        report = judge(read(str(row["text"]), day), archive, day)
        found.append((row, report.overall.value, report))
    took = time.perf_counter() - started
    print(f"{len(rows)} claims in {took:.2f} s, {len(rows) / took:.0f} a second\n")
    return found


def _told(found: list[tuple[dict, str, object]], *, quiet: bool) -> None:
    by = defaultdict(Counter)
    opposite = 0
    for row, got, report in found:
        want = row["verdict"]
        by["all"][want == got] += 1
        by[f"predicate {row['predicate']}"][want == got] += 1
        by[f"language {row['language']}"][want == got] += 1
        by[f"verdict {want}"][want == got] += 1
        by[f"measure {row['measure']}"][want == got] += 1
        opposite += (want, got) in OPPOSITES
        if want != got and not quiet:
            mark = "!!" if (want, got) in OPPOSITES else "  "
            print(f"{mark} {row['id']} want {want}, got {got} | {row['published']} | {row['text']}")
            for verdict in report.verdicts:
                claim = verdict.claim
                print(
                    f"      {verdict.ruling.value} {claim.predicate.value} {claim.subject} "
                    f"{claim.measure} {claim.tenor} {claim.period or ''} "
                    f"{claim.quantity.value if claim.quantity else ''} | {verdict.reasons[0][:140]}"
                )
            for part in report.unread:
                print(f"      unread ({part.why}): {part.text[:90]}")
            print(f"      why: {row['why']}")
    print()
    for name, counts in by.items():
        total = counts[True] + counts[False]
        print(f"{name:<50} {counts[True]:>4}/{total:<4} {counts[True] / total:.0%}")
    print(f"supported and refuted confused: {opposite}")


def _timeline(archive: Archive) -> None:
    right = total = 0
    for line in (SHARED / "claims" / "pointintime.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        for ask in row["asks"]:
            day = date.fromisoformat(ask["as_of"])
            got = judge(read(row["text"], day), archive, day).overall.value
            total += 1
            right += got == ask["verdict"]
            if got != ask["verdict"]:
                print(
                    f"  {row['id']} {ask['as_of']} want {ask['verdict']}, got {got} | {row['text']}"
                )
    print(f"point in time: {right}/{total}")


if __name__ == "__main__":
    main()
