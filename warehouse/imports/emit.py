"""Values to landing rows: one row a cell for counts, one row a record for the rest."""

from __future__ import annotations

import polars as pl

from warehouse.imports.layouts import STAGE_TYPES
from warehouse.imports.reading import ReadTable
from warehouse.imports.tables import Column
from warehouse.schemas import CELL, CELL_DATASETS, SCHEMAS

# They need name no school whose rows a file could replace.
KEYED_ONLY = {"targets", "satisfaction", "county_items", "county_profile", "exam_papers"}
EXTRA = {"table": pl.UInt32(), "own_stage": pl.String()}


def landing_rows(read: ReadTable, dataset: str, *, partial: bool) -> pl.DataFrame:
    """Return the rows of `dataset` that a table gives, in the landing's columns (without the import's id).

    Two columns more: `table` says which table of the call, and `own_stage` which stage a figure
    belongs to should the stages' workbooks turn out to state it apart.
    """
    if read.cells is not None:
        frame = read.cells[dataset]
    else:
        frame = _cells(read, dataset) if dataset in CELL_DATASETS else _records(read, dataset)
    by_stage = read.table.layout and dataset in CELL_DATASETS and read.cells is None
    # An official workbook knows a part of the register: it adds to what a register said, and wipes nothing.
    adds_only = bool(read.table.layout) and dataset == "schools"
    by_key = partial or adds_only or dataset in KEYED_ONLY
    replaces = "key" if by_key else "stage" if by_stage else "school"
    return frame.with_columns(
        pl.lit(replaces).alias("replaces"),
        pl.lit(read.table.sheet.file_name).alias("file_name"),
        pl.lit(read.table.sheet.name).alias("sheet_name"),
        pl.lit(read.number).cast(pl.UInt32).alias("table"),
        pl.col("row_number").cast(pl.Int32),
    )


def _cells(read: ReadTable, dataset: str) -> pl.DataFrame:
    measured = [c for c in read.table.columns if c.field.dataset == dataset and c.field.measured]
    parts = [_one_field(read, column) for column in measured]
    return pl.concat(parts) if parts else pl.DataFrame(schema={**CELL, **EXTRA, "row_number": pl.UInt32()})


def _one_field(read: ReadTable, column: Column) -> pl.DataFrame:
    soft = column.stage_rule == "whole_if_same"
    return read.values.select(
        pl.col("school_year").cast(pl.Int32),
        "school_ref",
        _stage(read, column).alias("stage"),
        pl.lit(column.field.name).alias("field"),
        pl.col(column.key).alias("value"),
        _raw(read, column).alias("raw_value"),
        pl.lit(column.name).alias("column_name"),
        "row_number",
        pl.lit(read.table.stage if soft else None, dtype=pl.String).alias("own_stage"),
    )


def _raw(read: ReadTable, column: Column) -> pl.Series:
    """Return what the sheet says; of figures added up, each of them."""
    texts = read.raw[f"c{column.at}"]
    if not column.added:
        return texts
    every = [pl.col(f"c{at}").fill_null("") for at in (column.at, *column.added)]
    return read.raw.select(pl.concat_str(every, separator="+")).to_series()


def _stage(read: ReadTable, column: Column) -> pl.Expr:
    if read.table.layout:
        return pl.lit(column.stage, dtype=pl.String)
    return pl.col(next(name for name in read.values.columns if ".stage." in name))


def _records(read: ReadTable, dataset: str) -> pl.DataFrame:
    schema = SCHEMAS[dataset]
    given = {name.split(".")[1]: name for name in read.values.columns if name.startswith(f"{dataset}.")}
    columns = [pl.col("row_number"), pl.col("school_year").cast(pl.Int32)]
    if "school_ref" in schema:
        columns.append(pl.col("school_ref"))
    done = {"row_number", "school_year", "school_ref", "ordinal"}
    for name, dtype in schema.items():
        if name in given and name not in done:
            columns.append(pl.col(given[name]).cast(dtype).alias(name))
    frame = read.values.select(columns).with_columns(pl.lit(None, dtype=pl.String).alias("own_stage"))
    if dataset == "schools" and read.table.layout and "school_type" not in frame.columns:
        frame = frame.with_columns(pl.lit(STAGE_TYPES.get(read.table.stage or "")).alias("school_type"))
    return frame
