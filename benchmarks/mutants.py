"""Mutate every comparison operator of the judge, one at a time: does a test notice?

    nice -n 19 python benchmarks/mutants.py [--only FILE] [--tests PATH …] [--list]

Each operator is turned into its opposite, and each inequality also into the one that treats the
boundary otherwise. Works on a copy of the sources and tests; every mutant runs in a process forked
from one that has loaded the judge and its tests. Prints what survives, as Markdown; exit code 1
if anything did that benchmarks/mutants.toml does not list as making no difference, 2 if that lists a
mutant that is no more.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gc
import io
import os
import pkgutil
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType

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


def mutate(folder: Path, mutant: Mutant) -> None:
    """Give the functions of the mutant's module the code that they have in the mutated source.

    Whoever has imported them has the mutant then, and nothing needs to be loaded anew.
    """
    path = folder / mutant.file
    tree = ast.parse(path.read_text("utf-8"))
    number, k = mutant.place
    _comparisons(tree)[number].ops[k] = mutant.into()
    codes = {_key(code): code for code in _codes(compile(tree, str(path), "exec"))}
    for function in gc.get_objects():
        if isinstance(function, FunctionType) and function.__module__ == mutant.module:
            code = codes.get(_key(function.__code__))
            if code is not None:
                function.__code__ = code


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _key(code: CodeType) -> tuple[object, ...]:
    return code.co_qualname, code.co_firstlineno, next(code.co_positions(), None), code.co_freevars


def survives(folder: Path, mutant: Mutant | None, tests: Sequence[str]) -> bool:
    """Whether every test passes with the mutant (None: with the judge as it is)."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    signal.alarm(LIMIT)
    code = 1
    with contextlib.suppress(BaseException):
        if mutant is not None:
            mutate(folder, mutant)
        code = _tested("-x", *tests)
    os._exit(code)


def _tested(*arguments: str) -> int:
    """Pytest's exit code; what it prints is not wanted."""
    import pytest  # noqa: PLC0415 - after the path is set

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return int(pytest.main(["-q", "--assert=plain", "-p", "no:cacheprovider", *arguments]))


def _prepared(folder: Path, tests: Sequence[str]) -> None:
    """Copy what is needed, and load what every mutant shares."""
    for part in ("src", "tests", "docs"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    os.chdir(folder)
    os.environ.setdefault("SAIKEN_SHARED", str(ROOT.parent / "shared"))
    sys.path.insert(0, str(folder / "src"))
    sys.dont_write_bytecode = True
    from saiken.claims import judging  # noqa: PLC0415
    from saiken.publishers import catalog  # noqa: PLC0415

    catalog.load()
    for part in pkgutil.walk_packages(judging.__path__, f"{PACKAGE}."):
        import_module(part.name)
    _tested("--collect-only", *tests)


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
        _prepared(folder, args.tests)
        known = list(mutants(folder))
        tried = [mutant for mutant in known if args.only in str(mutant.file)]
        if args.list:
            print(*(mutant.name for mutant in tried), sep="\n")
            return 0
        gone = harmless - {mutant.name for mutant in known}
        if gone:
            print("mutants.toml lists what no longer is:", *sorted(gone), sep="\n", file=sys.stderr)
            return 2
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
