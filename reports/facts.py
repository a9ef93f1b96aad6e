"""What a document is made of: rows of the snapshot, and figures that remember which row they are of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from reports.numbers import written

Row = dict[str, Any]
Key = tuple[Any, ...]
STAGES = ("primary", "junior")

KEYS: dict[str, tuple[str, ...]] = {
    "dim_indicator": ("stage", "indicator_code"),
    "dim_rule": ("rule_code",),
    "dim_school": ("school_code",),
    "fct_school_compliance": ("stage", "school_code"),
    "fct_school_indicator": ("stage", "school_code", "indicator_code"),
    "fct_school_scale": ("stage", "school_code"),
    "fct_county_scale": ("stage",),
    "fct_county_balance": ("stage", "indicator_code"),
    "fct_county_verdict": ("stage",),
    "fct_target_progress": ("target_kind", "stage", "indicator_code"),
    "fct_exchange_rate": ("scope", "scope_code"),
    "fct_consortium_coverage": (),
    "dim_inspection_item": ("item_code",),
    "fct_inspection_item": ("item_code",),
    "fct_inspection_case": ("item_code", "school_code", "stage", "subject_key"),
    "fct_county_profile": ("field",),
    "fct_satisfaction": ("respondents",),
    "fct_school_question": ("school_code", "stage", "question_code", "subject_code"),
    "fct_finding_count": ("school_year", "rule_code", "severity"),
    "fct_submission_count": ("dataset",),
    "fct_source": ("import_id", "file_name", "sheet_name", "dataset"),
}
"""By which columns a row of a table is found, within the year and the standard of the document."""


@dataclass(frozen=True)
class Figure:
    """One figure of the snapshot: where it stands there, how the official forms write it, and its value.

    A sentence of the snapshot that holds figures is one of kind `text`.
    """

    table: str
    key: Key
    field: str
    kind: str
    value: float | str | None

    @property
    def text(self) -> str:
        """The figure as a form prints it."""
        return written(self.value, self.kind)


@dataclass(frozen=True)
class Basis:
    """What a document says it was made from."""

    snapshot_id: str
    published: str
    made_on: str
    software: str
    year: int
    seal: str | None = None


@dataclass(frozen=True)
class Facts:
    """The tables of one year under one standard, and what they were read from."""

    frames: Mapping[str, pl.DataFrame]
    basis: Basis
    index: dict[str, dict[Key, Row]] = field(default_factory=dict, compare=False)

    def by_key(self, table: str) -> dict[Key, Row]:
        """Return a table's rows by key, in the table's order."""
        if table not in self.index:
            columns = KEYS[table]
            rows = self.frames[table].iter_rows(named=True)
            self.index[table] = {tuple(row[column] for column in columns): row for row in rows}
        return self.index[table]

    def row(self, table: str, *key: Any) -> Row:
        """Return one row; one that is not there is empty, so that its figures are missing."""
        return self.by_key(table).get(key, {})

    def rows(self, table: str, *start: Any) -> list[Row]:
        """Return the rows whose key begins with `start`, in the table's order."""
        return [row for key, row in self.by_key(table).items() if key[: len(start)] == start]

    def figure(self, table: str, key: Sequence[Any], column: str, kind: str) -> Figure:
        """Return a figure of one row; None where there is no such row or no value."""
        return Figure(table, tuple(key), column, kind, self.row(table, *key).get(column))

    def all(self, table: str) -> list[Row]:
        """Return a table's rows."""
        return self.frames[table].to_dicts()

    @property
    def county(self) -> Row:
        """The county's row."""
        return self.frames["dim_county"].row(0, named=True)

    @property
    def standard(self) -> Row:
        """The standard's row."""
        return self.frames["dim_standard"].row(0, named=True)

    @property
    def year_label(self) -> str:
        """The school year as forms write it."""
        return f"{self.basis.year}—{self.basis.year + 1}学年"

    def label(self, kind: str, code: str | None) -> str:
        """Return the official word for a code; a code without one speaks for itself."""
        return str(self.labels().get((kind, code), {}).get("label_zh") or code or "")

    def sign(self, kind: str, code: str | None) -> str:
        """Return the shape and the word of a status: never colour alone."""
        row = self.labels().get((kind, code), {})
        return f"{row.get('symbol') or ''} {row.get('label_zh') or code or ''}".strip()

    def labels(self) -> dict[Key, Row]:
        """Return every word by kind and code, in order within a kind."""
        if "dim_label" not in self.index:
            rows = self.frames["dim_label"].iter_rows(named=True)
            self.index["dim_label"] = {(row["kind"], row["code"]): row for row in rows}
        return self.index["dim_label"]

    def indicators(self, stage: str) -> list[Row]:
        """Return the standard's indicators of a stage in the form's order."""
        rows = [row for row in self.rows("dim_indicator", stage) if row["indicator_code"] != "composite"]
        return sorted(rows, key=lambda row: row["sort_order"] or 0)

    def school_name(self, code: str) -> str:
        """Return a school's name, its code where the register has none."""
        return str(self.row("dim_school", code).get("school_name") or code)

    def schools(self, stage: str) -> list[str]:
        """Return the codes of the schools assessed at a stage."""
        return sorted(row["school_code"] for row in self.rows("fct_school_compliance", stage))

    @property
    def stages(self) -> list[str]:
        """The stages that have schools."""
        return [stage for stage in STAGES if self.schools(stage)]


def basis_lines(facts: Facts) -> list[str]:
    """Return what every document says of itself: snapshot, standard, day, software."""
    basis, standard = facts.basis, facts.standard
    sealed = f"（已封存：{basis.seal}）" if basis.seal else ""
    mark = ["演示数据：县名、校名均为虚构。"] if facts.county["is_demonstration"] else []
    return [
        f"数据快照：{basis.snapshot_id}，{basis.published} 发布{sealed}。",
        f"标准：{standard['name_zh']}，{standard['source_document']}。",
        f"学年：{facts.year_label}，统计时点 {basis.year}-{facts.county['statistics_date']}。",
        f"制作：{basis.made_on}，均衡 {basis.software}。导出时逐个数字与快照核对一致。",
        *mark,
    ]
