"""A plan or a scenario as a Word document: its mark on every page, then one table after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.shared import Pt

from reports.exchange_workbook import Sheet

FONT = "宋体"
MOST_ROWS = 400
"""Longer tables are for the workbook; the document says so."""


def write(title: str, mark: str, sheets: Sequence[Sheet], target: BinaryIO) -> None:
    """Write the tables under their titles; `mark` stands in the header of every page."""
    document = Document()
    for style in ("Normal", "Title", "Heading 1"):
        _speak_chinese(document, style)
    document.styles["Normal"].font.size = Pt(10.5)
    document.sections[0].header.paragraphs[0].text = mark
    document.add_heading(title, 0)
    document.add_paragraph(mark)
    for name, headings, rows in sheets:
        document.add_heading(name, 1)
        if len(headings) == 1:
            for row in rows:
                document.add_paragraph(str(row[0]))
        else:
            _table(document, headings, rows)
    document.save(target)


def _speak_chinese(document: Opened, style: str) -> None:
    properties = document.styles[style].element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), FONT)


def _table(document: Opened, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    table = document.add_table(rows=1, cols=len(headings))
    table.style = "Table Grid"
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        cell.text = heading
    for row in rows[:MOST_ROWS]:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = _written(value)
    if len(rows) > MOST_ROWS:
        document.add_paragraph(f"… {len(rows)}")


def _written(value: Any) -> str:
    if value is None:
        return "—"
    return f"{value:,.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
