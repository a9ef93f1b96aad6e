"""The yardstick of the import: every sheet of every file read into polars as text, nothing more.

Run as `python -m benchmarks.bare_read PATH…`; prints the number of rows.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl

BOOKS = {".xlsx", ".xls"}
ENCODINGS = ("utf-8-sig", "gb18030")


def frames(path: Path) -> Iterator[pl.DataFrame]:
    """Read one file or every file of a folder, cells as text, no header taken for granted."""
    if path.is_dir():
        for inside in sorted(path.rglob("*")):
            yield from frames(inside)
    elif path.suffix.lower() in BOOKS:
        book = fastexcel.read_excel(path)
        for sheet in book.sheet_names:
            yield book.load_sheet(sheet, header_row=None, dtypes="string").to_polars()
    elif path.suffix.lower() == ".csv":
        yield pl.read_csv(
            io.StringIO(_text(path.read_bytes())),
            has_header=False,
            infer_schema=False,
            truncate_ragged_lines=True,
        )


def _text(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-16")


def main() -> None:
    """Read what is named and print how many rows there were."""
    print(sum(frame.height for name in sys.argv[1:] for frame in frames(Path(name))))


if __name__ == "__main__":
    main()
