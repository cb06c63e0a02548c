"""Claims about 400 annual series that are none of saiken's, by a user's catalog made of their titles.

    python benchmarks/tsver.py [--latest] [--reasons]

The catalog file is made of what the data set says of its series (title, unit) and nothing else; it
is imported into a temporary archive as any user's is. A year's figures count as known by the end of
the next, which the data set does not say. `--latest` judges every claim by all figures at hand.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

SHARED = Path(__file__).parents[2] / "shared" / "tsver"
KNOWN_AFTER = "12 months"
GAPS = 3
"""Years that a survey may leave out before its newest figure is too old for "now"."""
SUPPORTED, REFUTED, OPEN = "Supported", "Refuted", "Not Enough Evidence"
RULED = {
    "supported": SUPPORTED,
    "refuted": REFUTED,
    "exaggerated": REFUTED,
    "misleading": REFUTED,
}
"""What a verdict is in the words of the data set; every other one is open."""


def catalog_of(folder: Path) -> str:
    """The catalog file of the series under a folder (TOML)."""
    strange: set[str] = set()
    lines = ['name = "tsver"', 'title = "TSVer"', ""]
    for about in json.loads((folder / "metadata.json").read_text("utf-8")):
        with (folder / "csv" / about["filename"]).open(encoding="utf-8") as file:
            header = next(csv.reader(file))[1:]
        countries = any(map(_is_country, header))
        strange |= {code for code in header if countries and not _is_country(code)}
        entry = {
            "id": re.sub(r"[^a-z0-9_-]+", "-", about["filename"].removesuffix(".csv").lower()).strip("-"),
            "file": re.sub(r"([\[\]?*])", r"[\1]", about["filename"]),
            **({"country": "*"} if countries else {"value": header[0]}),
            "title": about["title"],
            "unit": about["unit"],
            "kind": "rate" if about["unit"].startswith("%") else "level",
            "frequency": "A",
            "known_after": KNOWN_AFTER,
        }  # fmt: skip
        lines += ["[[series]]", *(f"{key} = {json.dumps(text)}" for key, text in entry.items())]
        lines += [f"gaps = {GAPS}", ""]
    lines += ["[countries]", *(f'{json.dumps(code)} = ""' for code in sorted(strange))]
    return "\n".join(lines)


def _is_country(code: str) -> bool:
    from saiken.terms.places import code_of  # noqa: PLC0415 - after the home is set

    return bool(code_of(code))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latest", action="store_true", help="by all figures at hand")
    parser.add_argument("--reasons", action="store_true", help="every claim with its verdict")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SAIKEN_HOME"] = folder
        _run(Path(folder), args)


def _run(home: Path, args: argparse.Namespace) -> None:
    from saiken.archive.archive import Archive  # noqa: PLC0415 - after the home is set
    from saiken.archive.own import import_own  # noqa: PLC0415

    catalog = home / "tsver.toml"
    catalog.write_text(catalog_of(SHARED / "time_series"), "utf-8")
    started = perf_counter()
    report = import_own(catalog, SHARED / "time_series" / "csv", home)
    print(
        f"{report.count('read')} files, {report.figures:,} figures in {perf_counter() - started:.0f} s; "
        f"{report.count('quarantined')} kept apart"
    )
    for row in report.rows:
        if row.status == "quarantined":
            print(f"  {row.file}: {row.reason}")
    archive = Archive.open(home, embedded=False)
    for name in ("tsver_dev", "synthetic_dev"):
        rows = [
            json.loads(line) for line in (SHARED / f"{name}.jsonl").read_text("utf-8").splitlines()
        ]
        _told(
            name, [_judged(row, archive, latest=args.latest) for row in rows], reasons=args.reasons
        )


def _judged(
    row: dict[str, str], archive: object, *, latest: bool
) -> tuple[dict[str, str], str, list[str]]:
    from saiken.claims.judging import judge  # noqa: PLC0415
    from saiken.claims.reading import read  # noqa: PLC0415

    day = datetime.strptime(row["Date"], "%B %d, %Y").replace(tzinfo=UTC).date()
    reading = read(row["Claim"], day)
    report = judge(reading, archive, datetime.now(UTC).date() if latest else day)
    why = [f"{v.ruling.value} ({v.code}): {' '.join(v.reasons)}" for v in report.verdicts]
    why += [f"unread ({part.why}): {part.text}" for part in report.unread]
    return row, report.overall.value, why


def _told(name: str, found: list[tuple[dict[str, str], str, list[str]]], *, reasons: bool) -> None:
    table = Counter((row["Verdict"], RULED.get(ruling, OPEN)) for row, ruling, _ in found)
    kinds = (SUPPORTED, REFUTED, OPEN)
    print(f"\n{name}: {len(found)} claims\n\n| told by the data set | " + " | ".join(kinds) + " |")
    print("|---|" + "---|" * len(kinds))
    for told in kinds:
        print(f"| {told} | " + " | ".join(str(table[told, ours]) for ours in kinds) + " |")
    settled = sum(count for (_, ours), count in table.items() if ours != OPEN)
    right = sum(count for (told, ours), count in table.items() if told == ours)
    print(
        f"\nsettled {settled}/{len(found)}, of these right {sum(table[k, k] for k in kinds[:2])}; all right {right}/{len(found)}"
    )
    print("left open as:", dict(Counter(ruling for _, ruling, _ in found if ruling not in RULED)))
    for row, ruling, why in found:
        ours = RULED.get(ruling, OPEN)
        wrong = ours not in {OPEN, row["Verdict"]}
        if wrong or reasons:
            sign = "WRONG" if wrong else "right" if ours == row["Verdict"] else "open"
            print(f"\n{sign}: {row['Claim']} ({row['Date']}) is {row['Verdict']}, here {ruling}")
            for line in why:
                print(f"    {line}")


if __name__ == "__main__":
    main()
