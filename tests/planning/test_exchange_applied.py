"""A plan on the published golden county, and the county once its move has been typed into the raw files."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

from office import amounts as published
from office import exchange_plan, exchange_wish, investment
from planning import exchange_told
from planning.county import Base
from planning.exchange import Plan
from planning.exchange_ask import Ask
from planning.investment import plan as planned
from tests.golden import build as golden
from tests.published import golden_pick
from view import plan_tables
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.imports import import_paths
from warehouse.read import rows
from warehouse.refresh import refresh

STANDARD, YEAR = "national_2017", 2024
WHERE = "where standard_code = ? and school_year = ? and stage = 'junior'"
FIGURES = f"select * from marts.fct_school_indicator {WHERE}"
BALANCE = f"select * from marts.fct_county_balance {WHERE}"
KEY = ["school_code", "stage", "indicator_code"]


def wished(*limits: tuple[str, str]) -> Ask:
    usual = exchange_plan.usual(golden_pick().snapshot, YEAR)
    return exchange_wish.wish(usual, ["junior"], ["target"], [("per_class_junior", "0"), *limits])


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The duty of exchange in the golden county: one backbone teacher of the only school with a roster."""
    return exchange_plan.plan(golden_pick().snapshot, STANDARD, YEAR, wished(("losses", "allow")))


def test_without_a_move_the_plan_says_what_is_published() -> None:
    usual = exchange_plan.usual(golden_pick().snapshot, YEAR)
    nothing = replace(usual, stages=("junior",), thresholds=False)
    found = exchange_plan.plan(golden_pick().snapshot, STANDARD, YEAR, nothing)
    assert (found.found.status, found.found.moves) == ("optimal", 0)
    marts = rows(
        golden_pick().snapshot,
        FIGURES,
        STANDARD,
        YEAR,
    )
    compared = found.after.indicators.join(marts, on=KEY, suffix="_published")
    assert compared.height == marts.height
    assert compared.filter(pl.col("status") != pl.col("status_published")).is_empty()


def test_the_move_is_the_one_backbone_teacher_who_may_go(plan: Plan) -> None:
    moves = exchange_told.moves(plan).to_dicts()
    assert [(row["from_school_code"], row["is_backbone"], row["teachers"]) for row in moves] == [
        ("1000000013", True, 1)
    ]
    assert [reason["what"] for reason in moves[0]["reasons"]] == ["target"]
    assert plan.counts_at == "own"
    people = exchange_plan.people(
        golden_pick().snapshot, STANDARD, YEAR, plan.ask, "1000000013", "junior", moves[0]["kind"]
    )
    assert people["teacher_tail"].to_list() == ["0002"]
    assert "teacher_key" not in people.columns


def test_what_is_met_today_is_not_given_away_unless_allowed() -> None:
    found = exchange_plan.plan(golden_pick().snapshot, STANDARD, YEAR, wished())
    assert found.found.status == "infeasible"
    assert found.lack is not None
    assert set(found.lack.in_the_way) == {"target", "keeps_met"}


def stricter() -> Base:
    """The golden county under lines a third higher and narrower limits, so that every kind of school buys."""
    county = published.base(golden_pick().snapshot, STANDARD, YEAR)
    lines = county.yardstick.lines.with_columns(pl.col("threshold") * 1.3, cv_limit=pl.lit(0.25))
    return replace(county, yardstick=replace(county.yardstick, lines=lines, min_indicators_met=7))


def buy(folder: Path, bought: pl.DataFrame) -> None:
    """Type what a plan buys into the sheet of conditions, in the row that holds it today."""
    columns = {
        "teaching_area_net_m2": ("教学及辅助用房面积", 1.0),
        "sports_area_m2": ("运动场地面积", 1.0),
        "equipment_value_yuan": ("教学仪器设备资产值（万元）", 10_000.0),
        "multimedia_rooms": ("网络多媒体教室", 1.0),
    }
    stages = {"whole": "全校", "primary": "小学", "junior": "初中"}
    for school, stage, measure, amount in bought.select(
        "school_code", "stage", "measure", "amount"
    ).iter_rows():
        column, unit = columns[measure]
        row = {"学校标识码": school, "学年": "2024", "学段": stages[stage]}
        add_to(folder / "办学条件.csv", row, {column: amount / unit})


