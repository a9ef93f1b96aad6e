"""Who retires when: by month of birth, under the age that rises step by step from 2025 on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

import polars as pl

REFORM = date(2025, 1, 1)
MARKS = {
    "qualified_teachers": "is_qualified",
    "backbone_teachers": "is_backbone",
    "pe_arts_teachers": "is_pe_arts",
    "mid_title_teachers": "is_mid_title",
    "full_time_teachers": None,
}
"""The measures that teachers carry, and the mark that says so (none: every teacher)."""


@dataclass(frozen=True)
class Ages:
    """Retirement ages (years) before the reform, its step and most delay in months, the share of women."""

    men: float
    women: float
    step_months: float
    most_months: float
    women_share: float


def retires(born: date, age: float, ages: Ages) -> date:
    """Return the month in which somebody born in a month retires: one month later for every step begun."""
    usual = _months_after(born, round(age * 12))
    since = (usual.year - REFORM.year) * 12 + usual.month - REFORM.month
    delay = min(ages.most_months, ceil((since + 1) / ages.step_months)) if since >= 0 else 0
    return _months_after(usual, int(delay))


def _months_after(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def remaining_share(born: date | None, year: int, ages: Ages) -> float:
    """Return how likely a teacher is still there on 1 September of a year; an unknown month stays."""
    if born is None:
        return 1.0
    day = date(year, 9, 1)
    return ages.women_share * (retires(born, ages.women, ages) > day) + (1 - ages.women_share) * (
        retires(born, ages.men, ages) > day
    )


def staying(teachers: pl.DataFrame, now: int, years: int, ages: Ages) -> pl.DataFrame:
    """Return each group of teachers with those expected to be there in each coming year, as `stays`.

    Who is listed today is there today, whatever the age.
    """
    births = teachers["birth_month"].unique().to_list()
    rows = []
    for born in births:
        today = remaining_share(born, now, ages)
        for ahead in range(years + 1):
            share = remaining_share(born, now + ahead, ages) / today if today else 0.0
            rows.append((born, now + ahead, share if ahead else 1.0))
    shares = pl.DataFrame(
        rows, schema={"birth_month": pl.Date, "school_year": pl.Int64, "share": pl.Float64}, orient="row"
    )
    return (
        teachers.drop("school_year")
        .join(shares, on="birth_month", nulls_equal=True)
        .with_columns(stays=pl.col("teachers") * pl.col("share"))
    )


def kept_spreads(stays: pl.DataFrame) -> dict[tuple[int, str, str, str], float]:
    """Return by how much a measure's teachers may differ from those expected, as a part of them.

    Rosters give no sex: whether a teacher between the two ages is still there is a chance of its own.
    """
    found: dict[tuple[int, str, str, str], float] = {}
    chance = (pl.col("teachers") * pl.col("share") * (1 - pl.col("share"))).sum().sqrt()
    for measure, mark in MARKS.items():
        carried = stays if mark is None else stays.filter(pl.col(mark))
        spread = carried.group_by("school_year", "school_code", "stage").agg(
            spread=chance / pl.when(pl.col("stays").sum() > 0).then(pl.col("stays").sum())
        )
        for year, school, stage, part in spread.iter_rows():
            found[year, school, stage, measure] = part or 0.0
    return found


def kept_shares(stays: pl.DataFrame) -> dict[tuple[int, str, str, str], float]:
    """Return the part of each measure's teachers of a school's stage that is still there in each year."""
    found: dict[tuple[int, str, str, str], float] = {}
    for measure, mark in MARKS.items():
        carried = stays if mark is None else stays.filter(pl.col(mark))
        kept = carried.group_by("school_year", "school_code", "stage").agg(
            share=pl.col("stays").sum() / pl.col("teachers").sum()
        )
        for year, school, stage, share in kept.iter_rows():
            found[year, school, stage, measure] = share
    return found
