"""Build an isolated environment for this checkout: environment.py ROOT FOLDER REQUIREMENTS.

Needs Python >= 3.11 and nothing else; uses `uv` where it is on the PATH, because it is faster.
"""

from __future__ import annotations

import fcntl
import filecmp
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

QUIET_PIP = ("--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes")


# The version's own binary: were `python3` to become another version, the environment would still be
# there but empty; so its link dangles, and the launcher builds it anew.
PYTHON = os.path.realpath(sys.executable)


class SetUpError(Exception):
    """The environment could not be built; the message says what to do."""


def say(text: str) -> None:
    print(f"saiken: {text}", file=sys.stderr, flush=True)


def run(*command: str | Path) -> None:
    # Certificates of the system, so that a company's proxy is trusted by uv as it is by pip.
    settings = {"UV_SYSTEM_CERTS": "true", **os.environ}
    subprocess.run([str(part) for part in command], check=True, stdout=sys.stderr, env=settings)


def with_uv(uv: str, folder: Path, requirements: Path) -> None:
    python = folder / "bin" / "python"
    run(uv, "venv", "--quiet", "--no-project", "--python", PYTHON, folder)
    run(uv, "pip", "install", "--quiet", "--require-hashes", "--compile-bytecode",
        "--python", python, "-r", requirements)  # fmt: skip


def with_pip(folder: Path, requirements: Path) -> None:
    try:
        run(PYTHON, "-I", "-m", "venv", folder)
    except subprocess.CalledProcessError:
        raise SetUpError(
            "this Python cannot make virtual environments; install its venv module "
            "(on Debian and Ubuntu: the package python3-venv) or uv, and run this again"
        ) from None
    run(folder / "bin" / "python", "-I", "-m", "pip", "install", *QUIET_PIP, "-r", requirements)


def install(folder: Path, requirements: Path) -> None:
    """Fill `folder` anew; whatever a killed run has left there is dropped first."""
    uv = shutil.which("uv")
    if uv:
        try:
            shutil.rmtree(folder, ignore_errors=True)
            with_uv(uv, folder, requirements)
        except subprocess.CalledProcessError:
            say("uv could not install the requirements; trying pip")
        else:
            return
    shutil.rmtree(folder, ignore_errors=True)
    try:
        with_pip(folder, requirements)
    except subprocess.CalledProcessError:
        raise SetUpError(
            "the requirements could not be installed (see above); check that the package index "
            "can be reached, and run this again"
        ) from None


def link_source(folder: Path, source: Path) -> None:
    """Put the checkout's own source on the environment's path, without building a package."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    python = folder / "bin" / "python"
    found = subprocess.run([python, "-I", "-c", code], check=True, capture_output=True, text=True)
    packages = Path(found.stdout.strip())
    # Relative, so that the checkout may be moved.
    Path(packages, "saiken.pth").write_text(os.path.relpath(source, packages) + "\n", "utf-8")


def build(root: Path, folder: Path, requirements: Path) -> None:
    stamp = folder / "stamp"
    with Path(f"{folder}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another set-up of the same environment to finish")
            fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.is_file() and filecmp.cmp(stamp, requirements, shallow=False):
            return
        say(
            f"setting up {folder.name} from {requirements.name} (once; the next run starts at once)"
        )
        started = time.monotonic()
        install(folder, requirements)
        link_source(folder, root / "src")
        draft = folder / "stamp.part"
        shutil.copyfile(requirements, draft)
        draft.replace(stamp)
        say(f"set up in {time.monotonic() - started:.0f} s")


def main() -> int:
    root = Path(sys.argv[1])
    try:
        build(root, root / sys.argv[2], root / sys.argv[3])
    except (SetUpError, OSError) as error:
        say(f"set-up failed: {error}")
        return 1
    except KeyboardInterrupt:
        say("set-up stopped; the next run starts it anew")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
