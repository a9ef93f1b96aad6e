"""Where files come from: paths, folders and zips, as bytes with the name a reader knows them by."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from warehouse.durable import written
from warehouse.errors import JunhengError
from warehouse.home import Home

EXCEL = {".xlsx", ".xlsm", ".xls", ".xlsb", ".et"}
TEXT = {".csv", ".tsv"}
MARKUP = {".xml", ".htm", ".html", ".mht", ".mhtml"}
READ = EXCEL | TEXT | MARKUP
TRIED = READ | {".txt", ".dat", ""}
DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)
"""All that reading a damaged or unusual zip raises."""
ZIP_ENTRIES = 5_000
ZIP_BYTES = 1 << 30
ZIP_RATIO = 200


@dataclass(frozen=True)
class Source:
    """One received file: its name as the reader knows it, and its bytes."""

    name: str
    content: bytes

    @cached_property
    def file_hash(self) -> str:
        """SHA-256 of the bytes; the name under which the file is kept."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Unread:
    """A file that could not be read or is of no kind we read, with the rule that says so."""

    name: str
    rule: str
    detail: str = ""


def collect(paths: Sequence[Path | str]) -> Iterator[Source | Unread]:
    """Yield every file under `paths` in a steady order, no two of one name; no such path is wrong usage."""
    given: Counter[str] = Counter()
    for source in _found(paths):
        given[source.name] += 1
        again = given[source.name]
        yield source if again == 1 else replace(source, name=f"{source.name}（{again}）")


def _found(paths: Sequence[Path | str]) -> Iterator[Source | Unread]:
    found = [Path(path) for path in paths]
    for path in found:
        if not path.exists():
            raise JunhengError(
                f"找不到 {path}。请检查路径是否写对。",
                f"There is no {path}. Check the path.",
                exit_code=2,
            )
    names = Counter(path.name for path in found)
    several = sum(path.is_dir() for path in found) > 1
    for path in found:  # files of one name are told apart by their folders
        if path.is_dir():
            yield from _folder(path, f"{path.absolute().name}/" if several else "")
        else:
            name = path.name if names[path.name] == 1 else f"{path.absolute().parent.name}/{path.name}"
            yield from _file(path, name, endings=TRIED)


def count(paths: Sequence[Path | str]) -> int:
    """Return how many files `collect` will yield, without reading them; a damaged zip counts as one."""
    found = [Path(path) for path in paths]
    inside = [path for item in found for path in (item.rglob("*") if item.is_dir() else [item])]
    return sum(_files_in(path) for path in inside if path.is_file() and not _is_hidden(path.name))


def _files_in(path: Path) -> int:
    if path.suffix.lower() != ".zip":
        return 1
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(not entry.is_dir() for entry in archive.infolist())
    except DAMAGED:
        return 1


def keep(home: Home, source: Source) -> None:
    """Store a received file under its hash, once; it is on the disk before its import may be registered."""
    path = home.files / source.file_hash
    if path.exists() and path.stat().st_size == len(source.content):
        return
    with written(path) as part:
        part.write_bytes(source.content)


def _folder(folder: Path, prefix: str) -> Iterator[Source | Unread]:
    for path in sorted(folder.rglob("*"), key=lambda item: item.relative_to(folder).as_posix()):
        inside = path.relative_to(folder)
        if path.is_file() and not any(_is_hidden(part) for part in inside.parts):
            yield from _file(path, prefix + inside.as_posix(), endings=READ)


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$", "__MACOSX"))


def _file(path: Path, name: str, *, endings: set[str]) -> Iterator[Source | Unread]:
    """Yield a file of one of the endings, or what a zip holds."""
    if path.suffix.lower() == ".zip":
        yield from _zip(path, name)
    elif _is_hidden(path.name):
        yield Unread(name, "D131")
    elif path.suffix.lower() in endings:
        try:
            yield Source(name, path.read_bytes())
        except OSError as fault:
            yield Unread(name, "D101", str(fault.strerror or fault))
    else:
        yield Unread(name, "D102")


def _zip(path: Path, name: str) -> Iterator[Source | Unread]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            too_large = _too_large(entries)
            if too_large:
                yield Unread(name, "D115", too_large)
                return
            for entry in sorted(entries, key=_entry_name):
                yield from _entry(archive, entry, name)
    except OSError as fault:
        yield Unread(name, "D101", str(fault.strerror or fault))
    except DAMAGED:
        yield Unread(name, "D134")


def _too_large(entries: list[zipfile.ZipInfo]) -> str:
    if len(entries) > ZIP_ENTRIES:
        return f"{len(entries)} > {ZIP_ENTRIES}"
    size = sum(entry.file_size for entry in entries)
    if size > ZIP_BYTES:
        return f"{size >> 20} MB > {ZIP_BYTES >> 20} MB"
    packed = sum(entry.compress_size for entry in entries)
    return f"{size} : {packed}" if size > ZIP_RATIO * max(packed, 1 << 16) else ""


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Iterator[Source | Unread]:
    """Yield one entry; nothing is ever written under the name it claims."""
    inside = PurePosixPath(_entry_name(entry).replace("\\", "/"))
    parts = [part for part in inside.parts if part not in {"/", "..", "."}]
    if not parts or any(_is_hidden(part) for part in parts):
        return
    shown = f"{name}/{'/'.join(parts)}"
    suffix = PurePosixPath(parts[-1]).suffix.lower()
    if suffix not in READ:
        yield Unread(shown, "D136" if suffix == ".zip" else "D102")
        return
    try:
        yield Source(shown, archive.read(entry))
    except Exception as fault:  # lzma raises an error of its own on damaged data.
        yield Unread(shown, "D101", str(fault))


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; without the UTF-8 flag Windows in China writes GBK."""
    if entry.flag_bits & 0x800:
        return entry.filename
    raw = entry.orig_filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename
