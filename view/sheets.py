"""Tables in words as they go into a workbook or a document: headings, and rows with numbers as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from view.names import Names, Row
from view.tables import Column

Sheet = tuple[str, Sequence[str], Sequence[Sequence[Any]]]


def sheet(title: str, frame: pl.DataFrame, columns: Sequence[Column], names: Names) -> Sheet:
    """Return a frame as a titled table in words."""
    rows = [[_cell(row, column, names) for column in columns] for row in frame.to_dicts()]
    return title, [column.heading for column in columns], rows


def lines(title: str, heading: str, said: Sequence[str]) -> Sheet:
    """Return sentences as a table of one column."""
    return title, [heading], [[sentence.replace("**", "")] for sentence in said if sentence]


def _cell(row: Row, column: Column, names: Names) -> Any:
    value = row.get(column.field)
    if column.kind == "status":
        return names.label(column.status_of, value)
    return column.words(value) if column.words and value is not None else value
