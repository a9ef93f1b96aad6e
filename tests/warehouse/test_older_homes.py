"""An upgrade of the software opens an older home: nothing is lost, and one refresh brings what is new."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from tests import older
from tests.golden.build import HERE
from warehouse import actions, contracts, landing, read, records, snapshots
from warehouse.home import Home, open_home

PICKED = {
    "standard": "national_2017",
    "year": 2024,
    "stage": "primary",
    "indicator": "R1",
    "kind": "area_type",
    "school": "1000000003",
}
READERS = [
    pytest.param(function, id=f"{module.__name__}.{name}")
    for module in (read, records)
    for name, function in vars(module).items()
    if callable(function) and next(iter(_names := inspect.signature(function).parameters), "") == "snapshot"
    if name != "rows" and set(_names) <= {"snapshot", *PICKED} and not name.startswith("_")
]


@pytest.fixture
def older_home(golden_home: Home, tmp_path: Path) -> Home:
    return older.of_golden(tmp_path / "older", golden_home)


def test_it_is_read_as_if_all_of_todays_marts_were_there(older_home: Home, golden_home: Home) -> None:
    was, now = (str(snapshots.find(home, "current").path) for home in (older_home, golden_home))
    assert (read.is_older(was), read.is_older(now)) == (True, False)
    for table, columns in contracts.contracts().items():
        frame = read.rows(was, f"select * from marts.{table}")
        assert set(frame.columns) == set(columns), table
        absent = older.COLUMNS_NOT_YET.get(table, [])
        assert all(frame[column].null_count() == frame.height for column in absent), table
        assert frame.is_empty() or table not in older.MARTS_NOT_YET
    kept = "select * exclude (is_corrected) from marts.fct_school_indicator where value is not null"
    assert read.rows(was, kept).height > 0


@pytest.mark.parametrize("function", READERS)
def test_every_reading_answers(older_home: Home, function: object) -> None:
    assert callable(function)
    given = {name: PICKED[name] for name in inspect.signature(function).parameters if name in PICKED}
    function(str(snapshots.find(older_home, "current").path), **given)


def test_it_is_told_sealed_compared_saved_and_restored(older_home: Home, tmp_path: Path) -> None:
    first = snapshots.find(older_home, "current")
    state = actions.status(older_home)
    assert state["snapshot"]["id"] == first.id and state["imports"] and state["data_issues"]["total"]
    assert actions.history(older_home) == [first]
    actions.seal(older_home, first.id, "升级前上报")
    assert actions.diff(older_home, first.id, first.id).classification == "none"
    report = actions.backup(older_home, tmp_path / "older.zip")
    assert report.damaged == []
    home = open_home(tmp_path / "restored")
    assert actions.restore(home, tmp_path / "older.zip").current == first.id
    assert actions.rollback(home, first.id).id == first.id
    assert actions.status(home)["seals"][0]["is_intact"]


def test_imports_and_a_refresh_simply_work(older_home: Home, tmp_path: Path) -> None:
    first = snapshots.find(older_home, "current")
    assert landing.landed(older_home, "classes").is_empty()
    assert landing.landed(older_home, "schools")["former_names"].null_count() > 0
    alone = actions.refresh(older_home)
    assert alone.failures == [] and alone.snapshot_path is not None
    assert not read.is_older(str(alone.snapshot_path))
    found = actions.diff(older_home, first.id, "current")
    assert found.figures.is_empty() and found.verdicts.is_empty(), "the same rows give the same figures"
    report = actions.import_paths(older_home, [HERE / "input"])
    assert report.refused_rows == 0 and report.import_id is not None
    assert not landing.landed(older_home, "classes").is_empty()
