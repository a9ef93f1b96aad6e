"""Findings to send back: one workbook, a sheet a school, every cell of text written as text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from warehouse.errors import JunhengError

FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
"""What no file name on Windows may hold."""
LONGEST_NAME = 31
COLUMNS = {
    "severity": ("程度", "Severity", 8),
    "message": ("问题和怎么办", "What is wrong and what to do", 70),
    "file_name": ("文件", "File", 28),
    "sheet_name": ("工作表", "Sheet", 16),
    "row_number": ("行", "Row", 6),
    "column_name": ("列", "Column", 24),
    "raw_value": ("原始内容", "As written", 18),
    "school_year": ("学年", "School year", 10),
    "rule_code": ("规则", "Rule", 8),
}
"""Headings in both languages and widths in characters."""
SEVERITIES = {"error": ("错误", "error"), "warning": ("提示", "warning")}
NOBODY = ("不属于某一所学校", "No single school")
SUMMARY = (
    ("目录", "学校", "标识码", "问题数", "工作表"),
    ("Contents", "School", "Code", "Findings", "Sheet"),
)


def workbook(issues: pl.DataFrame, language: str) -> bytes:
    """Return the findings (rows of `records.issues`) as an Excel file: contents, then a sheet a school."""
    at = 1 if language == "en" else 0
    target = io.BytesIO()
    # Text stays text: a value such as =1+1 in a source file must not run where the workbook is opened.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        title, *heads = SUMMARY[at]
        contents = book.add_worksheet(title)
        contents.set_column(0, 3, 24)
        contents.write_row(0, 0, heads, bold)
        contents.freeze_panes(1, 0)
        for line, (name, code, sheet, rows) in enumerate(_schools(issues, title, at), start=1):
            for column, text in enumerate((name, code)):
                contents.write_string(line, column, text)
            contents.write_number(line, 2, len(rows))
            contents.write_string(line, 3, sheet)
            _fill(book.add_worksheet(sheet), rows, at, bold, wrapped)
    return target.getvalue()


def workbooks(issues: pl.DataFrame, language: str) -> Iterator[tuple[str, bytes]]:
    """Yield a file name and an Excel file for each school, those of no single school together."""
    at = 1 if language == "en" else 0
    parts = issues.partition_by("school_code", maintain_order=True) if issues.height else []
    for part in sorted(parts, key=lambda rows: -rows.height):
        code, known = part["school_code"][0], part["school_name"].drop_nulls()
        name = NOBODY[at] if code is None else f"{known[0] if known.len() else ''}_{code}".lstrip("_")
        yield f"{UNSAFE.sub(' ', name).strip()}.xlsx", workbook(part, language)


def archive(issues: pl.DataFrame, language: str) -> bytes:
    """Return a zip with an Excel file a school."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in workbooks(issues, language):
            target.writestr(name, content)
    return packed.getvalue()


def write(issues: pl.DataFrame, out: Path, language: str) -> list[Path]:
    """Write the findings where `out` says: .xlsx a sheet a school, .zip or folder a file a school."""
    kind = out.suffix.lower()
    try:
        if kind in (".xlsx", ".zip"):
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_bytes(workbook(issues, language) if kind == ".xlsx" else archive(issues, language))
            return [out]
        out.mkdir(parents=True, exist_ok=True)
        written = []
        for name, content in workbooks(issues, language):
            (out / name).write_bytes(content)
            written.append(out / name)
        return written
    except OSError as error:
        reason = error.strerror or str(error)
        raise JunhengError(
            f"无法写入 {out}（{reason}）。请检查文件夹是否可写、文件是否正在 Excel 中打开。",
            f"{out} cannot be written ({reason}). Check the folder, and that the file is not open in Excel.",
        ) from error


def _schools(
    issues: pl.DataFrame, taken: str, at: int
) -> Iterator[tuple[str, str, str, list[dict[str, Any]]]]:
    """Yield name, code, sheet name and rows of each school, most findings first."""
    used = {taken.lower()}
    parts = issues.partition_by("school_code", maintain_order=True) if issues.height else []
    for part in sorted(parts, key=lambda rows: -rows.height):
        code = part["school_code"][0]
        known = part["school_name"].drop_nulls()
        name = NOBODY[at] if code is None else str(known[0] if known.len() else code)
        yield name, code or "", _sheet_name(name, code or "", used), part.to_dicts()


def _sheet_name(name: str, code: str, used: set[str]) -> str:
    """Return a name Excel takes; two schools of one name are told apart by their codes."""
    plain = FORBIDDEN.sub(" ", name).strip() or "-"
    tries = [plain, f"{plain[: LONGEST_NAME - 12]} {FORBIDDEN.sub(' ', code)[-10:]}"]
    tries += [f"{plain[: LONGEST_NAME - 5]} {number}" for number in range(2, len(used) + 3)]
    found = next(text for wish in tries if (text := wish[:LONGEST_NAME]).lower() not in used)
    used.add(found.lower())
    return found


def _fill(sheet: Any, rows: list[dict[str, Any]], at: int, bold: Any, wrapped: Any) -> None:
    sheet.freeze_panes(1, 0)
    for column, (field, (*heads, width)) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, str(heads[at]), bold)
        for line, row in enumerate(rows, start=1):
            value = row[("message_zh", "message_en")[at]] if field == "message" else row[field]
            if field == "severity":
                value = SEVERITIES.get(str(value), (value, value))[at]
            if isinstance(value, int):
                sheet.write_number(line, column, value, wrapped)
            elif value is not None:
                sheet.write_string(line, column, str(value), wrapped)
