"""Every answer, computed from the clean world by the yardstick's rules, never from the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from warehouse.demo.county import County
from warehouse.demo.levels import INDICATORS, THRESHOLDS
from warehouse.demo.people import ARTS, Teacher
from warehouse.demo.world import YEARS, School

CV_LIMITS = {"primary": 0.50, "junior": 0.45}
SPLIT = {"primary": 1.0, "junior": 1.1, "senior": 1.32}
SPLIT_COMPLETE = {"junior": 1.0, "senior": 1.2}
SCALE = dict(zip(INDICATORS, (100.0, 100.0, 100.0, 1.0, 1.0, 1.0, 100.0), strict=True))
TOLERANCE = 1e-9
Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A counted school at one stage in one year, its merged sites with it."""

    year: int
    school: School
    stage: str
    sites: list[School]
    students: int
    reason: str


def parts(county: County, year: int) -> list[Part]:
    """Return every school and compulsory stage of `year`, with the reason that it is in or out."""
    world, found = county.world, []
    for school in world.open_schools(year):
        for stage in school.stages:
            if stage not in THRESHOLDS:
                continue
            sites = [school] if not school.is_counted else world.sites(year, school.code)
            students = sum(world.students(year, site.code, stage) for site in sites)
            found.append(Part(year, school, stage, sites, students, _reason(school, students)))
    return found


def _reason(school: School, students: int) -> str:
    if not school.is_counted:
        return "merged"
    if school.school_type == "特殊教育学校":
        return "special_school"
    if school.school_type == "教学点" and students < 50:
        return "small_teaching_point"
    if students == 0:
        return "no_pupils"
    return "in_scope"


def _teachers(county: County, part: Part) -> list[Teacher]:
    rosters = county.rosters[part.year]
    return [t for site in part.sites for t in rosters.get((site.code, part.stage), ()) if t.counts]


def _shared(county: County, part: Part, amounts: list[float | None]) -> float | None:
    """The stage's part of a whole-school amount; missing if any site lacks it."""
    if any(amount is None for amount in amounts):
        return None
    weights = SPLIT_COMPLETE if part.school.school_type == "完全中学" else SPLIT
    world = county.world
    weighted = {
        stage: weights[stage] * sum(world.students(part.year, site.code, stage) for site in part.sites)
        for stage in part.school.stages
    }
    total = sum(amount or 0.0 for amount in amounts)
    return total * weighted[part.stage] / sum(weighted.values())


def numerators(county: County, part: Part) -> dict[str, float | None]:
    """Return the seven numerators of one part, in teachers, m², yuan and rooms."""
    teachers = _teachers(county, part)
    above = ("博士", "硕士", "本科", "专科") if part.stage == "primary" else ("博士", "硕士", "本科")
    stock = [county.resources[part.year, site.code] for site in part.sites]
    indoor = [item["indoor_sports_area_m2"] for item in stock]
    rooms = [_less(item["teaching_area_m2"], out) for item, out in zip(stock, indoor, strict=True)]
    grounds = [_plus(item["sports_ground_area_m2"], extra) for item, extra in zip(stock, indoor, strict=True)]
    return {
        "R1": float(sum(t.education in above for t in teachers)),
        "R2": float(sum(t.backbone != "无" for t in teachers)),
        "R3": float(sum(t.subject in ARTS for t in teachers)),
        "R4": _shared(county, part, rooms),
        "R5": _shared(county, part, grounds),
        "R6": _shared(county, part, [item["equipment_value_yuan"] for item in stock]),
        "R7": _shared(county, part, [item["multimedia_rooms"] for item in stock]),
    }


def _less(whole: float | None, part: float | None) -> float | None:
    return None if whole is None or part is None else whole - part


