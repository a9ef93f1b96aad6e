"""Importing again: the same changes nothing, a newer file replaces, a mended error workbook completes."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from tests.conftest import FIXTURES
from tests.warehouse.workbooks import CONDITIONS, SCHOOLS, TEACHERS, cells, rows_of, rules, sheet_of, workbook
from warehouse import landing, schemas
from warehouse.errors import JunhengError
from warehouse.home import Home, open_home
from warehouse.imports import compare, import_paths, retract
from warehouse.imports.knowledge import load
from warehouse.imports.resolve import Register
from warehouse.imports.templates import write_templates

PUPILS = ("A1", "primary", "students")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


def teacher(identity: str, school: str = "A1", education: str = "本科") -> list[object]:
    return [2024, identity, school, "小学", "是", education]


def counting(home: Home, dataset: str) -> pl.DataFrame:
    return compare.effective(home, dataset, [2024], Register())


@pytest.mark.parametrize("partial", [False, True])
def test_importing_twice_changes_nothing(home: Home, tmp_path: Path, partial: bool) -> None:
    path = sheet_of(tmp_path, TEACHERS, teacher("T1"), teacher("T2"))
    assert import_paths(home, [path], partial=partial).import_id == "I000001"
    again = import_paths(home, [path], partial=partial)
    assert again.unchanged and again.import_id is None
    assert landing.next_import_id(home) == "I000002"


def test_official_workbooks_twice_change_nothing(home: Home) -> None:
    paths = sorted((FIXTURES / "mini_a").glob("*.xlsx"))
    import_paths(home, paths)
    assert import_paths(home, paths).unchanged
    assert import_paths(home, paths[:1]).unchanged


def test_a_newer_list_replaces_the_schools_it_names(home: Home, tmp_path: Path) -> None:
    old = sheet_of(tmp_path, TEACHERS, teacher("T1"), teacher("T2"), teacher("T3", "A2"))
    import_paths(home, [old])
    new = sheet_of(tmp_path, TEACHERS, teacher("T1"), teacher("T4"), name="b.xlsx")
    assert not import_paths(home, [new]).unchanged
    assert sorted(counting(home, "teachers")["teacher_id"]) == ["T1", "T3", "T4"]
    assert landing.landed(home, "teachers").height == 5, "history stays"


def test_partial_replaces_key_by_key(home: Home, tmp_path: Path) -> None:
    import_paths(home, [sheet_of(tmp_path, TEACHERS, teacher("T1"), teacher("T2"))])
    new = sheet_of(tmp_path, TEACHERS, teacher("T2", education="硕士"), name="b.xlsx")
    import_paths(home, [new], partial=True)
    found = dict(counting(home, "teachers").select("teacher_id", "education").iter_rows())
    assert found == {"T1": "本科", "T2": "硕士"}


def test_the_old_file_after_a_newer_one_counts_again(home: Home, tmp_path: Path) -> None:
    old = sheet_of(tmp_path, CONDITIONS, [2024, "A1", "小学", 5])
    new = sheet_of(tmp_path, CONDITIONS, [2024, "A1", "小学", 6], name="b.xlsx")
    for path in (old, new):
        import_paths(home, [path])
    assert import_paths(home, [old]).import_id == "I000003"
    assert counting(home, "conditions")["value"].to_list() == [5]


def test_a_retracted_import_can_be_imported_again(home: Home, tmp_path: Path) -> None:
    path = sheet_of(tmp_path, CONDITIONS, [2024, "A1", "小学", 5])
    import_paths(home, [path])
    retract(home, "I000001")
    assert import_paths(home, [path]).import_id == "I000002"


def test_a_dry_run_lands_nothing_and_reports_the_same(home: Home, tmp_path: Path) -> None:
    path = sheet_of(tmp_path, CONDITIONS, [2024, "A1", "小学", 5], [2024, "A2", "小学", -5])
    dry = import_paths(home, [path], dry_run=True)
    assert dry.import_id is None and not home.files.exists()
    assert rows_of(home, "conditions").is_empty()
    wet = import_paths(home, [path])
    assert (dry.sources, dry.issues, dry.refused_rows) == (wet.sources, wet.issues, wet.refused_rows)


def test_columns_a_newer_file_lacks_are_named(home: Home, tmp_path: Path) -> None:
    import_paths(home, [sheet_of(tmp_path, [*CONDITIONS, "图书册数"], [2024, "A1", "小学", 5, 90])])
    new = sheet_of(tmp_path, CONDITIONS, [2024, "A1", "小学", 6], name="b.xlsx")
    report = import_paths(home, [new], dry_run=True)
    assert rules(report) == ["D114"]
    assert "图书册数" in report.issues[0].message_zh and "--partial" in report.issues[0].message_zh
    assert rules(import_paths(home, [new], partial=True)) == []
    assert counting(home, "conditions").height == 2


def test_the_same_bytes_twice_in_a_call_are_read_once(home: Home, tmp_path: Path) -> None:
    path = sheet_of(tmp_path, ["学年", "学校", "类别", "面积"], [2024, "A1", "音乐", 96])
    shutil.copy(path, tmp_path / "copy.xlsx")
    report = import_paths(home, [path, tmp_path / "copy.xlsx"])
    assert rules(report) == ["D109"]
    assert rows_of(home, "rooms").height == 1


def test_a_mended_error_workbook_completes_the_import(home: Home, tmp_path: Path) -> None:
    header = [["某县2024-2025学年教师花名册"], TEACHERS[1:]]
    rows = [
        ["T1", "A1", "小学", "是", "本科"],
        ["T2", "A1", "小学", "是", "=1+1"],
        ["T3", "A1", None, "是", "本科"],
    ]
    report = import_paths(home, [workbook(tmp_path / "a.xlsx", {"花名册": header + rows})])
    assert report.refused_rows == 2 and report.error_workbook is not None
    book = openpyxl.load_workbook(report.error_workbook)
    sheet = book["花名册"]
    assert [cell.value for cell in sheet[4]][:5] == ["T3", "A1", None, "是", "本科"]
    assert sheet.cell(3, 5).data_type == "s", "a formula of the source is text, never run"
    assert "可填" in sheet.cell(3, 6).value and "改成" in sheet.cell(3, 7).value
    assert sheet.cell(4, 3).fill.fgColor.rgb == "FFFFC7CE"
    sheet.cell(3, 5, "硕士")
    sheet.cell(4, 3, "初中")
    mended = tmp_path / "mended.xlsx"
    book.save(mended)
    second = import_paths(home, [mended], partial=True)
    assert second.refused_rows == 0, second.issues
    assert sorted(counting(home, "teachers")["teacher_id"]) == ["T1", "T2", "T3"]


def test_the_error_workbook_carries_what_the_call_supplied(home: Home, tmp_path: Path) -> None:
    path = sheet_of(tmp_path, ["学校", "在校生数"], ["A1", "坏"])
    report = import_paths(home, [path], school_year=2023, constants={"学段": "小学"}, dataset="conditions")
    assert report.error_workbook is not None
    book = openpyxl.load_workbook(report.error_workbook)
    book.worksheets[0].cell(2, 2, 7)
    book.save(tmp_path / "mended.xlsx")
    assert import_paths(home, [tmp_path / "mended.xlsx"], partial=True).refused_rows == 0
    row = rows_of(home, "conditions").row(0, named=True)
    assert (row["school_year"], row["stage"], row["value"]) == (2023, "primary", 7)


def test_an_official_sheets_error_workbook_can_be_mended(home: Home, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(FIXTURES / "mini_a" / "小学综合表.xlsx")
    book.active["G6"] = "90人左右"
    book.save(tmp_path / "a.xlsx")
    report = import_paths(home, [tmp_path / "a.xlsx"])
    assert report.refused_rows == 1 and report.error_workbook is not None
    assert "河口小学" not in rows_of(home, "schools")["school_name"].to_list()
    mended = openpyxl.load_workbook(report.error_workbook)
    mended.worksheets[0]["G5"] = 90
    mended.save(tmp_path / "mended.xlsx")
    assert import_paths(home, [tmp_path / "mended.xlsx"], partial=True).refused_rows == 0
    assert cells(home)["河口小学", "primary", "students"] == 90
    assert cells(home)["河口小学", "whole", "equipment_value_yuan"] == 142_000
    assert cells(home, "staff_counts")["河口小学", "primary", "college_teachers"] == 8


def test_refused_rows_are_remembered_as_issues(home: Home, tmp_path: Path) -> None:
    import_paths(home, [sheet_of(tmp_path, CONDITIONS, [2024, "A1", "小学", -5])])
    issue = landing.landed(home, "_issues").row(0, named=True)
    assert (issue["rule_code"], issue["severity"], issue["school_ref"], issue["school_year"]) == (
        "D204",
        "error",
        "A1",
        2024,
    )
    assert landing.landed(home, "_imports")["rows_refused"].to_list() == [1]
    assert import_paths(home, [tmp_path / "a.xlsx"]).unchanged


def test_untouched_templates_land_nothing(home: Home, tmp_path: Path) -> None:
    paths = write_templates(None, tmp_path / "templates")
    assert len(paths) == len(schemas.DATASETS)
    report = import_paths(home, paths)
    assert report.unchanged and set(rules(report)) == {"D110"}
    assert {source.dataset for source in report.sources} == set(schemas.DATASETS)


@pytest.mark.parametrize("dataset", schemas.DATASETS)
def test_a_filled_template_round_trips(home: Home, tmp_path: Path, dataset: str) -> None:
    (path,) = write_templates([dataset], tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    fields = [f for f in load().fields[dataset].values() if f.name != "school_name_ref"]
    assert [cell.value.rstrip("*").split("（")[0] for cell in sheet[1]] == [f.header for f in fields]
    for at, known in enumerate(fields, start=1):
        value = known.example.replace("示例", "实验")
        sheet.cell(3, at, float(value) + 1 if known.measured and value else value or None)
    book.save(path)
    report = import_paths(home, [path])
    assert report.refused_rows == 0, report.issues
    assert report.sources[0].rows_landed == 1
    assert set(rows_of(home, dataset)["row_number"]) == {3}
    assert not report.sources[0].extra_columns


def test_an_unknown_template_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(JunhengError) as caught:
        write_templates(["不存在"], tmp_path)
    assert caught.value.exit_code == 2


def test_targets_are_replaced_key_by_key(home: Home, tmp_path: Path) -> None:
    header = ["学年", "学段", "指标编号", "目标项", "目标值"]
    rows = [[2024, "小学", code, "差异系数", 0.4] for code in ("R1", "R2")]
    import_paths(home, [sheet_of(tmp_path, header, *rows)])
    one = sheet_of(tmp_path, header, [2024, "小学", "R1", "差异系数", 0.4], name="b.xlsx")
    assert import_paths(home, [one]).unchanged
    assert counting(home, "targets").height == 2


def test_a_school_is_the_same_by_name_and_by_code(home: Home, tmp_path: Path) -> None:
    school = [2024, "A1", "甲校", "小学", "公办", "镇区"]
    import_paths(home, [sheet_of(tmp_path, SCHOOLS, school, name="register.xlsx")])
    named = ["学年", "学校名称", "学段", "在校生数", "班级数"]
    first = sheet_of(tmp_path, named, [2024, "甲校", "小学", 200, 6], name="a.xlsx")
    second = sheet_of(tmp_path, CONDITIONS, [2024, "A1", "小学", 210], name="b.xlsx")
    import_paths(home, [first])
    replaced = import_paths(home, [second])
    assert "D114" in rules(replaced), "the class count of the first file counts no more"
    assert not import_paths(home, [first]).unchanged, "the first file counts again"
    assert import_paths(home, [first]).unchanged
