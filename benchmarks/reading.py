"""How well and how fast sentences are read: `python benchmarks/reading.py [SHARED] [--language ja] [--misses]`.

Scores the reading (never the verdict) of the development claims that the catalog covers: is there a
claim with the right subject, measure, predicate, quantity and period? By language and predicate:

- recall: of the sentences whose claim is of the predicate, those with all fields right together;
- precision: of the claims read as facts that are of the predicate, those about the subject and the
  measure that the sentence is about (of what it says beside the one claim that is listed, no more is known).

Then every sentence that was not read wholly, with the cause (`reading_misses.toml`); the share of
sentences without a claim that give one (opinions, forecasts and causes among the development claims,
what the development posts list as no claims, time series of other fields, and `unclaimed.txt`, our own);
and the throughput: sentences of all kinds, each read once and none kept, per second of one core's time.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from saiken.claims.claim import UNCHECKABLE, Claim
from saiken.claims.reading import read
from saiken.terms.period import Period

MEASURES = {
    "JGB yield (MoF constant maturity)": {"government_yield"},
    "JGB intraday quote": {"government_yield"},
    "Bund yield": {"government_yield"},
    "US Treasury yield (constant maturity)": {"government_yield"},
    "US curve spread": {"yield_spread"},
    "JGB curve spread": {"yield_spread", "government_yield"},
    "yield gap": {"yield_gap"},
    "US Treasury holdings (TIC)": {"treasury_holdings", "treasury_net_purchases"},
    "TIC flows (press release)": {
        "capital_flows",
        "treasury_bond_flows",
        "us_securities_flows",
        "treasury_bill_flows",
        "treasury_holdings",
        "treasury_net_purchases",
    },
    "net US sales of Treasuries (TIC Table 3)": {
        "treasury_net_purchases",
        "treasury_holdings",
        "treasury_bond_flows",
    },
    "balance of payments, portfolio": {
        "treasury_net_purchases",
        "treasury_holdings",
        "sovereign_bond_flows",
    },
    "MoF securities flows (designated reporters)": {
        "foreign_bond_flows",
        "inbound_bond_flows",
        "inbound_equity_flows",
        "foreign_equity_flows",
        "treasury_holdings",  # told of US Treasuries, which is the misreading
        "treasury_net_purchases",
    },
    "MoF flows by investor": {"foreign_bond_flows"},
    "foreign bond purchases": {"foreign_bond_flows"},
    "exchange rate": {"exchange_rate"},
    "VIX": {"volatility_index"},
    "bond volatility": {"volatility_index"},
    "FX intervention (MoF)": {"fx_intervention"},
    "CFTC non-commercial yen futures position": {"yen_positioning"},
    "BTC price": {"crypto_price"},
    "credit spread": {"credit_spread"},
    "stress index": {"stress_index"},
    "government debt ratio (IMF WEO)": {"debt_ratio"},
    "release calendar": {"release_date"},
    "official reserve assets (MoF)": {
        "reserves",
        "foreign_currency_reserves",
        "treasury_holdings",
        "gold_reserves",
    },
    "gold reserves": {"gold_reserves"},
    "public debt outstanding": {"public_debt"},
    "Treasuries in custody at the Fed": {"fed_custody"},
    "JGB holders (flow of funds)": {"jgb_holders"},
    "JSDA OTC net, super-long JGB": {"jgb_investor_flows"},
    "bid-to-cover ratio": {"auction"},
}
PLACES = {
    "Japan": "JP", "China": "CN", "Russia": "RU", "Brazil": "BR", "Saudi Arabia": "SA", "France": "FR", "Vietnam": "VN",
    "United Kingdom": "GB", "Mexico": "MX", "Germany": "DE", "Belgium": "BE", "Canada": "CA", "India": "IN", "Turkey": "TR",
    "Korea, South": "KR", "Thailand": "TH", "Kuwait": "KW", "Norway": "NO", "Hong Kong": "HK", "El Salvador": "SV", "Ireland": "IE",
    "Israel": "IL", "Cayman Islands": "KY", "Luxembourg": "LU", "Taiwan": "TW", "Singapore": "SG", "United States": "US", "US": "US",
    "All foreign holders": "all", "Foreign official": "official", "Foreign private": "non_official", "Japan (residents)": "JP",
    "Non-residents": "JP", "Life insurers": "JP:life", "Japanese banks": "JP:banks", "Trust banks (trust accounts)": "JP:trust_accounts",
    "GPIF": "JP:gpif", "Insurers": "JP:insurers", "Yen speculators": "JPY", "TIC": "tic", "Bank of Japan": "central_bank", "Overseas": "overseas",
    "Fed custody": "official", "OFR FSI": "OFRFSI", "MOVE index": "MOVE", "US high yield OAS": "US", "US 20Y auction": "US", "US Treasury curve": "US",
}  # fmt: skip
UNITS = {
    "USD tn": ("USD", 1e12), "USD bn": ("USD", 1e9), "USD mn": ("USD", 1e6), "USD k": ("USD", 1e3), "JPY tn": ("JPY", 1e12), "JPY bn": ("JPY", 1e9), "JPY 億": ("JPY", 1e8),
    "EUR bn": ("EUR", 1e9), "USD tn per month": ("USD", 1e12), "ratio": ("ratio", 1.0),
}  # fmt: skip


# "Foreigners" of the press releases: their flows, or the parts of them that a sentence names
_GROUPS = {
    "all": ("US", "private", "official"),
    "official": ("official",),
    "non_official": ("private",),
}


HOME = {"sovereign_bond_flows": "JP"}
"""Measures of one country's investors, of which the subject is whose bonds they trade."""

