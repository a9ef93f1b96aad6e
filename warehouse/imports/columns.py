"""Whole columns to values: what a distinct text means is asked once; names and codes never leave polars."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from warehouse.imports.cells import ERROR_CELL, reader_for
from warehouse.imports.knowledge import Knowledge
from warehouse.imports.tables import SUM, Column
from warehouse.imports.text import SPACE, squeezed_texts

PLAIN_NUMBER = r"^\d{1,15}(\.\d+)?$"
FAULT_SCHEMA = {"at": pl.UInt32, "rule_code": pl.String, "detail": pl.String}
NO_FAULTS = pl.DataFrame(schema=FAULT_SCHEMA)
ERROR_PATTERN = f"(?i){ERROR_CELL.pattern}"
CODES = {"code", "school", "person"}
POWER = r"(?i)^\d+(\.\d+)?E\+?\d+$"


@dataclass
class Read:
    """A column's values, and its faults by position (`at`), each with a rule and a detail."""

    values: pl.Series
    faults: pl.DataFrame


def read_column(raw: pl.Series, column: Column, knowledge: Knowledge) -> Read:
    """Read a column of texts (null where the cell is blank) as its field's kind."""
    kind = column.field.kind.partition(":")[0]
    if kind in {"text", "name", "names", "note", "code", "school", "person", "subject"}:
        read = _texts(raw, kind, knowledge)
    elif kind in {"count", "staff", "amount", "target", "share", "declared"}:
        read = _numbers(raw, column, knowledge)
    else:
        read = _distinct(raw, column, knowledge)
    if column.role in {"part", SUM} and column.field.measured:
        read.values = read.values.set(raw.is_null(), 0.0)
    return read


def _texts(raw: pl.Series, kind: str, knowledge: Knowledge) -> Read:
    clean = pl.col("raw")
    if kind == "note":
        clean = clean.str.replace_all(SPACE, " ").str.strip_chars()
    else:
        raw, clean = squeezed_texts(raw), clean.str.strip_prefix("'")
    if kind == "subject":
        clean = clean.replace(knowledge.subjects)
    if kind == "names":
        clean = clean.str.replace_all(r"[、,，;；/]", "|")
    if kind in CODES:
        clean = clean.str.replace(r"^(\d+)\.0+$", "$1")
    value = pl.col("value")
    known = pl.when(~value.is_in(list(knowledge.missing_own))).then(value)  # A mark says that nothing is.
    read = raw.to_frame("raw").select(value=clean).select(known, rule=_odd_text(value, kind))
    return Read(read["value"], _faults(read["rule"]))


def _odd_text(value: pl.Expr, kind: str) -> pl.Expr:
    """Name the rule a text breaks: an error of Excel's, or a code that Excel wrote as a power of ten."""
    odd = pl.when(value.str.contains(ERROR_PATTERN)).then(pl.lit("D202"))
    return odd.when(value.str.contains(POWER)).then(pl.lit("D211")) if kind in CODES else odd


def _faults(rules: pl.Series, details: pl.Series | None = None) -> pl.DataFrame:
    if rules.null_count() == rules.len():
        return NO_FAULTS
    frame = pl.DataFrame({"rule_code": rules.cast(pl.String)}).with_row_index("at")
    frame = frame.with_columns(detail=pl.lit("") if details is None else details)
    return frame.drop_nulls("rule_code").select(
        pl.col(name).cast(dtype) for name, dtype in FAULT_SCHEMA.items()
    )


def _numbers(raw: pl.Series, column: Column, knowledge: Knowledge) -> Read:
    """Cast what is plainly a number at once; read only the other texts one by one."""
    text, kind = pl.col("raw"), column.field.kind
    fast = pl.when(text.str.contains(PLAIN_NUMBER)).then(text.cast(pl.Float64, strict=False) * column.factor)
    if kind in {"count", "staff"}:
        fast = pl.when((fast - fast.round()).abs() <= 1e-6).then(fast.round())
    if kind == "share":
        fast = pl.when(fast <= 1).then(fast)
    values = raw.to_frame("raw").select(fast.alias("value")).to_series()
    if values.null_count() == raw.null_count():
        return Read(values, NO_FAULTS)
    slow = _distinct(raw.set(values.is_not_null(), None), column, knowledge)
    return Read(values.fill_null(slow.values), slow.faults)


def _distinct(raw: pl.Series, column: Column, knowledge: Knowledge) -> Read:
    """Read each distinct text once and hand the answer to every row that has it."""
    reader, dtype = reader_for(column, knowledge)
    texts = raw.drop_nulls().unique(maintain_order=True)
    readings = [reader(text) for text in texts.to_list()]
    values = _spread(raw, texts, pl.Series("value", [reading.value for reading in readings], dtype=dtype))
    if not any(reading.rule for reading in readings):
        return Read(values, NO_FAULTS)
    rules = pl.Series("rule", [reading.rule or None for reading in readings], dtype=pl.String)
    details = pl.Series("detail", [reading.detail for reading in readings], dtype=pl.String)
    return Read(values, _faults(_spread(raw, texts, rules), _spread(raw, texts, details)))


def _spread(raw: pl.Series, texts: pl.Series, answers: pl.Series) -> pl.Series:
    """Return each row's answer, given those of the distinct texts."""
    if raw.len() == texts.len():  # Every text but once, none blank: in its order already.
        return answers
    answer_of = pl.DataFrame([texts.alias("raw"), answers])
    return raw.to_frame("raw").join(answer_of, on="raw", how="left", maintain_order="left").to_series(1)
