"""What holds for the checkout as a whole: public names, requirements, what may not be committed."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import saiken

ROOT = Path(__file__).parents[2]
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
# In two pieces, so that this file does not name what it looks for.
REGISTRIES = ("py" + "pi.org", "python" + "hosted.", "registry.npm" + "js")


def committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = listed.stdout.split("\0")[:-1]
    if not names:  # an export without its history
        pytest.skip("not a git checkout, so nothing says what is committed")
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def test_the_public_names_are_these() -> None:
    assert saiken.__all__ == ["Archive", "__version__", "check", "series"]
    assert all(hasattr(saiken, name) for name in saiken.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = saiken.nothing


def test_importing_the_package_loads_no_room_of_it() -> None:
    code = "import sys, saiken; print([m for m in sys.modules if m.startswith('saiken.')])"
    path = {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_the_version_is_in_the_changelog() -> None:
    assert f"## {saiken.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["main", "dev"])
def test_requirements_pin_what_the_project_declares(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    declared = list(project["project"]["dependencies"])
    if name == "dev":  # the tests try every extra
        declared += project["dependency-groups"]["dev"]
        declared += [
            item for extra in project["project"]["optional-dependencies"].values() for item in extra
        ]
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    pinned = {match[1] for match in PINNED.finditer(text)}
    assert {re.split(r"[\[<>=~;! ]", item)[0].lower() for item in declared} <= pinned


@pytest.mark.parametrize("name", ["main", "dev"])
def test_every_requirement_is_hashed_and_none_has_an_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in entry, entry
    assert "://" not in text


def test_both_requirement_files_agree() -> None:
    main, dev = (
        dict(PINNED.findall((ROOT / "requirements" / f"{name}.txt").read_text("utf-8")))
        for name in ("main", "dev")
    )
    assert main.items() <= dev.items()


def test_no_committed_file_names_a_registry_or_this_machine() -> None:
    unwanted = [*REGISTRIES, f"{ROOT.parent}/", f"{Path.home()}/"]
    found = [
        (file.name, text)
        for file in committed()
        for text in unwanted
        if len(text) > 3 and text.encode() in file.read_bytes()
    ]
    assert found == []


def test_no_publisher_s_file_is_committed(shared: Path) -> None:
    sizes = {file.stat().st_size: file for file in (shared / "data").rglob("*") if file.is_file()}
    same = [
        file
        for file in committed()
        if file.stat().st_size > 1024
        and file.stat().st_size in sizes
        and file.read_bytes() == sizes[file.stat().st_size].read_bytes()
    ]
    assert same == []
