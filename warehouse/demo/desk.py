"""A bureau's desk: all sheets of all years, clean first and then made dirty."""

from __future__ import annotations

from dataclasses import dataclass, field

from warehouse.demo import files
from warehouse.demo.county import County
from warehouse.demo.places import COUNTY
from warehouse.demo.sheets import Sheet
from warehouse.demo.targets import target_rows
from warehouse.demo.wide import full_name, wide_export
from warehouse.demo.world import YEARS


@dataclass
class Desk:
    """The sheets to write, the aliases that they need, and the county behind them."""

    county: County
    sheets: list[Sheet] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)


def lay_out(county: County) -> Desk:
    """Return every sheet of the three years."""
    desk = Desk(county, aliases=_twin_aliases(county))
    for year in YEARS:
        desk.sheets += [files.register(county, year), *_figures(county, year), *_rosters(county, year)]
        desk.sheets += [*_classes(county, year), _rooms(county, year), _targets(county, year)]
    return desk


def _twin_aliases(county: County) -> dict[str, str]:
    """Names with their township, for schools whose name alone would be ambiguous."""
    first = YEARS[0]
    return {
        full_name(county, first, school): school.code
        for school in county.world.open_schools(first)
        if county.world.has_twin(first, school)
    }


def _figures(county: County, year: int) -> list[Sheet]:
    """The wide export in the first year; the bureau's own workbooks from the second on."""
    if year == YEARS[0]:
        return [wide_export(county, year, stage) for stage in ("primary", "junior", "senior")]
    in_yuan = year == YEARS[-1]
    columns = [name.replace("（万元）", "（元）") if in_yuan else name for name in files.CONDITIONS]
    title = f"{COUNTY}{files.label(year)}办学条件统计表"
    path = f"{files.folder(year)}/办学条件.xlsx"
    rows = files.conditions(county, year, in_yuan=in_yuan)
    return [
        Sheet(path, "办学条件", [columns], rows, title=[title]),
        Sheet(
            f"{files.folder(year)}/教职工统计.xlsx",
            "教职工统计",
            [list(files.STAFF)],
            files.staff_counts(county, year),
            title=[f"{COUNTY}{files.label(year)}教职工统计表"],
        ),
    ]


def _rosters(county: County, year: int) -> list[Sheet]:
    path = f"{files.folder(year)}/教师花名册"
    return [
        Sheet(
            f"{path}（在编）.xlsx",
            "在编",
            [list(files.ROSTER)],
            files.roster(county, year, on_quota=True),
            title=[f"{COUNTY}{files.label(year)}教师花名册（在编）"],
        ),
        Sheet(
            f"{path}（编外）.csv",
            "编外",
            [list(files.ROSTER)],
            files.roster(county, year, on_quota=False),
            encoding="gb18030",
        ),
    ]


def _classes(county: County, year: int) -> list[Sheet]:
    """One legacy workbook a township in the second year, one workbook in the others."""
    base = f"{files.folder(year)}/班级"
    if year != YEARS[1]:
        return [Sheet(f"{base}.xlsx", "班级", [list(files.CLASSES)], files.classes(county, year))]
    parts = [(t.name, files.classes(county, year, t.number)) for t in county.world.townships]
    return [Sheet(f"{base}/{name}.xls", "班级", [list(files.CLASSES)], rows) for name, rows in parts if rows]


def _rooms(county: County, year: int) -> Sheet:
    return Sheet(
        f"{files.folder(year)}/音美专用教室.csv",
        "音美专用教室",
        [list(files.ROOMS)],
        files.rooms(county, year),
    )


def _targets(county: County, year: int) -> Sheet:
    header = ["学年", "学段", "指标编号", "目标项", "目标值", "依据"]
    return Sheet(f"{files.folder(year)}/均衡目标.xlsx", "均衡目标", [header], target_rows(county, year))
