"""A first day and a second one, each by `import` or by `sync`, on which every kind of write occurs.

On the second day one file is revised, one does not read, and a newer version of the parser reads one
again and can read one that was kept apart. Run as a program, this does the second in
child processes, one for each line of standard input, and reports what became of it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from archive_fakes import CATALOG, NOW, RATE, STOCK, TABLE, Calendars, look, recognise, sheet, take

from saiken.archive import durable
from saiken.archive.sync import sync
from saiken.publishers.addresses import Address
from saiken.publishers.client import Client, Limits
from saiken.publishers.table import Table

SPRING = datetime(2025, 4, 15, 20, tzinfo=UTC)
FIRST = {
    "a.json": sheet({STOCK: {"2025-01": "10.0", "2025-02": "11.0"}}, SPRING),
    "b.json": b'{"fault": 3}',
    "d.json": sheet({"desk/stock/GB": {"2025-01": "7.0"}}, SPRING),
}
SECOND = {
    "a.json": sheet({STOCK: {"2025-01": "10.0", "2025-02": "11.4", "2025-03": "12.0"}}, SPRING + timedelta(days=30)),
    "b.json": FIRST["b.json"],
    "c.json": b'{"fault": 9}',
    "d.json": FIRST["d.json"],
}  # fmt: skip
OPERATIONS = ("import", "sync")
LATER = NOW + timedelta(days=1)
HURRIED = Limits(attempts=2, first_wait=0.01, longest_wait=0.02, jitter=0, pace=0)
ADDRESSES = tuple(
    Address(f"https://desk.test/{name}", "desk", "desk/sheet", name, optional=True)
    for name in SECOND
)


def newer(data: bytes, name: str) -> Table | None:
    """What recognises files on the second day."""
    table = recognise(data, name)
    if data == FIRST["b.json"]:
        mended = sheet({RATE: {"2025-06-16": "1.61"}})
        return replace(TABLE, version=2, parse=lambda _, artifact: TABLE.parse(mended, artifact))
    return replace(TABLE, version=2) if data == FIRST["d.json"] else table


def publish(folder: Path, files: dict[str, bytes]) -> None:
    """Lay files out as the inbox of an import and as the site of the publisher alike."""
    site = folder / "desk.test"
    site.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (site / name).write_bytes(data)


def act(
    operation: str, home: Path, source: str, *, first: bool = False
) -> list[tuple[str, str, str]]:
    """One day's run; (file, status, reason) of each file. `source` is a folder or a base address."""
    found = recognise if first else newer
    now = NOW if first else LATER
    if operation == "import":
        report = take(home, Path(source) / "desk.test", recognise=found, now=now)
        return [(row.file, row.status, row.reason) for row in report.rows]
    done = sync(
        (),
        home,
        mirror=source,
        where=ADDRESSES,
        limits=HURRIED,
        recognise=found,
        calendars=Calendars(),
        catalog=CATALOG,
        clock=lambda: now,
    )
    return [(row.name, row.status, row.reason) for row in done.rows]


def everything(home: Path) -> dict[str, list[tuple[str, str, str]]]:
    """(period, value, moment) of every vintage, by series."""
    archive = look(home)
    return {
        series: [
            (one.period.label, str(one.value), one.vintage_at.isoformat())
            for one in archive.vintages(series)
        ]
        for series in archive.series_ids()
    }


def releases(home: Path) -> tuple[object, ...]:
    """What the archive knows of the day on which the newest month comes out."""
    archive = look(home)
    day = date(2025, 5, 1)
    return archive.next_release("monthly", day), archive.next_release("daily", day)


def _child(order: dict[str, object], seen: list[str] | None) -> None:
    """Do the second day; die at the point `at`, or write down each of them."""
    at = order.get("at")
    met = 0

    def step(name: str) -> None:
        nonlocal met
        met += 1
        if seen is not None:
            seen.append(name)
        if met == at:
            os.kill(os.getpid(), signal.SIGKILL)

    durable.at_step = step
    act(str(order["operation"]), Path(str(order["home"])), str(order["source"]))


def _serve(orders: Callable[[], str]) -> None:
    for line in iter(orders, ""):
        order = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            seen: list[str] = []
            try:
                _child(order, seen)
                os.write(writing, json.dumps(seen).encode())
            except BaseException as error:  # noqa: BLE001 - told to the test, which fails
                sys.stderr.write(f"{error!r}\n")
                os._exit(1)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            told = pipe.read()
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status)
        points = json.loads(told) if told else []
        sys.stdout.write(json.dumps({"killed": killed, "points": points}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    # What the children would each import anew.
    import pyarrow.compute
    import pyarrow.parquet
    import stamina  # noqa: F401

    Client().close()
    pyarrow.compute.add(1, 1)
    _serve(sys.stdin.readline)
