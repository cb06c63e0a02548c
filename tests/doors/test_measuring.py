"""`saiken measure`: any series as of a date, in words and as JSON, with errors that say what to do."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest

from saiken.doors.cli import main
from saiken.doors.library import default_archive
from saiken.measures import connectedness as c
from saiken.measures.projections import event_study

PAIR = ("jgb/yield/30Y", "h15/yield/30Y")
AS_OF = ("--as-of", "2026-01-25", "--since", "2024-01-01")


@pytest.fixture
def ask(capsys):
    def asked(*args: str) -> tuple[int, str, str]:
        code = main(["measure", *args])
        return code, *capsys.readouterr()

    return asked


def told(ask, *args: str) -> dict:
    code, out, _ = ask(*args, "--json")
    assert code == 0
    return json.loads(out)


def changes(*series: str) -> np.ndarray:
    """In basis points, between common days from 2024 on."""
    views = [default_archive().view(one, date(2026, 1, 25)) for one in series]
    held = [dict(zip(view.ends, view.values, strict=True)) for view in views]
    days = sorted(set.intersection(*(set(one) for one in held)))
    days = [day for day in days if day >= date(2024, 1, 1).toordinal()]
    return 100 * np.diff([[one[day] for one in held] for day in days], axis=0)


def test_connectedness_is_that_of_the_changes(ask):
    found = told(ask, "connectedness", *PAIR, *AS_OF)
    expected = c.connectedness(changes(*PAIR), 2, 10)
    assert np.allclose(found["table"], expected.table, rtol=1e-5)
    assert found["total"] == pytest.approx(float(expected.total), rel=1e-5)
    assert [one["changes_in"] for one in found["series"]] == ["bp", "bp"]
    assert (found["schema"], found["end"]) == ("saiken.measure/1", "2026-01-23")
    assert {one["series"] for one in found["figures"]} == set(PAIR)
    assert all(one["public"] <= "2026-01-25" for one in found["figures"])
    assert found["credits"]


def test_the_bands_of_frequencies_add_up_to_the_whole(ask):
    found = told(ask, "frequencies", *PAIR, *AS_OF, "--bands", "4,20")
    bands = found["bands"]
    assert [(band["shortest"], band["longest"]) for band in bands] == [(2, 4), (4, 20), (20, None)]
    whole = np.sum([band["table"] for band in bands], axis=0)
    assert np.allclose(whole.sum(1), 100, atol=1e-3)


def test_drifting_coefficients_know_nothing_later(ask):
    longer = told(ask, "drifting", *PAIR, *AS_OF)["history"]
    earlier = told(ask, "drifting", *PAIR, "--as-of", "2025-06-02", *AS_OF[2:])["history"]
    assert longer[: len(earlier)] == earlier
    assert longer[0]["day"] > "2024-04-01", "the first hundred changes are the prior's"
    assert all(0 <= one["total"] <= 100 for one in longer)


def test_events_are_told_beyond_the_usual_change(ask):
    """A Saturday stands for the Monday after it."""
    (response,) = told(ask, "events", PAIR[0], *AS_OF, "--on", "2024-08-03")["responses"]
    assert (response["used"], response["unit"]) == (["2024-08-05"], "bp")
    assert response["offsets"] == [-1, 0, 1, 2, 3, 4, 5]
    x = changes(PAIR[0])[:, 0]
    fits = [
        event
        for event in range(121, len(x) - 5)
        if np.allclose(event_study(x, [event]).mean, response["mean"], rtol=1e-4)
    ]
    assert len(fits) == 1
    assert np.allclose(event_study(x, fits).error, response["error"], rtol=1e-4)


def test_it_is_shown_as_a_table(ask):
    code, out, _ = ask("connectedness", *PAIR, "ecb/USDJPY", *AS_OF)
    assert code == 0
    assert "1 jgb/yield/30Y" in out
    assert "No cause is shown" in out
    assert "Source: " in out


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("connectedness", PAIR[0]), 3, "two series or more"),
        (("connectedness", PAIR[0], PAIR[0]), 2, "named twice"),
        (("connectedness", PAIR[0], "jgb/yield/31Y"), 3, "no figures of jgb/yield/31Y"),
        (("connectedness", PAIR[0], "tic/holdings/JP"), 3, "different frequencies"),
        (("connectedness", *PAIR, "--lags", "0"), 2, "--lags 0 is too few"),
        (("connectedness", *PAIR, "--lags", "900"), 3, "too few"),
        (("frequencies", *PAIR, "--bands", "21,5"), 2, "rising order"),
        (("frequencies", *PAIR, "--bands", "a week"), 2, "rising order"),
        (("drifting", *PAIR, "--prior", "9000"), 3, "the prior takes 9000"),
        (("events", PAIR[0]), 2, "events need days"),
        (("events", PAIR[0], "--on", "1950-01-01"), 3, "lies outside"),
        (("events", PAIR[0], "--on", "2024-01-05"), 3, "no event has a full window"),
        (("events", PAIR[0], "--on", "soon"), 2, "--on"),
        (("guesses", PAIR[0]), 2, "invalid choice"),
        (("connectedness", *PAIR, "--since", "2026-01-23"), 3, "fewer than two"),
    ],
)  # fmt: skip
def test_what_cannot_be_measured_says_what_to_do(ask, args, code, said):
    given = args if "--since" in args else (*args, *AS_OF[2:])
    got, _, err = ask(*given, *AS_OF[:2])
    assert (got, said in err) == (code, True), err
    assert len(err.strip().splitlines()) == 2
