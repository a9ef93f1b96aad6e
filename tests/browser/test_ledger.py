"""Two people edit one entry at once, each in a browser of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from office import ledger
from tests.browser.conftest import serving
from tests.published import golden_home
from tests.shared import copied
from workspace.ledger import Draft

pytestmark = pytest.mark.needs("chromium")


def write(page: Page, name: str, **fields: str) -> None:
    page.get_by_label("姓名").first.fill(name)
    for label, text in fields.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="保存", exact=True).click()


def test_two_browsers_at_one_entry_lose_no_word(browser: Browser, tmp_path: Path, quick_disk: None) -> None:
    home = copied(golden_home(), tmp_path / "own")
    ledger.enter(home, [Draft("item", code="G5", title="班级学生数", problem="两个班超过45人")], "王芳")
    with serving(home.root) as address:
        pages = [browser.new_context().new_page() for _who in range(2)]
        for page in pages:
            page.goto(f"{address}/ledger?entry=1")
            page.get_by_role("button", name="保存", exact=True).wait_for(timeout=60_000)
        first, second = pages
        write(first, "王芳", 进展="已分班", 责任人="赵刚")
        expect(first.get_by_text("修改历史")).to_be_visible(timeout=30_000)
        write(second, "李强", 进展="秋季起分班", 整改措施="新增两个班")
        expect(second.get_by_text("有两种写法，都保留着")).to_be_visible(timeout=30_000)
        for said in ("已分班", "秋季起分班", "王芳（未核验）", "李强（未核验）"):
            expect(second.get_by_text(said).first).to_be_visible()
        row = ledger.find(home, 1)
        assert (row["progress"], row["responsible_person"], row["measure"], row["conflicts"]) == (
            "已分班", "赵刚", "新增两个班", 1,
        )  # fmt: skip
        second.get_by_role("button", name="用合成的").click()
        expect(second.get_by_text("与他人同时修改").first).to_be_visible(timeout=30_000)
        assert ledger.find(home, 1)["progress"] == "已分班\n秋季起分班"
