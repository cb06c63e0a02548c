"""Many texts, one a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.doors.batch import Record, is_batch, records
from saiken.doors.errors import BadInputError
from saiken.doors.inputs import find_source


def read(path: Path, content: str | bytes, as_of_field: str | None = None) -> list[Record]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(records(find_source(str(path)), "text", as_of_field))


def test_json_lines_keep_their_order_ids_and_numbers(tmp_path: Path) -> None:
    lines = '{"id": 7, "text": "a", "published": "2024-05"}\n\n{"id": "x", "text": "b", "published": 2023}\n'
    assert read(tmp_path / "a.jsonl", lines, "published") == [
        Record(1, 7, "a", "2024-05"),
        Record(3, "x", "b", "2023"),
    ]


def test_rows_of_a_table_come_the_same_way(tmp_path: Path) -> None:
    rows = '\ufeffid,published,text\r\n1,2024-05,"a, b"\r\n2,2023,"c\nd"\r\n'
    assert [(r.id, r.text, r.as_of) for r in read(tmp_path / "a.csv", rows, "published")] == [
        ("1", "a, b", "2024-05"),
        ("2", "c\nd", "2023"),
    ]
    tabs = "id\ttext\n1\ta, b\n"
    assert [(r.id, r.text) for r in read(tmp_path / "a.tsv", tabs)] == [("1", "a, b")]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('["a"]', "not a JSON object"),
        ('{"id": 1, "txt": "a"}', "did you mean 'txt'"),
        ('{"id": 1, "text": 5}', "no text"),
        ('{"id": 1, "text": " "}', "is empty"),
        ('{"id": 1, "text": "a"}', "no date"),
    ],
)
def test_what_is_wrong_with_one_line_stops_no_other(
    tmp_path: Path, line: str, problem: str
) -> None:
    good = '{"id": 9, "text": "b", "published": "2024"}'
    bad, fine = read(tmp_path / "a.jsonl", f"{line}\n{good}\n", "published")
    assert problem in bad.problem
    assert (fine.id, fine.problem) == (9, "")


def test_a_missing_column_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no column 'text'") as caught:
        read(tmp_path / "a.csv", "id,texts\n1,a\n")
    assert "texts" in caught.value.hint


def test_a_table_in_another_encoding_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="not UTF-8"):
        read(tmp_path / "a.csv", b"id,text\n1,na\xefve\n")


def test_lone_surrogates_do_not_get_through(tmp_path: Path) -> None:
    (record,) = read(tmp_path / "a.jsonl", '{"text": "a\\ud800b"}')
    assert record.text == "a\ufffdb"


def test_what_makes_a_batch(tmp_path: Path) -> None:
    for name, batch in (("a.jsonl", True), ("a.CSV", True), ("a.txt", False)):
        (tmp_path / name).touch()
        assert is_batch(find_source(str(tmp_path / name)), None) is batch
    assert is_batch(find_source("-"), "text")
    assert not is_batch(find_source("-"), None)
    assert not is_batch(find_source("some words"), "text")


@given(st.lists(st.text(min_size=1).filter(str.strip), max_size=20))
def test_every_text_comes_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("batch") / "a.jsonl"
    lines = "".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(texts))
    found = read(path, lines)
    assert [record.id for record in found] == list(range(len(texts)))
    assert [record.text for record in found] == [
        "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text) for text in texts
    ]
