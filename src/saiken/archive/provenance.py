"""The register of files met before: what is known of them by their SHA-256."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any

from saiken.publishers.table import Artifact


@cache
def register() -> dict[str, dict[str, Any]]:
    """SHA-256 -> facts (`name`, `url`, `fidelity`, `terms`, `public_by`), as far as known."""
    text = files("saiken.archive").joinpath("provenance.toml").read_text("utf-8")
    return tomllib.loads(text)


def artifact(name: str, sha256: str, fetched_at: datetime) -> Artifact:
    """The artifact of a file on disk. Of an unknown one only the name and the fetch are known.

    A day in the register is taken to its end: the content was public by then, not before.
    """
    facts = register().get(sha256, {})
    known: date | None = facts.get("public_by")
    if known is not None and not isinstance(known, datetime):
        known = datetime.combine(known, time(23, 59, 59), UTC)
    return Artifact(
        name=name,
        sha256=sha256,
        fetched_at=fetched_at,
        url=facts.get("url", ""),
        fidelity=facts.get("fidelity", "unknown"),
        terms=facts.get("terms", ""),
        public_by=known,
    )
