"""From tables to frames that may land: contradictions and doubtful schools refused, repeats counted once."""

from __future__ import annotations

import polars as pl

from warehouse.imports import compare, conflicts, resolve, score_compare
from warehouse.imports.batch import Batch, title_of
from warehouse.imports.body import counties
from warehouse.imports.checks import warnings_of
from warehouse.imports.emit import KEYED_ONLY, landing_rows
from warehouse.imports.exams import SCORES
from warehouse.imports.knowledge import school_aliases
from warehouse.imports.reading import FAULTS, ReadTable, school_column
from warehouse.imports.report import issue
from warehouse.imports.score_frames import settle_scores
from warehouse.landing import landed
from warehouse.schemas import CELL_DATASETS, DATASETS

ID_LENGTH = 15


def settle(batch: Batch) -> None:
    """Fill `batch.frames`, `batch.refused` and `batch.issues` from the tables read."""
    batch.add_faults(pl.concat([pl.DataFrame(schema=FAULTS), *(read.faults for read in batch.tables)]))
    gathered = {name: _gather(batch, name) for name in DATASETS if name != SCORES}
    frames = {name: rows for name, rows in gathered.items() if rows is not None}
    register = _register(batch, frames)
    frames = _resolve(batch, frames, register)
    for name in CELL_DATASETS:
        if name in frames:
            frames[name] = conflicts.settle_shared_counts(frames[name])
    for name, rows in frames.items():
        batch.add_faults(conflicts.conflicts(rows, name))
    for name, rows in frames.items():
        batch.frames[name] = _merge(batch, name, batch.without_refused(rows))
    settle_scores(batch, register)
    for name, rows in batch.frames.items():
        batch.add_faults(warnings_of(name, rows))
    _say_faults(batch)
    for read in batch.tables:
        _note_table(batch, read)
    _note_lost_fields(batch)


def _gather(batch: Batch, dataset: str) -> pl.DataFrame | None:
    reads = [read for read in batch.tables if dataset in read.table.datasets and read.rows_read]
    parts = [landing_rows(read, dataset, partial=batch.settings.partial) for read in reads]
    if not parts:
        return None
    rows = compare.with_all_columns(pl.concat(parts, how="diagonal_relaxed"), dataset)
    official = [read.number for read in reads if read.table.layout]
    return batch.without_refused(rows).with_columns(pl.col("table").is_in(official).alias("official"))


def _register(batch: Batch, frames: dict[str, pl.DataFrame]) -> resolve.Register:
    known = [landed(batch.home, "schools")]
    if "schools" in frames:
        frames["schools"], warned = resolve.with_register_codes(
            frames["schools"], resolve.names_of(known), "school_code"
        )
        batch.add_faults(warned)
        known.append(frames["schools"])
    register = resolve.names_of(known)
    batch.register = register
    register.add_aliases(school_aliases(batch.home))
    return register


def _resolve(
    batch: Batch, frames: dict[str, pl.DataFrame], register: resolve.Register
) -> dict[str, pl.DataFrame]:
    """Put back zeros the register shows and refuse names that several schools share."""
    for name, column in resolve.REFERRING:
        if name in frames and column in frames[name].columns:
            frames[name], warned = resolve.with_register_codes(frames[name], register, column)
            doubtful = resolve.ambiguous(frames[name], register, column)
            found = pl.concat([warned, doubtful])
            batch.add_faults(_under_own_header(batch, found) if column == "school_ref" else found)
    return {name: batch.without_refused(rows) for name, rows in frames.items()}


def _under_own_header(batch: Batch, faults: pl.DataFrame) -> pl.DataFrame:
    """Name the column as the sheet does: the school's code or name."""
    headers = {read.number: column.name for read in batch.tables if (column := school_column(read.table))}
    own = pl.col("table").replace_strict(headers, default=None, return_dtype=pl.String)
    return faults.with_columns(pl.coalesce(own, "column_name").alias("column_name"))


