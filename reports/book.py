"""A workbook for A4: cells that hold figures, formulas and text, and never a formula that came in as text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from reports.check import Claim, Paper
from reports.facts import Facts, Figure, basis_lines
from reports.numbers import FORMATS, MISSING, counted
from reports.safe import plain

FONT = "宋体"
SHADES = {"below": "#F6DAD7", "near": "#FBE9C8", "missing": "#E9ECEF", "not_met": "#F6DAD7"}
"""Fills of cells that fail; each has a sign beside its figure as well."""
SIGNS = {"below": "○", "near": "◐", "not_met": "○"}
STATUS_OF = {"not_compliant": "not_met", "incomplete": "missing"}
A4 = 9
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": FONT, "font_size": 10},
}
"""Columns are as wide as so many digits of the default font, so it is one that every office has."""
Cell = Figure | str | int | float | None


class Book:
    """A workbook in the making and the figures it claims."""

    def __init__(self, facts: Facts, title: str) -> None:
        self.facts, self.title = facts, title
        self.target = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.target, OPTIONS)
        self.book.set_properties({"title": title, "comments": "\n".join(basis_lines(facts))})
        self.book.set_calc_mode("auto")
        self.claims: list[Claim] = []
        self.formats: dict[tuple[Any, ...], Any] = {}

    def look(self, **wish: Any) -> Any:
        """Return a cell format, made once."""
        key = tuple(sorted(wish.items()))
        if key not in self.formats:
            base = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
            self.formats[key] = self.book.add_format(base | wish)
        return self.formats[key]

    def page(
        self,
        name: str,
        title: str,
        widths: Sequence[float],
        *,
        repeat: tuple[int, int],
        wide: bool = True,
        across: int = 1,
    ) -> Sheet:
        """Add a sheet that prints on A4, its headers on every page, its pages numbered.

        One too wide for readable type goes `across` several pages, its first three columns on each.
        """
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(A4)
        (sheet.set_landscape if wide else sheet.set_portrait)()
        sheet.fit_to_pages(across, 0)
        if across > 1:
            sheet.repeat_columns(0, 2)
        sheet.set_margins(left=0.3, right=0.3, top=0.6, bottom=0.7)
        basis = self.facts.basis
        sheet.set_footer(
            f"&L&8快照 {basis.snapshot_id} · {self.facts.standard['short_zh']}"
            f" · {basis.made_on} · 均衡 {basis.software}"
            f"&C&8{name}&R&8第 &P 页，共 &N 页"
        )
        sheet.repeat_rows(*repeat)
        sheet.hide_gridlines(2)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        last = len(widths) - 1
        sheet.merge_range(
            0, 0, 0, last, title, self.look(bold=True, font_size=15, align="center", font_name="黑体")
        )
        sheet.set_row(0, 28)
        return Sheet(self, sheet, name, last)

    def close(self) -> Paper:
        """Finish the file."""
        self.book.close()
        return Paper(".xlsx", self.target.getvalue(), tuple(self.claims))


class Sheet:
    """One sheet of a book."""

    def __init__(self, book: Book, sheet: Any, name: str, last: int) -> None:
        self.book, self.sheet, self.name, self.last = book, sheet, name, last

    def line(self, row: int, text: str, **wish: Any) -> None:
        """Write a line of text over the whole width."""
        look = self.book.look(**({"font_size": 9, "text_wrap": True, "align": "left"} | wish))
        self.sheet.merge_range(row, 0, row, self.last, "", look)
        self.sheet.write_string(row, 0, plain(text), look)

    def head(self, row: int, column: int, text: str, *, down: int = 0, right: int = 0) -> None:
        """Write a heading, over several cells where it spans them."""
        look = self.book.look(
            bold=True, border=1, align="center", text_wrap=True, bg_color="#EEF1F4", font_size=9
        )
        if down or right:
            self.sheet.merge_range(row, column, row + down, column + right, text, look)
        else:
            self.sheet.write_string(row, column, text, look)

    def put(
        self,
        row: int,
        column: int,
        cell: Cell,
        *,
        status: str = "",
        formula: str = "",
        over: int = 0,
        **wish: Any,
    ) -> None:
        """Write one cell: a figure with its number format, shade and sign, or text as text.

        A text may stand `over` the columns up to that one.
        """
        status = STATUS_OF.get(status, status)
        wish = (
            {"border": 1, "font_size": 9} | wish | ({"bg_color": SHADES[status]} if status in SHADES else {})
        )
        if isinstance(cell, Figure):
            self.book.claims.append(Claim((self.name, row, column), cell))
            if isinstance(cell.value, int | float):
                self._number(row, column, cell, formula, status, wish)
                return
            cell = cell.value
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            self.sheet.write_number(row, column, cell, self.book.look(**({"align": "center"} | wish)))
            return
        if cell is None:
            cell, wish = MISSING, {"align": "center"} | wish
        look = self.book.look(**({"text_wrap": True} | wish))
        if over:
            self.sheet.merge_range(row, column, row, over, "", look)
        self.sheet.write_string(row, column, plain(cell), look)

    def _number(
        self, row: int, column: int, cell: Figure, formula: str, status: str, wish: dict[str, Any]
    ) -> None:
        sign = f'" {SIGNS[status]}"' if status in SIGNS else ""
        value = counted(float(cell.value or 0), cell.kind)
        shown = "0" if cell.kind == "exact" and value.is_integer() else FORMATS[cell.kind]
        look = self.book.look(**{"align": "right", "num_format": shown + sign} | wish)
        if formula.startswith("{"):
            self.sheet.write_array_formula(row, column, row, column, formula, look, value)
        elif formula:
            self.sheet.write_formula(row, column, formula, look, value)
        else:
            self.sheet.write_number(row, column, value, look)

    def close(self, rows: int) -> None:
        """Print what was written and no more."""
        self.sheet.print_area(0, 0, max(rows, 1) - 1, self.last)

    def at(self, row: int, column: int) -> str:
        """Return a cell's address for formulas on other sheets."""
        return f"'{self.name}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def down(self, first: int, last: int, column: int) -> str:
        """Return the address of a column's stretch for formulas on other sheets."""
        return f"'{self.name}'!{xl_range_abs(first, column, last, column)}"
