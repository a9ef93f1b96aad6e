"""A figure with a corrected cell behind it bears its mark on every page and in every download."""

from __future__ import annotations

import re

import polars as pl
import pytest

from tests.pages.conftest import Open, words
from tests.published import golden_home, golden_pick
from tests.shared import copied
from tests.warehouse.kept_county import republished
from view import attention, balance, indicator, tables, trace
from warehouse import read
from warehouse.home import Home

SCHOOL, OTHER = "1000000003", "1000000001"
HERE = f"school_year = 2024 and school_code = '{SCHOOL}'"
CHANGES = (
    f"update marts.fct_school_indicator set is_corrected = true where {HERE} and indicator_code = 'R6'",
    f"update marts.fct_school_compliance set is_corrected = true where {HERE}",
    "update marts.fct_county_balance set is_corrected = true"
    " where school_year = 2024 and indicator_code in ('R6', 'composite')",
    "update marts.fct_county_verdict set is_corrected = true where school_year = 2024",
    "update marts.fct_group_indicator set is_corrected = true"
    " where school_year = 2024 and indicator_code = 'R6'",
    "update marts.fct_target_progress set is_corrected = true where indicator_code = 'composite'",
    f"""update marts.fct_lineage set is_corrected = true, original_amount = 3700000,
        correction_reason = '漏记一批设备' where {HERE} and input = 'equipment_value_yuan'""",
)
MARK = "※"
TOLD = "※ 含更正的数据（本学年 1 所学校），原值和理由见学校画像"


@pytest.fixture(scope="module")
def corrected_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = copied(golden_home(), tmp_path_factory.mktemp("corrected") / "home")
    republished(home, *CHANGES)
    return home


def marked(shown: str) -> list[str]:
    """What stands right before each mark."""
    return re.findall(r"(\S+?) ?※(?! 含)", shown)


def test_the_overview_marks_coefficients_targets_and_says_what_the_mark_means(
    corrected_home: Home, open_page: Open
) -> None:
    shown = words(open_page("overview", corrected_home.root))
    assert TOLD in shown
    assert re.search(r"教学仪器设备值 [\d.]+ ※", shown)
    assert not re.search(r"骨干教师数 [\d.]+ ※", shown), "another indicator's coefficient"


def test_the_page_on_one_indicator_marks_the_school_and_the_groups(
    corrected_home: Home, open_page: Open
) -> None:
    shown = words(open_page("indicators", corrected_home.root, indicator="R6"))
    assert TOLD in shown
    assert re.search(r"青山九年一贯制学校 \S+ 达标 [\d,.]+ ※ [\d.]+% ※", shown)
    other = words(open_page("indicators", corrected_home.root, indicator="R1"))
    assert marked(other) == []


def test_balance_marks_the_coefficient_its_formula_and_the_school(
    corrected_home: Home, open_page: Open
) -> None:
    shown = words(open_page("balance", corrected_home.root, indicator="R6"))
    assert TOLD in shown
    assert re.search(r"CV = S ÷ X = \S+ ÷ \S+ [\d.]+※", shown)
    assert re.search(r"青山九年一贯制学校 [\d,]+ 人 · [\d,.]+※", shown)


def test_the_school_page_marks_the_figure_and_shows_the_value_before(
    corrected_home: Home, open_page: Open
) -> None:
    shown = words(open_page("school", corrected_home.root, school=SCHOOL, indicator="R6"))
    assert re.search(r"R6 教学仪器设备值 \S+ [\d,.]+ ※", shown)
    assert "3,800,000 ※ 3,700,000 漏记一批设备" in shown
    assert "含更正的数据，原值和理由见来源单元格" in shown
    other = words(open_page("school", corrected_home.root, school=OTHER))
    assert marked(other) == []


def test_without_corrections_no_page_bears_a_mark(open_page: Open) -> None:
    for page in ("overview", "indicators", "balance", "school"):
        assert MARK not in words(open_page(page))


def test_downloads_name_the_columns_with_corrected_figures_and_keep_numbers_plain() -> None:
    pick = golden_pick(indicator="R6")
    item = pick.names.indicator(pick.standard, pick.stage, "R6")
    schools = read.schools(pick.snapshot, pick.standard, pick.year, pick.stage, "R6")
    schools = schools.with_columns(
        is_corrected=pl.col("school_code") == SCHOOL, reason=pl.lit(None, pl.String)
    )
    schools = schools.with_columns(from_mean=pl.lit(1.0), cv_change=pl.lit(1.0))
    for columns in (indicator.school_columns(pick, item), balance.columns(pick, item)):
        lines = tables.csv_bytes(schools, columns, pick.names).decode("utf-8-sig").splitlines()
        assert lines[0].endswith(",含更正的列")
        named = [line for line in lines[1:] if not line.endswith(",")]
        assert len(named) == 1 and "青山九年一贯制学校" in named[0] and "数值" in named[0].split(",")[-1]
        assert MARK not in "".join(lines)


def test_the_list_of_schools_to_look_at_marks_shortfalls() -> None:
    pick = golden_pick()
    compliance = read.compliance(pick.snapshot, pick.standard, pick.year)
    unmet = read.unmet(pick.snapshot, pick.standard, pick.year).with_columns(is_corrected=pl.lit(True))
    rows, columns = attention.rows(pick, compliance, unmet), attention.columns(pick)
    drawn = tables.table_html(rows.to_dicts(), columns, pick.names)
    lacking = sum(
        value is not None
        for row in rows.to_dicts()
        for code, value in row.items()
        if f"{code}_is_corrected" in row
    )
    assert lacking and drawn.count(MARK) == lacking


def test_source_cells_have_a_place_for_what_was_before() -> None:
    fields = [column.field for column in trace.cell_columns({})]
    assert fields[1:5] == ["amount", "original_amount", "correction_reason", "share"]
