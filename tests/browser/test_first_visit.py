"""The first reader of a server just started, who comes by a link to one page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import serving
from tests.published import golden_home

pytestmark = [pytest.mark.needs("chromium")]
WATCH_THE_MENU = """
window.menus = new Set();
new MutationObserver(() => document.querySelectorAll('[data-testid="stSidebarNavLink"]')
    .forEach(link => window.menus.add(link.innerText.trim()))
).observe(document, {childList: true, subtree: true, characterData: true});
"""


def test_a_link_as_the_first_request_shows_its_page_under_our_menu(browser: Browser) -> None:
    with serving(golden_home().root) as address:
        page = browser.new_page()
        page.add_init_script(WATCH_THE_MENU)
        page.goto(f"{address}/glossary")
        expect(page.locator(".crumb")).to_contain_text("指标说明", timeout=90_000)
        seen = set(page.evaluate("[...window.menus]"))
    assert "总览" in seen
    assert not seen & {"app", "overview", "glossary"}
