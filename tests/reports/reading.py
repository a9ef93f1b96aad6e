"""A finished document as lines of text: cell by cell, or paragraph by paragraph."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import openpyxl
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from office.documents import facts_of
from reports.check import Paper
from reports.facts import Basis, Facts
from tests.published import golden_home

EXPECTED = Path(__file__).parent / "expected"
BASIS = Basis("20250101-080000-abcd", "2025-01-01 08:00", "2025-01-02", "0.1.0", 2024)


def golden() -> Facts:
    """The golden county of 2024 under the national standard, as on a day of its own."""
    facts, _fresh = facts_of(golden_home(), 2024, "national_2017")
    return Facts(facts.frames, BASIS)


def lines(paper: Paper) -> list[str]:
    """Every cell, or every paragraph and table row, of a document."""
    return _cells(paper.content) if paper.suffix == ".xlsx" else _blocks(paper.content)


def _cells(content: bytes) -> list[str]:
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    cached = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    found = []
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                value = cached[sheet.title][cell.coordinate].value
                how = getattr(cell.value, "text", cell.value) if cell.data_type == "f" else ""
                shown = f"{value:.9g}" if isinstance(value, float) else value
                kind = f" [{cell.number_format}]" if isinstance(value, int | float) else ""
                found.append(f"{sheet.title}!{cell.coordinate}\t{shown}{kind}{' ' if how else ''}{how}")
    return [line.replace("\n", "⏎") for line in found]


def _blocks(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    found = []
    for child in document.element.body:
        if child.tag == qn("w:p"):
            paragraph = Paragraph(child, document)
            found.append(f"{paragraph.style.name}\t{paragraph.text}")
        elif child.tag == qn("w:tbl"):
            for row in Table(child, document).rows:
                found.append("|\t" + " | ".join(cell.text for cell in row.cells))
    return [re.sub(r"\s+$", "", line) for line in found]


def expected(name: str) -> list[str]:
    """What is checked in for a document; `python -m tests.reports.write` writes it anew."""
    return (EXPECTED / f"{name}.txt").read_text(encoding="utf-8").splitlines()
