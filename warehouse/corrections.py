"""Corrections: a figure of a source cell replaced without touching the file, signed and with its evidence."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any

from warehouse import own_rows
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.imports.compare import effective
from warehouse.imports.knowledge import DATASET_TITLES, Field, Knowledge, load
from warehouse.read import rows
from warehouse.schemas import CELL_DATASETS
from warehouse.snapshots import Snapshot, current

TABLE = "corrections"
STAGES = {"primary": "小学", "junior": "初中", "senior": "高中", "whole": "全校"}
STATES = {
    "counted": ("已计入", "counted"),
    "pending": ("刷新后计入", "counted after the next refresh"),
    "changed": ("来源已不是原值，刷新会停下", "the source holds another value; a refresh stops"),
    "lost": ("来源里没有这一格，刷新会停下", "the source has no such cell; a refresh stops"),
    "unknown": ("尚未发布", "nothing published yet"),
}


@dataclass(frozen=True)
class Cell:
    """One source cell that counts: what it holds, in base units, and where it stands."""

    dataset: str
    stage: str
    field: str
    header: str
    value: float | None
    raw_value: str | None
    file_name: str
    sheet_name: str | None
    row_number: int
    column_name: str


CELL = tuple(field.name for field in fields(Cell))
Row = dict[str, Any]


def cells(home: Home, school: str, school_year: int) -> list[Cell]:
    """Return the source cells of a school (code or name) and year that may be corrected."""
    snapshot = own_rows.published(home)
    return _of(_counting(home, school_year), snapshot, own_rows.school_code(snapshot, school))


def correct(
    home: Home,
    school: str,
    school_year: int,
    field: str,
    *,
    stage: str,
    old: float | None,
    new: float,
    reason: str,
    evidence: str,
    by: str,
    on: str | None = None,
) -> dict[str, Any]:
    """Correct one cell, from the next refresh on: `old` is what the source holds, both in base units.

    `field` is a column's name or Chinese header, `stage` a code or its Chinese term. JunhengError (2) when
    one of them is not known, the source holds another value, or reason, evidence or name is lacking.
    """
    reason, by, day = own_rows.signature(reason, by, on)
    if not evidence.strip():
        raise JunhengError("请写明依据（如文件、单据名称）。", "State the evidence (a document's name).", 2)
    if not math.isfinite(new) or new < 0:
        raise JunhengError("新值应是不小于 0 的数。", "The new value has to be a number of at least 0.", 2)
    snapshot = own_rows.published(home)
    code = own_rows.school_code(snapshot, school)
    known = _field(field, load(home))
    stage = {zh: key for key, zh in STAGES.items()}.get(stage, stage)
    cell = _the_cell(_of(_counting(home, school_year), snapshot, code), known, stage)
    _refuse_other_value(cell, old)
    row = {
        **_key(code, school_year, known.dataset, stage, known.name),
        "old_value": _text(old),
        "new_value": _text(new),
        "reason": reason,
        "evidence": " ".join(evidence.split()),
        "corrected_by": by,
        "corrected_on": day,
    }
    own_rows.add(home, TABLE, row)
    return {**row, "state": "pending"}


def withdraw_correction(home: Home, school: str, school_year: int, field: str, *, stage: str) -> None:
    """Take a correction back: the source's own value counts again; `school` is the code that it names."""
    known = _field(field, load(home))
    stage = {zh: key for key, zh in STAGES.items()}.get(stage, stage)
    own_rows.withdraw(home, TABLE, _key(school, school_year, known.dataset, stage, known.name))


def corrections(home: Home) -> list[dict[str, Any]]:
    """Return the county's corrections with the `state` of each (see `STATES`)."""
    snapshot, kept = current(home), own_rows.kept(home, TABLE)
    if snapshot is None:
        return [{**row, "state": "unknown"} for row in kept]
    counted = rows(str(snapshot.path), "select * from seeds.corrections").to_dicts()
    landed = {row["school_year"]: _counting(home, int(row["school_year"])) for row in kept}
    return [
        {**row, "state": _state(_of(landed[row["school_year"]], snapshot, row["school_code"]), counted, row)}
        for row in kept
    ]


