"""Every answer about exchanges and consortiums, computed from the clean world by the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from warehouse.demo import truth
from warehouse.demo.county import County
from warehouse.demo.files import has_sent
from warehouse.demo.people import Teacher
from warehouse.demo.stays import Stay
from warehouse.demo.unions import LEAD, MEMBER, Union
from warehouse.demo.world import YEARS

Row = dict[str, Any]
COMPULSORY = ("primary", "junior")
YEARS_DUE = 6


@dataclass(frozen=True)
class Pooled:
    """A teacher of one year's pool at the school that is counted."""

    teacher: Teacher
    school: str
    is_due: bool
    is_exchanged: bool


def pool(county: County, year: int) -> list[Pooled]:
    """Full-time teachers of the compulsory stages in public schools, and whoever was exchanged from there."""
    world = county.world
    stays = {stay.teacher.teacher_id: stay for stay in county.stays[year] if stay.is_counted}
    found = []
    for (code, stage), staff in county.rosters[year].items():
        school = world.schools[code]
        counted = world.schools[school.parent] if school.parent else school
        if stage not in COMPULSORY or counted.ownership_in(year) != "公办":
            continue
        for teacher in staff if has_sent(county, year, school, "teachers") else ():
            stay = stays.get(teacher.teacher_id)
            if stay or teacher.counts:
                due = teacher.joined[0] * 12 + teacher.joined[1] + 12 * YEARS_DUE <= year * 12 + 9
                found.append(Pooled(teacher, counted.code, due, stay is not None))
    return found


def exchange_rate_rows(county: County) -> list[Row]:
    """One row a year for the county and for each school that has anybody in the pool."""
    rows = []
    for year in YEARS:
        people = pool(county, year)
        rows.append(_rate(year, "county", "county", people))
        for school in sorted({one.school for one in people}):
            rows.append(_rate(year, "school", school, [one for one in people if one.school == school]))
    return rows


def _rate(year: int, scope: str, code: str, people: list[Pooled]) -> Row:
    eligible = sum(one.is_due or one.is_exchanged for one in people)
    exchanged = [one for one in people if one.is_exchanged]
    backbone = sum(one.teacher.backbone != "无" for one in exchanged)
    return {
        "school_year": year,
        "scope": scope,
        "scope_code": code,
        "full_time_teachers": len(people),
        "eligible": eligible,
        "exchanged": len(exchanged),
        "exchange_rate": len(exchanged) / eligible if eligible else None,
        "backbone_exchanged": backbone,
        "backbone_share": backbone / len(exchanged) if exchanged else None,
    }


def stay_rows(county: County) -> list[Row]:
    """One row a stay and year in which it is told."""
    return [_stay(county, stay) for year in YEARS for stay in county.stays[year]]


def _stay(county: County, stay: Stay) -> Row:
    areas = [
        county.world.schools[code].area_type if code in county.world.schools else "县外"
        for code in (stay.origin, stay.host)
    ]
    return {
        "school_year": stay.school_year,
        "teacher_id": stay.teacher.teacher_id,
        "school_code": stay.origin,
        "to_school": stay.host,
        "exchange_type": stay.kind,
        "is_counted": stay.is_counted,
        "start_date": stay.start,
        "end_date": stay.end,
        "is_backbone": stay.teacher.backbone != "无",
        "from_area": areas[0],
        "to_area": areas[1],
        "told_in": stay.told,
        "listed_at": stay.listed,
    }


def membership_rows(county: County) -> list[Row]:
    """One row a membership with its first and last day."""
    return [
        {
            "consortium_code": union.code,
            "consortium_name": union.name,
            "kind": union.plan.kind,
            "school": member.school,
            "is_beyond_county": member.school not in county.world.schools,
            "role": member.role,
            "joined_on": member.joined,
            "left_on": member.left,
            "round": member.round,
            "diligence": union.plan.diligence,
            "effect": union.plan.effect,
        }
        for union in county.unions
        for member in union.members
    ]


def gap_rows(county: County) -> list[Row]:
    """One row a year, consortium, stage and indicator: the lead, its members pooled, and their gap."""
    rows = []
    for year in YEARS:
        parts = [part for part in truth.parts(county, year) if part.reason == "in_scope"]
        figures = {(p.school.code, p.stage): (truth.numerators(county, p), p.students) for p in parts}
        for union in county.unions:
            for stage in COMPULSORY:
                rows += _gaps(union, year, stage, figures)
    return rows


def _gaps(union: Union, year: int, stage: str, figures: dict[tuple[str, str], Any]) -> list[Row]:
    present = union.on(date(year, 9, 1)) or union.on(date(year, 9, 1) + timedelta(days=120))
    sides = [
        [figures[m.school, stage] for m in present if m.role == role and (m.school, stage) in figures]
        for role in (LEAD, MEMBER)
    ]
    rows = []
    for code, scale in truth.SCALE.items() if all(sides) else ():
        values = [_pooled(side, code, scale) for side in sides]
        gap = None if None in values else (values[0] or 0.0) - (values[1] or 0.0)
        rows.append(
            {
                "school_year": year,
                "consortium_code": union.code,
                "effect": union.plan.effect,
                "stage": stage,
                "indicator_code": code,
                "lead_value": values[0],
                "member_value": values[1],
                "gap": gap,
            }
        )
    return rows


def _pooled(side: list[tuple[dict[str, float | None], int]], code: str, scale: float) -> float | None:
    amounts = [numerators[code] for numerators, _ in side]
    if None in amounts:
        return None
    return scale * sum(amount or 0.0 for amount in amounts) / sum(students for _, students in side)
