"""What the importer knows of columns, terms, units and layouts: rows of seeds/imports, and the county's."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from warehouse.errors import JunhengError
from warehouse.home import SEEDS, Home
from warehouse.imports import declared
from warehouse.imports.declared import Declared
from warehouse.imports.form_table import FormCell, form_cell, form_check
from warehouse.imports.layout_table import Layout, LayoutColumn, layouts_from
from warehouse.imports.text import half_width, split, squeeze

FOLDER = SEEDS / "imports"
DATASET_TITLES = {
    "schools": ("学校", "Schools"),
    "conditions": ("办学条件", "Conditions"),
    "staff_counts": ("教职工统计", "Staff counts"),
    "rooms": ("专用教室", "Special rooms"),
    "classes": ("班级", "Classes"),
    "teachers": ("教师", "Teachers"),
    "targets": ("目标", "Targets"),
    "exchanges": ("交流轮岗", "Teacher exchanges"),
    "consortium_members": ("共同体成员", "Consortium members"),
    "consortium_activities": ("共同体活动", "Consortium activities"),
    "satisfaction": ("满意度", "Satisfaction"),
    "county_items": ("县级数据", "County items"),
    "county_profile": ("县情", "County profile"),
    "exam_papers": ("考试科目", "Exam papers"),
    "exam_scores": ("考试成绩", "Exam scores"),
}
SCHOOL_OPTIONAL = {"satisfaction"}
"""Datasets with rows of no school: those of the county, or of a consortium."""

COMPANIONS = {"conditions": "staff_counts", "staff_counts": "conditions"}


@dataclass(frozen=True)
class Field:
    """One column a dataset knows: what it is called, what it holds, how it reads."""

    dataset: str
    name: str
    header: str
    labels: tuple[str, ...]
    kind: str
    base_unit: str = ""
    required: bool = False
    in_key: bool = False
    fill_down: bool = False
    description_zh: str = ""
    description_en: str = ""
    example: str = ""
    default: str = ""

    @property
    def measured(self) -> bool:
        """True for columns that hold a figure rather than say what the row is about."""
        return self.kind in {"count", "staff", "amount", "declared"}


@dataclass(frozen=True)
class Knowledge:
    """Everything the importer looks up."""

    fields: dict[str, dict[str, Field]]
    terms: dict[str, dict[str, str]]
    units: dict[str, list[tuple[str, float]]]
    missing_own: frozenset[str]
    missing_official: frozenset[str]
    zero_official: frozenset[str]
    layouts: dict[str, Layout]
    forms: tuple[FormCell, ...] = ()
    form_checks: tuple[tuple[str, FormCell, FormCell], ...] = ()
    ticks: dict[str, list[tuple[str, str, tuple[str, ...]]]] = field(default_factory=dict)
    county: str = ""
    subjects: dict[str, str] = field(default_factory=dict)
    score_marks: dict[str, str] = field(default_factory=dict)
    declared: Declared = field(default_factory=Declared)
    labels_met: dict[str, tuple[str, str, str]] = field(default_factory=dict, compare=False)
    forms_met: dict[str, list[FormCell]] = field(default_factory=dict, compare=False)
    paths_met: dict[tuple[str, tuple[str, ...]], list[LayoutColumn]] = field(
        default_factory=dict, compare=False
    )

    def accepted(self, term_list: str) -> list[str]:
        """Return the terms a list stores, in its order."""
        return list(dict.fromkeys(self.terms[term_list].values()))

    @cached_property
    def owners(self) -> dict[str, dict[str, list[tuple[int, Field]]]]:
        """For each dataset the fields a label may name, with the label's place among the field's aliases.

        办学条件 and 教职工统计 may share a sheet: each knows the other's figures too.
        """
        found: dict[str, dict[str, list[tuple[int, Field]]]] = {}
        for name, fields in self.fields.items():
            known = list(fields.values())
            known += [f for f in self.fields.get(COMPANIONS.get(name, ""), {}).values() if f.measured]
            found[name] = defaultdict(list)
            for one in known:
                for label in dict.fromkeys(one.labels):
                    found[name][label].append((one.labels.index(label), one))
        return found

    @cached_property
    def column_words(self) -> frozenset[str]:
        """Every label that names a column of some dataset, or ticks a term of one."""
        named = {label for owners in self.owners.values() for label in owners}
        ticked = {label for rows in self.ticks.values() for _, _, labels in rows for label in labels}
        return frozenset(named | ticked)

    @cached_property
    def header_words(self) -> frozenset[str]:
        """Every label any dataset or layout knows, for telling header rows from others."""
        own = {
            label for fields in self.fields.values() for field in fields.values() for label in field.labels
        }
        parts = {
            word.strip("*")
            for layout in self.layouts.values()
            for column in layout.columns
            for segment in column.segments
            for word in segment
        }
        return frozenset(own | parts)

    def factor(self, unit: str, base_unit: str) -> float | None:
        """Return what one `unit` is in `base_unit`, or None where it is no unit of that kind."""
        return next((factor for base, factor in self.units.get(unit, []) if base == base_unit), None)


def load(home: Home | None = None) -> Knowledge:
    """Read the seeds, with the county's additions of the same names over them."""
    missing = list(_rows("missing.csv", home))
    return Knowledge(
        fields=_fields(_rows("columns.csv", home)),
        terms=_terms(_rows("terms.csv", home)),
        units=_units(_rows("units.csv", home)),
        missing_own=_marks(missing, "in_own_sheets", "missing"),
        missing_official=_marks(missing, "in_official_layouts", "missing"),
        zero_official=_marks(missing, "in_official_layouts", "zero"),
        layouts=layouts_from(_rows("layouts.csv", home)),
        forms=tuple(form_cell(row) for row in _rows("forms.csv", home)),
        form_checks=tuple(form_check(row) for row in _rows("form_checks.csv", home)),
        ticks=_ticks(_rows("ticks.csv", home)),
        county=_county(home),
        subjects=_subjects(_rows("subjects.csv", home)),
        score_marks={
            half_width(row["mark"]).upper(): row["meaning"] for row in _rows("score_marks.csv", home)
        },
        declared=declared.load(home),
    )


