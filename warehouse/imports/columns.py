"""Whole columns to values: what a distinct text means is asked once; names and codes never leave polars."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from warehouse.imports.cells import ERROR_CELL, reader_for
from warehouse.imports.knowledge import Knowledge
from warehouse.imports.tables import Column
from warehouse.imports.text import SPACE, squeezed

PLAIN_NUMBER = r"^\d{1,15}(\.\d+)?$"
FAULT_SCHEMA = {"at": pl.UInt32, "rule_code": pl.String, "detail": pl.String}
ERROR_PATTERN = f"(?i){ERROR_CELL.pattern}"
POWER = r"(?i)^\d+(\.\d+)?E\+?\d+$"


@dataclass
class Read:
    """A column's values, and its faults by position (`at`), each with a rule and a detail."""

    values: pl.Series
    faults: pl.DataFrame


def read_column(raw: pl.Series, column: Column, knowledge: Knowledge) -> Read:
    """Read a column of texts (null where the cell is blank) as its field's kind."""
    kind = column.field.kind.partition(":")[0]
    if kind in {"text", "name", "names", "note", "code", "school", "person"}:
        read = _texts(raw, kind, knowledge)
    elif kind in {"count", "staff", "amount", "target"}:
        read = _numbers(raw, column, knowledge)
    else:
        read = _distinct(raw, column, knowledge)
    if column.role == "part" and column.field.measured:
        blank = pl.Series(raw.is_null())
        read.values = (
            read.values.to_frame("v").select(pl.when(blank).then(0.0).otherwise(pl.col("v"))).to_series()
        )
    return read


def _texts(raw: pl.Series, kind: str, knowledge: Knowledge) -> Read:
    text = pl.col("raw")
    if kind == "note":
        clean = text.str.replace_all(SPACE, " ").str.strip_chars()
    else:
        clean = squeezed(text).str.strip_prefix("'")
    if kind == "names":
        clean = clean.str.replace_all(r"[、,，;；/]", "|")
    if kind in {"code", "school", "person"}:
        clean = clean.str.replace(r"^(\d+)\.0+$", "$1")
    frame = pl.DataFrame({"raw": raw}).with_columns(clean.alias("value"))
    frame = frame.with_columns(
        pl.when(pl.col("value").is_in(list(knowledge.missing_own)))
        .then(None)
        .otherwise("value")
        .alias("value"),
        rule=pl.when(pl.col("value").str.contains(ERROR_PATTERN))
        .then(pl.lit("D202"))
        .when(pl.lit(kind in {"code", "school", "person"}) & pl.col("value").str.contains(POWER))
        .then(pl.lit("D211")),
    )
    return Read(frame["value"], _faults(frame["rule"]))


def _faults(rules: pl.Series, details: pl.Series | None = None) -> pl.DataFrame:
    frame = pl.DataFrame({"rule_code": rules.cast(pl.String)}).with_row_index("at")
    frame = frame.with_columns(detail=pl.lit("") if details is None else details)
    return frame.drop_nulls("rule_code").select(
        pl.col(name).cast(dtype) for name, dtype in FAULT_SCHEMA.items()
    )


def _numbers(raw: pl.Series, column: Column, knowledge: Knowledge) -> Read:
    """Cast what is plainly a number at once; read only the other texts one by one."""
    plain = raw.str.contains(PLAIN_NUMBER).fill_null(False)
    fast = pl.when(plain).then(pl.col("raw").cast(pl.Float64, strict=False) * column.factor)
    frame = pl.DataFrame({"raw": raw}).with_columns(fast.alias("fast"))
    if column.field.kind in {"count", "staff"}:
        whole = (pl.col("fast") - pl.col("fast").round()).abs() <= 1e-6
        frame = frame.with_columns(pl.when(whole).then(pl.col("fast").round()).alias("fast"))
    rest = frame.select(pl.when(pl.col("fast").is_null()).then("raw").alias("raw"))["raw"]
    if rest.null_count() == rest.len():
        return Read(frame["fast"].alias("value"), pl.DataFrame(schema=FAULT_SCHEMA))
    slow = _distinct(rest, column, knowledge)
    return Read(frame["fast"].fill_null(slow.values).alias("value"), slow.faults)


def _distinct(raw: pl.Series, column: Column, knowledge: Knowledge) -> Read:
    """Read each distinct text once and hand the answer to every row that has it."""
    reader, dtype = reader_for(column, knowledge)
    texts = raw.drop_nulls().unique(maintain_order=True).to_list()
    readings = [reader(text) for text in texts]
    answers = pl.DataFrame(
        {
            "raw": pl.Series(texts, dtype=pl.String),
            "value": pl.Series([reading.value for reading in readings], dtype=dtype),
            "rule": pl.Series([reading.rule or None for reading in readings], dtype=pl.String),
            "detail": pl.Series([reading.detail for reading in readings], dtype=pl.String),
        }
    )
    found = pl.DataFrame({"raw": raw}).join(answers, on="raw", how="left", maintain_order="left")
    return Read(found["value"], _faults(found["rule"], found["detail"]))
