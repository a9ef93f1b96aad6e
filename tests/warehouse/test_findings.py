"""The workbook of findings: a sheet a school, names Excel takes, text that stays text."""

from __future__ import annotations

import io

import fastexcel
import polars as pl

from warehouse.findings import COLUMNS, workbook


def row(code: str | None, name: str | None, raw: str) -> dict[str, object]:
    told = dict.fromkeys(COLUMNS) | {
        "severity": "error",
        "raw_value": raw,
        "row_number": 5,
        "rule_code": "D203",
    }
    told |= {"school_code": code, "school_name": name, "message_zh": "不是数", "message_en": "no number"}
    return {key: value for key, value in told.items() if key != "message"}


def test_a_sheet_a_school_and_nothing_runs() -> None:
    issues = pl.DataFrame(
        [
            row("1", "东/西[小学]", "=1+1"),
            row("1", "东/西[小学]", "约四百"),
            row("2", "同名小学", "@x"),
            row("3", "同名小学", "-"),
            row(None, None, "?"),
        ],
        infer_schema_length=None,
    )
    book = fastexcel.read_excel(workbook(issues, "zh"))
    assert book.sheet_names[0] == "目录"
    assert len(book.sheet_names) == 5
    assert "不属于某一所学校" in book.sheet_names
    sheet = book.load_sheet(1).to_polars()
    assert sheet["原始内容"].to_list() == ["=1+1", "约四百"]
    assert sheet["问题和怎么办"].to_list() == ["不是数", "不是数"]
    english = fastexcel.read_excel(io.BytesIO(workbook(issues, "en")).getvalue())
    assert english.load_sheet(1).to_polars()["What is wrong and what to do"][0] == "no number"
