"""Classes without 学段: the grade, the sheet or the school tells the stage, or the row is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.warehouse.workbooks import rows_of, rules, sheet_of, workbook
from warehouse.home import Home, open_home
from warehouse.imports import import_paths

HEADER = ["学年", "学校", "年级", "班级", "学生数"]
TOLD = [
    ("六年级", "青山学校", "primary", 6),
    ("七年级", "青山学校", "junior", 7),
    ("初二", "青山学校", "junior", 8),
    ("9", "青山学校", "junior", 9),
    ("高一", "县一中", "senior", 10),
    ("一年级", "青山学校", "primary", 1),
    ("二年级", "李村教学点", "primary", 2),
    ("三年级", "石桥初级中学", "junior", 9),
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


def test_grades_and_schools_tell_the_stage(home: Home, tmp_path: Path) -> None:
    path = sheet_of(tmp_path, HEADER, *([2024, school, grade, "1班", 40] for grade, school, *_ in TOLD))
    report = import_paths(home, [path])
    assert not rules(report), report.issues
    landed = {(r["school_ref"], r["grade"]): r["stage"] for r in rows_of(home, "classes").to_dicts()}
    assert landed == {(school, grade): stage for _, school, stage, grade in TOLD}


def test_a_grade_of_no_one_stage_is_refused_alone(home: Home, tmp_path: Path) -> None:
    path = sheet_of(
        tmp_path, HEADER, [2024, "县一中", "一年级", "1班", 40], [2024, "县二中", "七年级", "1班", 41]
    )
    report = import_paths(home, [path])
    assert rules(report) == ["D219"]
    (issue,) = report.issues
    assert (issue.row_number, issue.column_name) == (2, "年级")
    assert "加一列“学段”" in issue.message_zh
    assert rows_of(home, "classes")["grade"].to_list() == [7]


def test_the_title_tells_the_stage(home: Home, tmp_path: Path) -> None:
    rows = [["2024学年初中班级表"], HEADER[1:], ["县一中", "一年级", "1班", 40]]
    report = import_paths(home, [workbook(tmp_path / "a.xlsx", {"Sheet1": rows})])
    assert not rules(report), report.issues
    assert rows_of(home, "classes")["grade"].to_list() == [7]
