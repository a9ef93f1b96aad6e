"""What is named is on the disk: received files before their import, a snapshot before the pointer to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.build import HERE
from warehouse import durable, landing, snapshots
from warehouse.home import Home
from warehouse.imports import import_paths, sources


@pytest.fixture
def flushed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders and files put onto the disk, in order; a part counts as the file it becomes."""
    seen: list[Path] = []
    of_a_file, of_a_folder = durable.flush, durable.flush_folder

    def flush(path: Path) -> None:
        name = path.name[1:-14] if path.suffix == ".part" else path.name
        seen.append(path.with_name(name))
        of_a_file(path)

    def flush_folder(path: Path) -> None:
        seen.append(path)
        of_a_folder(path)

    for module in (durable, snapshots):
        monkeypatch.setattr(module, "flush", flush)
        monkeypatch.setattr(module, "flush_folder", flush_folder)
    return seen


def test_received_files_are_on_the_disk_before_their_import_exists(
    own_home: Home, tmp_path: Path, flushed: list[Path]
) -> None:
    text = (HERE / "input" / "专用教室.csv").read_text(encoding="utf-8-sig")
    path = tmp_path / "专用教室.csv"
    path.write_text(text.rstrip() + "1\n", encoding="utf-8-sig")
    report = import_paths(own_home, [path])
    kept = own_home.files / sources.Source(path.name, path.read_bytes()).file_hash
    assert kept.read_bytes() == path.read_bytes()
    commit = own_home.landing / "_imports" / f"{report.import_id}.parquet"
    before = flushed[: flushed.index(commit)]
    assert {kept, kept.parent, own_home.landing / "rooms"} <= set(before)
    assert flushed[-1] == commit.parent


def test_a_snapshot_has_its_name_on_the_disk_before_the_pointer_does(
    own_home: Home, flushed: list[Path]
) -> None:
    now = snapshots.current(own_home)
    assert now is not None
    own_home.build.mkdir()
    built = own_home.build / "copy.duckdb"
    built.write_bytes(now.path.read_bytes())
    published = snapshots.publish(own_home, built, {"sources": []})
    pointer = flushed.index(own_home.snapshots / snapshots.POINTER)
    assert flushed[0] == built
    assert flushed[1:pointer] == [published.path.with_suffix(".json"), own_home.snapshots, own_home.snapshots]
    assert flushed[pointer + 1 :] == [own_home.snapshots]


def test_a_received_file_cut_short_by_the_machine_is_kept_anew(own_home: Home) -> None:
    source = sources.Source("a.csv", b"whole")
    sources.keep(own_home, source)
    (own_home.files / source.file_hash).write_bytes(b"")
    sources.keep(own_home, source)
    assert (own_home.files / source.file_hash).read_bytes() == b"whole"


def test_a_failed_writing_leaves_the_old_file_and_no_scraps(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    with pytest.raises(ValueError), durable.written(path) as part:
        part.write_text("half")
        raise ValueError
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_the_empty_tables_are_written_whole(tmp_path: Path) -> None:
    home = Home(tmp_path)
    landing.ensure_landing(home)
    assert not list(tmp_path.rglob("*.part"))