def _plus(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else first + second


def _status(value: float | None, threshold: float) -> str:
    if value is None:
        return "missing"
    if value >= threshold * (1 - TOLERANCE):
        return "met"
    return "near" if value >= 0.85 * threshold * (1 - TOLERANCE) else "below"


def indicator_rows(county: County) -> list[Row]:
    """One row a year, in-scope school, stage and indicator."""
    rows = []
    for year in YEARS:
        for part in parts(county, year):
            if part.reason != "in_scope":
                continue
            reported = (
                not any(site.code in county.unreported.get("conditions", ()) for site in part.sites)
                or year != YEARS[-1]
            )
            for code, amount in numerators(county, part).items():
                known = amount if reported else None
                value = None if known is None else SCALE[code] * known / part.students
                threshold = THRESHOLDS[part.stage][code]
                rows.append(
                    {
                        "school_year": year,
                        "school_code": part.school.code,
                        "stage": part.stage,
                        "indicator_code": code,
                        "students": part.students,
                        "numerator": known,
                        "value": value,
                        "threshold": threshold,
                        "status": _status(value, threshold),
                    }
                )
    return rows


def balance_rows(rows: list[Row]) -> list[Row]:
    """One row a year, stage and indicator: pupil-weighted mean, deviation and coefficient."""
    groups: dict[tuple[int, str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["school_year"], row["stage"], row["indicator_code"]), []).append(row)
    return [_balance(key, group) for key, group in groups.items()]


def _balance(key: tuple[int, str, str], group: list[Row]) -> Row:
    known = [row for row in group if row["value"] is not None]
    pupils = np.array([row["students"] for row in known], dtype=float)
    values = np.array([row["value"] for row in known], dtype=float)
    mean = float(np.average(values, weights=pupils))
    deviation = float(np.sqrt(np.average((values - mean) ** 2, weights=pupils)))
    limit = CV_LIMITS[key[1]]
    cv = deviation / mean
    met = "met" if cv <= limit * (1 + TOLERANCE) else "not_met"
    return {
        "school_year": key[0],
        "stage": key[1],
        "indicator_code": key[2],
        "schools": len(group),
        "schools_with_value": len(known),
        "students": int(pupils.sum()),
        "county_mean": mean,
        "std_dev": deviation,
        "cv": cv,
        "cv_unweighted": float(values.std() / values.mean()),
        "cv_limit": limit,
        "status": met if len(known) == len(group) else "missing",
        "schools_met": sum(row["status"] == "met" for row in group),
    }


def compliance_rows(rows: list[Row]) -> list[Row]:
    """One row a year, in-scope school and stage: how many indicators are met, and the verdict."""
    groups: dict[tuple[int, str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["school_year"], row["school_code"], row["stage"]), []).append(row)
    found = []
    for (year, code, stage), group in groups.items():
        counts = {
            status: sum(row["status"] == status for row in group)
            for status in ("met", "near", "below", "missing")
        }
        found.append(
            {
                "school_year": year,
                "school_code": code,
                "stage": stage,
                "students": group[0]["students"],
                **{f"indicators_{status}": number for status, number in counts.items()},
                "verdict": _verdict(counts),
            }
        )
    return found


def _verdict(counts: dict[str, int]) -> str:
    if counts["below"] or counts["met"] + counts["missing"] < 6:
        return "not_compliant"
    return "incomplete" if counts["missing"] else "compliant"


def verdict_rows(compliance: list[Row]) -> list[Row]:
    """One row a year and stage: schools by verdict and the share of compliant ones."""
    groups: dict[tuple[int, str], list[str]] = {}
    for row in compliance:
        groups.setdefault((row["school_year"], row["stage"]), []).append(row["verdict"])
    return [
        {
            "school_year": year,
            "stage": stage,
            "schools": len(verdicts),
            **{
                f"schools_{name}": verdicts.count(name)
                for name in ("compliant", "not_compliant", "incomplete")
            },
            "compliant_share": verdicts.count("compliant") / len(verdicts),
        }
        for (year, stage), verdicts in groups.items()
    ]
