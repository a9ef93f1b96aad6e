"""What an .xlsx package holds, looked at before any reader opens it: size, reach, macros, links."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

PACKAGE_BYTES = 512 << 20
BOMB_BYTES = 64 << 20
BOMB_RATIO = 200
WIDEST = 2_000
SPARSE_AREA = 20_000_000
LARGEST_AREA = 60_000_000
CHUNK = 4 << 20
_ROW = re.compile(rb'<row r="(\d{1,9})"')
_TWO_LETTERS = re.compile(rb' r="[A-Z]{2}')
_THREE_LETTERS = re.compile(rb' r="[A-Z]{3}')
UNPLAIN = (b"<c>", b"<c t", b"<c s", b"<row>", b":c ", b":c>", b"<c\t", b"<c\n")
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


def check_package(content: bytes) -> None:
    """Refuse a package that would unpack to too much, or a sheet whose cells lie too far apart.

    Memory and time are bounded: parts are read in chunks and never held whole. Raises
    `TooLargeError`; a damaged package is left to the reader to name.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > PACKAGE_BYTES or (size > BOMB_BYTES and size > BOMB_RATIO * len(content)):
                raise TooLargeError(f"{size >> 20} MB : {len(content) >> 10} KB")
            for name in archive.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _check_sheet(archive, name)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        return


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
    except (zipfile.BadZipFile, OSError, ValueError):
        return ""
    return "、".join(word for mark, word in ACTIVE if any(mark in name for name in names))


def _check_sheet(archive: zipfile.ZipFile, name: str) -> None:
    """Bound a sheet by its rows and column letters; only where that is much, look at every cell."""
    last, width, odd = 0, 26, False
    for chunk in _chunks(archive, name):
        numbers = _ROW.findall(chunk)
        last = max(last, max(map(int, numbers), default=0))
        width = 702 if width == 26 and _TWO_LETTERS.search(chunk) else width
        odd = odd or len(numbers) != chunk.count(b"<row") or any(mark in chunk for mark in UNPLAIN)
        odd = odd or _THREE_LETTERS.search(chunk) is not None
    if odd or last * width > SPARSE_AREA:
        check_area(*_reach(archive, name))


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
        while piece := part.read(CHUNK):
            whole, mark, rest = (rest + piece).rpartition(b">")
            yield whole + mark
            if len(rest) > CHUNK:
                return


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
