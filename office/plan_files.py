"""Tables already in words as files: a workbook, a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reports import exchange_workbook, plan_document
from reports.exchange_workbook import Sheet


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return tables as an Excel file, one sheet each."""
    target = BytesIO()
    exchange_workbook.write(sheets, target)
    return target.getvalue()


def document(title: str, mark: str, sheets: Sequence[Sheet]) -> bytes:
    """Return tables as a Word file; `mark` stands at the top of every page."""
    target = BytesIO()
    plan_document.write(title, mark, sheets, target)
    return target.getvalue()
