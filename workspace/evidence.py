"""Evidence files: kept under their hash, attached to an item, a school or an entry, never run or shown."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workspace.authors import Author
from workspace.file_kinds import checked
from workspace.ledger_fields import clean
from workspace.refusals import RefusedError
from workspace.store import Store, now, rows

Row = dict[str, Any]


@dataclass(frozen=True)
class About:
    """What a file is evidence of: an item, a school, an item of a school, or a ledger entry."""

    item_code: str = ""
    school_code: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Limits:
    """What may be kept: the types by their extensions, and the bytes of one file."""

    kinds: tuple[str, ...]
    max_bytes: int


def add(
    store: Store, name: str, content: bytes, about: About, author: Author, limits: Limits, note: str = ""
) -> int:
    """Keep a file and what it is evidence of; return its id. The same for the same thing is kept once."""
    if not (about.item_code or about.school_code or about.number):
        raise RefusedError(
            "请说明佐证什么：条目、学校或台账编号。", "Say what it proves: an item, a school or an entry.", 2
        )
    safe, kind = checked(name, content, limits.kinds, limits.max_bytes)
    digest, said = hashlib.sha256(content).hexdigest(), clean("note", note)
    _keep(_place(store, digest), content)
    subject = (about.item_code, about.school_code, about.number)
    with store.writing() as connection:
        known = rows(
            connection,
            """select id from evidence_file where sha256 = ? and item_code = ? and school_code = ?
            and number is ? and removed_at is null""",
            digest,
            *subject,
        )
        if known:
            return int(known[0]["id"])
        if about.number and not rows(connection, "select 1 from ledger_entry where number = ?", about.number):
            raise RefusedError(
                f"台账里没有第 {about.number} 号。", f"The ledger has no entry {about.number}.", 2
            )
        cursor = connection.execute(
            """insert into evidence_file
            (sha256, name, kind, size, item_code, school_code, number, note, added_at, added_by)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (digest, safe, kind, len(content), *subject, said, now(), author.name),
        )
        return int(cursor.lastrowid or 0)


def remove(store: Store, number: int, author: Author) -> None:
    """Take a file out of the evidence; who did and when is kept, and so is the file."""
    with store.writing() as connection:
        done = connection.execute(
            "update evidence_file set removed_at = ?, removed_by = ? where id = ? and removed_at is null",
            (now(), author.name, number),
        )
        if not done.rowcount:
            raise _unknown(number)


def listed(store: Store) -> list[Row]:
    """Return every file that counts, in the order of coming."""
    with store.reading() as connection:
        return rows(connection, "select * from evidence_file where removed_at is null order by id")


def content(store: Store, number: int) -> tuple[str, bytes]:
    """Return a file's name and bytes, checked against its hash."""
    with store.reading() as connection:
        found = rows(connection, "select * from evidence_file where id = ? and removed_at is null", number)
    if not found:
        raise _unknown(number)
    place = _place(store, found[0]["sha256"])
    data = place.read_bytes() if place.is_file() else b""
    if hashlib.sha256(data).hexdigest() != found[0]["sha256"]:
        raise RefusedError(
            f"“{found[0]['name']}”的文件已丢失或被改动，请用备份恢复，或重新上传。",
            f"The file of “{found[0]['name']}” is lost or was changed; restore a backup or attach it again.",
        )
    return found[0]["name"], data


def _place(store: Store, digest: str) -> Path:
    """Return where a file lies: no extension, so nothing opens or runs it by itself."""
    return store.folder / "evidence" / digest[:2] / digest


def _keep(place: Path, content: bytes) -> None:
    """Put the bytes on the disk under their hash; a half-written file never has its name."""
    if place.is_file() and place.stat().st_size == len(content):
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f"{place.name}.{os.getpid()}.part")
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    except OSError as error:
        reason = error.strerror or str(error)
        raise RefusedError(
            f"佐证没有存上（{reason}）。请检查磁盘是否已满、文件夹是否可写。",
            f"The file was not kept ({reason}). Check that the disk is writable and not full.",
        ) from error


def _unknown(number: int) -> RefusedError:
    return RefusedError(f"没有编号为 {number} 的佐证材料。", f"There is no evidence file {number}.", 2)
