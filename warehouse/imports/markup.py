"""Tables written as text: web pages saved as .xls, as many systems export them, and Excel 2003 XML."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import lxml.etree
import lxml.html

from warehouse.imports.merges import Marks, Range
from warehouse.imports.package import TooLargeError, check_area

LARGEST_PAGE = 128 << 20
WIDEST_SPAN, LONGEST_SPAN = 1_000, 65_534
LONGEST_SHEET, WIDEST_SHEET = 1_048_576, 16_384
"""What Excel itself takes."""
TITLES = {"h1", "h2", "h3", "h4", "h5", "h6", "p"}
_SHEETS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_FIGURE = re.compile(r"^[-+]?[\d,]*\.?\d+%?$")
_MIDNIGHT = re.compile(r"T00:00:00(\.0+)?$")


class Drawn(NamedTuple):
    """One table: its name, rows of texts from the first row on, and its marks."""

    name: str
    rows: list[list[str | None]]
    marks: Marks
    hidden: bool = False

    def marks_of(self, sheet_name: str, first_column: int) -> Marks:
        """Return the table's marks; a table drawn here begins in the first column."""
        return self.marks


def is_markup(text: str) -> bool:
    """True for text that begins as a page or as XML does."""
    head = text.lstrip("\ufeff \t\r\n")[:400].lower()
    return head.startswith(("<html", "<!doct", "<table", "<?xml", "<meta", "<head", "<style", "<!--", "<div"))


def pages_in(content: bytes) -> list[bytes]:
    """Return the pages of a page saved as one file (.mht, often named .xls); none of any other file."""
    if not content[:200].lstrip().lower().startswith(b"mime-version"):
        return []
    parts = [part for part in email.message_from_bytes(content).walk() if not part.is_multipart()]
    pages = [part.get_payload(decode=True) for part in parts if part.get_content_type() == "text/html"]
    return [page for page in pages if isinstance(page, bytes)]


def drawn_tables(text: str) -> list[Drawn]:
    """Return the tables of a page or of Excel 2003 XML; none where there are none."""
    if len(text) > LARGEST_PAGE:
        raise TooLargeError(f"{len(text) >> 20} MB")
    body = _DECLARED.sub("", text.lstrip("\ufeff"), count=1)
    tables = (
        _of_xml(body) if "urn:schemas-microsoft-com:office:spreadsheet" in body[:4_000] else _of_page(body)
    )
    for table in tables:
        width = max(map(len, table.rows), default=0)
        check_area(len(table.rows), width, sum(cell is not None for row in table.rows for cell in row))
    return tables


def _of_xml(text: str) -> list[Drawn]:
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = lxml.etree.fromstring(text.encode(), parser)
    sheets = [] if root is None else root.iter(f"{_SHEETS}Worksheet")
    return [_worksheet(sheet) for sheet in sheets]


