"""A director's walk in a real browser, on the golden county."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serving
from tests.published import golden_home

pytestmark = [pytest.mark.needs("chromium")]
Visit = Callable[..., Page]
WAIT = 20_000


def ids(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlparse(page.url).query).items()}


def test_walk_from_the_verdict_to_a_failing_school_and_a_download(visit: Visit) -> None:
    page = visit("/")
    expect(page.locator("h1")).to_contain_text("达标", timeout=WAIT)
    school = page.locator(".jh table").first.locator("tbody th a").first
    name = school.inner_text()
    school.click()
    expect(page.locator("h1").first).to_contain_text(name, timeout=WAIT)
    assert urlparse(page.url).path == "/school"
    assert ids(page)["school"]

    page.get_by_role("link", name="资源配置", exact=True).click()
    expect(page.locator("h1")).to_contain_text("所达标", timeout=WAIT)
    rows = page.locator(".jh .scroll.tall tbody tr")
    expect(rows.first).to_be_visible(timeout=WAIT)
    button = page.get_by_test_id("stDownloadButton").get_by_role("button")
    expect(button).to_have_text(f"下载当前 {rows.count()} 行")
    with page.expect_download() as caught:
        button.click()
    content = Path(caught.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    downloaded = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(downloaded) == 1 + rows.count()
    assert [row[0] for row in downloaded[1:]] == rows.locator("th").all_inner_texts()


def test_a_picked_year_stage_and_standard_stay_from_page_to_page(visit: Visit) -> None:
    page = visit("/indicators?year=2023&stage=junior&indicator=R4")
    expect(page.locator(".crumb")).to_contain_text("2023—2024学年", timeout=WAIT)
    page.get_by_role("link", name="校际均衡", exact=True).click()
    expect(page.locator(".crumb")).to_contain_text("校际均衡", timeout=WAIT)
    expect(page.locator(".crumb")).to_contain_text("2023—2024学年", timeout=WAIT)
    page.wait_for_function("location.search.includes('year=2023')", timeout=WAIT)
    assert ids(page)["stage"] == "junior"
    assert ids(page)["indicator"] == "R4"


def test_language_switch_speaks_english_and_writes_it_into_the_address(visit: Visit) -> None:
    page = visit("/balance")
    page.get_by_text("English", exact=True).click()
    expect(page.locator("h1")).to_contain_text("coefficient", timeout=WAIT)
    page.wait_for_function("location.search.includes('lang=en')", timeout=WAIT)


def test_a_link_to_a_page_works_as_the_first_request_of_a_server(visit: Visit, browser) -> None:
    with serving(golden_home().root) as address:
        page = browser.new_page()
        page.goto(f"{address}/indicators?indicator=R5&stage=primary")
        expect(page.locator("h1")).to_contain_text("生均体育运动场馆面积", timeout=WAIT)
        expect(page.get_by_role("link", name="总览", exact=True)).to_be_visible(timeout=WAIT)
        page.close()


@pytest.mark.parametrize("path", ["/", "/indicators", "/balance", "/exchange", "/teachers"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_cut_at_phone_width_and_no_outside_host_is_asked(
    browser, address: str, path: str, lang: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlparse(request.url).hostname or ""))
    page.goto(f"{address}{path}?lang={lang}")
    page.wait_for_selector(".jh .source", timeout=WAIT)
    wide = page.evaluate(
        "[...document.querySelectorAll('.jh h1, .jh p, .jh .bullets, .jh .scroll, .jh svg')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className || e.tagName)"
    )
    assert not wide
    assert hosts <= {"127.0.0.1", ""}
    page.close()


def test_a_printed_page_has_no_side_bar_and_its_table_in_full(visit: Visit) -> None:
    page = visit("/indicators?indicator=R5&stage=primary")
    expect(page.locator(".jh .scroll.tall tbody tr").first).to_be_visible(timeout=WAIT)
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stDownloadButton").first).to_be_hidden()
    clipped = page.evaluate(
        "(() => { const box = document.querySelector('.jh .scroll.tall');"
        " return box.scrollHeight - box.clientHeight })()"
    )
    assert clipped <= 1


def test_walk_from_the_rate_of_exchange_to_a_school_and_the_staff(visit: Visit) -> None:
    page = visit("/exchange?stage=junior")
    expect(page.locator("h1")).to_contain_text("全县交流 2 人", timeout=WAIT)
    expect(page.locator(".jh .flow td.cell b").first).to_have_text("2", timeout=WAIT)
    school = page.locator(".jh table tbody th a", has_text="河口初级中学").first
    school.click()
    expect(page.locator("h1").first).to_contain_text("河口初级中学", timeout=WAIT)
    page.get_by_role("link", name="教师队伍", exact=True).click()
    expect(page.locator("h1")).to_contain_text("培训达标", timeout=WAIT)
    expect(page.locator(".jh .ages").first).to_be_visible(timeout=WAIT)
