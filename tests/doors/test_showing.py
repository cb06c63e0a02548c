"""`saiken show`: vintages, revisions, charts and files say the same as the archive."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.doors.cli import main
from saiken.doors.errors import Exit
from saiken.reports.plot import chart

GB = "tic/holdings/GB"


def _said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["show", *arguments]) == 0
    return capsys.readouterr().out


def test_revisions_are_first_and_latest_of_the_vintages(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(_said(capsys, GB, "--revisions", "--json"))["revisions"]
    vintages = json.loads(_said(capsys, GB, "--vintages", "--json"))["vintages"]
    found = {one["period"]: one for one in listed}
    assert (found["2025-09"]["first"], found["2025-09"]["latest"]) == ("862.1", "862.5")
    assert found["2025-09"]["change"] == "0.4"
    for period, one in found.items():
        of_period = [v for v in vintages if v["period"] == period]
        assert [of_period[0]["value"], of_period[-1]["value"]] == [one["first"], one["latest"]]
        assert len(of_period) == one["versions"] > 1
    assert "862.1  2026-03-18" in _said(capsys, GB, "--revisions", "--since", "2025-09")


def test_vintages_stop_at_the_day_asked_about(capsys: pytest.CaptureFixture[str]) -> None:
    day = "2026-04-01"
    vintages = json.loads(_said(capsys, GB, "--vintages", "--as-of", day, "--json"))["vintages"]
    assert vintages
    assert all(one["vintage_at"][:10] <= day for one in vintages)
    told = _said(capsys, GB, "--revisions", "--as-of", day, "--since", "2025-09")
    assert "no figure has several versions" in told


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["--as-of", "1990-01-01"], "had been published by 1990-01-01"),
        (["--vintages", "--as-of", "1990-01-01"], "the first held is"),
        (["--revisions", "--since", "2050"], "had been published"),
        (["--strict", "--as-of", "2026-01-25", "--since", "2025-06"], "leave out --strict"),
    ],
)
def test_where_nothing_is_shown_it_says_why(
    capsys: pytest.CaptureFixture[str], asked: list[str], words: str
) -> None:
    assert main(["show", GB, *asked]) == Exit.DATA_MISSING
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("kind", [[], ["--vintages"], ["--revisions"]])
def test_a_parquet_file_has_the_rows_of_the_csv(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: list[str]
) -> None:
    file = tmp_path / "gb.parquet"
    asked = [GB, "--since", "2025", *kind]
    assert _said(capsys, *asked, "--parquet", str(file)).endswith(" rows\n")
    table = pq.read_table(file)
    rows = list(csv.DictReader(io.StringIO(_said(capsys, *asked, "--csv"))))
    assert len(rows) == table.num_rows > 0
    assert table.column("period").to_pylist() == [row["period"] for row in rows]
    about = table.schema.metadata
    assert about[b"saiken.unit"] == b"USD bn"
    assert rows[0]["credit"] == about[b"saiken.credit"].decode()
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_written_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    assert main(["show", GB, "--parquet", str(tmp_path / "file" / "x.parquet")]) == 3
    assert "cannot write x.parquet" in capsys.readouterr().err


def test_a_plot_names_its_ends(capsys: pytest.CaptureFixture[str]) -> None:
    told = _said(capsys, GB, "--since", "2024-01", "--until", "2025-06", "--plot").splitlines()
    at = next(i for i, line in enumerate(told) if "┤" in line)
    assert told[at + 8].split() == ["2024-01", "2025-06"]
    assert "as of " + date.today().isoformat() in told[2]  # noqa: DTZ011 - as the command has it


@given(
    st.lists(st.integers(-10_000, 10_000).map(float), min_size=1, max_size=300),
    st.integers(20, 110),
    st.integers(1, 12),
)
def test_any_values_fit_their_chart(values: list[float], width: int, height: int) -> None:
    drawn = chart(values, ("a", "b"), width, height)
    assert len(drawn) == height + 1
    dots = [line.partition("┤")[2] for line in drawn[:-1]]
    columns = max(map(len, dots))
    margin = drawn[0].index("┤") + 1
    assert columns <= max(2, width - margin)
    assert any(char > chr(0x2800) for line in dots for char in line)
    if max(values) > min(values) and height > 1:
        assert dots[0].strip(chr(0x2800))
        assert dots[-1].strip(chr(0x2800))
