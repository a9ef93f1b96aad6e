"""One call of import, from paths to landing: read, settle, judge, land."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from warehouse import landing
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.imports import outcome, sources
from warehouse.imports.batch import Batch
from warehouse.imports.body import counties, is_county
from warehouse.imports.errors_workbook import write_error_workbook
from warehouse.imports.exams import SCORES
from warehouse.imports.form_rows import FORMS
from warehouse.imports.forms import take_forms
from warehouse.imports.headers import find_table, seen_headers
from warehouse.imports.knowledge import DATASET_TITLES, Knowledge, keeps_score_files, load
from warehouse.imports.package import active_content
from warehouse.imports.reading import Settings, read_table
from warehouse.imports.report import ImportReport
from warehouse.imports.scores import read_scores
from warehouse.imports.settle import settle
from warehouse.imports.sheets import Sheet, UnreadableError, read_sheets
from warehouse.imports.text import squeeze
from warehouse.locks import held
from warehouse.pupils import key_of, mark_of

Progress = Callable[[str], None]
GUIDE_SHEETS = {"填写说明"}
MULTIPLES = set("十百千万亿")


def import_paths(
    home: Home,
    paths: Sequence[Path | str],
    *,
    dataset: str | None = None,
    school_year: int | None = None,
    constants: Mapping[str, str] | None = None,
    partial: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import files, folders and zips as one import; land what is valid, name what is not.

    `dataset` is a dataset's code, its Chinese name or a layout's name; `constants` gives columns
    that sheets lack, by Chinese name, alias or field. With `partial` landed rows replace key by
    key, else whole schools and years. Raises `JunhengError` (exit code 1) when nothing in the
    call could be recognised, and (2) for a path that does not exist or an unknown name.
    """
    knowledge = load(home)
    settings = Settings(
        _dataset(dataset, knowledge), school_year, _constants(constants or {}, knowledge), partial
    )
    with held(home, "import"):
        landing.ensure_landing(home)
        batch = Batch(home, knowledge, settings)
        for source, sheets in _files(batch, paths, progress):
            for sheet in take_forms(batch, sheets):
                _take(batch, sheet)
            if not dry_run and (source.file_hash not in batch.personal or keeps_score_files(home)):
                sources.keep(home, source)
        if not batch.recognised:
            raise _nothing_recognised(batch)
        settle(batch)
        return _conclude(batch, dry_run=dry_run)


def _dataset(name: str | None, knowledge: Knowledge) -> str | None:
    """Accept a dataset's code, its Chinese title, or a layout's name."""
    if name is None:
        return None
    titles = {zh: code for code, (zh, _) in DATASET_TITLES.items()}
    found = titles.get(name, name)
    layouts = [*knowledge.layouts, FORMS]
    if found in knowledge.fields or found in layouts:
        return found
    known = "、".join([*(f"{code}（{zh}）" for zh, code in titles.items()), *layouts])
    raise JunhengError(f"没有“{name}”这个数据集。可用：{known}。", f"No dataset “{name}”. Known: {known}.", 2)


def _constants(constants: Mapping[str, str], knowledge: Knowledge) -> dict[str, str]:
    """Refuse a constant for a column that no dataset has."""
    known = {
        name for fields in knowledge.fields.values() for f in fields.values() for name in (f.name, *f.labels)
    }
    for name in constants:
        if squeeze(name) not in known:
            raise JunhengError(
                f"--set 的列“{name}”不是任何数据集的列。请用模板里的列名。",
                f"--set: no dataset has a column “{name}”. Use a column name of the templates.",
                exit_code=2,
            )
    return {squeeze(name): value for name, value in constants.items()}


def _files(
    batch: Batch, paths: Sequence[Path | str], progress: Progress | None
) -> Iterator[tuple[sources.Source, list[Sheet]]]:
    """Yield every file and its sheets once, noting what cannot be read; of a damaged file nothing is."""
    seen: dict[str, str] = {}
    for source in sources.collect(paths):
        if isinstance(source, sources.Unread):
            batch.note_file(source.rule, source.name, source.detail)
            continue
        if source.file_hash in seen:
            batch.note_file("D109", source.name, seen[source.file_hash])
            continue
        seen[source.file_hash] = source.name
        if progress:
            progress(source.name)
        try:
            sheets = list(read_sheets(source))
            if not sheets:
                batch.note_file("D132", source.name)
        except UnreadableError as fault:
            batch.note_file(fault.rule, source.name, str(fault))
            sheets = []
        yield source, sheets
        if found := active_content(source.content):
            batch.note_file("D127", source.name, found)


