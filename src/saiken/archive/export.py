"""Rows of an answer as a Parquet file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from saiken.archive import durable


def write_parquet(
    path: Path, rows: Sequence[Mapping[str, Any]], about: Mapping[str, str] | None = None
) -> None:
    """Write rows with equal keys to `path`, whole or not at all; `about` goes into its metadata.

    Raises StoreError when the disk refuses.
    """
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415 - see archive.parquet
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415

    names = list(rows[0]) if rows else []
    table = pa.table({name: [row[name] for row in rows] for name in names})
    table = table.replace_schema_metadata(
        {f"saiken.{key}": text for key, text in (about or {}).items()}
    )
    with durable.replacing(path) as temporary:
        pq.write_table(table, temporary, compression="zstd")
