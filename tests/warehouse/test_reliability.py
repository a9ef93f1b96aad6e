"""Short samples of `python -m benchmarks.reliability`; full runs and figures: docs/reliability.md."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.figures import Part
from benchmarks.reliability import disk, kills, readers
from warehouse.home import Home
from warehouse.landing import sweep_landing

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills by process group and file size limits of Unix")


def missed(part: Part) -> list[str]:
    return [figure.what for figure in part.figures if not figure.holds] and list(part.remarks)


def test_nothing_is_lost_when_imports_and_publications_are_killed(
    golden_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kills, "SHARES", {"import": 1, "publish": 1})
    assert missed(kills.measure(golden_home, tmp_path, 4)) == []


def test_readers_see_no_error_and_the_newest_snapshot(golden_home: Home, tmp_path: Path) -> None:
    assert missed(readers.measure(golden_home, tmp_path, 1, sessions=4)) == []


def test_nowhere_to_write_is_told_and_harms_nothing(
    golden_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "FREE_KB", {"import": (0,)})
    monkeypatch.setattr(disk, "LARGEST_KB", {"import": (6,)})
    assert missed(disk.measure(golden_home, tmp_path, 1)) == []


def test_rows_of_a_killed_import_are_swept_but_not_while_one_runs(own_home: Home) -> None:
    scraps = [own_home.landing / "rooms" / name for name in ("I000099.parquet", "I000099.parquet.ab.part")]
    for scrap in scraps:
        scrap.write_bytes(b"half")
    before = {path for path in own_home.landing.rglob("*.parquet") if path not in scraps}
    with own_home.lock("import"):
        sweep_landing(own_home)
        assert all(scrap.exists() for scrap in scraps)
    sweep_landing(own_home)
    assert {path for path in own_home.landing.rglob("*") if path.is_file()} == before
