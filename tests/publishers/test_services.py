"""What publishers' services answer: SDMX-CSV of the BIS, the ECB and the IMF, vintages of ALFRED."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from publisher_files import artifact, columns, figures

import services
from saiken.publishers import registry
from saiken.publishers.table import ParseError, Table
from saiken.terms.figure import Column, Status
from services import NFCI_SHOWN, alfred, shown

TABLES = {table.id: table for table in registry.tables()}
RATES = TABLES["bis/policy_rates_sdmx"]
BANKING = TABLES["bis/locational_banking"]
LIQUIDITY = TABLES["bis/global_liquidity_sdmx"]
FIXINGS = TABLES["ecb/exchange_rates_sdmx"]
OUTLOOK = TABLES["imf/weo_sdmx"]
ALFRED = TABLES["fed/alfred"]
NAME = "NFCI.alfred.json"
ANSWERS = [
    (RATES, services.POLICY_RATES),
    (BANKING, services.BANKING),
    (LIQUIDITY, services.LIQUIDITY),
    (FIXINGS, services.RATES),
    (OUTLOOK, services.OUTLOOK),
    (OUTLOOK, services.EDITION_3),
    (ALFRED, alfred(NFCI_SHOWN).decode()),
]


def read(table: Table, answer: str) -> dict[str, dict[str, str]]:
    return {key: figures(column) for key, column in columns(table, answer.encode()).items()}


@pytest.mark.parametrize(("table", "answer"), ANSWERS)
def test_each_answer_is_told_from_all_others(table: Table, answer: str) -> None:
    assert registry.recognise(answer.encode(), NAME) is table


def test_policy_rates_are_those_of_months_that_are_over() -> None:
    assert read(RATES, services.POLICY_RATES) == {
        "bis/policy_rate/JP": {"2025-06": "0.5000", "2025-07": "0.5000"},
        "bis/policy_rate/group:euro_area": {"2025-07": "2.0000"},
        "bis/policy_rate/US": {"2025-06": "4.3750"},
    }
    # The answers of these tests are fetched in September 2026.
    running = services.POLICY_RATES.replace("2025-07,0.5", "2026-09,0.5")
    assert set(read(RATES, running)["bis/policy_rate/JP"]) == {"2025-06"}


def test_bank_claims_and_yen_credit() -> None:
    assert read(BANKING, services.BANKING) == {
        "bis/lbs/claims/all/JP/all": {"2025-Q4": "5098591.486", "2026-Q1": "5257195.619"},
        "bis/lbs/claims/all/JP/DE": {"2026-Q1": "128644.097"},
    }
    assert read(LIQUIDITY, services.LIQUIDITY) == {"bis/gli/JPY/total": {"2026-Q1": "65.91"}}
    bonds = services.LIQUIDITY.replace("N,A,I,B", "N,A,I,D").replace("65910000", "23900123.5")
    assert read(LIQUIDITY, bonds) == {"bis/gli/JPY/bonds": {"2026-Q1": "23.9001235"}}


def test_fixings_get_back_the_zeros_that_the_service_drops() -> None:
    found = read(FIXINGS, services.RATES)
    assert found["ecb/EURJPY"] == {"2026-04-09": "185.70"}
    assert found["ecb/EURUSD"] == {"2026-04-09": "1.1685", "2026-04-10": "1.1711"}


def test_outlook_takes_its_attributes_from_the_rows_without_a_period() -> None:
    found = list(OUTLOOK.parse(services.OUTLOOK.encode(), artifact("answer.csv")))
    told = {(one.series, one.status): figures(one) for one in found}
    assert told == {
        ("imf/GGXWDG_NGDP/JP", Status.FINAL): {"2023": "240.461"},
        ("imf/GGXWDG_NGDP/JP", Status.ESTIMATED): {"2024": "236.108"},
        ("imf/GGXWDG_NGDP/JP", Status.PROJECTED): {"2026": "226.818"},
        ("imf/NGDPD/US", Status.FINAL): {"2024": "29298.025"},
        ("imf/NGDPD/US", Status.ESTIMATED): {"2025": "30615.743"},
    }
    assert {one.vintage_at for one in found} == {datetime(2025, 10, 14, 13, tzinfo=UTC)}
    (again,) = OUTLOOK.parse(services.EDITION_3.encode(), artifact("answer.csv"))
    assert (again.series, again.status) == ("imf/GGXWDG_NGDP/JP", Status.FINAL)


@pytest.mark.parametrize(
    ("table", "old", "new", "words"),
    [
        (RATES, "M,JP", "D,JP", "line 2: FREQ is 'D': only 'M' is read"),
        (RATES, "2025-06,0.5", "2025-07,0.5", "line 3: the observation of 2025-07 stands twice"),
        (RATES, "2025-06,0.5", "2025-Q2,0.5", "line 2: '2025-Q2' is not a month"),
        (RATES, "2025-06,0.5", "2025-06,half", "line 2: not a number"),
        (RATES, "REF_AREA,", "AREA,", "line 1: no column REF_AREA"),
        (LIQUIDITY, "N,A,I,B", "N,A,I,Z", "line 2: the code .* is not known"),
        (LIQUIDITY, "JPY,6", "JPY,9", "line 2: UNIT_MULT is '9'"),
        (FIXINGS, "EUR,SP00,A,2026-04-10", "USD,SP00,A,2026-04-10", "line 4: CURRENCY_DENOM"),
        (OUTLOOK, "WEO(9.0.0),USA,NGDPD,A,2025", "CPI(5.0.0),USA,NGDPD,A,2025", "line 9: the data"),
        (OUTLOOK, "29298025000000,9,USD", "29298025000000,6,USD", "line 8: NGDPD in USD, scale 6"),
        (OUTLOOK, "2025-10-14T13:00:00Z", "soon", "line 5: 'soon' is not the moment"),
        (OUTLOOK, ",2023,,,\n", ",n.a.,,,\n", "is not the last actual year"),
    ],
)
def test_what_is_not_as_it_is_read_is_told(table: Table, old: str, new: str, words: str) -> None:
    answer = next(answer for one, answer in ANSWERS if one is table)
    assert old in answer
    with pytest.raises(ParseError, match=words):
        columns(table, answer.replace(old, new, 1).encode())


@pytest.mark.parametrize(("table", "answer"), ANSWERS[:-1])
def test_no_cut_answer_says_something_else(table: Table, answer: str) -> None:
    def said(text: str) -> set[tuple[str, str, str]]:
        found = table.parse(text.encode(), artifact("answer.csv"))
        return {(c.series, day, value) for c in found for day, value in figures(c).items()}

    whole, read_right = said(answer), 0
    for cut in range(len(answer) - 1):
        try:
            assert said(answer[:cut]) <= whole, cut
            read_right += 1
        except ParseError:
            continue
    assert read_right < answer.count("\n")


def test_an_answer_of_nothing_but_a_header_is_no_table() -> None:
    for table, answer in ANSWERS[:-1]:
        with pytest.raises(ParseError, match="no observation"):
            columns(table, answer.partition("\n")[0].encode() + b"\n")


def test_each_stretch_of_a_value_is_a_vintage() -> None:
    told = {one.vintage_at: figures(one) for one in vintages(NFCI_SHOWN)}
    june = "2026-06-13..2026-06-19", "2026-06-20..2026-06-26"
    # At the hour of the calendar.
    assert told == {
        datetime(2026, 6, 24, 12, 30, tzinfo=UTC): {june[0]: "-0.516"},
        datetime(2026, 7, 1, 12, 30, tzinfo=UTC): {june[0]: "-0.503", june[1]: "-0.504"},
        datetime(2026, 7, 8, 12, 30, tzinfo=UTC): {june[0]: "-0.499", june[1]: "-0.505"},
    }


@pytest.mark.parametrize(
    "later",
    [
        [shown("2026-07-01", "9999-12-31", "2026-06-19", ".")],
        [],
        [shown("2026-07-08", "9999-12-31", "2026-06-19", "-0.499")],
    ],
)
def test_a_value_that_is_no_longer_shown_was_withdrawn(later: list[dict[str, str]]) -> None:
    first = shown("2026-06-24", "2026-06-30", "2026-06-19", "-0.516")
    gone = [one for one in vintages([first, *later]) if one.status is Status.WITHDRAWN]
    assert [one.vintage_at for one in gone] == [datetime(2026, 7, 1, 12, 30, tzinfo=UTC)]
    assert list(figures(gone[0]).values()) == [""]


def test_a_value_that_was_never_shown_is_none() -> None:
    never = shown("2026-06-24", "2026-06-30", "2026-06-12", ".")
    assert not [one for one in vintages([never, *NFCI_SHOWN]) if one.status is Status.WITHDRAWN]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (alfred(NFCI_SHOWN, count=9), NAME, "5 of 9 observations"),
        (alfred(NFCI_SHOWN, units="pch"), NAME, "units: not laid out"),
        (alfred(NFCI_SHOWN, output_type=2), NAME, "output_type: not laid out"),
        (alfred(NFCI_SHOWN), "answer.json", "no catalog entry"),
        (alfred([]), NAME, "no observation in it"),
        (alfred([NFCI_SHOWN[0], NFCI_SHOWN[0]]), NAME, "two values of 2026-06-19"),
        (alfred([shown("2026-07-01", "2026-06-01", "2026-06-19", "1")]), NAME, "before it was"),
        (alfred([shown("2026-07-01", "2026-07-01", "June", "1")]), NAME, "'June' is not a date"),
        (alfred([shown("2026-07-01", "2026-07-01", "2026-06-19", "x")]), NAME, "not a number"),
        (alfred(NFCI_SHOWN)[:-40], NAME, "was it cut"),
    ],
)
def test_other_answers_of_alfred_are_told(data: bytes, name: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        columns(ALFRED, data, name)


def vintages(observations: list[dict[str, str]]) -> list[Column]:
    return list(ALFRED.parse(alfred(observations), artifact(NAME)))
