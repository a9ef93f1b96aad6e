"""What is wrong in the lists: classes, special rooms, teachers."""

from __future__ import annotations

from functools import partial
from typing import Any

from warehouse.demo.forms import (
    GRADES,
    as_text,
    full_width,
    month_form,
    other_brackets,
    plain,
    short_name,
    spaced,
)
from warehouse.demo.people import RARE_SURNAMES
from warehouse.demo.places import COUNTY
from warehouse.demo.planter import Planter, Test
from warehouse.demo.sheets import Row, Sheet
from warehouse.demo.world import YEARS, School


def soil_classes(planter: Planter) -> None:
    """Grades in words, notes in numbers, doubles, sums that disagree, a township that sent nothing."""
    for sheet in planter.sheets("classes"):
        _class_numbers(planter, sheet)
        _grade_words(planter, sheet, YEARS.index(sheet.school_year))
    legacy = planter.sheets("classes", YEARS[1])
    gone, doubled = legacy[-1], legacy[len(legacy) // 2]
    planter.desk.sheets.remove(gone)
    planter.desk.missing_files.append(
        {
            "file": gone.path,
            "sheet": "",
            "row": 0,
            "column": "",
            "kind": "township_missing",
            "dirty_text": "",
            "true_value": f"{len(gone.rows)}个班",
            "expected_treatment": "warn",
        }
    )
    copy = Sheet(
        doubled.path.replace(".xls", " - 副本.xls"),
        doubled.name,
        doubled.header,
        [Row(list(row.values)) for row in doubled.rows],
        "copy",
        YEARS[1],
    )
    planter.head(copy, None, "duplicate_file", "")
    planter.desk.sheets.insert(planter.desk.sheets.index(doubled) + 1, copy)
    for sheet in legacy[:-1]:
        _legacy_names(planter, sheet)


def _class_numbers(planter: Planter, sheet: Sheet) -> None:
    share = len(sheet.rows) / 2000
    count = max(1, round(12 * share))
    planter.change(sheet, "学生数", count, "fullwidth_digits", full_width)
    planter.change(sheet, "学生数", 3 * count, "number_as_text", as_text)
    if sheet.school_year == YEARS[1]:
        return
    planter.change(
        sheet, "学生数", 2, "text_note", lambda value: f"{plain(value)}(含借读2)", treatment="reject_row"
    )
    planter.change(sheet, "学生数", 3, "sum_mismatch", lambda value: value + 7, treatment="warn")
    planter.repeat(sheet, 3)
    planter.repeat(sheet, 2, change=("学生数", lambda value: value + 1))
    planter.call(
        sheet,
        4,
        "old_name",
        lambda school: school.former_name,
        alias=False,
        test=lambda school: bool(school.former_name),
    )
    planter.call(sheet, 4, "alias_name", lambda school: short_name(school.name, COUNTY), alias=True)
    _ambiguous(planter, sheet)


def _ambiguous(planter: Planter, sheet: Sheet, test: Test = lambda _: True) -> None:
    """Give two rows a name that two schools bear: nobody can say which is meant."""
    world, at = planter.desk.county.world, sheet.column("学校标识码")

    def has_twin(row: Row) -> bool:
        school = planter.school(row, sheet)
        return (
            school is not None
            and sum(
                other.name_in(sheet.school_year) == school.name_in(sheet.school_year)
                for other in world.open_schools(sheet.school_year)
            )
            > 1
        )

    for row in planter.rows(sheet, 2, lambda row: test(row) and has_twin(row)):
        school = planter.school(row, sheet)
        if school:
            planter.set(
                row, at, "ambiguous_name", school.name_in(sheet.school_year), "reject_row", school.code
            )


def _grade_words(planter: Planter, sheet: Sheet, form: int) -> None:
    """Write junior grades as this year's clerks did; in the second year 一年级 under 初中."""
    grade, stage = sheet.column("年级"), sheet.column("学段")
    for row in sheet.rows:
        value = row.values[grade]
        if row.values[stage] != "初中" or row.is_touched or value not in GRADES:
            continue
        word = GRADES[value][3] if form == 1 else GRADES[value][(value + form + len(sheet.rows)) % 3]
        if form != 2 or value == 9:
            planter.set(row, grade, "grade_words", word, "fix", value)


def _legacy_names(planter: Planter, sheet: Sheet) -> None:
    """The old workbooks know schools by name only: spaces, brackets and the like."""
    planter.change(sheet, "学校名称", 5, "odd_space", spaced)
    planter.change(sheet, "学校名称", 2, "bracket_width", other_brackets)
    total = Row(
        [
            "合计",
            *[None] * (len(sheet.columns) - 2),
            sum(row.values[-1] for row in sheet.rows if isinstance(row.values[-1], int)),
        ]
    )
    planter.insert(sheet, len(sheet.rows), total, "subtotal_row", "fix")


def soil_rooms(planter: Planter) -> None:
    """Sub-site suffixes, aliases, a year in words, an area below nought, an area left out."""
    for sheet in planter.sheets("rooms"):
        planter.change(sheet, "面积", 4, "fullwidth_digits", full_width)
        planter.call(sheet, 4, "alias_name", lambda school: short_name(school.name, COUNTY), alias=True)
        planter.call(sheet, 3, "subsite_suffix", lambda school: f"{school.name}（本部）", alias=True)
        planter.call(
            sheet,
            2,
            "old_name",
            lambda school: school.former_name,
            alias=False,
            test=lambda school: bool(school.former_name),
        )
        planter.change(sheet, "类别", 3, "odd_space", lambda kind: f"{kind}\u3000")
        if sheet.school_year == YEARS[1]:
            for row in sheet.rows:
                row.values[0] = f"{sheet.school_year}-{sheet.school_year + 1}学年"
            planter.head(sheet, "学年", "year_words", str(sheet.school_year))
        if sheet.school_year == YEARS[0]:
            planter.change(sheet, "面积", 1, "negative_area", lambda area: -area, treatment="reject_row")
            planter.change(sheet, "面积", 2, "missing_mark", lambda _: "—", treatment="reject_row")


def soil_teachers(planter: Planter) -> None:
    """Dates of every make, broken identity numbers, doubles, other words for the same degree."""
    for sheet in planter.sheets("teachers"):
        share = 1.0 if sheet.path.endswith(".xlsx") else 0.4
        _teacher_dates(planter, sheet, share)
        _identities(planter, sheet, share)
        _teacher_words(planter, sheet, share)
        _teacher_places(planter, sheet, share)
        for row in sheet.rows:
            if str(row.values[2])[:1] in RARE_SURNAMES and not row.is_touched:
                planter.set(row, 2, "rare_character", row.values[2], "fix", row.values[2])
        planter.repeat(sheet, max(1, round(3 * share)))
        total = Row(["合计", f"{len(sheet.rows)}人", *[None] * (len(sheet.columns) - 2)])
        planter.insert(sheet, len(sheet.rows), total, "subtotal_row", "fix")
    first = planter.sheets("teachers", YEARS[0])[0]
    planter.repeat(first, 3, change=("任教学段", _other_stage), test=_outside_pool(first))


def _outside_pool(sheet: Sheet) -> Test:
    """Senior teachers: what is refused of them changes no figure of the exchange."""
    stage = sheet.column("任教学段")
    return lambda row: row.values[stage] == "高中"


def _other_stage(stage: str) -> str:
    return "初中" if stage == "小学" else "小学"


def _teacher_dates(planter: Planter, sheet: Sheet, share: float) -> None:
    columns = ("出生年月", "入现单位时间" if sheet.school_year == YEARS[2] else "入校年月")
    if sheet.school_year == YEARS[2]:
        for new, old in (("入现单位时间", "入校年月"), ("最高职称", "职称"), ("主教学科", "任教学科")):
            planter.head(sheet, new, "renamed_column", old)
    for column in columns:
        for form, count in enumerate((14, 14, 12, 10, 1, 12 if share == 1 else 0)):
            if count:
                planter.change(
                    sheet,
                    column,
                    round(count * share) or 1,
                    "date_form",
                    partial(month_form, choice=form),
                )


def _identities(planter: Planter, sheet: Sheet, share: float) -> None:
    at, outside = sheet.column("教师编号"), _outside_pool(sheet)
    planter.change(sheet, "教师编号", round(3 * share), "id_lower_case", str.lower)
    planter.change(sheet, "教师编号", round(3 * share), "fullwidth_digits", full_width)
    if share < 1:
        return
    planter.change(
        sheet,
        "教师编号",
        2,
        "id_scientific",
        lambda number: f"{float(number[:17] + '0'):.5E}",
        treatment="reject_row",
        test=lambda row: row.values[at].isdigit() and outside(row),
    )
    change = partial(planter.change, sheet, "教师编号", 1, test=outside)
    change("id_missing", lambda _: None, treatment="reject_row")
    change("id_check_digit", _wrong_check, treatment="warn")
    change("id_15_digits", lambda number: number[:6] + number[8:17], treatment="warn")


def _wrong_check(number: str) -> str:
    return number[:17] + ("1" if number[17] != "1" else "2")


def _teacher_words(planter: Planter, sheet: Sheet, share: float) -> None:
    late = sheet.school_year == YEARS[2]
    words = {"专科": "大专", "硕士": "硕士研究生", "本科": "大学本科"}
    planter.change(sheet, "学历", round(8 * share), "term_variant", lambda term: words.get(term, term))
    planter.change(
        sheet,
        "最高职称" if late else "职称",
        round(8 * share),
        "missing_mark",
        lambda _: "—",
        treatment="null",
    )
    planter.change(sheet, "近五年培训学时", round(8 * share), "missing_mark", lambda _: "/", treatment="null")
    planter.change(sheet, "近五年培训学时", round(20 * share), "number_as_text", as_text)
    planter.change(sheet, "在岗状态", round(12 * share), "blank_default", _blank_if_present)
    planter.change(sheet, "姓名", round(12 * share), "odd_space", spaced)


def _blank_if_present(status: Any) -> Any:
    return None if status == "在岗" else status


def _teacher_places(planter: Planter, sheet: Sheet, share: float) -> None:
    planter.change(sheet, "学校标识码", round(4 * share), "lost_zero", lambda code: str(int(code)))
    planter.call(
        sheet, round(5 * share), "alias_name", lambda school: short_name(school.name, COUNTY), alias=True
    )
    planter.call(sheet, round(3 * share), "name_for_code", _name, alias=False)
    if share == 1 and sheet.school_year == YEARS[1]:
        full_time = sheet.column("是否专任")
        _ambiguous(planter, sheet, lambda row: row.values[full_time] == "否")
        lost = partial(planter.change, sheet, "学校标识码", 2, "unknown_code", treatment="warn")
        lost(lambda _: "0990999999", test=_outside_pool(sheet))


def _name(school: School) -> str:
    return school.name if not school.renamed else school.code
