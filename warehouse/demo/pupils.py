"""Pupils by grade through a cohort model, and the classes they sit in."""

from __future__ import annotations

import math

import numpy as np

from warehouse.demo.places import generator
from warehouse.demo.world import KINDS, YEARS, School, World

FIRST_GRADE = {"primary": 1, "junior": 7, "senior": 10}
INTAKE_TREND = {"城区": 0.015, "镇区": -0.005, "乡村": -0.03}
# Sites on which the rule of 50 pupils turns: totals in the three years.
COUNTED_POINTS = ((53, 51, 49), (47, 49, 50), (17, 14, 12), (76, 73, 71), (9, 4, 0))
Class = tuple[int, str, int]  # grade, class name, pupils


def _grades(school: School, stage: str) -> int:
    if stage != "primary":
        return 3
    return 4 if school.kind.startswith("point") else 6


def _spread(total: int, parts: int, rng: np.random.Generator) -> list[int]:
    weights = np.clip(rng.normal(1, 0.06, parts), 0.8, 1.2)
    cuts = np.floor(np.cumsum(weights) / weights.sum() * total + 0.5).astype(int)
    return [int(n) for n in np.diff(np.concatenate(([0], cuts)))]


def _first_year(school: School, stage: str, rng: np.random.Generator) -> list[int]:
    median, sigma, lowest, highest = KINDS[school.kind].sizes[stage]
    total = int(np.clip(round(median * math.exp(sigma * rng.normal())), lowest, highest))
    return _spread(total, _grades(school, stage), rng)


def _next_year(before: list[int], trend: float, rng: np.random.Generator) -> list[int]:
    intake = max(0, round(before[0] * (1 + trend + rng.normal(0, 0.03))))
    return [intake, *(max(0, round(n * (1 + rng.normal(0, 0.012)))) for n in before[:-1])]


def _move(world: World, year: int, source: str, target: str, shares: list[float], stage: str) -> None:
    """Move a share of each grade from `source` to `target`; the last share holds for higher grades."""
    left = world.pupils[year, source, stage]
    gained = world.pupils.setdefault((year, target, stage), [0] * len(left))
    for grade, pupils in enumerate(left[: len(gained)]):
        moving = round(pupils * shares[min(grade, len(shares) - 1)])
        left[grade] -= moving
        gained[grade] += moving


def _apply_events(world: World, year: int) -> None:
    for event in world.events:
        if event.school_year != year:
            continue
        if event.kind in ("closed", "merged"):
            _move(world, year, event.school_code, event.other_code, [1.0], "primary")
            del world.pupils[year, event.school_code, "primary"]
        elif event.kind in ("split", "opened", "campus"):
            shares = {"split": [0.4], "opened": [0.45, 0.3, 0.0], "campus": [0.3, 0.25, 0.0]}[event.kind]
            _move(world, year, event.other_code, event.school_code, shares, "primary")


def _pin(world: World, year: int, code: str, total: int) -> None:
    grades = world.pupils[year, code, "primary"]
    shares = np.array(grades, dtype=float) + 0.5
    cuts = np.floor(np.cumsum(shares) / shares.sum() * total + 0.5).astype(int)
    world.pupils[year, code, "primary"] = [int(n) for n in np.diff(np.concatenate(([0], cuts)))]


def _pin_year(world: World, year: int) -> None:
    at = YEARS.index(year)
    for school, totals in zip(world.of_kind("point_counted"), COUNTED_POINTS, strict=False):
        _pin(world, year, school.code, totals[at])
    towns, villages = world.of_kind("town_primary"), world.of_kind("village_primary")
    _pin(world, year, towns[0].code, (1840, 1825, 1812)[at])
    _pin(world, year, villages[2].code, (96, 93, 90)[at])
    _pin(world, year, villages[3].code, 200)


def enrol(world: World) -> None:
    """Fill `world.pupils`: grade g of one year is grade g − 1 of the year before, but for movement."""
    rng = generator(world.seed, "pupils")
    for year in YEARS:
        for school in world.schools.values():
            for stage in school.stages:
                before = world.pupils.get((year - 1, school.code, stage))
                if year == YEARS[0] and school.is_open(year):
                    world.pupils[year, school.code, stage] = _first_year(school, stage, rng)
                elif before is not None:
                    trend = INTAKE_TREND[school.area_type] + (0.01 if stage == "junior" else 0.0)
                    world.pupils[year, school.code, stage] = _next_year(before, trend, rng)
        _apply_events(world, year)
        _pin_year(world, year)


def seat_classes(world: World, year: int) -> dict[tuple[str, str], list[Class]]:
    """Return the classes of each site and stage: grade, name, pupils; they add up to the pupils."""
    rng = generator(world.seed, f"classes{year}")
    classes = {}
    for (of_year, code, stage), grades in sorted(world.pupils.items()):
        if of_year == year and world.schools[code].is_open(year):
            classes[code, stage] = _classes(world.schools[code], stage, grades, rng)
    return classes


def _classes(school: School, stage: str, grades: list[int], rng: np.random.Generator) -> list[Class]:
    usual = {"城区": 44, "镇区": 42, "乡村": 38}[school.area_type] + (4 if stage != "primary" else 0)
    wanted = usual + rng.normal(0, 2.5)
    classes: list[Class] = []
    for offset, pupils in enumerate(grades):
        if not pupils:
            continue
        sizes = _spread_evenly(pupils, math.ceil(pupils / wanted))
        if len(sizes) > 3 and rng.random() < 0.06:
            sizes[0], sizes[-1] = sizes[0] + 14, sizes[-1] - 14
        grade = FIRST_GRADE[stage] + offset
        classes += [(grade, f"{number + 1}班", size) for number, size in enumerate(sizes)]
    return classes


def _spread_evenly(total: int, parts: int) -> list[int]:
    return [total // parts + (1 if index < total % parts else 0) for index in range(parts)]
