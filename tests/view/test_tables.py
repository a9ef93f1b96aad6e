from __future__ import annotations

import csv
import io

import polars as pl
import pytest

from view import links, numbers, tables
from view.names import Names
from view.tables import Column

NAMES = Names(labels={("status", "met"): {"label_zh": "达标", "label_en": "Met", "symbol": "●"}})
COLUMNS = [
    Column("school_name", "学校", "school"),
    Column("status", "结论", "status", status_of="status"),
    Column("value", "数值", "number", "m²", 2, reason="why"),
    Column("share", "占比", "percent"),
    Column("need", "缺口", "amount", "元"),
    Column("change", "变化", "signed", decimals=2),
    Column("empty", "空"),
]
FRAME = pl.DataFrame(
    {
        "school_code": ["1", "2"],
        "school_name": ["甲<script>", "=cmd()"],
        "status": ["met", None],
        "value": [1234.5, None],
        "share": [0.5, 0.123],
        "need": [20_001.0, 0.0],
        "change": [-0.5, 0.25],
        "empty": [None, None],
        "why": [None, "缺：在校生数"],
    },
    schema_overrides={"empty": pl.String},
)


@pytest.fixture(autouse=True)
def no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "href", lambda page, **ids: f"{page}?school={ids.get('school')}")


def test_what_files_say_cannot_become_mark_up() -> None:
    assert "<script>" not in tables.table_html(FRAME.to_dicts(), COLUMNS, NAMES)


def test_a_missing_figure_is_a_dash_that_says_why() -> None:
    shown = tables.table_html(FRAME.to_dicts(), COLUMNS, NAMES)
    assert 'title="缺：在校生数"' in shown
    assert "None" not in shown


def test_download_gives_the_rows_and_columns_shown() -> None:
    content = tables.csv_bytes(FRAME, COLUMNS, NAMES)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == ["学校", "结论", "数值 (m²)", "占比 (%)", "缺口 (万元)", "变化"]
    assert rows[1] == ["甲<script>", "达标", "1234.50", "50.0", "2.1", "-0.50"]
    assert rows[2] == ["'=cmd()", "", "", "12.3", "0.0", "0.25"]
    assert len(rows) == 1 + FRAME.height


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (2.1, "人", "3 人"),
        (3.0000000001, "人", "3 人"),
        (0.2, "间", "1 间"),
        (9_999.2, "元", "10,000 元"),
        (123_456.0, "元", "12.4 万元"),
        (None, "人", "—"),
    ],
)
def test_needs_are_rounded_up_and_large_sums_told_in_their_larger_unit(
    value: float | None, unit: str, written: str
) -> None:
    assert numbers.need(value, unit).replace("\u202f", " ") == written
