"""A scenario's answer on one screen."""

from __future__ import annotations

from collections.abc import Iterable

from saiken.reports.terminal import Screen, clean, table
from saiken.scenarios.answer import Answer, Band, Loss, Move
from saiken.scenarios.backtests import Score
from saiken.scenarios.reverse import Breaking
from saiken.scenarios.sensitivity import Share
from saiken.terms.outlook import Outlook

SIDES = {"JP": "JP", "US": "US", "XX": ""}
_CAPITAL = "equity"


def scenario_text(found: Answer, screen: Screen) -> str:
    """The answer: what happens, what moves, who loses, what the model cannot say."""
    said = [line for part in found.shock for line in screen.wrapped(clean(part), "  ")]
    head = clean(found.title or found.name)
    lines = [screen.paint(head, "bold"), *said]
    lines += ["", *_moves(found, screen), "", *_losses(found, screen), ""]
    lines += _aside(found, screen)
    own = "own " if found.own else ""
    asked = f"Would it devastate Japan's {own}financial system?"
    lines += ["", screen.paint(asked, "bold")]
    for sentence in found.verdict:
        lines += screen.wrapped(sentence, "  ")
    lines += ["", screen.paint("Not identified", "bold")]
    for gap in found.not_identified:
        lines += screen.wrapped(gap, "  - ")
    for note in found.notes:
        lines += [screen.paint(line, "dim") for line in screen.wrapped(note, "  note: ")]
    lines += [screen.paint(line, "dim") for line in screen.wrapped(_foot(found))]
    return "\n".join(lines) + "\n"


def _foot(found: Answer) -> str:
    return (
        f"Effects of the shock alone, 5 to 95 %; {found.draws:,} draws, seed {found.seed}; figures "
        f"as of {found.as_of}; see docs/scenarios.md"
    )


def _moves(found: Answer, screen: Screen) -> list[str]:
    after = "a month" if found.lasts == 1 else f"{found.lasts} months"
    head = ("", f"after {after}", "with backstops", f"after {found.horizon} months", "one way in")
    lines = table([head, *(_move(move) for move in found.moves)])
    title = screen.paint("What moves", "bold")
    unsized = any(move.size == "not identified" for move in found.moves)
    key = "; * size not identified, ? not even the direction" if unsized else ""
    share = f"{found.outside:.0%} of draws lie outside every sample"
    return [f"{title}: {share}{key}", *(f"  {line}" for line in lines)]


def _move(move: Move) -> tuple[str, str, str, str, str]:
    mark = {"not identified": "?", "contradicted": "?"}.get(move.direction, "")
    mark = mark or ("*" if move.size == "not identified" else "")
    way = "no move" if move.size == "none" else f"{move.way:.0%} {mark}"
    return (
        move.series, _band(move.off_shock, move.unit), _band(move.on_shock, move.unit),
        _band(move.off_end, move.unit), way,
    )  # fmt: skip


def _band(band: Band, unit: str) -> str:
    low, middle, high = band
    return " ".join(filter(None, (_signed(middle), unit, f"[{_signed(low)}, {_signed(high)}]")))


def _signed(value: float) -> str:
    text = f"{value:+.0f}" if abs(value) >= 9.95 else f"{value:+.1f}"
    return "0" if text in {"+0.0", "-0.0", "+0", "-0"} else text


def _losses(found: Answer, screen: Screen) -> list[str]:
    rows: list[tuple[str, ...]] = [
        ("", "after shock", "with backstops", "booked", "at horizon", _CAPITAL)
    ]
    for side, name in SIDES.items():
        mine = [loss for loss in found.losses if loss.side == side]
        rows += [_loss(loss, name) for loss in sorted(mine, key=lambda x: -x.off_shock[1])]
    title = screen.paint("Who loses", "bold")
    return [
        f"{title}: $bn, median [5, 95 %], a minus is a gain; the part that accounts show; % of equity",
        *(f"  {line}" for line in table(rows)),
    ]


def _loss(loss: Loss, side: str) -> tuple[str, ...]:
    share = "" if loss.of_capital is None else f"{round(100 * loss.of_capital) + 0}%"
    low, high = (round(value) + 0 for value in loss.booked)
    return (
        f"{side} {loss.name}".strip(), _money(loss.off_shock), _money(loss.on_shock),
        f"{low:,}" if low == high else f"{low:,} to {high:,}", _money(loss.off_end), share,
    )  # fmt: skip


