"""Small workbooks and homes for the tests of import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from warehouse import landing
from warehouse.home import Home
from warehouse.imports import ImportReport

Rows = Sequence[Sequence[Any]]
CONDITIONS = ["学年", "学校标识码", "学段", "在校生数"]
TEACHERS = ["学年", "教师编号", "学校标识码", "任教学段", "是否专任", "学历"]
SCHOOLS = ["学年", "学校标识码", "学校名称", "办学类型", "办学性质", "城乡类型"]


def workbook(path: Path, sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> Path:
    """Write rows as they are: text as text, numbers as numbers, `#…!` as error cells."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "A")):
                        sheet.write_formula(row, column, "=0", None, value)
                    elif isinstance(value, str):
                        sheet.write_string(row, column, value)
                    elif isinstance(value, date | datetime):
                        sheet.write_datetime(row, column, value, day)
                    elif value is not None:
                        sheet.write(row, column, value)
    return path


def sheet_of(folder: Path, header: Sequence[str], *rows: Sequence[Any], name: str = "a.xlsx") -> Path:
    """Write one sheet with one header row."""
    return workbook(folder / name, {"Sheet1": [header, *rows]})


def rows_of(home: Home, dataset: str) -> pl.DataFrame:
    """Return what landed, without who imported it."""
    return landing.landed(home, dataset).drop("import_id", "import_seq", "replaces", strict=False)


def cells(home: Home, dataset: str = "conditions") -> dict[tuple[str, str, str], float | None]:
    """Return landed cells by school, stage and field."""
    rows = landing.landed(home, dataset).sort("import_seq")
    return {(r["school_ref"], r["stage"], r["field"]): r["value"] for r in rows.iter_rows(named=True)}


def rules(report: ImportReport) -> list[str]:
    """Return the rule codes of a report's issues."""
    return [issue.rule_code for issue in report.issues]
