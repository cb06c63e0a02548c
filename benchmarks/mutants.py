"""Mutate every comparison operator of the judge, one at a time: does a test notice?

    nice -n 19 python benchmarks/mutants.py [--only FILE] [--tests PATH …] [--list]

Each operator is turned into its opposite, and each inequality also into the one that treats the
boundary otherwise. Works on a copy of the sources and tests; every mutant runs in a process forked
from one that has loaded everything but the judge. Prints what survives, as Markdown; exit code 1
if anything did that benchmarks/mutants.toml does not list as making no difference.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib.util
import os
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]
JUDGE = Path("src/saiken/claims/judging")
PACKAGE = "saiken.claims.judging"
TESTS = ("tests/claims/judging",)
LIMIT = 120
"""Seconds after which a mutant that runs on counts as noticed."""

MUTATIONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
SIGNS = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """Operator `place` of the comparisons of `file` (in the order of `ast.walk`), made `into`."""

    file: Path
    place: tuple[int, int]
    line: int
    was: type[ast.cmpop]
    into: type[ast.cmpop]
    text: str
    chained: bool

    @property
    def module(self) -> str:
        parts = self.file.relative_to(JUDGE).with_suffix("").parts
        return ".".join((PACKAGE, *(part for part in parts if part != "__init__")))

    @property
    def name(self) -> str:
        """What mutants.toml calls it: robust to moved lines."""
        which = f" (no. {self.place[1] + 1})" if self.chained else ""
        return f"{self.file.name}: {self.text}{which}: {SIGNS[self.was]} -> {SIGNS[self.into]}"


def mutants(folder: Path) -> Iterator[Mutant]:
    for path in sorted((folder / JUDGE).rglob("*.py")):
        for number, node in enumerate(_comparisons(ast.parse(path.read_text("utf-8")))):
            for k, operator in enumerate(node.ops):
                for into in MUTATIONS[type(operator)]:
                    yield Mutant(
                        path.relative_to(folder), (number, k), node.lineno, type(operator), into,
                        ast.unparse(node), len(node.ops) > 1,
                    )  # fmt: skip


def _comparisons(tree: ast.AST) -> list[ast.Compare]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]


class Mutated(MetaPathFinder, Loader):
    """Loads one module with one operator changed."""

    def __init__(self, folder: Path, mutant: Mutant) -> None:
        self.path, self.mutant = folder / mutant.file, mutant

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name != self.mutant.module:
            return None
        inside = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            name, self.path, loader=self, submodule_search_locations=inside
        )

    def exec_module(self, module: ModuleType) -> None:
        tree = ast.parse(self.path.read_text("utf-8"))
        number, k = self.mutant.place
        _comparisons(tree)[number].ops[k] = self.mutant.into()
        exec(compile(tree, str(self.path), "exec"), module.__dict__)  # noqa: S102 - our own source


def survives(folder: Path, mutant: Mutant | None, tests: Sequence[str]) -> bool:
    """Whether every test passes with the mutant (None: with the judge as it is)."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    signal.alarm(LIMIT)
    code = 1
    with (
        contextlib.suppress(BaseException),
        Path(os.devnull).open("w", encoding="utf-8") as nothing,
    ):
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
        if mutant is not None:
            sys.meta_path.insert(0, Mutated(folder, mutant))
        import pytest  # noqa: PLC0415 - the parent has loaded it already

        code = int(pytest.main(["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", *tests]))
    os._exit(code)


def _prepared(folder: Path) -> None:
    """Copy what is needed, and load what every mutant shares."""
    for part in ("src", "tests", "docs"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    os.chdir(folder)
    os.environ.setdefault("SAIKEN_SHARED", str(ROOT.parent / "shared"))
    sys.path.insert(0, str(folder / "src"))
    sys.dont_write_bytecode = True
    import hypothesis  # noqa: F401, PLC0415
    import numpy as np  # noqa: F401, PLC0415
    import pytest  # noqa: F401, PLC0415

    from saiken.archive import archive  # noqa: F401, PLC0415
    from saiken.claims.reading import read  # noqa: F401, PLC0415
    from saiken.publishers import catalog  # noqa: PLC0415

    catalog.load()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="files whose path contains this")
    parser.add_argument("--tests", nargs="+", default=TESTS)
    parser.add_argument("--list", action="store_true", help="name the mutants and stop")
    args = parser.parse_args()
    listed = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    harmless = {entry["mutant"] for entry in listed.get("harmless", ())}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _prepared(folder)
        tried = [mutant for mutant in mutants(folder) if args.only in str(mutant.file)]
        if args.list:
            print(*(mutant.name for mutant in tried), sep="\n")
            return 0
        if not survives(folder, None, args.tests):
            print("the tests fail without any mutant: mend them first", file=sys.stderr)
            return 2
        return _told(folder, tried, args.tests, harmless)


def _told(folder: Path, tried: list[Mutant], tests: Sequence[str], harmless: set[str]) -> int:
    started, left, excused = time.perf_counter(), [], 0
    for mutant in tried:
        if survives(folder, mutant, tests):
            excused += mutant.name in harmless
            if mutant.name not in harmless:
                left.append(mutant)
                print(f"- line {mutant.line}, {mutant.name}", flush=True)
    took = time.perf_counter() - started
    print(
        f"\n{len(tried)} mutants in {took:.0f} s: {len(tried) - len(left) - excused} noticed, "
        f"{excused} known to make no difference, {len(left)} survived."
    )
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
