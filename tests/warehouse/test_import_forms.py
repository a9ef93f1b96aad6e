"""A school's yearly workbook of official forms, older and newer layout: every figure and where it stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl
import pytest

from tests.warehouse import forms_fixtures as forms
from tests.warehouse.workbooks import cells, rows_of, rules
from warehouse import landing
from warehouse.errors import JunhengError
from warehouse.home import Home, open_home
from warehouse.imports import import_paths

STAGES = {"小学": "primary", "初中": "junior"}
EDUCATION = ("doctoral", "master", "bachelor", "college")
SUBJECTS = {"体育": "pe_teachers", "音乐": "music_teachers", "美术": "art_teachers", "艺术": "arts_teachers"}
SCHOOLS = [forms.primary(), forms.junior(), forms.nine_year()]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


def number(value: Any) -> float:
    return 0.0 if value in ("*", "-", None) else float(value)


def expected(school: forms.FormSchool) -> dict[tuple[str, str, str], float]:
    """Return what a school's workbook says, as it should land."""
    ref = school.code
    found = {
        (ref, "whole", "teaching_area_m2"): number(school.teaching),
        (ref, "whole", "indoor_sports_area_m2"): number(school.indoor),
        (ref, "whole", "sports_ground_area_m2"): number(school.ground),
        (ref, "whole", "equipment_value_yuan"): number(school.equipment) * 10_000,
        (ref, "whole", "multimedia_rooms"): number(school.rooms),
        (ref, "whole", "computers"): number(school.computers),
        (ref, "whole", "books"): number(school.books),
    }
    for name, stage in school.stages.items():
        at = STAGES[name]
        found[ref, at, "students"] = number(stage.students)
        found[ref, at, "class_count"] = stage.classes
        found[ref, at, "full_time_teachers"] = number(stage.total)
        found[ref, at, "backbone_teachers"] = number(stage.backbone)
        found[ref, at, "secondary_teachers"] = sum(map(number, stage.education[4:]))
        for label, count in zip(EDUCATION, stage.education, strict=False):
            found[ref, at, f"{label}_teachers"] = number(count)
        for label, count in stage.subjects.items():
            found[ref, at, SUBJECTS[label]] = number(count)
    return found


def landed(home: Home) -> dict[tuple[str, str, str], float | None]:
    return cells(home) | cells(home, "staff_counts")


@pytest.mark.parametrize("letters", [False, True])
@pytest.mark.parametrize("newer", [False, True])
@pytest.mark.parametrize("school", SCHOOLS, ids=lambda school: school.kind[0])
def test_every_figure_lands_as_the_form_says(
    home: Home, tmp_path: Path, school: forms.FormSchool, newer: bool, letters: bool
) -> None:
    path = forms.workbook_of(tmp_path, replace(school, letters=letters), 2024 if newer else 2020, newer=newer)
    report = import_paths(home, [path])
    assert report.refused_rows == 0
    assert not rules(report), report.issues
    assert landed(home) == pytest.approx(expected(school))
    row = rows_of(home, "schools").row(0, named=True)
    assert (row["school_code"], row["school_name"]) == (school.code, school.name)
    assert (row["school_type"], row["ownership"], row["area_type"]) == (school.kind[0], "公办", "镇区")
    assert row["sponsor_code"] == "831"
    assert row["school_year"] == (2024 if newer else 2020)
    assert landing.landed(home, "classes").is_empty()


@pytest.mark.parametrize("letters", [False, True])
@pytest.mark.parametrize("newer", [False, True])
def test_each_figure_stands_where_its_provenance_says(
    home: Home, tmp_path: Path, newer: bool, letters: bool
) -> None:
    school = replace(forms.nine_year(), letters=letters)
    path = forms.workbook_of(tmp_path, school, 2024 if newer else 2020, newer=newer)
    import_paths(home, [path])
    reader = fastexcel.read_excel(path)
    sheets = {
        name: reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
        for name in reader.sheet_names
    }
    both = pl.concat([rows_of(home, name) for name in ("conditions", "staff_counts")])
    for row in both.iter_rows(named=True):
        texts = [text for text in sheets[row["sheet_name"]].row(row["row_number"] - 1) if text]
        assert row["raw_value"].partition("+")[0] in texts, row
        label = row["column_name"].partition("›")[0].partition("+")[0]
        assert any(label in text for text in texts), row
    students = both.filter(field="students", stage="junior").row(0, named=True)
    assert students["sheet_name"] == ("教基3115_初中" if newer else "基础基313")
    assert students["column_name"] == "总计›在校生数›合计"
    assert students["row_number"] == 6 + letters
    equipment = both.filter(field="equipment_value_yuan").row(0, named=True)
    assert equipment["raw_value"] == "215.5"
    assert set(landing.landed(home, "conditions")["replaces"]) == {"school"}


