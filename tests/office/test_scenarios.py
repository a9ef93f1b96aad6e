"""Scenarios kept by name, compared, and turned into entries of the ledger."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from office import scenarios
from planning import alliances
from planning.scenario import Change
from tests.planning.test_standing import snapshot
from warehouse.errors import JunhengError
from warehouse.home import Home
from workspace.scenarios import Saved
from workspace.store import Store, rows

BUILD = Change("adjust", "1000000001", amounts={"multimedia_rooms": 20})


def saved(name: str = "多媒体", changes: list[Change] | None = None) -> Saved:
    kept = [change.as_dict() for change in changes or [BUILD]]
    return Saved(name, "national_2017", 2024, "20260101-000000-abcd", kept)


def test_an_outcome_says_what_is_another_and_nothing_else() -> None:
    found = scenarios.outcome(snapshot(), "national_2017", 2024, "", [BUILD])
    moved = found.indicators()
    assert set(moved.select("school_code", "indicator_code").rows()) == {("1000000001", "R7")}
    assert moved["value"].item() > moved["value_before"].item()
    untouched = found.balance().filter(pl.col("indicator_code") == "R1")
    assert untouched["cv"].equals(untouched["cv_before"])
    nothing = scenarios.outcome(snapshot(), "national_2017", 2024, "", [])
    assert nothing.flips().is_empty() and nothing.indicators().is_empty()


def test_what_cannot_be_done_says_so_in_both_languages() -> None:
    gone = Change("close", "1000000001", to={"nowhere": 1.0})
    with pytest.raises(JunhengError, match="没有代码为 nowhere 的学校") as refused:
        scenarios.outcome(snapshot(), "national_2017", 2024, "", [gone])
    assert "There is no school nowhere" in refused.value.message_en


def test_a_kept_scenario_comes_back_as_it_was_and_the_last_of_a_name_stays(tmp_path: Path) -> None:
    home = Home(tmp_path)
    scenarios.save(home, saved(), "甲")
    moved = Change("transfer", "1000000001", "primary", {"students": 30}, {"1000000002": 1})
    scenarios.save(home, saved(changes=[BUILD, moved]), "乙")
    (kept,) = scenarios.listed(home)
    assert (kept.name, kept.saved_by, kept.snapshot_id) == ("多媒体", "乙", "20260101-000000-abcd")
    assert [scenarios.change(row) for row in kept.changes] == [BUILD, moved]
    scenarios.forget(home, "多媒体", "乙")
    assert scenarios.listed(home) == []


def test_a_scenario_without_a_name_or_author_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match="起个名字"):
        scenarios.save(Home(tmp_path), saved(" "), "甲")
    with pytest.raises(JunhengError, match="写明姓名"):
        scenarios.save(Home(tmp_path), saved(), "")


def test_a_scenario_becomes_entries_that_name_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    made, _pending = scenarios.enter(
        home, saved(), ["新增多媒体教室 20 间"], "甲", {"1000000001": "松河镇中心小学"}
    )
    with Store(home.root).reading() as connection:
        (entry,) = rows(connection, "select * from ledger_entry where number = ?", made[0])
    assert (entry["source_kind"], entry["source_ref"]) == ("scenario", "多媒体 · 1")
    assert (entry["school_name"], entry["measure"]) == ("松河镇中心小学", "新增多媒体教室 20 间")


def test_a_consortium_drawn_anew_changes_its_gap_and_no_verdict() -> None:
    members = pl.DataFrame(
        [("G1", "1000000001", "牵头"), ("G1", "1000000002", "成员")],
        schema=["consortium_code", "school_code", "role"],
        orient="row",
    )
    found = scenarios.outcome(snapshot(), "national_2017", 2024, "", [Change("join", "1000000002")])
    assert found.after.schools.equals(found.before.schools)
    assert alliances.gaps(members, found.after).height > 0
    assert alliances.gaps(alliances.drawn(members, found.changes), found.after).is_empty()
