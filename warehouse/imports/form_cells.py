"""The figures a form holds: cells found where a known row meets a known column, read in their unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warehouse.imports.cells import Reader, Reading, reader_for
from warehouse.imports.form_sheets import UNIT_COLUMNS, FormSheet, Path
from warehouse.imports.form_table import FormCell
from warehouse.imports.knowledge import Knowledge
from warehouse.imports.labels import SEPARATOR
from warehouse.imports.layouts import STAGE_WORDS, is_path, under_arts
from warehouse.imports.tables import Column
from warehouse.imports.text import plain, squeeze

NOT_APPLICABLE = "-1"
OLDER = "基础基"
TITLE = "title"
MULTIPLES = set("十百千万亿")
_SHEET_UNIT = re.compile(r"单位[:：]([^\s,，、;；]+)")
_NUMBERED = re.compile(r"^@(\d+)$")


@dataclass
class Found:
    """One figure: what it is, its value or the rule it breaks, and the cells (row, column) read."""

    column: Column
    stage: str
    value: float | None
    raw: str | None
    cells: list[tuple[int, int]]
    fault: tuple[int, int, str, str] | None = None

    @property
    def row_number(self) -> int:
        """The spreadsheet's number of the figure's row; of several cells, the first or the faulty."""
        return (self.fault[0] if self.fault else self.cells[0][0]) + 1

    @property
    def key(self) -> tuple[str, str, str]:
        """What no second figure of a sheet may be."""
        return self.column.field.dataset, self.column.field.name, self.stage


def figures_of(form: FormSheet, wanted: Sequence[FormCell], knowledge: Knowledge) -> list[Found]:
    """Return the figures of a form; of several cells that fit, the first in the table of forms counts."""
    rows = [(at, form.row_path(at, knowledge)) for at in range(form.body, len(form.rows))]
    rows = [(at, path) for at, path in rows if path]
    lacking = {cell.forms for cell in wanted if cell.required and not _positions(form, cell, rows)}
    found: dict[tuple[str, str, str], Found] = {}
    for cell in wanted:
        if cell.role == "below" or cell.forms in lacking:
            continue
        stage = spoken_stage(form, cell.stage)
        key = (cell.dataset, cell.field, stage)
        positions = _positions(form, cell, rows) if key not in found else []
        if positions:
            found[key] = _figure(form, cell, stage, positions, knowledge)
    return _without_counted_parts(list(found.values()))


def spoken_stage(form: FormSheet, stage: str) -> str:
    """Return the stage; where title or sheet name decide, the one stage they speak of, if they do."""
    if not stage.startswith(TITLE):
        return stage
    for text in (form.sheet.name, *form.captions):
        spoken = {s for s, words in STAGE_WORDS.items() if any(word in squeeze(text) for word in words)}
        if len(spoken) == 1:
            return spoken.pop()
    return stage


def _positions(form: FormSheet, cell: FormCell, rows: list[tuple[int, Path]]) -> list[tuple[int, int]]:
    """Return the cells where row and column fit; one, or for a sum one a label."""
    columns = list(_columns(form, cell.column))
    fitting = [(at, path) for at, path in rows if is_path([label.name for label in path], cell.row)]
    if not columns or not fitting:
        return []
    if not cell.role.startswith("sum"):
        return [(fitting[0][0], columns[0])]
    at = {path[-1].name: row for row, path in reversed(fitting)} if cell.role == "sum_rows" else {}
    beside = {form.columns[c][-1].name: c for c in reversed(columns) if form.columns[c]}
    several = sorted(beside.values()) if cell.role == "sum_columns" else columns[:1]
    return [(row, column) for row in (sorted(at.values()) or [fitting[0][0]]) for column in several]


def _columns(form: FormSheet, segments: tuple[tuple[str, ...], ...]) -> Iterator[int]:
    """Yield value columns by label, in the order of the labels; `@1` is the column numbered 1."""
    for pattern in segments[-1]:
        numbered = _NUMBERED.match(pattern)
        if numbered and int(numbered[1]) in form.numbers:
            yield form.numbers[int(numbered[1])]
        for at in range(form.first_value, len(form.columns)):
            path = [label.name for label in form.columns[at]]
            if is_path(path, (*segments[:-1], (pattern,))):
                yield at


def _figure(
    form: FormSheet, cell: FormCell, stage: str, positions: list[tuple[int, int]], knowledge: Knowledge
) -> Found:
    """Read one or several cells; the first that breaks a rule decides for all."""
    column = _column(form, cell, stage, positions, knowledge)
    raws = [form.rows[row][at] for row, at in positions]
    read, _ = reader_for(column, knowledge)
    readings = [_reading(raw, read, column, form) for raw in raws]
    odd = "" if column.unit else _odd(form, *positions[0], knowledge)
    if odd:
        readings[0] = Reading(rule="D118", detail=odd)
    fault = next(
        (
            (row, at, reading.rule, reading.detail)
            for (row, at), reading in zip(positions, readings, strict=True)
            if reading.rule
        ),
        None,
    )
    values = [reading.value for reading in readings]
    known = [value for value in values if value is not None]
    total = sum(known) if len(known) == len(values) else None
    written = "+".join(plain(raw or "") for raw in raws) if len(raws) > 1 else raws[0]
    return Found(column, stage, total, written, positions, fault)


def _reading(raw: str | None, read: Reader, column: Column, form: FormSheet) -> Reading:
    """Read a cell; blank is 0 in a part and missing in a total, -1 in an older form what `*` is: none."""
    text = squeeze(raw or "")
    if not text:
        return Reading(0.0 if column.role == "part" else None)
    if form.code.startswith(OLDER) and text.removesuffix(".0") == NOT_APPLICABLE:
        return Reading(0.0)
    return read(raw or "")


def _column(
    form: FormSheet, cell: FormCell, stage: str, positions: list[tuple[int, int]], knowledge: Knowledge
) -> Column:
    row, at = positions[0]
    rows = list(dict.fromkeys(form.row_path(r, knowledge)[-1].name for r, _ in positions))
    columns = list(dict.fromkeys(_header(form, c) for _, c in positions))
    known = knowledge.fields[cell.dataset][cell.field]
    unit = _unit(form, row, at, known.base_unit, knowledge) or cell.unit
    factor = knowledge.factor(unit, known.base_unit) if unit else 1.0
    role = "total" if cell.role == "total" else "part"
    name = SEPARATOR.join(filter(None, ("+".join(rows), "+".join(columns))))
    return Column(at, name, known, unit if factor else "", factor or 1.0, role, stage)


def _header(form: FormSheet, at: int) -> str:
    return SEPARATOR.join(label.name for label in form.columns[at] if label.name)


def _unit(form: FormSheet, row: int, at: int, base: str, knowledge: Knowledge) -> str:
    """Return the unit that row, column, 单位 column, the whole of a 其中 row, or the sheet states."""
    labels = [*reversed(form.row_path(row, knowledge)), *reversed(form.columns[at])]
    stated = [label.unit for label in labels]
    stated += [
        form.rows[row][c] or ""
        for c, path in enumerate(form.columns)
        if path and path[-1].name in UNIT_COLUMNS
    ]
    first = next((text for text in form.rows[row] if text and squeeze(text)), "")
    if squeeze(first).startswith(("其中", "#")):
        above = (form.row_path(up, knowledge) for up in range(row - 1, form.body - 1, -1))
        stated += [label.unit for path in above for label in path]
    stated += [found[1] for text in form.captions if (found := _SHEET_UNIT.search(squeeze(text)))]
    return next((unit for text in stated if (unit := squeeze(text)) and knowledge.factor(unit, base)), "")


def _odd(form: FormSheet, row: int, at: int, knowledge: Knowledge) -> str:
    """Return a bracket that looks like a multiple but is no unit known, such as （十万）."""
    labels = (*form.row_path(row, knowledge), *form.columns[at])
    return next((label.odd for label in labels if set(label.odd) & MULTIPLES), "")


def _without_counted_parts(found: list[Found]) -> list[Found]:
    """Drop 音乐 and 美术 where they stand under 艺术, whose own count is read."""
    names = {figure.column.field.name for figure in found}
    if "arts_teachers" not in names:
        return found
    parts = {"music_teachers", "art_teachers"}
    return [f for f in found if f.column.field.name not in parts or not under_arts(f.column.name)]