# Two predicates of ours for one of the words', where the type of the claim does not change its
# content: the sign of a flow is a direction, a share of another's amount a comparison, the way a
# price was quoted a level or a threshold.
ALIKE = {
    "direction": {"flow", "change", "threshold"},
    "flow": {"change"},
    "share": {"comparison", "change"},
    "comparison": {"level", "threshold", "change", "share"},
    "threshold": {"level"},
    "level": {"threshold"},
    "change": {"level", "direction"},
    "streak": {"change"},
    "rank": {"comparison"},
    "event": {"flow"},
}


def subject_of(name: str) -> set[str]:
    """The product's codes for a subject of the development claims."""
    name = (
        re.sub(r" \d+Y(-\d+Y)?( traded bond)?| vs .*|, .*", "", name)
        if name not in PLACES
        else name
    )
    code = PLACES.get(name, name.replace("/", ""))
    return {code, *_GROUPS.get(code, ())}


def quantity_fits(row: dict[str, Any], claims: tuple[Claim, ...]) -> bool:
    if row["quantity"] is None:
        return True
    _, factor = UNITS.get(row["unit"] or "", ("", 1.0))
    wanted = abs(row["quantity"] * factor)
    for claim in claims:
        if claim.quantity is None and claim.count is None and claim.rank is None:
            continue
        values = [claim.quantity.value if claim.quantity else None, claim.count, claim.rank]
        if claim.quantity and claim.quantity.unit == "% change":
            change = claim.quantity.value / 100
            values += [change, 1 / (1 + change) - 1]  # of a pair, or of its other currency
        if claim.quantity and claim.quantity.unit == "x":
            values.append(claim.quantity.value - 1)
        if claim.quantity and claim.quantity.unit == "pp":
            values.append(claim.quantity.value * 100)
        if any(
            v is not None and math.isclose(abs(v), wanted, rel_tol=0.02, abs_tol=1e-9)
            for v in values
        ):
            return True
    return False


def period_fits(row: dict[str, Any], claims: list[Claim]) -> bool:
    """None is "the latest": right where the data period is the newest before the text's date."""
    try:
        wanted = Period.parse(row["period"])
    except (ValueError, TypeError):
        return True
    published = date.fromisoformat(row["published"])
    for claim in claims:
        period = claim.period
        if period is None:
            newest = 850 if claim.measure == "debt_ratio" else 125  # of whole years, of months
            if (published - wanted.end).days <= newest:
                return True
        elif period.overlaps(wanted) or abs((period.end - wanted.end).days) <= 4:
            return True
    return False


def about(row: dict[str, Any], claim: Claim) -> tuple[bool, bool]:
    """(whether a claim is of the row's measure, of its subject)."""
    subjects = subject_of(row["subject"])
    who = {claim.subject, *claim.subject.split("+"), HOME.get(claim.measure, "")}
    return claim.measure in MEASURES.get(row["measure"], {"?"}), bool(subjects & who)


def fits(row: dict[str, Any], claims: tuple[Claim, ...]) -> dict[str, bool]:
    """Which fields some claim has right; of what cannot be checked, that it is not read as a fact."""
    same = [c for c in claims if about(row, c)[0]]
    alike = {row["predicate"], *ALIKE.get(row["predicate"], ())}
    hit = {
        "measure": bool(same),
        "subject": any(about(row, c)[1] for c in same),
        "predicate": any(c.predicate.value in alike for c in same),
        "strict predicate": any(c.predicate.value == row["predicate"] for c in claims),
        "quantity": quantity_fits(row, claims),
        "period": period_fits(row, same or list(claims)),
    }
    if row["predicate"] in _NO_FACTS:
        hit = dict.fromkeys(hit, not facts(claims))
    return hit


_NO_FACTS = {"opinion", "forecast", "causal"}


def facts(claims: tuple[Claim, ...]) -> list[Claim]:
    """The claims that are told as facts which figures can settle."""
    return [c for c in claims if c.predicate not in UNCHECKABLE and c.modality in _TOLD]


_TOLD = {"asserted", "reported"}


