"""Part `pages`: from a click on a page's navigation link to its picture, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.figures import Figure, Part, percentile
from benchmarks.processes import resident, server

CHROMIUM = "/usr/bin/chromium"
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WARM_UPS = 2
REPETITIONS = 3
COLD_LOADS = 5
AIM_SECONDS = 1.0
SCRIPT = Path(__file__).with_name("painted.js").read_text(encoding="utf-8")
LINKS = '[data-testid="stSidebarNavLink"]'


@dataclass(frozen=True)
class View:
    """One measured click or load, in milliseconds: until painted, until nothing changed any more."""

    painted: float
    settled: float
    charts: int


def measure(home: Path) -> Part:
    """Click through every page of a home's dashboard and time each from click to painted."""
    with server(home) as (address, pid), _browser() as browser:
        first = _load(browser, address)
        page = _open(browser, address)
        paths = page.eval_on_selector_all(LINKS, "links => links.map(link => new URL(link.href).pathname)")
        views = _click_through(page, paths)
        page.close()
        deep = [_load(browser, address + paths[-1 if place % 2 else 1]) for place in range(COLD_LOADS)]
        memory = resident(pid)
    figures = [
        *_figures(views),
        *_loads(first, deep),
        Figure("server's memory after this part", memory, "MB"),
    ]
    return Part("Pages in Chromium", figures, _remarks(views))


def _click_through(page: Page, paths: list[str]) -> dict[str, list[View]]:
    """Click all links in turn, so that every click leaves another page; the first rounds only warm up."""
    views: dict[str, list[View]] = {path: [] for path in paths}
    for repetition in range(WARM_UPS + REPETITIONS):
        for path in [*paths[1:], paths[0]]:
            view = View(**page.evaluate("path => window.junhengClick(path)", path))
            if repetition >= WARM_UPS:
                views[path].append(view)
    return views


def _figures(views: dict[str, list[View]]) -> Iterator[Figure]:
    for path, seen in views.items():
        painted = [view.painted / 1000 for view in seen]
        name = path.strip("/") or "overview"
        yield Figure(f"{name}: click to painted, 90th percentile", percentile(painted, 90), "s", AIM_SECONDS)
        yield Figure(f"{name}: median", percentile(painted, 50), "s")


def _loads(first: View, deep: list[View]) -> Iterator[Figure]:
    yield Figure("very first visit to a server just started", first.painted / 1000, "s")
    yield Figure(
        "a link opened in a new browser, median", percentile((v.painted / 1000 for v in deep), 50), "s"
    )


def _remarks(views: dict[str, list[View]]) -> list[str]:
    charts = ", ".join(f"{path.strip('/') or 'overview'} {seen[-1].charts}" for path, seen in views.items())
    last = max(percentile((view.settled for view in seen), 90) for seen in views.values())
    return [
        f"{REPETITIONS} clicks a page after {WARM_UPS} rounds of warming up. Charts: {charts}.",
        f"The last change to any page's document, 90th percentile of the slowest page: {last:.0f} ms.",
    ]


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


def _open(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.add_init_script(f"({SCRIPT})()")
    page.goto(address)
    page.wait_for_selector(LINKS)
    page.evaluate("() => window.junhengFirst()")
    return page


def _load(browser: Browser, address: str) -> View:
    """Open an address in a browser that has nothing cached; times count from the start of the navigation."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.add_init_script(f"({SCRIPT})()")
    page.goto(address, wait_until="commit")
    page.wait_for_selector(LINKS)
    view = View(**page.evaluate("() => window.junhengFirst()"))
    assert urlsplit(page.url).path == (urlsplit(address).path or "/")
    page.context.close()
    return view