@pytest.mark.parametrize("newer", [False, True])
def test_facts_may_stand_beside_their_labels(home: Home, tmp_path: Path, newer: bool) -> None:
    """Some copies have the block of 名称 and 代码 turned: labels one below the other."""
    sheets = forms.sheets_of(forms.nine_year(), 2024, newer=newer)
    sheet = sheets["教基1001" if newer else "基础基111"]
    start = next(at for at, row in enumerate(sheet.rows) if "所在地城乡类型" in row)
    sheet.rows[start:] = forms.TURNED
    report = import_paths(home, [forms.write(tmp_path / "转置.xlsx", sheets)])
    assert not rules(report), report.issues
    row = rows_of(home, "schools").row(0, named=True)
    assert row["school_type"] == "九年一贯制学校"
    assert (row["ownership"], row["sponsor_code"], row["area_type"]) == ("民办", "999", "乡村")


def test_a_missing_sheet_leaves_its_figures_missing(home: Home, tmp_path: Path) -> None:
    school = forms.primary(skip=["教基5176", "教基4155_小学", "教基1102续"])
    import_paths(home, [forms.workbook_of(tmp_path, school, 2024, newer=True)])
    fields = {field for _, _, field in landed(home)}
    assert fields == {"students", "class_count", "teaching_area_m2", "indoor_sports_area_m2"}


def test_marks_blanks_and_minus_one(home: Home, tmp_path: Path) -> None:
    """`*` and `-` are none; -1 is that in older files; a blank is none in a part, missing in a total."""
    school = forms.primary(teaching=None, indoor=None, rooms="*", ground=-1, equipment="-")
    import_paths(home, [forms.workbook_of(tmp_path, school, 2020, newer=False)])
    found = cells(home)
    assert found[school.code, "whole", "teaching_area_m2"] is None
    assert found[school.code, "whole", "indoor_sports_area_m2"] == 0
    assert found[school.code, "whole", "multimedia_rooms"] == 0
    assert found[school.code, "whole", "sports_ground_area_m2"] == 0
    assert found[school.code, "whole", "equipment_value_yuan"] == 0


def test_minus_one_in_a_newer_file_is_refused_alone(home: Home, tmp_path: Path) -> None:
    report = import_paths(home, [forms.workbook_of(tmp_path, forms.primary(ground=-1), 2024, newer=True)])
    assert rules(report) == ["D204"] and report.refused_rows == 1
    issue = report.issues[0]
    assert (issue.sheet_name, issue.row_number, issue.column_name) == ("教基5176", 7, "运动场地面积›数量")
    assert issue.school_ref == forms.primary().code
    found = cells(home)
    assert (forms.primary().code, "whole", "sports_ground_area_m2") not in found
    assert found[forms.primary().code, "whole", "books"] == 30_000
    assert report.error_workbook is not None


def test_labels_that_moved_or_are_gone_are_told(home: Home, tmp_path: Path) -> None:
    sheets = forms.sheets_of(forms.primary(), 2024, newer=True)
    for row in sheets["教基5170"].rows:
        row.insert(2, None)
    sheets["教基5170"].merges = []
    sheets["教基5176"].rows = [row for row in sheets["教基5176"].rows if "图书" not in str(row[0])]
    report = import_paths(home, [forms.write(tmp_path / "a.xlsx", sheets)])
    assert rules(report) == ["D121"]
    assert "教基5176 图书册数" in report.issues[0].message_zh
    assert cells(home)[forms.primary().code, "whole", "teaching_area_m2"] == 5200


def test_a_sheet_without_its_code_in_the_name_is_known_by_its_second_row(home: Home, tmp_path: Path) -> None:
    sheets = forms.sheets_of(forms.primary(), 2020, newer=False)
    renamed = {f"Sheet{at}": laid for at, laid in enumerate(sheets.values())}
    import_paths(home, [forms.write(tmp_path / "a.xlsx", renamed)])
    assert landed(home) == pytest.approx(expected(forms.primary()))


def test_a_workbook_that_names_no_school_is_refused(home: Home, tmp_path: Path) -> None:
    path = forms.workbook_of(tmp_path, forms.primary(skip=["教基1001"]), 2024, newer=True)
    report = import_paths(home, [path], school_year=2024)
    assert rules(report) == ["D120"] and report.refused_rows > 0
    assert not landed(home)
    import_paths(home, [path], school_year=2024, constants={"学校标识码": "2161000001"})
    assert landed(home) == pytest.approx(expected(forms.primary()))


def test_the_years_file_replaces_the_school_and_again_changes_nothing(home: Home, tmp_path: Path) -> None:
    path = forms.workbook_of(tmp_path, forms.primary(), 2024, newer=True)
    import_paths(home, [path])
    assert import_paths(home, [path]).unchanged
    changed = forms.primary(rooms=30)
    report = import_paths(home, [forms.workbook_of(tmp_path, changed, 2024, newer=True)])
    assert not report.unchanged
    assert landed(home)[changed.code, "whole", "multimedia_rooms"] == 30


