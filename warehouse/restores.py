"""A backup put into an empty home: every hash is checked before anything is put in place."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse import seals, snapshots
from warehouse.backups import CHUNK, FORMAT, HELD, MANIFEST
from warehouse.durable import flush_folder
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.locks import held

FOLDERS = (*HELD, "snapshots")
STAGED = ".restoring"
MANIFEST_BYTES = 256 << 20
COMMITS = "landing/_imports/"
"""What makes imports exist; put in place last but for the pointer to the snapshot, and all at once."""
UNSAFE = re.compile(r"[\\:\x00-\x1f]|(^|/)\.{0,2}(/|$)|[. ](/|$)")
"""Parts of a name that leave the folder or that some system reads as something else."""
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,
    EOFError,
    LookupError,
    TypeError,
    ValueError,
)
"""What a damaged, encrypted or foreign zip raises."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class RestoreReport:
    """What was put in place: files, the snapshot now published, the seals, and who saved it when."""

    members: int
    current: str | None
    seals: list[dict[str, Any]]
    saved_at: str
    software: str


def restore(home: Home, file: Path, *, progress: Progress | None = None) -> RestoreReport:
    """Put a backup into the empty home `home`.

    JunhengError (2) when there is no such file, (1) when the home holds data or the backup is no backup,
    is damaged, or was written by later software. Until every hash is right nothing but a scratch
    folder is written.
    """
    if not file.is_file():
        raise JunhengError(f"找不到备份文件 {file}。", f"There is no backup file {file}.", exit_code=2)
    with held(home, "import"), held(home, "refresh"):
        staged = home.root / STAGED
        shutil.rmtree(staged, ignore_errors=True)
        try:
            with zipfile.ZipFile(file) as archive:
                manifest = _manifest(archive)
                _refuse_unless_empty(home, manifest["members"])
                _extract(archive, manifest["members"], staged, progress or (lambda done, total: None))
            _put_in_place(home, staged, manifest)
        except DAMAGE as error:
            raise _no_backup(file, str(error)) from error
        except OSError as error:
            raise _disk_refused(home, error) from error
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    now = snapshots.current(home)
    software, saved_at = str(manifest.get("software", "")), str(manifest.get("saved_at", ""))
    return RestoreReport(
        len(manifest["members"]), now.id if now else None, seals.listed(home), saved_at, software
    )


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Read the manifest and refuse what this software must not unpack."""
    entry = archive.getinfo(MANIFEST)
    if entry.file_size > MANIFEST_BYTES:
        raise ValueError(MANIFEST)
    manifest: dict[str, Any] = json.loads(archive.read(entry))
    if int(manifest["format"]) > FORMAT:
        made_by = manifest.get("software", "?")
        raise JunhengError(
            f"这份备份由更新的版本（{made_by}）写成，请先升级再恢复。",
            f"This backup was written by later software ({made_by}); upgrade first, then restore.",
        )
    names = [str(member["name"]) for member in manifest["members"]]
    inside = [entry.filename for entry in archive.infolist() if entry.filename != MANIFEST]
    unsafe = [name for name in names if UNSAFE.search(name) or name.split("/")[0] not in FOLDERS]
    if unsafe:
        raise ValueError(f"unsafe name: {unsafe[0]}")
    current = manifest["current"]
    if current is not None and f"snapshots/{current}.duckdb" not in names:
        raise ValueError("the current snapshot is not there")
    if sorted(inside) != sorted(names) or len({name.casefold() for name in names}) != len(names):
        raise ValueError("the members are not those of the manifest")
    return manifest


def _refuse_unless_empty(home: Home, members: list[dict[str, Any]]) -> None:
    """Refuse a home that holds data; files that are byte for byte the backup's are a restore cut short.

    Such a home has no pointer to a snapshot yet, which is written last and by no backup.
    """
    ours = {member["name"]: member["sha256"] for member in members}
    found = (path for name in FOLDERS for path in sorted((home.root / name).rglob("*")) if path.is_file())
    foreign = [
        path
        for path in found
        if path.name != "_empty.parquet"
        and path.suffix != ".part"
        and seals.file_hash(path) != ours.get(path.relative_to(home.root).as_posix())
    ]
    if not foreign:
        return
    example = foreign[0].relative_to(home.root).as_posix()
    raise JunhengError(
        f"{home.root} 里已有数据（例如 {example}），没有恢复。"
        "备份只能恢复到空文件夹，请用 --home 另指定一个。",
        f"{home.root} already holds data (for example {example}); nothing was restored. "
        "A backup goes into an empty folder: name one with --home.",
    )


def _extract(
    archive: zipfile.ZipFile, members: list[dict[str, Any]], staged: Path, progress: Progress
) -> None:
    """Unpack every member into the scratch folder, never more than its size, and check its hash."""
    total, done = sum(int(member["size"]) for member in members), 0
    staged.mkdir(parents=True)
    if shutil.disk_usage(staged).free < total:
        raise OSError(28, f"{total >> 20} MB needed")
    for member in members:
        target = staged / member["name"]
        target.parent.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with archive.open(member["name"]) as source, target.open("wb") as copy:
            while piece := source.read(CHUNK):
                size += len(piece)
                if size > int(member["size"]):
                    break
                digest.update(piece)
                copy.write(piece)
            copy.flush()
            os.fsync(copy.fileno())
        if size != int(member["size"]) or digest.hexdigest() != member["sha256"]:
            raise ValueError(f"{member['name']}: SHA-256")
        done += size
        progress(done, total)


def _put_in_place(home: Home, staged: Path, manifest: Mapping[str, Any]) -> None:
    """Move the checked files to their names: what makes them count goes last, the imports all at once."""
    names = [member["name"] for member in manifest["members"]]
    rest = [name for name in names if not name.startswith(COMMITS)]
    for name in rest:
        target = home.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (staged / name).replace(target)
        if name.endswith(".duckdb") and f"{name.removesuffix('.duckdb')}.seal.json" in names:
            target.chmod(seals.READ_ONLY)
    for folder in {(home.root / name).parent for name in rest}:
        flush_folder(folder)
    imports = staged / "landing" / "_imports"
    if imports.exists():
        home.landing.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(home.landing / "_imports", ignore_errors=True)
        imports.replace(home.landing / "_imports")
        flush_folder(home.landing)
    if manifest["current"]:
        snapshots.point_to(home, manifest["current"])


def _no_backup(file: Path, reason: str) -> JunhengError:
    return JunhengError(
        f"{file} 不是均衡的备份，或已损坏（{reason}）。什么也没有恢复。",
        f"{file} is no backup of Junheng's, or it is damaged ({reason}). Nothing was restored.",
    )


def _disk_refused(home: Home, error: OSError) -> JunhengError:
    reason = error.strerror or str(error)
    return JunhengError(
        f"没有恢复：无法写入 {home.root}（{reason}）。请检查文件夹是否可写、磁盘是否已满。",
        f"Not restored: {home.root} cannot be written ({reason}). Check that it is writable and not full.",
    )
