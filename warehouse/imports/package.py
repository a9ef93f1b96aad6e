"""What an .xlsx package holds, looked at before any reader opens it: size, reach, macros, links."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import polars as pl

from warehouse.imports.sources import DAMAGED

Piece = TypeVar("Piece")

PACKAGE_BYTES = 512 << 20
BOMB_BYTES = 64 << 20
BOMB_RATIO = 200
WIDEST = 2_000
SPARSE_AREA = 20_000_000
LARGEST_AREA = 60_000_000
LONGEST_TAG = 4 << 20
PIECE, BATCH = 128 << 10, 2 << 20
"""How much is unpacked at a time, and searched at a time: little enough to stay in the processor's cache."""
# What no small, plain sheet has: a cell or row that does not first say where it stands, a column beyond Z,
# a row beyond 699,999; and what every cell with an error has.
UNPLAIN = (
    r' r="(?:[^A-Z0-9]|[A-Z]{2}|[A-Z]?(?:[^A-Z0-9]|[7-9][0-9]{5}|[0-9]{7}))'
    r'|<(?:c|row)(?:[>/\t\r\n]| [^r]| r[^=]| r=[^"])|:(?:c|row)[ />\t\r\n]'
)
ERROR = r"""["']e["']"""
_TAG = re.compile(
    rb'<(?:\w+:)?(?:(row)\b(?:[^>]*?\br="(\d{1,9})")?[^>]*>|c\b(?:[^>]*?\br="([A-Z]{1,8})(\d{1,9})")?[^>]*?(/?)>)'
)
ACTIVE = (
    ("vbaProject", "宏"),
    ("externalLinks/", "外部链接"),
    ("activeX/", "控件"),
    ("embeddings/", "嵌入的文件"),
)


class TooLargeError(Exception):
    """A file or sheet that no clerk made so large; the text says how large."""


def check_package(content: bytes) -> bool:
    """Refuse a package that would unpack to too much, or a sheet whose cells lie too far apart.

    Memory and time are bounded: parts are read in chunks and never held whole. Raises
    `TooLargeError`; a damaged package is left to the reader to name. Returns whether cells may
    hold errors such as `#DIV/0!`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > PACKAGE_BYTES or (size > BOMB_BYTES and size > BOMB_RATIO * len(content)):
                raise TooLargeError(f"{size >> 20} MB : {len(content) >> 10} KB")
            names = archive.namelist()
            sheets = [n for n in names if n.startswith("xl/worksheets/") and n.endswith(".xml")]
            return _check_sheets(archive, sheets) or not sheets
    except DAMAGED:
        return True


def check_area(height: int, width: int, filled: int) -> None:
    """Refuse what is too wide, or large and all but empty; raises `TooLargeError`."""
    area = height * width
    if width > WIDEST or area > LARGEST_AREA or (area > SPARSE_AREA and filled * 20 < area):
        raise TooLargeError(f"{height} × {width}")


def active_content(content: bytes) -> str:
    """Return what a package holds that could run or reach outside, in words; empty for none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except DAMAGED:
        return ""
    return "、".join(word for mark, word in ACTIVE if any(mark in name for name in names))


def _check_sheets(archive: zipfile.ZipFile, parts: list[str]) -> bool:
    """Bound sheets by what their cells' addresses look like; look at every cell only of doubtful ones.

    Polars searches several times as fast as Python's own patterns. Returns whether a cell may hold an error.
    """
    doubtful: dict[str, None] = {}
    errors = False
    for batch in _ahead(_batches(archive, parts)):
        try:
            xml = pl.Series("xml", [xml for _, xml in batch], dtype=pl.Binary).cast(pl.String)
        except pl.exceptions.ComputeError:  # Not UTF-8.
            doubtful |= dict.fromkeys(part for part, _ in batch)
            errors = True
            continue
        odd = xml.str.contains(f"{UNPLAIN}|{ERROR}")
        if odd.any():
            errors = errors or bool(xml.str.contains(ERROR).any())
            doubtful |= {part: None for (part, _), one in zip(batch, odd, strict=True) if one}
    for part in doubtful:
        check_area(*_reach(archive, part))
    return errors


def _batches(archive: zipfile.ZipFile, parts: list[str]) -> Iterator[list[tuple[str, bytes]]]:
    """Yield pieces of sheets, each with its part's name: many small ones at a time, but never much text."""
    held: list[tuple[str, bytes]] = []
    size = 0
    for part in parts:
        for chunk in _chunks(archive, part):
            held.append((part, chunk))
            size += len(chunk)
            if size >= BATCH:
                yield held
                held, size = [], 0
    if held:
        yield held


def _ahead(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield what an iterator yields, the next one being made meanwhile."""
    with ThreadPoolExecutor(1) as worker:
        coming = worker.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = worker.submit(next, pieces, None)
            yield piece


def _reach(archive: zipfile.ZipFile, name: str) -> tuple[int, int, int]:
    """Return the last row and column that hold anything, and how many cells do."""
    row = column = height = width = filled = 0
    for chunk in _chunks(archive, name):
        for is_row, row_number, letters, number, closed in _TAG.findall(chunk):
            if is_row:
                row, column = int(row_number or row + 1), 0
                continue
            row, column = int(number or row), _number(letters) if letters else column + 1
            if not closed:
                filled += 1
                height, width = max(height, row), max(width, column)
    return height, width, filled


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part in pieces that end with a whole tag."""
    with archive.open(name) as part:
        rest = b""
        while piece := part.read(PIECE):
            if end := piece.rfind(b">") + 1:
                yield rest + piece[:end]
                rest = piece[end:]
            elif len(rest := rest + piece) > LONGEST_TAG:
                return


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
