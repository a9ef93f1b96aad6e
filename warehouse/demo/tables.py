"""Writes the truth tables: schools, events, scope, indicators, balance, verdicts, planted defects."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from warehouse.demo import truth, truth_exams, truth_items, truth_joint
from warehouse.demo.desk import Desk
from warehouse.demo.sheets import defect_rows
from warehouse.demo.world import YEARS

Row = dict[str, Any]


def write_csv(path: Path, rows: list[Row], columns: Sequence[str] = ()) -> None:
    """Write rows of one shape as UTF-8 CSV; `columns` names them where there may be no row."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_truth(desk: Desk, folder: Path) -> None:
    """Write every truth table of the desk's county into `folder`."""
    rows = truth.indicator_rows(desk.county)
    affected = _affected(desk)
    for row in rows:
        row["affected_by"] = "|".join(sorted(affected.get((row["school_year"], row["school_code"]), ())))
    compliance = truth.compliance_rows(rows)
    tables = {
        "schools": _schools(desk),
        "events": [vars(event) for event in desk.county.world.events],
        "scope": _scope(desk),
        "indicators": rows,
        "balance": truth.balance_rows(rows),
        "compliance": compliance,
        "verdicts": truth.verdict_rows(compliance),
        "exchange_rates": truth_joint.exchange_rate_rows(desk.county),
        "exchanges": truth_joint.stay_rows(desk.county),
        "memberships": truth_joint.membership_rows(desk.county),
        "consortium_gaps": truth_joint.gap_rows(desk.county),
        "inspection_items": truth_items.item_rows(desk.county),
        "exam_papers": truth_exams.paper_rows(desk.session),
        "exam_schools": truth_exams.school_rows(desk.session),
        "exam_effects": truth_exams.effect_rows(desk.session),
        "exam_gaps": truth_exams.gap_rows(desk.session),
        "defects": defect_rows(desk.sheets) + desk.missing_files,
    }
    for name, table in tables.items():
        write_csv(folder / f"{name}.csv", table)


def _affected(desk: Desk) -> dict[tuple[int, str], set[str]]:
    """Defects that take a figure of a school's year away, for the cells an indicator needs."""
    needed = ("教学及辅助", "#室内", "室内", "运动场地", "教学仪器", "网络多媒体", "在校生", "合计")
    found: dict[tuple[int, str], set[str]] = {}
    for sheet in desk.sheets:
        for row in sheet.rows if sheet.dataset in ("wide", "conditions", "staff_counts") else ():
            for mark in row.marks:
                column = "" if mark.column is None else sheet.columns[mark.column]
                taken = mark.treatment == "null" and column.startswith(needed)
                if row.school and (taken or mark.treatment == "reject_row"):
                    found.setdefault((sheet.school_year, row.school), set()).add(mark.kind)
    return found


def _schools(desk: Desk) -> list[Row]:
    return [
        {
            "school_year": year,
            "school_code": school.code,
            "school_name": school.name_in(year),
            "kind": school.kind,
            "school_type": school.school_type,
            "ownership": school.ownership_in(year),
            "area_type": school.area_type,
            "township": school.township.name,
            "is_counted": school.is_counted,
            "parent_school_code": school.parent or "",
            "students": sum(desk.county.world.students(year, school.code, stage) for stage in school.stages),
        }
        for year in YEARS
        for school in desk.county.world.open_schools(year)
    ]


def _scope(desk: Desk) -> list[Row]:
    return [
        {
            "school_year": year,
            "school_code": part.school.code,
            "stage": part.stage,
            "in_scope": part.reason == "in_scope",
            "reason": part.reason,
            "students": part.students,
            "merged_sites": len(part.sites) - 1,
        }
        for year in YEARS
        for part in truth.parts(desk.county, year)
    ]
