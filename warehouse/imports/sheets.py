"""From bytes to sheets: every cell as text, none lost, rows numbered as the spreadsheet numbers them."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import fastexcel
import polars as pl

from warehouse.imports.markup import Drawn, drawn_tables, is_markup, pages_in
from warehouse.imports.merges import Marks, Package, Range
from warehouse.imports.package import TooLargeError, check_area, check_package
from warehouse.imports.sources import Source

ERROR_TEXT = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "GettingData": "#GETTING_DATA",
}
XLSX_MAGIC, XLS_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
NO_FORMAT = "Cannot detect file format"


TEXT_BYTES, UNEVEN_BYTES = 1 << 30, 256 << 20
LARGE_TEXT, EVEN_WIDTH = 1 << 20, 500


class UnreadableError(Exception):
    """A file that cannot be opened; the text says why, `rule` which rule names it."""

    def __init__(self, reason: str, rule: str = "D101"):
        super().__init__(reason)
        self.rule = rule


@dataclass
class Sheet:
    """One sheet: `cells` holds text columns `c0`, `c1` …; row 0 is the spreadsheet's row 1."""

    source: Source
    name: str
    cells: pl.DataFrame
    hidden: bool = False
    first_column: int = 0
    reader: fastexcel.ExcelReader | None = field(default=None, repr=False)
    package: Package | Drawn | None = field(default=None, repr=False)

    @property
    def file_name(self) -> str:
        """The file's name as the reader knows it."""
        return self.source.name

    @cached_property
    def marks(self) -> Marks:
        """Merged ranges, hidden rows and formulas without a result; none for binary .xls and CSV."""
        return self.package.marks_of(self.name, self.first_column) if self.package else Marks([])

    @property
    def merges(self) -> list[Range]:
        """Merged ranges in the positions of `cells`."""
        return self.marks.merges

    def numeric(self, column: int) -> pl.Series:
        """Return which cells of a column are numbers to Excel, not text that looks like one."""
        if self.reader is None:
            return pl.repeat(False, self.cells.height, eager=True)
        return self._as_truths[:, column].is_not_null()

    @cached_property
    def _as_truths(self) -> pl.DataFrame:
        """The sheet read as truth values, which every number has and no text: a second look, once a sheet."""
        assert self.reader is not None
        sheet = self.reader.load_sheet(self.name, header_row=None, skip_rows=0, dtypes="boolean")
        return sheet.to_polars()


def read_sheets(source: Source) -> Iterator[Sheet]:
    """Yield a file's sheets that hold anything; raises `UnreadableError`."""
    try:
        yield from _read(source)
    except TooLargeError as fault:
        raise UnreadableError(str(fault), "D126") from fault


def _read(source: Source) -> Iterator[Sheet]:
    head = source.content[:8]
    if head.startswith((XLSX_MAGIC, XLS_MAGIC)):
        yield from _workbook(source)
    else:
        yield from _texts(source)


def _workbook(source: Source) -> Iterator[Sheet]:
    is_zip = source.content.startswith(XLSX_MAGIC)
    if not is_zip and ENCRYPTED in source.content:
        raise UnreadableError("password", "D135")
    may_err = check_package(source.content) if is_zip else True
    package = Package(source.content) if is_zip else None
    reader = _guarded(lambda: fastexcel.read_excel(source.content))
    for name in reader.sheet_names:
        sheet = _guarded(
            lambda name=name: reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        )
        if sheet.width and sheet.height:
            cells = _guarded(lambda sheet=sheet: _with_errors(sheet) if may_err else sheet.to_polars())
            cells.columns = [f"c{at}" for at in range(cells.width)]
            first = sheet.available_columns()[0].absolute_index
            yield Sheet(source, name, cells, sheet.visible != "visible", first, reader, package)


