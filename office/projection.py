"""Projections over a published county: its class lists, teachers' ages and approved projects."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from office.amounts import amounts, base, parameter, yardstick
from planning import outlook, projection
from planning.projection import Known, Projection
from planning.retirements import Ages
from planning.standing import Standing, stand
from warehouse.read import rows

AHEAD = 5


def ages(snapshot: str, year: int) -> Ages:
    """Return the retirement ages in force."""
    names = (
        "retirement_age_men",
        "retirement_age_women",
        "retirement_delay_step_months",
        "retirement_delay_most_months",
        "women_teacher_share",
    )
    return Ages(*(parameter(snapshot, name, year) for name in names))


def teachers(snapshot: str, year: int) -> pl.DataFrame:
    """Return the counted teachers of a year by month of birth, subject and marks."""
    return rows(
        snapshot,
        "select * from marts.fct_teacher_age where school_year = ? order by school_code, stage, ordinal",
        year,
    )


@lru_cache(maxsize=8)
def project(snapshot: str, standard: str, year: int) -> Projection:
    """Return what is expected at the five statistics dates after a year."""
    known = Known(
        year=year,
        rolls=rows(snapshot, "select * from marts.fct_grade_roll where school_year <= ?", year),
        teachers=teachers(snapshot, year),
        projects=rows(snapshot, "select * from marts.dim_approved_project where school_year > ?", year),
        ages=ages(snapshot, year),
        shrink=parameter(snapshot, "cohort_shrink_pupils", year),
        damping=parameter(snapshot, "entrant_trend_damping", year),
    )
    return projection.project(base(snapshot, standard, year), known, years=AHEAD)


def today(snapshot: str, standard: str, year: int) -> Standing:
    """Return where the county stands in the year itself."""
    return stand(amounts(snapshot, standard, year), yardstick(snapshot, standard, year))


def needed(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Return the teachers needed by stage and subject to keep today's ratio."""
    found = project(snapshot, standard, year)
    return outlook.teachers_needed(teachers(snapshot, year), found, year, ages(snapshot, year), years=AHEAD)


def crossings(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Return the indicators that fall below their line, each with its first year and its school's name."""
    found = outlook.first_crossings(today(snapshot, standard, year), project(snapshot, standard, year))
    schools = base(snapshot, standard, year).schools.select("school_code", "school_name")
    return found.join(schools, on="school_code", how="left").sort("school_year", "school_code", "stage")


def verdicts(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Return today's and every coming year's verdict, a row a stage."""
    return outlook.verdicts(today(snapshot, standard, year), project(snapshot, standard, year), year)


def limits(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Return the coefficients that will exceed their limit, each with its first year."""
    return outlook.limits_crossed(today(snapshot, standard, year), project(snapshot, standard, year))


def pupils(snapshot: str, standard: str, year: int, stage: str) -> pl.DataFrame:
    """Return a stage's pupils at each date with the county's interval."""
    return outlook.county_pupils(project(snapshot, standard, year), year, stage)
