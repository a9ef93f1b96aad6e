"""Published files and the pointer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from warehouse import locks, seals, snapshots
from warehouse.errors import JunhengError
from warehouse.home import Home


def built(home: Home, value: int) -> Path:
    home.build.mkdir(parents=True, exist_ok=True)
    path = home.build / ".building-next.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create table answer as select {value} as value")
    return path


def value_in(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as connection:
        return int(connection.sql("select value from answer").fetchall()[0][0])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_nothing_is_published_at_first(home: Home) -> None:
    assert snapshots.current(home) is None
    assert snapshots.history(home) == []


def test_publishing_switches_and_rolling_back_returns(home: Home) -> None:
    first = snapshots.publish(home, built(home, 1), {"sources": []})
    second = snapshots.publish(home, built(home, 2), {"sources": []})
    assert snapshots.current(home) == second
    assert [snapshot.id for snapshot in snapshots.history(home)] == [second.id, first.id]
    assert snapshots.rollback(home, first.id).id == first.id
    now = snapshots.current(home)
    assert now is not None and value_in(now.path) == 1


def test_a_reader_of_the_old_file_keeps_it(home: Home) -> None:
    first = snapshots.publish(home, built(home, 1), {})
    with duckdb.connect(str(first.path), read_only=True) as reader:
        snapshots.publish(home, built(home, 2), {})
        assert reader.sql("select value from answer").fetchall() == [(1,)]


@pytest.mark.parametrize("unknown", ["20200101-000000-abcd", "../CURRENT", ""])
def test_an_unknown_id_is_refused_in_words(home: Home, unknown: str) -> None:
    kept = snapshots.publish(home, built(home, 1), {})
    with pytest.raises(JunhengError, match=kept.id) as refused:
        snapshots.rollback(home, unknown)
    assert refused.value.exit_code == 2
    assert snapshots.current(home) == kept


def test_only_the_last_ten_are_kept(home: Home) -> None:
    for value in range(12):
        last = snapshots.publish(home, built(home, value), {})
    assert len(snapshots.history(home)) == snapshots.KEPT
    assert snapshots.current(home) == last
    assert len(list(home.snapshots.glob("*.json"))) == snapshots.KEPT


def test_a_half_written_build_is_not_published(home: Home) -> None:
    path = built(home, 1)
    path.with_name(path.name + ".wal").write_bytes(b"left over")
    with pytest.raises(JunhengError):
        snapshots.publish(home, path, {})
    assert snapshots.current(home) is None


def test_sweeping_removes_what_killed_builds_left(home: Home) -> None:
    path = built(home, 1)
    snapshots.sweep(home)
    assert not path.exists()


def test_a_rollback_and_a_seal_wait_for_a_refresh_and_then_say_so(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (snapshots.publish(home, built(home, value), {}) for value in (1, 2))
    monkeypatch.setattr(locks, "SECONDS", 0.1)
    with home.lock("refresh"):
        with pytest.raises(JunhengError, match="另一个刷新（或回退、封存、恢复）正在运行"):
            snapshots.rollback(home, first.id)
        with pytest.raises(JunhengError, match="另一个刷新（或回退、封存、恢复）正在运行"):
            seals.seal(home, first.id, "2024年上报")
    assert snapshots.current(home) == second
    assert [kept.seal for kept in snapshots.history(home)] == [None, None]
    assert snapshots.rollback(home, first.id) == first


def test_rollbacks_and_seals_at_once_take_turns(home: Home) -> None:
    kept = [snapshots.publish(home, built(home, value), {}) for value in range(4)]
    with ThreadPoolExecutor(8) as pool:
        back = [pool.submit(snapshots.rollback, home, item.id) for item in kept * 3]
        sealed = [pool.submit(_sealed, home, kept[0].id, label) for label in ("甲", "乙", "甲", "丙")]
    assert {task.result().id for task in back} == {item.id for item in kept}
    labels = {task.result() for task in sealed}
    assert len(labels - {None}) == 1, "one label won, the others were refused"
    found = snapshots.find(home, kept[0].id)
    assert seals.is_intact(found) and found.seal is not None and found.seal["label"] in labels


def _sealed(home: Home, snapshot_id: str, label: str) -> str | None:
    """The label a seal was given, or None where another had been given before."""
    try:
        seals.seal(home, snapshot_id, label)
    except JunhengError as refused:
        assert "已封存为" in refused.message_zh
        return None
    return label


def test_what_was_shown_until_now_outlives_a_publication(home: Home) -> None:
    first = snapshots.publish(home, built(home, 0), {})
    for value in range(1, snapshots.KEPT):
        snapshots.publish(home, built(home, value), {})
    snapshots.rollback(home, first.id)
    snapshots.publish(home, built(home, 99), {})
    assert value_in(first.path) == 0, "a reader who just read the pointer can still open it"