def score(rows: list[dict[str, Any]], *, misses: bool) -> None:
    """Prints, by language and predicate, how many sentences have all fields right together."""
    right: dict[str, Counter[str]] = defaultdict(Counter)
    recall: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    precision: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    missed = []
    for row in rows:
        claims = read(row["text"], date.fromisoformat(row["published"])).claims
        hit = fits(row, claims)
        whole = all(ok for name, ok in hit.items() if name != "strict predicate")
        right[row["language"]].update(name for name, ok in {**hit, "all": whole}.items() if ok)
        recall[row["language"], row["predicate"]][whole] += 1
        for claim in facts(claims):
            precision[row["language"], claim.predicate.value][all(about(row, claim))] += 1
        if not whole:
            missed.append((row, claims, hit))
    print("              recall       precision")
    for name in sorted({*recall, *precision}):
        print(f"{name[0]}  {name[1]:<12}{_of(recall[name])}{_of(precision[name])}")
    for language, counts in sorted(right.items()):
        total = sum(row["language"] == language for row in rows)
        shares = ", ".join(f"{name} {counts[name] / total:.1%}" for name in counts)
        print(f"{language}  {total} sentences: {shares}")
    causes = tomllib.loads(Path(__file__).with_name("reading_misses.toml").read_text("utf-8"))
    for row, claims, hit in missed:
        wrong = ", ".join(name for name, ok in hit.items() if not ok)
        print(f"missed {row['id']} ({wrong}): {causes.get(row['id'], 'cause not found yet')}")
        if misses:
            _miss(row, claims)


def _of(counts: Counter[bool]) -> str:
    return f"{counts[True]:>4} of {counts[True] + counts[False]:<6}" if counts else " " * 14


def unclaimed(shared: Path, rows: list[dict[str, Any]]) -> Iterator[tuple[str, str, date]]:
    """(where from, text, day) of sentences that make no claim on what the catalog covers."""
    for row in rows:
        if row["predicate"] in _NO_FACTS:
            yield "development claims", row["text"], date.fromisoformat(row["published"])
    for line in (shared / "claims" / "posts.jsonl").read_text("utf-8").splitlines():
        post = json.loads(line)
        for text in post["not_claims"]:
            yield "development posts", text, date.fromisoformat(post["published"])
    for path in sorted((shared / "tsver").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield "series of other fields", json.loads(line)["Claim"], date(2024, 1, 25)
    for text in _own("unclaimed.txt"):
        yield "our own", text, date(2026, 1, 25)


def _own(name: str) -> list[str]:
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def invented(texts: list[tuple[str, str, date]]) -> None:
    """Prints how many of the sentences without a claim give one, and which."""
    by: dict[str, Counter[bool]] = defaultdict(Counter)
    for where, text, dated in texts:
        told = facts(read(text, dated).claims)
        by[where][bool(told)] += 1
        if told:
            print(f"no claim, yet {told[0].predicate} of {told[0].measure}: {text}")
    for where, counts in by.items():
        print(f"no claim, read as one: {_of(counts)}{where}")
    print(f"no claim, read as one: {_of(sum(by.values(), Counter()))}of all")


def _miss(row: dict[str, Any], claims: tuple[Claim, ...]) -> None:
    print(
        f"    {row['text']}\n    want {row['predicate']} | {row['subject']} | {row['measure']} | {row['quantity']} {row['unit']} | {row['period']}"
    )
    for c in claims:
        value = f"{c.quantity.value:g} {c.quantity.unit}" if c.quantity else ""
        print(
            f"    got  {c.predicate} | {c.subject} | {c.measure} {c.tenor} | {value} | {c.period} {c.modality} {'' if c.polarity else 'DENIED'}"
        )


PASSES = 12
"""The least disturbed of so many is told: a shared machine slows single passes by a tenth and more."""


def throughput(language: str, texts: list[tuple[str, date]]) -> None:
    """Prints how many sentences are read in a second of one core's time, at the best of the passes."""
    best = math.inf
    for _ in range(PASSES):
        start = time.process_time()
        for text, dated in texts:
            read(text, dated)
        best = min(best, time.process_time() - start)
    print(f"{language}  {len(texts) / best:,.0f} sentences/s over {len(texts)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "shared", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared"
    )
    parser.add_argument("--language", help="en or ja only")
    parser.add_argument("--misses", action="store_true", help="list every sentence not read wholly")
    args = parser.parse_args()
    lines = (args.shared / "claims" / "dev.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    rows = [row for row in rows if args.language in {None, row["language"]}]
    score([row for row in rows if row["verdict"] != "not_covered"], misses=args.misses)
    texts = [] if args.language == "ja" else list(unclaimed(args.shared, rows))
    invented(texts)
    for language in sorted({row["language"] for row in rows}):
        told = [row for row in rows if row["language"] == language]
        claims = [(row["text"], date.fromisoformat(row["published"])) for row in told]
        throughput(language, claims)
    if texts:
        throughput("no claims", [(text, dated) for _, text, dated in texts])


if __name__ == "__main__":
    main()
