"""A verdict that waits for holdings is shown with what is likely of them."""

from __future__ import annotations

from datetime import date

import pytest

from saiken.archive.archive import Archive

pytest.importorskip("fastapi")


def test_the_answer_of_the_site_tells_the_nowcast(tmp_path):
    from saiken.doors.web.desk import Ask, Desk  # noqa: PLC0415
    from saiken.reports.html import report_html  # noqa: PLC0415

    day = date(2026, 1, 25)
    desk = Desk(Archive.open(tmp_path))
    text = "Japan's holdings of Treasuries fell in December 2025."
    report = desk.check(Ask(text, day, day, surface=True))
    told = report_html(report, desk.archive)
    assert "<dt>Nowcast</dt>" in told
    likely = report.verdicts[0].nowcast
    assert likely is not None
    assert likely.low < likely.value < likely.high
    assert f"80 % interval {likely.low:,.1f} to {likely.high:,.1f}" in told
    assert "Nowcast" not in report_html(desk.check(Ask(text, day, day)), desk.archive)
