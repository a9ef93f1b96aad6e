"""What clerks' files bring besides: encodings, zips, serial dates, formulas, hidden and merged rows."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from tests.warehouse.workbooks import CONDITIONS, TEACHERS, cells, rows_of, rules, sheet_of, workbook
from warehouse.home import Home, open_home
from warehouse.imports import import_paths


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_with_and_without_its_mark(home: Home, tmp_path: Path, encoding: str) -> None:
    text = f"{chr(9).join(CONDITIONS)}\r\n2024\t094688\t小学\t480\r\n"
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    import_paths(home, [tmp_path / "a.csv"])
    assert cells(home) == {("094688", "primary", "students"): 480}


def test_columns_may_stand_between_bars(home: Home, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"{'|'.join(CONDITIONS)}\n2024|094688|小学|480\n", encoding="utf-8")
    import_paths(home, [tmp_path / "a.csv"])
    assert cells(home) == {("094688", "primary", "students"): 480}


@pytest.mark.parametrize("flagged", [True, False])
def test_a_zip_of_folders_with_chinese_names(home: Home, tmp_path: Path, flagged: bool) -> None:
    """Windows in China writes names in GBK without a flag; other zippers write UTF-8 with one."""
    names = ["上报/青禾镇/甲校.xlsx", "上报/白水乡/乙校.xlsx"]
    packed = tmp_path / "汇总.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for at, name in enumerate(names):
            content = sheet_of(tmp_path, CONDITIONS, [2024, f"A{at}", "小学", at]).read_bytes()
            archive.writestr(name if flagged else "x" * len(name.encode("gbk")), content)
            if not flagged:
                archive.filelist[-1].filename = archive.filelist[-1].orig_filename = f"{at}" * len(
                    name.encode("gbk")
                )
    if not flagged:
        raw = packed.read_bytes()
        for at, name in enumerate(names):
            plain = name.encode("gbk")
            raw = raw.replace(f"{at}".encode() * len(plain), plain).replace(b"x" * len(plain), plain, 1)
        packed.write_bytes(raw)
    import_paths(home, [packed])
    assert set(rows_of(home, "conditions")["file_name"]) == {f"汇总.zip/{name}" for name in names}


def test_a_teacher_in_two_schools_is_refused_in_one_file(home: Home, tmp_path: Path) -> None:
    rows = [[2024, "T1", school, "小学", "是", "本科"] for school in ("A1", "A2")]
    one = sheet_of(tmp_path, TEACHERS, rows[0], name="a.xlsx")
    two = sheet_of(tmp_path, TEACHERS, rows[1], name="b.xlsx")
    report = import_paths(home, [one, two])
    assert rules(report) == ["D215", "D215"]
    assert report.refused_rows == 2 and "b.xlsx" in report.issues[0].message_zh


def test_dates_in_old_xls_are_dates(home: Home, tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("教师")
    style = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for at, header in enumerate([*TEACHERS, "入校年月", "出生年月"]):
        sheet.write(0, at, header)
    for at, value in enumerate([2024, "T1", "A1", "小学", "是", "本科"]):
        sheet.write(1, at, value)
    sheet.write(1, 6, date(2018, 9, 1), style)
    sheet.write(1, 7, 31_107)
    book.save(str(tmp_path / "a.xls"))
    report = import_paths(home, [tmp_path / "a.xls"])
    assert report.refused_rows == 0, report.issues
    row = rows_of(home, "teachers").row(0, named=True)
    assert (row["joined_month"], row["birth_month"]) == (date(2018, 9, 1), date(1985, 3, 1))


def test_formulas_give_the_value_they_stored(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, CONDITIONS)
        for row, stored in enumerate([480, ""], start=1):
            sheet.write_row(row, 0, [2024, f"A{row}", "小学"])
            sheet.write_formula(row, 3, "=400+80", None, stored)
    without = path.read_bytes()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, body.replace(b"<v></v>", b"") if "sheets/" in name else body)
    assert without
    report = import_paths(home, [tmp_path / "b.xlsx"])
    assert rules(report) == ["D128"] and "1 个公式" in report.issues[0].message_zh
    assert cells(home) == {("A1", "primary", "students"): 480, ("A2", "primary", "students"): None}


def test_hidden_rows_are_read_and_counted(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, CONDITIONS)
        for row in range(1, 6):
            sheet.write_row(row, 0, [2024, f"A{row}", "小学", row])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_row(9, None, None, {"hidden": True})
    report = import_paths(home, [path])
    assert rules(report) == ["D123"] and "2 个隐藏的行" in report.issues[0].message_zh
    assert len(cells(home)) == 5


def test_merged_data_cells_give_their_value_to_each_row(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, plain = book.add_worksheet(), book.add_format()
        sheet.write_row(0, 0, CONDITIONS)
        for row, (stage, pupils) in enumerate([("小学", 100), ("初中", 50), ("小学", 70)], start=1):
            sheet.write_row(row, 0, [2024, None, stage, pupils])
        sheet.merge_range(1, 1, 2, 1, "A1", plain)
        sheet.write(3, 1, "A2")
    report = import_paths(home, [path])
    assert report.refused_rows == 0, report.issues
    assert cells(home) == {
        ("A1", "primary", "students"): 100,
        ("A1", "junior", "students"): 50,
        ("A2", "primary", "students"): 70,
    }


def test_a_roster_as_bureaus_keep_it(home: Home, tmp_path: Path) -> None:
    lines = """校名,姓名,工号,起始学历,最高学历,教师资格学段,省骨干,市骨干,县骨干,任教学段,在岗状态
甲校,张,T1,中专,本科（学士）,初中,,√,√,小学,在岗
甲校,李,T2,中专,大专,,,否,,小学,产假
甲校,王,T3,中专,硕士,,2019年评,,√,初中,在岗"""
    header, *rows = [line.split(",") for line in lines.splitlines()]
    path = workbook(tmp_path / "在编.xlsx", {"在编": [["某县2024年在编教师花名册"], header, *rows]})
    report = import_paths(home, [path])
    assert not report.refused_rows
    assert rules(report) == ["D130"], "that all are taken as full-time is said; no column is called doubled"
    found = rows_of(home, "teachers").sort("teacher_id")
    assert found["backbone_level"].to_list() == ["市级", "无", "省级"]
    assert found["education"].to_list() == ["本科", "专科", "硕士"]
    assert found["stage"].to_list() == ["primary", "primary", "junior"]
    assert found["is_full_time"].to_list() == [True] * 3


def test_backbone_levels_by_any_honorary_title(home: Home, tmp_path: Path) -> None:
    said = {"省学科带头人": "省级", "市骨干教师": "市级", "区教学能手": "县级", "县名师": "县级"}
    rows = [[2024, f"T{at}", "A1", "小学", "是", "本科", word] for at, word in enumerate(said)]
    import_paths(home, [sheet_of(tmp_path, [*TEACHERS, "骨干教师"], *rows)])
    assert rows_of(home, "teachers").sort("teacher_id")["backbone_level"].to_list() == list(said.values())


def test_units_may_stand_in_a_row_of_their_own(home: Home, tmp_path: Path) -> None:
    header = [*CONDITIONS, "教学仪器设备资产值", "运动场地面积"]
    units = [None, None, None, "人", "（千元）", "亩"]
    path = sheet_of(tmp_path, header, units, [2024, "A1", "小学", 1200, 3105, 12])
    report = import_paths(home, [path])
    assert not report.refused_rows
    found = cells(home)
    assert found["A1", "primary", "equipment_value_yuan"] == 3_105_000
    assert found["A1", "primary", "sports_ground_area_m2"] == pytest.approx(8000)
