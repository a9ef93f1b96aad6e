"""Word's own mark-up as text: runs, paragraphs and tables, many at once without a slow object for each."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from reports.check import FIGURE_STYLE, Claim
from reports.facts import Figure
from reports.safe import BROKEN

Part = Figure | str
Parts = Sequence[Part]
TWIPS_A_CM = 567
SHADES = {
    "below": "F6DAD7",
    "not_met": "F6DAD7",
    "not_compliant": "F6DAD7",
    "near": "FBE9C8",
    "missing": "E9ECEF",
    "incomplete": "E9ECEF",
    "head": "EEF1F4",
}
"""Fills of cells by state; a state that is well has none."""
BLANK = "［请填写］"
"""What stands where only the bureau can say something."""


class Ink:
    """Writes parts as runs and keeps count of the figures written, in the order they stand."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []

    def runs(self, parts: Parts | Part, *, bold: bool = False) -> str:
        """Return the runs of a line: text as text, figures in their own style."""
        listed = [parts] if isinstance(parts, str | Figure) else parts
        return "".join(self._run(part, bold) for part in listed)

    def _run(self, part: Part, bold: bool) -> str:
        look = "<w:b/>" if bold else ""
        if isinstance(part, Figure):
            self.claims.append(Claim(("", len(self.claims), 0), part))
            look = f'<w:rStyle w:val="{FIGURE_STYLE}"/>{look}'
            part = part.text
        elif part == BLANK:
            look += '<w:highlight w:val="yellow"/>'
        properties = f"<w:rPr>{look}</w:rPr>" if look else ""
        lines = escape(BROKEN.sub(" ", part)).split("\n")
        inside = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
        return f"<w:r>{properties}{inside}</w:r>"

    def paragraph(self, parts: Parts | Part, style: str = "", *, bold: bool = False, more: str = "") -> str:
        """Return a paragraph; `more` are further properties of it."""
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
        return f"<w:p>{properties}{self.runs(parts, bold=bold)}</w:p>"

    def table(self, head: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[float]) -> str:
        """Return a table whose headings come again on every page; widths in cm."""
        twips = [round(width * TWIPS_A_CM) for width in widths]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
        top = self._row(
            [Cell(text, bold=True, shade="head", align="center") for text in head], twips, head=True
        )
        body = "".join(self._row(row, twips) for row in rows)
        return f"<w:tbl>{_TABLE.format(width=sum(twips))}<w:tblGrid>{grid}</w:tblGrid>{top}{body}</w:tbl>"

    def _row(self, cells: Sequence[Cell], widths: Sequence[int], *, head: bool = False) -> str:
        mark = "<w:tblHeader/>" if head else ""
        inside = "".join(self._cell(cell, width) for cell, width in zip(cells, widths, strict=True))
        return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{inside}</w:tr>"

    def _cell(self, cell: Cell, width: int) -> str:
        shade = SHADES.get(cell.shade)
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
        side = cell.align or ("right" if isinstance(cell.parts, Figure) else "left")
        more = f'<w:jc w:val="{side}"/>'
        line = self.paragraph(cell.parts, "TableText", bold=cell.bold, more=more)
        look = f'<w:tcW w:w="{width}" w:type="dxa"/>{fill}<w:vAlign w:val="center"/>'
        return f"<w:tc><w:tcPr>{look}</w:tcPr>{line}</w:tc>"


class Cell:
    """One cell of a table: its parts, and how it looks."""

    __slots__ = ("align", "bold", "parts", "shade")

    def __init__(
        self, parts: Parts | Part | None, *, shade: str = "", bold: bool = False, align: str = ""
    ) -> None:
        self.parts: Parts | Part = "—" if parts is None else parts
        self.shade, self.bold, self.align = shade, bold, align


PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
BREAK_BEFORE = "<w:pageBreakBefore/>"
_SIDES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8495A6"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = (
    '<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
    f"<w:tblBorders>{_SIDES}</w:tblBorders>"
    '<w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)


def field(instruction: str, shown: str) -> str:
    """Return a field with the result it shows until Word works it out anew."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r><w:t>{escape(shown)}</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
