"""Any text at all gives an answer, in time that grows with its length and no faster."""

from __future__ import annotations

import math
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saiken.claims.reading import read

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
WORDS = st.sampled_from(
    ["Japan", "China", "Korea", "holdings", "Treasuries", "yields", "JGB", "yen", "dollar", "rose", "fell", "by", "to", "from", "below", "above", "record", "high", "low", "since", "2008", "December", "$5", "billion", "¥4.2tn", "10-year", "2s10s", "30bp", "4%", "a", "third", "half", "doubled", "net", "sold", "bought", "foreign", "bonds", "not", "would", "because", "if", "more", "than", "combined", "as", "of", "released", ",", ".", ";", ":", "(", ")", '"', "'", "-", "and", "which", "with", "%", "of", "GDP", "week", "to", "Feb", "30", "last", "month", "FY2025", "Q3", "0", "-1"]
)  # fmt: skip


@given(st.text(max_size=400), DAYS)
@settings(max_examples=200, deadline=None)
def test_any_string_is_read_without_an_error(text: str, dated: date) -> None:
    reading = read(text, dated)
    for part in (*reading.claims, *reading.unread):
        first, last = part.span
        assert 0 <= first <= last <= len(text)
        assert text[first:last] == part.text


@given(st.lists(WORDS, max_size=60), DAYS)
@settings(max_examples=300, deadline=None)
def test_any_salad_of_known_words_is_read_without_an_error(words: list[str], dated: date) -> None:
    text = " ".join(words)
    for claim in read(text, dated).claims:
        assert text[claim.span[0] : claim.span[1]] == claim.text
        if claim.quantity is not None:
            assert claim.quantity.low <= claim.quantity.value <= claim.quantity.high
        if claim.period is not None:
            assert claim.period.start <= claim.period.end


@given(st.binary(max_size=600))
@settings(max_examples=100, deadline=None)
def test_random_bytes_are_read_without_an_error(data: bytes) -> None:
    read(data.decode("latin-1"), date(2026, 1, 25))


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "9",
        "$",
        "'",
        '"',
        "(",
        "9,",
        "<",
        "&",
        "\n",
        ". ",
        "#a",
        "a third of ",
        "between 1 and ",
        "May 1 ",
        "U.S.",
        "保有額は増えた#あ、",
        "#あ、",
        "「増えた。",
        "1兆",
        "年",
    ],
)
def test_time_is_linear_in_the_length(unit: str) -> None:
    """Ten times the text may take at most thirty times as long: a quadratic would take a hundred."""

    def taken(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()  # what others do on the machine does not count
        read(f"{text}。b", date(2026, 1, 25))
        return time.process_time() - start

    small = max(taken(4_000), taken(4_000), 0.01)
    assert min(taken(40_000), taken(40_000)) < 30 * small


def test_a_guessed_issuer_stays_a_guess_for_what_follows() -> None:
    text = "Yields moved: the 30-year is at 3.6%. The 10-year is at 2.2%."
    claims = read(text, date(2026, 1, 25)).claims
    assert [claim.tenor for claim in claims if claim.alternatives] == [c.tenor for c in claims]
    named = read("The 30-year JGB is at 3.6%. The 10-year is at 2.2%.", date(2026, 1, 25)).claims
    assert [(claim.subject, claim.alternatives) for claim in named] == [("JP", ()), ("JP", ())]


@pytest.mark.parametrize("dollar", ["&#x24;", "&#X24;", "&#36;", "&dollar;"])
def test_a_sign_by_its_number_or_name_is_the_sign(dollar):
    day = date(2026, 1, 25)
    written = read(f"Norway holds {dollar}208 billion of US Treasuries.", day).claims
    assert [claim.quantity for claim in written] == [
        claim.quantity for claim in read("Norway holds $208 billion of US Treasuries.", day).claims
    ]


def test_encoded_data_says_nothing_and_what_stands_beside_it_is_read() -> None:
    noise = "".join(f"JPN7m{k}%BTC/yen{k * 7919}+$3bn" for k in range(30))
    dated = date(2026, 1, 25)
    assert read(noise, dated).claims == ()
    told = "Japan's holdings rose in November. "
    (claim,) = read(f"{told}{noise} ", dated).claims
    assert claim.text.startswith("Japan's holdings rose")
    assert read(
        "Japan&nbsp;holds&nbsp;$1.2&nbsp;trillion&nbsp;of&nbsp;Treasuries&nbsp;today", dated
    ).claims


def test_bounds_of_a_change_keep_their_order_below_nought() -> None:
    (claim, *_) = read("The yen went from -7 to 3 in three days.", date(2026, 1, 25)).claims
    assert claim.quantity is not None
    assert claim.quantity.low <= claim.quantity.value <= claim.quantity.high


@pytest.mark.parametrize(
    "text",
    [
        "The VIX rose five times in 2025 in January 2024.",
        "Holdings rose in the 0 months to November.",
        "Not once in 2030 has the VIX risen in November.",
        "Belgium's holdings fell by $0, mainly valuation.",
        "The yen fell by more than a quarter in 2024.",
        "ベルギーの米国債保有額は0ドル減、その大半は売却だった。",
        f"日本の米国債保有額は1{',000' * 110}億ドル減った。",
        f"Japan held $1{',000' * 110} of Treasuries.",
        "Reserves, of no country that is told; securities fell by $9bn.",
        "Reserves are told; securities fell by $9bn.",
        "The spread fell further below zero for the third time.",
        "Japan's holdings fell in the first 0 days of 2025.",
        "Less than half of Japan's $5bn fall in November was selling.",
        "Japan's holdings rose in 1997-two.",
        "The yen fell as in the prior sessions.",
        "債務残高は-7倍超えになった。",
        "Norway holds -3 times as much US debt as Sweden.",
        "ノルウェーの米国債保有額はスウェーデンの-3倍だ。",
        "カナダの米国債保有額は-3倍に増えた。",
    ],
)
def test_what_is_computed_of_amounts_and_times_is_sound(text: str) -> None:
    for claim in read(text, date(2026, 1, 25)).claims:
        told = claim.quantity
        assert told is None or told.low <= told.value <= told.high
        assert told is None or math.isfinite(told.value)
        assert claim.count is None or claim.count >= 0


@pytest.mark.parametrize("text", ["(20) ", "2) !", "\n3/\n"])
def test_a_number_that_heads_nothing_is_told_as_unread(text: str) -> None:
    assert [part.text.strip() for part in read(text, date(2026, 1, 25)).unread]


@pytest.mark.parametrize("dated", [date.min, date.max])
@pytest.mark.parametrize(
    "text",
    [
        "12月に保有額が増えた。",
        "2月に保有額が増えた。",
        "利回りは0週ぶりの高さ。",
        "先月末、来年、翌月。",
        "30日に増えた。",
    ],
)
def test_a_text_of_the_first_or_the_last_day_there_is_can_be_read(text: str, dated: date) -> None:
    read(text, dated)


@pytest.mark.parametrize("text", ["Treasuries exceed Chile 6b", "Treasuries outweigh Chile'$1"])
def test_what_is_nobodys_may_exceed_anothers(text):
    assert read(text, date(2026, 1, 25)).claims
