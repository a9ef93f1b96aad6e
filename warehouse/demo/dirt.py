"""What is wrong in the files of the register, the figures and the targets."""

from __future__ import annotations

from functools import partial
from typing import Any

from warehouse.demo.desk import Desk
from warehouse.demo.dirt_exams import soil_exams
from warehouse.demo.dirt_joint import soil_joint
from warehouse.demo.dirt_rows import soil_classes, soil_rooms, soil_teachers
from warehouse.demo.forms import (
    MISSING,
    as_text,
    full_width,
    other_brackets,
    plain,
    short_name,
    spaced,
    thousands,
)
from warehouse.demo.places import COUNTY
from warehouse.demo.planter import Planter
from warehouse.demo.sheets import Row, Sheet
from warehouse.demo.world import YEARS


def soil(desk: Desk) -> None:
    """Make every sheet as a bureau has it; each change is a row of truth/defects.csv."""
    planter = Planter(desk, min(1.0, len(desk.county.world.schools) / 220))
    for sheet in planter.sheets("schools"):
        _register(planter, sheet)
    for sheet in planter.sheets("wide"):
        _wide(planter, sheet)
    for sheet in planter.sheets("conditions"):
        _conditions(planter, sheet)
    for sheet in planter.sheets("staff_counts"):
        _staff(planter, sheet)
    for sheet in planter.sheets("targets"):
        _targets(planter, sheet)
    soil_classes(planter)
    soil_rooms(planter)
    soil_teachers(planter)
    soil_joint(planter)
    soil_exams(planter)


def _spaces(planter: Planter, sheet: Sheet, column: str, count: int) -> None:
    planter.change(sheet, column, count, "odd_space", spaced)


def _is_large(value: Any) -> bool:
    return isinstance(value, int | float) and value >= 1000


def _grouped(value: Any) -> Any:
    return thousands(value) if _is_large(value) else value


def _number_dirt(
    planter: Planter, sheet: Sheet, columns: tuple[str, ...], each: tuple[int, int, int]
) -> None:
    """Full-width digits, thousands separators and text in number columns; `each` says how many of each."""
    for column in columns:
        planter.change(sheet, column, each[0], "fullwidth_digits", full_width)
        planter.change(sheet, column, each[1], "thousands_separator", _grouped)
        planter.change(sheet, column, each[2], "number_as_text", as_text)


def _missing(planter: Planter, sheet: Sheet, columns: tuple[str, ...], count: int) -> None:
    """Write a mark for missing over a value that no indicator needs."""
    for index, column in enumerate(columns):
        mark = partial(_always, MISSING[index % len(MISSING)])
        planter.change(sheet, column, count, "missing_mark", mark, treatment="null")


def _always(mark: str, _: Any) -> str:
    return mark


def _total(planter: Planter, sheet: Sheet, label: str, at: int, first: str, rows: list[Row]) -> None:
    """Insert a row of sums that must not be added."""
    start = sheet.column(first)
    sums: list[Any] = [None] * len(sheet.columns)
    for column in range(start, len(sums)):
        values = [row.values[column] for row in rows if isinstance(row.values[column], int | float)]
        sums[column] = round(sum(values), 4)
    sums[0] = label
    planter.insert(sheet, at, Row(sums), "subtotal_row", "fix")


def _register(planter: Planter, sheet: Sheet) -> None:
    planter.head(sheet, None, "merged_header", "")
    _spaces(planter, sheet, "学校名称", 14)
    planter.change(sheet, "学校名称", 6, "bracket_width", other_brackets)
    planter.change(sheet, "学校标识码", 4, "lost_zero", int, test=lambda row: row.values[3] == "幼儿园")
    planter.change(sheet, "学校标识码", 2, "fullwidth_digits", full_width)
    planter.change(sheet, "建校年份", 12, "number_as_text", as_text)
    planter.change(sheet, "建校年份", 2, "fullwidth_digits", full_width)
    planter.change(sheet, "经度", 8, "number_as_text", as_text)
    _missing(planter, sheet, ("举办者类型", "建校年份"), 5)
    planter.change(sheet, "是否寄宿制", 4, "truth_word", {"是": 1, "否": 0}.get)
    planter.change(sheet, "乡镇", 3, "odd_space", lambda name: f"{name}\u3000")
    planter.change(sheet, "学年", 3, "year_words", lambda year: f"{year}-{year + 1}学年")
    count = Row(["合计", f"{len(sheet.rows)}所", *[None] * (len(sheet.columns) - 2)])
    planter.insert(sheet, len(sheet.rows), count, "subtotal_row", "fix")
    sheet.footer = ["备注：本名录为虚构数据，仅供演示。"]


