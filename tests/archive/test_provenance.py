"""The register of files met before."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from saiken.archive import provenance
from saiken.archive.holding import FIDELITIES

NOW = datetime(2026, 12, 1, tzinfo=UTC)
TERMS = {"PD", "BY", "BY-MoF", "BY-BoJ", "R"}


def test_every_entry_is_well_formed() -> None:
    assert len(provenance.register()) > 200
    for sha, facts in provenance.register().items():
        assert re.fullmatch(r"[0-9a-f]{64}", sha)
        assert facts["fidelity"] in FIDELITIES[:-1]
        assert facts["terms"] in TERMS
        assert isinstance(facts["public_by"], date)
        assert facts.get("url", "https://").startswith("https://")
        assert "/" not in facts["name"]


def test_a_day_is_taken_to_its_end_and_an_unknown_file_has_only_its_fetch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = {"a" * 64: {"fidelity": "excerpt", "terms": "PD", "public_by": date(2026, 4, 12)}}
    monkeypatch.setattr(provenance, "register", lambda: known)
    met = provenance.artifact("a.txt", "a" * 64, NOW)
    assert met.public_by == datetime(2026, 4, 12, 23, 59, 59, tzinfo=UTC)
    assert (met.fidelity, met.terms, met.fetched_at) == ("excerpt", "PD", NOW)
    unknown = provenance.artifact("b.txt", "b" * 64, NOW)
    assert (unknown.fidelity, unknown.terms, unknown.public_by) == ("unknown", "", None)


def test_the_register_knows_the_real_files(shared: Path) -> None:
    path = shared / "data" / "us" / "tic" / "mfhhis01_vintage-2026-04-12.txt"
    met = provenance.artifact(path.name, sha256(path.read_bytes()).hexdigest(), NOW)
    assert met.fidelity == "byte copy, LF"
    assert met.url.endswith("/mfhhis01.txt")
    assert met.public_by is not None
    assert met.public_by.date() == date(2026, 4, 12)
