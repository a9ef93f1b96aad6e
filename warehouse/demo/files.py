"""The clean files of a bureau: one folder a school year, in the contract's columns."""

from __future__ import annotations

from typing import Any

from warehouse.demo.county import County
from warehouse.demo.people import ARTS, EDUCATION, MIDDLE_TITLE, TITLES, Teacher
from warehouse.demo.places import COUNTY
from warehouse.demo.sheets import Row, Sheet
from warehouse.demo.world import YEARS, School

STAGE_ZH = {"primary": "小学", "junior": "初中", "senior": "高中"}
REGISTER = [
    "学年",
    "学校标识码",
    "学校名称",
    "办学类型",
    "办学性质",
    "举办者类型",
    "城乡类型",
    "乡镇",
    "是否寄宿制",
    "是否计校数",
    "所属学校标识码",
    "建校年份",
    "经度",
    "纬度",
    "曾用名",
]
CONDITIONS = [
    "学年",
    "学校标识码",
    "学校名称",
    "学段",
    "在校生数",
    "班级数",
    "随迁子女数",
    "教学及辅助用房面积（㎡）",
    "室内体育用房面积（㎡）",
    "运动场地面积（㎡）",
    "教学仪器设备资产值（万元）",
    "网络多媒体教室（间）",
    "计算机台数（台）",
    "图书册数（册）",
    "公用经费预算（元）",
    "教师培训经费（元）",
]
STAFF = [
    "学年",
    "学校标识码",
    "学校名称",
    "学段",
    "专任教师数",
    *EDUCATION,
    "中级及以上职称教师数",
    "县级以上骨干教师数",
    *ARTS,
]
CLASSES = ["学年", "学校标识码", "学校名称", "学段", "年级", "班级", "学生数"]
ROOMS = ["学年", "学校标识码", "学校名称", "类别", "面积（㎡）"]


def label(year: int) -> str:
    """School year as bureaus write it in titles (2024-2025学年)."""
    return f"{year}-{year + 1}学年"


def folder(year: int) -> str:
    """Folder of one school year."""
    return label(year)


def yes(value: bool) -> str:
    """是 or 否."""
    return "是" if value else "否"


def register(county: County, year: int) -> Sheet:
    """学校名录 of one year, kindergartens included."""
    schools = sorted(county.world.open_schools(year), key=lambda school: school.code)
    rows = [Row(_register_row(year, school)) for school in schools]
    return Sheet(
        f"{folder(year)}/学校名录.xlsx",
        "学校名录",
        [list(REGISTER)],
        rows,
        "schools",
        year,
        title=[f"{COUNTY}{label(year)}学校名录（虚构数据）"],
    )


def _register_row(year: int, school: School) -> list[Any]:
    renamed = [school.name] if school.name_in(year) != school.name else []
    old = [school.former_name] * bool(school.former_name) + renamed
    sponsor = "9" if school.ownership_in(year) == "民办" else "3"
    return [
        year,
        school.code,
        school.name_in(year),
        school.school_type,
        school.ownership_in(year),
        sponsor,
        school.area_type,
        school.township.name,
        yes(school.is_boarding),
        yes(school.is_counted),
        school.parent or "",
        school.established,
        school.longitude,
        school.latitude,
        "、".join(old),
    ]


def has_sent(county: County, year: int, school: School, dataset: str) -> bool:
    """False for schools that have not handed in `dataset` in the latest year."""
    return year != YEARS[-1] or school.code not in county.unreported.get(dataset, ())


def conditions(county: County, year: int, *, in_yuan: bool) -> list[Row]:
    """办学条件: pupils on stage rows; resources there too, or once on a 全校 row where stages share them."""
    rows = []
    for school in county.world.open_schools(year):
        if not school.stages or not has_sent(county, year, school, "conditions"):
            continue
        resources = _resource_cells(county, year, school, in_yuan)
        start: list[Any] = [year, school.code, school.name_in(year)]
        single = len(school.stages) == 1
        for stage in school.stages:
            pupils = pupil_cells(county, year, school, stage)
            cells = [*start, STAGE_ZH[stage], *pupils, *(resources if single else [None] * 9)]
            rows.append(Row(cells, school=school.code))
        if not single:
            rows.append(Row([*start, "全校", None, None, None, *resources], school=school.code))
    return rows


def pupil_cells(county: County, year: int, school: School, stage: str) -> list[Any]:
    """Pupils, classes and migrant workers' children of one stage."""
    students = county.world.students(year, school.code, stage)
    share = {"城区": 0.21, "镇区": 0.07, "乡村": 0.02}[school.area_type]
    return [students, len(county.classes[year].get((school.code, stage), ())), round(students * share)]


def _resource_cells(county: County, year: int, school: School, in_yuan: bool) -> list[Any]:
    stock = county.resources[year, school.code]
    cells: list[Any] = list(stock.values())
    value = stock["equipment_value_yuan"]
    if value is not None and not in_yuan:
        cells[3] = value / 10000
    return [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in cells]


def staff_cells(teachers: list[Teacher]) -> list[int]:
    """The counts of 教职工统计 over the full-time teachers at the school's disposal."""
    counted = [t for t in teachers if t.counts]
    education = [sum(t.education == level for t in counted) for level in EDUCATION]
    middle = sum(TITLES.index(t.title) >= MIDDLE_TITLE for t in counted)
    backbone = sum(t.backbone != "无" for t in counted)
    return [
        len(counted),
        *education,
        middle,
        backbone,
        *(sum(t.subject == one for t in counted) for one in ARTS),
    ]


def staff_counts(county: County, year: int) -> list[Row]:
    """教职工统计: one row a school and stage with pupils."""
    rows = []
    for school in county.world.open_schools(year):
        for stage in school.stages:
            if has_sent(county, year, school, "staff_counts"):
                staff = county.rosters[year].get((school.code, stage), [])
                start = [year, school.code, school.name_in(year), STAGE_ZH[stage]]
                rows.append(Row([*start, *staff_cells(staff)], school=school.code))
    return rows


def month(pair: tuple[int, int]) -> str:
    """Year and month as 2023-09."""
    return f"{pair[0]}-{pair[1]:02d}"


def classes(county: County, year: int, township: int | None = None) -> list[Row]:
    """班级: one row a class, of one township when given."""
    rows = []
    for (code, stage), found in county.classes[year].items():
        school = county.world.schools[code]
        if township in (None, school.township.number) and has_sent(county, year, school, "classes"):
            start = [year, code, school.name_in(year), STAGE_ZH[stage]]
            rows += [Row([*start, grade, name, size]) for grade, name, size in found]
    return rows


def rooms(county: County, year: int) -> list[Row]:
    """音美专用教室: one row a room."""
    return [
        Row([year, code, county.world.schools[code].name_in(year), kind, area])
        for code, kind, area in county.rooms[year]
        if has_sent(county, year, county.world.schools[code], "rooms")
    ]
