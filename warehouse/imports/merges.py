"""What an .xlsx sheet says beside its cells, which the fast reader does not report: merges, hidden rows."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import NamedTuple
from xml.etree import ElementTree

LARGEST = 40 << 20
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b[^>]*?\bhidden="(?:1|true)"[^>]*>')
_ROW_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_WITHOUT_RESULT = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<v></v>)?\s*</(?:\w+:)?c>"
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Range(NamedTuple):
    """Rows and columns from 0, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int


class Marks(NamedTuple):
    """Merged ranges, the spreadsheet's numbers of hidden rows, and formulas that store no result."""

    merges: list[Range]
    hidden_rows: frozenset[int] = frozenset()
    without_result: int = 0


def marks_of(content: bytes, sheet_name: str, first_column: int) -> Marks:
    """Return a sheet's marks, columns of merged ranges counted from `first_column`.

    Returns none for a sheet too large to be laid out by hand, or a workbook laid out oddly.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = _sheet_part(archive, sheet_name)
            if part is None or archive.getinfo(part).file_size > LARGEST:
                return Marks([])
            xml = archive.read(part)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, ElementTree.ParseError, OSError, EOFError):
        return Marks([])
    merges = [
        Range(int(top) - 1, _number(left) - first_column, int(bottom) - 1, _number(right) - first_column)
        for left, top, right, bottom in _MERGE.findall(xml)
    ]
    hidden = frozenset(int(row) for tag in _HIDDEN.findall(xml) for row in _ROW_NUMBER.findall(tag))
    return Marks(merges, hidden, len(_WITHOUT_RESULT.findall(xml)))


def _sheet_part(archive: zipfile.ZipFile, sheet_name: str) -> str | None:
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    for sheet in workbook.iter():
        if sheet.tag.endswith("}sheet") and sheet.get("name") == sheet_name:
            target = targets.get(sheet.get(_RELATION), "").lstrip("/")
            return target if target.startswith("xl/") else f"xl/{target}"
    return None


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
