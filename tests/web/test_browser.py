"""The pages in a real Chromium: read, opened, slid through time, attacked."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from web_site import Watched

Visit = Callable[..., Watched]

HEADLINE = "Japan is dumping $1.2 trillion in U.S. debt"
ASKED = f"/?text={quote(HEADLINE)}&as_of=2026-01-25"
PAGES = {
    "check": "/",
    "answer": ASKED,
    "search": "/series?q=JGB+yield&as_of=2026-01-25",
    "series": "/series/tic/holdings/JP?as_of=2026-01-25",
    "vintages": "/compare?series=tic/holdings/CN&as_of=2026-01-25&also=2026-03-01",
    "scenario": "/scenario?as_of=2026-01-25",
    "monitor": "/monitor?country=japan&as_of=2026-01-25",
    "brief": "/brief?country=japan&as_of=2026-01-25",
    "watch": "/watch?as_of=2026-01-25",
    "sources": "/sources",
    "method": "/method",
    "api": "/api",
}
PHONE = {"width": 390, "height": 844}


def check(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.click("#check")
    page.wait_for_selector("#answer .answer")


def test_the_article_lights_up_and_a_click_opens_the_evidence(visit: Visit, shared: Path) -> None:
    page = visit().go("/?as_of=2026-01-25")
    check(page, (shared / "seed" / "article.txt").read_text("utf-8"))
    for words, ruling in (
        ("with the 40-year JGB yield briefly exceeding 4%", "supported"),
        ("20-year, 30-year, and especially 40-year", "refuted"),
        ("net sellers of foreign long-term bonds in December", "supported"),
        ("There is no evidence of large-scale", "not_published_yet"),
        ("likely to reduce new purchases", "not_checkable"),
    ):
        expect(page.locator("a.claim", has_text=words)).to_have_class(f"claim is-{ruling}")
    page.locator("a.claim", has_text="briefly exceeding 4%").click()
    panel = page.locator(".panel:visible")
    expect(panel).to_have_count(1)
    expect(panel).to_contain_text("supported")
    expect(panel).to_contain_text("jgb/yield/40Y")
    expect(panel).to_contain_text(re.compile(r"line \d+, column \d+"))
    drawn = panel.locator("[data-chart] svg")
    expect(drawn).to_be_visible()
    expect(drawn).to_contain_text("claimed: 4 %")
    table = panel.locator("table a").first.get_attribute("href")
    assert table == "/series/jgb/yield/40Y?as_of=2026-01-25"
    # The library is there by now: a chart that is asked for after it draws as well.
    page.locator("a.claim", has_text="over 230% of GDP").click()
    expect(page.locator(".panel:visible [data-chart] svg")).to_be_visible()


def test_the_slider_takes_the_december_sentence_from_january_to_march(visit: Visit) -> None:
    page = visit().go("/?as_of=2026-01-25")
    check(
        page, "There is no evidence of large-scale selling of U.S. Treasuries by Japan in December."
    )
    claim = page.locator("a.claim")
    expect(claim).to_have_class("claim is-not_published_yet")
    slider = page.locator("#slider")
    box = slider.bounding_box()
    assert box is not None
    first, most = slider.get_attribute("data-first"), int(slider.get_attribute("max") or 0)
    days = page.evaluate("first => (Date.parse('2026-03-01') - Date.parse(first)) / 864e5", first)
    thumb, at = 16, int(slider.input_value())

    def x(place: float) -> float:
        return box["x"] + thumb / 2 + (box["width"] - thumb) * place / most

    page.mouse.move(x(at), box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(x(days), box["y"] + box["height"] / 2, steps=12)
    page.mouse.up()
    slider.focus()
    expect(page.locator(".overall time")).to_have_attribute(
        "datetime", re.compile("2026-0(2-2|3-0)")
    )
    # The last step by key, as a mouse stops only at whole pixels.
    while (day := page.input_value("#as_of")) != "2026-03-01":
        page.keyboard.press("ArrowRight" if day < "2026-03-01" else "ArrowLeft")
    expect(page.locator(".overall time")).to_have_attribute("datetime", "2026-03-01")
    expect(claim).not_to_have_class(re.compile("not_published_yet"))
    expect(page.locator("#dated")).to_have_value("2026-01-25")
    expect(page.locator(".panel:visible")).to_contain_text("2025-12")


def test_the_step_to_the_next_release_changes_the_day_and_the_address(visit: Visit) -> None:
    page = visit().go("/series/tic/holdings/JP?as_of=2026-01-25")
    page.get_by_role("button", name="To the next release").click()
    expect(page.locator("tbody tr").first).to_contain_text("2025-12")
    assert "as_of=2026-02-18" in page.url
    page.get_by_role("button", name="To the release before").click()
    expect(page.locator("tbody tr").first).to_contain_text("2025-11")
    page.go_back()
    expect(page.locator("#as_of")).to_have_value("2026-02-18")


@pytest.mark.parametrize(
    ("name", "scheme"),
    [*((name, "light") for name in PAGES), ("answer", "dark"), ("scenario", "dark")],
)
def test_no_page_has_a_serious_accessibility_fault(visit: Visit, name: str, scheme: str) -> None:
    page = visit(color_scheme=scheme).go(PAGES[name])
    page.wait_for_load_state("networkidle")
    found = Axe().run(page).response["violations"]
    serious = [
        (fault["id"], [node["target"] for node in fault["nodes"]][:3])
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    ]
    assert serious == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_page_fits_a_phone(visit: Visit, path: str) -> None:
    page = visit(**PHONE, has_touch=True).go(path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_scenario_follows_its_fields(visit: Visit) -> None:
    page = visit().go("/scenario?as_of=2026-01-25")
    lead = page.locator(".lead")
    expect(lead).to_contain_text("$1,200bn")
    page.fill("input[name=amount]", "300")
    page.locator("input[name=amount]").press("Tab")
    expect(lead).to_contain_text("$300bn")
    assert "amount=300" in page.url
    page.select_option("select[name=name]", "carry")
    expect(page.locator("input[name=amount]")).to_have_count(0)
    expect(page.locator("img.fans")).to_have_attribute("src", re.compile("name=carry"))
    page.wait_for_load_state("networkidle")
    assert page.locator("img.fans").evaluate("image => image.naturalWidth") > 0


def test_a_claim_is_watched_through_time_and_let_go(visit: Visit) -> None:
    page = visit().go("/?as_of=2026-01-25")
    check(page, "Japan's holdings of Treasuries fell in December 2025.")
    page.get_by_role("button", name="Watch this claim").click()
    claim = page.locator(".watched", has_text="fell in December 2025")
    expect(claim).to_contain_text("not published yet")
    expect(claim).to_contain_text("2026-02-18, U.S. Department of the Treasury")
    assert page.url.endswith("/watch?as_of=2026-01-25")
    page.fill("#as_of", "2026-03-01")
    expect(claim).to_contain_text("supported (not published yet until 2026-02-18)")
    expect(claim).to_contain_text("2026-03-18")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="iCalendar of their figures").click()
    assert "DTSTART:20260318" in waiting.value.path().read_text("utf-8")
    page.fill("main input[name=text]", "The 40-year JGB yield exceeded 4%.")
    page.get_by_role("button", name="Watch", exact=True).click()
    other = page.locator(".watched", has_text="40-year")
    expect(other).to_contain_text("every trading day")
    faults = {fault["impact"] for fault in Axe().run(page).response["violations"]}
    assert not faults & {"serious", "critical"}
    for one in (claim, other):
        one.get_by_role("button", name="Stop watching").click()
        expect(one).to_have_count(0)


def test_a_brief_is_of_its_country_and_day_and_its_notes_lead_to_figures(visit: Visit) -> None:
    page = visit().go("/brief?country=japan&as_of=2026-01-25")
    expect(page.locator(".brief")).to_contain_text("1,202.7")
    page.locator(".ref a").first.click()
    expect(page.locator("li:target")).to_contain_text(re.compile(r"\w+/\w+"))
    expect(page.locator("[data-chart] svg").first).to_be_visible()
    page.fill("input[name=country]", "China")
    page.get_by_role("button", name="Write").click()
    expect(page.locator(".brief h1")).to_contain_text("China")


def test_on_a_phone_the_evidence_comes_from_below_and_goes_again(visit: Visit) -> None:
    page = visit(**PHONE).go(ASKED)
    page.locator("a.claim").click()
    close = page.get_by_role("button", name="Close")
    expect(close).to_be_visible()
    close.click()
    expect(close).to_be_hidden()
    assert page.evaluate("document.activeElement.className").startswith("claim")


def test_it_works_by_keyboard_alone(visit: Visit) -> None:
    page = visit().go("/?as_of=2026-01-25")
    page.locator("#text").focus()
    page.keyboard.type(HEADLINE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("a.claim")
    page.locator("a.claim").focus()
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.id") == "claim-1"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className").startswith("claim")


def test_it_works_without_scripts(visit: Visit) -> None:
    page = visit(java_script_enabled=False).go("/?as_of=2026-01-25")
    page.fill("#text", HEADLINE)
    page.click("#check")
    expect(page.locator(".overall")).to_contain_text("Refuted")
    expect(page.locator(".panel")).to_contain_text("a stock read as a flow")
    expect(page.locator("img")).to_be_visible()


def test_colours_follow_the_system_or_the_visitor_s_choice(visit: Visit) -> None:
    page = visit(color_scheme="dark").go("/")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(paper)
    page.click("#theme")
    light = page.evaluate(paper)
    assert light != dark
    page.reload()
    assert page.evaluate(paper) == light


HOSTILE = {
    "script": "<script>document.title = 'owned'</script> Japan sold $1.2 trillion in Treasuries.",
    "handler": "<img src=x onerror=\"document.title='owned'\"> Japan held $1.2 trillion.",
    "attribute": '" onmouseover="document.title=\'owned\'" x=" Japan held $1.2 trillion.',
    "link": "[x](javascript:document.title='owned') javascript:document.title='owned' Japan sold $5 bn.",
    "template": "{{ 7*7 }} ${7*7} {% raw %} Japan held $1.2 trillion.",
    "closing": "</textarea></title></main><script>document.title='owned'</script> Japan sold $1 bn.",
    "htmx": '<p hx-get="/sources" hx-trigger="load">x</p> Japan held $1.2 trillion.',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("way", ["form", "link"])
def test_hostile_text_is_shown_as_text(visit: Visit, text: str, way: str) -> None:
    watched = visit()
    if way == "form":
        page = watched.go("/?as_of=2026-01-25")
        check(page, text)
    else:
        page = watched.go(f"/?as_of=2026-01-25&text={quote(text)}")
    page.wait_for_load_state("networkidle")
    assert "owned" not in page.title()
    shown = page.evaluate(
        "(() => { const all = document.querySelector('.text').cloneNode(true);"
        "all.querySelectorAll('.mark, .aside').forEach(e => e.remove()); return all.textContent })()"
    )
    assert shown.strip() == text
    inside = page.locator("#answer").evaluate(
        "e => e.querySelectorAll('script, img[src=x], [onmouseover], [hx-get], a[href^=javascript]').length"
    )
    assert inside == 0


def test_marks_that_would_reorder_a_text_are_shown_as_boxes(visit: Visit) -> None:
    page = visit().go("/?as_of=2026-01-25")
    check(page, "Japan held \u202e$1.2 trillion\u202c\u2066 in Novem\u200bber 2025.")
    shown = page.locator(".text").text_content() or ""
    assert "▯" in shown
    assert not re.search("[\u200b\u202a-\u202e\u2066-\u2069]", shown)


def test_a_text_too_long_is_refused_in_words(visit: Visit) -> None:
    watched = visit()
    page = watched.go("/?as_of=2026-01-25")
    page.evaluate("document.querySelector('#text').removeAttribute('maxlength')")
    page.evaluate("document.querySelector('#text').value = 'Japan sold. '.repeat(25000)")
    page.click("#check")
    expect(page.locator("#answer .error")).to_contain_text("characters")
    watched.troubles[:] = [t for t in watched.troubles if "413" not in t]


def test_a_link_to_a_long_text_gives_the_same_answer(visit: Visit) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"]).go("/?as_of=2026-01-25")
    check(page, f"{HEADLINE}. " + "The weather was fine. " * 90)
    page.get_by_role("button", name="Copy a link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "#t=" in link
    other = visit()
    other.page.goto(link)
    expect(other.page.locator(".overall")).to_contain_text("Refuted")
    expect(other.page.locator(".overall time")).to_have_attribute("datetime", "2026-01-25")


def test_what_is_downloaded_stands_alone(visit: Visit, tmp_path: Path) -> None:
    watched = visit()
    page = watched.go(ASKED)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Report, one HTML file").click()
    saved = tmp_path / "report.html"
    waiting.value.save_as(saved)
    alone = visit().page
    alone.goto(saved.as_uri())
    expect(alone.locator(".overall")).to_contain_text("Refuted")
    expect(alone.locator(".exhibit svg")).to_contain_text("claimed: $1.2 tn less")


def test_a_bundle_is_downloaded_and_verified_by_the_command(
    visit: Visit, places: dict[str, str], tmp_path: Path
) -> None:
    page = visit().go(ASKED)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Bundle for").click()
    saved = tmp_path / "bundle.json"
    waiting.value.save_as(saved)
    command = [sys.executable, "-m", "saiken", "verify", str(saved)]
    assert subprocess.run(command, env=places, capture_output=True, check=False).returncode == 0
    saved.write_bytes(saved.read_bytes().replace(b"1202", b"1203"))
    assert subprocess.run(command, env=places, capture_output=True, check=False).returncode != 0


def test_panels_show_what_is_likely_and_how_rare_it_is(visit: Visit) -> None:
    page = visit().go("/?as_of=2026-01-25")
    check(page, "Japan's holdings of Treasuries fell in December 2025.")
    panel = page.locator(".panel:visible")
    expect(panel).to_contain_text("Nowcast")
    expect(panel.locator("[data-chart] svg")).to_contain_text("nowcast, 2025-12")
    page.goto(page.url.partition("/?")[0] + ASKED)
    expect(page.locator(".panel:visible .surface")).to_contain_text("by how many months they last")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_a_link_to_itself_and_says_how_it_was_computed(
    visit: Visit, name: str
) -> None:
    page = visit().go(PAGES[name])
    if name not in {"method", "api"}:
        link = page.locator("#link").get_attribute("href")
        assert link == page.url
    page.get_by_role("link", name="How was this computed?").click()
    expect(page.locator("h1")).to_contain_text("How an answer is computed")
    _, _, place = page.url.partition("#")
    assert not place or page.locator(f"#{place}").count() == 1


def test_a_japanese_text_turns_the_frame_and_an_english_one_turns_it_back(visit: Visit) -> None:
    page = visit().go("/?as_of=2026-01-25")
    check(page, "日本は米国債を1.2兆ドル投げ売りしている。")
    expect(page.locator("#names")).to_contain_text("検証")
    expect(page.locator("#heading")).to_have_text("文章の検証")
    expect(page.locator(".panels .close")).to_have_text("閉じる")
    page.fill("#text", HEADLINE)
    page.click("#check")
    expect(page.locator("#heading")).to_have_text("Check a text")
    expect(page.locator("#names")).to_contain_text("Check")


def test_the_same_day_twice_is_one_step_back(visit: Visit) -> None:
    page = visit().go(ASKED)
    page.fill("#as_of", "2026-03-01")
    page.dispatch_event("#as_of", "change")
    expect(page).to_have_url(re.compile("as_of=2026-03-01"))
    page.dispatch_event("#as_of", "change")
    page.wait_for_load_state("networkidle")
    page.go_back()
    expect(page).to_have_url(re.compile("as_of=2026-01-25"))


def test_two_days_without_a_figure_have_no_chart(visit: Visit) -> None:
    page = visit().go("/compare?series=tic/holdings/JP&as_of=1999-01-01&also=1999-02-01")
    expect(page.locator("main")).to_contain_text("No figure of it had been published by then.")
    expect(page.locator("[data-chart]")).to_have_count(0)
