"""The same record twice: identical ones count once, contradicting ones are refused, both."""

from __future__ import annotations

import polars as pl

from warehouse.imports.reading import FAULTS
from warehouse.schemas import CELL_DATASETS, PROVENANCE

KEYS = {
    "conditions": ["school_year", "school_ref", "stage", "field"],
    "staff_counts": ["school_year", "school_ref", "stage", "field"],
    "schools": ["school_year", "school_key"],
    "classes": ["school_year", "school_ref", "stage", "grade", "class_name"],
    "teachers": ["school_year", "teacher_id"],
    "targets": ["school_year", "stage", "indicator_code", "target_kind"],
    "exchanges": ["school_year", "teacher_id", "school_ref", "to_school_ref", "start_date"],
    "consortium_members": ["consortium_code", "school_ref", "joined_on"],
    "satisfaction": ["school_year", "respondents", "school_ref", "consortium_code"],
    "county_items": ["school_year", "item_code", "field"],
    "county_profile": ["school_year", "field"],
    "exam_papers": ["exam_code", "grade", "subject"],
}
ORDERED = {
    "rooms": ["school_year", "school_ref", "room_kind"],
    "consortium_activities": ["consortium_code", "activity_type", "held_on", "school_ref"],
}
"""Datasets whose equal rows are so many things (four rooms), and what they are numbered in."""

NOT_CONTENT = {*PROVENANCE, "table", "own_stage", "raw_value", "column_name", "school_key", "official"}


def settle_shared_counts(rows: pl.DataFrame) -> pl.DataFrame:
    """A figure the stages' workbooks state apart belongs to each stage; agreeing, it is the school's."""
    soft = pl.col("own_stage").is_not_null()
    differ = pl.col("value").drop_nulls().n_unique().over("school_year", "school_ref", "field", "stage") > 1
    return rows.with_columns(pl.when(soft & differ).then("own_stage").otherwise("stage").alias("stage"))


def conflicts(rows: pl.DataFrame, dataset: str) -> pl.DataFrame:
    """Return a fault (schema `FAULTS`) for every row that contradicts another of the same key.

    A blank contradicts a value in a list of ours; in cells and official layouts it gives way.
    """
    if dataset not in KEYS or rows.is_empty():
        return pl.DataFrame(schema=FAULTS)
    rows = _keyed(rows, dataset)
    key = KEYS[dataset]
    content = [name for name in rows.columns if name not in {*NOT_CONTENT, *key}]
    twice = rows.filter(rows.select(key).is_duplicated())
    if twice.is_empty():
        return pl.DataFrame(schema=FAULTS)
    lenient = pl.lit(True) if dataset in CELL_DATASETS else pl.col("official").all().over(key)
    clashes = [
        pl.when(lenient)
        .then(pl.col(name).drop_nulls().n_unique().over(key) > 1)
        .otherwise(pl.col(name).n_unique().over(key) > 1)
        .alias(name)
        for name in content
    ]
    clashing = twice.with_columns(pl.any_horizontal(clashes).alias("clash")).filter("clash")
    return _faults(clashing, key, dataset)


def merged(rows: pl.DataFrame, dataset: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Keep one row a key; return the rows kept and those that repeated an earlier one."""
    if dataset not in KEYS or rows.is_empty():
        return rows, rows.clear()
    rows = _keyed(rows, dataset)
    key = KEYS[dataset]
    if dataset not in CELL_DATASETS and not rows.select(key).is_duplicated().any():
        return rows, rows.clear()
    first = pl.int_range(pl.len()).over(key) == 0
    if dataset in CELL_DATASETS:
        rows = rows.sort(pl.col("value").is_null(), maintain_order=True)
    elif dataset == "schools":
        official = pl.col("official") & (pl.len().over(key) > 1)
        content = [name for name in rows.columns if name not in {*NOT_CONTENT, *key}]
        rows = rows.with_columns(
            pl.when(official).then(pl.col(c).fill_null(pl.col(c).drop_nulls().first().over(key))).otherwise(c)
            for c in content
        )
    marked = rows.with_columns(first.alias("first"))
    return marked.filter("first").drop("first"), marked.filter(~pl.col("first")).drop("first")


def with_ordinals(rows: pl.DataFrame, dataset: str) -> pl.DataFrame:
    """Number the rows of an `ORDERED` dataset that its columns do not tell apart."""
    order = pl.int_range(1, pl.len() + 1).over(ORDERED[dataset])
    return rows.with_columns(order.cast(pl.Int32).alias("ordinal"))


def _keyed(rows: pl.DataFrame, dataset: str) -> pl.DataFrame:
    if dataset != "schools" or "school_key" in rows.columns:
        return rows
    code = pl.col("school_code") if "school_code" in rows.columns else pl.lit(None, dtype=pl.String)
    return rows.with_columns(pl.coalesce(code, "school_name").alias("school_key"))


def _faults(clashing: pl.DataFrame, key: list[str], dataset: str) -> pl.DataFrame:
    """Name for each row the other one, and the column where it can be told."""
    both = pl.concat_str("file_name", "sheet_name", separator=" › ")
    sheet = pl.when(pl.col("sheet_name") == "").then("file_name").otherwise(both)
    named = clashing.with_columns(pl.format("{} 第 {} 行", sheet, "row_number").alias("place"))
    is_first = pl.int_range(pl.len()).over(key) == 0
    others = (
        pl.when(is_first).then(pl.col("place").last().over(key)).otherwise(pl.col("place").first().over(key))
    )
    is_cell = dataset in CELL_DATASETS
    return named.select(
        "table",
        pl.col("row_number").cast(pl.UInt32),
        (pl.col("column_name") if is_cell else pl.lit(None, dtype=pl.String)).alias("column_name"),
        pl.lit("D215").alias("rule_code"),
        (pl.col("raw_value") if is_cell else pl.lit(None, dtype=pl.String)).alias("raw_value"),
        others.alias("detail"),
    )