def test_arts_with_music_and_fine_art_as_its_parts_count_once(home: Home, tmp_path: Path) -> None:
    sheets = forms.sheets_of(forms.nine_year(), 2024, newer=True)
    laid = sheets["教基4155_九年一贯制学校"]
    top, numbers = laid.rows[3], laid.rows[4]
    top += [None, None]
    below = [None] * (len(top) - 3) + ["计", "#音乐", "#美术"]
    laid.rows[3:5] = [top, below, [*numbers, "8", "9"]]
    for row in laid.rows[6:]:
        row += [2, 4]
    width = len(top) - 1
    laid.merges = [(0, 0, 0, width), (3, width - 2, 3, width), *((3, at, 4, at) for at in range(width - 2))]
    import_paths(home, [forms.write(tmp_path / "a.xlsx", sheets)])
    found = cells(home, "staff_counts")
    code = forms.nine_year().code
    assert found[code, "primary", "arts_teachers"] == 6
    assert (code, "primary", "music_teachers") not in found


def test_older_staff_forms_take_their_stage_from_the_title(home: Home, tmp_path: Path) -> None:
    sheets = forms.sheets_of(forms.junior(), 2020, newer=False)
    sheets = {("基础基423" if name == "基础基424" else name): laid for name, laid in sheets.items()}
    import_paths(home, [forms.write(tmp_path / "a.xlsx", sheets)])
    assert landed(home) == pytest.approx(expected(forms.junior()))


def test_a_county_teaches_a_new_label(home: Home, tmp_path: Path) -> None:
    folder = home.parameters / "imports"
    folder.mkdir(parents=True)
    rows = "form,from_year,row,column,dataset,field,stage,unit,role\n"
    rows += "教基5176*,2024,智慧教室,数量,conditions,multimedia_rooms,whole,间,total\n"
    (folder / "forms.csv").write_text(rows, "utf-8")
    for year, found in ((2023, None), (2024, 24)):
        sheets = forms.sheets_of(forms.primary(), year, newer=True)
        for row in sheets["教基5176"].rows:
            row[0] = "智慧教室（间）" if "网络多媒体" in str(row[0]) else row[0]
        import_paths(home, [forms.write(tmp_path / f"{year}.xlsx", sheets)])
        rooms = rows_of(home, "conditions").filter(field="multimedia_rooms", school_year=year)
        assert rooms["value"].to_list() == ([found] if found else [])


def test_nothing_but_unknown_forms_is_told(home: Home, tmp_path: Path) -> None:
    path = forms.write(tmp_path / "a.xlsx", {"教基9999": forms.Laid([["某表"], ["教基9999"], ["甲", 1]])})
    with pytest.raises(JunhengError) as caught:
        import_paths(home, [path])
    assert "教基9999" in caught.value.message_zh


def test_a_unit_column_before_the_value_names_no_row(home: Home, tmp_path: Path) -> None:
    sheets = forms.sheets_of(forms.primary(), 2024, newer=True)
    laid = sheets["教基5176"]
    units = ["单位", "丙", "平方米", "平方米", "平方米", "册", "台", "台", "间", "万元", "万元"]
    for row, unit in zip(laid.rows[2:], units, strict=True):
        row[0] = str(row[0]).partition("（")[0]
        row.insert(1, unit)
    import_paths(home, [forms.write(tmp_path / "a.xlsx", sheets)])
    assert landed(home) == pytest.approx(expected(forms.primary()))


def test_titles_may_be_rows_of_their_form(home: Home, tmp_path: Path) -> None:
    sheets = forms.sheets_of(forms.primary(), 2024, newer=True)
    counts = [("总计", 33), ("其中：女", 20), ("正高级", None), ("副高级", 3), ("中级", 12), ("助理级", 18)]
    rows = [["小学专任教师专业技术职务、年龄结构情况"], ["教基4153"], [None, "编号", "合计", "24岁及以下"]]
    rows += [["甲", "乙", "1", "2"], *([label, at, count, 1] for at, (label, count) in enumerate(counts, 1))]
    sheets["教基4153"] = forms.Laid(rows)
    import_paths(home, [forms.write(tmp_path / "a.xlsx", sheets)])
    assert cells(home, "staff_counts")[forms.primary().code, "primary", "mid_title_teachers"] == 15


def test_figures_that_contradict_each_other_are_told(home: Home, tmp_path: Path) -> None:
    sheets = forms.sheets_of(forms.primary(), 2024, newer=True)
    pupils = next(row for row in sheets["教基3112_小学"].rows if row[0] == "总计")
    pupils[3] += 1
    pupils[-2] += 5
    sizes = sheets["教基2106"].rows
    for row in sizes[6:]:
        row[2] = sizes[5][2] if row[0] == "66人及以上" else "*"
    titles = [["小学专任教师专业技术职务情况"], ["教基4153"], [None, "编号", "合计"], ["甲", "乙", "1"]]
    sheets["教基4153"] = forms.Laid([*titles, ["总计", 1, 999], ["中级", 2, 5]])
    report = import_paths(home, [forms.write(tmp_path / "a.xlsx", sheets)])
    assert report.refused_rows == 0, "a contradiction is told, not refused"
    told = {issue.rule_code: issue for issue in report.issues}
    assert set(told) == {"D241", "D242", "D243", "D244"}
    assert told["D241"].row_number == 6 and "招生数" in (told["D241"].column_name or "")
    assert told["D243"].raw_value == "999" and told["D243"].school_ref == forms.primary().code
