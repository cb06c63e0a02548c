"""The watch list: kept whole, by any number of writers, and never by halves."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from saiken.archive import durable
from saiken.archive.errors import StoreError
from saiken.claims.watching import LONGEST, MOST, WatchError, unwatch, watch, watched

DAY = date(2026, 1, 25)
TODAY = date(2026, 11, 24)


def test_what_is_kept_is_found_again_in_its_order_and_once(tmp_path: Path):
    assert watched(tmp_path) == ()
    first = watch("  Japan sold.\n", DAY, TODAY, tmp_path)
    second = watch("日本は売った。", DAY, TODAY, tmp_path)
    assert watch("Japan sold.", DAY, date(2026, 12, 1), tmp_path) == first
    assert watched(tmp_path) == (first, second)
    assert (first.text, first.dated, first.added) == ("Japan sold.", DAY, TODAY)
    other_day = watch("Japan sold.", TODAY, TODAY, tmp_path)
    assert other_day.id != first.id


def test_what_is_let_go_is_gone_and_nothing_else(tmp_path: Path):
    kept = [watch(text, DAY, TODAY, tmp_path) for text in ("one", "two", "three")]
    assert unwatch(kept[1].id, tmp_path)
    assert not unwatch(kept[1].id, tmp_path)
    assert watched(tmp_path) == (kept[0], kept[2])


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST + 1)])
def test_a_text_that_cannot_be_watched_is_refused(text: str, tmp_path: Path):
    with pytest.raises(WatchError):
        watch(text, DAY, TODAY, tmp_path)
    assert watched(tmp_path) == ()


def test_a_list_is_bounded(tmp_path: Path):
    path = tmp_path / "watch" / "claims.json"
    path.parent.mkdir()
    claim = {"dated": "2026-01-25", "added": "2026-01-25"}
    claims = [{"text": str(i), **claim} for i in range(MOST)]
    path.write_text(json.dumps({"schema": "saiken.watch/1", "claims": claims}))
    with pytest.raises(WatchError, match="already"):
        watch("one more", DAY, TODAY, tmp_path)
    assert watch("7", DAY, TODAY, tmp_path).added == DAY


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"schema": "other/2", "claims": []}', '{"schema": "saiken.watch/1"}',
                '{"schema": "saiken.watch/1", "claims": [{"text": "a", "dated": "soon", "added": "x"}]}']
)  # fmt: skip
def test_a_damaged_list_is_told_and_left_as_it_is(content: str, tmp_path: Path):
    path = tmp_path / "watch" / "claims.json"
    path.parent.mkdir()
    path.write_text(content)
    with pytest.raises(StoreError, match="damaged"):
        watched(tmp_path)
    with pytest.raises(StoreError, match="damaged"):
        watch("Japan sold.", DAY, TODAY, tmp_path)
    assert path.read_text() == content


def test_many_writers_lose_nothing(tmp_path: Path):
    texts = [f"Japan sold ${i} bn." for i in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda text: watch(text, DAY, TODAY, tmp_path), texts))
    assert {one.text for one in watched(tmp_path)} == set(texts)


@pytest.mark.parametrize("step", ["opened", "written", "synced", "renamed"])
def test_a_death_at_any_step_leaves_the_old_list_or_the_new(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    old = watch("old", DAY, TODAY, tmp_path)

    def die(at: str) -> None:
        if at == step:
            raise KeyboardInterrupt

    monkeypatch.setattr(durable, "at_step", die)
    with pytest.raises(KeyboardInterrupt):
        watch("new", DAY, TODAY, tmp_path)
    kept = [one.text for one in watched(tmp_path)]
    assert kept[0] == old.text
    assert kept[1:] == (["new"] if step == "renamed" else [])


def test_a_text_that_no_encoding_can_write_is_kept_without_that(tmp_path: Path):
    assert watch("Japan \ud800 sold", DAY, TODAY, tmp_path).text == "Japan ? sold"
    assert watched(tmp_path)[0].text == "Japan ? sold"
