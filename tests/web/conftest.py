"""The real server in a process of its own, and a real Chromium that may talk to nothing else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from web_site import Site, Watched, serving

SOURCE = Path(__file__).parents[2] / "src"
expect.set_options(timeout=30_000)  # a busy machine is no reason to fail
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An empty archive, and a cache that all servers of a session share."""
    here = tmp_path_factory.mktemp("web")
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(here / "home"),
        "PYTHONPATH": str(SOURCE),
        "SAIKEN_HOME": str(here / "archive"),
        "SAIKEN_CACHE": str(here / "cache"),
    }


@pytest.fixture(scope="session")
def site(places: dict[str, str]) -> Iterator[Site]:
    with serving(places) as running:
        # Packing the chart library takes a while, once.
        assert running.get("/static/vega.js").status == 200
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        told = "no Chromium: on Debian and Ubuntu, apt-get install chromium"
        pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Generator[Callable[..., Watched]]:
    """`visit(width=…, height=…, color_scheme=…)`: a page of a new visitor; fails on any trouble."""
    pages: list[Watched] = []
    contexts = []

    def make(width: int = 1280, height: int = 900, **options: Any) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        watched = Watched(context.new_page(), site)
        watched.page.set_default_timeout(30_000)
        watched.page.on("console", watched.said)
        watched.page.on("pageerror", lambda error: watched.troubles.append(str(error)))
        context.on("request", watched.asked)
        pages.append(watched)
        return watched

    yield make
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert [trouble for watched in pages for trouble in watched.troubles] == []
    assert cookies == []
