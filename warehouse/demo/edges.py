"""Schools exactly on a line of the yardstick, and what had not been handed in by the day of the report."""

from __future__ import annotations

from warehouse.demo import truth
from warehouse.demo.county import County
from warehouse.demo.world import YEARS, School

LATEST = YEARS[-1]
# stage → indicator, multiple of the threshold
LINES = {
    "primary": (("R6", 0.85), ("R6", 0.849), ("R4", 1.0), ("R5", 1.0), ("R6", 0.851), ("R6", 1.0)),
    "junior": (("R5", 1.0), ("R6", 0.85), ("R4", 1.0), ("R6", 0.849), ("R6", 0.851), ("R6", 1.0)),
}


def draw_lines(county: County) -> None:
    """Put schools of one stage and one site exactly on a threshold, or at 84.9, 85.0, 85.1% of it.

    For each line the school that lies nearest already is moved, so that no figure jumps.
    """
    rows = [row for row in truth.indicator_rows(county) if row["school_year"] == LATEST]
    for stage, lines in LINES.items():
        plain = {school.code for school in _plain_schools(county, stage)}
        for indicator, multiple in lines:
            line = multiple * truth.THRESHOLDS[stage][indicator]
            free = plain - county.on_a_line
            near = {
                row["school_code"]: abs(row["value"] / line - 1)
                for row in rows
                if row["indicator_code"] == indicator and row["stage"] == stage and row["school_code"] in free
            }
            if near:
                code = min(sorted(near), key=lambda code: near[code])
                county.on_a_line.add(code)
                _move(county, code, indicator, line * county.world.students(LATEST, code, stage))


def _move(county: County, code: str, indicator: str, needed: float) -> None:
    stock = county.resources[LATEST, code]
    indoor = stock["indoor_sports_area_m2"] or 0.0
    if indicator == "R4":
        stock["teaching_area_m2"] = round(needed + indoor, 4)
    elif indicator == "R5":
        stock["sports_ground_area_m2"] = round(needed - indoor, 4)
    else:
        stock["equipment_value_yuan"] = round(needed, 4)


def _plain_schools(county: County, stage: str) -> list[School]:
    """Schools of one stage and one site that were there before the latest year."""
    kinds = {"primary": ("village_primary", "town_primary"), "junior": ("junior",)}[stage]
    return [
        school
        for school in county.world.of_kind(*kinds)
        if school.is_open(LATEST)
        and school.opened < LATEST
        and len(county.world.sites(LATEST, school.code)) == 1
    ]


def leave_gaps(county: County) -> None:
    """Leave equipment values of three schools open in the latest year, and some datasets not handed in.

    Schools that send nothing at all are taken from outside the compulsory stages: one silent primary school
    would leave every coefficient of the county without a verdict.
    """
    rows = truth.compliance_rows(truth.indicator_rows(county))
    fine: dict[str, list[str]] = {stage: [] for stage in truth.THRESHOLDS}
    for row in rows:
        school = county.world.schools[row["school_code"]]
        is_plain = len(school.stages) == 1 and school.code not in county.on_a_line
        if row["school_year"] == LATEST and row["verdict"] == "compliant" and is_plain:
            fine[row["stage"]].append(school.code)
    for code in fine["primary"][2::9][:2] + fine["junior"][1:2]:
        county.resources[LATEST, code]["equipment_value_yuan"] = None
    silent = {school.code for school in county.world.of_kind("senior")[-1:]}
    villages = [s.code for s in county.world.of_kind("village_primary", "junior") if s.is_open(LATEST)]
    county.unreported = {
        "conditions": set(silent),
        "staff_counts": set(silent),
        "classes": silent | set(villages[1::19]),
        "teachers": silent | set(villages[2::17]),
        "rooms": silent | set(villages[3::13]),
    }
