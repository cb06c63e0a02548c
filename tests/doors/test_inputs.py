"""What is to be checked, however it comes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiken.doors import inputs
from saiken.doors.errors import BadInputError
from saiken.doors.inputs import decode, find_source, read_text


def test_words_are_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = find_source("Korea's holdings rose")
    assert read_text(source) == ("Korea's holdings rose", "")


def test_an_existing_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    file = tmp_path / "a post"
    file.write_text("Korea's holdings rose", "utf-8")
    assert read_text(find_source(str(file)))[0] == "Korea's holdings rose"


@pytest.mark.parametrize("name", ["nothing.txt", "some/where.md", "posts.jsonl"])
def test_a_name_that_can_only_be_a_file_must_be_there(name: str) -> None:
    with pytest.raises(BadInputError, match="no such file"):
        find_source(name)


def test_a_folder_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="is a folder"):
        find_source(str(tmp_path))


@pytest.mark.parametrize("words", ["x" * 100_000, "a\0b", "\ud800"])
def test_words_that_no_file_can_be_called_are_still_words(words: str) -> None:
    assert find_source(words).words == words


@pytest.mark.parametrize("words", ["", "   ", "\n\t"])
def test_nothing_is_told_as_such(words: str) -> None:
    with pytest.raises(BadInputError, match="empty"):
        read_text(find_source(words))


@pytest.mark.parametrize(
    ("data", "text", "noted"),
    [
        (b"na\xc3\xafve", "naïve", False),
        (b"\xef\xbb\xbfyen", "yen", False),
        ("\ufeff円".encode("utf-16-le"), "円", False),
        ("\ufeff円".encode("utf-16-be"), "円", False),
        (b"na\xefve \x93quoted\x94", "naïve “quoted”", True),
        (b"\x81\xef", "\x81ï", True),
    ],
)
def test_the_encoding_is_found_and_a_guess_is_told(data: bytes, text: str, noted: bool) -> None:
    decoded, note = decode(data, "post.txt")
    assert decoded == text
    assert bool(note) is noted


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 ...", b"PK\x03\x04...", b"PAR1...", b"ab\0cd", b"\xff\xfe\x00\xd8\x00"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(BadInputError):
        decode(data, "post.txt")


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_clear_refusal(data: bytes) -> None:
    try:
        text, _ = decode(data, "post.txt")
    except BadInputError:
        return
    text.encode()


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "MAX_BYTES", 1 << 20)
    file = tmp_path / "big.txt"
    file.write_bytes(b"a" * (1 << 20))
    assert len(read_text(find_source(str(file)))[0]) == 1 << 20
    file.write_bytes(b"a" * ((1 << 20) + 1))
    with pytest.raises(BadInputError, match="over 1 MB"):
        read_text(find_source(str(file)))
