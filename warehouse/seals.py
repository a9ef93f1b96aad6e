"""Snapshots frozen as submitted: what they were made of, and whether they still are what was sealed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from warehouse import snapshots
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.locks import held
from warehouse.parameters import DEFINITIONS
from warehouse.snapshots import Snapshot

READ_ONLY = 0o444
CHUNK = 1 << 20


def seal(home: Home, snapshot_id: str, label: str) -> Snapshot:
    """Freeze a snapshot as submitted under `label`; it is kept for good and its file made read-only.

    Sealing again under the same label changes nothing; under another one it is refused.
    JunhengError (2) for an unknown snapshot or an empty label, (1) when the file is not what was sealed.
    """
    label = label.strip()
    if not label:
        raise JunhengError(
            "封存要写明名称，例如 --label 2024年上报。",
            "A seal needs a label, for example --label “submitted 2024”.",
            exit_code=2,
        )
    with held(home, "refresh"):  # A refresh drops old snapshots; it may not drop this one meanwhile.
        snapshot = snapshots.find(home, snapshot_id)
        if snapshot.seal is not None:
            return _sealed_before(snapshot, label)
        facts = _facts(snapshot, label)
        text = json.dumps(facts, ensure_ascii=False, indent=2)
        snapshots.write_text(snapshots.seal_path(snapshot.path), text)
        snapshot.path.chmod(READ_ONLY)
    return replace(snapshot, seal=facts)


def is_intact(snapshot: Snapshot) -> bool:
    """Whether a sealed snapshot's file still has the hash it was sealed with (true of an unsealed one)."""
    return snapshot.seal is None or _agrees(snapshot.path, snapshot.seal)


def listed(home: Home) -> list[dict[str, Any]]:
    """Return every seal, newest snapshot first: id, label, sealed_at, is_intact (false for a lost file)."""
    rows = []
    for path in sorted(home.snapshots.glob("[0-9]*.seal.json"), reverse=True):
        database = path.with_name(path.name.replace(".seal.json", ".duckdb"))
        facts = snapshots.read_seal(database) or {}
        rows.append(
            {
                "id": database.stem,
                "label": facts.get("label", ""),
                "sealed_at": facts.get("sealed_at", ""),
                "is_intact": _agrees(database, facts),
            }
        )
    return rows


def last(home: Home) -> Snapshot | None:
    """Return the snapshot that was sealed last and is still there, or None before the first seal."""
    sealed = [snapshot for snapshot in snapshots.history(home) if snapshot.seal]
    return max(sealed, key=lambda snapshot: str((snapshot.seal or {}).get("sealed_at", "")), default=None)


def _agrees(path: Path, seal: Mapping[str, Any]) -> bool:
    try:
        facts = path.stat()
        found = _hash_of_version(path, facts.st_size, facts.st_mtime_ns)
    except OSError:
        return False
    return found == seal.get("snapshot_sha256")


def file_hash(path: Path) -> str:
    """Return a file's SHA-256, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


@lru_cache(maxsize=64)
def _hash_of_version(path: Path, size: int, modified: int) -> str:
    """Hash a file once as long as neither its size nor its time changes: status is asked often."""
    return file_hash(path)


def _sealed_before(snapshot: Snapshot, label: str) -> Snapshot:
    was = str((snapshot.seal or {}).get("label", ""))
    if not is_intact(snapshot):
        raise damaged(snapshot.id, was)
    if was != label:
        raise JunhengError(
            f"快照 {snapshot.id} 已封存为“{was}”，不能再以“{label}”封存。",
            f"Snapshot {snapshot.id} is sealed as “{was}” already and cannot be sealed as “{label}”.",
        )
    snapshot.path.chmod(READ_ONLY)  # A sealing cut short may not have come to this.
    return snapshot


def damaged(snapshot_id: str, label: str) -> JunhengError:
    """Say that a sealed snapshot's file was changed after sealing."""
    return JunhengError(
        f"快照 {snapshot_id}（封存为“{label}”）的文件在封存之后丢失或被改动，"
        "与封存时的校验值不符。请从备份中恢复。",
        f"The file of snapshot {snapshot_id} (sealed as “{label}”) was lost or changed after sealing: "
        "its hash is not the sealed one. Restore it from a backup.",
    )


def _facts(snapshot: Snapshot, label: str) -> dict[str, Any]:
    parameters = parameter_hashes(snapshot.path)
    sources = {row["file_hash"]: row["file_name"] for row in snapshot.manifest.get("sources", [])}
    return {
        "id": snapshot.id,
        "label": label,
        "sealed_at": datetime.now(UTC).isoformat(),
        "published_at": snapshot.published_at.isoformat(),
        "snapshot_sha256": file_hash(snapshot.path),
        "snapshot_bytes": snapshot.path.stat().st_size,
        "sources": [{"file_name": name, "file_hash": digest} for digest, name in sources.items()],
        "standards": list(snapshot.manifest.get("standards", [])),
        "parameters_sha256": hashlib.sha256(json.dumps(parameters, sort_keys=True).encode()).hexdigest(),
        "parameters": parameters,
        "software": snapshot.manifest.get("software"),
        "sealed_by_software": version("junheng"),
    }


def parameter_hashes(path: Path) -> dict[str, str]:
    """Return the SHA-256 of every table of definitions a snapshot was computed with, row order aside."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.sql(
            "select table_name from duckdb_tables() where schema_name = 'seeds'"
        ).fetchall()
        names = sorted({name for (name,) in tables} & set(DEFINITIONS))
        return {name: _table_hash(connection, name) for name in names}


def _table_hash(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    columns = connection.sql(f"select * from seeds.{table} limit 0").columns
    cells = ", ".join(f"coalesce(cast({column} as varchar), '')" for column in columns)
    rows = connection.sql(f"select concat_ws(chr(31), {cells}) from seeds.{table} order by 1").fetchall()
    return hashlib.sha256("\n".join(row for (row,) in rows).encode()).hexdigest()
