"""The launchers and the set-up of their environment, without installing anything."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def set_up() -> ModuleType:
    spec = spec_from_file_location("environment", ROOT / "scripts" / "environment.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose environment is finished: its Python tells what it was called with."""
    root = tmp_path / "a checkout"
    for name in (
        "saiken",
        "scripts/environment.sh",
        "scripts/environment.py",
        "requirements/main.txt",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    python = root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nfor word; do printf "<%s>" "$word"; done\n', "utf-8")
    python.chmod(0o755)
    shutil.copy(root / "requirements" / "main.txt", root / ".venv" / "stamp")
    return root


def launch(
    command: Path, *arguments: str, cwd: Path, path: str
) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": path, "HOME": str(cwd)}
    return subprocess.run(
        [command, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_a_finished_environment_is_used_at_once(checkout: Path, tmp_path: Path) -> None:
    done = launch(checkout / "saiken", "check", "a  b", "$x", cwd=tmp_path, path=os.defpath)
    assert done.stdout == "<-I><-m><saiken><check><a  b><$x>"
    assert done.stderr == ""


def test_a_link_to_the_launcher_finds_its_checkout(checkout: Path, tmp_path: Path) -> None:
    link = tmp_path / "linked"
    link.symlink_to(checkout / "saiken")
    assert launch(link, "x", cwd=tmp_path, path=os.defpath).stdout == "<-I><-m><saiken><x>"


def test_without_a_python_it_says_what_is_needed(checkout: Path, tmp_path: Path) -> None:
    (checkout / ".venv" / "stamp").unlink()
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("dirname", "readlink", "cmp", "sh"):
        (tools / name).symlink_to(shutil.which(name) or "")
    done = launch(checkout / "saiken", "x", cwd=tmp_path, path=str(tools))
    assert done.returncode == 4
    assert "3.11" in done.stderr


def test_changed_requirements_are_set_up_anew(checkout: Path, tmp_path: Path) -> None:
    with (checkout / "requirements" / "main.txt").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    tools = tmp_path / "tools"
    tools.mkdir()
    called = '#!/bin/sh\n[ "$2" = -c ] || echo "set up: $3 $4 $5" >&2\n'
    (tools / "python3").write_text(called, "utf-8")
    (tools / "python3").chmod(0o755)
    done = launch(checkout / "saiken", "x", cwd=tmp_path, path=f"{tools}:{os.defpath}")
    assert done.stderr == f"set up: {checkout} .venv requirements/main.txt\n"


def fake_install(calls: list[Path]) -> Callable[[Path, Path], None]:
    def install(folder: Path, _: Path) -> None:
        calls.append(folder)
        packages = folder / "lib"
        packages.mkdir(parents=True)
        python = folder / "bin" / "python"
        python.parent.mkdir()
        python.write_text(f"#!/bin/sh\necho '{packages}'\n", "utf-8")
        python.chmod(0o755)

    return install


@pytest.fixture
def requirements(tmp_path: Path) -> Path:
    file = tmp_path / "main.txt"
    file.write_text("a==1\n", "utf-8")
    return file


def test_the_source_is_linked_and_the_stamp_comes_last(
    set_up: ModuleType, tmp_path: Path, requirements: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Path] = []
    monkeypatch.setattr(set_up, "install", fake_install(calls))
    folder = tmp_path / ".venv"
    set_up.build(tmp_path, folder, requirements)
    assert (folder / "stamp").read_text("utf-8") == "a==1\n"
    link = (folder / "lib" / "saiken.pth").read_text("utf-8").strip()
    assert (folder / "lib" / link).resolve() == (tmp_path / "src").resolve()
    assert not os.path.isabs(link)  # noqa: PTH117
    set_up.build(tmp_path, folder, requirements)
    assert len(calls) == 1


def test_a_failed_set_up_leaves_no_stamp(
    set_up: ModuleType, tmp_path: Path, requirements: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Path) -> None:
        raise set_up.SetUpError("no index")

    monkeypatch.setattr(set_up, "install", failing)
    monkeypatch.setattr(sys, "argv", ["", str(tmp_path), ".venv", requirements.name])
    assert set_up.main() == 1
    assert not (tmp_path / ".venv" / "stamp").exists()


def test_two_at_once_set_up_once(
    set_up: ModuleType, tmp_path: Path, requirements: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Path] = []
    monkeypatch.setattr(set_up, "install", fake_install(calls))
    arguments = (tmp_path, tmp_path / ".venv", requirements)
    threads = [threading.Thread(target=set_up.build, args=arguments) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(calls) == 1


SKIPPING = """
def test_it(shared):
    assert (shared / "data").is_dir()
"""


@pytest.mark.parametrize(("ci", "told"), [("", "1 skipped"), ("true", "1 error")])
def test_a_skip_for_want_of_files_that_are_there_fails_in_ci(
    tmp_path: Path, ci: str, told: str
) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_skipping.py").write_text(SKIPPING, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    (tmp_path / "shared").mkdir()
    environment = {"PATH": os.defpath, "SAIKEN_SHARED": str(tmp_path / "shared"), "CI": ci}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert told in done.stdout
