"""The command line itself: what it says, where it says it, with which exit code."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import saiken as package
from saiken.archive.errors import SnapshotError
from saiken.doors import cli, library
from saiken.doors.cli import COMMANDS, main
from saiken.doors.errors import Exit

Saiken = Callable[..., subprocess.CompletedProcess[str]]
HEAVY = {"numpy", "pyarrow", "pandas", "rich", "click", "holidays", "babel"}


def test_help_lists_every_command_and_loads_nothing(places: dict[str, str]) -> None:
    code = (
        "import sys; from saiken.doors.cli import main; main(['--help']); "
        "print(sorted(m for m in sys.modules if m.startswith('saiken') or m in {'json', 'sqlite3'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=places, capture_output=True, text=True, check=True
    )
    for name in COMMANDS:
        assert f"  {name} " in done.stdout
    assert done.stdout.splitlines()[-1] == str(
        ["saiken", "saiken.doors", "saiken.doors.cli", "saiken.doors.errors"]
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_loads_no_engine(places: dict[str, str], name: str) -> None:
    code = (
        "import atexit, sys; from saiken.doors.cli import main; "
        f"atexit.register(lambda: print(sorted({HEAVY!r} & set(sys.modules)))); main([{name!r}, '-h'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=places, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(f"usage: saiken {name}")
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_version_is_the_package_s(saiken: Saiken) -> None:
    assert saiken("--version").stdout == f"saiken {package.__version__}\n"


def test_no_command_is_bad_input_with_help_on_standard_error(saiken: Saiken) -> None:
    done = saiken()
    assert (done.returncode, done.stdout) == (Exit.BAD_INPUT, "")
    assert "usage: saiken" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["chek", "x"], "did you mean `saiken check`"),
        (["Korea's holdings rose"], 'saiken check "…"'),
        (["check"], "see `saiken check --help`"),
        (["check", "x", "--no-such-option"], "see `saiken check --help`"),
        (["check", "x", "--require", "maybe"], "invalid choice"),
        (["check", ""], "is empty"),
        (["check", "nothing.txt"], "no such file"),
        (["check", "x", "--as-of", "soon"], "is not a date"),
        (["check", "x", "--as-of", "2999-01-01"], "in the future"),
        (["check", "x", "--dated", "2999-01-01"], "in the future"),
        (["check", "x", "--text-field", "t"], "is for a batch"),
        (["show", "tic/holding/JP"], "nearest: tic/holdings/JP"),
        (["show", "tic/holdings/JP", "--since", "then"], "not a period"),
        (["import", "no/such/folder"], "there is nothing at"),
        (["snapshot", "build", "--from", "no/such/folder"], "no such folder"),
        (["read", "x", "--dated", "x"], "is not a date"),
    ],
)
def test_bad_input_is_told_with_what_to_do(saiken: Saiken, arguments: list[str], told: str) -> None:
    done = saiken(*arguments)
    assert done.returncode == Exit.BAD_INPUT
    assert done.stdout == ""
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "tic/holdings/QQ"], "no figures of tic/holdings/QQ are held"),
        (["show", "tic/holdings/JP", "--as-of", "1900"], "had been published by 1900-12-31"),
        (["series", "zzzz"], "no series matches"),
    ],
)
def test_missing_data_is_told(saiken: Saiken, arguments: list[str], told: str) -> None:
    done = saiken(*arguments)
    assert (done.returncode, done.stdout) == (Exit.DATA_MISSING, "")
    assert told in done.stderr


def test_a_damaged_snapshot_is_missing_data(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise SnapshotError("the snapshot is damaged", "install saiken anew")

    monkeypatch.setattr(library, "default_archive", broken)
    assert main(["check", "Korea's holdings rose", "--as-of", "2026-01-25"]) == Exit.DATA_MISSING
    assert capsys.readouterr().err == "saiken: the snapshot is damaged\n  install saiken anew\n"


def test_an_internal_error_is_one_line_and_a_traceback_only_on_request(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("saiken.doors.checking.check", broken)
    assert main(["check", "x"]) == Exit.INTERNAL
    err = capsys.readouterr().err
    assert "ZeroDivisionError: oops" in err
    assert "--debug" in err
    with pytest.raises(ZeroDivisionError):
        main(["check", "x", "--debug"])


def test_an_interrupt_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run", interrupted)
    assert main(["check", "x"]) == Exit.INTERRUPTED
    assert capsys.readouterr().err == "saiken: stopped\n"


def test_a_closed_pipe_is_no_traceback(places: dict[str, str]) -> None:
    command = f"{sys.executable} -m saiken series --all | head -n 1"
    done = subprocess.run(
        ["sh", "-c", command], env=places, capture_output=True, text=True, timeout=60, check=True
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def _on_a_terminal(places: dict[str, str], *arguments: str, **env: str) -> str:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "saiken", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={**places, "TERM": "xterm", **env},
    )
    os.close(theirs)
    told = b""
    try:
        while data := os.read(ours, 65536):
            told += data
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(ours)
    assert process.wait(timeout=60) == 0
    return told.decode()


def test_colour_is_for_terminals_that_want_it(places: dict[str, str], saiken: Saiken) -> None:
    question = ["show", "tic/holdings/JP", "--as-of", "2026-01-25"]
    assert "\x1b[" in _on_a_terminal(places, *question)
    assert "\x1b" not in _on_a_terminal(places, *question, NO_COLOR="1")
    assert "\x1b" not in _on_a_terminal(places, *question, TERM="dumb")
    assert "\x1b" not in saiken(*question).stdout


def test_a_figure_as_it_stood(saiken: Saiken) -> None:
    """The snapshot's own figures: as of a date the later ones are not there."""
    before = saiken(
        "show", "tic/holdings/JP", "--as-of", "2026-01-14", "--csv", "--since", "2025-10"
    )
    after = saiken(
        "show", "tic/holdings/JP", "--as-of", "2026-01-15", "--csv", "--since", "2025-10"
    )
    assert [line.split(",")[1] for line in before.stdout.splitlines()[1:]] == ["2025-10"]
    assert [line.split(",")[1] for line in after.stdout.splitlines()[1:]] == ["2025-10", "2025-11"]


