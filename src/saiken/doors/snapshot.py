"""Build the snapshot that the package carries, from an archive or from publishers' files.

Only figures whose publisher allows it are taken; the same input gives the same bytes.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

from saiken.doors.errors import BadInputError, Exit


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=["build"])
    parser.add_argument(
        "--from", dest="folder", metavar="DIR", help="publishers' files (default: the archive)"
    )
    parser.add_argument(
        "-o", "--out", metavar="PATH", help="where to write it (default: into the package)"
    )


def run(args: Namespace) -> int:
    from saiken.archive.importer import import_folder
    from saiken.archive.places import home_dir
    from saiken.archive.snapshot import build_snapshot, embedded

    out = Path(args.out) if args.out else embedded()
    if args.folder is None:
        built = build_snapshot(home_dir(), out)
    else:
        if not Path(args.folder).is_dir():
            raise BadInputError(
                f"no such folder: {args.folder}", "name a folder of publishers' files"
            )
        with TemporaryDirectory(prefix="saiken-") as home:
            import_folder(Path(args.folder), Path(home))
            built = build_snapshot(Path(home), out)
    size = sum(file.stat().st_size for file in built.folder.iterdir())
    print(f"{built.folder}: {size:,} bytes, newest publication {built.newest}")
    return Exit.DONE
