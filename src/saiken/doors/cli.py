"""The command line: picks the command, loads only its module, turns errors into exit codes."""

from __future__ import annotations

import io
import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import NoReturn

from saiken import __version__
from saiken.doors.errors import BadInputError, DoorError, Exit, reader_exit

COMMANDS = {
    "check": ("checking", "check a text, a file or a batch of texts against the figures"),
    "verify": ("verifying", "replay a bundle and say whether its verdict still holds"),
    "read": ("reading", "show what a text is read as, before any figure is looked at"),
    "show": ("showing", "show a series as it stood on a date, or all its vintages"),
    "monitor": (
        "monitoring",
        "show the chain from a country's bonds to risk assets, with its stress",
    ),
    "nowcast": ("nowcasting", "estimate holdings of months that are not published yet"),
    "measure": ("measuring", "measure how chosen series moved together, or around days"),
    "brief": ("briefing", "write a reality check on a country as an article from data"),
    "simulate": ("simulating", "ask what a sale, a shock or an intervention would do"),
    "series": ("listing", "search the catalog of series"),
    "sources": ("crediting", "show publishers, terms, credits and the age of the figures"),
    "calendar": ("calendar", "list when figures come out, as a table or an iCalendar file"),
    "sync": ("syncing", "fetch what publishers serve now"),
    "import": ("importing", "take in a folder of publishers' files"),
    "serve": ("serving", "serve the pages and the REST interface on this machine"),
    "snapshot": ("snapshot", "build the snapshot that the package carries"),
    "completion": ("completing", "print what a shell needs to complete commands"),
}

EPILOG = """\
examples:
  saiken check "Japan is dumping $1.2 trillion in U.S. debt" --as-of 2026-01-25
  saiken check article.txt --as-of 2026-01-25
  saiken check posts.jsonl --text-field text --as-of-field published --jsonl
  saiken show tic/holdings/JP --since 2024

exit codes: 0 done, 1 not as --require asks, 2 bad input, 3 data missing, 4 internal"""

COMMON = {
    "--quiet": "no progress and no notes on standard error",
    "--debug": "show the traceback of an error",
}


class Parser(ArgumentParser):
    """Reports a bad command line the way that every other error is reported."""

    def error(self, message: str) -> NoReturn:
        raise BadInputError(message, f"see `{self.prog} --help`")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (docs/exit-codes.md)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _make_streams_safe()
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.PIPE_CLOSED
    except KeyboardInterrupt:
        print("saiken: stopped", file=sys.stderr)
        return Exit.INTERRUPTED
    except Exception as error:
        if "--debug" in arguments:
            raise
        return _tell(error)
    return code


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(_help(), file=sys.stdout if arguments else sys.stderr)
        return Exit.DONE if arguments else Exit.BAD_INPUT
    if arguments[0] in {"-V", "--version"}:
        print(f"saiken {__version__}")
        return Exit.DONE
    name, *rest = arguments
    if name not in COMMANDS:
        raise _no_such_command(name)
    command, parser = command_parser(name)
    return int(command.run(parser.parse_intermixed_args(rest)))


def command_parser(name: str) -> tuple[ModuleType, Parser]:
    """The module of a command, which only now is loaded, and its parser."""
    command = import_module(f"saiken.doors.{COMMANDS[name][0]}")
    parser = Parser(
        prog=f"saiken {name}",
        description=command.__doc__,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.configure(parser)
    for option, text in COMMON.items():
        parser.add_argument(option, action="store_true", help=text)
    return command, parser


def _help() -> str:
    width = max(map(len, COMMANDS))
    rows = [f"  {name:<{width}}  {text}" for name, (_, text) in COMMANDS.items()]
    about = "Check what a text says about sovereign debt and bond markets against official figures."
    return "\n".join(
        ["usage: saiken COMMAND …   (saiken COMMAND --help tells more)", "", about, "",
         "commands:", *rows, "", "options:", "  --version  print the version", "", EPILOG]
    )  # fmt: skip


def _no_such_command(name: str) -> BadInputError:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=1)
    if near:
        return BadInputError(f"no such command: {name}", f"did you mean `saiken {near[0]}`?")
    hint = "commands are " + ", ".join(COMMANDS) + '; a text is checked by `saiken check "…"`'
    return BadInputError(f"no such command: {name[:60]}", hint)


def _tell(error: Exception) -> int:
    """Say what went wrong and what to do next on standard error; returns the exit code."""
    code, message, hint = _explain(error)
    print(f"saiken: {message}", file=sys.stderr)
    if hint:
        print(f"  {hint}", file=sys.stderr)
    return code


def _explain(error: Exception) -> tuple[int, str, str]:
    from saiken.archive.errors import ArchiveError, UnknownSeries
    from saiken.claims.readers import ReaderError

    if isinstance(error, DoorError):
        return error.code, error.message, error.hint
    if isinstance(error, ReaderError):
        return reader_exit(error), error.message, error.hint
    if isinstance(error, UnknownSeries):
        return Exit.BAD_INPUT, error.message, error.hint
    if isinstance(error, ArchiveError):
        return Exit.DATA_MISSING, error.message, error.hint
    told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return (
        Exit.INTERNAL,
        f"internal error: {told}",
        "run again with --debug and report what it shows",
    )


def _make_streams_safe() -> None:
    """What is piped is UTF-8 whatever the locale; a terminal that lacks a character shows `?`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")
