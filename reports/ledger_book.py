"""The ledger as a workbook to edit and read back: official columns, drop-downs, nothing that runs."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Row = dict[str, Any]
SHEET = ("整改台账", "Ledger")
HEADER_ROW = 2
RUNS = re.compile(r"^'*[=+\-@\t\r]")
"""How a text begins that a spreadsheet may take for a formula; one more apostrophe stops it."""


@dataclass(frozen=True)
class Field:
    """A column: its field, headings, width, whether people write it, and what it holds."""

    name: str
    zh: str
    en: str
    width: int
    is_written: bool = False
    kind: str = "text"

    def title(self, language: str) -> str:
        """Return the heading in a language."""
        return self.en if language == "en" else self.zh


FIELDS = (
    Field("number", "编号", "No.", 6, kind="whole"),
    Field("version", "版本", "Version", 6, kind="whole"),
    Field("school_name", "学校", "School", 22),
    Field("stage_name", "学段", "Stage", 7),
    Field("title", "指标或条目", "Indicator or item", 26),
    Field("school_year", "学年", "School year", 8, kind="whole"),
    Field("standard_name", "标准依据", "Standard", 16),
    Field("value", "现值", "Present value", 10, kind="value"),
    Field("threshold", "标准值", "Threshold", 10, kind="value"),
    Field("value_unit", "指标单位", "Unit", 11),
    Field("shortfall", "距标准缺", "Short of the threshold", 11, kind="amount"),
    Field("shortfall_to_floor", "距85%缺", "Short of 85%", 11, kind="amount"),
    Field("amount_needed", "需补数量", "Amount needed", 11, kind="amount"),
    Field("amount_unit", "数量单位", "Unit of amount", 9),
    Field("problem", "问题", "Problem", 34, is_written=True),
    Field("measure", "整改措施", "Measure", 34, is_written=True),
    Field("responsible_unit", "责任单位", "Responsible unit", 16, is_written=True),
    Field("responsible_person", "责任人", "Responsible person", 11, is_written=True),
    Field("deadline", "完成时限", "Deadline", 12, is_written=True, kind="date"),
    Field("progress", "进展", "Progress", 34, is_written=True),
    Field("evidence", "佐证材料", "Evidence", 26),
    Field("state", "状态", "State", 10, is_written=True, kind="state"),
    Field("is_closed", "是否销号", "Closed", 9),
    Field("closing", "销号依据", "Grounds for closing", 30, is_written=True),
)
NUMBERS = {"whole": "0", "value": "#,##0.00", "amount": "#,##0.##"}
LAST_ROW = 5000
COUNTED = ("number", "version")
"""Columns of whole numbers, which some programs save as text."""


@dataclass(frozen=True)
class Line:
    """A row read back: its row in the sheet, and its cells by field; what has no column is not there."""

    row: int
    cells: Row


def neutral(text: str) -> str:
    """Return a text that no spreadsheet runs; `as_typed` gives it back."""
    return f"'{text}" if RUNS.match(text) else text


def as_typed(text: str) -> str:
    """Undo `neutral`."""
    return text[1:] if text.startswith("'") and RUNS.match(text) else text


def write(ledger: pl.DataFrame, said: Sequence[str], states: Mapping[str, str], language: str) -> bytes:
    """Return the workbook: `said` are the lines above the table, `states` the words of the drop-down."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(SHEET[language == "en"])
        _head(book, sheet, said, language)
        looks = {field.name: _look(book, field) for field in FIELDS}
        for place, row in enumerate(ledger.to_dicts(), HEADER_ROW + 1):
            for column, field in enumerate(FIELDS):
                _cell(sheet, place, column, row.get(field.name), field, looks[field.name])
        _drop_downs(sheet, states, language)
        _page(sheet, ledger.height)
    return target.getvalue()


