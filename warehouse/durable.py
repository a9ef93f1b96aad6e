"""Files that are whole under their name or not there at all, also after a power cut."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """Yield a name to write to that nobody reads; then put it onto the disk and under its own name `path`.

    Whoever looks sees the old file or the new one, never half. A failure leaves what was there before.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own each time: a first import and a first refresh write the same empty files.
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield part
        flush(part)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush(path: Path) -> None:
    """Put a file's content onto the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Put onto the disk which names a folder holds; Windows cannot be asked to, and does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
