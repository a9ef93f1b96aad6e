from __future__ import annotations

import pytest

from tests.marts.consortiums import county
from tests.pages.conftest import Open, words
from warehouse.home import Home
from warehouse.refresh import refresh


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("consortiums"))
    county().land(home, "I000001")
    assert refresh(home).failures == []
    return home


def shown(open_page: Open, home: Home, **ids: str) -> str:
    return words(open_page("consortium", home=home.root, year="2023", **ids))


def test_all_stand_side_by_side_first(open_page: Open, home: Home) -> None:
    page = shown(open_page, home)
    assert "3 个共同体" in page
    assert "差距 1 项缩小，1 项扩大" in page
    for name in ("A共同体", "B共同体", "C共同体"):
        assert name in page
    assert "九个统一" in page or "课程表" in page


def test_one_says_what_is_owed_by_whom_and_what_to_ask(open_page: Open, home: Home) -> None:
    page = shown(open_page, home, consortium="A")
    assert "示范课" in page and "1/15*" in page
    assert "应 2，做了 0。其余排在什么时候、由谁负责？" in page
    assert "邻县中学不在本县学校名册中" in page
    assert "不证明因果" in page
    assert "成员校与成立时不同" in page


def test_gap_and_score_open_their_basis(open_page: Open, home: Home) -> None:
    page = shown(open_page, home, consortium="B")
    assert "小学县级以上骨干教师数 R2" in page
    assert "扩大 50%" in page
    assert "捆绑得分 43.4（已计分权重 60 ÷ 100）" in page
    assert "满意份数占有效问卷的比例：360 ÷ 400" in page
    assert "没有数据，不计分" in page


def test_a_term_without_a_log_is_asked_about_and_not_counted_as_nothing(open_page: Open, home: Home) -> None:
    page = shown(open_page, home, consortium="C")
    assert "没有报活动记录：是没有做，还是没有报？" in page
    assert "–" in page and "—/1" in page


@pytest.mark.parametrize("consortium", ["all", "A", "B", "C"])
def test_the_page_speaks_english(open_page: Open, home: Home, consortium: str) -> None:
    page = shown(open_page, home, consortium=consortium, lang="en")
    assert {"all": "Side by side", "A": "What to ask the lead principal"}.get(
        consortium, "Member schools"
    ) in page


def test_a_county_without_consortiums_is_told_how_to_begin(open_page: Open) -> None:
    page = words(open_page("consortium"))
    assert "这一学年没有共同体" in page
    assert "junheng example" in page
    assert "责任清单" in page


def test_overview_links_to_them_and_is_silent_without(open_page: Open, home: Home) -> None:
    assert "共同体：3 个，覆盖 85.7% 的学校" in words(open_page("overview", home=home.root, year="2023"))
    assert "看各共同体" not in words(open_page("overview"))
