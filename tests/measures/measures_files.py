"""The real files as arrays, for the tests of the measures."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from saiken.publishers.registry import recognise
from saiken.publishers.table import Artifact
from saiken.terms.figure import WITHHELD


@cache
def series_of(path: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Each series of a publisher's file: ordinals of the periods' ends, ascending, and values."""
    data = path.read_bytes()
    table = recognise(data, path.name)
    assert table is not None, path
    now = datetime(2026, 10, 1, tzinfo=UTC)
    cells: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {}
    for column in table.parse(data, Artifact(path.name, sha256(data).hexdigest(), now)):
        decimals = np.array(column.decimals)
        values = np.where(decimals == WITHHELD, np.nan, np.array(column.digits) / 10.0**decimals)
        cells.setdefault(column.series, []).append((np.array(column.ends), values))
    found = {}
    for name, parts in cells.items():
        ends, values = (np.concatenate(part) for part in zip(*parts, strict=True))
        order = np.argsort(ends, kind="stable")
        found[name] = ends[order], values[order]
    return found


@cache
def jgb_curves(shared: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """MoF's days with all 15 tenors: ordinals (T,), maturities (15,), yields (T, 15)."""
    held = series_of(shared / "data/japan/mof_jgb/jgbcme_all_to20260630.csv")
    tenors = sorted((int(name.split("/")[-1][:-1]), name) for name in held)
    days = held["jgb/yield/40Y"][0]
    table = np.full((len(days), len(tenors)), np.nan)
    for j, (_, name) in enumerate(tenors):
        ends, values = held[name]
        common, mine, theirs = np.intersect1d(days, ends, return_indices=True)
        table[mine, j] = values[theirs]
        assert len(common)
    whole = np.isfinite(table).all(1)
    return days[whole], np.array([float(t) for t, _ in tenors]), table[whole]


@cache
def reference_table(shared: Path, name: str) -> np.ndarray:
    """A data set of a paper, without its date column: (T, k)."""
    path = shared / "data/reference" / name
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))
    return np.array([[float(cell) for cell in row[1:]] for row in rows[1:]])


@cache
def kernel_ridge_bonds(shared: Path, day: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cash flows (M, N), times in years (N,), prices (M,) of a day of the KR data."""
    folder = shared / "data/reference"
    packed = np.load(folder / f"kr_cashflow_{day}.npz")
    price = np.load(folder / f"kr_price_{day}.npy")
    rows, days = packed["shape"]
    flows = np.zeros((rows, days))
    for i in range(rows):
        part = slice(packed["indptr"][i], packed["indptr"][i + 1])
        flows[i, packed["indices"][part]] = packed["data"][part]
    paid = np.flatnonzero(flows.any(0))
    return flows[:, paid], (paid + 1) / 365, price


@cache
def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def at(shared: Path, name: str, month: str, part: Callable[[str], str] = str) -> float:
    """A figure of Table 3 for a month `YYYY-MM`, in USD mn."""
    ends, values = table3(shared)[part(name)]
    months = [date.fromordinal(int(end)).strftime("%Y-%m") for end in ends]
    return float(values[months.index(month)])


def table3(shared: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    return series_of(shared / "data/us/tic/slt_table3_EXCERPT_data-to-2026-04.txt")
