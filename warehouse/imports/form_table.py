"""The rows of the table of forms: where a figure of a school's yearly workbook stands, and what it feeds."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.imports.text import split


@dataclass(frozen=True)
class FormCell:
    """A figure of a school's yearly workbook: form codes, label paths of row and column, what it feeds.

    `stage` may be `title` (what the sheet's name or title says; `title:primary` gives what else).
    `role` is `total`, `part`, `sum` (all cells found add up) or `below` (a text under its label).
    """

    forms: tuple[str, ...]
    years: tuple[int, int]
    row: tuple[tuple[str, ...], ...]
    column: tuple[tuple[str, ...], ...]
    dataset: str
    field: str
    stage: str
    unit: str
    role: str
    required: bool


def form_cell(row: dict[str, str]) -> FormCell:
    """Return the cell a row of the table of forms describes."""
    return FormCell(
        split(row["form"]),
        (int(row["from_year"] or 0), int(row["to_year"] or 9999)),
        tuple(split(segment) for segment in row["row"].split("›")),
        tuple(split(segment) for segment in row["column"].split("›")),
        row["dataset"],
        row["field"],
        row["stage"],
        row["unit"],
        row["role"],
        row["required"] == "1",
    )


def form_check(row: dict[str, str]) -> tuple[str, FormCell, FormCell]:
    """Return a rule and the two figures it holds against each other; both count people."""
    bounds = {"from_year": "", "to_year": "", "required": "0", "unit": "人"}
    people = {"dataset": "conditions", "field": "students", **bounds}
    one = {name: row[name] for name in ("form", "row", "column", "stage")}
    other = {name: row[f"other_{name}"] for name in ("form", "row", "column", "stage", "role")}
    return row["rule_code"], form_cell({**people, **one, "role": "total"}), form_cell({**people, **other})
