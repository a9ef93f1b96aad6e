"""From a shortfall in the figures to a closed entry, and what figures say of entries."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from office import ledger, ledger_figures
from tests.warehouse.kept_county import republished
from warehouse import snapshots
from warehouse.errors import JunhengError
from warehouse.home import Home
from workspace.ledger import Draft


def shortfalls(home: Home, school: str = "1000000003", stage: str = "junior") -> pl.DataFrame:
    now = snapshots.current(home)
    assert now is not None
    found = ledger_figures.shortfalls(str(now.path), "national_2017", 2024)
    return found.filter(pl.col("school_code") == school, pl.col("stage") == stage)


@pytest.fixture
def entered(home: Home) -> Home:
    """The junior part of a nine-year school lacks 380.65 m² of sports grounds (9.44 of 10.2)."""
    sports = shortfalls(home).filter(pl.col("code") == "R5")
    assert ledger.enter_shortfalls(home, sports, "王芳", deadline="2025-06-30") == ([1], [])
    return home


def test_an_entry_is_filled_in_from_the_figures(entered: Home) -> None:
    row = ledger.find(entered, 1)
    assert (row["school_code"], row["stage"], row["code"], row["school_year"]) == (
        "1000000003", "junior", "R5", 2024,
    )  # fmt: skip
    assert row["shortfall"] == pytest.approx(380.6451612903229)
    assert (row["shortfall_to_floor"], row["amount_needed"], row["amount_unit"]) == (0, 381, "平方米")
    assert row["problem"] == "初中生均体育运动场馆面积为 9.44 平方米/生，低于标准 10.20 平方米/生"
    assert row["measure"].endswith("至少 381 平方米")
    assert (row["state"], row["deadline"], row["created_by"]) == ("open", "2025-06-30", "王芳")


def test_every_failing_indicator_can_be_entered_once(home: Home) -> None:
    now = snapshots.current(home)
    assert now is not None
    found = ledger_figures.shortfalls(str(now.path), "national_2017", 2024)
    assert set(found["status"]) == {"near", "below", "not_met", "missing"}
    made, there = ledger.enter_shortfalls(home, found, "王芳")
    assert (len(made), there) == (found.height, [])
    assert ledger.enter_shortfalls(home, found, "李强") == ([], made)
    rows = ledger.listed(home)
    missing = rows.filter(pl.col("value").is_null())
    assert set(missing["measure"]) == {"核实并补报原始数据"} and missing["amount_needed"].null_count()
    close = rows.filter(pl.col("code") == "R4", pl.col("school_code") == "1000000002")["problem"].item()
    assert "4.4967" in close, "a value that only rounding lifts to its threshold is told more finely"
    floor = rows.filter(pl.col("goal") == "floor")
    assert (floor["amount_needed"] == floor["shortfall_to_floor"].round(6).ceil()).all()


def test_newer_figures_offer_to_close_and_say_which(entered: Home) -> None:
    assert not ledger.find(entered, 1)["is_offered"]
    with pytest.raises(JunhengError, match="没有可以据以销号的数据"):
        ledger.accept(entered, 1, 1, "王芳")
    newer = republished(
        entered,
        "update marts.fct_school_indicator set status = 'met', value = 10.4 where standard_code = "
        "'national_2017' and school_code = '1000000003' and stage = 'junior' and indicator_code = 'R5'",
    )
    row = ledger.find(entered, 1)
    assert row["is_offered"] and not row["is_contradicted"]
    ledger.accept(entered, 1, row["version"], "王芳")
    row = ledger.find(entered, 1)
    assert row["state"] == "closed" and not row["is_offered"]
    for told in ("10.40", "10.2 平方米/生", newer.id, f"{newer.published_at:%Y-%m-%d}", "2024—2025"):
        assert told in row["closing"]
    republished(
        entered,
        "update marts.fct_school_indicator set status = 'near', value = 9.0 where standard_code = "
        "'national_2017' and school_code = '1000000003' and stage = 'junior' and indicator_code = 'R5'",
    )
    assert ledger.find(entered, 1)["is_contradicted"], "a closed shortfall that is back is flagged"


def test_a_case_of_an_item_is_entered_and_closed_like_a_shortfall(home: Home) -> None:
    found = shortfalls(home, "1000000001", "")
    music = found.filter(pl.col("code") == "G3", pl.col("subject_key") == "音乐")
    assert ledger.enter_shortfalls(home, music, "王芳") == ([1], [])
    assert ledger.enter_shortfalls(home, found.filter(pl.col("code") == "G3"), "王芳") == ([2], [1])
    row = ledger.find(home, 1)
    assert (row["source_kind"], row["title"], row["problem"]) == (
        "item", "音乐、美术专用教室 音乐", "音乐教室面积够的 1 间，需 4 间，缺 3 间",
    )  # fmt: skip
    assert (row["amount_needed"], row["amount_unit"], row["is_offered"]) == (3, "间", False)
    republished(
        home,
        "update marts.fct_inspection_case set status = 'met', value = 4 where standard_code = "
        "'national_2017' and school_code = '1000000001' and item_code = 'G3' and subject_key = '音乐'",
    )
    assert [ledger.find(home, number)["is_offered"] for number in (1, 2)] == [True, False]


def test_a_class_that_has_its_name_no_more_is_offered_where_all_classes_hold(home: Home) -> None:
    about = {"standard_code": "national_2017", "school_year": 2023, "code": "G5"}
    renamed = Draft("item", school_code="1000000013", stage="junior", subject_key="1000000013|7|2班", **about)
    others = Draft("item", school_code="1000000002", stage="primary", subject_key="1000000002|1|9班", **about)
    ledger.enter(home, [renamed, others], "王芳")
    offered, waiting = ledger.find(home, 1), ledger.find(home, 2)
    assert offered["is_offered"] and not waiting["is_offered"], "the other school lacks a list of its classes"
    ledger.accept(home, 1, offered["version"], "王芳")
    assert "2024—2025 学年数据：这一情形已不在名册中" in ledger.find(home, 1)["closing"]


def tiny(**figures: object) -> pl.DataFrame:
    row = dict.fromkeys(ledger_figures.SCHEMA) | {
        "number": 1, "state": "open", "deadline": "", "snapshot_id": "old", "school_year": 2023,
        "goal": "threshold", "conflicts": 0, "latest_year": 2023, "latest_status": "near",
    }  # fmt: skip
    row |= figures
    return ledger_figures._flagged(pl.DataFrame([row]), "new", "2025-01-01", "2025-03-01")


@pytest.mark.parametrize(
    ("figures", "flags"),
    [
        ({}, (False, False, False)),
        ({"latest_status": "met"}, (False, True, False)),
        ({"latest_status": "met", "snapshot_id": "new"}, (False, False, False)),
        ({"latest_status": "met", "snapshot_id": "new", "latest_year": 2024}, (False, True, False)),
        ({"latest_status": "met", "latest_year": 2022}, (False, False, False)),
        ({"goal": "floor"}, (False, True, False)),
        ({"latest_status": "missing"}, (False, False, False)),
        ({"latest_status": None}, (False, False, False)),
        ({"state": "closed"}, (False, False, True)),
        ({"state": "closed", "goal": "floor"}, (False, False, False)),
        ({"state": "closed", "deadline": "2025-01-01"}, (False, False, True)),
        ({"state": "dropped", "latest_status": "met"}, (False, False, False)),
        ({"deadline": "2025-02-28"}, (True, False, False)),
        ({"deadline": "2025-03-01"}, (False, False, False)),
    ],
)
def test_what_figures_and_dates_ask_of_an_entry(figures: dict, flags: tuple) -> None:
    (row,) = tiny(**figures).to_dicts()
    assert (row["is_overdue"], row["is_offered"], row["is_contradicted"]) == flags


def test_the_overdue_come_first_and_are_counted(entered: Home) -> None:
    item = Draft("item", code="G5", title="班级学生数", problem="两个班超过45人", deadline="2025-01-31")
    plan = Draft("plan", "投资方案 › 2", school_code="1000000001", code="R2", problem="培养骨干教师")
    ledger.enter(entered, [plan, item], "李强")
    ledger.edit(entered, 1, 1, {"state": "working"}, "王芳")
    found = ledger.listed(entered, date(2025, 7, 1))
    assert found["number"].to_list() == [3, 1, 2]
    counted = ledger.counts(found)
    assert (counted["entries"], counted["overdue"], counted["working"], counted["open"]) == (3, 2, 1, 2)


def test_a_county_that_closes_the_right_writes_nothing(entered: Home) -> None:
    entered.parameters.mkdir(exist_ok=True)
    (entered.parameters / "parameters.csv").write_text(
        "parameter,value,valid_from\nmay_write_records,0,1900-01-01\n", encoding="utf-8"
    )
    with pytest.raises(JunhengError, match="may_write_records"):
        ledger.edit(entered, 1, 1, {"progress": "x"}, "王芳")


def test_an_empty_ledger_is_empty(home: Home) -> None:
    assert ledger.listed(home).is_empty() and ledger.counts(ledger.listed(home))["entries"] == 0
    assert not (home.root / "workspace").exists()
