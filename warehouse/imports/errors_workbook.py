"""The error workbook: refused rows as they came, fault and remedy beside each, to mend and import again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from warehouse.imports.batch import Batch
from warehouse.imports.layouts import STAGE_WORDS
from warehouse.imports.reading import ReadTable, supplied_value
from warehouse.imports.report import fault_words, rules

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FAULT_HEADERS = ("错误", "怎么改")
GUIDE = (
    "这里是被拒收的行，其余的行已经入库。",
    "按“错误”“怎么改”两列改好标色的单元格（两列本身不用删），保存后用 junheng import --partial 导入本文件。",
    "同一记录有两行的，留下对的一行，删去另一行。",
    "These rows were refused; all others have landed.",
    "Mend the coloured cells and import this file with: junheng import --partial",
)
SHEET_NAME_LENGTH = 31
_NUMBER = re.compile(r"^(0|[1-9]\d{0,14})(\.\d{1,9})?$")


def write_error_workbook(batch: Batch, path: Path) -> Path | None:
    """Write the refused rows of a batch to `path`, a sheet a source sheet; None when there are none.

    The header stands as in the source, titles above it included, and what the call supplied
    (学年, --set) is added as columns, so that the mended file can be imported by itself.
    """
    tables = [read for read in batch.tables if read.number in set(batch.refused["table"])]
    if not tables:
        return None
    # Imported where it is used: most imports refuse nothing.
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#EDEDED"})
        faulty = book.add_format({"bg_color": "#FFC7CE", "num_format": "@", "quote_prefix": True})
        text = book.add_format({"num_format": "@", "quote_prefix": True})
        names: set[str] = set()
        for read in tables:
            sheet = book.add_worksheet(_sheet_name(read, names))
            _write_header(sheet, read, batch, bold)
            _write_rows(sheet, read, batch, text, faulty)
        guide = book.add_worksheet("填写说明")
        for at, line in enumerate(GUIDE):
            guide.write_string(at, 0, line)
    return path


def _sheet_name(read: ReadTable, taken: set[str]) -> str:
    """Return a free sheet name that still says the stage, where only the file's name said it."""
    source = read.table.sheet
    name = re.sub(r"[\[\]:*?/\\']", "_", source.name or Path(source.file_name).stem) or "Sheet"
    stage = STAGE_WORDS[read.table.stage][0] if read.table.stage else ""
    base = name if not stage or stage in name else f"{stage}{name}"
    for at in range(1, 1000):
        mark = f" {at}" if at > 1 else ""
        found = f"{base[: SHEET_NAME_LENGTH - len(mark)]}{mark}"
        if found.lower() not in taken:
            taken.add(found.lower())
            return found
    return base[:SHEET_NAME_LENGTH]


def _supplied(read: ReadTable, batch: Batch) -> list[tuple[str, str]]:
    """Return header and value of each column that the sheet lacked."""
    constants = batch.settings.constants
    if read.cells is not None:
        who = read.values.select("school_ref", "school_year").row(0)
        return [("学校", who[0]), ("学年", str(who[1])), ("文件", read.table.sheet.file_name)]
    columns = [(c.field.header, supplied_value(c.field, constants)) for c in read.supplied]
    if read.year_source in {"option", "file"}:
        columns.append(("学年", str(read.values["school_year"].first())))
    return columns


def _write_header(sheet: Worksheet, read: ReadTable, batch: Batch, bold: Format) -> None:
    """Repeat the rows above the body as they stand; new headers go beside the first header row."""
    table = read.table
    for row, cells in enumerate(table.sheet.cells.head(table.body_top).iter_rows()):
        for column, value in enumerate(cells):
            if value:
                sheet.write_string(row, column, value, bold if row >= table.header_top else None)
    width = table.sheet.cells.width
    headers = [*FAULT_HEADERS, *(header for header, _ in _supplied(read, batch))]
    for at, header in enumerate(headers):
        sheet.write_string(table.header_top, width + at, header, bold)
    sheet.freeze_panes(table.body_top, 0)
    sheet.set_column(0, width - 1, 14)
    sheet.set_column(width, width + 1, 50)


def _write_rows(sheet: Worksheet, read: ReadTable, batch: Batch, text: Format, faulty: Format) -> None:
    refused = batch.refused.filter(pl.col("table") == read.number)["row_number"].implode()
    rows = read.raw.filter(pl.col("row_number").cast(pl.UInt32).is_in(refused))
    faults = _faults_by_row(read, batch)
    at_of = {column.name: column.at for column in read.table.columns}
    at_of |= {subject.header: subject.at for subject in read.table.subjects}
    figures = {column.at for column in read.table.columns if column.field.measured}
    figures |= {subject.at for subject in read.table.subjects}
    supplied = [value for _, value in _supplied(read, batch)]
    width = read.table.sheet.cells.width
    names = {column.at for column in read.table.columns if column.field.name == "student_name"}
    for offset, (number, *cells) in enumerate(rows.iter_rows()):
        row = read.table.body_top + offset
        mine = faults.get(number, [])
        wrong = {at_of.get(column, -1) for column, _, _ in mine}
        for at, value in enumerate(cells):
            if value is None and at not in wrong:
                continue
            style = faulty if at in wrong else text
            value = "***" if value and at in names else value
            if at in figures and value and _NUMBER.match(value):
                sheet.write_number(row, at, float(value), faulty if at in wrong else None)
            elif value is None:
                sheet.write_blank(row, at, None, style)
            else:
                sheet.write_string(row, at, value, style)
        said = ["；".join(dict.fromkeys(words)) for words in zip(*((f, r) for _, f, r in mine), strict=True)]
        for at, value in enumerate([*(said or ["", ""]), *supplied]):
            sheet.write_string(row, width + at, value, text)


def _faults_by_row(read: ReadTable, batch: Batch) -> dict[Any, list[tuple[str, str, str]]]:
    """Return for each refused row its faults: column, what is wrong, what to do."""
    found: dict[Any, list[tuple[str, str, str]]] = {}
    for fault in _errors(read, batch):
        column = fault["column_name"] or ""
        _, message, remedy = fault_words(
            fault["rule_code"], fault["raw_value"] or "", column, fault["detail"] or ""
        )
        found.setdefault(fault["row_number"], []).append((column, message, remedy))
    return found


def _errors(read: ReadTable, batch: Batch) -> Iterator[dict[str, Any]]:
    mine = batch.faults.filter(pl.col("table") == read.number).unique(maintain_order=True)
    for fault in mine.iter_rows(named=True):
        if rules()[fault["rule_code"]]["severity"] == "error":
            yield fault
