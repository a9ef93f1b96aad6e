"""Score sheets as schools send them: wide or long, absent, void and nought apart, no pupil's name kept."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from tests.warehouse.workbooks import workbook
from warehouse import pupils
from warehouse.backups import backup
from warehouse.home import Home, open_home
from warehouse.imports import ImportReport, import_paths
from warehouse.landing import landed
from warehouse.schemas import ABSENT, SAT, VOID

EXAM = {"考试编号": "E1", "考试日期": "2025-01-15"}
WIDE = {
    "七年级": [
        ["2024年秋季期末成绩册"],
        ["学籍号", "姓名", "学校", "班级", "语文（满分120）", "数学(150)", "英语", "总分", "校名次"],
        ["001", "张三", "一小", "1班", 100, "缺考", 88, 188, 1],
        ["2", "李四", "一小", "1班", 0, "作弊", "abc", 0, 2],
        ["3", "王五", "二小", "2班", 130, -1, "", 0, 3],
        ["4", "赵六", "二小", "2班", -5, "95.5分", "１０１", 0, 3],
        ["平均分", None, None, None, 50, 60, 70, 1, 1],
    ],
    "初二": [["学籍号", "学校", "语", "物理"], ["9", "一小", "95.5", "/"], ["8", "一小", "94.5", "病假"]],
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


def taken(home: Home, path: Path, **more: str) -> ImportReport:
    return import_paths(home, [path], constants={**EXAM, **more})


def scores(home: Home) -> list[tuple[object, ...]]:
    groups = landed(home, "exam_groups").drop("import_id")
    rows = landed(home, "exam_scores").join(groups, on="group_id")
    return (
        rows.sort("grade", "subject", "row_number")
        .select("grade", "subject", "row_number", "status", "score")
        .rows()
    )


def errors(report: ImportReport) -> list[tuple[object, ...]]:
    return [(i.rule_code, i.row_number, i.column_name) for i in report.issues if i.severity == "error"]


def test_a_wide_workbook_lands_cell_by_cell(home: Home, tmp_path: Path) -> None:
    report = taken(home, workbook(tmp_path / "a.xlsx", WIDE))
    assert scores(home) == [
        (7, "数学", 3, ABSENT, None),
        (7, "数学", 4, VOID, None),
        (7, "数学", 5, ABSENT, None),
        (7, "数学", 6, SAT, 95.5),
        (7, "英语", 3, SAT, 88),
        (7, "英语", 5, ABSENT, None),
        (7, "英语", 6, SAT, 101),
        (7, "语文", 3, SAT, 100),
        (7, "语文", 4, SAT, 0),
        (8, "物理", 2, ABSENT, None),
        (8, "物理", 3, ABSENT, None),
        (8, "语文", 2, SAT, 95.5),
        (8, "语文", 3, SAT, 94.5),
    ]
    assert errors(report) == [
        ("D252", 6, "语文（满分120）"),
        ("D251", 4, "英语"),
        ("D253", 5, "语文（满分120）"),
    ]
    assert "120" in next(i.message_zh for i in report.issues if i.rule_code == "D253")
    groups = landed(home, "exam_groups")
    assert set(groups["school_year"]) == {2024}
    marks = dict(groups.filter(pl.col("grade") == 7).select("subject", "full_score").iter_rows())
    assert marks == {"语文": 120, "数学": 150, "英语": None}
    assert report.sources[0].extra_columns == ["总分", "校名次"]


def test_the_same_sheet_again_changes_nothing_and_a_mended_one_adds(home: Home, tmp_path: Path) -> None:
    report = taken(home, workbook(tmp_path / "a.xlsx", WIDE))
    assert taken(home, tmp_path / "a.xlsx").unchanged
    assert report.error_workbook is not None
    book = openpyxl.load_workbook(report.error_workbook)
    sheet = book["七年级"]
    assert {cell.value for cell in sheet["B"][2:] if cell.value} == {"***"}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "abc":
                cell.value = 77
    book.save(tmp_path / "mended.xlsx")
    again = import_paths(home, [tmp_path / "mended.xlsx"], partial=True)
    assert not again.unchanged
    landed_again = landed(home, "exam_scores").filter(pl.col("import_id") == again.import_id)
    assert 77.0 in landed_again["score"].to_list()


def test_names_and_numbers_are_nowhere_in_the_home(home: Home, tmp_path: Path) -> None:
    taken(home, workbook(tmp_path / "a.xlsx", WIDE))
    assert not home.files.exists() or not list(home.files.iterdir())
    held = b"".join(path.read_bytes() for path in home.landing.rglob("*.parquet"))
    assert "张三".encode() not in held
    key = pupils.key_path(home)
    assert os.name == "nt" or key.stat().st_mode & 0o777 == 0o600
    numbers = pl.Series(["001", "1", "g1", "G1", None])
    first, second, third, fourth, none = pupils.pseudonyms(numbers, pupils.key_of(home)).to_list()
    assert first == second and third == fourth and none is None
    assert pupils.pseudonyms(numbers, b"another").to_list()[0] != first


def test_the_key_is_in_no_backup(home: Home, tmp_path: Path) -> None:
    taken(home, workbook(tmp_path / "a.xlsx", WIDE))
    backup(home, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = archive.namelist()
    assert any(name.startswith("landing/exam_scores/I") for name in names)
    assert not [name for name in names if "pupil" in name or name.startswith(("files/", "errors/"))]


def test_the_file_is_kept_where_the_bureau_says_so(home: Home, tmp_path: Path) -> None:
    home.parameters.mkdir(parents=True)
    own = "parameter,valid_from,value\nkeep_score_files,2024-01-01,1\n"
    (home.parameters / "parameters.csv").write_text(own)
    taken(home, workbook(tmp_path / "a.xlsx", WIDE))
    assert len(list(home.files.iterdir())) == 1


def test_another_key_is_said(home: Home, tmp_path: Path) -> None:
    taken(home, workbook(tmp_path / "a.xlsx", WIDE))
    pupils.key_path(home).unlink()
    path = workbook(tmp_path / "b.xlsx", {"九年级": [["学籍号", "学校", "语文"], ["1", "一小", 90]]})
    assert "D258" in {issue.rule_code for issue in taken(home, path).issues}


def test_a_pupil_listed_twice(home: Home, tmp_path: Path) -> None:
    rows = [
        ["考号", "学校", "语文", "数学"],
        ["1", "一小", 90, 80],
        ["1", "一小", 90, 81],
        ["2", "一小", 70, 60],
    ]
    report = taken(home, workbook(tmp_path / "a.xlsx", {"三年级": rows}))
    assert errors(report) == [("D254", 2, "数学"), ("D254", 3, "数学")]
    assert scores(home) == [(3, "数学", 4, SAT, 60), (3, "语文", 2, SAT, 90), (3, "语文", 4, SAT, 70)]


def test_rows_that_repeat_are_named_by_their_numbers(home: Home, tmp_path: Path) -> None:
    rows = [
        ["考号", "学校", "语文"],
        ["1", "一小", 90],
        ["2", "一小", 70],
        ["1", "一小", 90],
        ["1", "一小", 90],
    ]
    report = taken(home, workbook(tmp_path / "a.xlsx", {"三年级": rows, "四年级": rows[:3] + rows[2:3]}))
    said = [issue.message_zh for issue in report.issues if issue.rule_code == "D113"]
    assert [line.partition("：")[2].partition("与")[0] for line in said] == ["第 4、5 行", "第 4 行"]


def test_a_long_sheet_and_a_csv_in_gb18030(home: Home, tmp_path: Path) -> None:
    lines = ["准考证号,毕业学校,学科,得分,满分", "1,一小,语,90,100", "1,一小,体育,优,50", "2,一小,语,缺,100"]
    path = tmp_path / "九年级.csv"
    path.write_bytes("\n".join(lines).encode("gb18030"))
    report = taken(home, path)
    assert scores(home) == [(9, "语文", 2, SAT, 90), (9, "语文", 4, ABSENT, None)]
    assert errors(report) == [("D251", 3, "得分")]


def test_a_column_of_unknown_name_is_a_subject_by_its_cells(home: Home, tmp_path: Path) -> None:
    rows = [["考号", "学校", "langPOST", "家长电话", "等级"], ["1", "一小", 36, 13900000000, "A"]]
    report = taken(home, workbook(tmp_path / "a.xlsx", {"六年级": rows}))
    assert set(landed(home, "exam_groups")["subject"]) == {"langPOST"}
    (said,) = [issue for issue in report.issues if issue.rule_code == "D257"]
    assert said.column_name == "langPOST"


def test_a_row_of_full_marks_and_two_header_rows(home: Home, tmp_path: Path) -> None:
    rows = [
        ["考号", "学校", "语文", None, "数学", None],
        [None, None, "得分", "校名次", "得分", "校名次"],
        ["满分", None, 120, None, 150, None],
        ["1", "一小", 100, 1, 140, 1],
    ]
    taken(home, workbook(tmp_path / "a.xlsx", {"七年级": rows}))
    groups = landed(home, "exam_groups")
    assert dict(groups.select("subject", "full_score").iter_rows()) == {"语文": 120, "数学": 150}


def test_without_exam_or_grade_the_sheet_says_what_it_lacks(home: Home, tmp_path: Path) -> None:
    rows = [["考号", "姓名", "学校", "语文"], ["1", "张三", "一小", 90]]
    path = workbook(tmp_path / "a.xlsx", {"Sheet1": rows})
    report = import_paths(home, [path])
    (said,) = report.issues
    assert report.refused_rows == 1 and landed(home, "exam_scores").is_empty()
    assert said.rule_code == "D105" and "考试编号、年级" in said.message_zh
    assert not home.files.exists() or not list(home.files.iterdir())


def test_a_subject_that_a_later_file_lacks_is_said(home: Home, tmp_path: Path) -> None:
    both = workbook(
        tmp_path / "a.xlsx", {"七年级": [["考号", "学校", "语文", "数学"], ["1", "一小", 90, 80]]}
    )
    one = workbook(tmp_path / "b.xlsx", {"七年级": [["考号", "学校", "语文"], ["1", "一小", 90]]})
    taken(home, both)
    assert any(i.rule_code == "D114" and "数学" in i.message_zh for i in taken(home, one).issues)


def test_a_school_whose_code_lost_its_zero_is_told_once(home: Home, tmp_path: Path) -> None:
    codes = ["0610526001"] * 5 + ["610526002"] * 3
    rows = [["考号", "学校标识码", "语文"], *([str(at), code, 90] for at, code in enumerate(codes))]
    report = taken(home, workbook(tmp_path / "a.xlsx", {"三年级": rows}))
    assert [issue.row_number for issue in report.issues if issue.rule_code == "D221"] == [7]
    assert set(landed(home, "exam_groups")["school_ref"]) == {"0610526001", "0610526002"}


def test_a_large_text_is_read_whole_row_for_row(home: Home, tmp_path: Path) -> None:
    lines = ["学籍号,学校,科目,分数", *(f"G{at:09d},第{at % 40}小学,语文,{at % 101}" for at in range(40_000))]
    path = tmp_path / "八年级.csv"
    path.write_bytes("\r\n".join([*lines, ""]).encode("gb18030"))
    assert path.stat().st_size > 1 << 20
    report = taken(home, path)
    rows = landed(home, "exam_scores").sort("row_number")
    assert report.sources[0].rows_landed == rows.height == rows["pupil_key"].n_unique() == 40_000
    assert rows["row_number"].to_list()[:2] == [2, 3] and rows["score"].to_list()[100:103] == [100, 0, 1]
    uneven = tmp_path / "九年级.csv"
    uneven.write_bytes(("八年级成绩\n" + "\n".join(lines)).encode())
    assert taken(home, uneven).sources[0].rows_landed == 40_000


@pytest.mark.parametrize(("asked", "year"), [(None, 2024), (2023, 2023)])
def test_the_school_year_is_the_one_asked_for_else_that_of_the_date(
    home: Home, tmp_path: Path, asked: int | None, year: int
) -> None:
    import_paths(home, [workbook(tmp_path / "a.xlsx", WIDE)], constants=EXAM, school_year=asked)
    assert set(landed(home, "exam_groups")["school_year"]) == {year}


MARKS = {
    ABSENT: ["Q", "“/”", "0分缺考", "缺考（病）", "0（缺考）", "病假（有条）", "缺考0", "休学", "缺考。"],
    VOID: ["零分处理", "违纪（0）", "作弊0分", "按作弊零分处理", "0分（违纪）"],
    SAT: ["零分", "98。5", "0.0", "98.5分"],
}


def test_marks_beside_remarks_and_noughts_are_understood(home: Home, tmp_path: Path) -> None:
    words = [(status, word) for status, marks in MARKS.items() for word in marks]
    unclear = ["89（补考）", "-10", "★", "98,5", "转出"]
    cells = [*(word for _status, word in words), *unclear]
    rows = [["考号", "学校", "语文"], *([str(at), "一小", cell] for at, cell in enumerate(cells))]
    report = taken(home, workbook(tmp_path / "a.xlsx", {"七年级": rows}))
    read = landed(home, "exam_scores").sort("row_number")
    assert read["status"].to_list() == [status for status, _word in words]
    assert read.filter(pl.col("status") == SAT)["score"].to_list() == [0, 98.5, 0, 98.5]
    assert sorted(rule for rule, _row, _column in errors(report)) == [*["D251"] * 4, "D252"]


@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("八年级上", 8),
        ("八（1）班", 8),
        ("2022级（八年级）", 8),
        ("初2023级", 8),
        ("2026届初中", 8),
        ("小学2019级", 6),
        ("2023级", None),
        ("初2019级", None),
    ],
)
def test_grades_as_classes_and_year_groups(
    home: Home, tmp_path: Path, written: str, grade: int | None
) -> None:
    rows = [["年级", "考号", "学校", "语文"], [written, "1", "一小", 90]]
    report = taken(home, workbook(tmp_path / "a.xlsx", {"成绩": rows}))
    assert landed(home, "exam_groups")["grade"].to_list() == ([grade] if grade else [])
    assert [rule for rule, *_where in errors(report)] == ([] if grade else ["D214"])


def test_a_sheet_for_each_class_and_a_joint_paper(home: Home, tmp_path: Path) -> None:
    head = ["考号", "学校", "物理化学合卷（满分160）", "道德与法治历史"]
    sheets = {f"八（{at}）班": [head, [str(at), "一小", 120, 80]] for at in (1, 2)}
    report = taken(home, workbook(tmp_path / "期末.xlsx", sheets))
    groups = landed(home, "exam_groups").sort("class_name", "subject")
    found = groups.select("grade", "class_name", "subject", "full_score").rows()
    assert found == [
        (8, f"八（{at}）班", subject, full)
        for at in (1, 2)
        for subject, full in (("政史", None), ("理化", 160))
    ]
    assert errors(report) == []
