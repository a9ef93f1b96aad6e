"""A sheet as rows of cells that remember their defects, and the three file formats it can be written in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

# Workbooks carry their making; a fixed one keeps the same bytes on every run.
MADE_AT = datetime(2024, 9, 1)
ERRORS = {"#DIV/0!": "=1/0", "#REF!": "=#REF!"}


@dataclass
class Mark:
    """One planted defect: column index (None = the whole row), kind, truth and what should be done."""

    column: int | None
    kind: str
    true_value: str
    treatment: str  # fix | null | reject_row | warn


@dataclass
class Row:
    """Cells of one row, the school they are about (by code), and the defects planted in them."""

    values: list[Any]
    marks: list[Mark] = field(default_factory=list)
    school: str = ""

    @property
    def is_touched(self) -> bool:
        """True when a defect was planted here already."""
        return bool(self.marks)


@dataclass
class Sheet:
    """One sheet of one file: title lines, header rows (merged where a cell is empty to the right), body."""

    path: str
    name: str
    header: list[list[str]]
    rows: list[Row]
    dataset: str
    school_year: int
    title: list[str] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # header rows only, zero-based
    encoding: str = "utf-8-sig"
    is_hidden: bool = False
    marks: list[Mark] = field(default_factory=list)  # defects of title and header

    @property
    def columns(self) -> list[str]:
        """Names by which the body's columns are found: the last header row, filled from above."""
        lower = self.header[-1]
        return [name or self.header[0][at] for at, name in enumerate(lower)]

    def column(self, name: str) -> int:
        """Index of the column whose header begins with `name`; ValueError when there is none."""
        for index, header in enumerate(self.columns):
            if header.startswith(name):
                return index
        raise ValueError(name)

    @property
    def first_row(self) -> int:
        """Number, counted from 1, of the first row of the body in the file."""
        return len(self.title) + len(self.header) + 1

    def lines(self) -> list[list[Any]]:
        """Return every line of the file from top to bottom."""
        body = [row.values for row in self.rows]
        return [[line] for line in self.title] + list(self.header) + body + [[line] for line in self.footer]


def write_all(sheets: Sequence[Sheet], root: Path) -> list[Path]:
    """Write every file that the sheets name, under `root`; return their paths in order."""
    by_path: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        by_path.setdefault(sheet.path, []).append(sheet)
    for name, parts in by_path.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        {".xlsx": _write_xlsx, ".xls": _write_xls, ".csv": _write_csv}[path.suffix](path, parts)
    return [root / name for name in by_path]


def _write_xlsx(path: Path, sheets: list[Sheet]) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        book.set_properties({"created": MADE_AT, "company": "虚构数据", "title": sheets[0].name})
        bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            if sheet.is_hidden:
                page.hide()
            width = len(sheet.columns)
            for index, line in enumerate(sheet.lines()):
                _write_line(page, index, line)
            for index, text in enumerate(sheet.title):
                page.merge_range(index, 0, index, width - 1, text, bold)
            top = len(sheet.title)
            for first, left, last, right in sheet.merges:
                text = sheet.header[first][left]
                page.merge_range(top + first, left, top + last, right, text, bold)


def _write_line(page: Any, index: int, line: Sequence[Any]) -> None:
    for column, value in enumerate(line):
        if value is None or value == "":
            continue
        if isinstance(value, str) and value in ERRORS:
            page.write_formula(index, column, ERRORS[value], None, value)
        elif isinstance(value, str):
            page.write_string(index, column, value)
        else:
            page.write_number(index, column, value)


def _write_xls(path: Path, sheets: list[Sheet]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        for index, line in enumerate(sheet.lines()):
            for column, value in enumerate(line):
                if value is not None and value != "":
                    page.write(index, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(buffer.getvalue())


def _write_csv(path: Path, sheets: list[Sheet]) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for line in sheets[0].lines():
        writer.writerow(["" if value is None else value for value in line])
    path.write_bytes(buffer.getvalue().encode(sheets[0].encoding))


def defect_rows(sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    """Return every planted defect with its place in the files (row as a spreadsheet numbers it)."""
    found = []
    for sheet in sheets:
        for mark in sheet.marks:
            text = "" if mark.column is None else sheet.columns[mark.column]
            found.append(_defect(sheet, mark, sheet.first_row - 1, text))
        for offset, row in enumerate(sheet.rows):
            for mark in row.marks:
                dirty = "" if mark.column is None else _text(row.values[mark.column])
                found.append(_defect(sheet, mark, sheet.first_row + offset, dirty))
    return found


def _defect(sheet: Sheet, mark: Mark, row: int, dirty: str) -> dict[str, Any]:
    column = "" if mark.column is None else sheet.columns[mark.column]
    return {
        "file": sheet.path,
        "sheet": "" if sheet.path.endswith(".csv") else sheet.name,
        "row": row,
        "column": column,
        "kind": mark.kind,
        "dirty_text": dirty,
        "true_value": mark.true_value,
        "expected_treatment": mark.treatment,
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)
