"""One file holds all that would be missed, and an empty home becomes the same county again."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.county import County
from warehouse import landing, seals, snapshots
from warehouse.backups import MANIFEST, backup
from warehouse.differences import diff
from warehouse.errors import JunhengError
from warehouse.home import Home, open_home
from warehouse.refresh import refresh
from warehouse.restores import restore

PARAMETERS = "key,value\ncounty_name,青石县\n"


@pytest.fixture(scope="module")
def saved(golden_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the golden county with a parameter file of its own, sealed."""
    from tests.shared import copied

    folder = tmp_path_factory.mktemp("saved")
    home = copied(golden_home, folder / "home")
    home.parameters.mkdir()
    (home.parameters / "county.csv").write_text(PARAMETERS, encoding="utf-8")
    seals.seal(home, "current", "2024年上报")
    backup(home, folder / "county.zip")
    return folder / "county.zip"


def contents(home: Home) -> dict[str, bytes]:
    folders = ("landing", "files", "parameters", "snapshots")
    paths = (path for name in folders for path in (home.root / name).rglob("*") if path.is_file())
    return {path.relative_to(home.root).as_posix(): path.read_bytes() for path in paths}


def rewritten(saved: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(saved) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target


def test_restored_home_is_the_saved_one_and_opens_at_once(saved: Path, tmp_path: Path) -> None:
    home = open_home(tmp_path / "back")
    told: list[tuple[int, int]] = []
    report = restore(home, saved, progress=lambda done, total: told.append((done, total)))
    was = open_home(saved.parent / "home")
    assert contents(home) == contents(was)
    assert told[-1][0] == told[-1][1] and told == sorted(told)
    now = snapshots.current(home)
    assert now is not None and now.id == report.current
    assert [row["is_intact"] for row in seals.listed(home)] == [True]
    assert now.path.stat().st_mode & 0o222 == 0
    assert County(home.root).one("select count(*) from marts.dim_standard") == 3
    assert not (home.root / ".restoring").exists()


def test_refresh_of_a_restored_home_gives_the_same_figures(saved: Path, tmp_path: Path) -> None:
    home = open_home(tmp_path / "back")
    before = restore(home, saved).current
    assert before is not None
    assert refresh(home).failures == []
    found = diff(home, before, "current")
    assert found.after.id != before
    assert found.classification in ("none", "patch"), found.definitions
    assert found.figures.is_empty() and found.coefficients.is_empty() and found.verdicts.is_empty()


def test_backup_names_every_member_with_its_hash(saved: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        names = archive.namelist()
    assert names[-1] == MANIFEST and names[:-1] == [member["name"] for member in manifest["members"]]
    assert {name.split("/")[0] for name in names[:-1]} == {"landing", "files", "parameters", "snapshots"}
    assert manifest["software"] and manifest["seals"][0]["label"] == "2024年上报"


def test_backup_replaces_a_file_only_when_told(golden_home: Home, tmp_path: Path) -> None:
    file = tmp_path / "county.zip"
    file.write_text("mine")
    with pytest.raises(JunhengError) as caught:
        backup(golden_home, file)
    assert caught.value.exit_code == 2 and file.read_text() == "mine"
    assert backup(golden_home, file, overwrite=True).members > 0
    assert zipfile.is_zipfile(file)


def test_backup_that_cannot_be_written_leaves_nothing(golden_home: Home, tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match="备份没有写成"):
        backup(golden_home, tmp_path / "nowhere" / "county.zip")
    with pytest.raises(JunhengError, match="还没有数据"):
        backup(open_home(tmp_path / "empty"), tmp_path / "county.zip")
    assert not list(tmp_path.rglob("*.zip*"))


def test_backup_says_when_a_sealed_file_was_changed(own_home: Home, tmp_path: Path) -> None:
    path = seals.seal(own_home, "current", "上报").path
    path.chmod(0o644)
    with path.open("ab") as file:
        file.write(b"!")
    assert [row["label"] for row in backup(own_home, tmp_path / "county.zip").damaged] == ["上报"]


def test_restore_refuses_a_home_that_holds_anything(saved: Path, own_home: Home, tmp_path: Path) -> None:
    before = contents(own_home)
    with pytest.raises(JunhengError, match="已有数据") as caught:
        restore(own_home, saved)
    assert caught.value.exit_code == 1 and contents(own_home) == before
    home = open_home(tmp_path / "configured")
    home.parameters.mkdir(parents=True)
    (home.parameters / "county.csv").write_text("key,value\ncounty_name,别处\n", encoding="utf-8")
    with pytest.raises(JunhengError, match=r"parameters/county\.csv"):
        restore(home, saved)


def test_restore_goes_on_where_one_was_cut_short(saved: Path, tmp_path: Path) -> None:
    home = open_home(tmp_path / "back")
    restore(home, saved)
    whole = contents(home)
    (home.snapshots / snapshots.POINTER).unlink()
    for path in (home.landing / "_imports").glob("I*.parquet"):
        path.unlink()
    (home.root / ".restoring").mkdir()
    restore(home, saved)
    assert contents(home) == whole
    assert not landing.landed(home, "schools").is_empty()


def spoil(members: dict[str, bytes]) -> None:
    name = next(name for name in members if name.startswith("files/"))
    members[name] = members[name][:-1] + b"?"


def climb(members: dict[str, bytes], name: str = "landing/../../evil.txt") -> None:
    manifest = json.loads(members[MANIFEST])
    manifest["members"].append({**manifest["members"][-1], "name": name})
    members[name] = members[manifest["members"][-2]["name"]]
    members[MANIFEST] = json.dumps(manifest).encode()


def smuggle(members: dict[str, bytes]) -> None:
    members["landing/_imports/I000009.parquet"] = b"not in the manifest"


def lose(members: dict[str, bytes]) -> None:
    del members[MANIFEST]


CLIMBS = [
    "/etc/evil",
    "landing\\..\\..\\evil",
    "C:evil",
    "landing/.. /evil",
    "home/evil",
    "landing//evil",
    "x",
]


@pytest.mark.parametrize("change", [spoil, climb, smuggle, lose, *CLIMBS])
def test_restore_puts_nothing_in_place_from_a_bad_file(
    saved: Path, tmp_path: Path, change: str | Callable[[dict[str, bytes]], None]
) -> None:
    def changes(members: dict[str, bytes]) -> None:
        if isinstance(change, str):
            climb(members, change)
        else:
            change(members)

    bad = rewritten(saved, tmp_path / "bad.zip", changes)
    home = open_home(tmp_path / "back")
    with pytest.raises(JunhengError, match="不是均衡的备份，或已损坏"):
        restore(home, bad)
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} <= {
        "bad.zip",
        ".import.lock",
        ".refresh.lock",
    }
    assert restore(home, saved).current, "the same home takes the good file afterwards"


def test_later_software_and_other_files_are_named(saved: Path, tmp_path: Path) -> None:
    def age(members: dict[str, bytes]) -> None:
        manifest = json.loads(members[MANIFEST])
        members[MANIFEST] = json.dumps({**manifest, "format": 99, "software": "9.9"}).encode()

    later = rewritten(saved, tmp_path / "later.zip", age)
    with pytest.raises(JunhengError, match=r"更新的版本（9\.9）"):
        restore(open_home(tmp_path / "back"), later)
    (tmp_path / "photo.zip").write_bytes(b"\xff\xd8")
    with pytest.raises(JunhengError, match="不是均衡的备份"):
        restore(open_home(tmp_path / "back"), tmp_path / "photo.zip")
    with pytest.raises(JunhengError) as caught:
        restore(open_home(tmp_path / "back"), tmp_path / "none.zip")
    assert caught.value.exit_code == 2


def test_commands_save_and_restore(saved: Path, golden_home: Home, tmp_path: Path) -> None:
    file = tmp_path / "县.zip"
    assert "已备份" in County(golden_home.root).run("backup", file).stdout
    County(golden_home.root).run("backup", file, expect=2)
    back = County(tmp_path / "back")
    assert "已恢复" in back.run("restore", file).stdout
    assert back.status()["snapshot"]["id"] == County(golden_home.root).status()["snapshot"]["id"]
    assert "已有数据" in back.run("restore", file, expect=1).stderr
