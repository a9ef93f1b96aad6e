"""Every kind of dirt: mended where it is plain what was meant, refused with reason and remedy where not."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlwt

from tests.warehouse.workbooks import CONDITIONS, SCHOOLS, TEACHERS, cells, rows_of, rules, sheet_of, workbook
from warehouse.errors import JunhengError
from warehouse.home import Home, open_home
from warehouse.imports import ImportReport, import_paths

AREA = [*CONDITIONS, "教学及辅助用房面积"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


def import_cell(home: Home, folder: Path, header: str, value: Any) -> tuple[ImportReport, float | None]:
    """Import one figure under a header and return it with the report."""
    report = import_paths(home, [sheet_of(folder, [*CONDITIONS, header], [2024, "A1", "小学", 100, value])])
    found = {field: number for (_, _, field), number in cells(home).items() if field != "students"}
    return report, next(iter(found.values()), None)


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("教学及辅助用房面积", 7200, 7200),
        ("教学及辅助用房面积", "７２００", 7200),
        ("教学及辅助用房面积", "7,200.5", 7200.5),
        ("教学及辅助用房面积", "７，２００", 7200),
        ("教学及辅助用房面积", " 7200\u3000", 7200),
        ("教学及辅助用房面积", "7200_x000D_\n", 7200),
        ("教学及辅助用房面积", "7200㎡", 7200),
        ("教学及辅助用房面积", "7200 平方米", 7200),
        ("教学及辅助用房面积（平方米）", "7200m²", 7200),
        ("运动场地面积（亩）", 3, 2000),
        ("运动场地面积(公顷)", "0.5", 5000),
        ("运动场地面积", "3亩", 2000),
        ("教学仪器设备资产值（万元）", 310.5, 3_105_000),
        ("教学仪器设备资产值(千元)", 310.5, 310_500),
        ("教学仪器设备资产值", "12万", 120_000),
        ("教学仪器设备资产值", "12万元", 120_000),
        ("教学仪器设备资产值(元)", "120000元", 120_000),
        ("教学仪器设备资产值_x000D_\n（万元）", "1.5万元", 15_000),
        ("网络多媒体教室", "13间", 13),
        ("网络多媒体教室", "13.0", 13),
        ("网络多媒体教室", 0, 0),
    ],
)
def test_a_figure_is_read_as_meant(
    home: Home, tmp_path: Path, header: str, value: Any, expected: float
) -> None:
    report, found = import_cell(home, tmp_path, header, value)
    assert report.refused_rows == 0, report.issues
    assert found == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("mark", ["", None, "-", "—", "*", "/", "无", "－", " — "])
def test_a_mark_for_missing_is_missing_and_not_zero(home: Home, tmp_path: Path, mark: str | None) -> None:
    report, found = import_cell(home, tmp_path, "教学及辅助用房面积", mark)
    assert report.refused_rows == 0
    assert found is None


@pytest.mark.parametrize(
    ("header", "value", "rule"),
    [
        ("网络多媒体教室", "35(含代课2)", "D203"),
        ("教学及辅助用房面积", "约7200", "D203"),
        ("教学及辅助用房面积", "7,20", "D203"),
        ("教学及辅助用房面积", "#DIV/0!", "D202"),
        ("教学及辅助用房面积", "#REF!", "D202"),
        ("教学及辅助用房面积", -7200, "D204"),
        ("网络多媒体教室", 6.5, "D205"),
        ("教学仪器设备资产值（元）", "12万册", "D206"),
        ("教学仪器设备资产值（万元）", "120000元", "D206"),
        ("教学仪器设备资产值（万元）", "12万", "D206"),
        ("教学及辅助用房面积", "95%", "D203"),
    ],
)
def test_an_unreadable_figure_refuses_its_row(
    home: Home, tmp_path: Path, header: str, value: Any, rule: str
) -> None:
    report, found = import_cell(home, tmp_path, header, value)
    assert report.refused_rows == 1
    assert rule in rules(report)
    issue = next(issue for issue in report.issues if issue.rule_code == rule)
    assert (issue.file_name, issue.sheet_name, issue.row_number, issue.column_name) == (
        "a.xlsx",
        "Sheet1",
        2,
        header,
    )
    assert "第 2 行" in issue.message_zh and "row 2" in issue.message_en
    assert found is None and not cells(home)


def test_one_bad_cell_refuses_its_row_and_no_other(home: Home, tmp_path: Path) -> None:
    rows = [[2024, "A1", "小学", 100, "坏"], [2024, "A2", "小学", 200, 900]]
    report = import_paths(home, [sheet_of(tmp_path, AREA, *rows)])
    assert (report.refused_rows, report.sources[0].rows_landed) == (1, 1)
    assert cells(home)["A2", "primary", "teaching_area_m2"] == 900
    assert ("A1", "primary", "students") not in cells(home)


def test_titles_merged_headers_and_number_rows_stand_above_the_data(home: Home, tmp_path: Path) -> None:
    rows = [
        ["某县2024-2025学年办学条件表"],
        [None, None, None, None, "填报单位：某县"],
        ["学校（机构）名称", "学段", "在校\n生数", "校舍面积（平方米）", None, "运动场地面积_x000D_（亩）"],
        [None, None, None, "教学及辅助用房面积", "#室内体育用房面积", None],
        ["甲", "乙", "1", "2", "3", "4"],
        ["东街 小学", "小学", "９０", 700, 50, 3],
        [None, None, None, None, None, None],
        ["小  计", None, 90, 700, 50, 3],
        ["合计", None, 90, 700, 50, 3],
        ["注：1.数据截至9月1日"],
        ["填表人：张三", None, "审核人：李四"],
    ]
    report = import_paths(home, [workbook(tmp_path / "a.xlsx", {"Sheet1": rows})])
    assert (report.sources[0].rows_read, report.refused_rows) == (1, 0)
    assert cells(home) == {
        ("东街小学", "primary", "students"): 90,
        ("东街小学", "primary", "teaching_area_m2"): 700,
        ("东街小学", "primary", "indoor_sports_area_m2"): 50,
        ("东街小学", "primary", "sports_ground_area_m2"): pytest.approx(2000),
    }
    assert rows_of(home, "conditions")["row_number"].unique().to_list() == [6]


def test_a_row_number_is_the_spreadsheets_own(home: Home, tmp_path: Path) -> None:
    rows = [[], [], ["", *CONDITIONS], [], ["", 2024, "A1", "小学", 5]]
    import_paths(home, [workbook(tmp_path / "a.xlsx", {"s": rows})])
    assert rows_of(home, "conditions")["row_number"].to_list() == [5]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("某县2023-2024学年统计表", 2023),
        ("某县2024年统计表", 2024),
        ("2022—2023学年度", 2022),
        ("某县", None),
    ],
)
def test_the_school_year_is_taken_from_the_title(
    home: Home, tmp_path: Path, title: str, year: int | None
) -> None:
    path = workbook(tmp_path / "a.xlsx", {"s": [[title], CONDITIONS[1:], ["A1", "小学", 5]]})
    report = import_paths(home, [path])
    if year is None:
        assert rules(report) == ["D106"] and report.refused_rows == 1
        assert import_paths(home, [path], school_year=2021).refused_rows == 0
        year = 2021
    assert rows_of(home, "conditions")["school_year"].to_list() == [year]


def test_a_column_the_sheet_lacks_is_supplied(home: Home, tmp_path: Path) -> None:
    path = sheet_of(tmp_path, ["学校", "在校生数"], ["A1", 5])
    report = import_paths(home, [path], school_year=2024, constants={"教育阶段": "初中"}, dataset="办学条件")
    assert report.refused_rows == 0
    assert cells(home) == {("A1", "junior", "students"): 5}
    with pytest.raises(JunhengError) as caught:
        import_paths(home, [path], constants={"没有这列": "1"})
    assert caught.value.exit_code == 2


def test_several_datasets_in_one_workbook_and_notes_sheets(home: Home, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "学校": [SCHOOLS, [2024, "A1", "东街小学", "完小", "公办", "镇中心区"]],
            "条件": [CONDITIONS, [2024, "东街小学", "小学", 480]],
            "填写说明": [["列名", "说明"], ["学年", "……"]],
            "别的": [["苹果", "梨子"], [1, 2]],
            "旧数": [CONDITIONS, [2024, "东街小学", "小学", 1]],
        },
        hidden=["旧数"],
    )
    report = import_paths(home, [path])
    assert sorted(set(rules(report))) == ["D104", "D137"]
    assert cells(home) == {("东街小学", "primary", "students"): 480}
    school = rows_of(home, "schools").row(0, named=True)
    assert (school["school_type"], school["area_type"]) == ("小学", "镇区")


def test_conditions_and_staff_may_share_a_sheet(home: Home, tmp_path: Path) -> None:
    header = [*CONDITIONS, "专任教师数", "体育"]
    import_paths(home, [sheet_of(tmp_path, header, [2024, "A1", "小学", 480, 30, 2])])
    assert cells(home)["A1", "primary", "students"] == 480
    assert cells(home, "staff_counts")["A1", "primary", "pe_teachers"] == 2


def test_lost_leading_zeros_are_put_back(home: Home, tmp_path: Path) -> None:
    rows = [[2024, code, "小学", 5] for code in ("094688", "094690", "094691", 94689)]
    report = import_paths(home, [sheet_of(tmp_path, CONDITIONS, *rows)])
    assert rules(report) == ["D221"]
    assert "094689" in rows_of(home, "conditions")["school_ref"].to_list()


def test_a_lost_zero_is_put_back_where_the_register_shows_one_school(home: Home, tmp_path: Path) -> None:
    school = [2024, "0123456789", "东街小学", "小学", "公办", "镇区"]
    import_paths(home, [sheet_of(tmp_path, SCHOOLS, school, name="s.xlsx")])
    report = import_paths(home, [sheet_of(tmp_path, CONDITIONS, [2024, 123456789, "小学", 5])])
    assert rules(report) == ["D222"]
    assert rows_of(home, "conditions")["school_ref"].to_list() == ["0123456789"]


def test_a_register_that_lost_a_zero_names_the_school_it_named_before(home: Home, tmp_path: Path) -> None:
    school = ["0123456789", "东街小学", "小学", "公办", "镇区"]
    import_paths(home, [sheet_of(tmp_path, SCHOOLS, [2023, *school], name="a.xlsx")])
    report = import_paths(home, [sheet_of(tmp_path, SCHOOLS, [2024, 123456789, *school[1:]], name="b.xlsx")])
    assert rules(report) == ["D222"]
    assert rows_of(home, "schools")["school_code"].to_list() == ["0123456789", "0123456789"]


@pytest.mark.parametrize(
    ("value", "rule"),
    [("6.10526E+17", "D211"), (610526199001011234, "D212"), ("61052619900101", "D213")],
)
def test_a_damaged_id_number_is_refused(home: Home, tmp_path: Path, value: Any, rule: str) -> None:
    header = ["学年", "身份证号", "学校", "任教学段", "是否专任", "学历"]
    report = import_paths(home, [sheet_of(tmp_path, header, [2024, value, "A1", "小学", "是", "本科"])])
    assert rules(report) == [rule] and report.refused_rows == 1


def test_an_id_number_kept_as_text_is_read_whole(home: Home, tmp_path: Path) -> None:
    header = ["学年", "身份证号", "学校", "任教学段", "是否专任", "学历"]
    row = [2024, "11010519491231002x", "A1", "小学", "是", "本科"]
    report = import_paths(home, [sheet_of(tmp_path, header, row)])
    assert report.refused_rows == 0 and not rules(report)
    assert rows_of(home, "teachers")["teacher_id"].to_list() == ["11010519491231002X"]


MONTHS = ["2023.9", "202309", "2023年9月", "2023-09-01", "2023/9/1", "20230901", "二〇二三年九月", 45170]
MONTHS += [date(2023, 9, 15), "２０２３．０９", "2023年09月01日", "45170"]
GRADES = [("小学", "一年级", 1), ("初中", "一年级", 7), ("初中", "七年级", 7), ("初中", "初二", 8)]
GRADES += [
    ("初中", 3, 9),
    ("高中", "高一", 10),
    ("高中", "一年级", 10),
    ("小学", "6", 6),
    ("初中", "3年级", 9),
]


@pytest.mark.parametrize("text", MONTHS)
def test_months_are_read_however_they_are_written(home: Home, tmp_path: Path, text: Any) -> None:
    header = [*TEACHERS, "入校年月"]
    report = import_paths(home, [sheet_of(tmp_path, header, [2024, "T1", "A1", "小学", "是", "本科", text])])
    assert report.refused_rows == 0
    assert rows_of(home, "teachers")["joined_month"].to_list() == [date(2023, 9, 1)]


def test_terms_are_stored_as_the_contracts(home: Home, tmp_path: Path) -> None:
    header = [*TEACHERS, "骨干级别", "教师资格证", "在岗状态", "任教学科"]
    rows = [
        [2024, "T1", "A1", "小学", "√", "大学本科", "市级骨干教师", "有", None, "音乐（兼）"],
        [2024, "T2", "A1", "初中", 0, "中专", "/", "×", "借调", "数  学"],
    ]
    import_paths(home, [sheet_of(tmp_path, header, *rows)])
    first, second = rows_of(home, "teachers").sort("teacher_id").rows(named=True)
    assert (first["is_full_time"], first["education"], first["backbone_level"]) == (True, "本科", "市级")
    assert (first["has_certificate"], first["duty_status"], first["subject"]) == (True, None, "音乐（兼）")
    assert (second["is_full_time"], second["education"], second["backbone_level"]) == (
        False,
        "高中及以下",
        "无",
    )
    assert (second["has_certificate"], second["duty_status"], second["subject"]) == (False, "借调", "数学")


def test_an_unknown_term_is_refused_with_the_accepted_ones(home: Home, tmp_path: Path) -> None:
    row = [2024, "A1", "东街小学", "大学", "公办", "镇区"]
    report = import_paths(home, [sheet_of(tmp_path, SCHOOLS, row)])
    assert rules(report) == ["D207"]
    assert "九年一贯制学校" in report.issues[0].message_zh


@pytest.mark.parametrize(("stage", "grade", "expected"), GRADES)
def test_grades_are_numbers_within_the_stage(
    home: Home, tmp_path: Path, stage: str, grade: Any, expected: int
) -> None:
    header = ["学年", "学校", "学段", "年级", "班级", "学生数"]
    report = import_paths(home, [sheet_of(tmp_path, header, [2024, "A1", stage, grade, "1班", 40])])
    assert report.refused_rows == 0, report.issues
    assert rows_of(home, "classes")["grade"].to_list() == [expected]


def test_a_grade_outside_its_stage_is_refused(home: Home, tmp_path: Path) -> None:
    header = ["学年", "学校", "学段", "年级", "班级", "学生数"]
    report = import_paths(home, [sheet_of(tmp_path, header, [2024, "A1", "小学", "七年级", "1班", 40])])
    assert rules(report) == ["D218"] and report.refused_rows == 1


def test_a_missing_required_value_refuses_the_row(home: Home, tmp_path: Path) -> None:
    rows = [[2024, None, "小学", 5], [None, "A2", "小学", 5], [2024, "A3", None, 5], [2024, "A4", "小学", 5]]
    report = import_paths(home, [sheet_of(tmp_path, CONDITIONS, *rows)])
    assert rules(report) == ["D201"] * 3
    assert cells(home) == {("A4", "primary", "students"): 5}


def test_contradicting_rows_are_refused_both_and_repeats_count_once(home: Home, tmp_path: Path) -> None:
    rows = [[2024, "T1", "A1", "小学", "是", "本科"], [2024, "T1", "A2", "小学", "是", "本科"]]
    rows += [[2024, "T2", "A1", "小学", "是", "本科"]] * 2
    report = import_paths(home, [sheet_of(tmp_path, TEACHERS, *rows)])
    assert sorted(rules(report)) == ["D113", "D215", "D215"]
    assert "第 3 行" in next(i for i in report.issues if i.row_number == 2).message_zh
    assert rows_of(home, "teachers")["teacher_id"].to_list() == ["T2"]


def test_contradiction_across_files_of_one_call_is_found(home: Home, tmp_path: Path) -> None:
    one = sheet_of(tmp_path, CONDITIONS, [2024, "A1", "小学", 5], name="a.xlsx")
    two = sheet_of(tmp_path, CONDITIONS, [2024, "A1", "小学", 6], name="b.xlsx")
    report = import_paths(home, [one, two])
    assert rules(report) == ["D215", "D215"] and report.refused_rows == 2
    assert "b.xlsx" in report.issues[0].message_zh


def test_cells_of_one_school_in_two_files_add_up(home: Home, tmp_path: Path) -> None:
    one = sheet_of(tmp_path, CONDITIONS, [2024, "A1", "小学", 5], name="a.xlsx")
    header = [*CONDITIONS[:3], "图书册数"]
    two = sheet_of(tmp_path, header, [2024, "A1", "全校", 600], name="b.xlsx")
    assert import_paths(home, [one, two]).refused_rows == 0
    assert cells(home) == {("A1", "primary", "students"): 5, ("A1", "whole", "books"): 600}


def test_equal_rooms_are_rooms_of_their_own(home: Home, tmp_path: Path) -> None:
    header = ["学年", "学校", "类别", "面积"]
    rows = [[2024, "A1", "音乐教室", 96]] * 4 + [[2024, "A1", "美术", 90]]
    import_paths(home, [sheet_of(tmp_path, header, *rows)])
    rooms = rows_of(home, "rooms")
    assert rooms["ordinal"].to_list() == [1, 2, 3, 4, 1]


def test_a_name_of_two_schools_is_refused_and_a_code_is_not(home: Home, tmp_path: Path) -> None:
    schools = [[2024, code, "中心小学", "小学", "公办", "镇区"] for code in ("11", "12")]
    import_paths(home, [sheet_of(tmp_path, SCHOOLS, *schools, name="s.xlsx")])
    rows = [[2024, "中心小学", "小学", 5], [2024, "12", "小学", 6]]
    report = import_paths(home, [sheet_of(tmp_path, CONDITIONS, *rows)])
    assert rules(report) == ["D216"]
    assert "11" in report.issues[0].message_zh and "12" in report.issues[0].message_zh
    assert cells(home) == {("12", "primary", "students"): 6}


def test_a_name_that_one_school_of_the_year_bears_is_no_doubt(home: Home, tmp_path: Path) -> None:
    header = [*SCHOOLS, "曾用名"]
    schools = [
        [2024, "11", "东街小学", "小学", "公办", "镇区", None],
        [2024, "12", "西街小学", "小学", "公办", "镇区", "东街小学、老西街小学"],
    ]
    import_paths(home, [sheet_of(tmp_path, header, *schools, name="s.xlsx")])
    report = import_paths(home, [sheet_of(tmp_path, CONDITIONS, [2024, "东街小学", "小学", 5])])
    assert report.refused_rows == 0
    assert rows_of(home, "schools").sort("school_code")["former_names"].to_list() == [
        None,
        "东街小学|老西街小学",
    ]


def test_merged_cells_are_filled_down(home: Home, tmp_path: Path) -> None:
    header = ["学年", "学校", "学段", "年级", "班级", "学生数"]
    rows = [
        [2024, school if at == 0 else None, "小学", 1, at + 1, 40] for school in "甲乙" for at in range(3)
    ]
    report = import_paths(home, [sheet_of(tmp_path, header, *rows)])
    assert rules(report) == ["D112"]
    assert rows_of(home, "classes")["school_ref"].to_list() == ["甲"] * 3 + ["乙"] * 3


def test_shares_are_read_as_shares(home: Home, tmp_path: Path) -> None:
    header = ["学年", "学段", "指标编号", "目标项", "目标值"]
    rows = [
        [2024, "小学", "R1", "差异系数", "0.45"],
        [2024, "小学", "R0", "达标率", "95.3%"],
        [2024, "初中", "r0", "达标学校比例", 95.3],
        [2024, "小学", "综合", "差异系数", 0.4],
    ]
    report = import_paths(home, [sheet_of(tmp_path, header, *rows)])
    assert rules(report) == ["D223"]
    found = {
        (r["indicator_code"], r["stage"]): r["target"] for r in rows_of(home, "targets").rows(named=True)
    }
    assert found == {
        ("R1", "primary"): 0.45,
        ("R0", "primary"): pytest.approx(0.953),
        ("R0", "junior"): pytest.approx(0.953),
        ("composite", "primary"): 0.4,
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_any_encoding_is_read(home: Home, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    text = f'{",".join(CONDITIONS)}\n2024,"㙍镇,小学",小学,480\n\n2024,094688,小学\n'
    path.write_bytes(text.encode(encoding))
    import_paths(home, [path])
    found = rows_of(home, "conditions")
    assert found["school_ref"].to_list() == ["㙍镇,小学", "094688"]
    assert found["row_number"].to_list() == [2, 4]
    assert found["value"].to_list() == [480, None]


def test_old_xls_is_read(home: Home, tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("条件")
    for row, cells_ in enumerate([CONDITIONS, [2024, "094688", "小学", 480]]):
        for column, value in enumerate(cells_):
            sheet.write(row, column, value)
    book.save(str(tmp_path / "a.xls"))
    import_paths(home, [tmp_path / "a.xls"])
    assert cells(home) == {("094688", "primary", "students"): 480}


def test_zips_with_chinese_names_are_read_and_write_nothing_outside(home: Home, tmp_path: Path) -> None:
    inner = sheet_of(tmp_path, CONDITIONS, [2024, "A1", "小学", 5]).read_bytes()
    packed = tmp_path / "上报.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        info = zipfile.ZipInfo("x" * 8)
        archive.writestr(info, inner)
        archive.writestr(
            "../../逃出去.xlsx", sheet_of(tmp_path, CONDITIONS, [2024, "A2", "小学", 6]).read_bytes()
        )
        archive.writestr("~$锁.xlsx", b"x")
    raw = packed.read_bytes().replace(b"x" * 8, "条件.".encode("gbk") + b"xls")
    packed.write_bytes(raw)
    import_paths(home, [packed])
    assert set(rows_of(home, "conditions")["file_name"]) == {"上报.zip/条件.xls", "上报.zip/逃出去.xlsx"}
    assert not list(tmp_path.parent.glob("逃出去*"))


def test_a_zip_bomb_is_refused(home: Home, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * (64 << 20))
    (tmp_path / "a.zip").write_bytes(buffer.getvalue())
    with pytest.raises(JunhengError) as caught:
        import_paths(home, [tmp_path / "a.zip"])
    assert "过大" in caught.value.message_zh


def test_folders_are_read_in_order_and_lock_files_skipped(home: Home, tmp_path: Path) -> None:
    (tmp_path / "in" / "乡镇").mkdir(parents=True)
    sheet_of(tmp_path / "in" / "乡镇", CONDITIONS, [2024, "A1", "小学", 5], name="乙.xlsx")
    sheet_of(tmp_path / "in", CONDITIONS, [2024, "A2", "小学", 5], name="甲.xlsx")
    (tmp_path / "in" / "~$甲.xlsx").write_bytes(b"lock")
    (tmp_path / "in" / ".hidden.csv").write_text("x")
    (tmp_path / "in" / "说明.docx").write_bytes(b"x")
    (tmp_path / "in" / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    report = import_paths(home, [tmp_path / "in"])
    assert sorted(rules(report)) == ["D102", "D134"]
    assert report.refused_rows == 1, "a file that cannot be opened is no success"
    assert set(rows_of(home, "conditions")["file_name"]) == {"甲.xlsx", "乡镇/乙.xlsx"}


def test_a_path_that_does_not_exist_is_wrong_usage(home: Home, tmp_path: Path) -> None:
    with pytest.raises(JunhengError) as caught:
        import_paths(home, [tmp_path / "没有.xlsx"])
    assert caught.value.exit_code == 2


def test_received_files_are_kept_under_their_hash(home: Home, tmp_path: Path) -> None:
    path = sheet_of(tmp_path, CONDITIONS, [2024, "A1", "小学", 5])
    report = import_paths(home, [path])
    assert (home.files / report.sources[0].file_hash).read_bytes() == path.read_bytes()


def test_implausible_figures_are_warned_of_and_land(home: Home, tmp_path: Path) -> None:
    header = [*CONDITIONS, "教学及辅助用房面积", "室内体育用房面积", "教学仪器设备资产值", "计算机台数"]
    rows = [[2024, "A1", "小学", 500, 900, 1000, 310.5, 5], [2024, "A2", "小学", 500, 9000, 0, 0, 5]]
    staff = ["学年", "学校标识码", "学段", "专任教师数", "本科", "专科", "县级以上骨干教师数", "体育"]
    staff_row = [2024, "A1", "小学", 10, 8, 4, 11, 12]
    path = workbook(tmp_path / "a.xlsx", {"条件": [header, *rows], "教师": [staff, staff_row]})
    report = import_paths(home, [path])
    assert report.refused_rows == 0
    assert sorted(rules(report)) == ["D231", "D232", "D233", "D234", "D235", "D236"]


def test_the_countys_own_words_are_added_from_its_home(home: Home, tmp_path: Path) -> None:
    own = home.parameters / "imports"
    own.mkdir(parents=True)
    (own / "columns.csv").write_text("dataset,field,aliases\nconditions,students,娃娃数\n", "utf-8")
    (own / "terms.csv").write_text("list,term,aliases\nstage,primary,小小班\n", "utf-8")
    path = sheet_of(tmp_path, ["学年", "学校", "学段", "娃娃数"], [2024, "A1", "小小班", 5])
    assert import_paths(home, [path]).refused_rows == 0
    assert cells(home) == {("A1", "primary", "students"): 5}


def test_october_that_may_have_lost_its_zero_is_pointed_out(home: Home, tmp_path: Path) -> None:
    header = [*TEACHERS, "入校年月"]
    rows = [
        [2024, f"T{at}", "A1", "小学", "是", "本科", text]
        for at, text in enumerate([2018.1, "2018.1", 2018.9])
    ]
    report = import_paths(home, [sheet_of(tmp_path, header, *rows)])
    assert rules(report) == ["D224"]
    assert "1 格" in report.issues[0].message_zh


def test_a_unit_nobody_knows_refuses_the_sheet_and_a_remark_does_not(home: Home, tmp_path: Path) -> None:
    header = [*CONDITIONS, "教学仪器设备资产值（十万）"]
    report = import_paths(home, [sheet_of(tmp_path, header, [2024, "A1", "小学", 5, 3])])
    assert rules(report) == ["D118"] and report.refused_rows == 1
    header = [*CONDITIONS[:3], "在校生数（含住校生）"]
    report = import_paths(home, [sheet_of(tmp_path, header, [2024, "A1", "小学", 5], name="b.xlsx")])
    assert rules(report) == ["D117"]
    assert cells(home) == {("A1", "primary", "students"): 5}


def test_a_sheet_that_lacks_one_column_is_refused_by_name(home: Home, tmp_path: Path) -> None:
    path = sheet_of(tmp_path, ["学年", "学校", "在校生数"], [2024, "A1", 5])
    report = import_paths(home, [path])
    assert rules(report) == ["D105"] and report.refused_rows == 1
    assert "学段" in report.issues[0].message_zh and "--set" in report.issues[0].message_zh


def test_issues_do_not_show_whole_id_numbers(home: Home, tmp_path: Path) -> None:
    header = ["学年", "身份证号", "学校", "任教学段", "是否专任", "学历"]
    report = import_paths(
        home, [sheet_of(tmp_path, header, [2024, "110105194912310021", "A1", "小学", "是", "本科"])]
    )
    assert rules(report) == ["D226"] and report.refused_rows == 0
    assert report.issues[0].raw_value == "110105********0021"
    assert "19491231" not in report.issues[0].message_zh + report.issues[0].message_en


def test_files_of_one_name_from_folders_of_one_name_are_told_apart(home: Home, tmp_path: Path) -> None:
    for year in (2023, 2024):
        folder = tmp_path / str(year) / "上报"
        folder.mkdir(parents=True)
        sheet_of(folder, CONDITIONS, [year, "A1", "小学", 5], name="表.xlsx")
    report = import_paths(home, [tmp_path / "2023" / "上报", tmp_path / "2024" / "上报"])
    assert [source.file_name for source in report.sources] == ["上报/表.xlsx", "上报/表.xlsx（2）"]
