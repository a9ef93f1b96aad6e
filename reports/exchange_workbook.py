"""An exchange plan as an Excel workbook: one sheet a table, as the page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

WIDEST = 60


Sheet = tuple[str, Sequence[str], Sequence[Sequence[Any]]]
"""A title, the headings and the rows beneath them, numbers as numbers."""


def write(sheets: Sequence[Sheet], target: Path | BinaryIO) -> None:
    """Write the sheets in their order; text that begins like a formula stays text."""
    place = str(target) if isinstance(target, Path) else target
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(place, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for title, headings, rows in sheets:
            _draw(book.add_worksheet(title), headings, rows, head, body)


def _draw(page: Any, headings: Sequence[str], rows: Sequence[Sequence[Any]], head: Any, body: Any) -> None:
    page.write_row(0, 0, headings, head)
    page.freeze_panes(1, 0)
    for place, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if value is not None:
                page.write(place, column, value, body)
    for column, heading in enumerate(headings):
        cells = [str(row[column]) for row in rows if row[column] is not None]
        width = max([2 * len(heading), *(_width(cell) for cell in cells)], default=8)
        page.set_column(column, column, min(width + 2, WIDEST))


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 255 else 1 for letter in text)