def _key(code: str, year: int, dataset: str, stage: str, field: str) -> dict[str, str]:
    names = ("school_year", "school_code", "dataset", "stage", "field")
    return dict(zip(names, (str(year), code, dataset, stage, field), strict=True))


def _counting(home: Home, year: int) -> list[Row]:
    """Return the landed cells of a year that count, with the header of each."""
    known_fields, found = load(home).fields, []
    for dataset in CELL_DATASETS:
        counting = effective(home, dataset, [year]).sort(
            "import_seq", "file_name", "sheet_name", "row_number"
        )
        for row in counting.to_dicts():
            known = known_fields[dataset].get(row["field"])
            found.append({**row, "dataset": dataset, "header": known.header if known else row["field"]})
    return found


def _of(counting: list[Row], snapshot: Snapshot, code: str) -> list[Cell]:
    """Return a school's cells, the latest of each: files may name it by code or by any of its names."""
    names = _names(snapshot, code)
    latest = {
        (row["dataset"], row["stage"], row["field"]): Cell(*(row[name] for name in CELL))
        for row in counting
        if row["school"] in names
    }
    return sorted(latest.values(), key=lambda cell: (cell.file_name, cell.sheet_name or "", cell.row_number))


def _names(snapshot: Snapshot, code: str) -> set[str]:
    """Everything by which source files may mean a school."""
    found = rows(
        str(snapshot.path),
        "select school_name, former_names from marts.dim_school where school_code = ?",
        code,
    )
    names = {code, code.lstrip("0")}
    for name, former in found.iter_rows():
        names |= {name, *(former or "").split("|")}
    return names - {"", None}


def _field(named: str, knowledge: Knowledge) -> Field:
    """Return the measured column that `named` means: a field, `dataset.field` or a Chinese header."""
    for dataset in CELL_DATASETS:
        for field in knowledge.fields[dataset].values():
            if field.measured and named in {field.name, f"{dataset}.{field.name}", *field.labels}:
                return field
    titles = "、".join(DATASET_TITLES[name][0] for name in CELL_DATASETS)
    raise JunhengError(
        f"没有“{named}”这一列。可以更正的是{titles}里的数，列名同模板。",
        f"There is no column “{named}”. Figures of conditions and staff counts may be corrected.",
        2,
    )


def _the_cell(found: list[Cell], field: Field, stage: str) -> Cell:
    for cell in found:
        if (cell.dataset, cell.field, cell.stage) == (field.dataset, field.name, stage):
            return cell
    held = "、".join(STAGES.get(cell.stage, cell.stage) for cell in found if cell.field == field.name)
    raise JunhengError(
        f"来源里没有这一格：{field.header}，学段 {STAGES.get(stage, stage)}。有数的学段：{held or '无'}。",
        f"The source has no such cell: {field.header}, stage {stage}. Stages with it: {held or 'none'}.",
        2,
    )


def same(one: float | None, other: float | None) -> bool:
    """Return whether two figures are equal but for the noise of a conversion, or both missing."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9)


def _refuse_other_value(cell: Cell, old: float | None) -> None:
    if not same(cell.value, old):
        place = " › ".join(filter(None, [cell.file_name, cell.sheet_name]))
        raise JunhengError(
            f"原值不符：来源（{place} 第 {cell.row_number} 行“{cell.column_name}”）"
            f"是“{_text(cell.value) or '空白'}”，不是“{_text(old) or '空白'}”。",
            f"Another old value: the source ({place}, row {cell.row_number}, “{cell.column_name}”) "
            f"holds “{_text(cell.value) or 'blank'}”, not “{_text(old) or 'blank'}”.",
            2,
        )


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def _state(found: list[Cell], counted: list[Row], row: Row) -> str:
    """Say what becomes of a correction: the source as it is now decides, then what was published."""
    where = ("dataset", "stage", "field")
    cell = next((cell for cell in found if all(getattr(cell, name) == row[name] for name in where)), None)
    if cell is None:
        return "lost"
    if not same(cell.value, _number(row["old_value"])):
        return "changed"
    key = [*where, "school_code", "school_year"]
    done = (other for other in counted if all(str(other[name]) == row[name] for name in key))
    return (
        "counted" if any(same(other["new_value"], _number(row["new_value"])) for other in done) else "pending"
    )


def _number(text: str) -> float | None:
    return float(text) if text else None
