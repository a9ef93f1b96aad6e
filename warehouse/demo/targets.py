"""The county's own yearly balance targets: a three-year plan, some of it reached, some behind."""

from __future__ import annotations

from warehouse.demo.county import County
from warehouse.demo.sheets import Row
from warehouse.demo.world import YEARS

STAGES = {"primary": "小学", "junior": "初中"}
# stage → indicator → planned coefficient in the three years
COEFFICIENTS = {
    "primary": {
        "R1": (0.24, 0.22, 0.20),
        "R2": (0.58, 0.54, 0.50),
        "R3": (0.46, 0.43, 0.40),
        "R4": (0.34, 0.33, 0.32),
        "R5": (0.46, 0.43, 0.40),
        "R6": (0.32, 0.31, 0.30),
        "R7": (0.40, 0.38, 0.36),
        "综合": (0.40, 0.38, 0.355),
    },
    "junior": {
        "R1": (0.20, 0.19, 0.18),
        "R2": (0.54, 0.50, 0.45),
        "R3": (0.38, 0.35, 0.32),
        "R4": (0.30, 0.28, 0.26),
        "R5": (0.33, 0.30, 0.27),
        "R6": (0.26, 0.25, 0.24),
        "R7": (0.24, 0.23, 0.22),
        "综合": (0.32, 0.30, 0.28),
    },
}
SHARES = {
    "primary": {
        "R1": (0.9, 0.95, 1.0),
        "R2": (0.4, 0.5, 0.5),
        "R3": (0.5, 0.6, 0.7),
        "R4": (0.7, 0.75, 0.78),
        "R5": (0.7, 0.75, 0.78),
        "R6": (0.8, 0.85, 0.9),
        "R7": (0.8, 0.85, 0.9),
        "R0": (0.35, 0.4, 0.45),
    },
    "junior": {
        "R1": (0.9, 0.95, 1.0),
        "R2": (0.45, 0.55, 0.65),
        "R3": (0.55, 0.65, 0.75),
        "R4": (0.5, 0.6, 0.7),
        "R5": (0.5, 0.6, 0.7),
        "R6": (0.75, 0.85, 0.9),
        "R7": (0.7, 0.8, 0.9),
        "R0": (0.25, 0.35, 0.45),
    },
}
MEANS = {"primary": {"R2": (0.85, 0.92, 1.0), "R3": (0.82, 0.86, 0.9)}, "junior": {"R2": (0.9, 0.95, 1.0)}}


def target_rows(county: County, year: int) -> list[Row]:
    """Return one row a stage, indicator and kind of target for `year`."""
    at = YEARS.index(year)
    source = "青政发〔2022〕0号（虚构）《优质均衡发展三年行动计划》"
    kinds = (("差异系数", COEFFICIENTS), ("达标学校比例", SHARES), ("县均值", MEANS))
    return [
        Row([year, STAGES[stage], indicator, kind, planned[at], source])
        for kind, plan in kinds
        for stage, indicators in plan.items()
        for indicator, planned in indicators.items()
    ]
