"""A director supposes something, keeps it, and looks at the other plans."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.needs("chromium")]
WAIT = 20_000


def test_a_step_is_added_in_the_browser_and_stays_marked_as_supposed(visit: Callable[..., Page]) -> None:
    page = visit("/what_if?step=teachers")
    expect(page.locator(".supposed")).to_contain_text("假设，不是公布的数据", timeout=WAIT)
    page.get_by_role("button", name="加入这一步").click()
    expect(page.locator("h1")).to_contain_text("假设 1 步之后", timeout=WAIT)
    with page.expect_download() as caught:
        page.get_by_role("button", name="下载 Excel").click()
    assert caught.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize(("path", "said"), [("/investment", "投入"), ("/projection", "维持现状")])
def test_plans_are_drawn_on_a_narrow_screen(visit: Callable[..., Page], path: str, said: str) -> None:
    page = visit(path, width=390, height=844)
    expect(page.locator("h1")).to_contain_text(said, timeout=WAIT)
    expect(page.locator(".jh .source")).to_be_visible(timeout=WAIT)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
