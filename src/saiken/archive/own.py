"""A user's own series into the archive: the catalog file is kept, then the files are read by it."""

from __future__ import annotations

from pathlib import Path

from saiken.archive import durable
from saiken.archive.errors import StoreError
from saiken.archive.importer import ImportReport, Progress, import_folder
from saiken.archive.places import home_dir
from saiken.archive.store import Store
from saiken.publishers import catalog as catalogs
from saiken.publishers import own
from saiken.publishers.table import Table

_VERSION = "version = "
"""The first line of a kept catalog; it moves with what the catalog says of its files."""


def import_own(
    catalog: Path, folder: Path, home: Path | None = None, progress: Progress | None = None
) -> ImportReport:
    """Take in the files of `folder` that the user's `catalog` tells of.

    A catalog of the same name is replaced, and its files are read again. Raises StoreError for a
    catalog that cannot be read, saying what is wrong, and as `import_folder`.
    """
    try:
        text = catalog.read_text("utf-8")
        known = own.read(text)
    except (OSError, UnicodeDecodeError, own.OwnCatalogError) as error:
        raise StoreError(f"{catalog.name}: {error}", "docs/own.md shows an example") from error
    if taken := _taken(known, catalogs.load(home)):
        why = f"{catalog.name}: {taken!r} is the name of another measure already"
        raise StoreError(why, "give the series other `names`: `saiken series` searches the catalog")
    if text.startswith(_VERSION):
        raise StoreError(f"{catalog.name} is a kept copy", "give the file that it was made from")
    store = Store(home_dir(home))
    kept = catalogs.own_folder(home_dir(home)) / f"{known.name}.toml"
    with store.writing():
        version = _next_version(kept, text)
        durable.write(kept, f"{_VERSION}{version}\n{text}".encode())
    catalogs.forget()
    tables = own.read(kept.read_text("utf-8")).tables()

    def recognise(data: bytes, name: str) -> Table | None:
        return next((table for table in tables if table.recognise(data[:4096], name)), None)

    return import_folder(folder, home, progress, recognise=recognise, catalog=catalogs.load(home))


def _taken(known: own.Own, catalog: catalogs.Catalog) -> str:
    """The first name of the user's that calls something else already; `` if none does."""
    mine = f"{catalogs.USERS}{known.name}_"
    others = (about for id_, about in catalog.measures.items() if not id_.startswith(mine))
    taken = {name.casefold() for about in others for name in about.names}
    names = [name for one in known.series for name in dict.fromkeys(one["names"])]
    twice = (name for place, name in enumerate(names) if name in names[:place])
    return next((name for name in names if name.casefold() in taken), next(twice, ""))


def _next_version(kept: Path, text: str) -> int:
    try:
        first, _, body = kept.read_text("utf-8").partition("\n")
        version = int(first.removeprefix(_VERSION))
    except (OSError, ValueError):
        return 1
    return version if body == text else version + 1