def _money(band: Band) -> str:
    low, middle, high = (round(value) + 0 for value in band)
    return f"{middle:,} [{low:,}, {high:,}]"


def _aside(found: Answer, screen: Screen) -> list[str]:
    bits = []
    if found.arithmetic:
        told = [
            f"{what.bp[1]:+.0f} bp {name} [{what.bp[0]:+.0f}, {what.bp[2]:+.0f}] at a cost of "
            f"${what.cost:,.1f}bn"
            for name, what in found.arithmetic.items()
        ]
        bits.append(f"first arithmetic, no feedback: {'; '.join(told)}")
    bonds, dollars = found.execution["bonds"], found.execution["dollars"]
    if bonds[1] or dollars[1]:
        bits.append(
            f"the seller gives up {_money(bonds)} on the bonds and {_money(dollars)} on the dollars "
            "that it sells"
        )
    fed, boj = found.backstop["US:fed"], found.backstop["JP:boj"]
    bits.append(f"backstops buy: Fed {_money(fed)}, Bank of Japan {_money(boj)}")
    forced, carry = found.forced["forced:US:funds"], found.forced["closed:carry"]
    bits.append(f"forced sales of funds {_money(forced)}, carry trades closed {_money(carry)}")
    japan, america = found.debt["JP"], found.debt["US"]
    bits.append(
        f"public debt after {found.horizon} months, pp of GDP: Japan {_band(japan, '')}, "
        f"United States {_band(america, '')}"
    )
    return [line for bit in bits for line in screen.wrapped(bit, "  ", "    ")]


def claims_text(found: Iterable[tuple[str, Outlook]], screen: Screen) -> str:
    """What the draws say of forecasts: the words of each, and its outlook as told."""
    lines: list[str] = []
    for text, outlook in found:
        lines += screen.wrapped(f"{outlook.identified.upper()}  “{clean(text)}”")
        for sentence in outlook.told:
            lines += screen.wrapped(sentence, "  ")
    return "\n".join(lines) + "\n"


def reverse_text(found: Iterable[Breaking], who: str, screen: Screen) -> str:
    """The smallest sale that breaks each threshold."""
    rows = [("what breaks", "smallest sale", "at the most that can be sold")]
    share = 0.5
    for breaking in found:
        share = breaking.share
        amount = "not by this" if breaking.amount is None else f"${breaking.amount:,.0f}bn"
        most = f"in {breaking.at_most:.0%} of draws at ${breaking.most:,.0f}bn"
        rows.append((breaking.threshold.words, amount, most))
    title = screen.paint(f"The smallest sale that breaks something, {clean(who)}", "bold")
    said = f"in {share:.0%} of draws, without backstops; to 2 %"
    return "\n".join([f"{title} ({said})", *(f"  {line}" for line in table(rows))]) + "\n"


def sensitivity_text(column: str, shares: list[Share], screen: Screen) -> str:
    """What drives an outcome."""
    rows = [("", "alone", "with interactions")]
    rows += [(s.factor, f"{max(s.first, 0):.0%}", f"{max(s.total, 0):.0%}") for s in shares[:10]]
    title = screen.paint(f"What drives {clean(column)}", "bold")
    lines = [f"  {line}" for line in table(rows, right=(1, 2))]
    return "\n".join([f"{title} (Sobol shares of the variance of its rank)", *lines]) + "\n"


def backtest_text(scores: list[Score], screen: Screen) -> str:
    """What the model would have said of past episodes."""
    rows = [("", "realised", "effect of the flow", "90 % with other news", "within")]
    for score in scores:
        unit = "bp" if score.series.startswith("UST") else "%"
        low, high = score.ninety
        within = "50 %" if score.in_half else "90 %" if score.in_ninety else "neither"
        rows.append((
            score.name, f"{_signed(score.realised)} {unit}", _band(score.effect, unit),
            f"{_signed(low)} to {_signed(high)}", within,
        ))  # fmt: skip
    half, ninety = sum(s.in_half for s in scores), sum(s.in_ninety for s in scores)
    title = screen.paint("Episodes, scored by coverage", "bold")
    said = f"{half} of {len(scores)} in the 50 % band, {ninety} of {len(scores)} in the 90 % band"
    return "\n".join([f"{title}: {said}", *(f"  {line}" for line in table(rows))]) + "\n"