def _worksheet(sheet: Any) -> Drawn:
    rows: list[list[str | None]] = []
    merges: list[Range] = []
    hidden: set[int] = set()
    for row in sheet.iterfind(f"{_SHEETS}Table/{_SHEETS}Row"):
        at = _index(row, len(rows), LONGEST_SHEET)
        check_area(at, 1, len(rows) + 1)
        rows += [[] for _ in range(at - len(rows))]
        rows.append(_xml_row(row, at, merges))
        if row.get(f"{_SHEETS}Hidden") == "1":
            hidden.add(at + 1)
        rows += [[] for _ in range(_number(row.get(f"{_SHEETS}Span"), 0, LONGEST_SPAN))]
    visible = sheet.findtext(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible") or ""
    marks = Marks(merges, frozenset(hidden))
    return Drawn(
        sheet.get(f"{_SHEETS}Name") or "", rows, marks, visible in {"SheetHidden", "SheetVeryHidden"}
    )


def _xml_row(row: Any, at: int, merges: list[Range]) -> list[str | None]:
    cells: list[str | None] = []
    for cell in row.iterfind(f"{_SHEETS}Cell"):
        left = _index(cell, len(cells), WIDEST_SHEET)
        cells += [None] * (left - len(cells))
        data = cell.find(f"{_SHEETS}Data")
        text = "" if data is None else "".join(data.itertext())
        is_time = data is not None and data.get(f"{_SHEETS}Type") == "DateTime"
        cells.append((_MIDNIGHT.sub("", text) if is_time else text) or None)
        across = _number(cell.get(f"{_SHEETS}MergeAcross"), 0, WIDEST_SHEET)
        down = _number(cell.get(f"{_SHEETS}MergeDown"), 0, LONGEST_SHEET)
        if across or down:
            merges.append(Range(at, left, at + down, left + across))
            cells += [None] * min(across, WIDEST_SHEET - len(cells))
    return cells


def _index(element: Any, least: int, most: int) -> int:
    """Return the place, from 0, that a row or cell of Excel 2003 XML states, else the next one."""
    stated = _number(element.get(f"{_SHEETS}Index"), 0, most)
    return max(stated - 1, least)


def _number(text: str | None, least: int, most: int) -> int:
    digits = (text or "").strip()
    return min(max(int(digits), least), most) if digits.isdecimal() and len(digits) < 10 else least


def _of_page(text: str) -> list[Drawn]:
    """Return a page's tables; a table of one row, like a heading above one, is a title of the next."""
    parser = lxml.html.HTMLParser(no_network=True)
    root = lxml.html.document_fromstring(text, parser=parser) if text.strip() else None
    found: list[Drawn] = []
    titles: list[list[str | None]] = []
    for element in _pieces(root):
        if element.tag != "table":
            titles.append([_text(element)])
            continue
        titles += [[_text(caption)] for caption in element.iterchildren("caption")]
        rows, marks = _laid(element, len(titles))
        if len(rows) <= 1:
            titles += [row for row in rows if any(row)]
        else:
            found.append(Drawn("", [*titles, *rows], marks))
            titles = []
    if len(found) == 1:
        return found
    return [table._replace(name=f"表{number}") for number, table in enumerate(found, start=1)]


def _pieces(root: Any) -> Iterator[Any]:
    """Yield the tables that hold no other, and the headings outside of them, as they follow one another."""
    for element in () if root is None else root.iter("table", *TITLES):
        if element.tag == "table":
            if element.find(".//table") is None:
                yield element
        elif _text(element) and not any(above.tag in {"table", *TITLES} for above in element.iterancestors()):
            yield element


def _laid(table: Any, top: int) -> tuple[list[list[str | None]], Marks]:
    """Lay a table out as a spreadsheet does: a cell over several rows or columns stands in the first."""
    rows: list[list[str | None]] = []
    merges: list[Range] = []
    hidden: set[int] = set()
    taken: dict[int, int] = {}  # column → rows still covered from above
    width = filled = 0
    for row in table.iter("tr"):
        at = top + len(rows)
        cells: list[str | None] = []
        covered, taken = taken, {column: left - 1 for column, left in taken.items() if left > 1}
        for cell in row.iterchildren("td", "th"):
            while len(cells) in covered:
                cells.append(None)
            left = len(cells)
            across = _number(cell.get("colspan"), 1, WIDEST_SPAN) or 1
            down = _number(cell.get("rowspan"), 1, LONGEST_SPAN) or 1
            if left + across > WIDEST_SHEET:
                raise TooLargeError(f"{at} × {left + across}")
            cells += [_figure(cell), *[None] * (across - 1)]
            if across > 1 or down > 1:
                merges.append(Range(at, left, at + down - 1, left + across - 1))
            if down > 1:
                taken.update(dict.fromkeys(range(left, left + across), down - 1))
        if "display:none" in (row.get("style") or "").replace(" ", "").lower():
            hidden.add(at + 1)
        rows.append(cells)
        width, filled = max(width, len(cells), *taken), filled + len(cells)
        check_area(len(rows), width, filled)
    return rows, Marks(merges, frozenset(hidden))


def _figure(cell: Any) -> str | None:
    """Return a cell's text; of a rounded figure the figure itself, where Excel wrote it beside."""
    text = _text(cell)
    exact = cell.get("x:num") or ""
    return exact if exact and text and _FIGURE.match(text) else text


def _text(element: Any) -> str | None:
    for line in element.iter("br"):
        line.tail = f"\n{line.tail or ''}"
    text = "".join(element.itertext()).replace("\xa0", " ")
    return re.sub(r"[ \t\r]*\n\s*", "\n", text).strip() or None
