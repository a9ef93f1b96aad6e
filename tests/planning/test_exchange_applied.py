"""A plan on the published golden county, and the county once its move has been typed into the raw files."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

from office import exchange_plan, exchange_wish
from planning import exchange_told
from planning.exchange import Plan
from planning.exchange_ask import Ask
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
    published = rows(
        golden_pick().snapshot,
        FIGURES,
        STANDARD,
        YEAR,
    )
    compared = found.after.indicators.join(published, on=KEY, suffix="_published")
    assert compared.height == published.height
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


def test_a_plan_typed_into_the_raw_files_gives_the_figures_it_promised(plan: Plan, tmp_path: Path) -> None:
    move = exchange_told.moves(plan).to_dicts()[0]
    folder = tmp_path / "input"
    shutil.copytree(golden.HERE / "input", folder)
    typed = rewrite(folder / "教师.csv", "教师编号", "T0002", {"学校标识码": move["to_school_code"]})
    host = {"学校标识码": move["to_school_code"], "学年": "2024", "学段": "初中"}
    one_more = ["专任教师数", typed["学历"], "县级以上骨干教师数"]
    add_one(folder / "教职工统计.csv", host, one_more)
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
    for column in ("numerator", "value", "status"):
        assert compared.filter(pl.col(column).ne_missing(pl.col(f"{column}_published"))).is_empty(), column
    balance = rows(
        str(report.snapshot_path),
        BALANCE,
        STANDARD,
        YEAR,
    )
    spread = plan.after.balance.join(balance, on=["stage", "indicator_code"], suffix="_published")
    assert ((spread["cv"] - spread["cv_published"]).abs().drop_nulls() < 1e-12).all()
    assert (spread["status"] == spread["status_published"]).all()


def rewrite(path: Path, column: str, value: str, changed: dict[str, str]) -> dict[str, str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    row = next(one for one in found if one[column] == value)
    row.update(changed)
    _write(path, found)
    return row


def add_one(path: Path, where: dict[str, str], columns: list[str]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    row = next(one for one in found if all(one[name] == value for name, value in where.items()))
    for column in columns:
        row[column] = str(int(row[column]) + 1)
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
