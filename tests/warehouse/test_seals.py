"""A sealed snapshot says what it was made of, stays, and is missed when it is changed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.county import County
from tests.warehouse.kept_county import republished
from warehouse import actions, seals, snapshots
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.snapshots import Snapshot

LABEL = "2024年上报"


def current(home: Home) -> Snapshot:
    found = snapshots.current(home)
    assert found is not None
    return found


def tamper(path: Path) -> None:
    path.chmod(0o644)
    with path.open("ab") as file:
        file.write(b"!")


def test_seal_holds_hash_sources_standards_and_software(own_home: Home) -> None:
    sealed = seals.seal(own_home, "current", LABEL)
    facts = json.loads(snapshots.seal_path(sealed.path).read_text(encoding="utf-8"))
    assert facts["snapshot_sha256"] == hashlib.sha256(sealed.path.read_bytes()).hexdigest()
    assert {row["file_hash"] for row in facts["sources"]} == {path.name for path in own_home.files.iterdir()}
    assert facts["standards"] == ["example_province", "national_2012", "national_2017"]
    assert {"thresholds", "parameters", "stage_weights"} <= set(facts["parameters"])
    assert facts["label"] == LABEL and facts["software"] == sealed.manifest["software"]
    assert sealed.path.stat().st_mode & 0o222 == 0, "the file is read-only"
    assert current(own_home).seal == facts


def test_parameters_hash_moves_with_a_threshold_and_only_then(own_home: Home) -> None:
    before = seals.parameter_hashes(current(own_home).path)
    same = republished(own_home, "update marts.dim_county set county_name = '别处'")
    assert seals.parameter_hashes(same.path) == before
    moved = republished(own_home, "update seeds.thresholds set threshold = threshold + 0.1")
    after = seals.parameter_hashes(moved.path)
    assert {name for name in after if after[name] != before[name]} == {"thresholds"}


def test_sealing_again_is_the_same_seal_or_refused(own_home: Home) -> None:
    first = seals.seal(own_home, "current", LABEL)
    assert seals.seal(own_home, first.id, LABEL).seal == first.seal
    with pytest.raises(JunhengError) as caught:
        seals.seal(own_home, first.id, "另一个")
    assert LABEL in caught.value.message_zh and caught.value.exit_code == 1


def test_unknown_snapshot_and_empty_label_are_wrong_usage(own_home: Home) -> None:
    for snapshot_id, label in (("20990101-000000-abcd", LABEL), ("../CURRENT", LABEL), ("current", "  ")):
        with pytest.raises(JunhengError) as caught:
            seals.seal(own_home, snapshot_id, label)
        assert caught.value.exit_code == 2


def test_sealed_snapshot_outlives_the_ten_that_are_kept(
    own_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "KEPT", 2)
    sealed = seals.seal(own_home, "current", LABEL)
    dropped = republished(own_home)
    later = [republished(own_home) for _ in range(2)]
    kept = {snapshot.id for snapshot in snapshots.history(own_home)}
    assert kept == {sealed.id, *(snapshot.id for snapshot in later)}
    assert not dropped.path.exists()


def test_changed_or_lost_file_is_reported(own_home: Home) -> None:
    sealed = seals.seal(own_home, "current", LABEL)
    assert [row["is_intact"] for row in seals.listed(own_home)] == [True]
    tamper(sealed.path)
    assert not seals.is_intact(current(own_home))
    with pytest.raises(JunhengError, match="丢失或被改动"):
        seals.seal(own_home, sealed.id, LABEL)
    republished(own_home)
    sealed.path.unlink()
    assert actions.status(own_home)["seals"] == [
        {"id": sealed.id, "label": LABEL, "sealed_at": sealed.seal["sealed_at"], "is_intact": False}
    ]


def test_commands_show_the_seal_and_its_damage(own_home: Home) -> None:
    county = County(own_home.root)
    assert LABEL in county.run("seal", "current", "--label", LABEL).stdout
    assert [row["label"] for row in county.status()["seals"]] == [LABEL]
    assert LABEL in county.run("snapshots").stdout
    tamper(current(own_home).path)
    assert "与封存时不符" in county.run("snapshots").stderr
    county.run("seal", "nope", "--label", LABEL, expect=2)