def _wide(planter: Planter, sheet: Sheet) -> None:
    if sheet.name.startswith("高中"):
        planter.change(
            sheet,
            "图书",
            1,
            "formula_error",
            lambda _: "#DIV/0!",
            treatment="reject_row",
            test=lambda row: row.values[1] == "中等职业学校",
        )
    zero_columns = ("#博士研究生", "#硕士研究生", "#高中阶段", "#室内体育用房")
    for index, column in enumerate(zero_columns):
        at = sheet.column(column)
        for row in planter.zeros(sheet, at, 12):
            planter.set(row, at, "zero_mark", ("*", "-", None)[index % 3], "fix", 0)
    numbers = ("合计", "运动场地面积", "图书")
    _number_dirt(planter, sheet, numbers, (2, 4, 6))
    _number_dirt(planter, sheet, ("班数", "#本科"), (2, 0, 6))
    _spaces(planter, sheet, "学校（机构）名称", 8)
    planter.change(sheet, "学校（机构）名称", 3, "bracket_width", other_brackets)
    by_name = {
        school.name_in(sheet.school_year): school for school in planter.desk.county.world.schools.values()
    }
    at = sheet.column("学校（机构）名称")
    for row in planter.rows(sheet, planter.number(5), lambda row: row.values[at] in by_name):
        school = by_name[row.values[at]]
        short = short_name(school.name, COUNTY)
        if short != school.name and planter.alias(short, school):
            planter.set(row, at, "alias_name", short, "fix", school.name_in(sheet.school_year))


def _conditions(planter: Planter, sheet: Sheet) -> None:
    year, is_outside = sheet.school_year, planter.outside(sheet)
    if year == YEARS[1]:
        _conditions_2023(planter, sheet)
    else:
        _conditions_2024(planter, sheet)
    area = "教学及辅助用房面积"
    _number_dirt(planter, sheet, ("在校生数", "公用经费预算"), (3, 5, 8))
    _number_dirt(planter, sheet, (area, "图书册数"), (2, 5, 6))
    _missing(
        planter, sheet, ("随迁子女数", "计算机台数" if year == YEARS[1] else "数字终端数", "图书册数"), 6
    )
    planter.change(sheet, "学校标识码", 3, "lost_zero", int, test=lambda row: not is_outside(row))
    planter.call(sheet, 3, "alias_name", lambda school: short_name(school.name, COUNTY), alias=True)
    planter.call(
        sheet,
        2,
        "old_name",
        lambda school: school.former_name or school.name,
        alias=False,
        test=lambda school: bool(school.former_name),
    )
    planter.head(sheet, "教学仪器设备资产值", "unit_in_header", "教学仪器设备资产值，换算为元")
    _sums(planter, sheet)


def _conditions_2023(planter: Planter, sheet: Sheet) -> None:
    is_outside = planter.outside(sheet)
    if "（亩）" in "".join(sheet.columns):
        planter.head(sheet, "运动场地面积", "area_in_mu", "运动场地面积，1亩 = 2000/3 ㎡")
        return
    planter.repeat(
        sheet,
        1,
        change=("图书册数", lambda books: (books or 0) + 100),
        test=lambda row: is_outside(row) and row.values[3] == "高中",
    )
    planter.change(
        sheet,
        "教学仪器设备资产值",
        2,
        "unit_contradicts_header",
        lambda value: value * 10000,
        treatment="warn",
        test=is_outside,
    )
    planter.change(
        sheet, "计算机台数", 2, "formula_error", lambda _: "#REF!", treatment="reject_row", test=is_outside
    )
    planter.repeat(sheet, 2, test=lambda row: not is_outside(row))


def _conditions_2024(planter: Planter, sheet: Sheet) -> None:
    is_outside, ground = planter.outside(sheet), sheet.column("运动场地面积")
    area = sheet.column("教学及辅助用房面积")
    sheet.header[-1][area] = "教学及辅助用房面积_x000D_\n（㎡）"
    planter.head(sheet, "教学及辅助用房面积", "x000d_header", "教学及辅助用房面积（㎡）")
    planter.head(sheet, "数字终端数", "renamed_column", "计算机台数（台）")
    _note_gaps(planter, sheet, area)
    planter.change(
        sheet,
        "运动场地面积",
        2,
        "negative_area",
        lambda value: -value,
        treatment="reject_row",
        test=lambda row: is_outside(row) and bool(row.values[ground]),
    )
    planter.change(
        sheet,
        "图书册数",
        1,
        "text_note",
        lambda value: f"{plain(value)}（含赠书）",
        treatment="reject_row",
        test=is_outside,
    )
    _hide_old_rows(planter, sheet)