def _take(batch: Batch, sheet: Sheet) -> None:
    """Find out what a sheet is and read it, or say why not."""
    if sheet.name in GUIDE_SHEETS:
        batch.guides += 1
        return
    if sheet.hidden:
        batch.note_sheet("D104", sheet)
        return
    knowledge = batch.knowledge
    table = find_table(sheet, knowledge, batch.settings.constants, batch.settings.dataset)
    if table is None:
        batch.note_unknown(sheet, None, seen_headers(sheet))
    elif table.lacking or (table.layout and not (table.stage or table.staged) and not table.entitled):
        batch.note_unknown(sheet, table, seen_headers(sheet))
    elif table.layout and not table.stage and not table.staged:
        batch.refuse_sheet("D107", table)
    elif (named := counties(table)) and not _is_ours(named, knowledge.county):
        batch.refuse_sheet("D125", table, detail="、".join(named[:12]))
    elif scaled := [(name, unit) for name, unit in table.odd_units if set(unit) & MULTIPLES]:
        batch.refuse_sheet("D118", table, *scaled[0])
    else:
        read = read_table(table, len(batch.tables), knowledge, batch.settings)
        if table.dataset == SCORES:
            read_scores(read, knowledge, key_of(batch.home))
            _note_new_key(batch, sheet)
        batch.take(read)


def _note_new_key(batch: Batch, sheet: Sheet) -> None:
    """Say, once a call, that scores landed earlier used another key."""
    used = set(landing.landed(batch.home, "exam_groups")["key_mark"])
    said = any(issue.rule_code == "D258" for issue in batch.issues)
    if not said and used - {mark_of(key_of(batch.home))}:
        batch.note_sheet("D258", sheet, dataset=SCORES)


def _is_ours(named: list[str], county: str) -> bool:
    """False where a file of several counties leaves out the one whose data this is."""
    return len(named) == 1 or not county or any(is_county(name, county) for name in named)


def _nothing_recognised(batch: Batch) -> JunhengError:
    """Say what was seen instead, sheet by sheet."""
    zh = "\n".join(issue.message_zh for issue in batch.issues[:10])
    en = "\n".join(issue.message_en for issue in batch.issues[:10])
    return JunhengError(
        f"没有认出任何可以导入的表，什么也没有导入。\n{zh}".rstrip(),
        f"No sheet was recognised; nothing was imported.\n{en}".rstrip(),
    )


def _conclude(batch: Batch, *, dry_run: bool) -> ImportReport:
    """Land the batch unless it changes nothing; write the error workbook either way."""
    unchanged = outcome.changes_nothing(batch)
    import_id = None if unchanged or dry_run else landing.next_import_id(batch.home)
    name = import_id or ("dry_run" if dry_run else outcome.earlier_import(batch) or "unchanged")
    workbook = write_error_workbook(batch, batch.home.errors / f"{name}.xlsx")
    if import_id:
        landing.commit_import(batch.home, import_id, _frames(batch, import_id))
    return ImportReport(
        import_id, outcome.source_reports(batch), batch.issues, workbook, unchanged, batch.refused_rows
    )


def _frames(batch: Batch, import_id: str) -> dict[str, pl.DataFrame]:
    now = datetime.now(UTC).replace(tzinfo=None)
    registry = outcome.registry(batch).with_columns(
        pl.lit(now).alias("imported_at"), pl.lit(landing.sequence_of(import_id)).alias("import_seq")
    )
    frames = {name: rows for name, rows in batch.frames.items() if not rows.is_empty()}
    for name in {"exam_groups", SCORES} & set(frames):
        own = pl.col("group_id") + (landing.sequence_of(import_id) << landing.GROUP_BITS)
        frames[name] = frames[name].with_columns(own)
    return {
        **frames,
        "_columns": outcome.columns_used(batch),
        "_issues": outcome.issue_rows(batch),
        "_imports": registry,
    }
