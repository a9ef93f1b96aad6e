"""The workbook of findings: a sheet a school, names Excel takes, text that stays text."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import fastexcel
import polars as pl

from tests.county import County
from warehouse.findings import COLUMNS, archive, workbook, write
from warehouse.home import Home


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


def test_a_file_a_school_named_by_school_and_code(tmp_path: Path) -> None:
    issues = pl.DataFrame(
        [row("1", "东/西", "a"), row("2", "同名小学", "b"), row("3", "同名小学", "c"), row(None, None, "d")],
        infer_schema_length=None,
    )
    names = {"东 西_1.xlsx", "同名小学_2.xlsx", "同名小学_3.xlsx", "不属于某一所学校.xlsx"}
    assert {path.name for path in write(issues, tmp_path / "退回", "zh")} == names
    with zipfile.ZipFile(io.BytesIO(archive(issues, "zh"))) as packed:
        assert set(packed.namelist()) == names
        book = fastexcel.read_excel(packed.read("同名小学_3.xlsx"))
    assert book.sheet_names == ["目录", "同名小学"]
    assert book.load_sheet(1).to_polars()["原始内容"].to_list() == ["c"]


def test_the_command_filters_counts_and_writes(golden_home: Home, tmp_path: Path) -> None:
    county = County(golden_home.root)
    every = json.loads(county.run("findings", "--json").stdout)
    rule = every[0]["rule_code"]
    some = json.loads(county.run("findings", "--rule", rule, "--json").stdout)
    assert some == [item for item in every if item["rule_code"] == rule]
    assert f"共 {len(every)} 条。" in county.run("findings").stdout
    county.run("findings", "--out", tmp_path / "全部.xlsx")
    book = fastexcel.read_excel(tmp_path / "全部.xlsx")
    assert sum(book.load_sheet(0).to_polars()["问题数"]) == len(every)
