"""The school page against the golden county (docs/golden-county.md)."""

from __future__ import annotations

import polars as pl
import pytest

from tests.pages.conftest import Open, words
from tests.published import golden_pick
from view import charts, charts_school, numbers
from warehouse import records

CENTRAL, NINE_YEAR, COMPLETE, WILLOW, EAST_CAMPUS = (f"10000000{n:02}" for n in (1, 3, 5, 6, 7))
SMALL_POINT, SPECIAL, UNREGISTERED = "1000000008", "1000000010", "1000000099"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("standard", ["national_2017", "national_2012"])
def test_every_indicator_of_every_stage_stands_with_its_value(
    open_page: Open, standard: str, lang: str
) -> None:
    pick = golden_pick(standard=standard)
    shown = words(open_page("school", school=NINE_YEAR, standard=standard, lang=lang))
    rows = records.school_indicators(pick.snapshot, standard, NINE_YEAR)
    assert rows["stage"].n_unique() == 2
    for row in rows.to_dicts():
        decimals = pick.names.indicator(standard, row["stage"], row["indicator_code"])["decimals"]
        assert numbers.number(row["value"], decimals) in shown
        assert f" {row['indicator_code']} " in shown


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "小学未达标：培养或交流县级以上骨干教师 1\u202f人 （到 85%）即可达标"),
        ("en", "Primary is not compliant; it would be with: develop or exchange backbone teachers"),
    ],
)
def test_verdict_names_the_least_repair(open_page: Open, lang: str, said: str) -> None:
    shown = words(open_page("school", school=WILLOW, lang=lang))
    assert " ".join(said.split()) in shown


def test_both_stages_of_a_through_school_are_judged(open_page: Open) -> None:
    shown = words(open_page("school", school=NINE_YEAR))
    assert "小学达标，7 项全部达到标准；初中达标，6 项达到标准，一项不低于 85%" in shown


@pytest.mark.parametrize(
    ("school", "zh", "en"),
    [
        (EAST_CAMPUS, "小学不单独测算：不计校数，并入柳湾小学", "merged into 柳湾小学"),
        (SMALL_POINT, "教学点 49 人，不足 50 人", "a teaching point of 49 pupils"),
        (SPECIAL, "特殊教育学校另有要求", "special schools have requirements of their own"),
    ],
)
def test_schools_outside_the_test_say_why(open_page: Open, school: str, zh: str, en: str) -> None:
    assert zh in words(open_page("school", school=school))
    assert en in words(open_page("school", school=school, lang="en"))


def test_an_incomplete_school_names_what_is_missing(open_page: Open) -> None:
    shown = words(open_page("school", school=COMPLETE, stage="junior"))
    assert (
        "初中缺数据：教学及辅助用房面积、体育运动场馆面积、教学仪器设备值、网络多媒体教室数算不出来" in shown
    )
    assert "高中的在校生数未知，无法按学段拆分" in shown


def test_a_split_figure_opens_to_its_formula_share_and_cells(open_page: Open) -> None:
    shown = words(open_page("school", school=NINE_YEAR, stage="junior", indicator="R5"))
    for part in (
        "体育运动场馆面积 ÷ 在校生数",
        "4,719.3548 ÷ 500",
        "9.44 < 10.2",
        "9.44 ≥ 8.67",
        "10.2 × 500 − 4,719.3548 缺 381 m²",
        "本学段分得 35.5%",
        "运动场地面积 13,000 35.5% 办学条件.csv",
    ):
        assert part in shown


def test_a_merged_figure_lists_the_cells_of_every_site(open_page: Open) -> None:
    pick = golden_pick()
    shown = words(open_page("school", school=WILLOW, indicator="R4"))
    cells = records.lineage(pick.snapshot, "national_2017", 2024, WILLOW).filter(
        pl.col("indicator_code") == "R4"
    )
    assert cells["site_code"].n_unique() == 2
    assert "合并了 1 处不计校数的校点" in shown
    for cell in cells.to_dicts():
        assert f"{numbers.exact(cell['amount'], 2)} " in shown
        assert (
            f"{cell['file_name']} — {cell['row_number']} {cell['column_name']} {cell['raw_value']}" in shown
        )
    assert "柳湾小学东校区" in shown
    assert f"下载当前 {cells.height} 行" in shown


@pytest.mark.parametrize("stage", ["primary", "junior"])
def test_trace_adds_up_to_the_value(stage: str) -> None:
    """What the panel lists is what the mart divided: signed cells × share = numerator and denominator."""
    pick = golden_pick()
    rows = records.school_indicators(pick.snapshot, "national_2017", NINE_YEAR)
    cells = records.lineage(pick.snapshot, "national_2017", 2024, NINE_YEAR)
    for row in rows.filter(pl.col("stage") == stage).to_dicts():
        own = cells.filter((pl.col("stage") == stage) & (pl.col("indicator_code") == row["indicator_code"]))
        sums = dict(own.group_by("role").agg((pl.col("amount") * pl.col("share")).sum()).iter_rows())
        assert sums["numerator"] == pytest.approx(row["numerator"])
        assert sums["denominator"] == pytest.approx(row["denominator"])


def test_2012_shows_values_and_places_without_thresholds(open_page: Open) -> None:
    shown = words(open_page("school", school=CENTRAL, standard="national_2012"))
    assert "不逐校检验" in shown
    assert "85%" not in shown.replace("虚线为 85%", "")
    assert "第 1 / 9 位" in shown or "/ 9 位" in shown


def test_trends_name_what_fell_and_show_both_years(open_page: Open) -> None:
    shown = words(open_page("school", school=CENTRAL))
    assert "2023: " in shown
    assert "2024: " in shown


def test_a_school_without_a_register_says_so(open_page: Open) -> None:
    shown = words(open_page("school", school=UNREGISTERED))
    assert "临时登记，等待学校名册" in shown
    assert "D301" in shown


def test_a_year_without_the_school_leads_to_the_years_it_has(open_page: Open) -> None:
    shown = words(open_page("school", school=WILLOW, year="2023"))
    assert "2023—2024学年没有柳湾小学的登记" in shown
    assert "2024—2025学年" in shown


def test_without_a_choice_the_school_most_in_need_opens(open_page: Open) -> None:
    pick = golden_pick()
    first = records.first_school(pick.snapshot, "national_2017", 2024, "primary")
    assert first == "1000000002"
    assert "松河镇第二小学" in words(open_page("school", stage="primary"))


def test_strip_has_every_field_it_draws() -> None:
    pick = golden_pick()
    places = records.school_places(pick.snapshot, "national_2017", 2024)
    rows = charts_school.place_rows(places, "national_2017", NINE_YEAR, "primary", pick.names)
    assert charts.fields("school_place") <= set(rows.columns)
    assert rows.filter("is_here").height == 7
    assert rows["place"].drop_nulls().len() == 7
