"""The county's wide export: header paths of three and four rows, several counties, one file of two stages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.warehouse.workbooks import cells, rows_of, rules
from warehouse.home import Home, open_home
from warehouse.imports import import_paths

PLACE = ["统计三级", "学校名称", "办学类型", "举办者", "是否计校数", "所属学校"]
COLUMNS: list[tuple[str, ...]] = [
    *((name,) for name in PLACE),
    ("在校生数", "合计"),
    ("在校生数", "#女"),
    ("专任教师", "合计"),
    ("专任教师", "#按学历分", "#博士研究生"),
    ("专任教师", "#按学历分", "#硕士研究生"),
    ("专任教师", "#按学历分", "#本科"),
    ("专任教师", "#按学历分", "#专科"),
    ("专任教师", "#按授课课程分", "语文"),
    ("专任教师", "#按授课课程分", "体育与健康"),
    ("专任教师", "#按授课课程分", "艺术", "计"),
    ("专任教师", "#按授课课程分", "艺术", "#音乐"),
    ("专任教师", "#按授课课程分", "艺术", "#美术"),
    ("教基1102 县级以上骨干教师(小学)",),
    ("教学及辅助用房", "计"),
    ("教学及辅助用房", "计", "#室内体育用房"),
    ("运动场地面积",),
    ("教学仪器设备资产值_x000D_\n(万元)",),
    ("网络多媒体教室",),
]
FIGURES = [480, 230, 33, 0, 2, 22, 8, 12, 3, 5, 2, 3, 6, 2600, 150, 4200, 99.5, 13]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


def export(path: Path, title: str, columns: list[tuple[str, ...]], rows: list[list[Any]]) -> Path:
    """Write columns by their header paths, equal neighbours merged as the export merges them."""
    depth = max(map(len, columns))
    with xlsxwriter.Workbook(path) as book:
        sheet, plain = book.add_worksheet("Sheet1"), book.add_format()
        sheet.write_string(0, 0, title)
        for level in range(depth):
            start = 0
            for at in range(1, len(columns) + 1):
                same = at < len(columns) and columns[at][: level + 1] == columns[start][: level + 1]
                if same and len(columns[at]) > level:
                    continue
                if len(columns[start]) > level:
                    text = columns[start][level]
                    is_leaf = all(len(path) == level + 1 for path in columns[start:at])
                    bottom = 1 + (depth - 1 if is_leaf else level)
                    if at - start > 1 or bottom > 1 + level:
                        sheet.merge_range(1 + level, start, bottom, at - 1, text, plain)
                    else:
                        sheet.write_string(1 + level, start, text)
                start = at
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                sheet.write(1 + depth + row, column, value)
    return path


def row_of(county: str, name: str, kind: str = "小学") -> list[Any]:
    return [county, name, kind, "县级教育部门", 1, "*", *FIGURES]


def test_paths_of_four_header_rows_are_read(home: Home, tmp_path: Path) -> None:
    path = export(
        tmp_path / "小学.xlsx", "青禾县2024年学校综合表（小学）", COLUMNS, [row_of("青禾县", "甲校")]
    )
    report = import_paths(home, [path])
    assert report.refused_rows == 0, report.issues
    staff, found = cells(home, "staff_counts"), cells(home)
    expected = {"full_time": 33, "master": 2, "bachelor": 22, "college": 8, "pe": 3, "arts": 5, "backbone": 6}
    for name, count in expected.items():
        assert staff["甲校", "primary", f"{name}_teachers"] == count
    assert not {("甲校", "primary", f"{name}_teachers") for name in ("music", "art")} & set(staff)
    assert found["甲校", "primary", "students"] == 480
    assert found["甲校", "whole", "teaching_area_m2"] == 2600
    assert found["甲校", "whole", "indoor_sports_area_m2"] == 150
    assert found["甲校", "whole", "equipment_value_yuan"] == 995_000
    paths = rows_of(home, "staff_counts").filter(field="arts_teachers")["column_name"].to_list()
    assert paths == ["专任教师›#按授课课程分›艺术›计"]


def test_the_countys_own_rows_are_picked_and_others_told(home: Home, tmp_path: Path) -> None:
    home.parameters.mkdir(parents=True)
    (home.parameters / "county.csv").write_text("key,value\ncounty_name,青禾县\n", "utf-8")
    rows = [row_of("青禾县", "甲校"), row_of("邻县", "乙校"), row_of("邻县", "丙校")]
    path = export(tmp_path / "小学.xlsx", "某市2024年学校综合表（小学）", COLUMNS, rows)
    report = import_paths(home, [path])
    assert rules(report) == ["D124"] and "邻县 2 行" in report.issues[0].message_zh
    assert rows_of(home, "schools")["school_name"].to_list() == ["甲校"]


def test_several_counties_without_ours_are_refused(home: Home, tmp_path: Path) -> None:
    rows = [row_of("东县", "甲校"), row_of("西县", "乙校")]
    path = export(tmp_path / "小学.xlsx", "某市2024年学校综合表（小学）", COLUMNS, rows)
    assert rules(import_paths(home, [path], dry_run=True)) == ["D129"]
    home.parameters.mkdir(parents=True)
    (home.parameters / "county.csv").write_text("key,value\ncounty_name,青禾县\n", "utf-8")
    report = import_paths(home, [path])
    assert rules(report) == ["D125"] and report.refused_rows == 2


def test_one_workbook_of_through_schools_holds_both_stages(home: Home, tmp_path: Path) -> None:
    columns = [(name,) for name in PLACE]
    columns += [("在校生数", "小学", "合计"), ("在校生数", "初中", "合计")]
    columns += [("小学专任教师", "合计"), ("小学专任教师", "#按学历分", "#本科")]
    columns += [("初中专任教师", "合计"), ("初中专任教师", "#按学历分", "#本科")]
    columns += [
        ("教基1102 县级以上骨干教师(小学)",),
        ("教基1102 县级以上骨干教师(初中)",),
        ("教学及辅助用房", "计"),
    ]
    row = ["青禾县", "实验学校", "九年一贯制学校", "公办", 1, "*", 1000, 500, 60, 50, 44, 36, 9, 7, 9000]
    path = export(tmp_path / "九年一贯制.xlsx", "青禾县2024年学校综合表（九年一贯制）", columns, [row])
    report = import_paths(home, [path])
    assert report.refused_rows == 0, report.issues
    found = cells(home) | cells(home, "staff_counts")
    assert found == {
        ("实验学校", "primary", "students"): 1000,
        ("实验学校", "junior", "students"): 500,
        ("实验学校", "primary", "full_time_teachers"): 60,
        ("实验学校", "primary", "bachelor_teachers"): 50,
        ("实验学校", "junior", "full_time_teachers"): 44,
        ("实验学校", "junior", "bachelor_teachers"): 36,
        ("实验学校", "primary", "backbone_teachers"): 9,
        ("实验学校", "junior", "backbone_teachers"): 7,
        ("实验学校", "whole", "teaching_area_m2"): 9000,
    }


def test_areas_repeated_in_two_stages_files_are_taken_once(home: Home, tmp_path: Path) -> None:
    for stage in ("小学", "初中"):
        columns = [tuple(text.replace("小学", stage) for text in path) for path in COLUMNS]
        title = f"青禾县2024年学校综合表（{stage}）"
        export(tmp_path / f"{stage}.xlsx", title, columns, [row_of("青禾县", "实验学校", "九年一贯制学校")])
    report = import_paths(home, [tmp_path / "小学.xlsx", tmp_path / "初中.xlsx"])
    assert report.refused_rows == 0, report.issues
    areas = rows_of(home, "conditions").filter(field="teaching_area_m2")
    assert areas.select("stage", "value").rows() == [("whole", 2600.0)]
