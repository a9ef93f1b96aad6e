"""What a projection says: when a line is first crossed, and how many teachers are needed."""

from __future__ import annotations

import polars as pl

from planning.projection import Z95, Projection
from planning.retirements import Ages, staying
from planning.standing import Standing

KEYS = ["school_code", "stage", "indicator_code"]
COUNTY = ["stage", "indicator_code"]
UNMET = ("near", "below")


def first_crossings(now: Standing, found: Projection) -> pl.DataFrame:
    """Return each indicator a school meets today with the first year in which it is expected not to."""
    met = now.indicators.filter(pl.col("status") == "met").select(*KEYS, now_value="value")
    coming = pl.concat(
        [
            standing.indicators.with_columns(school_year=pl.lit(year, dtype=pl.Int64))
            for year, standing in found.standings.items()
        ]
    )
    wide = (Z95 * pl.col("spread")).exp()
    return (
        coming.filter(pl.col("status").is_in(UNMET))
        .join(met, on=KEYS)
        .sort("school_year")
        .unique(KEYS, keep="first", maintain_order=True)
        .join(found.spreads, on=[*KEYS, "school_year"], how="left")
        .with_columns(value_low=pl.col("value") / wide, value_high=pl.col("value") * wide)
        .with_columns(is_certain=pl.col("value_high") < pl.col("threshold"))
        .select(
            *KEYS,
            "school_year",
            "now_value",
            "value",
            "value_low",
            "value_high",
            "threshold",
            "status",
            "is_certain",
        )
    )


def limits_crossed(now: Standing, found: Projection) -> pl.DataFrame:
    """Return each coefficient within its limit today with the first year it is expected to exceed it."""
    kept = now.balance.filter(pl.col("status") == "met").select(*COUNTY)
    return (
        found.coefficients.filter(pl.col("cv") > pl.col("cv_limit"))
        .join(kept, on=COUNTY, how="semi")
        .sort("school_year")
        .unique(COUNTY, keep="first", maintain_order=True)
    )


def verdicts(now: Standing, found: Projection, year: int) -> pl.DataFrame:
    """Return today's and each coming year's verdict of the county, a row a stage and year."""
    every = {year: now, **found.standings}
    return pl.concat(
        [
            standing.verdicts.with_columns(school_year=pl.lit(at, dtype=pl.Int64))
            for at, standing in every.items()
        ]
    )


def teachers_needed(
    teachers: pl.DataFrame, found: Projection, year: int, ages: Ages, *, years: int = 5
) -> pl.DataFrame:
    """Return by stage and subject who is there, who retires, and how many posts keep today's ratio."""
    stays = staying(teachers, year, years, ages)
    by_subject = ["stage", "subject"]
    now = teachers.group_by(by_subject).agg(teachers=pl.col("teachers").sum())
    left = (
        stays.filter(pl.col("school_year") > year)
        .group_by(*by_subject, "school_year")
        .agg(staying=pl.col("stays").sum())
    )
    return (
        left.join(now, on=by_subject, nulls_equal=True)
        .join(_growth(found), on=["stage", "school_year"])
        .with_columns(
            retiring=pl.col("teachers") - pl.col("staying"), wanted=pl.col("teachers") * pl.col("growth")
        )
        .with_columns(to_appoint=pl.max_horizontal(pl.col("wanted") - pl.col("staying"), 0.0))
        .sort("stage", "school_year", "to_appoint", descending=[True, False, True])
    )


def _growth(found: Projection) -> pl.DataFrame:
    """Return each stage's pupils in each coming year as a part of today's."""
    return found.pupils.group_by("stage", "school_year").agg(
        growth=pl.col("students").sum() / pl.col("today").sum()
    )


def county_pupils(found: Projection, year: int, stage: str) -> pl.DataFrame:
    """Return a stage's pupils, today's first; schools' errors are taken as independent of each other."""
    mine = found.pupils.filter((pl.col("stage") == stage) & pl.col("students").is_not_null())
    spread = ((pl.col("high") - pl.col("low")) / 2).pow(2).sum().sqrt()
    coming = mine.group_by("school_year", maintain_order=True).agg(
        students=pl.col("students").sum(), spread=spread, today=pl.col("today").sum()
    )
    now = coming.head(1).select(
        school_year=pl.lit(year, dtype=pl.Int64), students="today", spread=pl.lit(0.0), today="today"
    )
    return (
        pl.concat([now, coming])
        .sort("school_year")
        .with_columns(low=pl.col("students") - pl.col("spread"), high=pl.col("students") + pl.col("spread"))
    )
