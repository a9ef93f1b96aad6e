"""What an import tells: sources, issues in words of both languages, refused rows."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.home import SEEDS


@dataclass(frozen=True)
class Issue:
    """One fault or warning: where, which rule, and in words what to do."""

    rule_code: str
    severity: str
    message_zh: str
    message_en: str
    dataset: str | None = None
    school_ref: str | None = None
    school_year: int | None = None
    file_name: str | None = None
    sheet_name: str | None = None
    row_number: int | None = None
    column_name: str | None = None
    raw_value: str | None = None


@dataclass(frozen=True)
class SourceReport:
    """What became of one sheet, for one dataset it feeds."""

    file_name: str
    file_hash: str
    sheet_name: str
    dataset: str | None
    rows_read: int
    rows_landed: int
    rows_refused: int
    extra_columns: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ImportReport:
    """What one call did. `refused_rows` counts rows of files, each once, and files that cannot be opened."""

    import_id: str | None
    sources: list[SourceReport]
    issues: list[Issue]
    error_workbook: Path | None
    unchanged: bool
    refused_rows: int = 0


@cache
def rules() -> dict[str, dict[str, str]]:
    """Return seeds/rules.csv by rule code."""
    with (SEEDS / "rules.csv").open(encoding="utf-8", newline="") as file:
        return {row["rule_code"]: row for row in csv.DictReader(file)}


def issue(
    rule_code: str,
    *,
    file_name: str | None = None,
    sheet_name: str | None = None,
    row_number: int | None = None,
    column_name: str | None = None,
    raw_value: str | None = None,
    dataset: str | None = None,
    school_ref: str | None = None,
    school_year: int | None = None,
    **details: Any,
) -> Issue:
    """Put a rule into words: where, what is wrong, what to do. `details` fill the rule's own fields."""
    rule = rules()[rule_code]
    where_zh, where_en = _where(file_name, sheet_name, row_number, column_name)
    named = {"raw": raw_value or "", "column": column_name or "", "detail": "", **details}
    return Issue(
        rule_code,
        rule["severity"],
        rule["message_zh"].format(where=where_zh, **named) + rule["remedy_zh"],
        f"{rule['message_en'].format(where=where_en, **named)} {rule['remedy_en']}",
        dataset,
        school_ref,
        school_year,
        file_name,
        sheet_name,
        row_number,
        column_name,
        raw_value,
    )


def fault_words(rule_code: str, raw: str, column: str, detail: str) -> tuple[str, str, str]:
    """Return title, fault and remedy in Chinese, for the error workbook."""
    rule = rules()[rule_code]
    message = rule["message_zh"].format(where=column, raw=raw, column=column, detail=detail)
    return rule["title_zh"], message, rule["remedy_zh"]


def _where(file: str | None, sheet: str | None, row: int | None, column: str | None) -> tuple[str, str]:
    place = " › ".join(part for part in (file, sheet) if part)
    zh = f"{place} 第 {row} 行" if row else place
    en = f"{place}, row {row}" if row else place
    return (f"{zh}“{column}”", f"{en}, column “{column}”") if column else (zh, en)