def school_aliases(home: Home) -> dict[str, str]:
    """Return the county's short names: squeezed alias to school code."""
    path = home.parameters / "school_aliases.csv"
    rows = _read(path) if path.exists() else []
    return {squeeze(row["alias"]): squeeze(row["school_code"]) for row in rows if row.get("alias")}


def keeps_score_files(home: Home) -> bool:
    """True where the county says (parameter `keep_score_files`) that files with pupils' names are kept."""
    paths = (SEEDS / "parameters.csv", home.parameters / "parameters.csv")
    rows = [row for path in paths if path.exists() for row in _read(path)]
    mine = [row for row in rows if row.get("parameter") == "keep_score_files"]
    return bool(mine) and float(mine[-1].get("value") or 0) > 0


def _county(home: Home | None) -> str:
    """Return the county's name where its own parameters give one."""
    path = home.parameters / "county.csv" if home else None
    rows = _read(path) if path and path.exists() else []
    return next((squeeze(row.get("value", "")) for row in rows if row.get("key") == "county_name"), "")


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: value or "" for key, value in row.items() if key} for row in csv.DictReader(file)]


def _rows(name: str, home: Home | None) -> Iterator[dict[str, str]]:
    """Yield a seed's rows, then the county's own of `parameters/imports`."""
    seed = _read(FOLDER / name)
    yield from seed
    path = home.parameters / "imports" / name if home else None
    if path is None or not path.exists():
        return
    for row in _read(path):
        if unknown := set(row) - set(seed[0]):
            raise JunhengError(
                f"参数文件 imports/{name} 有不认识的列：{'、'.join(sorted(unknown))}。"
                f"应有：{'、'.join(seed[0])}。",
                f"Parameter file imports/{name} has unknown columns: {', '.join(sorted(unknown))}. "
                f"Its columns: {', '.join(seed[0])}.",
            )
        yield {**dict.fromkeys(seed[0], ""), **row}


def _fields(rows: Iterator[dict[str, str]]) -> dict[str, dict[str, Field]]:
    fields: dict[str, dict[str, Field]] = defaultdict(dict)
    for row in rows:
        known = fields[row["dataset"]].get(row["field"])
        labels = split(f"{row['header_zh']}|{row['aliases']}")
        if known:
            fields[row["dataset"]][known.name] = replace(known, labels=(*known.labels, *labels))
            continue
        fields[row["dataset"]][row["field"]] = Field(
            row["dataset"],
            row["field"],
            row["header_zh"],
            labels,
            row["kind"],
            row["base_unit"],
            row["required"] == "1",
            row["in_key"] == "1",
            row["fill_down"] == "1",
            row["description_zh"],
            row["description_en"],
            row["example"],
            row["default"],
        )
    return dict(fields)


def _terms(rows: Iterator[dict[str, str]]) -> dict[str, dict[str, str]]:
    """Return list → accepted spelling → stored term; an earlier row keeps a spelling two rows claim."""
    terms: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        for word in (squeeze(row["term"]), *split(row["aliases"])):
            terms[row["list"]].setdefault(word, row["term"])
    return dict(terms)


def _subjects(rows: Iterator[dict[str, str]]) -> dict[str, str]:
    """Return subject by spelling; the county's own rows come last and win."""
    return {
        word: row["subject"] for row in rows for word in (squeeze(row["subject"]), *split(row["aliases"]))
    }


def _units(rows: Iterator[dict[str, str]]) -> dict[str, list[tuple[str, float]]]:
    units: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in rows:
        units[squeeze(row["unit"])].append((row["base_unit"], float(row["factor"])))
    return dict(units)


def _marks(rows: list[dict[str, str]], column: str, meaning: str) -> frozenset[str]:
    return frozenset(squeeze(row["mark"]) for row in rows if row[column] == meaning)


def _ticks(rows: Iterator[dict[str, str]]) -> dict[str, list[tuple[str, str, tuple[str, ...]]]]:
    """Return by dataset the field, the term and the labels of columns that tick one term of a field."""
    ticks: dict[str, list[tuple[str, str, tuple[str, ...]]]] = defaultdict(list)
    for row in rows:
        ticks[row["dataset"]].append((row["field"], row["term"], split(row["labels"])))
    return dict(ticks)
