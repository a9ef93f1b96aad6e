"""A walk over the inspection's page in a real browser, on the golden county."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.needs("chromium")]
Visit = Callable[..., Page]
WAIT = 20_000


def test_walk_from_a_tile_to_the_school_concerned(visit: Visit) -> None:
    page = visit("/inspection")
    expect(page.locator("h1")).to_contain_text("32 项中", timeout=WAIT)
    expect(page.locator(".jh .tile")).to_have_count(42, timeout=WAIT)
    page.locator(".jh .tile", has_text="G3").locator("a").click()
    page.wait_for_function("location.search.includes('item=G3')", timeout=WAIT)
    expect(page.locator(".jh.opened h2")).to_contain_text("音乐、美术专用教室", timeout=WAIT)
    expect(page.locator(".jh .tile.here")).to_contain_text("G3")
    page.get_by_text("补数据").first.click()
    page.wait_for_function("location.search.includes('todo=supply')", timeout=WAIT)
    assert parse_qs(urlparse(page.url).query)["item"] == ["G3"]
    school = page.locator(".jh tbody th a", has_text="松河镇中心小学").first
    expect(school).to_be_visible(timeout=WAIT)
    school.click()
    expect(page.locator("h1").first).to_contain_text("松河镇中心小学", timeout=WAIT)
    assert urlparse(page.url).path == "/school"
