"""What dbt read of the models is lent from home to home."""

from __future__ import annotations

import subprocess
from pathlib import Path

import msgpack
import pytest

from tests.published import golden_home
from warehouse import parsed
from warehouse import refresh as running
from warehouse.home import open_home
from warehouse.landing import ensure_landing


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "installation" / "models.msgpack"
    path.parent.mkdir()
    monkeypatch.setattr(parsed, "SHARED", path)
    return path


def test_a_new_home_borrows_what_another_read(tmp_path: Path, shared: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    (first / parsed.NAME).write_bytes(b"read")
    parsed.lend(first)
    parsed.borrow(second)
    assert (second / parsed.NAME).read_bytes() == b"read"


def test_a_home_with_its_own_keeps_it(tmp_path: Path, shared: Path) -> None:
    shared.write_bytes(b"another's")
    (tmp_path / parsed.NAME).write_bytes(b"own")
    parsed.borrow(tmp_path)
    assert (tmp_path / parsed.NAME).read_bytes() == b"own"
    parsed.lend(tmp_path)
    assert shared.read_bytes() == b"own"


def test_nothing_to_lend_or_borrow_is_no_fault(tmp_path: Path, shared: Path) -> None:
    parsed.lend(tmp_path)
    parsed.borrow(tmp_path)
    assert not shared.exists() and not (tmp_path / parsed.NAME).exists()


def test_an_installation_that_is_not_ours_to_write_is_left_alone(
    tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / parsed.NAME).write_bytes(b"own")
    monkeypatch.setattr(parsed.os, "access", lambda folder, mode: False)
    parsed.lend(tmp_path)
    assert not shared.exists()


def test_a_home_fills_its_seeds_from_its_own_files_whoever_read_the_models(tmp_path: Path) -> None:
    assert golden_home().root.exists(), "its refresh lends what it read"
    home = open_home(tmp_path / "home")
    parsed.borrow(home.build / "target")
    lent = home.build / "target" / parsed.NAME
    read = msgpack.unpackb(lent.read_bytes(), strict_map_key=False)
    for node in read["nodes"].values():
        if node["resource_type"] == "seed":
            node["root_path"] = str(tmp_path / "another home, now gone")
    lent.write_bytes(msgpack.packb(read))
    ensure_landing(home)
    running._lay_project(home, home.build)
    command = running._command(["seed", "--select", "age_bands"], home.build)
    told = running._environment(home, home.build, ".building-next.duckdb")
    done = subprocess.run(command, cwd=home.build, env=told, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
