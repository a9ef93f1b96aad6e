"""Everything a county would miss in one zip file, and back again into an empty home.

The zip holds the home's own folders under their own names (`HELD`), the current and the sealed
snapshots, and `manifest.json`, which names every member with its SHA-256 and is written last.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from warehouse import seals, snapshots
from warehouse.durable import flush_folder
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.locks import held
from warehouse.snapshots import Snapshot

FORMAT = 1
MANIFEST = "manifest.json"
HELD = ("landing", "files", "parameters", "workspace")
SQLITE = "workspace.sqlite"
WORKSPACE = f"workspace/{SQLITE}"
"""What people typed; SQLite itself copies it, and its journals beside it are no files of their own."""
CHUNK = 1 << 20
LEAST_DATE = (1980, 1, 1, 0, 0, 0)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class BackupReport:
    """A written backup: its files and bytes, and the seals whose file is not what was sealed."""

    path: Path
    members: int
    size: int
    damaged: list[dict[str, Any]]


def backup(
    home: Home, file: Path, *, overwrite: bool = False, progress: Progress | None = None
) -> BackupReport:
    """Write landing, received files, parameters and the current and sealed snapshots of a home into `file`.

    Imports wait meanwhile. `progress` is told the bytes done and the bytes in all. JunhengError (2) when
    `file` exists and may not be overwritten, (1) when there is nothing to save or the disk refuses.
    """
    if file.exists() and not overwrite:
        raise JunhengError(
            f"{file} 已存在，没有备份。请换一个文件名，或加 --overwrite 覆盖它。",
            f"{file} exists; nothing was saved. Use another name, or --overwrite to replace it.",
            exit_code=2,
        )
    with held(home, "import"):
        if home.is_empty() and not (home.root / WORKSPACE).exists():
            raise JunhengError(
                f"{home.root} 里还没有数据，没有可备份的内容。",
                f"{home.root} holds no data; there is nothing to save.",
            )
        part = file.with_name(f".{file.name}.part")
        try:
            members = _write(home, part, progress or (lambda done, total: None))
            part.replace(file)
            flush_folder(file.parent)
        except OSError as error:
            raise _disk_refused(file, error) from error
        finally:
            part.unlink(missing_ok=True)
    damaged = [row for row in seals.listed(home) if not row["is_intact"]]
    return BackupReport(file, members, file.stat().st_size, damaged)


def _write(home: Home, part: Path, progress: Progress) -> int:
    """Write every member and then the manifest; return how many members there are."""
    now = snapshots.current(home)
    with _workspace_copy(home) as typed:
        members = [*typed, *((path, path.relative_to(home.root).as_posix()) for path in _members(home, now))]
        return _write_members(home, part, now, members, progress)


def _write_members(
    home: Home, part: Path, now: Snapshot | None, members: list[tuple[Path, str]], progress: Progress
) -> int:
    total = sum(path.stat().st_size for path, _name in members)
    listed, done = [], 0
    with part.open("wb") as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for path, name in members:
                row = _add(archive, path, name)
                listed.append(row)
                done += row["size"]
                progress(done, total)
            archive.writestr(MANIFEST, json.dumps(_manifest(home, now, listed), ensure_ascii=False, indent=1))
        raw.flush()
        os.fsync(raw.fileno())
    return len(listed)


@contextmanager
def _workspace_copy(home: Home) -> Iterator[list[tuple[Path, str]]]:
    """Yield a whole copy of the workspace's SQLite file with its name, though people go on typing.

    It is taken before the evidence is listed, so that every file it names is there.
    """
    file = home.root / WORKSPACE
    if not file.is_file():
        yield []
        return
    home.build.mkdir(parents=True, exist_ok=True)
    copy = home.build / f"workspace-{os.getpid()}.sqlite"
    copy.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        yield [(copy, WORKSPACE)]
    except sqlite3.Error as error:
        raise JunhengError(
            f"工作区文件无法读取（{error}），没有备份：{file}",
            f"The workspace cannot be read ({error}); nothing was saved: {file}",
        ) from error
    finally:
        copy.unlink(missing_ok=True)


def _members(home: Home, now: Snapshot | None) -> Iterator[Path]:
    """Yield what is saved, the snapshots first: a later refresh may drop the current one."""
    kept = [snapshot for snapshot in snapshots.history(home) if snapshot.seal is not None]
    if now is not None:
        kept = [now, *(snapshot for snapshot in kept if snapshot.id != now.id)]
    for snapshot in kept:
        yield snapshot.path
        yield snapshot.path.with_suffix(".json")
        if snapshot.seal is not None:
            yield snapshots.seal_path(snapshot.path)
    for name in HELD:
        for path in sorted((home.root / name).rglob("*")):
            if path.is_file() and path.suffix != ".part" and not path.name.startswith(SQLITE):
                yield path


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> dict[str, Any]:
    """Copy one file into the zip, hashing what is written."""
    date = time.localtime(path.stat().st_mtime)[:6]
    entry = zipfile.ZipInfo(name, max(date, LEAST_DATE))
    entry.compress_type = zipfile.ZIP_DEFLATED
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
        while piece := source.read(CHUNK):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
    return {"name": name, "size": size, "sha256": digest.hexdigest()}


def _manifest(home: Home, now: Snapshot | None, members: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "software": version("junheng"),
        "saved_at": datetime.now(UTC).isoformat(),
        "current": now.id if now else None,
        "seals": [{"id": row["id"], "label": row["label"]} for row in seals.listed(home)],
        "members": members,
    }


def _disk_refused(file: Path, error: OSError) -> JunhengError:
    reason = error.strerror or str(error)
    return JunhengError(
        f"备份没有写成：{file}（{reason}）。请检查文件夹是否存在、可写，磁盘是否已满。",
        f"The backup was not written: {file} ({reason}). "
        "Check that its folder exists, is writable and not full.",
    )
