"""What a school's workbook says of the school itself: code, name, type, sponsor, area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import polars as pl

from warehouse.imports.columns import read_column
from warehouse.imports.form_sheets import FormSheet, value_places
from warehouse.imports.form_table import FormCell
from warehouse.imports.knowledge import Knowledge
from warehouse.imports.labels import label_of
from warehouse.imports.layouts import is_path
from warehouse.imports.tables import Column
from warehouse.imports.text import squeeze, unbroken


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
            places = value_places(form, row, at, cell.row[-1] if cell.row else ())
            facts = [_fact(form, cell, place, (row, at), knowledge) for place in places]
            if facts:
                _put(school, next((fact for fact in facts if not fact.faults), facts[0]))
                break
    return school if school.reference else None


class _Fact(NamedTuple):
    """One fact as read: its column, its cell, what it says and what is wrong with it."""

    column: Column
    row: int
    raw: str
    value: Any
    faults: list[tuple[str, str]]


def _fact(
    form: FormSheet, cell: FormCell, place: tuple[int, int], label: tuple[int, int], knowledge: Knowledge
) -> _Fact:
    """Read one fact; an unknown term is left out with a warning, as in the other official layouts."""
    header = form.rows[label[0]][label[1]] or ""
    raw = form.rows[place[0]][place[1]] or ""
    known = knowledge.fields[cell.dataset][cell.field]
    column = Column(place[1], unbroken(header), known, role="soft")
    read = read_column(pl.Series([raw], dtype=pl.String), column, knowledge)
    faults = [(rule, detail) for _, rule, detail in read.faults.iter_rows()]
    return _Fact(column, place[0], raw, read.values[0], faults)


def _put(school: School, fact: _Fact) -> None:
    name = fact.column.field.name
    school.values[name] = fact.value
    school.columns.append(fact.column)
    school.rows[name] = fact.row
    school.faults += [(fact.row, fact.column.name, rule, fact.raw, detail) for rule, detail in fact.faults]
