"""The inspection's page and the standards side by side, as a reader opens them."""

from __future__ import annotations

import pytest

from office import inspection
from tests.pages.conftest import Open, words
from tests.published import golden_home, golden_pick
from view import inspection_words as say
from view import numbers, texts
from warehouse import read_inspection

ROOMS = "松河镇中心小学"


def asked() -> list[dict[str, object]]:
    pick = golden_pick()
    return inspection.items(golden_home(), pick.snapshot, pick.standard, 2024).to_dicts()


@pytest.mark.parametrize(
    ("lang", "verdict", "tight"),
    [
        ("zh", "32 项中 12 项达标、8 项未达标、12 项缺数据", "达标的 12 项里 5 项险过"),
        ("en", "Of 32 items 12 are met, 8 are not and 12 lack data", "Of the 12 items met, 5 hold by a hair"),
    ],
)
def test_the_first_lines_say_what_holds_and_by_how_little(
    open_page: Open, lang: str, verdict: str, tight: str
) -> None:
    shown = words(open_page("inspection", lang=lang))
    assert verdict in shown
    assert tight in shown.replace(" ：", "：")
    assert ("G4 余 0 人（松河镇中心小学）" if lang == "zh" else "G4 0 pupils to spare") in shown.replace(
        "\u202f", " "
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_item_is_listed_with_its_figure_and_status(open_page: Open, lang: str) -> None:
    page = open_page("inspection", lang=lang)
    shown = words(page)
    rows = asked()
    assert len(rows) == 42
    for row in rows:
        assert f"{say.name(row)} " in shown
    assert "94.950%" in shown, "a rate that rounds to 95.0% must not look as if it held"
    assert f"{numbers.number(8)}/{numbers.number(13)}" in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_item_opens_with_wording_limits_and_the_schools_concerned(open_page: Open, lang: str) -> None:
    shown = words(open_page("inspection", item="G3", lang=lang))
    if lang == "zh":
        assert "每间音乐专用教室面积不小于96平方米" in shown
        assert "音乐教室面积够的 1 间，需 4 间，缺 3 间" in shown
        assert "下载当前 24 行" in shown
    else:
        assert "one art room (90 m² or more) per 12 classes" in shown
        assert "Music: 1 rooms of sufficient area, 4 needed, 3 short" in shown
    assert ROOMS in shown


def test_the_filter_leaves_what_is_to_be_done_next(open_page: Open) -> None:
    shown = words(open_page("inspection", todo="supply"))
    assert "G5 班级学生数" in shown
    assert "G10 编制统筹 ○" not in shown
    assert "下载当前 17 行" in shown


def test_next_steps_follow_status_margin_and_papers() -> None:
    row = {"status": "met", "basis": "declared", "evidence_count": 0, "is_tight": False}
    assert say.step(row) == "evidence"
    assert say.step(row | {"evidence_count": 1}) == "steady"
    assert say.step(row | {"basis": "computed", "is_tight": True}) == "guard"
    assert say.step(row | {"status": "not_met"}) == "mend"
    assert say.step(row | {"status": "missing"}) == "supply"


def test_a_declared_statement_and_its_paper_stand_beside_the_figure(open_page: Open) -> None:
    shown = words(open_page("inspection", item="V4"))
    assert "结论 2（两所学校长期聘用编外教师）" in shown
    assert "填报 2 起" in shown


def test_the_standard_of_2012_asks_no_such_items(open_page: Open) -> None:
    shown = words(open_page("inspection", standard="national_2012"))
    assert "这一标准没有 32 项迎检指标" in shown


def test_each_kept_snapshot_tells_the_item_s_status() -> None:
    found = inspection.history(golden_home(), "national_2017", 2024, "G3").to_dicts()
    assert [row["status"] for row in found] == ["not_met"]


@pytest.mark.parametrize(
    ("lang", "said", "why"),
    [
        ("zh", "按优质均衡 2 个学段中 0 个达到", "用房 4.50：够 4.5，不够 5"),
        ("en", "by Quality balance 0 of 2 stages hold", "Rooms 4.50: reaches 4.5, not 5"),
    ],
)
def test_three_rulers_say_what_flips_and_why(open_page: Open, lang: str, said: str, why: str) -> None:
    shown = words(open_page("rulers", lang=lang))
    assert said in shown
    assert why in shown
    assert "G4" in shown and "G7" in shown


def test_margins_are_whole_units() -> None:
    texts.use("zh")
    rows = {row["item_code"]: row for row in asked()}
    assert say.margin(rows["G4"]).replace("\u202f", " ") == "余 0 人"
    assert say.margin(rows["G8"]).replace("\u202f", " ") == "差 500 元"
    assert say.margin(rows["Q2"]).replace("\u202f", " ") == "余 1 人"


def test_no_day_is_set_until_the_county_sets_one() -> None:
    assert read_inspection.day_set(golden_pick().snapshot) is None
    assert inspection.days_left(golden_pick().snapshot) is None
