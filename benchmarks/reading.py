"""How well and how fast sentences are read: `python benchmarks/reading.py [SHARED] [--language ja] [--misses]`.

Scores the reading (never the verdict) of the development claims: is there a claim with the right
subject, measure, predicate, quantity and period? By language, with all of them right together as `all`.
Then the throughput over the same sentences, per second of one core's time.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import time
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from saiken.claims.claim import Claim
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
    "balance of payments, portfolio": {"treasury_net_purchases", "treasury_holdings"},
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
    "EUR bn": ("EUR", 1e9), "ratio": ("ratio", 1.0),
}  # fmt: skip


# "Foreigners" of the press releases: their flows, or the parts of them that a sentence names
_GROUPS = {
    "all": ("US", "private", "official"),
    "official": ("official",),
    "non_official": ("private",),
}


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
            values.append(claim.quantity.value / 100)
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


def fits(row: dict[str, Any], claims: tuple[Claim, ...]) -> dict[str, bool]:
    """Which fields some claim has right; of what cannot be checked, that it is not read as a fact."""
    wanted = MEASURES.get(row["measure"], {"?"})
    subjects = subject_of(row["subject"])
    same = [c for c in claims if c.measure in wanted]
    alike = {row["predicate"], *ALIKE.get(row["predicate"], ())}
    hit = {
        "measure": bool(same),
        "subject": any(c.subject in subjects or subjects & set(c.subject.split("+")) for c in same),
        "predicate": any(c.predicate.value in alike for c in same),
        "strict predicate": any(c.predicate.value == row["predicate"] for c in claims),
        "quantity": quantity_fits(row, claims),
        "period": period_fits(row, same or list(claims)),
    }
    if row["predicate"] in {"opinion", "forecast", "causal"}:
        unsure = not any(c.modality in {"asserted", "reported"} for c in claims)
        hit = dict.fromkeys(hit, unsure)
    return hit


def score(rows: list[dict[str, Any]], *, misses: bool) -> None:
    """Prints, by language and predicate, how many sentences have all fields right together."""
    right: dict[str, Counter[str]] = defaultdict(Counter)
    by: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for row in rows:
        claims = read(row["text"], date.fromisoformat(row["published"])).claims
        hit = fits(row, claims)
        whole = all(ok for name, ok in hit.items() if name != "strict predicate")
        right[row["language"]].update(name for name, ok in {**hit, "all": whole}.items() if ok)
        by[row["language"], row["predicate"]][whole] += 1
        if misses and not whole:
            _miss(row, claims, hit)
    for (language, predicate), counts in sorted(by.items()):
        print(f"{language}  {predicate:<12}{counts[True]:>4} of {counts[True] + counts[False]}")
    for language, counts in sorted(right.items()):
        total = sum(row["language"] == language for row in rows)
        shares = ", ".join(f"{name} {counts[name] / total:.0%}" for name in counts)
        print(f"{language}  {total} sentences: {shares}")


def _miss(row: dict[str, Any], claims: tuple[Claim, ...], hit: dict[str, bool]) -> None:
    wrong = ",".join(name for name, ok in hit.items() if not ok)
    print(
        f"{row['id']} [{wrong}] {row['text']}\n    want {row['predicate']} | {row['subject']} | {row['measure']} | {row['quantity']} {row['unit']} | {row['period']}"
    )
    for c in claims:
        value = f"{c.quantity.value:g} {c.quantity.unit}" if c.quantity else ""
        print(
            f"    got  {c.predicate} | {c.subject} | {c.measure} {c.tenor} | {value} | {c.period} {c.modality} {'' if c.polarity else 'DENIED'}"
        )


def throughput(rows: list[dict[str, Any]]) -> None:
    for language in sorted({row["language"] for row in rows}):
        texts = [
            (row["text"], date.fromisoformat(row["published"]))
            for row in rows
            if row["language"] == language
        ]
        read(*texts[0])
        times = 1 + 800 // len(texts)
        start = time.process_time()
        for text, dated in texts * times:
            read(text, dated)
        seconds = time.process_time() - start
        print(f"{language}  {times * len(texts) / seconds:,.0f} sentences/s")


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
    score(rows, misses=args.misses)
    throughput(rows)


if __name__ == "__main__":
    main()
