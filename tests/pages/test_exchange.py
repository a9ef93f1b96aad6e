from __future__ import annotations

import polars as pl
import pytest

from tests.pages.conftest import Open, words
from tests.published import golden_pick
from view import numbers
from warehouse import exchanges

SCHOOL = "1000000013"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_rates_stand_against_their_requirement(open_page: Open, lang: str) -> None:
    row = exchanges.rates(golden_pick().snapshot, "county", exchanges.COUNTY).to_dicts()[-1]
    shown = words(open_page("exchange", stage="junior", lang=lang))
    assert (row["exchanged"], row["eligible"], row["backbone_exchanged"]) == (2, 6, 1)
    assert numbers.percent(row["exchange_rate"]) in shown
    assert numbers.percent(row["backbone_share"]) in shown
    assert ("要求 20%，达到" if lang == "zh" else "required 20%, met") in shown
    unsure = "要求 10%，缺数据，暂不能判定" if lang == "zh" else "required 10%, not certain for want of data"
    assert unsure in shown, "eleven schools sent no roster: the inspection's G11 says the same"


@pytest.mark.parametrize(
    ("lang", "sentence"), [("zh", "2 人中 2 人到了乡村学校"), ("en", "2 of 2 went to rural schools")]
)
def test_flows_kinds_and_schools_are_shown(open_page: Open, lang: str, sentence: str) -> None:
    shown = words(open_page("exchange", stage="junior", lang=lang))
    assert sentence in shown
    assert ("走教" if lang == "zh" else "Travelling teaching") in shown
    assert "河口初级中学" in shown
    assert ("11 所校（点）没有教师名册" if lang == "zh" else "11 schools or sites sent no roster") in shown


def test_who_can_go_next_year_is_listed_by_school_and_masked(open_page: Open) -> None:
    pick = golden_pick()
    found = exchanges.candidates(pick.snapshot, 2024, SCHOOL)
    shown = words(open_page("exchange", stage="junior"))
    assert found.height == 7
    assert "****0001" in shown
    assert "教师1" not in shown
    assert f"下载当前 {found.height} 行" in shown


def test_the_switch_tells_what_would_change(open_page: Open) -> None:
    pick = golden_pick(stage="junior")
    found = exchanges.effects(pick.snapshot, pick.standard, 2024, "junior")
    moved = found.filter(pl.col("school_code") == SCHOOL).to_dicts()
    assert {row["indicator_code"] for row in moved} == {"R1", "R2"}
    shown = words(open_page("exchange", stage="junior"))
    assert "教职工统计报来的数照报来的计" in shown
    for row in moved:
        assert numbers.number(row["host_value"], 2) in shown


def test_a_year_without_a_word_of_exchange_says_what_to_do(open_page: Open) -> None:
    shown = words(open_page("exchange", year="2023"))
    assert "这一学年没有交流数据" in shown
    assert "导入“交流轮岗”表" in shown


def test_the_overview_rolls_both_rates_up_where_exchange_is_known(open_page: Open) -> None:
    assert "交流教师占符合条件教师" in words(open_page("overview"))
    assert "交流教师占符合条件教师" not in words(open_page("overview", year="2023"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_staff_tells_training_certificates_and_subjects(open_page: Open, lang: str) -> None:
    found = exchanges.staff(golden_pick().snapshot, "county", exchanges.COUNTY, "all")
    items = {row["item_code"]: row for row in found.to_dicts() if row["item_kind"] == "item"}
    assert (items["training"]["numerator"], items["training"]["denominator"]) == (5, 6)
    assert (items["certificate"]["numerator"], items["certificate"]["short"]) == (6, 1)
    assert (items["outside_subject"]["numerator"], items["outside_subject"]["denominator"]) == (1, 7)
    shown = words(open_page("teachers", stage="junior", lang=lang))
    for code in ("training", "certificate"):
        assert numbers.percent(items[code]["share"], 2) in shown
    assert numbers.percent(items["outside_subject"]["share"]) in shown
    assert "河口初级中学" in shown


def test_a_year_without_a_roster_says_so(open_page: Open) -> None:
    assert "这一学年没有教师名册" in words(open_page("teachers", year="2023"))
