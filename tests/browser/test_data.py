"""An analyst's journeys on the data page in a real browser: from a file to what changed, and back."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import fastexcel
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serving
from tests.golden.build import HERE
from tests.published import golden_home
from tests.shared import copied
from warehouse import actions
from warehouse.home import Home

pytestmark = [pytest.mark.needs("chromium")]
Go = Callable[[str], Page]
WAIT, COMPUTED = 90_000, 300_000
DROP = """(text) => {
  const data = new DataTransfer();
  data.items.add(new File([text], '办学条件.csv', { type: 'text/csv' }));
  return data;
}"""


@pytest.fixture
def own(tmp_path: Path) -> Home:
    """A copy of the golden county that a journey may change."""
    return copied(golden_home(), tmp_path / "own")


@pytest.fixture
def go(browser: Browser, own: Home) -> Iterator[Go]:
    """Return a function that opens an address of a server on the copy."""
    with serving(own.root) as address:
        page = browser.new_page(viewport={"width": 1440, "height": 1000}, accept_downloads=True)

        def opened(path: str) -> Page:
            page.goto(f"{address}{path}")
            page.wait_for_selector("h1", timeout=WAIT)
            return page

        yield opened
        page.close()


def flipping() -> str:
    """The county's conditions with the equipment of this year all but gone."""
    head, *lines = (HERE / "input" / "办学条件.csv").read_text(encoding="utf-8").splitlines()
    at = next(place for place, name in enumerate(head.split(",")) if name.startswith("教学仪器设备资产值"))
    rows = [line.split(",") for line in lines]
    for row in rows:
        row[at] = "1" if row[at] and row[0] == "2024" else row[at]
    return "\n".join([head, *(",".join(row) for row in rows)]) + "\n"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def upload(page: Page, name: str, text: str) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )
    expect(page.get_by_test_id("stFileUploader")).to_contain_text(name, timeout=WAIT)
    press(page, "检查文件")


def becomes(wanted: actions.Snapshot, home: Home) -> bool:
    """True once the published snapshot is the one wanted, within a minute."""
    for _try in range(120):
        if actions.current(home) == wanted:
            return True
        time.sleep(0.5)
    return False


def downloaded(page: Page, label: str) -> bytes:
    with page.expect_download(timeout=WAIT) as caught:
        page.get_by_role("button", name=label).click()
    return Path(caught.value.path()).read_bytes()


def test_from_a_dropped_file_to_what_changed_and_back(go: Go, own: Home) -> None:
    first = actions.current(own)
    assert first is not None
    page = go("/data?part=import")
    zone = page.get_by_test_id("stFileUploaderDropzone")
    assert not {"Drag", "Browse", "Upload", "Limit"} & set(zone.inner_text().split())
    words = "e => getComputedStyle(e, '::before').content"
    told = page.get_by_test_id("stFileUploaderDropzoneInstructions").evaluate(words)
    assert told == '"把文件拖到这里，或点按钮选择"'
    zone.dispatch_event("drop", {"dataTransfer": page.evaluate_handle(DROP, flipping())})
    expect(page.get_by_test_id("stFileUploader")).to_contain_text("办学条件.csv", timeout=WAIT)

    press(page, "检查文件")
    expect(page.get_by_text("预览：认出 1 张表").first).to_be_visible(timeout=WAIT)
    press(page, "试算：哪些判定会翻转")
    expect(page.get_by_text("正在计算：").first).to_be_visible(timeout=COMPUTED)
    expect(page.get_by_text("所学校的判定会翻转。现在什么也没有改变").first).to_be_visible(timeout=COMPUTED)
    expect(page.locator("th", has_text="判定翻转的学校").first).to_be_visible(timeout=WAIT)
    assert actions.current(own) == first

    press(page, "导入")
    expect(page.get_by_text("没有退回。下一步：刷新").first).to_be_visible(timeout=WAIT)
    press(page, "刷新并发布")
    expect(page.get_by_text("正在计算：").first).to_be_visible(timeout=COMPUTED)
    expect(page.get_by_text("这次刷新改变了什么").first).to_be_visible(timeout=COMPUTED)
    expect(page.locator("th", has_text="判定翻转的学校").first).to_be_visible(timeout=WAIT)
    second = actions.current(own)
    assert second is not None
    assert second.id != first.id

    page.get_by_text("已发布的数据", exact=True).click()
    press(page, "比较")
    expect(page.get_by_text(f"从 {first.id} 到 {second.id}").first).to_be_visible(timeout=WAIT)
    page.get_by_label("名称", exact=True).fill("2024年上报")
    page.get_by_text("我确认：这就是上报的版本").click()
    press(page, "封存")
    expect(page.get_by_text("■ 2024年上报").first).to_be_visible(timeout=WAIT)
    press(page, "回退到此")
    expect(page.get_by_text("自封存“2024年上报”以来").first).to_be_visible(timeout=WAIT)
    assert becomes(first, own)


def test_unknown_headers_are_mapped_and_a_refused_row_comes_back_in_a_workbook(go: Go, own: Home) -> None:
    page = go("/data?part=import")
    head = "统计学年度,单位标识,学段类别,学生人数总计,班数,教学辅助用房面积合计"
    rows = "2024,1000000001,小学,2000,44,9400\n2024,1000000002,小学,约六百,14,2898\n"
    upload(page, "本县台账.csv", f"{head}\n{rows}")
    expect(page.get_by_text("没有认出的表：本县台账.csv").first).to_be_visible(timeout=WAIT)
    page.get_by_label("单位标识").click()
    page.get_by_role("option", name="学校标识码", exact=True).click()
    press(page, "记住并重新检查")
    expect(page.get_by_text("预览：认出 1 张表，可入库 1 行，退回 1 行").first).to_be_visible(timeout=WAIT)
    press(page, "导入")
    expect(page.get_by_text("入库 1 行，退回 1 行").first).to_be_visible(timeout=WAIT)
    book = fastexcel.read_excel(downloaded(page, "下载错误工作簿"))
    sheets = [book.load_sheet(name).to_polars() for name in book.sheet_names]
    assert "约六百" in {str(cell) for sheet in sheets for row in sheet.rows() for cell in row}
    assert "单位标识" in (own.parameters / "imports" / "columns.csv").read_text(encoding="utf-8")


def test_findings_go_back_to_the_schools_and_one_is_waived(go: Go, own: Home) -> None:
    page = go("/data?part=issues")
    with zipfile.ZipFile(io.BytesIO(downloaded(page, "下载压缩包"))) as packed:
        names = packed.namelist()
        assert all(fastexcel.read_excel(packed.read(name)).sheet_names[0] == "目录" for name in names)
    assert f"{sum(name != '不属于某一所学校.xlsx' for name in names)} 所" in page.content()
    page.locator(".jh a", has_text="豁免").first.click()
    page.get_by_label("理由").first.fill("到校核实，情况属实")
    page.get_by_label("姓名").first.fill("李老师")
    press(page, "豁免")
    expect(page.locator("h1")).to_contain_text("1 个问题已豁免", timeout=WAIT)
    expect(page.get_by_text("刷新后生效").first).to_be_visible(timeout=WAIT)
    (kept,) = actions.waivers(own)
    assert (kept["reason"], kept["waived_by"], kept["state"]) == ("到校核实，情况属实", "李老师", "pending")
