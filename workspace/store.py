"""The workspace's one file: opened for a moment, brought up to date, read or written, and closed.

The file is `HOME/workspace/workspace.sqlite` in WAL mode, so readers never wait and a process killed in
the middle of a write leaves the file as it was before. Each part of the product adds its tables as
numbered files `migrations/<part>_<number>.sql`, which are never changed once released: the file
remembers which it has had, so an older file opens under newer software.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workspace.refusals import RefusedError

FILE = "workspace.sqlite"
MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE_MS = 30_000
"""How long whoever writes second waits for the first."""
DURABILITY = "full"
"""What is written is on the disk before anyone is told so."""
APPLIED = "create table if not exists applied (name text primary key, applied_at text not null)"


@dataclass(frozen=True)
class Store:
    """The workspace below one county's home folder."""

    home: Path

    @property
    def folder(self) -> Path:
        """Where the file and the evidence are."""
        return self.home / "workspace"

    @property
    def file(self) -> Path:
        """The SQLite file; it does not exist until somebody typed something."""
        return self.folder / FILE

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield one consistent view; a workspace nobody has written to is empty, and is not created."""
        place = str(self.file) if self.file.exists() else ":memory:"
        with _spoken(self.file), closing(_opened(place)) as connection:
            connection.execute("begin")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield the only writer; everything is kept when the block ends, and nothing when it raises."""
        with _spoken(self.file):
            self.folder.mkdir(parents=True, exist_ok=True)
            with closing(_opened(str(self.file))) as connection, _transaction(connection):
                yield connection


def rows(connection: sqlite3.Connection, sql: str, *values: Any) -> list[dict[str, Any]]:
    """Return what a query finds as dictionaries."""
    return [dict(row) for row in connection.execute(sql, values)]


def now() -> str:
    """Return the present moment as it is kept: UTC, to the second, sortable."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _opened(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=PATIENCE_MS / 1000, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute(f"pragma busy_timeout = {PATIENCE_MS}")
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma journal_mode = wal")
        connection.execute(f"pragma synchronous = {DURABILITY}")
        _bring_up_to_date(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Apply the migrations that the file has not had, each once and all or none."""
    scripts = {path.name: path for path in sorted(MIGRATIONS.glob("*.sql"))}
    if _had(connection) == set(scripts):
        return
    with _transaction(connection):
        connection.execute(APPLIED)
        had = _had(connection)
        if unknown := had - set(scripts):
            raise RefusedError(
                f"工作区文件由更新的版本写成（{min(unknown)}），请先升级均衡再打开。",
                f"The workspace was written by later software ({min(unknown)}); upgrade first.",
            )
        for name in sorted(set(scripts) - had):
            for statement in _statements(scripts[name].read_text(encoding="utf-8")):
                connection.execute(statement)
            connection.execute("insert into applied values (?, ?)", (name, now()))


def _had(connection: sqlite3.Connection) -> set[str]:
    known = "select count(*) from sqlite_master where type = 'table' and name = 'applied'"
    if not connection.execute(known).fetchone()[0]:
        return set()
    return {row["name"] for row in connection.execute("select name from applied")}


def _statements(script: str) -> Iterator[str]:
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            yield part
            part = ""


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


@contextmanager
def _spoken(file: Path) -> Iterator[None]:
    """Turn what the disk or SQLite says into a sentence."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise RefusedError(
            f"工作区现在不能读写（{error}）：可能有人正在写入，或文件夹不可写、磁盘已满。请稍后再试。{file}",
            f"The workspace cannot be used now ({error}): somebody may be writing, or the folder is "
            f"read-only or full. Try again later. {file}",
        ) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        raise RefusedError(
            f"工作区文件已损坏（{error}），请用备份恢复：{file}",
            f"The workspace file is damaged ({error}); restore it from a backup: {file}",
        ) from error
    except OSError as error:
        raise RefusedError(
            f"无法写入工作区（{error.strerror or error}）：{file.parent}",
            f"The workspace cannot be written ({error.strerror or error}): {file.parent}",
        ) from error
