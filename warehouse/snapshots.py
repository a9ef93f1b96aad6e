"""Published snapshots: versioned files and the pointer that names the current one."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse.durable import flush, flush_folder, written
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.locks import held

KEPT = 10
POINTER = "CURRENT"
ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{4}")


@dataclass(frozen=True)
class Snapshot:
    """One published database file and what it was made from."""

    id: str
    path: Path
    published_at: datetime
    manifest: Mapping[str, Any]
    seal: Mapping[str, Any] | None = None
    """What `warehouse.seals` wrote when this snapshot was frozen as submitted."""


def current(home: Home) -> Snapshot | None:
    """Return the snapshot the pointer names, or None when nothing is published."""
    pointer = home.snapshots / POINTER
    try:
        snapshot_id = pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return _open(home, snapshot_id)


def history(home: Home) -> list[Snapshot]:
    """Return the kept snapshots, newest first."""
    ids = (path.stem for path in home.snapshots.glob("*.duckdb") if ID.fullmatch(path.stem))
    found = (_open(home, snapshot_id) for snapshot_id in ids)
    kept = [snapshot for snapshot in found if snapshot is not None]
    return sorted(kept, key=lambda snapshot: snapshot.published_at, reverse=True)


def publish(home: Home, built: Path, manifest: Mapping[str, Any]) -> Snapshot:
    """Give the closed file `built` its own name, write its manifest and switch the pointer to it.

    Readers that hold the old file keep it; a reader that asks `current` next gets the new one.
    """
    home.snapshots.mkdir(parents=True, exist_ok=True)
    if built.with_name(built.name + ".wal").exists():
        raise JunhengError(
            "新快照没有完整写入磁盘，未发布。请检查磁盘空间后重新刷新。",
            "The new snapshot was not written completely and is not published. "
            "Check the disk and refresh again.",
        )
    published_at = datetime.now(UTC)
    snapshot_id = f"{published_at.astimezone():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    flush(built)
    path = home.snapshots / f"{snapshot_id}.duckdb"
    facts = {"id": snapshot_id, "published_at": published_at.isoformat(), **manifest}
    write_text(path.with_suffix(".json"), json.dumps(facts, ensure_ascii=False, indent=2))
    built.replace(path)
    flush_folder(home.snapshots)  # The file must have its name before the pointer says it.
    before = current(home)
    point_to(home, snapshot_id)
    _drop_old(home, {snapshot_id, before.id if before else ""})
    return Snapshot(snapshot_id, path, published_at, facts)


def rollback(home: Home, snapshot_id: str) -> Snapshot:
    """Switch the pointer to the kept snapshot `snapshot_id`; JunhengError when there is none.

    A refresh under way is waited for, so that the last word is what was asked for last.
    """
    with held(home, "refresh"):
        snapshot = find(home, snapshot_id)
        point_to(home, snapshot.id)
    return snapshot


def find(home: Home, snapshot_id: str) -> Snapshot:
    """Return the kept snapshot `snapshot_id` (or `current`); JunhengError when there is none."""
    snapshot = current(home) if snapshot_id == "current" else _open(home, snapshot_id)
    if snapshot is None:
        kept = [kept.id for kept in history(home)]
        raise JunhengError(
            f"没有编号为 {snapshot_id} 的快照。现有快照：{'、'.join(kept) or '无'}。",
            f"There is no snapshot {snapshot_id}. Kept snapshots: {', '.join(kept) or 'none'}.",
            exit_code=2,
        )
    return snapshot


def seal_path(path: Path) -> Path:
    """Return where the seal of the snapshot file `path` is written."""
    return path.with_suffix(".seal.json")


def sweep(home: Home) -> None:
    """Remove what killed refreshes left behind; a file still open elsewhere is left for next time."""
    manifests = (path for path in home.snapshots.glob("[0-9]*.json") if ID.fullmatch(path.stem))
    unmade = [path for path in manifests if not _is_kept(path.with_suffix(".duckdb"))]
    for stale in [*home.build.glob(".building-*"), *home.snapshots.glob(".*.part"), *unmade]:
        _remove(stale)


def _is_kept(path: Path) -> bool:
    """A lost file that was sealed keeps its manifest: status tells of the loss."""
    return path.exists() or seal_path(path).exists()


def _open(home: Home, snapshot_id: str) -> Snapshot | None:
    path = home.snapshots / f"{snapshot_id}.duckdb"
    if not ID.fullmatch(snapshot_id) or not path.exists():
        return None
    try:
        manifest = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    except FileNotFoundError:  # A refresh dropped it just now as one of the oldest.
        return None
    published_at = datetime.fromisoformat(manifest["published_at"])
    return Snapshot(snapshot_id, path, published_at, manifest, read_seal(path))


def read_seal(path: Path) -> dict[str, Any] | None:
    """The seal of a snapshot file; one that cannot be read still seals, and no file agrees with it."""
    try:
        return dict(json.loads(seal_path(path).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except ValueError:
        return {}


def point_to(home: Home, snapshot_id: str) -> None:
    """Name a snapshot as the published one; whoever calls holds the lock `refresh`."""
    write_text(home.snapshots / POINTER, snapshot_id + "\n")


def _drop_old(home: Home, keep: set[str]) -> None:
    """Remove the oldest but those of `keep`: a reader may be about to open what was current until now."""
    unsealed = [snapshot for snapshot in history(home) if snapshot.seal is None]
    for snapshot in unsealed[KEPT:]:
        if snapshot.id not in keep and _remove(snapshot.path):
            _remove(snapshot.path.with_suffix(".json"))


def write_text(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old one or the new one, never half."""
    with written(path) as part:
        part.write_text(text, encoding="utf-8")


def _remove(path: Path) -> bool:
    """Delete a file; False where the system refuses because someone still has it open."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        return False
    return True