def test_series_are_found_by_the_words_that_people_have(saiken: Saiken) -> None:
    assert "tic/holdings/JP" in saiken("series", "Treasury", "/JP").stdout
    assert '"series": "tic/holdings/JP"' in saiken("series", "tic/holdings/JP", "--json").stdout


def test_sources_credit_every_publisher(saiken: Saiken) -> None:
    told = saiken("sources").stdout
    assert "Source: " in told
    assert "custod" in told
    assert '"files"' in saiken("sources", "--json").stdout


def test_an_import_reports_every_file(saiken: Saiken, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "notes.txt").write_text("no table of anybody's\n", "utf-8")
    home = {"SAIKEN_HOME": str(tmp_path / "home")}
    done = saiken("import", folder, env=home)
    assert done.returncode == Exit.BAD_INPUT
    assert "1 unknown" in done.stdout
    assert "left alone, no table of the catalog looks like this: notes.txt" in done.stdout
    assert "no file under" in done.stderr


def test_real_files_are_imported(saiken: Saiken, shared: Path, tmp_path: Path) -> None:
    home = {"SAIKEN_HOME": str(tmp_path / "home")}
    done = saiken("import", shared / "data" / "us" / "yields", env=home)
    assert "new figures" in done.stdout
    again = saiken("import", shared / "data" / "us" / "yields", env=home)
    assert "; 0 new figures" in again.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["saiken", "ch"], ["check"]),
        (["saiken", "check", "--as-of"], ["--as-of", "--as-of-field"]),
        (["saiken", "show", "--vin"], ["--vintages"]),
    ],
)
def test_a_shell_completes_commands_and_options(
    saiken: Saiken, tmp_path: Path, words: list[str], expected: list[str]
) -> None:
    script = tmp_path / "completion"
    script.write_text(saiken("completion", "bash").stdout, "utf-8")
    ask = (
        f"source {script}; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; "
        "_saiken; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.split() == expected


def test_fish_is_told_every_command(saiken: Saiken) -> None:
    told = saiken("completion", "fish").stdout
    assert all(f"-a {name} " in told for name in COMMANDS)
    assert "-l as-of " in told


@pytest.mark.parametrize("damage", ["gone", "cut", "garbage"])
def test_a_package_with_a_damaged_snapshot_says_so(
    saiken: Saiken, tmp_path: Path, damage: str
) -> None:
    shutil.copytree(
        Path(package.__file__).parent,
        tmp_path / "package" / "saiken",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    snapshot = tmp_path / "package" / "saiken" / "archive" / "snapshot"
    figures = snapshot / "figures.parquet"
    if damage == "gone":
        shutil.rmtree(snapshot)
    elif damage == "cut":
        figures.write_bytes(figures.read_bytes()[:1000])
    else:
        (snapshot / "manifest.json").write_text("{", "utf-8")
    env = {"PYTHONPATH": str(tmp_path / "package"), "SAIKEN_CACHE": str(tmp_path / "cache")}
    done = saiken("check", "Japan's holdings rose", "--as-of", "2026-01-25", env=env)
    assert (done.returncode, done.stdout) == (Exit.DATA_MISSING, "")
    assert "snapshot" in done.stderr
    assert len(done.stderr.splitlines()) == 2
