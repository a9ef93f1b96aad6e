from __future__ import annotations

import polars as pl
import pytest

from tests.examined import TINY, examined_home
from warehouse import read_exams, rights
from warehouse.snapshots import current


@pytest.fixture(scope="module")
def snapshot() -> str:
    found = current(examined_home())
    assert found is not None
    return str(found.path)


def test_nobody_may_see_small_groups_unless_the_county_says_so(snapshot: str) -> None:
    assert not rights.may(snapshot, rights.SMALL_GROUPS, 2024)


@pytest.mark.parametrize(("takers", "shown"), [(9, None), (10, 80.0), (None, None)])
def test_fewer_than_ten_are_blanked_and_ten_are_not(
    snapshot: str, takers: int | None, shown: float | None
) -> None:
    frame = pl.DataFrame({"takers": [takers], "mean_score": [80.0]}, schema_overrides={"takers": pl.Int64})
    (row,) = rights.shielded(snapshot, frame, 2024, "takers", ["mean_score"]).to_dicts()
    assert row == {"takers": takers, "mean_score": shown}


def test_who_may_sees_all(snapshot: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "may", lambda *_asked: True)
    rows = read_exams.schools(snapshot, "E3", 5, "语文").filter(pl.col("school_name") == TINY).to_dicts()
    assert rows[0]["mean_score"] is not None
    assert not rows[0]["is_few"]


def test_a_place_does_not_give_away_its_hidden_school_by_subtraction(snapshot: str) -> None:
    places = read_exams.places(snapshot, "E3", 5, "语文", "township")
    shown = dict(places.select("group_code", "mean_score").iter_rows())
    takers = dict(places.select("group_code", "takers").iter_rows())
    assert takers["青山乡"] == 80
    assert shown["青山乡"] is None
    assert shown["松河镇"] is not None
