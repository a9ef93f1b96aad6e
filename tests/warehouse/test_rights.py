from __future__ import annotations

import polars as pl
import pytest

from tests.examined import FEW_MATCHED, TINY, examined_home
from warehouse import read_exams, records, rights
from warehouse.snapshots import current


@pytest.fixture(scope="module")
def snapshot() -> str:
    found = current(examined_home())
    assert found is not None
    return str(found.path)


def test_nobody_may_see_small_groups_unless_the_county_says_so(snapshot: str) -> None:
    assert not rights.may(snapshot, rights.SMALL_GROUPS, 2024)


def test_what_is_hidden_is_blanked_and_what_is_counted_stays() -> None:
    frame = pl.DataFrame({"takers": [9, 10], "mean_score": [80.0, 70.0], "hidden": [True, None]})
    rows = rights.blanked(frame, "hidden", ["mean_score", "not there"]).rows()
    assert rows == [(9, None, True), (10, 70.0, None)]


def test_who_may_sees_all(snapshot: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "may", lambda *_asked: True)
    rows = read_exams.schools(snapshot, "E3", 5, "语文").filter(pl.col("school_name") == TINY).to_dicts()
    assert rows[0]["mean_score"] is not None
    assert not rows[0]["is_few"]


def test_the_smallest_school_hides_beside_a_tiny_one(snapshot: str) -> None:
    schools = read_exams.schools(snapshot, "E3", 5, "语文")
    hidden = schools.filter(pl.col("mean_score").is_null()).sort("takers")
    assert hidden.select("school_name", "takers", "is_few", "is_cover").rows() == [
        (TINY, 6, True, False),
        (FEW_MATCHED, 14, False, True),
    ]
    assert set(hidden["verdict"]) == {"too_few"} and hidden["z_mean"].null_count() == 2
    of_school = read_exams.school_papers(snapshot, hidden["school_code"][1], 2024)
    assert of_school["mean_score"].null_count() == of_school.height > 0


def test_findings_quote_no_figure_of_hidden_results(snapshot: str) -> None:
    code = read_exams.schools(snapshot, "E3", 5, "语文").filter("is_cover")["school_code"][0]
    row = {"rule_code": "D372", "school_year": 2024, "message_zh": "+1.20", "message_en": "+1.20"}
    words = {"title_zh": "变化大", "title_en": "Far", "remedy_zh": "请核对。", "remedy_en": "Check."}
    found = pl.DataFrame([row | words | {"school_code": of} for of in (code, "1000000001")])
    said = read_exams.unquoted(snapshot, found)["message_zh"].to_list()
    assert said == ["变化大（人数过少，不写出数）。请核对。", "+1.20"]
    assert records.issues(snapshot).height > 0


def test_places_do_not_give_away_hidden_schools_by_subtraction(snapshot: str) -> None:
    places = read_exams.places(snapshot, "E3", 5, "语文", "township")
    hidden = dict(places.select("group_code", "rest").filter(pl.col("rest") > 0).iter_rows())
    shown = dict(places.select("group_code", "mean_score").iter_rows())
    assert hidden == {"青山乡": 20}
    assert shown["青山乡"] is not None and shown["松河镇"] is not None
