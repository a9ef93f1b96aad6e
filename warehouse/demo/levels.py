"""How well a school is provided, as a multiple of what the yardstick asks: the county's true pattern.

Calibrated so that the primary means lie near a published county's (5.5 teachers, 0.9 backbone, 0.9 sports
and arts, 4.6–5.2 m², 7.9–9 m², 2,450 yuan, 2.7 rooms): villages have room but few specialists, the county
seat has specialists but no room.
"""

from __future__ import annotations

import math

import numpy as np

from warehouse.demo.places import generator
from warehouse.demo.world import School, World

INDICATORS = ("R1", "R2", "R3", "R4", "R5", "R6", "R7")
THRESHOLDS = {
    "primary": dict(zip(INDICATORS, (4.2, 1.0, 0.9, 4.5, 7.5, 2000.0, 2.3), strict=True)),
    "junior": dict(zip(INDICATORS, (5.3, 1.0, 0.9, 5.8, 10.2, 2500.0, 2.4), strict=True)),
}
# area type → indicator → (median multiple of the threshold, sigma of its logarithm)
PRIMARY = {
    "城区": {
        "R1": (1.25, 0.14),
        "R2": (0.90, 0.38),
        "R3": (0.92, 0.26),
        "R4": (0.90, 0.16),
        "R5": (0.84, 0.24),
        "R6": (1.10, 0.20),
        "R7": (1.00, 0.15),
    },
    "镇区": {
        "R1": (1.30, 0.18),
        "R2": (0.78, 0.58),
        "R3": (0.90, 0.42),
        "R4": (1.08, 0.22),
        "R5": (1.20, 0.28),
        "R6": (1.15, 0.26),
        "R7": (1.08, 0.24),
    },
    "乡村": {
        "R1": (1.32, 0.20),
        "R2": (1.00, 0.72),
        "R3": (1.06, 0.58),
        "R4": (1.36, 0.34),
        "R5": (1.60, 0.38),
        "R6": (1.24, 0.36),
        "R7": (1.34, 0.32),
    },
}
JUNIOR = {
    "城区": {
        "R1": (1.36, 0.12),
        "R2": (1.30, 0.30),
        "R3": (1.10, 0.22),
        "R4": (1.02, 0.16),
        "R5": (0.92, 0.22),
        "R6": (1.18, 0.16),
        "R7": (1.08, 0.12),
    },
    "镇区": {
        "R1": (1.40, 0.17),
        "R2": (0.98, 0.50),
        "R3": (1.08, 0.30),
        "R4": (1.14, 0.24),
        "R5": (1.16, 0.26),
        "R6": (1.22, 0.22),
        "R7": (1.14, 0.20),
    },
    "乡村": {
        "R1": (1.45, 0.17),
        "R2": (0.90, 0.55),
        "R3": (1.08, 0.35),
        "R4": (1.25, 0.28),
        "R5": (1.35, 0.30),
        "R6": (1.26, 0.25),
        "R7": (1.20, 0.22),
    },
}
# stage → indicator → (pupil-weighted mean, coefficient of variation) of the multiples over the whole county
AIMS = {
    "primary": {
        "R1": (1.31, 0.19),
        "R2": (0.87, 0.52),
        "R3": (0.88, 0.41),
        "R4": (1.09, 0.31),
        "R5": (1.14, 0.38),
        "R6": (1.19, 0.28),
        "R7": (1.10, 0.32),
    },
    "junior": {
        "R1": (1.34, 0.19),
        "R2": (1.04, 0.51),
        "R3": (1.06, 0.33),
        "R4": (1.10, 0.25),
        "R5": (1.08, 0.27),
        "R6": (1.17, 0.21),
        "R7": (1.09, 0.20),
    },
}
SHARED = 0.55  # of the variance of each indicator's logarithm lies in the school itself


def draw_levels(world: World) -> dict[tuple[str, str], dict[str, float]]:
    """Return, for each site and stage, the multiple of the threshold that each indicator aims at."""
    rng = generator(world.seed, "levels")
    levels = {}
    for school in world.schools.values():
        own = rng.normal()
        for stage in school.stages:
            drawn = rng.normal(size=len(INDICATORS))
            levels[school.code, stage] = _multiples(school, stage, own, drawn)
    for stage in AIMS:
        _calibrate(world, stage, levels)
    return levels


def _calibrate(world: World, stage: str, levels: dict[tuple[str, str], dict[str, float]]) -> None:
    """Stretch the drawn multiples so that every seed gives a county of the same make, not only on average."""
    years = {code: year for (year, code, of_stage) in sorted(world.pupils, reverse=True) if of_stage == stage}
    codes = [code for code in years if not world.schools[code].kind.startswith(("point", "special"))]
    pupils = np.array([world.students(years[code], code, stage) for code in codes], dtype=float)
    for indicator, (mean, spread) in AIMS[stage].items():
        drawn = np.array([levels[code, stage][indicator] for code in codes])
        for code, multiple in zip(codes, _stretched(drawn, pupils, mean, spread), strict=True):
            levels[code, stage][indicator] = float(multiple)
    if stage == "primary":  # the school of exactly 200 pupils has exactly two backbone teachers
        levels[world.of_kind("village_primary")[3].code, stage]["R2"] = 1.0


def _stretched(values: np.ndarray, weights: np.ndarray, mean: float, spread: float) -> np.ndarray:
    """Return mean · values^p, scaled to `mean`, with p such that the weighted coefficient is `spread`."""
    low, high = 0.05, 6.0
    for _ in range(40):
        power = (low + high) / 2
        powered = values**power
        powered *= mean / np.average(powered, weights=weights)
        deviation = np.sqrt(np.average((powered - mean) ** 2, weights=weights))
        low, high = (power, high) if deviation / mean < spread else (low, power)
    return np.asarray(powered)


def _multiples(school: School, stage: str, own: float, drawn: np.ndarray) -> dict[str, float]:
    table = (PRIMARY if stage == "primary" else JUNIOR)[school.area_type]
    multiples = {}
    for (indicator, (median, sigma)), noise in zip(table.items(), drawn, strict=True):
        score = math.sqrt(SHARED) * own + math.sqrt(1 - SHARED) * float(noise)
        multiples[indicator] = median * math.exp(sigma * float(np.clip(score, -2.2, 2.2)))
    return multiples
