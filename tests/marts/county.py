"""A county landed by hand, one school year a case, so that one refresh answers many questions."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse.home import Home
from warehouse.landing import commit_import

Rows = list[dict[str, Any]]


class Landed:
    """Rows of one import, dataset by dataset."""

    def __init__(self, replaces: str = "school") -> None:
        self.replaces = replaces
        self.rows: dict[str, Rows] = {}

    def school(self, year: int, code: str | None, kind: str = "小学", name: str = "", **more: Any) -> Landed:
        row = {
            "school_year": year,
            "school_code": code,
            "school_name": name or f"学校{code}",
            "school_type": kind,
        }
        return self._add("schools", {**row, **more})

    def cells(self, dataset: str, year: int, ref: str, stage: str, **values: float | None) -> Landed:
        for field, value in values.items():
            key = {"school_year": year, "school_ref": ref, "stage": stage, "field": field}
            self._add(dataset, {**key, "value": value, "column_name": field})
        return self

    def conditions(self, year: int, ref: str, stage: str, **values: float | None) -> Landed:
        return self.cells("conditions", year, ref, stage, **values)

    def staff(self, year: int, ref: str, stage: str, **values: float | None) -> Landed:
        return self.cells("staff_counts", year, ref, stage, **values)

    def teacher(self, year: int, number: str, ref: str, stage: str, **more: Any) -> Landed:
        row = {"school_year": year, "teacher_id": number, "school_ref": ref, "stage": stage}
        return self._add("teachers", {**row, "is_full_time": True, **more})

    def moved(self, year: int, number: str, school: str, to: str, kind: str = "轮岗", **more: Any) -> Landed:
        row = {"school_year": year, "teacher_id": number, "school_ref": school, "to_school_ref": to}
        dates = {"start_date": date(year, 9, 1), "end_date": date(year + 1, 7, 10)}
        return self._add("exchanges", {**row, "exchange_type": kind, **dates, **more})

    def classes(self, year: int, ref: str, stage: str, grade: int, students: int, count: int = 1) -> Landed:
        for number in range(count):
            row = {"school_year": year, "school_ref": ref, "stage": stage, "grade": grade}
            self._add("classes", {**row, "class_name": f"{number + 1}班", "students": students})
        return self

    def rooms(self, year: int, ref: str, kind: str, *areas: float) -> Landed:
        for ordinal, area in enumerate(areas, start=1):
            row = {"school_year": year, "school_ref": ref, "room_kind": kind, "area_m2": area}
            self._add("rooms", {**row, "ordinal": ordinal})
        return self

    def declared(self, year: int, item: str, **figures: float | None) -> Landed:
        for field, value in figures.items():
            row = {"school_year": year, "item_code": item, "field": field, "value": value}
            self._add("county_items", row)
        return self

    def asked(self, year: int, group: str, valid: float, satisfied: float) -> Landed:
        row = {"school_year": year, "respondents": group, "responses": valid, "satisfied": satisfied}
        return self._add("satisfaction", row)

    def target(self, year: int, stage: str, indicator: str, kind: str, target: float) -> Landed:
        row = {"school_year": year, "stage": stage, "indicator_code": indicator, "target_kind": kind}
        return self._add("targets", {**row, "target": target})

    def _add(self, dataset: str, row: dict[str, Any]) -> Landed:
        rows = self.rows.setdefault(dataset, [])
        rows.append({**row, "row_number": len(rows) + 2})
        return self

    def land(self, home: Home, import_id: str) -> None:
        """Commit these rows as the import `import_id`."""
        source = {"file_name": f"{import_id}.xlsx", "sheet_name": "Sheet1", "replaces": self.replaces}
        frames = {
            name: pl.DataFrame(rows, infer_schema_length=None).with_columns(
                pl.lit(value).alias(column) for column, value in source.items()
            )
            for name, rows in self.rows.items()
        }
        sizes = [{"dataset": name, "rows_read": frame.height} for name, frame in frames.items()]
        facts = pl.DataFrame(sizes).with_columns(
            pl.lit(f"{import_id}.xlsx").alias("file_name"),
            pl.lit("Sheet1").alias("sheet_name"),
            pl.lit("0" * 64).alias("file_hash"),
            pl.lit(datetime(2024, 11, 1)).alias("imported_at"),
            pl.lit(int(import_id[1:])).alias("import_seq"),
            pl.col("rows_read").alias("rows_landed"),
            pl.lit(0).alias("rows_refused"),
        )
        commit_import(home, import_id, {**frames, "_imports": facts})


def query(snapshot: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a query over a snapshot."""
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        return list(connection.sql(sql).fetchall())
