"""The workspace's file: whole after a kill, opened when older, refused when newer, absent until written."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workspace import authors, store
from workspace.refusals import RefusedError
from workspace.store import Store

ONE = "create table note (id integer primary key, said text not null);\n"
TWO = (
    "alter table note add column tone text not null default 'calm';\ninsert into note (said) values ('二');\n"
)


@pytest.fixture
def migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "note_001.sql").write_text(ONE, encoding="utf-8")
    monkeypatch.setattr(store, "MIGRATIONS", folder)
    return folder


def said(kept: Store) -> list[str]:
    with kept.reading() as connection:
        return [row["said"] for row in store.rows(connection, "select said from note order by id")]


def test_reading_an_absent_workspace_creates_nothing(migrations: Path, tmp_path: Path) -> None:
    kept = Store(tmp_path / "home")
    assert said(kept) == []
    assert not kept.folder.exists()


def test_a_block_that_raises_keeps_nothing(migrations: Path, tmp_path: Path) -> None:
    kept = Store(tmp_path)
    with pytest.raises(ZeroDivisionError), kept.writing() as connection:
        connection.execute("insert into note (said) values ('一')")
        raise ZeroDivisionError
    assert said(kept) == []


def test_an_older_file_opens_under_newer_software_and_not_the_other_way(
    migrations: Path, tmp_path: Path
) -> None:
    kept = Store(tmp_path)
    with kept.writing() as connection:
        connection.execute("insert into note (said) values ('一')")
    (migrations / "note_002.sql").write_text(TWO, encoding="utf-8")
    assert said(kept) == ["一", "二"]
    assert said(kept) == ["一", "二"], "a migration is applied once"
    (migrations / "note_002.sql").unlink()
    with pytest.raises(RefusedError, match="更新的版本") as refused:
        said(kept)
    assert "later software" in refused.value.message_en


def test_a_migration_that_fails_leaves_the_file_as_it_was(migrations: Path, tmp_path: Path) -> None:
    kept = Store(tmp_path)
    with kept.writing() as connection:
        connection.execute("insert into note (said) values ('一')")
    (migrations / "note_002.sql").write_text(TWO + "select wrong;\n", encoding="utf-8")
    with pytest.raises(RefusedError):
        said(kept)
    (migrations / "note_002.sql").unlink()
    assert said(kept) == ["一"]


def test_a_writer_killed_in_the_middle_leaves_the_file_whole(migrations: Path, tmp_path: Path) -> None:
    kept = Store(tmp_path)
    with kept.writing() as connection:
        connection.execute("insert into note (said) values ('一')")
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom workspace import store\n"
        "store.MIGRATIONS = Path(sys.argv[2])\n"
        "with store.Store(Path(sys.argv[1])).writing() as connection:\n"
        "    for n in range(2000): connection.execute('insert into note (said) values (?)', ('x' * 5000,))\n"
        "    os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path), str(migrations)], cwd=ROOT)
    assert ended.returncode == -signal.SIGKILL if os.name != "nt" else ended.returncode
    assert said(kept) == ["一"]
    with sqlite3.connect(kept.file) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)


def test_a_damaged_file_is_said_to_be_damaged(migrations: Path, tmp_path: Path) -> None:
    kept = Store(tmp_path)
    kept.folder.mkdir()
    kept.file.write_bytes(b"no database at all, just text that is long enough" * 100)
    with pytest.raises(RefusedError, match="已损坏"):
        said(kept)


def test_nothing_is_written_without_a_name_and_no_name_passes_for_verified() -> None:
    for name in (None, "", "  ", "长" * 41):
        with pytest.raises(RefusedError, match="姓名"):
            authors.typed(name)
    assert authors.typed("  王 芳\n") == authors.Author("王 芳", is_verified=False)
    assert authors.told("王芳", "zh") == "王芳（未核验）"
    assert authors.told("王芳", "en") == "王芳 (unverified)"
