"""The archive's tables as Parquet. The one module that knows pyarrow; it loads when used."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from saiken.archive.errors import StoreError
from saiken.archive.holding import Holding
from saiken.archive.statements import BASES, FIELDS, STATUSES, Statements, from_ms
from saiken.terms.period import Period
from saiken.terms.release import Release

_DAY_ZERO = date(1970, 1, 1).toordinal()
_WIDTH = {"b": 1, "h": 2, "i": 4, "q": 8}
_DAYS = {"starts": "start", "ends": "end", "vintage_days": "vintage_day"}
_MOMENTS = {"vintages": "vintage_at", "recorded": "recorded_at"}
_WORDS = {"statuses": ("status", STATUSES), "bases": ("vintage_basis", BASES)}
_NUMBERS = {
    "digits": "digits",
    "decimals": "decimals",
    "rows": "row",
    "columns": "column",
    "versions": "parser_version",
}
_FILE: dict[str, Any] = {"compression": "zstd", "version": "2.6", "store_schema": True}


def _arrow() -> tuple[Any, Any, Any]:
    """pyarrow, its functions and its Parquet part: 300 ms that readers of an index are spared."""
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415
    import pyarrow.compute as pc  # type: ignore[import-untyped]  # noqa: PLC0415
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415

    return pa, pc, pq


@dataclass(slots=True)
class Pool:
    """Statements of many series, with the lists that their indices point into."""

    series: dict[str, Statements]
    shas: list[str]
    sheets: list[str]


def write_figures(path: Path, pool: Pool, level: int = 6) -> None:
    """Write a pool, sorted by series, period and vintage. Equal pools give equal bytes.

    `level` is how hard zstd tries: 19 takes ten times as long for a third less.
    """
    pa, pc, pq = _arrow()

    names = sorted(pool.series)
    joined = Statements()
    codes = array("i")
    for code, name in enumerate(names):
        held = pool.series[name]
        joined.extend(held.take(_order(held, pool.shas)))
        codes.extend(array("i", [code]) * len(held))
    columns = {"series": _dictionary(codes, names)}
    for field, name in _DAYS.items():
        days = pc.subtract(_numbers(getattr(joined, field)), _day_zero())
        columns[name] = days.cast(pa.date32())
    for field, name in _NUMBERS.items():
        columns[name] = _numbers(getattr(joined, field))
    for field, (name, words) in _WORDS.items():
        columns[name] = _dictionary(getattr(joined, field), [str(word) for word in words])
    for field, name in _MOMENTS.items():
        columns[name] = _numbers(getattr(joined, field)).cast(pa.timestamp("ms", tz="UTC"))
    columns["artifact"] = _dictionary(joined.artifacts, pool.shas)
    columns["sheet"] = _dictionary(joined.sheets, pool.sheets)
    pq.write_table(
        pa.table(columns),
        path,
        use_dictionary=["series", "status", "vintage_basis", "artifact", "sheet"],
        column_encoding={
            **dict.fromkeys(
                ("start", "end", "vintage_day", "row", "column", "parser_version"),
                "DELTA_BINARY_PACKED",
            ),
            **dict.fromkeys(("digits", "vintage_at", "recorded_at"), "DELTA_BINARY_PACKED"),
        },
        row_group_size=1 << 20,
        write_statistics=False,
        compression_level=level,
        **_FILE,
    )


def _order(held: Statements, shas: Sequence[str]) -> list[int]:
    """Period, vintage, artifact, place: a total order that does not ask who came first."""

    def key(i: int) -> tuple[int, int, int, str, int, int, int]:
        return (
            held.ends[i],
            held.starts[i],
            held.vintages[i],
            shas[held.artifacts[i]],
            held.rows[i],
            held.columns[i],
            held.digits[i],
        )

    return sorted(range(len(held)), key=key)


def _day_zero() -> Any:
    """Made of an array: `pa.scalar` looks for pandas first, half a second where there is one."""
    return _numbers(array("i", [_DAY_ZERO]))[0]


def _numbers(values: array[int]) -> Any:
    pa, _, _ = _arrow()

    kind = {"b": pa.int8(), "h": pa.int16(), "i": pa.int32(), "q": pa.int64()}[values.typecode]
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values.tobytes())])


def _dictionary(codes: array[int], words: Sequence[str]) -> Any:
    pa, _, _ = _arrow()

    return pa.DictionaryArray.from_arrays(_numbers(codes), pa.array(words, pa.string()))


def read_figures(paths: Iterable[Path]) -> Pool:
    """Read figure files into one pool. StoreError names a file that cannot be read."""
    pool = Pool({}, [], [])
    shas: dict[str, int] = {}
    sheets: dict[str, int] = {}
    for path in paths:
        for name, held in _read(path, shas, sheets):
            if name in pool.series:
                pool.series[name].extend(held)
            else:
                pool.series[name] = held
    pool.shas, pool.sheets = list(shas), list(sheets)
    return pool


def _read(
    path: Path, shas: dict[str, int], sheets: dict[str, int]
) -> Iterator[tuple[str, Statements]]:
    table = read_table(path)
    if not table.num_rows:
        return
    try:
        flat = _flatten(table, shas, sheets)
        runs = _runs(table["series"])
    except (KeyError, ValueError, TypeError) as error:
        msg = f"{path.name} is not a file of figures: {error}"
        raise StoreError(msg, "move it away and run `saiken import` again") from error
    for name, first, last in runs:
        yield name, Statements(*(_slice(code, buffer, first, last) for code, buffer in flat))


def read_table(path: Path) -> Any:
    """The whole Parquet file; StoreError if it is none."""
    pa, _, pq = _arrow()

    try:
        # Not read_table: it loads the part for data sets, and that pandas where there is one.
        with pq.ParquetFile(path) as file:
            return file.read()
    except (OSError, pa.ArrowException) as error:
        msg = f"cannot read {path.name}: {error}"
        raise StoreError(msg, "move it away and run `saiken import` again") from error


def _slice(code: str, buffer: memoryview, first: int, last: int) -> array[int]:
    width = _WIDTH[code]
    values = array(code)
    values.frombytes(buffer[first * width : last * width])
    return values


def _flatten(
    table: Any, shas: dict[str, int], sheets: dict[str, int]
) -> list[tuple[str, memoryview]]:
    """Every field of `Statements` over the whole table, as raw memory."""
    pa, pc, _ = _arrow()

    kinds = {"b": pa.int8(), "h": pa.int16(), "i": pa.int32(), "q": pa.int64()}

    def column(field: str) -> Any:
        if field in _DAYS:
            return pc.add(table[_DAYS[field]].cast(pa.int32()), _day_zero())
        if field in _MOMENTS:
            return table[_MOMENTS[field]].cast(pa.int64())
        if field in _NUMBERS:
            return table[_NUMBERS[field]]
        if field in _WORDS:
            name, words = _WORDS[field]
            known: dict[str, int] = {str(word): code for code, word in enumerate(words)}
            return _coded(table[name], lambda word: known[word])
        name, pool = ("artifact", shas) if field == "artifacts" else ("sheet", sheets)
        return _coded(table[name], lambda word: pool.setdefault(word, len(pool)))

    flat = []
    for field, code in FIELDS.items():
        whole = column(field).cast(kinds[code]).combine_chunks()
        if isinstance(whole, pa.ChunkedArray):
            whole = whole.chunk(0)
        if whole.null_count:
            msg = f"column of {field} has empty cells"
            raise ValueError(msg)
        width = _WIDTH[code]
        data = memoryview(whole.buffers()[1])
        flat.append((code, data[whole.offset * width : (whole.offset + len(whole)) * width]))
    return flat


def _encoded(column: Any) -> Any:
    """One dictionary-encoded array for a column of words."""
    pa, _, _ = _arrow()

    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    whole = column.unify_dictionaries().combine_chunks()
    return whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole


def _coded(column: Any, code: Any) -> Any:
    pa, _, _ = _arrow()

    encoded = _encoded(column)
    codes = _numbers(array("i", map(code, encoded.dictionary.to_pylist())))
    return pa.chunked_array([codes.take(encoded.indices)])


def _runs(column: Any) -> list[tuple[str, int, int]]:
    """(series, first row, row after the last) of each stretch of one series."""
    _, pc, _ = _arrow()

    encoded = _encoded(column)
    words = encoded.dictionary.to_pylist()
    stretches = pc.run_end_encode(encoded.indices)
    found, first = [], 0
    for last, code in zip(
        stretches.run_ends.to_pylist(), stretches.values.to_pylist(), strict=True
    ):
        found.append((words[code], first, last))
        first = last
    return found


def write_holdings(path: Path, holdings: Iterable[Holding]) -> None:
    """Write the table of artifacts, sorted by SHA-256."""
    _write_records(path, Holding, sorted(holdings, key=lambda holding: holding.sha256))


def read_holdings(path: Path) -> list[Holding]:
    """Read what `write_holdings` wrote."""
    found = []
    for row in _plain_rows(path):
        moments = {key: from_ms(row[key]) for key in _RECORD_MOMENTS if row[key] is not None}
        found.append(Holding(**{**row, **moments}))
    return found


_RECORD_MOMENTS = ("fetched_at", "recorded_at", "public_by")


def _plain_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Each row as a mapping, moments as UTC milliseconds: no time-zone database is needed."""
    pa, _, _ = _arrow()

    table = read_table(path)
    columns = {}
    for name in table.column_names:
        column = table[name]
        whole = column.cast(pa.int64()) if pa.types.is_timestamp(column.type) else column
        columns[name] = whole.to_pylist()
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def write_releases(path: Path, releases: Iterable[Release]) -> None:
    """Write a table of releases, sorted by calendar and period."""
    pa, _, pq = _arrow()

    listed = sorted(releases, key=lambda r: (r.calendar, r.period.end, r.period.start))
    table = pa.table(
        {
            "calendar": pa.array([r.calendar for r in listed], pa.string()),
            "start": pa.array([r.period.start for r in listed], pa.date32()),
            "end": pa.array([r.period.end for r in listed], pa.date32()),
            "at": pa.array([r.at.astimezone(UTC) for r in listed], pa.timestamp("ms", tz="UTC")),
            "day": pa.array([r.day for r in listed], pa.date32()),
            "basis": pa.array([r.basis for r in listed], pa.string()),
        }
    )
    pq.write_table(
        table,
        path,
        use_dictionary=["calendar", "basis"],
        column_encoding=dict.fromkeys(("start", "end", "at", "day"), "DELTA_BINARY_PACKED"),
        write_statistics=False,
        compression_level=19,
        **_FILE,
    )


def read_releases(path: Path) -> list[Release]:
    """Read what `write_releases` wrote."""
    return [
        Release(
            row["calendar"],
            Period(row["start"], row["end"]),
            from_ms(row["at"]),
            row["day"],
            row["basis"],
        )
        for row in _plain_rows(path)
    ]


def _write_records(path: Path, kind: type, records: list[Any]) -> None:
    pa, _, pq = _arrow()

    moment = pa.timestamp("ms", tz="UTC")
    columns = {}
    for entry in fields(kind):
        values = [getattr(record, entry.name) for record in records]
        is_moment = entry.name in _RECORD_MOMENTS
        if is_moment:
            values = [v.astimezone(UTC) if isinstance(v, datetime) else v for v in values]
        columns[entry.name] = pa.array(values, moment if is_moment else pa.string())
    pq.write_table(pa.table(columns), path, write_statistics=False, **_FILE)
