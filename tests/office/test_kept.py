"""What people typed is in the backup and comes back; nothing the warehouse does touches it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from office import evidence, ledger
from office.kept import kept
from tests.office.test_evidence import PDF
from tests.warehouse.kept_county import republished
from warehouse import actions
from warehouse.home import Home, open_home
from workspace.ledger import Draft
from workspace.store import Store


def typed(home: Home) -> None:
    ledger.enter(home, [Draft("typed", problem="围墙破损")], "王芳")
    evidence.add(home, "照片.pdf", PDF, "王芳", number=1)


def test_ledger_and_evidence_come_back_from_a_backup(home: Home, tmp_path: Path) -> None:
    typed(home)
    file = tmp_path / "county.zip"
    with Store(home.root).reading():
        ledger.comment(home, 1, "还在看的时候写的", "李强")
        actions.backup(home, file)
    names = zipfile.ZipFile(file).namelist()
    assert [name for name in names if "sqlite" in name] == ["workspace/workspace.sqlite"]
    back = open_home(tmp_path / "back")
    actions.restore(back, file)
    assert ledger.find(back, 1)["problem"] == "围墙破损"
    assert ledger.history(back, 1)["comments"][0]["said"] == "还在看的时候写的"
    assert evidence.opened(back, 1) == ("照片.pdf", PDF)
    assert kept(back) == kept(home) == {
        "ledger_entries": 1, "ledger_pending": 1, "ledger_overdue": 0,
        "evidence_files": 1, "evidence_bytes": len(PDF),
    }  # fmt: skip


def test_a_backup_from_before_the_workspace_restores(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "older.zip"
    actions.backup(home, file)
    assert not [name for name in zipfile.ZipFile(file).namelist() if name.startswith("workspace")]
    back = open_home(tmp_path / "back")
    actions.restore(back, file)
    assert kept(back)["ledger_entries"] == 0
    typed(back)
    assert kept(back)["ledger_entries"] == 1


def test_publishing_and_retracting_leave_it_alone(home: Home) -> None:
    typed(home)
    before = {path: path.read_bytes() for path in (home.root / "workspace").rglob("*") if path.is_file()}
    actions.retract(home, next((home.landing / "_imports").glob("I*.parquet")).stem)
    republished(home)
    assert before == {
        path: path.read_bytes() for path in (home.root / "workspace").rglob("*") if path.is_file()
    }
