"""Write src/saiken/archive/provenance.toml from the SOURCES.md beside the publishers' files.

    python scripts/provenance.py FOLDER

FOLDER is the data folder with the files and their SOURCES.md. Only facts are taken over: the
file's name and hash, the publisher's address, how true the copy is, its terms, and the day by
which its content was public.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "saiken" / "archive" / "provenance.toml"
_NAME = re.compile(r"`([^`]+)`")
_URL = re.compile(r"`(https?://[^`]+)`")
_SHORT = re.compile(r"(\w+) = `(https?://[^`]+)`")
_PUBLIC = (
    re.compile(r"public (?:by|before) (\d{4}-\d\d-\d\d)"),
    re.compile(r"by (\d{4}-\d\d-\d\d) \(commit\)"),
    re.compile(r"commit (\d{4}-\d\d-\d\d)"),
    re.compile(r"released (\d{4}-\d\d-\d\d)"),
    re.compile(r"\A(\d{4}-\d\d-\d\d)(?: \(stamp\))?\Z"),
)
_STAMPS = (
    (re.compile(r"(\d{1,2}/\d{1,2}/\d{4}) \(stamp\)"), "%m/%d/%Y"),
    (re.compile(r"([A-Z][a-z]+ \d{1,2}, \d{4})\"? \(stamp"), "%B %d, %Y"),
)
_DATED = re.compile(r"(\d{4}-\d\d-\d\d)-")
_ALL = re.compile(r"Publisher of all: [^`]+`(https?://[^`]+)`")
_FIDELITIES = (
    ("byte copy, LF", "byte copy, LF"),
    ("byte copy", "byte copy"),
    ("transcribed excerpt", "excerpt"),
    ("transcribed", "transcription"),
    ("excerpt", "excerpt"),
    ("re-saved", "re-saved"),
    ("derived", "derived"),
)
_TERMS = re.compile(r"\A(PD|BY-MoF|BY-BoJ|BY|R)\b")


def rows(text: str) -> Iterator[dict[str, str]]:
    """Every row of the tables whose first column is `name`, as a mapping from the header."""
    header: list[str] = []
    for line in text.splitlines():
        if not line.startswith("|"):
            header = []
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] == "name":
            header = cells
        elif header and not set(line) <= set("|-: "):
            yield dict(zip(header, cells, strict=False))


def address(cell: str, name: str, short: dict[str, str], above: str) -> str:
    """The publisher's address; an abbreviation stands for its folder, "above" for the section's."""
    found = _URL.search(cell)
    if found:
        return found[1]
    if cell == "above":
        return above
    for word, base in short.items():
        named = re.search(rf"\b{word}(?:`([^`]+)`)?", cell)
        if named:
            several = named[1] is None or cell.endswith("etc.")
            return base + (Path(name).name.split("_")[0] if several else named[1])
    return ""


def public_by(cell: str) -> str:
    """The day by which the content was public, as YYYY-MM-DD; empty where the row does not say."""
    for pattern in _PUBLIC:
        found = pattern.search(cell)
        if found:
            return found[1]
    for pattern, form in _STAMPS:
        found = pattern.search(cell)
        if found:
            return datetime.strptime(found[1], form).date().isoformat()  # noqa: DTZ007 - a day
    return ""


def entries(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for sources in sorted(folder.glob("*/SOURCES.md")):
        text = sources.read_text("utf-8")
        short = dict(_SHORT.findall(text))
        for section in re.split(r"^## ", text, flags=re.MULTILINE):
            every = _ALL.search(section)
            yield from section_entries(sources.parent, section, short, every[1] if every else "")


def section_entries(
    folder: Path, section: str, short: dict[str, str], above: str
) -> Iterator[tuple[str, dict[str, str]]]:
    last: dict[str, str] = {}
    for raw in rows(section):
        row = {
            key: last.get(key, value) if value == "same" else value for key, value in raw.items()
        }
        last = row
        words = row.get("fidelity", "")
        fidelity = next((to for word, to in _FIDELITIES if words.startswith(word)), "unknown")
        terms = _TERMS.match(row.get("terms", ""))
        known = public_by(row.get("vintage", ""))
        for name in _NAME.findall(row["name"]):
            # A name may be a pattern; files of a dated series begin with their day.
            for file in sorted(folder.glob(name)):
                dated = _DATED.match(file.name)
                yield (
                    hashlib.sha256(file.read_bytes()).hexdigest(),
                    {
                        "name": file.name,
                        "url": address(row.get("publisher's URL", ""), name, short, above),
                        "fidelity": fidelity,
                        "terms": terms[1] if terms else "R",
                        "public_by": known or (dated[1] if dated else ""),
                    },
                )


def main() -> None:
    found = dict(entries(Path(sys.argv[1])))
    before = tomllib.loads(OUT.read_text("utf-8")) if OUT.exists() else {}
    now = datetime.now(UTC).replace(microsecond=0)
    for sha, facts in found.items():
        met = before.get(sha, {}).get("public_by")
        facts["public_by"] = (
            facts["public_by"] or (met if isinstance(met, datetime) else now).isoformat()
        )
    lines = [
        "# What is known of files met so far, by their SHA-256. Made by scripts/provenance.py.",
        "",
    ]
    for sha, facts in sorted(found.items(), key=lambda item: (item[1]["name"], item[0])):
        lines.append(f'["{sha}"]')
        lines += [
            f"{key} = {value}" if key == "public_by" else f'{key} = "{value}"'
            for key, value in facts.items()
            if value
        ]
        lines.append("")
    OUT.write_text("\n".join(lines), "utf-8")
    print(f"{len(found)} artifacts -> {OUT.name}")


if __name__ == "__main__":
    main()
