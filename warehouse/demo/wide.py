"""学校综合表: the official statistics' wide export, one workbook a stage, without codes."""

from __future__ import annotations

from typing import Any

from warehouse.demo.county import County
from warehouse.demo.files import STAGE_ZH, folder, pupil_cells, staff_cells
from warehouse.demo.places import COUNTY
from warehouse.demo.sheets import Mark, Row, Sheet
from warehouse.demo.world import School

UPPER = [
    "学校（机构）名称",
    "办学类型",
    "举办者",
    "是否计校数",
    "所属学校",
    "统计三级",
    "在校生数",
    "",
    "班数",
    "专任教师（按学历分）",
    "",
    "",
    "",
    "",
    "教基1102",
    "体育、艺术专任教师",
    "校舍建筑面积（平方米）",
    "",
    "运动场地面积（平方米）",
    "教学仪器设备资产值（万元）",
    "网络多媒体教室（间）",
    "计算机数（台）",
    "图书（册）",
]
LOWER = [
    "",
    "",
    "",
    "",
    "",
    "",
    "合计",
    "#女",
    "",
    "#博士研究生",
    "#硕士研究生",
    "#本科",
    "#专科",
    "#高中阶段",
    "县级以上骨干教师（{stage}）",
    "计",
    "教学及辅助用房_x000D_\n计",
    "#室内体育用房",
    "",
    "",
    "",
    "",
    "",
]
COUNTED = [6, 7, *range(8, len(UPPER))]


def wide_export(county: County, year: int, stage: str) -> Sheet:
    """Return the wide sheet of one stage; whole-school areas are repeated in every stage's workbook."""
    schools = [s for s in county.world.open_schools(year) if stage in s.stages]
    rows = [Row(_row(county, year, school, stage), school=school.code) for school in schools]
    total = Row(
        ["总计", *[None] * 5, *(_total(rows, at) for at in range(6, len(UPPER)))],
        [Mark(0, "subtotal_row", "", "fix")],
    )
    numbers = Row(["甲", *(str(at) for at in range(1, len(UPPER)))], [Mark(0, "number_row", "", "fix")])
    name = STAGE_ZH[stage]
    lower = [text.format(stage=name) for text in LOWER]
    merges = [(0, 6, 0, 7), (0, 9, 0, 13), (0, 16, 0, 17)]
    return Sheet(
        f"{folder(year)}/学校综合表/{name}.xlsx",
        f"{name}综合表",
        [list(UPPER), lower],
        [numbers, *rows, total],
        "wide",
        year,
        title=[f"{COUNTY}{year}年义务教育学校综合表（{name}）"],
        footer=["备注：一贯制学校校舍、场地、设备为全校数；面积单位平方米，资产值单位万元。"],
        merges=merges,
        marks=[
            Mark(16, "x000d_header", "教学及辅助用房计", "fix"),
            Mark(6, "merged_header", "在校生数合计", "fix"),
        ],
    )


def full_name(county: County, year: int, school: School) -> str:
    """Name as the export gives it: two schools of one name are told apart by their township."""
    name = school.name_in(year)
    return school.township.name + name if county.world.has_twin(year, school) else name


def _row(county: County, year: int, school: School, stage: str) -> list[Any]:
    stock = county.resources[year, school.code]
    students, class_count, _ = pupil_cells(county, year, school, stage)
    staff = staff_cells(county.rosters[year].get((school.code, stage), []))
    parent = full_name(county, year, county.world.schools[school.parent]) if school.parent else "*"
    equipment = stock["equipment_value_yuan"]
    return [
        full_name(county, year, school),
        school.school_type,
        school.ownership_in(year),
        int(school.is_counted),
        parent,
        COUNTY,
        students,
        students // 2,
        class_count,
        *staff[1:6],
        staff[7],
        sum(staff[8:]),
        stock["teaching_area_m2"],
        stock["indoor_sports_area_m2"],
        stock["sports_ground_area_m2"],
        None if equipment is None else equipment / 10000,
        stock["multimedia_rooms"],
        stock["computers"],
        stock["books"],
    ]


def _total(rows: list[Row], at: int) -> float:
    return round(sum(row.values[at] or 0 for row in rows), 4)