def _merge(batch: Batch, dataset: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Keep one row a key and note rows of our own sheets that only repeat others."""
    if dataset in conflicts.ORDERED:
        return conflicts.with_ordinals(rows, dataset)
    kept, repeated = conflicts.merged(rows, dataset)
    repeated = repeated.filter(~pl.col("official"))
    batch.note_repeats(repeated.join(kept, on=["table", "row_number"], how="anti"), dataset)
    return kept


def _say_faults(batch: Batch) -> None:
    """Put every fault into words, with the school and year of its row."""
    for mine in batch.faults.sort("table", maintain_order=True).partition_by("table", maintain_order=True):
        read = batch.tables[mine["table"][0]]
        who = read.values.select(pl.col("row_number").cast(pl.UInt32), "school_ref", "school_year")
        personal = {
            column.name: column.field.dataset == SCORES
            for column in read.table.columns
            if column.field.kind == "person"
        }
        datasets = {column.name: column.field.dataset for column in read.table.columns}
        for row in (
            mine.unique(maintain_order=True).join(who, on="row_number", how="left").iter_rows(named=True)
        ):
            batch.issues.append(
                issue(
                    row["rule_code"],
                    file_name=read.table.sheet.file_name,
                    sheet_name=read.table.sheet.name or None,
                    row_number=row["row_number"],
                    column_name=row["column_name"],
                    raw_value=_shown(row["raw_value"], personal.get(row["column_name"])),
                    dataset=datasets.get(row["column_name"], read.table.datasets[0]),
                    school_ref=row["school_ref"],
                    school_year=row["school_year"],
                    detail=row["detail"] or "",
                )
            )


def _shown(raw: str | None, pupil: bool | None) -> str | None:
    """Return a cell as issues may show it: no pupil's number, an ID number without its birthday.

    `pupil` is None where the cell names nobody.
    """
    if raw and pupil:
        return "***"
    if raw and pupil is False and len(raw) >= ID_LENGTH:
        return f"{raw[:6]}{'*' * (len(raw) - 10)}{raw[-4:]}"
    return raw


def _note_table(batch: Batch, read: ReadTable) -> None:
    """Note what was decided about a sheet that its reader should know."""
    table, sheet = read.table, read.table.sheet
    dataset = table.datasets[0]
    if not read.rows_read:
        batch.note_sheet("D110", sheet, nearest=title_of(table.dataset), dataset=dataset)
    for name, header in table.doubled:
        batch.note_sheet("D108", sheet, column_name=name, detail=header, dataset=dataset)
    for name, bracket in table.odd_units:
        batch.note_sheet("D117", sheet, column_name=name, detail=bracket, dataset=dataset)
    for column, count in read.filled:
        batch.note_sheet("D112", sheet, column_name=column.name, detail=count, dataset=dataset)
    for column in read.defaulted:
        batch.note_sheet(
            "D130", sheet, nearest=column.field.header, detail=column.field.default, dataset=dataset
        )
    for name, count in read.doubtful_months:
        batch.note_sheet("D224", sheet, column_name=name, detail=count, dataset=dataset)
    hidden = read.raw["row_number"].is_in(sorted(sheet.marks.hidden_rows)).sum()
    if hidden:
        batch.note_sheet("D123", sheet, detail=hidden, dataset=dataset)
    if sheet.marks.without_result:
        batch.note_sheet("D128", sheet, detail=sheet.marks.without_result, dataset=dataset)
    named = [] if read.skipped else counties(table)
    if len(named) > 1:
        batch.note_sheet("D129", sheet, detail="、".join(named[:12]), dataset=dataset)
    if read.skipped:
        batch.note_sheet("D124", sheet, detail=read.skipped, dataset=dataset)
    for subject in table.subjects:
        if not subject.is_known:
            batch.note_sheet("D257", sheet, column_name=subject.header, detail=subject.name, dataset=dataset)
    if read.year_source == "file":
        batch.note_sheet("D111", sheet, detail=read.values["school_year"].first(), dataset=dataset)


def _note_lost_fields(batch: Batch) -> None:
    """Warn of figures that replacing whole schools would take away."""
    if batch.settings.partial:
        return
    _note_lost_subjects(batch)
    for dataset, rows in batch.frames.items():
        if rows.is_empty() or dataset in {*KEYED_ONLY, "exam_groups", SCORES}:
            continue
        rows = batch.register.meant(rows)
        counting = compare.effective(
            batch.home, dataset, rows["school_year"].unique().to_list(), batch.register
        )
        given = set[str]().union(*(read.given(dataset) for read in batch.tables))
        lost = compare.lost_fields(counting, rows, dataset, given)
        if lost:
            fields = batch.knowledge.fields[dataset]
            names = "、".join(fields[name].header if name in fields else name for name in lost)
            first = batch.tables[rows["table"][0]].table.sheet
            batch.note_sheet("D114", first, detail=names, dataset=dataset)


def _note_lost_subjects(batch: Batch) -> None:
    groups = batch.frames.get("exam_groups")
    if groups is None or groups.is_empty():
        return
    groups = batch.register.meant(groups)
    lost = score_compare.lost_subjects(score_compare.counting(batch.home, groups, batch.register), groups)
    if lost:
        first = batch.tables[groups["table"][0]].table.sheet
        batch.note_sheet("D114", first, detail="、".join(lost), dataset=SCORES)
