"""Names that a spreadsheet would run, or that would break a file, are text in every document."""

from __future__ import annotations

import io
from zipfile import ZipFile

import openpyxl
import polars as pl
import pytest

from reports.facts import Facts
from reports.numbers import written
from reports.safe import plain
from tests.reports.reading import golden, lines
from tests.reports.write import DOCUMENTS

NAME = '=HYPERLINK("http://x","<&>{{ 7*7 }}\x07")'


def hostile() -> Facts:
    facts = golden()
    renamed = facts.frames["dim_school"].with_columns(pl.lit(NAME).alias("school_name"))
    return Facts({**facts.frames, "dim_school": renamed}, facts.basis)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_hostile_name_stays_text(name: str) -> None:
    paper = DOCUMENTS[name](hostile())
    said = "\n".join(lines(paper))
    assert "{{ 7*7 }}" in said or name in ("quality", "report")
    assert "49" not in [line.split("\t")[-1] for line in said.splitlines()]
    if paper.suffix == ".xlsx":
        book = openpyxl.load_workbook(io.BytesIO(paper.content))
        texts = [c.value for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "s"]
        assert not [text for text in texts if str(text).startswith(("=", "+", "-", "@", "\t"))]
        formulas = [c.value for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        assert not [one for one in formulas if "HYPERLINK" in str(getattr(one, "text", one))]
        with ZipFile(io.BytesIO(paper.content)) as archive:
            assert not [member for member in archive.namelist() if "external" in member.lower()]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("-5", "'-5"),
        ("-", "-"),
        ("河口小学", "河口小学"),
    ],
)
def test_what_might_run_gets_an_apostrophe(text: str, safe: str) -> None:
    assert plain(text) == safe


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (0.125, "value", "0.13"),
        (2.675, "value", "2.68"),
        (4.496666, "value", "4.50"),
        (0.4995, "coefficient", "0.500"),
        (0.9995, "percent", "100.0%"),
        (0.85, "percent", "85.0%"),
        (326_451, "people", "32.65"),
        (0.1, "amount", "1"),
        (3.0000000004, "amount", "3"),
        (1234.5, "count", "1,235"),
        (-0.001, "value", "0.00"),
        (None, "value", "—"),
    ],
)
def test_figures_round_half_up_as_on_the_form(value: float | None, kind: str, said: str) -> None:
    assert written(value, kind) == said
