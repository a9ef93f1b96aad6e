"""What a school's workbook says of the school itself: code, name, type, sponsor, area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from warehouse.imports.columns import read_column
from warehouse.imports.form_sheets import FormSheet, value_below
from warehouse.imports.form_table import FormCell
from warehouse.imports.knowledge import Knowledge
from warehouse.imports.labels import label_of
from warehouse.imports.layouts import is_path
from warehouse.imports.tables import Column
from warehouse.imports.text import squeeze


@dataclass
class School:
    """The facts found on the identity form; `faults` are row, column name, rule, raw text, detail."""

    form: FormSheet
    values: dict[str, Any] = field(default_factory=dict)
    columns: list[Column] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    faults: list[tuple[int, str, str, str, str]] = field(default_factory=list)

    @property
    def reference(self) -> str | None:
        """The code, else the name."""
        return self.values.get("school_code") or self.values.get("school_name")


def school_of(form: FormSheet, wanted: Sequence[FormCell], knowledge: Knowledge) -> School | None:
    """Return the school an identity form describes; None for a form that names none."""
    school = School(form)
    labels = [
        (row, column, label_of(text, knowledge))
        for row, texts in enumerate(form.rows)
        for column, text in enumerate(texts)
        if text and squeeze(text)
    ]
    for cell in wanted:
        if cell.role != "below" or school.values.get(cell.field) is not None:
            continue
        for row, at, label in labels:
            names = [label.name, label.name.partition("（")[0]]
            if not any(is_path([name], cell.column) for name in names):
                continue
            place = value_below(form, row, at, cell.row[-1] if cell.row else ())
            if place:
                _put(school, cell, place, form.rows[row][at] or "", knowledge)
                break
    return school if school.reference else None


def _put(school: School, cell: FormCell, place: tuple[int, int], header: str, knowledge: Knowledge) -> None:
    """Read one fact; an unknown term is left out with a warning, as in the other official layouts."""
    row, at = place
    known = knowledge.fields[cell.dataset][cell.field]
    column = Column(at, " ".join(header.split()), known, role="soft")
    raw = school.form.rows[row][at]
    read = read_column(pl.Series([raw], dtype=pl.String), column, knowledge)
    school.values[cell.field] = read.values[0]
    school.columns.append(column)
    school.rows[cell.field] = row
    for _, rule, detail in read.faults.iter_rows():
        school.faults.append((row, column.name, rule, raw or "", detail))
