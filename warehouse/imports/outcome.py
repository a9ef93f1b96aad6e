"""What a settled batch amounts to: reports, registry rows, and whether it changes anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import polars as pl

from warehouse.imports import compare, score_compare
from warehouse.imports.batch import Batch
from warehouse.imports.emit import KEYED_ONLY
from warehouse.imports.exams import SCORES
from warehouse.imports.reading import ReadTable
from warehouse.imports.report import SourceReport
from warehouse.landing import landed
from warehouse.schemas import SCHEMAS

SCORE_FRAMES = ("exam_groups", SCORES)


def changes_nothing(batch: Batch) -> bool:
    """True when landing the batch would leave every counting figure as it is."""
    frames = {name: rows for name, rows in batch.frames.items() if not rows.is_empty()}
    if not frames:
        return not batch.refused_rows or earlier_import(batch) is not None
    partial = batch.settings.partial
    if not _scores_change_nothing(batch):
        return False
    for name, rows in frames.items():
        if name in SCORE_FRAMES:
            continue
        years = rows["school_year"].unique().to_list()
        counting = compare.effective(batch.home, name, years, batch.register)
        if not compare.changes_nothing(
            counting, batch.register.meant(rows), name, partial=partial or name in KEYED_ONLY
        ):
            return False
    return True


def _scores_change_nothing(batch: Batch) -> bool:
    groups = batch.frames.get("exam_groups")
    if groups is None or groups.is_empty():
        return True
    groups = batch.register.meant(groups)
    now = score_compare.counting(batch.home, groups, batch.register)
    return score_compare.changes_nothing(now, groups, batch.frames[SCORES], partial=batch.settings.partial)


def earlier_import(batch: Batch) -> str | None:
    """Return the latest import that had the first of these files, if one had."""
    hashes = [read.table.sheet.source.file_hash for read in batch.tables]
    hashes += [report.file_hash for report in batch.set_aside]
    known = landed(batch.home, "_imports").filter(pl.col("file_hash").is_in(hashes))
    return known["import_id"].max() if known.height else None  # type: ignore[return-value]


def source_reports(batch: Batch) -> list[SourceReport]:
    """Return one report a sheet and dataset, in the order read, then what was set aside."""
    return [report for report, _ in _reports(batch)] + batch.set_aside


def _reports(batch: Batch) -> Iterator[tuple[SourceReport, ReadTable]]:
    """Yield a report and its table for each dataset a table feeds."""
    refused, lost = (dict(rows.group_by("table").len().iter_rows()) for rows in (batch.refused, batch.lost))
    for read in batch.tables:
        for dataset in read.table.datasets:
            yield _report(read, dataset, refused.get(read.number, 0), lost.get(read.number, 0)), read


def _report(read: ReadTable, dataset: str, refused: int, lost: int) -> SourceReport:
    sheet = read.table.sheet
    return SourceReport(
        sheet.file_name,
        sheet.source.file_hash,
        sheet.name,
        dataset,
        read.rows_read,
        read.rows_read - lost,
        refused,
        read.table.extra_columns,
    )


def registry(batch: Batch) -> pl.DataFrame:
    """Return the rows of `_imports`, but for the import's id and time."""
    hashes = {
        dataset: compare.content_hashes(rows, dataset)
        for dataset, rows in batch.frames.items()
        if dataset not in SCORE_FRAMES
    }
    rows = []
    for report, read in _reports(batch):
        dataset = report.dataset or ""
        content = (
            _scores_hash(batch, read)
            if dataset == SCORES
            else hashes.get(dataset, {}).get(read.number) or compare.hash_of_nothing(dataset)
        )
        rows.append({**asdict(report), "content_hash": content})
    rows += [{**asdict(report), "content_hash": ""} for report in batch.set_aside if report.dataset]
    schema = {
        name: dtype for name, dtype in SCHEMAS["_imports"].items() if name in {*(rows[0] if rows else {})}
    }
    frame = pl.DataFrame([{name: row[name] for name in schema} for row in rows], schema=schema)
    return frame.with_columns(pl.lit(batch.settings.partial).alias("is_partial"))


def _scores_hash(batch: Batch, read: ReadTable) -> str:
    if SCORES not in batch.frames:
        return ""
    mine = [batch.frames[name].filter(pl.col("table") == read.number) for name in SCORE_FRAMES]
    return score_compare.content_hash(*mine)


def columns_used(batch: Batch) -> pl.DataFrame:
    """Return the rows of `_columns`: which header fed which field."""
    rows = [
        {
            "file_name": read.table.sheet.file_name,
            "sheet_name": read.table.sheet.name,
            "dataset": column.field.dataset,
            "field": column.field.name,
            "column_name": column.name,
        }
        for read in batch.tables
        for column in read.table.columns
    ] + [
        {
            "file_name": read.table.sheet.file_name,
            "sheet_name": read.table.sheet.name,
            "dataset": SCORES,
            "field": subject.name,
            "column_name": subject.header,
        }
        for read in batch.tables
        for subject in read.table.subjects
    ]
    schema = {name: dtype for name, dtype in SCHEMAS["_columns"].items() if name != "import_id"}
    return pl.DataFrame(rows, schema=schema)


def issue_rows(batch: Batch) -> pl.DataFrame:
    """Return the rows of `_issues`."""
    schema = {name: dtype for name, dtype in SCHEMAS["_issues"].items() if name != "import_id"}
    return pl.DataFrame(
        [{name: getattr(found, name) for name in schema} for found in batch.issues], schema=schema
    )
