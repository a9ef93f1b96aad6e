"""A personnel officer asks for a plan in a real browser, on the golden county."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.needs("chromium")]
WAIT = 60_000


def test_walk_from_a_wish_to_the_moves_and_the_people(visit: Callable[..., Page]) -> None:
    page = visit("/exchange_plan?stage=junior")
    expect(page.locator("h1")).to_contain_text("最少调动多少教师", timeout=WAIT)
    for goal in ("逐校达标（R1—R3，七项合看）", "差异系数（R1—R3）", "交流比例和骨干占比"):
        page.get_by_role("button", name=goal).click()
    page.get_by_text("限制", exact=True).click()
    page.get_by_text("允许丢掉现在已达到的项").click()
    page.get_by_label("派出后初中每班教师").fill("0")
    page.get_by_role("button", name="测算", exact=True).click()
    expect(page.locator("h1")).to_contain_text("交流 1 人", timeout=WAIT)
    expect(page.locator(".jh table").filter(has_text="为什么要这一项")).to_contain_text(
        "交流比例不够", timeout=WAIT
    )
    with page.expect_download(timeout=WAIT) as download:
        page.get_by_role("button", name="下载方案（Excel）").click()
    assert download.value.suggested_filename == "exchange_plan_2024.xlsx"
    page.get_by_label("列出可派的教师").click()
    page.get_by_role("option", name="1 · 河口初级中学").click()
    expect(page.locator(".jh table").filter(has_text="编号末四位")).to_contain_text("****0002", timeout=WAIT)
