from __future__ import annotations

import polars as pl
import pytest

from tests.pages.conftest import Open, words
from tests.published import golden_pick
from view import numbers
from warehouse import read


@pytest.mark.parametrize("indicator", ["R1", "R4", "R6"])
def test_first_line_names_the_indicator_and_counts_its_schools(open_page: Open, indicator: str) -> None:
    pick = golden_pick()
    row = (
        read.balance(pick.snapshot, "national_2017", 2024)
        .filter((pl.col("stage") == "primary") & (pl.col("indicator_code") == indicator))
        .to_dicts()[0]
    )
    shown = words(open_page("indicators", stage="primary", indicator=indicator))
    assert pick.names.indicator_name("national_2017", "primary", indicator) in shown
    assert f"{row['schools']} 所中 {row['schools_met']} 所达标" in shown


def test_every_school_stands_in_the_table_with_its_value(open_page: Open) -> None:
    pick = golden_pick()
    shown = words(open_page("indicators", stage="primary", indicator="R5"))
    rows = read.schools(pick.snapshot, "national_2017", 2024, "primary", "R5").to_dicts()
    assert rows
    for row in rows:
        assert row["school_name"] in shown
        assert numbers.number(row["value"], 2) in shown
    assert f"下载当前 {len(rows)} 行" in shown


def test_largest_shortfall_comes_first_and_the_unknown_before_those_that_meet_it() -> None:
    pick = golden_pick()
    for code in ("R1", "R3", "R5", "R7"):
        rows = read.schools(pick.snapshot, "national_2017", 2024, "primary", code).to_dicts()
        order = [0 if (row["shortfall"] or 0) > 0 else 1 if row["value"] is None else 2 for row in rows]
        assert order == sorted(order)
        lacking = [row["shortfall"] for row in rows if (row["shortfall"] or 0) > 0]
        assert lacking == sorted(lacking, reverse=True)


@pytest.mark.parametrize("group", ["area_type", "township", "school_type", "ownership"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_groups_and_formula_are_shown_in_both_languages(open_page: Open, group: str, lang: str) -> None:
    shown = words(open_page("indicators", stage="primary", indicator="R5", group=group, lang=lang))
    pick = golden_pick()
    groups = read.groups(pick.snapshot, "national_2017", "primary", "R5", group)
    for row in groups.filter(pl.col("school_year") == 2024).to_dicts():
        if lang == "zh":
            assert row["group_name"] in shown
    assert "CV = S ÷ X" in shown


def test_a_standard_without_thresholds_shows_values_and_no_shortfalls(open_page: Open) -> None:
    shown = words(open_page("indicators", standard="national_2012", stage="primary", indicator="B1"))
    assert "到标准缺" not in shown
    assert "差异系数" in shown


def test_the_address_keeps_stage_and_indicator(open_page: Open) -> None:
    test = open_page("indicators", stage="junior", indicator="R7", year="2024")
    assert test.query_params["indicator"] == "R7"
    assert test.query_params["stage"] == "junior"
