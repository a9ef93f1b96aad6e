"""The county's own figures as a clerk sends them: shares, levels, conclusions, units, blanks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.workbooks import workbook
from warehouse.home import Home, open_home
from warehouse.imports import import_paths
from warehouse.imports.county_figures import _item
from warehouse.imports.knowledge import load
from warehouse.landing import landed

KNOWLEDGE = load()
HEADER = ["学年", "指标编号", "数据项", "数值", "文字结论", "佐证材料"]
ROWS = [
    [2024, "g7", "特教生均公用经费", "8,150", None, "拨付文件"],
    [2024, "G13", "小学就近入学比例", "100%", None, None],
    [2024, "G13", "初中比例", 97.5, None, None],
    [2024, "Q9", "语文学业水平", "Ⅲ", None, None],
    [2024, "Q9", "语文差异率", 0.14, None, None],
    [2024, "G1", "结论", "是", "布局合理", "规划"],
    [2024, "V1", "结论", 0, None, None],
    [2024, "G2", "结论", "—", None, None],
    [2024, "G6", "初中标准", "940元", None, None],
    [2024, "G8", "教师平均工资", "9.86万元", None, None],
]
WRONG = {
    ("G2", "什么", 1): ("数据项", "D207", "可填：结论"),
    ("G99", "结论", 1): ("指标编号", "D207", "G1—G15"),
    ("Q2", "入学残疾儿童", 10.5): ("数值", "D205", "应是整数"),
    ("G13", "初中就近入学比例", 120): ("数值", "D217", "0–1"),
    ("G1", "结论", 3): ("数值", "D217", "0、1"),
    ("Q9", "数学等级", 5): ("数值", "D217", "Ⅰ–Ⅳ"),
    ("V1", "结论", 0.5): ("数值", "D205", "应是整数"),
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


def test_figures_land_under_the_names_and_in_the_units_of_their_item(home: Home, tmp_path: Path) -> None:
    report = import_paths(home, [workbook(tmp_path / "县级.xlsx", {"县级数据": [HEADER, *ROWS]})])
    assert report.refused_rows == 0
    assert [issue.rule_code for issue in report.issues] == ["D223"]
    found = landed(home, "county_items").select("item_code", "field", "value").rows()
    assert found == [
        ("G7", "生均公用经费", 8150.0),
        ("G13", "小学就近入学比例", 1.0),
        ("G13", "初中就近入学比例", 0.975),
        ("Q9", "语文等级", 3.0),
        ("Q9", "语文差异率", 0.14),
        ("G1", "结论", 1.0),
        ("V1", "结论", 0.0),
        ("G2", "结论", None),
        ("G6", "初中标准", 940.0),
        ("G8", "教师平均工资", 98_600.0),
    ]


def test_what_no_item_knows_is_refused_with_what_would_be_accepted(home: Home, tmp_path: Path) -> None:
    rows = [[2024, *cells, None, None] for cells in WRONG]
    report = import_paths(home, [workbook(tmp_path / "错.xlsx", {"县级数据": [HEADER, *rows]})])
    assert report.refused_rows == len(rows)
    for issue, (column, rule, said) in zip(report.issues, WRONG.values(), strict=True):
        assert (issue.column_name, issue.rule_code) == (column, rule)
        assert said in issue.message_zh


def test_a_later_file_replaces_the_figures_it_names_and_no_other(home: Home, tmp_path: Path) -> None:
    import_paths(home, [workbook(tmp_path / "一.xlsx", {"县级数据": [HEADER, *ROWS]})])
    later = [[2024, "G7", "生均公用经费", 9000, None, None]]
    import_paths(home, [workbook(tmp_path / "二.xlsx", {"县级数据": [HEADER, *later]})])
    again = import_paths(home, [workbook(tmp_path / "三.xlsx", {"县级数据": [HEADER, *later]})])
    assert again.unchanged
    assert set(landed(home, "county_items")["replaces"]) == {"key"}


def test_the_profile_is_kept_in_base_units(home: Home, tmp_path: Path) -> None:
    rows = [
        ["学年", "数据项", "数值", "单位"],
        [2024, "年末常住人口", 38.6, "万人"],
        [2024, "GDP", "241.3", "亿元"],
        [2024, "面积", 1286, "平方公里"],
        [2024, "县志卷数", 3, "卷"],
        [2024, "户籍人口", 12, "亩"],
    ]
    report = import_paths(home, [workbook(tmp_path / "县情.xlsx", {"县情": rows})])
    assert [(issue.rule_code, issue.column_name) for issue in report.issues] == [("D206", "单位")]
    found = landed(home, "county_profile").select("field", "value", "unit").rows()
    assert [(field, unit) for field, _, unit in found] == [
        ("常住人口", "人"),
        ("地区生产总值", "元"),
        ("行政区域面积", "平方公里"),
        ("县志卷数", "卷"),
    ]
    assert [value for _, value, _ in found] == pytest.approx([386_000, 24_130_000_000, 1286, 3])


@given(st.floats(0, 1, allow_nan=False))
@settings(deadline=None)
def test_a_share_is_the_same_as_share_and_as_percent(share: float) -> None:
    kept = _item("G13", "初中就近入学比例", share, KNOWLEDGE)
    assert (kept.value, kept.rule) == (share, "")
    percent = _item("G13", "初中就近入学比例", share * 100, KNOWLEDGE)
    if share * 100 > 1:
        assert percent.rule == "D223"
        assert percent.value == pytest.approx(share, rel=1e-12)


@given(st.sampled_from(KNOWLEDGE.declared.items))
def test_a_blank_stays_a_blank_whatever_the_item(item: str) -> None:
    for field in KNOWLEDGE.declared.of_item(item):
        kept = _item(item, field.name.replace("*", "语文"), None, KNOWLEDGE)
        assert (kept.value, kept.rule) == (None, "")
