"""Grades written as a year group (2023级, 2026届): which grade that is depends on the row's school year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from warehouse.imports.dates import read_cohort
from warehouse.imports.text import squeeze

if TYPE_CHECKING:
    from warehouse.imports.reading import ReadTable

NOT_A_GRADE = "D214"
STAGE_WORDS = {
    "小学": "小",
    "初中": "初",
    "初一": "初",
    "初二": "初",
    "初三": "初",
    "高中": "高",
    "高一": "高",
}


def settle(read: ReadTable) -> None:
    """Fill in the grades of year groups and take back their faults; what stays a fault is no grade."""
    key = next((name for name in read.values.columns if ".grade." in name), None)
    wrong = read.faults.filter(pl.col("rule_code") == NOT_A_GRADE)
    if key is None or wrong.is_empty():
        return
    years = read.values.select(pl.col("row_number").cast(pl.UInt32), "school_year")
    met = wrong.join(years, on="row_number").select("raw_value", "school_year").unique().drop_nulls()
    stage = _stage_of(read)
    grades = [read_cohort(text, year, stage) for text, year in met.iter_rows()]
    known = met.with_columns(cohort=pl.Series(grades, dtype=pl.Int32)).drop_nulls()
    rows = wrong.join(years, on="row_number").join(known, on=["raw_value", "school_year"])
    rows = rows.select("row_number", "rule_code", "cohort")
    read.faults = read.faults.join(rows, on=["row_number", "rule_code"], how="anti", maintain_order="left")
    filled = read.values.with_columns(pl.col("row_number").cast(pl.UInt32))
    filled = filled.join(
        rows.select("row_number", "cohort"), on="row_number", how="left", maintain_order="left"
    )
    grade = pl.coalesce(key, "cohort").alias(key)
    read.values = filled.with_columns(grade, read.values["row_number"]).drop("cohort")


def _stage_of(read: ReadTable) -> str:
    """The one stage that the sheet's name, its titles or the file's name speak of."""
    table = read.table
    said = "".join(map(squeeze, (table.sheet.name, *table.titles, table.sheet.file_name)))
    stages = {stage for word, stage in STAGE_WORDS.items() if word in said}
    return stages.pop() if len(stages) == 1 else ""
