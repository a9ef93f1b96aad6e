"""From the figures of one form to a table of the call: landing rows with each cell's own row and label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from warehouse.imports.form_cells import Found
from warehouse.imports.form_school import School
from warehouse.imports.form_sheets import FormSheet
from warehouse.imports.reading import FAULTS, ReadTable
from warehouse.imports.tables import Table
from warehouse.imports.text import squeeze
from warehouse.schemas import CELL, SCHEMAS

FORMS = "学校年度统计表"


def read_form(
    form: FormSheet,
    found: Sequence[Found],
    school: School | None,
    number: int,
    who: tuple[str, int, str],
) -> ReadTable:
    """Return one form as a read table; `who` is the school's reference, the year and where that was found."""
    reference, year, year_source = who
    columns = [figure.column for figure in found] + (school.columns if school else [])
    table = Table(form.sheet, FORMS, columns, form.top, form.body, FORMS)
    rows = sorted(
        {f.row_number for f in found} | {row + 1 for row in (school.rows.values() if school else [])}
    )
    count = len(rows)
    values = pl.DataFrame(
        {"row_number": rows, "school_ref": [reference] * count, "school_year": [year] * count},
        schema={"row_number": pl.UInt32, "school_ref": pl.String, "school_year": pl.Int32},
    )
    read = ReadTable(number, table, _raw(form, rows), values, _faults(form, found, school, number), [])
    read.year_source = year_source
    read.cells = _cells(found, reference, year)
    if school:
        read.cells["schools"] = _school(school, year)
    return read


def _raw(form: FormSheet, rows: list[int]) -> pl.DataFrame:
    """Return the rows read, as the sheet has them; a cell without text is null."""
    cells = form.sheet.cells
    texts = [(row, *(text if text and text.strip() else None for text in cells.row(row - 1))) for row in rows]
    return pl.DataFrame(texts, schema={"row_number": pl.UInt32, **cells.schema}, orient="row")


def _cells(found: Sequence[Found], reference: str, year: int) -> dict[str, pl.DataFrame]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for figure in found:
        rows.setdefault(figure.column.field.dataset, []).append(
            {
                "school_year": year,
                "school_ref": reference,
                "stage": figure.stage,
                "field": figure.column.field.name,
                "value": figure.value,
                "raw_value": figure.raw,
                "column_name": figure.column.name,
                "row_number": figure.row_number,
                "own_stage": None,
            }
        )
    schema = {**CELL, "row_number": pl.UInt32(), "own_stage": pl.String()}
    return {dataset: pl.DataFrame(records, schema=schema) for dataset, records in rows.items()}


def _school(school: School, year: int) -> pl.DataFrame:
    """Return the register's row; without a name the school goes by its code."""
    schema = SCHEMAS["schools"]
    record = {name: school.values.get(name) for name in schema if name in school.values}
    record.setdefault("school_name", school.reference)
    named = min(school.rows.get(name, 0) for name in ("school_name", "school_code") if name in school.rows)
    frame = pl.DataFrame([record], schema={name: schema[name] for name in record})
    return frame.with_columns(
        pl.lit(year, dtype=pl.Int32).alias("school_year"),
        pl.lit(named + 1, dtype=pl.UInt32).alias("row_number"),
        pl.lit(None, dtype=pl.String).alias("own_stage"),
    )


def _faults(form: FormSheet, found: Sequence[Found], school: School | None, number: int) -> pl.DataFrame:
    faults = [
        (f.fault[0], f.column.name, f.fault[2], form.rows[f.fault[0]][f.fault[1]], f.fault[3])
        for f in found
        if f.fault
    ]
    faults += school.faults if school else []
    records = [
        (number, row + 1, name, rule, squeeze(raw or ""), detail) for row, name, rule, raw, detail in faults
    ]
    return pl.DataFrame(records, schema=FAULTS, orient="row")
