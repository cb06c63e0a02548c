"""The catalog: whose figures they are."""

from __future__ import annotations

from saiken.publishers.catalog import load


def test_who_makes_the_figures_is_named_where_another_passes_them_on() -> None:
    known = load()
    entry = known.entry("fred/NFCI")
    assert entry is not None
    owner = known.owner(entry)
    assert owner.name == "Federal Reserve Bank of Chicago"
    assert owner.credit == "Source: Federal Reserve Bank of Chicago, via FRED"
    assert owner.terms == known.publishers[entry.publisher].terms
    own = known.entry("h41/custody")
    assert own is not None
    assert known.owner(own) is known.publishers["fed"]
    for family in known.families:  # a title that names another than its publisher has it as owner
        for named in ("Federal Reserve Bank of", "OECD", "Cboe", "S&P", "ICE", "Coinbase"):
            if named in family.title and family.publisher == "fed":
                assert family.by, family.id
