"""What forecasts hang on: the shock in an "if", in the subject of "would", in the sentence before."""

from __future__ import annotations

from datetime import date

import pytest

from saiken.claims.claim import Claim
from saiken.claims.reading import read
from saiken.terms.outlook import Shock
from saiken.terms.quantity import Quantity

DAY = date(2026, 1, 25)


def about_prices(text: str) -> list[Claim]:
    """The claims about what would follow, those about the shock itself left out."""
    return [
        claim
        for claim in read(text, DAY).claims
        if claim.measure in {"exchange_rate", "government_yield", "crypto_price", "equity_index"}
        and not (claim.subject == "JP" and claim.tenor == "30Y")
    ]


def brief(shock: Shock | None) -> tuple[str, str, float | None, str, int | None] | None:
    if shock is None:
        return None
    size = shock.size
    value, unit = (size.value, size.unit) if size is not None else (None, "")
    return shock.kind, shock.holder, value, unit, shock.months


TOLD = [
    ("A sudden dump by Norway would lift the yen.", ("sale", "NO", None, "", 1)),
    ("If Korea sold $40 billion of Treasuries over six months, the dollar would weaken against the yen.", ("sale", "KR", 4e10, "USD", 6)),
    ("Were Britain to sell its entire Treasury portfolio, 10-year Treasury yields would soar.", ("sale", "GB", 1.0, "ratio", None)),
    ("If Belgium unloaded a quarter of its Treasuries over a year, 30-year Treasury yields would climb.", ("sale", "BE", 0.25, "ratio", 12)),
    ("If Japanese pension funds pared their Treasury holdings, the yen would gain.", ("trimming", "JP:pensions", None, "", None)),
    ("If Japan's banks brought $50 billion home within a quarter, the yen would rally.", ("repatriation", "JP:banks", 5e10, "USD", 3)),
    ("Another intervention would push the yen higher.", ("intervention", "", None, "", None)),
    ("If Tokyo intervened with ¥6 trillion, the yen would jump.", ("intervention", "", 6e12, "JPY", None)),
    ("A rapid unwinding of carry trades could lift the yen.", ("carry", "", None, "", None)),
    ("If the 30-year JGB yield fell by 40 bp, the 10-year Treasury yield would fall too.", ("jgb", "", -40.0, "bp", None)),
    ("Bitcoin would plunge if China dumped all its Treasuries.", ("sale", "CN", 1.0, "ratio", None)),
    ("If the Fed sold $100 billion of Treasuries, the 10-year yield would jump.", ("sale", "US:fed", 1e11, "USD", None)),
    ("If foreign central banks dumped Treasuries, yields would rise.", ("sale", "XX:official", None, "", None)),
    ("A fire sale of Treasuries would push the 10-year Treasury yield up.", ("sale", "", None, "", None)),
    ("A sudden dump of Switzerland's $300 billion of Treasuries is highly unlikely. It would send the yen soaring.", ("sale", "CH", 3e11, "USD", 1)),
    ("韓国が米国債を500億ドル売却すれば、円は上昇するだろう。", ("sale", "KR", 5e10, "USD", None)),
    ("中国が米国債の半分を2年かけて売却した場合、ドル円は下落するだろう。", ("sale", "CN", 0.5, "ratio", 24)),
    ("財務省が3兆円の介入に踏み切れば、円は急騰するだろう。", ("intervention", "", 3e12, "JPY", None)),
    ("円キャリー取引が解消されれば、円は上昇するだろう。", ("carry", "", None, "", None)),
    ("30年物国債利回りが50bp上昇すれば、米国債利回りも上昇するだろう。", ("jgb", "", 50.0, "bp", None)),
    ("日本の生保が資金を国内に還流させれば、円は上昇するだろう。", ("repatriation", "JP:life", None, "", None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shock"), TOLD, ids=[text[:50] for text, _ in TOLD])
def test_the_shock_is_told(text: str, shock: tuple[object, ...]) -> None:
    found = about_prices(text)
    assert [brief(claim.premise) for claim in found] == [shock]
    assert {claim.predicate for claim in read(text, DAY).claims} <= {"forecast", "opinion"}


OPEN = [
    "The yen will rise next year.",
    "The 10-year Treasury yield would rise above 5%.",
    "If Japan does not sell its Treasuries, the yen would fall.",
    "Unless Japan sells its Treasuries, the yen would fall.",
    "If Japan bought $50 billion of Treasuries, the yen would fall.",
    "If Japan sold its bunds, the yen would rise.",
    "If Japan and China sold Treasuries, yields would rise.",
    "If a rogue trader dumped Treasuries, the yen would rise.",
    "If growth slowed, the 10-year Treasury yield would fall.",
    "日本の景気が悪化すれば、円は下落するだろう。",
    "日本と中国が米国債を売却すれば、円は上昇するだろう。",
    "日本が米国債を購入すれば、円は下落するだろう。",
]


@pytest.mark.parametrize("text", OPEN)
def test_no_shock_is_told_or_none_that_is_understood(text: str) -> None:
    found = about_prices(text)
    assert found
    assert [claim.premise for claim in found] == [None] * len(found)


def test_what_a_sale_would_do_is_read_as_that_and_no_more() -> None:
    """The size of the sale is none of the move, and the sale itself is no claim of its own."""
    text = "A sale of $700 billion by Norway would push the 10-year Treasury yield up by 60 bp."
    (claim,) = read(text, DAY).claims
    assert (claim.text, claim.subject, claim.tenor, claim.direction) == (text, "US", "10Y", 1)
    assert claim.quantity == Quantity(60.0, 59.5, 60.5, "bp", printed=True)


def test_one_doer_stands_for_all_that_it_would_do() -> None:
    text = "A dump by Norway would lift the yen, push up Treasury yields and sink bitcoin."
    found = about_prices(text)
    assert [claim.measure for claim in found] == [
        "exchange_rate",
        "government_yield",
        "crypto_price",
    ]
    assert {brief(claim.premise) for claim in found} == {("sale", "NO", None, "", None)}


def test_what_happened_is_not_taken_for_what_would() -> None:
    text = "Norway sold $5 billion of Treasuries in November 2025, and the yen rose in December."
    assert {claim.modality for claim in read(text, DAY).claims} == {"asserted"}
    assert all(claim.premise is None for claim in read(text, DAY).claims)


def test_a_condition_leaves_nothing_asserted_in_japanese() -> None:
    """The clause that follows a condition is no statement of what is."""
    (_, effect) = read("中国が米国債を徐々に減らせば、ビットコインは下落する。", DAY).claims
    assert (effect.measure, effect.modality) == ("crypto_price", "conditional")
