"""A bureau's desk: all sheets of all years, clean first and then made dirty."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warehouse.demo import files
from warehouse.demo.county import County
from warehouse.demo.declared import declared_sheets
from warehouse.demo.exam_files import exam_sheets
from warehouse.demo.joint_files import joint_sheets
from warehouse.demo.places import COUNTY
from warehouse.demo.rosters import ROSTER, roster
from warehouse.demo.sheets import Row, Sheet
from warehouse.demo.sittings import Session
from warehouse.demo.targets import target_rows
from warehouse.demo.wide import full_name, wide_export
from warehouse.demo.world import YEARS


@dataclass
class Desk:
    """The sheets to write, the aliases that they need, the county and the examinations behind them."""

    county: County
    session: Session
    sheets: list[Sheet] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    missing_files: list[dict[str, Any]] = field(default_factory=list)  # defects without a cell


def lay_out(county: County, session: Session) -> Desk:
    """Return every sheet of the three years, clean."""
    desk = Desk(county, session, aliases=_twin_aliases(county))
    for year in YEARS:
        desk.sheets += [files.register(county, year), *_figures(county, year), *_rosters(county, year)]
        desk.sheets += [*_classes(county, year), _rooms(county, year), _targets(county, year)]
    desk.sheets += [sheet for year in YEARS for sheet in declared_sheets(year)]
    desk.sheets += joint_sheets(county)
    desk.sheets += exam_sheets(county, session)
    return desk


def _twin_aliases(county: County) -> dict[str, str]:
    """Names with their township, for schools whose name alone would be ambiguous."""
    return {
        full_name(county, year, school): school.code
        for year in YEARS
        for school in county.world.open_schools(year)
        if county.world.has_twin(year, school)
    }


def _sheet(dataset: str, year: int, file: str, header: list[str], rows: list[Row]) -> Sheet:
    name = Path(file).stem
    return Sheet(f"{files.folder(year)}/{file}", name, [list(header)], rows, dataset, year)


def _titled(sheet: Sheet, *more: str) -> Sheet:
    sheet.title = [f"{COUNTY}{files.label(sheet.school_year)}{sheet.name}", *more]
    return sheet


def _figures(county: County, year: int) -> list[Sheet]:
    """The wide export in the first year; the bureau's own workbooks from the second on."""
    if year == YEARS[0]:
        return [wide_export(county, year, stage) for stage in ("primary", "junior", "senior")]
    staff = _titled(
        _sheet("staff_counts", year, "教职工统计.xlsx", files.STAFF, files.staff_counts(county, year))
    )
    return [*_conditions(county, year), staff]


def _conditions(county: County, year: int) -> list[Sheet]:
    """Two workbooks in the second year, grounds in 亩 for the villages; one in yuan in the third."""
    unit = "单位：人、个、㎡、万元、间、台、册、元"
    rows = files.conditions(county, year, in_yuan=year == YEARS[2])
    if year == YEARS[2]:
        renamed = {
            "教学仪器设备资产值（万元）": "教学仪器设备资产值（元）",
            "计算机台数（台）": "数字终端数（台）",
        }
        header = [renamed.get(name, name) for name in files.CONDITIONS]
        return [
            _titled(_sheet("conditions", year, "办学条件.xlsx", header, rows), unit.replace("万元", "元"))
        ]
    rural = [row for row in rows if county.world.schools[row.values[1]].area_type == "乡村"]
    urban = [row for row in rows if county.world.schools[row.values[1]].area_type != "乡村"]
    acres = [name.replace("运动场地面积（㎡）", "运动场地面积（亩）") for name in files.CONDITIONS]
    ground = files.CONDITIONS.index("运动场地面积（㎡）")
    for row in rural:
        area = row.values[ground]
        row.values[ground] = None if area is None else round(area * 3 / 2000, 7)
    sheets = [
        _sheet("conditions", year, "办学条件（城镇）.xlsx", files.CONDITIONS, urban),
        _sheet("conditions", year, "办学条件（乡村）.xlsx", acres, rural),
    ]
    return [_titled(sheet, unit) for sheet in sheets]


def _rosters(county: County, year: int) -> list[Sheet]:
    renamed = (
        {"入校年月": "入现单位时间", "职称": "最高职称", "任教学科": "主教学科"} if year == YEARS[2] else {}
    )
    header = [renamed.get(name, name) for name in ROSTER]
    on_quota, others = (roster(county, year, on_quota=quota) for quota in (True, False))
    others_sheet = _sheet("teachers", year, "教师花名册（编外）.csv", header, others)
    others_sheet.encoding = "gb18030"
    return [_titled(_sheet("teachers", year, "教师花名册（在编）.xlsx", header, on_quota)), others_sheet]


def _classes(county: County, year: int) -> list[Sheet]:
    """One legacy workbook a township in the second year, by school name; one workbook in the others."""
    if year != YEARS[1]:
        return [_sheet("classes", year, "班级.xlsx", files.CLASSES, files.classes(county, year))]
    header = [name for name in files.CLASSES if name != "学校标识码"]
    sheets = []
    for township in county.world.townships:
        rows = files.classes(county, year, township.number)
        for row in rows:
            code = row.values.pop(1)
            row.values[1] = full_name(county, year, county.world.schools[code])
        if rows:
            sheets.append(_sheet("classes", year, f"班级/{township.name}.xls", header, rows))
    return sheets


def _rooms(county: County, year: int) -> Sheet:
    return _sheet("rooms", year, "音美专用教室.csv", files.ROOMS, files.rooms(county, year))


def _targets(county: County, year: int) -> Sheet:
    header = ["学年", "学段", "指标编号", "目标项", "目标值", "依据"]
    return _sheet("targets", year, "均衡目标.xlsx", header, target_rows(county, year))
