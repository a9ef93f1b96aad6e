"""Grade and stage of a class: each tells the other where a sheet leaves one of them open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from warehouse.imports.knowledge import Knowledge
from warehouse.imports.layouts import stage_of
from warehouse.imports.tables import Column, Table

if TYPE_CHECKING:
    from warehouse.imports.reading import ReadTable

CLASSES = "classes"
STAGE = "classes.stage."
STAGE_GRADES = {"primary": (1, 6, "小学"), "junior": (7, 9, "初中"), "senior": (10, 12, "高中")}
SCHOOLS_SAID = {"primary": r"小学|完小|教学点", "junior": r"初级中学|初中$", "senior": r"高级中学|高中$"}
"""Names of schools that have one stage alone."""
SHARED = 3
"""一年级 to 三年级 may be of any stage."""


def tells_stage(table: Table) -> bool:
    """True where a sheet of classes needs no 学段, its grades telling it."""
    return table.dataset == CLASSES and table.column("grade") is not None


def settle(read: ReadTable, knowledge: Knowledge, constants: Mapping[str, str]) -> None:
    """一年级 of a junior school is grade 7; a grade outside its stage is a fault."""
    grade = read.table.column("grade")
    if grade is None or read.table.dataset != CLASSES:
        return
    _put_stage(read, grade, knowledge, constants)
    first = pl.col(STAGE).replace_strict({s: low for s, (low, _, _) in STAGE_GRADES.items()}, default=None)
    last = pl.col(STAGE).replace_strict({s: high for s, (_, high, _) in STAGE_GRADES.items()}, default=None)
    low = pl.col(grade.key)
    settled = (
        pl.when((low <= SHARED) & pl.col(STAGE).is_in(["junior", "senior"]))
        .then(low + first - 1)
        .otherwise(low)
    )
    read.values = read.values.with_columns(settled.cast(pl.Int32).alias(grade.key))
    outside = (pl.col(grade.key) < first) | (pl.col(grade.key) > last)
    name = pl.col(STAGE).replace_strict({s: zh for s, (_, _, zh) in STAGE_GRADES.items()}, default="")
    read.fault(outside, grade, "D218", pl.col(grade.key), name)


def _put_stage(read: ReadTable, grade: Column, knowledge: Knowledge, constants: Mapping[str, str]) -> None:
    """Put the stage in where the sheet has no 学段: by grade, else title, school or its other grades."""
    if STAGE in read.values.columns:
        return
    stages, level = list(STAGE_GRADES), pl.col(grade.key)
    by_grade = [pl.when(level.is_between(SHARED + 1, 6)).then(pl.lit("primary"))]
    by_grade += [
        pl.when(level.is_between(low, high)).then(pl.lit(stage))
        for stage, (low, high, _) in list(STAGE_GRADES.items())[1:]
    ]
    by_name = [
        pl.when(pl.col("school_ref").str.contains(SCHOOLS_SAID[stage])).then(pl.lit(stage))
        for stage in stages
    ]
    has_higher = level.is_between(SHARED + 1, 9).any().over("school_ref")
    told = pl.coalesce(
        *by_grade,
        pl.lit(stage_of(read.table, constants), pl.String),
        *by_name,
        pl.when(has_higher & level.is_not_null()).then(pl.lit("primary")),
    )
    read.values = read.values.with_columns(told.alias(STAGE))
    read.supplied.append(Column(-1, "学段", knowledge.fields[CLASSES]["stage"]))
    open_still = pl.col(STAGE).is_null() & level.is_not_null()
    read.fault(open_still, grade, "D219", level, pl.lit(""))
