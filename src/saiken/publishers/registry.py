"""All tables of all publishers, and which of them a file is."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from saiken import publishers
from saiken.publishers.table import ParseError, Table

HEAD = 4096
"""What a recogniser sees of a file, in bytes."""


@cache
def tables() -> tuple[Table, ...]:
    """The `TABLES` of every module beside this one, by module name.

    A new publisher is found by being there. The modules are imported on the first call.
    """
    names = sorted(module.name for module in iter_modules(publishers.__path__))
    modules = [
        import_module(f"{publishers.__name__}.{name}") for name in names if name != "registry"
    ]
    return tuple(table for module in modules for table in getattr(module, "TABLES", ()))


def recognise(data: bytes, name: str) -> Table | None:
    """The table that a file is, by its content; None if it is none of ours.

    Raises ParseError if more than one table claims it: that is a defect of the recognisers.
    """
    head = data[:HEAD]
    claimed = [table for table in tables() if table.recognise(head, name)]
    if len(claimed) > 1:
        raise ParseError(f"{name} reads as {' and as '.join(table.id for table in claimed)}")
    return claimed[0] if claimed else None
