"""Satisfaction questionnaires: the county by group each year, and some consortiums' own."""

from __future__ import annotations

from datetime import date
from typing import Any

from warehouse.demo.county import County
from warehouse.demo.places import generator
from warehouse.demo.world import YEARS

# group → questionnaires issued in a county of 220 schools, share satisfied in the three years
GROUPS = {
    "学生": (3000, (0.912, 0.921, 0.934)),
    "家长": (3000, (0.871, 0.883, 0.902)),
    "教师": (900, (0.862, 0.858, 0.874)),
    "校长": (220, (0.951, 0.957, 0.962)),
    "代表委员": (180, (0.905, 0.911, 0.918)),
    "其他": (400, (0.836, 0.848, 0.861)),
}
UNION_GROUPS = {"学生": 300, "家长": 300, "教师": 60}
EFFECT = {"closing": 0.025, "widening": -0.02, "frozen": -0.005, "none": 0.0}  # a year


def satisfaction_rows(county: County, year: int) -> list[list[Any]]:
    """Return 学年, 群体, 共同体编号, 发放, 有效, 满意 for the county and every other consortium."""
    rng = generator(county.world.seed, f"satisfaction {year}")
    at, scale = YEARS.index(year), max(0.15, len(county.world.schools) / 220)
    rows = [
        _row(year, group, "", round(issued * scale), shares[at], float(rng.uniform(0.9, 0.98)))
        for group, (issued, shares) in GROUPS.items()
    ]
    for union in county.unions[::2]:
        share = 0.875 + EFFECT[union.plan.effect] * at - (0.05 if union.plan.diligence < 0.6 else 0.0)
        if union.on(date(year, 11, 1)):
            for group, issued in UNION_GROUPS.items():
                drawn = share + float(rng.uniform(-0.02, 0.02))
                rows.append(_row(year, group, union.code, issued, drawn, float(rng.uniform(0.88, 0.98))))
    return rows


def _row(year: int, group: str, union: str, issued: int, share: float, returned: float) -> list[Any]:
    responses = round(issued * returned)
    return [year, group, union, issued, responses, min(responses, round(responses * share))]
