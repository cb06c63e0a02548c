"""Charts: what is kept of long series, what is drawn of a verdict, that links give it again."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import saiken
from saiken.archive.errors import UnknownSeries
from saiken.claims.verdict import Report, Ruling
from saiken.doors.library import default_archive
from saiken.reports.card import HEIGHT, SHAPES, TONES, WIDTH, card_png, card_svg, wrapped
from saiken.reports.charts import (
    PAPER,
    POINTS,
    Claimed,
    Trace,
    axis_day,
    line_chart,
    svg,
    thinned,
    trace,
)
from saiken.reports.exhibit import Exhibit, draw, exhibit, exhibit_of, told_apart
from saiken.terms.period import Period

DAY = date(2026, 1, 25)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=2000), st.integers(4, 500))
def test_thinning_keeps_ends_and_extremes(values: list[float], most: int) -> None:
    kept = thinned(values, most)
    assert kept == sorted(set(kept))
    assert len(kept) <= max(most, 4)
    assert {0, len(values) - 1} <= set(kept)
    chosen = [values[place] for place in kept]
    assert (min(chosen), max(chosen)) == (min(values), max(values))


def test_a_trace_keeps_the_periods_that_a_verdict_rests_on() -> None:
    view = saiken.series("jgb/yield/20Y", DAY)
    wanted = [view.period(i) for i in range(3, len(view), 501)]
    found = trace(view, "20Y", keep=wanted)
    assert {period.label for period in wanted} <= set(found.labels)
    assert len(found.labels) <= POINTS + len(wanted)
    assert found.days == tuple(sorted(found.days))


def checked(text: str) -> Report:
    return saiken.check(text, as_of=DAY)


def shown(text: str) -> Exhibit:
    found = exhibit(checked(text).verdicts[0], DAY, default_archive())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "value", "start", "said"),
    [
        ("Japan is dumping $1.2 trillion in U.S. debt", 0.0, "2025-10", "claimed: $1.2 tn less"),
        ("Japan held $1.5 trillion of Treasuries in November 2025", 1500.0, "", "claimed: $1.5 tn"),
        ("The 40-year JGB yield exceeded 4%", 4.0, "", "claimed: 4 %"),
    ],
)
def test_what_a_text_states_is_drawn_in_the_unit_of_the_series(
    text: str, value: float, start: str, said: str
) -> None:
    found = shown(text)
    assert found.claimed == pytest.approx(value)
    assert (found.start, found.said) == (start, said)


def test_a_rank_is_drawn_with_those_it_is_held_against() -> None:
    found = shown("Japan is the largest foreign holder of U.S. Treasury securities")
    assert found.series[:3] == ("tic/holdings/JP", "tic/holdings/GB", "tic/holdings/CN")
    spec = draw(found, default_archive())
    assert spec is not None
    assert len({row["series"] for row in spec["data"]["values"]}) == len(found.series)


def test_a_verdict_that_waits_is_shown_the_course_and_what_is_likely() -> None:
    text = "Japan's holdings of Treasuries fell in December 2025."
    report = saiken.check(text, as_of=DAY, nowcast=True)
    found = exhibit(report.verdicts[0], DAY, default_archive())
    assert found is not None
    assert found.series == ("tic/holdings/JP",)
    assert found.likely is not None
    label, value, low, high = found.likely
    assert label == "2025-12"
    assert low < value < high
    spec = draw(found, default_archive())
    assert spec is not None
    assert max(row["day"] for row in spec["data"]["values"]) == "2025-11-30"
    drawn = [layer["data"]["values"][0] for layer in spec["layer"] if "data" in layer]
    assert {(row["day"], row["low"], row["high"]) for row in drawn} == {("2025-12-31", low, high)}
    assert "nowcast, 2025-12" in spec["description"]
    without = exhibit(checked(text).verdicts[0], DAY, default_archive())
    assert without is not None
    assert without.likely is None


labels = st.sampled_from(["", "2024", "2025-Q3", "2025-11", "2025-11-03", "2025-04..2026-03"])


@given(
    st.builds(
        Exhibit,
        series=st.lists(
            st.sampled_from(["tic/holdings/JP", "a/b", "x/é&=?"]), min_size=1, max_size=5
        ).map(tuple),
        as_of=st.dates(date(1980, 1, 1)),
        since=labels,
        used=st.lists(labels.filter(bool), max_size=5).map(tuple),
        claimed=st.none() | st.floats(-1e17, 1e17),
        start=labels,
        end=labels,
        said=st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
        also=st.none() | st.dates(),
        likely=st.none()
        | st.tuples(labels.filter(bool), *[st.floats(-1e17, 1e17)] * 3).map(
            lambda told: (told[0], *(sorted(told[1:])[place] for place in (1, 0, 2)))
        ),
    )
)
def test_a_link_gives_the_same_exhibit_again(asked: Exhibit) -> None:
    assert exhibit_of(dict(parse_qsl(asked.query))) == asked


@pytest.mark.parametrize(
    "query",
    [
        {}, {"series": "a"}, {"series": "a", "as_of": "soon"}, {"series": ",", "as_of": "2026-01-25"},
        {"series": "a", "as_of": "2026-01-25", "claimed": "inf"},
        {"series": "a", "as_of": "2026-01-25", "claimed": "nan"},
        {"series": "a", "as_of": "2026-01-25", "since": "then"},
        {"series": "a", "as_of": "2026-01-25", "used": "x"},
        {"series": "a", "as_of": "2026-01-25", "likely": "2025-12:1:2:3"},
        {"series": "a", "as_of": "2026-01-25", "likely": "2025-12:1"},
        {"series": "a", "as_of": "2026-01-25", "likely": "2025-12:nan:nan:nan"},
    ],
)  # fmt: skip
def test_a_query_that_is_no_exhibit_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        exhibit_of(query)


def test_nothing_later_than_the_day_is_drawn() -> None:
    spec = draw(Exhibit(("tic/holdings/JP",), DAY), default_archive())
    assert spec is not None
    assert max(row["period"] for row in spec["data"]["values"]) == "2025-11"
    assert draw(Exhibit(("tic/holdings/JP",), date(1990, 1, 1)), default_archive()) is None
    with pytest.raises(UnknownSeries):
        draw(Exhibit(("no/such",), DAY), default_archive())


def chart(**how: Any) -> ET.Element:
    line = Trace(
        "a", ("2025-10-31", "2025-11-30"), ("2025-10", "2025-11"), (1200, 1203), (False, True)
    )
    return ET.fromstring(svg(line_chart([line], "USD bn", palette=PAPER, **how)))  # noqa: S314


def test_a_chart_tells_its_unit_and_what_is_claimed() -> None:
    told = "".join(chart(claimed=Claimed(4.0, "<b>claimed</b> & so"), size=(400, 200)).itertext())
    assert "USD bn" in told
    assert "<b>claimed</b> & so" in told
    assert "1,200" in told


CARDS = {
    "refuted": "Japan is dumping $1.2 trillion in U.S. debt",
    "supported": "Japan held $1,202.7 billion of Treasuries in November 2025",
    "nothing": "What a lovely day!",
    "long": "Japan is dumping $1.2 trillion in U.S. debt " + "and so on and on " * 60,
    "hostile": "<script>x</script>&\u202e Japan held $1.2 trillion of Treasuries in November 2025",
}


@pytest.mark.parametrize("text", CARDS.values(), ids=CARDS)
def test_a_card_is_a_picture_of_its_size(text: str) -> None:
    report = checked(text)
    drawn = card_svg(report, default_archive())
    tree = ET.fromstring(drawn)  # noqa: S314
    words = "".join(tree.itertext())
    assert f"as of {DAY}" in words
    assert report.overall.value.replace("_", " ").capitalize() in words or not report.verdicts
    assert "\u202e" not in words
    picture = card_png(report, default_archive())
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    size = int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    assert size == (WIDTH, HEIGHT)


def test_every_ruling_has_a_shape_and_a_tone() -> None:
    assert set(SHAPES) == set(TONES) == set(Ruling)
    assert len(set(SHAPES.values())) == len(Ruling)


@given(st.text(max_size=400), st.floats(5, 60))
def test_wrapping_loses_no_letter(text: str, width: float) -> None:
    plain = " ".join(text.split())
    lines = wrapped(plain, width)
    assert "".join(lines).replace(" ", "") == plain.replace(" ", "")


def test_a_year_stands_under_its_own_name_and_a_month_at_its_end() -> None:
    """A figure of 2020 drawn at its last day would stand under 2021."""
    assert axis_day(Period.parse("2020")) == "2020-01-01"
    assert axis_day(Period.parse("2025-11")) == "2025-11-30"
    assert axis_day(Period.parse("2025-Q3")) == "2025-09-30"


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (
            ["securities held by residents of Japan, end of month", "securities held by residents of the Cayman Islands, end of month"],
            ["Japan", "the Cayman Islands"],
        ),
        (["as of 2026-01-25", "as of 2026-03-01"], ["2026-01-25", "2026-03-01"]),
        (["VIX, close", "S&P 500, close"], ["VIX", "S&P 500"]),
        (["one of a kind"], ["one of a kind"]),
        (["the same", "the same"], ["the same", "the same"]),
        (["debt", "debt of Japan"], ["debt", "debt of Japan"]),
        ([], []),
    ],
)  # fmt: skip
def test_a_legend_has_the_words_in_which_titles_differ(titles: list[str], names: list[str]) -> None:
    assert told_apart(titles) == names
