"""What an .xlsx sheet says beside its cells, which the fast reader does not report: merges, hidden rows."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cached_property
from typing import NamedTuple
from xml.etree import ElementTree

from warehouse.imports.sources import DAMAGED

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


class Package:
    """An .xlsx workbook's parts; its contents are read once for all its sheets."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def marks_of(self, sheet_name: str, first_column: int) -> Marks:
        """Return a sheet's marks, columns of merged ranges counted from `first_column`.

        Returns none for a sheet too large to be laid out by hand, or a workbook laid out oddly.
        """
        try:
            part = self._parts.get(sheet_name)
            if part is None or self._archive.getinfo(part).file_size > LARGEST:
                return Marks([])
            return _marks(self._archive.read(part), first_column)
        except (*DAMAGED, KeyError, ElementTree.ParseError):
            return Marks([])

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self._content))

    @cached_property
    def _parts(self) -> dict[str, str]:
        """Each sheet's part by the sheet's name; of two of one name the first."""
        workbook = ElementTree.fromstring(self._archive.read("xl/workbook.xml"))
        relations = ElementTree.fromstring(self._archive.read("xl/_rels/workbook.xml.rels"))
        targets = {item.get("Id"): item.get("Target", "") for item in relations}
        parts: dict[str, str] = {}
        for sheet in workbook.iter():
            if sheet.tag.endswith("}sheet"):
                target = targets.get(sheet.get(_RELATION), "").lstrip("/")
                part = target if target.startswith("xl/") else f"xl/{target}"
                parts.setdefault(sheet.get("name", ""), part)
        return parts


def _marks(xml: bytes, first_column: int) -> Marks:
    """Look closely only for what the text has at all: most sheets hide nothing and calculate nothing."""
    merges = [
        Range(int(top) - 1, _number(left) - first_column, int(bottom) - 1, _number(right) - first_column)
        for left, top, right, bottom in (_MERGE.findall(xml) if b"mergeCell " in xml else ())
    ]
    tags = _HIDDEN.findall(xml) if b"hidden=" in xml else ()
    hidden = frozenset(int(row) for tag in tags for row in _ROW_NUMBER.findall(tag))
    calculates = b"</f>" in xml or b"<f" in xml or b":f" in xml
    return Marks(merges, hidden, len(_WITHOUT_RESULT.findall(xml)) if calculates else 0)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
