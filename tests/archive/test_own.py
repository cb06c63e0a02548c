"""A user's own folder: a catalog file and CSV files become series like any other."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from saiken.archive.archive import Archive
from saiken.archive.errors import StoreError
from saiken.archive.own import import_own
from saiken.publishers import catalog as catalogs

CATALOG = """
name = "desk"
title = "The rates desk"
credit = "Source: the rates desk"

[[series]]
id = "holdings"
file = "holdings*.csv"
date = "month"
value = "holdings"
published = "published"
title = "Treasuries held by the desk"
unit = "USD mn"
kind = "stock"
frequency = "M"
names = ["desk holdings"]

[[series]]
id = "sales"
file = "holdings*.csv"
date = "month"
value = "sales"
published = "published"
title = "Treasuries sold by the desk"
unit = "USD mn"
kind = "flow"
frequency = "M"

[[series]]
id = "repo"
file = "repo.csv"
title = "Repo rate of the desk"
unit = "%"
kind = "rate"
frequency = "D"
revised = false
"""
HOLDINGS = """month,holdings,sales,published
2025-01,"1,250.5",10,2025-02-10
2025-02,1230.0,20.5,2025-03-10
2025-01,1251.0,10,2025-03-10
2025-03,,5,2025-04-10
"""
REPO = "day,rate\n2025-06-12,4.31\n2025-06-13,\n2025-06-16,4.3"


@pytest.fixture
def folder(inbox: Path) -> Path:
    (inbox / "desk.toml").write_text(CATALOG, "utf-8")
    (inbox / "holdings-2025.csv").write_text(HOLDINGS, "utf-8")
    (inbox / "repo.csv").write_text(REPO, "utf-8")
    (inbox / "notes.csv").write_text("nothing,of,this", "utf-8")
    return inbox


@pytest.fixture
def own_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAIKEN_HOME", str(home))
    return home


def _known(home: Path, series: str, day: date) -> dict[str, tuple[float, bool]]:
    view = Archive.open(home, embedded=False).view(series, day)
    assert view is not None
    return {view.period(i).label: (view.values[i], bool(view.marks[i])) for i in range(len(view))}


def test_own_files_are_read_with_their_vintages(folder: Path, own_home: Path) -> None:
    report = import_own(folder / "desk.toml", folder)
    assert {row.file: row.status for row in report.rows} == {
        "desk.toml": "unknown",
        "holdings-2025.csv": "read",
        "notes.csv": "unknown",
        "repo.csv": "read",
    }
    holdings = "user/desk/holdings"
    assert _known(own_home, holdings, date(2025, 2, 20)) == {"2025-01": (1250.5, False)}
    assert _known(own_home, holdings, date(2025, 3, 10)) == {
        "2025-01": (1251.0, False),
        "2025-02": (1230.0, False),
    }
    assert _known(own_home, "user/desk/repo", date(2025, 6, 15)) == {"2025-06-12": (4.31, False)}
    assert len(_known(own_home, "user/desk/repo", date(2025, 6, 16))) == 2
    withdrawn = Archive.open(own_home).vintages(holdings)[-1]
    assert (withdrawn.period.label, withdrawn.value) == ("2025-03", None)
    entry = catalogs.load().entry(holdings)
    assert entry is not None
    subject = catalogs.load().measures[entry.measure].subject
    assert catalogs.load().candidates(entry.measure, subject) == [holdings]


def test_a_changed_catalog_reads_the_files_again(folder: Path, own_home: Path) -> None:
    import_own(folder / "desk.toml", folder)
    assert import_own(folder / "desk.toml", folder).count("unchanged") == 2
    (folder / "desk.toml").write_text(CATALOG.replace('value = "sales"', 'value = "holdings"', 1))
    assert import_own(folder / "desk.toml", folder).count("read") >= 1
    assert _known(own_home, "user/desk/sales", date(2025, 12, 1))["2025-02"] == (1230.0, False)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("name = ", "game = "), "`name` must be there"),
        (('name = "desk"', 'name = "../desk"'), "`name` must be there"),
        (('id = "repo"', 'id = "sales"'), "stands twice"),
        (('kind = "rate"', 'kind = "rates"'), "kind is one of"),
        (('frequency = "D"', 'frequency = "daily"'), "frequency is one of"),
        (('unit = "%"', 'units = "%"'), "lacks unit"),
        (("revised = false", "revisable = false"), "'revisable' means nothing"),
        (("[[series]]", "[[series]"), "not TOML"),
    ],
)
def test_a_catalog_that_cannot_be_is_told(
    folder: Path, own_home: Path, change: tuple[str, str], told: str
) -> None:
    (folder / "desk.toml").write_text(CATALOG.replace(*change), "utf-8")
    with pytest.raises(StoreError, match="example") as found:
        import_own(folder / "desk.toml", folder)
    assert told in str(found.value)
    assert not own_home.exists()


@pytest.mark.parametrize(
    ("file", "line", "told"),
    [
        (HOLDINGS.replace("sales", "sold"), 1, "no column 'sales'"),
        (HOLDINGS.replace("20.5", "many"), 3, "not a number"),
        (HOLDINGS.replace("2025-04-10", "soon"), 5, "day of publication"),
        (HOLDINGS.replace("2025-02,", "February,"), 3, "not a period"),
        (HOLDINGS.replace(",20.5", ""), 3, "3 cells"),
    ],
)
def test_a_file_that_is_not_as_told_is_kept_apart(
    folder: Path, own_home: Path, file: str, line: int, told: str
) -> None:
    (folder / "holdings-2025.csv").write_text(file, "utf-8")
    rows = {row.file: row for row in import_own(folder / "desk.toml", folder).rows}
    assert rows["holdings-2025.csv"].status == "quarantined"
    assert rows["holdings-2025.csv"].line == line
    assert told in rows["holdings-2025.csv"].reason
    assert rows["repo.csv"].status == "read"


def test_the_commands_find_own_series(folder: Path, own_home: Path) -> None:
    def saiken(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "saiken", *arguments],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "2 read" in saiken("import", "--catalog", str(folder / "desk.toml"), str(folder))
    assert "user/desk/holdings" in saiken("series", "desk", "holdings")
    shown = saiken("show", "user/desk/holdings", "--as-of", "2025-03-31")
    assert "1,251.0" in shown
    assert "Source: the rates desk" in shown
    told = saiken("check", "Desk holdings fell in February 2025.", "--as-of", "2025-03-31")
    assert told.startswith("SUPPORTED")
    assert "user/desk/holdings in USD mn, 2025-02: 1,230.0 (line 3, column 2)" in " ".join(
        told.split()
    )
    told = saiken("check", "Desk holdings fell in February 2025.", "--as-of", "2025-03-01")
    assert not told.startswith(("SUPPORTED", "REFUTED"))
