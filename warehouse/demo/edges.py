"""Schools exactly on a line of the yardstick, and what had not been handed in by the day of the report."""

from __future__ import annotations

from collections.abc import Iterator

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
    """Put schools of one stage and one site exactly on a threshold, or at 84.9, 85.0, 85.1% of it."""
    for stage, lines in LINES.items():
        for school, (indicator, multiple) in zip(_plain_schools(county, stage), lines, strict=False):
            pupils = county.world.students(LATEST, school.code, stage)
            needed = round(truth.THRESHOLDS[stage][indicator] * multiple * pupils, 4)
            stock = county.resources[LATEST, school.code]
            indoor = stock["indoor_sports_area_m2"] or 0.0
            if indicator == "R4":
                stock["teaching_area_m2"] = round(needed + indoor, 4)
            elif indicator == "R5":
                stock["sports_ground_area_m2"] = round(needed - indoor, 4)
            else:
                stock["equipment_value_yuan"] = needed


def _plain_schools(county: County, stage: str) -> Iterator[School]:
    """Schools of one stage without further sites, the middling ones first."""
    kinds = {"primary": ("village_primary", "town_primary"), "junior": ("junior",)}[stage]
    found = [
        s
        for s in county.world.of_kind(*kinds)
        if s.is_open(LATEST) and s.opened < LATEST and len(county.world.sites(LATEST, s.code)) == 1
    ]
    step = max(1, len(found) // 7)
    return iter(found[1::step])


def leave_gaps(county: County) -> None:
    """Leave equipment values of three schools open in the latest year, and some datasets not handed in.

    Schools that send nothing at all are taken from outside the compulsory stages: one silent primary school
    would leave every coefficient of the county without a verdict.
    """
    rows = truth.compliance_rows(truth.indicator_rows(county))
    fine = {
        stage: [
            r["school_code"]
            for r in rows
            if r["verdict"] == "compliant"
            and r["stage"] == stage
            and r["school_year"] == LATEST
            and len(county.world.schools[r["school_code"]].stages) == 1
        ]
        for stage in truth.THRESHOLDS
    }
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
