"""An investment plan as frames and figures that a page, a command and a workbook show."""

from __future__ import annotations

from typing import Any

import polars as pl

from office.investment import by_school
from planning.budget import Schedule
from planning.investment import Plan
from planning.redistribution import Alternative

Row = dict[str, Any]
SCHOOL = ["school_code", "stage"]


def summary(found: Plan) -> Row:
    """Return the figures of the first lines."""
    schools = by_school(found)
    was, now = (
        standing.schools.filter(pl.col("verdict") == "compliant").height
        for standing in (found.needs.before, found.after)
    )
    return {
        "yuan": found.yuan,
        "bound": found.bound,
        "gap": found.gap,
        "for_limits": found.for_limits,
        "schools": schools.height,
        "pupils": float(schools["pupils"].sum()),
        "compliant_before": was,
        "compliant_after": now,
        "held_back": _not_saved(found),
        "missing": found.needs.missing.height,
    }


def _not_saved(found: Plan) -> int:
    held = found.needs.held_back.select(SCHOOL).unique()
    return found.after.schools.join(held, on=SCHOOL).filter(pl.col("verdict") == "not_compliant").height


def purchases(found: Plan) -> pl.DataFrame:
    """Return what to buy: school, stage, measure, amount, money, and what each indicator then reaches."""
    floors = found.at_floor.with_columns(is_floor=pl.lit(True))
    rows = found.needs.base.indicators.rename({"numerator_measure": "measure"})
    told = (
        rows.join(floors, on=["stage", "indicator_code"])
        .group_by("school_code", "measure")
        .agg(floor_stages=pl.col("stage").n_unique())
    )
    return (
        found.bought.join(found.needs.base.schools, on="school_code", how="left")
        .join(told, on=["school_code", "measure"], how="left")
        .with_columns(
            goal=pl.when(pl.col("floor_stages").is_null())
            .then(pl.lit("threshold"))
            .otherwise(pl.lit("floor"))
        )
        .drop("is_point", "floor_stages")
    )


def by_measure(found: Plan) -> pl.DataFrame:
    """Return what each measure costs in all."""
    return (
        found.bought.group_by("measure")
        .agg(
            amount=pl.col("amount").sum(), yuan=pl.col("yuan").sum(), schools=pl.col("school_code").n_unique()
        )
        .sort("yuan", descending=True)
    )


def order(found: Plan, planned: Schedule) -> pl.DataFrame:
    """Return every school's cost and the year in which it is finished, the first year first."""
    years = pl.DataFrame(
        list(planned.years.items()), schema={"school_code": pl.String, "year": pl.Int64}, orient="row"
    )
    return (
        by_school(found)
        .join(years, on="school_code", how="left")
        .join(found.needs.base.schools.select("school_code", "school_name"), on="school_code", how="left")
        .sort("year", "pupils", descending=[False, True], nulls_last=True)
    )


def order_summary(ordered: pl.DataFrame, budget: float, years: int) -> Row:
    """Return how far the budget reaches."""
    return {
        "budget": budget,
        "years": years,
        "done": ordered["year"].count(),
        "left": ordered["year"].null_count(),
        "first": float(ordered.filter(pl.col("year") == 1)["pupils"].sum()),
    }


def moves(found: Plan, other: Alternative) -> pl.DataFrame:
    """Return the pupils who would change school."""
    names = dict(found.needs.base.schools.select("school_code", "school_name").iter_rows())
    rows = [
        (move.school, names.get(move.school), names.get(move.to), move.stage, move.pupils, move.km)
        for move in other.moves
    ]
    text = dict.fromkeys(["school_code", "school_name", "to_school_name", "stage"], pl.String)
    return pl.DataFrame(rows, schema={**text, "pupils": pl.Int64, "km": pl.Float64}, orient="row")


def instead(found: Plan, other: Alternative, km: float) -> Row:
    """Return what moving pupils instead would cost and save."""
    total = other.bought_yuan + other.moved_yuan
    return {
        "pupils": sum(move.pupils for move in other.moves),
        "total": total,
        "saved": found.yuan - total,
        "km": km,
    }