def _head(book: Workbook, sheet: Worksheet, said: Sequence[str], language: str) -> None:
    sheet.write_string(0, 0, neutral(said[0]), book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, neutral(" · ".join(said[1:])), book.add_format({"font_color": "#56626D"}))
    shared = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
    fixed = book.add_format({**shared, "bg_color": "#E3E7EB"})
    written = book.add_format({**shared, "bg_color": "#DCE8F5"})
    for column, field in enumerate(FIELDS):
        sheet.write_string(HEADER_ROW, column, field.title(language), written if field.is_written else fixed)
        sheet.set_column(column, column, field.width)


def _look(book: Workbook, field: Field) -> Format:
    look: Row = {"border": 1, "text_wrap": True, "valign": "top"}
    if not field.is_written:
        look["bg_color"] = "#F4F6F8"
    if field.kind in NUMBERS:
        look["num_format"] = NUMBERS[field.kind]
    if field.kind == "date":
        look |= {"num_format": "yyyy-mm-dd", "align": "left"}
    return book.add_format(look)


def _cell(sheet: Worksheet, row: int, column: int, value: Any, field: Field, look: Format) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif field.kind in NUMBERS:
        sheet.write_number(row, column, value, look)
    elif field.kind == "date":
        sheet.write_datetime(row, column, datetime.fromisoformat(value), look)
    else:
        sheet.write_string(row, column, neutral(str(value)), look)


def _drop_downs(sheet: Worksheet, states: Mapping[str, str], language: str) -> None:
    place = {field.name: column for column, field in enumerate(FIELDS)}
    words = {
        "zh": ("请从下拉列表中选择状态。", "请填写日期，例如 2025-06-30。"),
        "en": ("Choose a state from the list.", "Give a date, for example 2025-06-30."),
    }[language]
    first = HEADER_ROW + 1
    sheet.data_validation(
        first, place["state"], LAST_ROW, place["state"],
        {"validate": "list", "source": list(states.values()), "error_message": words[0]},
    )  # fmt: skip
    sheet.data_validation(
        first, place["deadline"], LAST_ROW, place["deadline"],
        {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1), "error_message": words[1]},
    )  # fmt: skip


def _page(sheet: Worksheet, height: int) -> None:
    sheet.freeze_panes(HEADER_ROW + 1, 3)
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + height, len(FIELDS) - 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_footer("&C&P / &N")


def read(data: bytes) -> tuple[str, list[Line], list[str]]:
    """Return the sheet's name, its lines and the headings it lacks; ValueError when it is no workbook.

    The header is found by its words, in either language, wherever it stands.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names
        ]
    except Exception as error:  # the reader raises its own kinds for each way a file can be broken
        raise ValueError(str(error)) from error
    for name, grid in sheets:
        for at, cells in enumerate(grid):
            columns = _columns(cells)
            if "number" in columns and "version" in columns:
                lacking = [field.name for field in FIELDS if field.is_written and field.name not in columns]
                return name, list(_lines(grid, at, columns)), lacking
    raise ValueError("no header")


def _columns(cells: Sequence[Any]) -> dict[str, int]:
    names = {title: field.name for field in FIELDS for title in (field.zh, field.en)}
    return {names[str(cell).strip()]: at for at, cell in enumerate(cells) if str(cell).strip() in names}


def _lines(grid: Sequence[Sequence[Any]], header: int, columns: Mapping[str, int]) -> list[Line]:
    lines = []
    for at, cells in enumerate(grid[header + 1 :], header + 2):
        found = {name: _value(name, cells[place]) for name, place in columns.items()}
        if any(value != "" for value in found.values()):
            lines.append(Line(at, found))
    return lines


def _value(name: str, cell: Any) -> Any:
    if name in COUNTED and isinstance(cell, str) and cell.strip().isdecimal():
        return int(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return as_typed(cell) if isinstance(cell, str) else cell


def column_letter(name: str) -> str:
    """Return the letter of a field's column as the workbook was written."""
    place = [field.name for field in FIELDS].index(name)
    return chr(ord("A") + place)
