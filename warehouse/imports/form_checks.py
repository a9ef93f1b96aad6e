"""Figures of a yearly workbook that must agree: entrants, grades, classes by size, teachers on two forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from warehouse.imports.form_cells import TITLE, Found, figures_of
from warehouse.imports.form_sheets import FormSheet
from warehouse.imports.form_table import FormCell
from warehouse.imports.knowledge import Knowledge
from warehouse.imports.text import squeeze

LARGEST_CLASS = 100
SIZES = "class_count"
_UP_TO = re.compile(r"^(\d+)人?及?以下$")
_BETWEEN = re.compile(r"^(\d+)[-—–－~～至](\d+)人?$")
_FROM = re.compile(r"^(\d+)人?及?以上$")


@dataclass(frozen=True)
class Disagreement:
    """A figure that another contradicts, and what the other says."""

    form: FormSheet
    figure: Found
    rule: str
    said: str


def disagreements(
    figures: Sequence[tuple[FormSheet, list[Found]]], knowledge: Knowledge
) -> Iterator[Disagreement]:
    """Yield what the forms of one workbook say differently, by the table of checks."""
    forms = [form for form, _ in figures]
    pupils = {f.stage: f for _, found in figures for f in found if f.column.field.name == "students"}
    only = next(iter(pupils)) if len(pupils) == 1 else ""
    for rule, one, other in knowledge.form_checks:
        for form in forms:
            figure = _figure(form, one, only, knowledge)
            if figure is None:
                continue
            others = (_figure(beside, other, only, knowledge) for beside in (form, *forms))
            contrary = next((f for f in others if f and f.stage == figure.stage), None)
            if contrary and contrary.value != figure.value:
                yield Disagreement(form, figure, rule, f"{contrary.value:g}")
    yield from _class_sizes(figures, pupils, knowledge)


def _figure(form: FormSheet, cell: FormCell, only: str, knowledge: Knowledge) -> Found | None:
    """Return the one figure of a check on a form, if the form has it and its stage is known."""
    if not any(fnmatchcase(form.code, code) for code in cell.forms):
        return None
    found = next(iter(figures_of(form, [cell], knowledge)), None)
    if found is None or found.value is None or found.fault:
        return None
    if found.stage.startswith(TITLE):
        found.stage = only
    return found if found.stage else None


def _class_sizes(
    figures: Sequence[tuple[FormSheet, list[Found]]], pupils: dict[str, Found], knowledge: Knowledge
) -> Iterator[Disagreement]:
    """Yield numbers of pupils that do not fit into the classes counted by size."""
    for form, found in figures:
        classes = next((f for f in found if f.column.field.name == SIZES), None)
        told = pupils.get(classes.stage) if classes else None
        if classes is None or told is None or told.value is None or classes.value is None:
            continue
        bands = list(_bands(form, classes.cells[0][1], knowledge))
        if sum(count for _, _, count in bands) != classes.value:
            continue
        least, most = (sum(band[end] * band[2] for band in bands) for end in (0, 1))
        if not least <= told.value <= most:
            yield Disagreement(form, classes, "D244", f"{least}–{most} ≠ {told.value:g}")


def _bands(form: FormSheet, at: int, knowledge: Knowledge) -> Iterator[tuple[int, int, int]]:
    """Yield smallest size, largest size and number of classes of each band of sizes."""
    for row in range(form.body, len(form.rows)):
        path = form.row_path(row, knowledge)
        count = squeeze(form.rows[row][at] or "").removesuffix(".0")
        size = _size(path[-1].name) if path else None
        if size and count.isdigit():
            yield (*size, int(count))


def _size(label: str) -> tuple[int, int] | None:
    if between := _BETWEEN.match(label):
        return int(between[1]), int(between[2])
    if up_to := _UP_TO.match(label):
        return 0, int(up_to[1])
    return (int(found[1]), LARGEST_CLASS) if (found := _FROM.match(label)) else None
