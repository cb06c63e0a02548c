"""Which table a file is: one or none, whatever its name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saiken.publishers import registry
from saiken.publishers.table import ParseError


def test_ids_are_unique_and_name_their_publisher() -> None:
    ids = [table.id for table in registry.tables()]
    assert len(ids) == len(set(ids))
    assert {"tic/slt_table5", "treasury/par_yields", "fed/fredgraph"} <= set(ids)


def test_no_real_file_is_claimed_twice(shared: Path) -> None:
    files = [file for file in (shared / "data").rglob("*") if file.is_file()]
    named = {}
    for file in files:
        with file.open("rb") as opened:
            table = registry.recognise(opened.read(registry.HEAD), file.name)
        named[file.name] = table.id if table else None
    assert named["slt_table5_data-to-2026-07.txt"] == "tic/slt_table5"
    assert named["mfh_text_data-to-2019-02_PARTIAL.txt"] == "tic/mfh_text"
    assert named["DGS10_vintage-2026-07-23.csv"] == "fed/fredgraph"
    assert named["slt1d_frozen-2023-01.txt"] == "tic/slt1d"
    # derived or secondary: none of our tables
    for name in ("first_prints_SECONDARY.csv", "tic_release_calendar_DERIVED.csv", "SOURCES.md"):
        assert named[name] is None


def test_a_name_proves_nothing() -> None:
    assert registry.recognise(b"<html>504</html>", "slt_table5.txt") is None


@settings(deadline=None)
@given(data=st.binary(max_size=300), name=st.text(max_size=20))
def test_any_bytes_are_told_without_an_error(data: bytes, name: str) -> None:
    table = registry.recognise(data, name)
    assert table is None or table in registry.tables()


def test_two_claims_are_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    table = replace(registry.tables()[0], recognise=lambda *_: True)
    monkeypatch.setattr(registry, "tables", lambda: (table, replace(table, id="tic/other")))
    with pytest.raises(ParseError, match=r"tic/other"):
        registry.recognise(b"anything", "a.txt")
