"""教师花名册: everyone where the roster has them, with what it says of certificates and exchanges."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import Any

from warehouse.demo.county import County
from warehouse.demo.files import STAGE_ZH, has_sent, month, yes
from warehouse.demo.people import OWN_SUBJECTS, Roster, Teacher
from warehouse.demo.sheets import Row
from warehouse.demo.stays import Stay
from warehouse.demo.wide import full_name
from warehouse.demo.world import School

ROSTER = [
    "学年",
    "教师编号",
    "姓名",
    "学校标识码",
    "学校名称",
    "任教学段",
    "是否专任",
    "学历",
    "职称",
    "骨干级别",
    "任教学科",
    "出生年月",
    "入校年月",
    "教师资格证",
    "教师资格学科",
    "近五年培训学时",
    "在岗状态",
    "交流单位",
    "交流开始时间",
    "交流结束时间",
    "支教单位",
]
ELSEWHERE = 9  # of a hundred teach another subject than their certificate's


def roster(county: County, year: int, *, on_quota: bool) -> list[Row]:
    """Everyone in (or outside) the authorised posts, school by school."""
    stays = {stay.teacher.teacher_id: stay for stay in county.stays.get(year, ())}
    rows = []
    for (code, _), staff in sorted(_seated(county, year, stays).items()):
        school = county.world.schools[code]
        if has_sent(county, year, school, "teachers"):
            for teacher in staff:
                if teacher.is_on_quota == on_quota:
                    cells = _row(year, school, teacher)
                    rows.append(Row(cells + _away(county, year, stays.get(teacher.teacher_id))))
    return rows


def _seated(county: County, year: int, stays: dict[str, Stay]) -> Roster:
    """The rosters as clerks keep them: a few exchanged teachers already at the host."""
    seated: Roster = {unit: [] for unit in county.rosters[year]}
    for unit, staff in county.rosters[year].items():
        for teacher in staff:
            stay = stays.get(teacher.teacher_id)
            if stay and stay.listed == "host":
                came = (stay.start.year, stay.start.month)
                seated[stay.host, unit[1]].append(replace(teacher, school=stay.host, joined=came))
            else:
                is_away = stay is not None and stay.listed == "away"
                seated[unit].append(replace(teacher, status="区内交流") if is_away else teacher)
    return seated


def _row(year: int, school: School, teacher: Teacher) -> list[Any]:
    return [
        year,
        teacher.teacher_id,
        teacher.name,
        school.code,
        school.name_in(year),
        STAGE_ZH[teacher.stage],
        yes(teacher.is_full_time),
        teacher.education,
        teacher.title,
        teacher.backbone,
        teacher.subject,
        month(teacher.birth),
        month(teacher.joined),
        yes(teacher.has_certificate),
        certificate_subject(teacher),
        teacher.training_hours,
        teacher.status,
    ]


def certificate_subject(teacher: Teacher) -> str:
    """Subject of the certificate: the one taught, or for nine in a hundred another of the stage."""
    if not teacher.subject or not teacher.has_certificate:
        return ""
    draw = zlib.crc32(teacher.teacher_id.encode())
    others = [one for one in OWN_SUBJECTS[teacher.stage] if one != teacher.subject]
    return others[draw // 100 % len(others)] if draw % 100 < ELSEWHERE else teacher.subject


def _away(county: County, year: int, stay: Stay | None) -> list[Any]:
    """交流单位 with its dates, or 支教单位, where the roster tells of the stay at all."""
    if stay is None or stay.told == "summary":
        return [None, None, None, None]
    host = place_name(county, year, stay.host)
    if stay.kind == "支教":
        return [None, None, None, host]
    return [host, stay.start.isoformat(), stay.end.isoformat(), None]


def place_name(county: County, year: int, host: str) -> str:
    """Name of a school of the county that no other bears, or the name of one beyond it."""
    school = county.world.schools.get(host)
    return full_name(county, year, school) if school else host