def assert_bought_figures_came(bought: pl.DataFrame, promised: pl.DataFrame, now: pl.DataFrame) -> None:
    assert {"whole", "primary", "junior"} == set(bought["stage"]) and bought["measure"].n_unique() == 4
    compared = promised.filter(pl.col("indicator_code").is_in(["R4", "R5", "R6", "R7"])).join(
        now, on=KEY, suffix="_published"
    )
    for column in ("numerator", "value"):
        known, there = pl.col(column), pl.col(f"{column}_published")
        assert compared.filter(known.is_null() != there.is_null()).is_empty()
        assert compared.filter((known - there).abs() > 1e-6 * there).is_empty(), column


def test_plans_typed_into_the_raw_files_give_the_figures_they_promised(plan: Plan, tmp_path: Path) -> None:
    move = exchange_told.moves(plan).to_dicts()[0]
    folder = tmp_path / "input"
    shutil.copytree(golden.HERE / "input", folder)
    typed = rewrite(folder / "教师.csv", "教师编号", "T0002", {"学校标识码": move["to_school_code"]})
    host = {"学校标识码": move["to_school_code"], "学年": "2024", "学段": "初中"}
    one_more = ["专任教师数", typed["学历"], "县级以上骨干教师数"]
    add_to(folder / "教职工统计.csv", host, dict.fromkeys(one_more, 1))
    prices = investment.prices(golden_pick().snapshot, YEAR)
    invested = planned(stricter(), prices)
    buy(folder, invested.bought)
    home = Home(tmp_path / "home")
    assert import_paths(home, [folder]).refused_rows == 0
    report = refresh(home)
    assert report.snapshot_path is not None, report.failures
    now = rows(
        str(report.snapshot_path),
        FIGURES,
        STANDARD,
        YEAR,
    )
    compared = plan.after.indicators.join(now, on=KEY, suffix="_published")
    changed = compared.filter(
        pl.col("indicator_code").is_in(["R1", "R2"]) & (pl.col("school_code") == "1000000013")
    )
    assert changed.sort("indicator_code")["numerator"].to_list() == [5.0, 1.0]
    assert compared.height == now.height
    compared = compared.filter(pl.col("indicator_code").is_in(["R1", "R2", "R3"]))
    for column in ("numerator", "value", "status"):
        assert compared.filter(pl.col(column).ne_missing(pl.col(f"{column}_published"))).is_empty(), column
    balance = rows(
        str(report.snapshot_path),
        BALANCE,
        STANDARD,
        YEAR,
    )
    assert_bought_figures_came(invested.bought, invested.after.indicators, now)
    spread = plan.after.balance.join(balance, on=["stage", "indicator_code"], suffix="_published")
    spread = spread.filter(pl.col("indicator_code").is_in(["R1", "R2", "R3"]))
    assert ((spread["cv"] - spread["cv_published"]).abs().drop_nulls() < 1e-12).all()
    assert (spread["status"] == spread["status_published"]).all()


def rewrite(path: Path, column: str, value: str, changed: dict[str, str]) -> dict[str, str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    row = next(one for one in found if one[column] == value)
    row.update(changed)
    _write(path, found)
    return row


def add_to(path: Path, where: dict[str, str], amounts: Mapping[str, float]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    row = next(one for one in found if all(one[name] == value for name, value in where.items()))
    for column, amount in amounts.items():
        row[column] = f"{float(row[column] or 0) + amount:.12g}"
    _write(path, found)


def _write(path: Path, found: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows(found)


def test_the_workbook_holds_what_the_page_shows(plan: Plan, tmp_path: Path) -> None:
    answer = plan_tables.Answer(**exchange_plan.frames(plan))
    sheets = plan_tables.sheets(answer, golden_pick().names, STANDARD)
    path = tmp_path / "plan.xlsx"
    path.write_bytes(exchange_plan.workbook(sheets))
    book = load_workbook(path)
    assert book.sheetnames[:2] == ["说明", "交流表"]
    assert book["说明"]["A2"].value == "交流 1 人即可达到所选目标，再少就做不到"
    row = [cell.value for cell in book["交流表"][2]]
    assert row[1] == "河口初级中学"
    assert 1 in row


@pytest.mark.parametrize(
    ("goals", "limits", "word"),
    [(["R9"], [], "R9"), ([], [("speed", "1")], "speed"), ([], [("km", "far")], "far")],
)
def test_a_wish_nobody_understands_is_refused_in_words(
    goals: list[str], limits: list[tuple[str, str]], word: str
) -> None:
    with pytest.raises(JunhengError) as refused:
        exchange_wish.wish(Ask(), [], goals, limits)
    assert word in refused.value.message_zh and word in refused.value.message_en
    assert refused.value.exit_code == 2


def test_a_standard_without_thresholds_has_no_plan() -> None:
    with pytest.raises(JunhengError):
        exchange_plan.plan(golden_pick().snapshot, "national_2012", YEAR, Ask())
