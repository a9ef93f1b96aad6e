"""Pupils of the coming years by cohort survival: who is in a grade is, mostly, in the next one a year later.

A school's rate from grade to grade is drawn towards the county's by so many pupils (`shrink`); entrants of
grade 1 follow the county's trend, damped year by year; entrants of grade 7 are the county's grade 6 times the
rate of transition, shared as last year.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log

import polars as pl

LAST_GRADE = 9
FIRST_JUNIOR = 7
Rolls = dict[tuple[int, str, int], float]
"""Pupils by school year, school and grade."""


@dataclass(frozen=True)
class Rates:
    """What the years at hand say of how cohorts go on."""

    county: dict[int, float]
    school: dict[tuple[str, int], float]
    transition: float
    entrant_trend: float
    damping: float


def rolls_of(frame: pl.DataFrame) -> Rolls:
    """Return the rolls of grades 1 to 9 that are known."""
    known = frame.filter(pl.col("students").is_not_null() & pl.col("grade").is_between(1, LAST_GRADE))
    summed = known.group_by("school_year", "school_code", "grade").agg(pl.col("students").sum())
    return {
        (year, school, grade): pupils
        for year, school, grade, pupils in summed.select(
            "school_year", "school_code", "grade", "students"
        ).iter_rows()
    }


def rates(rolls: Rolls, until: int, *, shrink: float, damping: float) -> Rates | None:
    """Return the rates of the years up to `until`; None with fewer than two years."""
    before: dict[tuple[str, int], float] = defaultdict(float)
    after: dict[tuple[str, int], float] = defaultdict(float)
    for (year, code, grade), pupils in rolls.items():
        following = rolls.get((year + 1, code, grade + 1))
        if year < until and following is not None and grade not in (FIRST_JUNIOR - 1, LAST_GRADE):
            before[code, grade] += pupils
            after[code, grade] += following
    if not before:
        return None
    grades = {grade for _school, grade in before}
    county = {
        grade: _ratio(
            sum(after[key] for key in after if key[1] == grade),
            sum(before[key] for key in before if key[1] == grade),
        )
        for grade in grades
    }
    school = {key: _ratio(after[key] + shrink * county[key[1]], before[key] + shrink) for key in before}
    return Rates(county, school, _transition(rolls, until), _trend(rolls, until), damping)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 1.0


def total(rolls: Rolls, year: int, grade: int) -> float:
    """Return the county's pupils of a grade."""
    return sum(pupils for (at, _school, one), pupils in rolls.items() if (at, one) == (year, grade))


def _transition(rolls: Rolls, until: int) -> float:
    years = sorted({year for year, _school, _grade in rolls if year < until})
    left = sum(total(rolls, year, FIRST_JUNIOR - 1) for year in years if total(rolls, year + 1, FIRST_JUNIOR))
    entered = sum(
        total(rolls, year + 1, FIRST_JUNIOR) for year in years if total(rolls, year, FIRST_JUNIOR - 1)
    )
    return _ratio(entered, left)


def _trend(rolls: Rolls, until: int) -> float:
    """Return the mean yearly growth of the county's entrants, as a logarithm."""
    entrants = [total(rolls, year, 1) for year in sorted({key[0] for key in rolls}) if year <= until]
    steps = [log(after / before) for before, after in pairwise(entrants) if before and after]
    return sum(steps) / len(steps) if steps else 0.0


def project(rolls: Rolls, start: int, years: int, known: Rates) -> Rolls:
    """Return the rolls of the `years` after `start`."""
    now = {key: pupils for key, pupils in rolls.items() if key[0] <= start}
    for ahead in range(1, years + 1):
        year = start + ahead
        now |= _moved_up(now, year, known)
        now |= _entered(now, year, exp(known.entrant_trend * known.damping ** (ahead - 1)))
        now |= _entered_junior(now, year, known)
    return {key: pupils for key, pupils in now.items() if key[0] > start}


def _moved_up(rolls: Rolls, year: int, known: Rates) -> Rolls:
    return {
        (year, school, grade + 1): pupils * known.school.get((school, grade), known.county.get(grade, 1.0))
        for (at, school, grade), pupils in rolls.items()
        if at == year - 1 and grade not in (FIRST_JUNIOR - 1, LAST_GRADE)
    }


def _entered(rolls: Rolls, year: int, growth: float) -> Rolls:
    return {
        (year, school, 1): pupils * growth
        for (at, school, grade), pupils in rolls.items()
        if (at, grade) == (year - 1, 1)
    }


def _entered_junior(rolls: Rolls, year: int, known: Rates) -> Rolls:
    leaving = total(rolls, year - 1, FIRST_JUNIOR - 1)
    last = {
        school: pupils
        for (at, school, grade), pupils in rolls.items()
        if (at, grade) == (year - 1, FIRST_JUNIOR)
    }
    entrants = leaving * known.transition if leaving else sum(last.values())
    everyone = sum(last.values())
    return {
        (year, school, FIRST_JUNIOR): entrants * pupils / everyone
        for school, pupils in last.items()
        if everyone
    }


def by_stage(rolls: Rolls) -> dict[tuple[int, str, str], float]:
    """Return pupils by school year, school and stage."""
    found: dict[tuple[int, str, str], float] = defaultdict(float)
    for (year, school, grade), pupils in rolls.items():
        found[year, school, "junior" if grade >= FIRST_JUNIOR else "primary"] += pupils
    return dict(found)
