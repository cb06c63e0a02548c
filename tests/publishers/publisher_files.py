"""What the parser tests share: running a table on a file or on bytes, and reading the result."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from saiken.publishers.catalog import load
from saiken.publishers.table import Artifact, Table
from saiken.terms.figure import Column


def artifact(name: str) -> Artifact:
    return Artifact(name=name, sha256="0" * 64, fetched_at=datetime(2026, 9, 20, tzinfo=UTC))


def columns(table: Table, data: bytes, name: str = "file.csv") -> dict[str, Column]:
    """The columns by series; fails if a series comes twice with one status."""
    found: dict[str, Column] = {}
    for column in table.parse(data, artifact(name)):
        key = column.series if column.series not in found else f"{column.series} {column.status}"
        assert key not in found
        found[key] = column
    return found


def read(table: Table, path: Path) -> dict[str, Column]:
    """Recognise and parse a real file; every series found must stand in the catalog."""
    data = path.read_bytes()
    assert table.recognise(data[:4096], path.name), f"{path.name} is not recognised as {table.id}"
    found = columns(table, data, path.name)
    entries = {column.series: load().entry(column.series) for column in found.values()}
    assert not [series for series, entry in entries.items() if entry is None]
    assert {entry.publisher for entry in entries.values() if entry} == {table.publisher}
    return found


def zipped(data: bytes, *names: str) -> bytes:
    """A zip with `data` in it under each of the names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, data)
    return out.getvalue()


def figures(column: Column) -> dict[str, str]:
    """Period label -> value with its decimals written out."""
    return {
        period.label: "" if value is None else f"{value:.{max(0, decimals)}f}"
        for period, value, decimals, _ in column.cells()
    }


def everything(found: dict[str, Column]) -> set[tuple[str, str, str]]:
    """Each figure as (series, period, value)."""
    return {
        (series, label, value)
        for series, column in found.items()
        for label, value in figures(column).items()
    }
