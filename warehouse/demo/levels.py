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
        "R2": (0.78, 0.72),
        "R3": (0.92, 0.58),
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
SHARED = 0.45  # of the variance of each indicator's logarithm lies in the school itself


def draw_levels(world: World) -> dict[tuple[str, str], dict[str, float]]:
    """Return, for each site and stage, the multiple of the threshold that each indicator aims at."""
    rng = generator(world.seed, "levels")
    levels = {}
    for school in world.schools.values():
        own = rng.normal()
        for stage in school.stages:
            drawn = rng.normal(size=len(INDICATORS))
            levels[school.code, stage] = _multiples(school, stage, own, drawn)
    return levels


def _multiples(school: School, stage: str, own: float, drawn: np.ndarray) -> dict[str, float]:
    table = (PRIMARY if stage == "primary" else JUNIOR)[school.area_type]
    multiples = {}
    for (indicator, (median, sigma)), noise in zip(table.items(), drawn, strict=True):
        score = math.sqrt(SHARED) * own + math.sqrt(1 - SHARED) * float(noise)
        multiples[indicator] = median * math.exp(sigma * float(np.clip(score, -2.2, 2.2)))
    return multiples