def _note_gaps(planter: Planter, sheet: Sheet, area: int) -> None:
    """Equipment values not handed in: a dash from one clerk, nothing from the next."""
    value = sheet.column("教学仪器设备资产值")
    gaps = [row for row in sheet.rows if row.values[value] is None and row.values[area] is not None]
    for index, row in enumerate(gaps):
        planter.set(row, value, "not_reported", None if index % 2 else "—", "null", "")


def _hide_old_rows(planter: Planter, sheet: Sheet) -> None:
    """A hidden sheet with rows that somebody kept from an earlier year."""
    is_outside = planter.outside(sheet)
    kept = [row for row in sheet.rows if is_outside(row) and not row.is_touched]
    rows = [Row([YEARS[0], *row.values[1:]]) for row in kept]
    header = [list(sheet.header[-1])]
    old = Sheet(sheet.path, "旧表（勿用）", header, rows, "hidden", YEARS[0], is_hidden=True)
    planter.head(old, None, "hidden_sheet", "")
    planter.desk.sheets.insert(planter.desk.sheets.index(sheet) + 1, old)


def _sums(planter: Planter, sheet: Sheet) -> None:
    """Put a 小计 after a third of the rows, a blank row further on and the 合计 at the end."""
    third = len(sheet.rows) // 3
    _total(planter, sheet, "小计", third, "在校生数", sheet.rows[:third])
    _total(
        planter, sheet, "合计", len(sheet.rows), "在校生数", [r for r in sheet.rows if r.values[0] != "小计"]
    )
    planter.insert(sheet, third * 2, Row([None] * len(sheet.columns)), "blank_row", "fix")


def _staff(planter: Planter, sheet: Sheet) -> None:
    is_outside = planter.outside(sheet)
    for column, mark in (("博士", "—"), ("艺术", "/"), ("硕士", "-")):
        at = sheet.column(column)
        for row in planter.zeros(sheet, at, 8):
            planter.set(row, at, "missing_mark", mark, "fix", 0)
    _number_dirt(planter, sheet, ("专任教师数", "本科", "中级及以上职称教师数"), (3, 0, 8))
    planter.change(sheet, "学校标识码", 3, "lost_zero", int)
    planter.change(sheet, "学段", 3, "odd_space", lambda stage: f"{stage[0]} {stage[1]}")
    planter.call(sheet, 4, "alias_name", lambda school: short_name(school.name, COUNTY), alias=True)
    backbone, teachers = sheet.column("县级以上骨干教师数"), sheet.column("专任教师数")
    for row in planter.rows(sheet, planter.number(1), is_outside):
        planter.set(
            row, backbone, "more_than_plausible", row.values[teachers] + 9, "warn", row.values[backbone]
        )
    if sheet.school_year == YEARS[1]:
        _drop_year(planter, sheet)
    _total(planter, sheet, "总计", len(sheet.rows), "专任教师数", sheet.rows)


def _drop_year(planter: Planter, sheet: Sheet) -> None:
    """Leave the year to the title, as many bureaus do."""
    sheet.header = [line[1:] for line in sheet.header]
    for row in sheet.rows:
        row.values = row.values[1:]
        for mark in row.marks:
            mark.column = None if mark.column is None else mark.column - 1
    planter.head(sheet, None, "year_in_title", str(sheet.school_year))


def _targets(planter: Planter, sheet: Sheet) -> None:
    shares = sheet.column("目标值")
    kind = sheet.column("目标项")
    if sheet.school_year > YEARS[0]:
        sign = "%" if sheet.school_year == YEARS[1] else "％"
        for row in sheet.rows:
            if row.values[kind] == "达标学校比例":
                text = f"{round(row.values[shares] * 100, 2):g}{sign}"
                planter.set(row, shares, "percent_text", text, "fix", row.values[shares])
    planter.change(sheet, "目标值", 3, "number_as_text", as_text)
    planter.change(sheet, "指标编号", 2, "fullwidth_digits", full_width)
