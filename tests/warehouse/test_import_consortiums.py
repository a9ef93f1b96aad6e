"""Exchanges, consortiums and satisfaction as a clerk sends them: merged cells, dates as written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.warehouse.workbooks import workbook
from warehouse.home import Home, open_home
from warehouse.imports import import_paths
from warehouse.landing import landed

SHEETS = {
    "交流轮岗": [
        ["2024-2025学年教师交流轮岗汇总表"],
        ["教师编号", "姓名", "派出学校", "接收学校", "交流形式", "开始时间", "结束时间"],
        ["T1", "甲", "一小", "二小", "交流轮岗", "2024.9", "2025.7"],
        ["T2", "乙", "一小", "邻县中学", "下乡支教", 45537, None],
        ["T3", "丙", "一小", "二小", "旅游", "2024.9", None],
    ],
    "共同体成员": [
        ["共同体编号", "共同体名称", "类型", "模式", "学校", "角色", "加入日期", "退出日期", "轮次"],
        ["G1", "一小集团", "集团", "紧密型", "一小", "核心校", "2022年9月1日", None, "2022-2025"],
        [None, None, None, None, "二小", "成员校", "2022年9月1日", "2024年6月", None],
    ],
    "活动记录": [
        ["共同体编号", "活动类型", "日期", "主办学校", "参与学校", "参与教师数", "次数", "主题"],
        ["G1", "示范课展示", "2024-10-16", "一小", "二小、三小", 12, 2, "分数"],
        ["G1", "示范课展示", "2024-10-16", "一小", "二小、三小", 12, 2, "分数"],
        ["G1", "读书会", "2025-03-02", "二小", None, None, None, None],
    ],
    "满意度": [
        ["学年", "群体", "发放问卷数", "有效问卷数", "满意份数"],
        [2024, "家长问卷", 500, 480, 470],
    ],
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


def rows_of(home: Home, dataset: str, *columns: str) -> list[tuple[object, ...]]:
    return landed(home, dataset).select(columns).rows()


def test_a_workbook_of_all_four_lands_with_terms_and_days(home: Home, tmp_path: Path) -> None:
    report = import_paths(home, [workbook(tmp_path / "联合体.xlsx", SHEETS)])
    assert rows_of(home, "exchanges", "school_year", "to_school_ref", "exchange_type", "end_date") == [
        (2024, "二小", "轮岗", date(2025, 7, 31)),
        (2024, "邻县中学", "支教", None),
    ]
    assert landed(home, "exchanges")["start_date"].to_list() == [date(2024, 9, 1), date(2024, 9, 2)]
    refused = [issue for issue in report.issues if issue.severity == "error"]
    assert [(issue.row_number, issue.column_name, issue.raw_value) for issue in refused] == [
        (5, "交流形式", "旅游")
    ]
    assert "轮岗、支教、走教、挂职、跟岗" in refused[0].message_zh
    assert rows_of(
        home, "consortium_members", "consortium_code", "kind", "school_ref", "role", "left_on"
    ) == [
        ("G1", "教育集团", "一小", "牵头", None),
        ("G1", "教育集团", "二小", "成员", date(2024, 6, 30)),
    ]
    assert rows_of(home, "consortium_activities", "school_year", "activity_type", "participant_refs") == [
        (2024, "示范课", "二小|三小"),
        (2024, "示范课", "二小|三小"),
        (2024, "读书会", None),
    ]
    assert rows_of(home, "satisfaction", "respondents", "school_ref", "responses") == [("家长", None, 480.0)]


def test_the_same_workbook_again_changes_nothing(home: Home, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "联合体.xlsx", {name: rows for name, rows in SHEETS.items() if name != "交流轮岗"}
    )
    import_paths(home, [path])
    assert import_paths(home, [path]).unchanged


def test_a_log_of_spring_leaves_that_of_autumn_alone(home: Home, tmp_path: Path) -> None:
    header, autumn, _, _ = SHEETS["活动记录"]
    spring = ["G1", "示范课", "2025-03-05", "一小", "二小", 9, 1, "小数"]
    import_paths(home, [workbook(tmp_path / "秋.xlsx", {"活动": [header, autumn]})])
    import_paths(home, [workbook(tmp_path / "春.xlsx", {"活动": [header, spring]})])
    again = import_paths(home, [workbook(tmp_path / "秋2.xlsx", {"活动": [header, autumn]})])
    assert again.unchanged
    seen = landed(home, "consortium_activities")["held_on"].to_list()
    assert seen == [date(2024, 10, 16), date(2025, 3, 5)]


def test_a_row_whose_first_cells_are_blank_is_read(home: Home, tmp_path: Path) -> None:
    header = ["学校名称", "学年", "类别", "面积", "备注"]
    sheets = {"音美教室": [header, ["一小", 2024, "音乐", 96, "甲"], [None, None, None, None, "只有备注"]]}
    report = import_paths(home, [workbook(tmp_path / "教室.xlsx", sheets)])
    assert report.sources[0].rows_read == 2


def test_neighbouring_groups_of_one_kind_are_filled_down_too(home: Home, tmp_path: Path) -> None:
    header, first, second = SHEETS["共同体成员"]
    next_group = ["G2", "三小集团", "集团", "紧密型", "三小", "核心校", "2022年9月1日", None, "2022-2025"]
    follower = [None, None, None, None, "四小", "成员校", "2022年9月1日", None, None]
    report = import_paths(
        home, [workbook(tmp_path / "名单.xlsx", {"名单": [header, first, second, next_group, follower]})]
    )
    assert report.refused_rows == 0
    assert rows_of(home, "consortium_members", "consortium_code", "kind", "school_ref") == [
        ("G1", "教育集团", "一小"),
        ("G1", "教育集团", "二小"),
        ("G2", "教育集团", "三小"),
        ("G2", "教育集团", "四小"),
    ]
