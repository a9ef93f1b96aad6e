"""The cross-check: what a written file says, figure by figure, against rows read afresh."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import docx
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from reports.facts import Facts, Figure
from reports.numbers import counted, written
from reports.safe import plain

FIGURE_STYLE = "Figure"
"""The character style of every figure in a Word file, by which it is found again."""
Place = tuple[str, int, int]


@dataclass(frozen=True)
class Claim:
    """A figure and where it was written: a sheet's cell, or in a Word file the how-manieth figure."""

    place: Place
    figure: Figure

    @property
    def where(self) -> str:
        """The place as a reader finds it."""
        sheet, row, column = self.place
        return f"{sheet}!{_letters(column)}{row + 1}" if sheet else f"第 {row + 1} 个数字"


@dataclass(frozen=True)
class Paper:
    """A finished document: its bytes and the figures it claims to hold."""

    suffix: str
    content: bytes
    claims: Sequence[Claim]
    drawn: Sequence[Figure] = ()
    """What its charts draw."""


@dataclass(frozen=True)
class Mismatch:
    """A figure of a file that is not the snapshot's."""

    where: str
    found: str
    expected: str


def mismatches(paper: Paper, fresh: Facts) -> list[Mismatch]:
    """Read the file again and compare each of its figures with the same row of `fresh`."""
    read = _workbook if paper.suffix == ".xlsx" else _document
    return [*read(paper, fresh), *_charts(paper, fresh)]


def _charts(paper: Paper, fresh: Facts) -> list[Mismatch]:
    """Compare what went into the charts: a picture cannot be read back."""
    return [
        Mismatch(
            f"图：{'、'.join(map(str, one.key))}", written(one.value, "exact"), written(expected, "exact")
        )
        for one in paper.drawn
        if (expected := _expected(one, fresh)) != one.value
    ]


def _expected(figure: Figure, fresh: Facts) -> float | str | None:
    value = fresh.row(figure.table, *figure.key).get(figure.field)
    return value if value is None or isinstance(value, str) else float(value)


def _workbook(paper: Paper, fresh: Facts) -> list[Mismatch]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(paper.content))
    cells = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    wrong = []
    for claim in paper.claims:
        sheet, row, column = claim.place
        lines = cells.get(sheet, [])
        found = lines[row][column] if row < len(lines) and column < len(lines[row]) else ""
        expected = _expected(claim.figure, fresh)
        if isinstance(expected, float):
            expected = counted(expected, claim.figure.kind)
        if not _same(found, expected):
            wrong.append(Mismatch(claim.where, str(found), written(expected, "exact")))
    return wrong


def _same(found: object, expected: float | str | None) -> bool:
    if expected is None or isinstance(expected, str):
        return found == plain(written(expected, "text"))
    return isinstance(found, int | float) and math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-12)


def figures_in(content: bytes) -> list[str]:
    """Return the text of every figure of a Word file, in the order they stand."""
    body = docx.Document(io.BytesIO(content)).element.body
    runs = body.iter(qn("w:rStyle"))
    return [
        "".join(text.text or "" for text in style.getparent().getparent().iter(qn("w:t")))
        for style in runs
        if style.get(qn("w:val")) == FIGURE_STYLE
    ]


def _document(paper: Paper, fresh: Facts) -> list[Mismatch]:
    found = figures_in(paper.content)
    if len(found) != len(paper.claims):
        return [Mismatch("全文", f"{len(found)} 个数字", f"{len(paper.claims)} 个数字")]
    pairs = (
        (claim, text, written(_expected(claim.figure, fresh), claim.figure.kind))
        for claim, text in zip(paper.claims, found, strict=True)
    )
    return [Mismatch(claim.where, text, expected) for claim, text, expected in pairs if text != expected]


def _letters(column: int) -> str:
    """Return a column as Excel names it."""
    head, last = divmod(column, 26)
    return (_letters(head - 1) if head else "") + chr(65 + last)
