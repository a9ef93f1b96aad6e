"""A walk over the examinations' page in a real browser: from the verdict to a school, and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import serving
from tests.examined import TINY, examined_home

pytestmark = [pytest.mark.needs("chromium")]
PAPER = f"/quality?exam=E3&grade=5&subject={quote('语文')}"
WAIT = 30_000


@pytest.fixture(scope="module")
def examined() -> Iterator[str]:
    """The address of a server on the county with examinations."""
    with serving(examined_home().root) as address:
        yield address


def test_walk_from_the_verdict_to_a_school_s_exams(browser: Browser, examined: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{examined}{PAPER}")
    expect(page.locator("h1")).to_contain_text("五年级语文平均分", timeout=WAIT)
    expect(page.locator('[data-testid="stVegaLiteChart"]').first).to_be_visible(timeout=WAIT)
    row = page.locator(".jh tbody tr", has_text=TINY).first
    expect(row).to_contain_text("人数过少，不显示", timeout=WAIT)
    page.locator(".jh tbody th a", has_text="松河镇中心小学").first.click()
    page.wait_for_function("location.pathname === '/school'", timeout=WAIT)
    expect(page.locator("h1").first).to_contain_text("松河镇中心小学", timeout=WAIT)
    expect(page.get_by_text("第3次测试").first).to_be_visible(timeout=WAIT)
    page.close()


def test_nothing_is_cut_on_a_phone(browser: Browser, examined: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{examined}{PAPER}&lang=en")
    expect(page.locator("h1")).to_be_visible(timeout=WAIT)
    expect(page.locator('[data-testid="stVegaLiteChart"]').first).to_be_visible(timeout=WAIT)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