def _guarded(read):  # type: ignore[no-untyped-def]
    """Run a reader that may even panic on a damaged file."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, MemoryError, TooLargeError):
        raise
    except BaseException as fault:  # A panic of the Rust reader is no Exception.
        reason = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        rule = "D134" if NO_FORMAT in reason else "D135" if "assword" in reason else "D101"
        raise UnreadableError(reason, rule) from fault


def _with_errors(sheet: fastexcel.ExcelSheet) -> pl.DataFrame:
    """Return all cells as text; error cells, which the reader would drop, as Excel shows them."""
    batch, errors = sheet.to_arrow_with_errors()
    frame = pl.DataFrame(batch)
    if errors is None:
        return frame
    by_column: dict[int, dict[int, str]] = {}
    for error in errors.errors:
        row, column = error.offset_position
        kind = error.detail.partition("Error(")[2].partition(")")[0]
        by_column.setdefault(column, {})[row] = ERROR_TEXT.get(kind, "#ERROR!")
    for column, texts in by_column.items():
        at = pl.Series(list(texts), dtype=pl.UInt32)
        frame.replace_column(column, frame.to_series(column).clone().scatter(at, list(texts.values())))
    return frame


def _texts(source: Source) -> Iterator[Sheet]:
    """Yield the tables of a page or of Excel 2003 XML, or the one of delimited text."""
    if len(source.content) > TEXT_BYTES:
        raise TooLargeError(f"{len(source.content) >> 20} MB")
    pages = _guarded(lambda: pages_in(source.content))
    texts = [decode(page) for page in pages or [source.content]]
    text = texts[0]
    if not pages and not is_markup(text):
        cells = _delimited(text, len(source.content))
        if cells.width:
            yield Sheet(source, "", cells)
        return
    tables = _guarded(lambda: [table for page in texts for table in drawn_tables(page)])
    if not tables:
        raise UnreadableError("HTML", "D133")
    for table in tables:
        yield Sheet(source, table.name, _padded(table.rows), table.hidden, package=table)


def _delimited(text: str, size: int) -> pl.DataFrame:
    """Read delimited text; lines of unequal length are padded, never cut."""
    if "\0" in text:
        raise UnreadableError("binary", "D134")
    delimiter = max(",\t;|", key=text[:20_000].count)
    even = _even(text, delimiter)
    if even is not None:
        return even
    if size > UNEVEN_BYTES:
        raise TooLargeError(f"{size >> 20} MB")
    try:
        rows = [_trimmed(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as fault:
        raise UnreadableError(str(fault)) from fault
    while rows and not rows[-1]:
        rows.pop()
    check_area(len(rows), max(map(len, rows), default=0), sum(map(len, rows)))
    return _padded(rows)


def _padded(rows: Sequence[Sequence[str | None]]) -> pl.DataFrame:
    width = max(map(len, rows), default=0)
    columns = [[row[at] if at < len(row) else None for row in rows] for at in range(width)]
    return pl.DataFrame({f"c{at}": pl.Series(column, dtype=pl.String) for at, column in enumerate(columns)})


def _even(text: str, delimiter: str) -> pl.DataFrame | None:
    """Read a large text of lines all alike at once; None where a quote or a longer line needs care."""
    widest = text.partition("\n")[0].count(delimiter)
    if len(text) < LARGE_TEXT or '"' in text or widest > EVEN_WIDTH:
        return None
    lines = text.replace("\r\n", "\n").rstrip("\n")
    try:
        rows = pl.read_csv(
            lines.encode(), has_header=False, separator=delimiter, infer_schema_length=0, quote_char=None
        )
    except pl.exceptions.ComputeError:
        return None
    if rows.height != lines.count("\n") + 1:
        return None
    check_area(rows.height, rows.width, rows.height * rows.width)
    return rows.rename({name: f"c{at}" for at, name in enumerate(rows.columns)})


def _trimmed(row: list[str]) -> list[str]:
    """Drop the empty cells at a line's end, be they a million."""
    last = len(row)
    while last and not row[last - 1].strip():
        last -= 1
    return row[:last]


def decode(content: bytes) -> str:
    """Decode UTF-8 (with or without mark), UTF-16 or GB18030; raises `UnreadableError`."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif content[:400].count(0) > len(content[:400]) // 20:
        is_little = content[1:400:2].count(0) >= content[:400:2].count(0)
        encodings = ["utf-16-le" if is_little else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError("encoding", "D134")
