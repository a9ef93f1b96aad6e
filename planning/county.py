"""A county as one snapshot publishes it, before anything is divided by pupils, and what a plan reads from it.

Amounts live as the marts hold them: a stage's own amount, and the whole-school amount of which a stage gets a
share by its weighted pupils; so a change of pupils splits anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from planning.refusals import ImpossibleChangeError
from planning.standing import Yardstick

PUPILS = "students"
STAGE = ["school_code", "stage"]
MEASURE = ["school_code", "stage", "measure"]
POINT_TYPES = ("教学点", "小学教学点")
"""Types that are not assessed while they are small."""
NEVER_ASSESSED = ("special_school", "vocational_school", "merged")


@dataclass(frozen=True)
class Base:
    """A county as one snapshot publishes it, under one standard and year."""

    schools: pl.DataFrame
    """school_code, school_name, school_type, is_point (may be too small to be assessed)."""
    stages: pl.DataFrame
    """school_code, stage, weight, scope_reason: every stage taught."""
    measures: pl.DataFrame
    """school_code, stage, measure, own_amount, shared_amount; pupils are the measure `students`."""
    indicators: pl.DataFrame
    """stage, indicator_code, numerator_measure, denominator_measure."""
    extras: pl.DataFrame
    """school_code, stage, indicator_code, extra: amounts that dated exceptions add to a numerator."""
    weights: dict[tuple[str, str], float]
    whole_measures: frozenset[str]
    """Measures counted in whole units, which are never cut in two."""
    smallest_point: float
    yardstick: Yardstick


def amounts(base: Base) -> pl.DataFrame:
    """Return the amounts behind every indicator of every school that is assessed, split by today's pupils."""
    pupils = base.measures.filter(pl.col("measure") == PUPILS).select(*STAGE, students="own_amount")
    stages = base.stages.join(pupils, on=STAGE, how="left").join(
        base.schools.select("school_code", "is_point"), on="school_code", how="left"
    )
    weighted = pl.col("students") * pl.col("weight")
    known = pl.col("students").null_count().over("school_code") == 0
    everyone = pl.col("students").sum().over("school_code")
    total = weighted.sum().over("school_code")
    stages = stages.with_columns(
        share=pl.when(pl.len().over("school_code") == 1)
        .then(1.0)
        .when(known & (total > 0))
        .then(weighted / total),
        in_scope=~_is_left_out(pl.when(known).then(everyone), base.smallest_point),
    ).filter(pl.col("in_scope"), pl.col("stage").is_in(base.indicators["stage"].unique().to_list()))
    return _numerators(base, stages)


def _is_left_out(everyone: pl.Expr, smallest_point: float) -> pl.Expr:
    never = pl.col("scope_reason").is_in(NEVER_ASSESSED)
    empty = pl.col("students") == 0
    small = pl.col("is_point") & (everyone < smallest_point)
    return never.fill_null(False) | empty.fill_null(False) | small.fill_null(False)


def _numerators(base: Base, stages: pl.DataFrame) -> pl.DataFrame:
    """Return numerator and denominator of each indicator from own amounts and shares of whole-school ones."""
    split = (
        pl.when(pl.col("shared_amount") != 0).then(pl.col("share") * pl.col("shared_amount")).otherwise(0.0)
    )
    has = base.measures.join(stages.select(*STAGE, "share"), on=STAGE).select(
        *MEASURE,
        amount=pl.when(pl.col("own_amount").is_not_null() & pl.col("shared_amount").is_not_null()).then(
            pl.col("own_amount") + split
        ),
    )
    wanted = stages.select(*STAGE, "students").join(base.indicators, on="stage")
    for part in ("numerator", "denominator"):
        own = has.rename({"measure": f"{part}_measure", "amount": part})
        wanted = wanted.join(own, on=[*STAGE, f"{part}_measure"], how="left")
    return (
        wanted.join(base.extras, on=[*STAGE, "indicator_code"], how="left")
        .with_columns(numerator=pl.col("numerator") + pl.col("extra").fill_null(0.0))
        .select(*STAGE, "indicator_code", "students", "numerator", "denominator")
    )


def name_of(base: Base, school: str) -> str:
    """Return a school's name, or its code."""
    found = base.schools.filter(pl.col("school_code") == school)["school_name"]
    return str(found[0]) if found.len() else school


def insist_on_school(base: Base, school: str) -> None:
    """Refuse a school that the county does not have."""
    if school not in base.schools["school_code"]:
        raise ImpossibleChangeError(
            f"没有代码为 {school} 的学校，或已被前面的步骤撤并。",
            f"There is no school {school}, or an earlier step closed it.",
        )


def with_parts(base: Base, **parts: pl.DataFrame) -> Base:
    """Return the base with some of its frames replaced."""
    return Base(**{**vars(base), **parts})
