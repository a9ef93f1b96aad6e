"""Plans kept by name, side by side, and as entries that say what is to be done at each failing school."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from office import investment, investment_told, ledger, plans
from office.plans import Kept
from tests.published import golden_home, golden_pick
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.read import rows

STANDARD, YEAR = "national_2017", 2024
MARKS = {"is_qualified": False, "is_backbone": True, "is_pe_arts": False}
MOVE = {
    "what": "move",
    "order": 1,
    "from_school_code": "1000000013",
    "school_code": "1000000013",
    "school_name": "河口初级中学",
    "stage": "primary",
    "teachers": 2,
    **MARKS,
}
SUMMARY = {"moves": 2, "gap": 0, "new_posts": None, "compliant_before": 3, "compliant_after": 5}


def exchange(name: str, *steps: dict, snapshot: str = "") -> Kept:
    asked = {"stages": ["primary"], "goals": ["thresholds"], "limits": [["who", "all"]], "seconds": 60.0}
    found = snapshot or golden_pick().snapshot_id
    return Kept(name, plans.EXCHANGE, STANDARD, YEAR, found, asked, SUMMARY, list(steps))


def to(school: str, name: str, **changed: object) -> dict:
    return {**MOVE, "to_school_code": school, "to_school_name": name, **changed}


def test_a_kept_plan_comes_back_as_it_was_and_says_on_which_snapshot_it_rests(tmp_path: Path) -> None:
    home = Home(tmp_path)
    plan = exchange(" 骨干  交流 ", to("1000000012", "受援小学"))
    assert plans.save(home, plan, "甲") == "骨干 交流"
    plans.save(home, exchange("旧的", snapshot="20200101-000000-0000"), "乙")
    found = plans.find(home, "骨干 交流")
    assert (found.steps, found.asked, found.saved_by) == (plan.steps, plan.asked, "甲")
    table = plans.table(plans.listed(home, plans.EXCHANGE), golden_pick().snapshot_id)
    assert table.select("name", "is_present", "moves", "schools").rows() == [
        ("旧的", False, 2, 0),
        ("骨干 交流", True, 2, 2),
    ]
    plans.forget(home, "旧的", "甲")
    assert [plan.name for plan in plans.listed(home)] == ["骨干 交流"]


def test_a_plan_nobody_kept_is_said_not_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match="没有保存过方案“没有的”"):
        plans.forget(Home(tmp_path), "没有的", "甲")
    with pytest.raises(JunhengError, match="写明姓名"):
        plans.save(Home(tmp_path), exchange("无名"), "")


def test_moves_become_entries_of_the_schools_they_mend(tmp_path: Path) -> None:
    home, pick = Home(tmp_path), golden_pick()
    failing = ledger.ledger_figures.shortfalls(pick.snapshot, STANDARD, YEAR)
    row = failing.filter((failing["code"] == "R2") & (failing["stage"] == "primary")).row(0, named=True)
    query = (
        "select school_code from marts.fct_school_indicator where indicator_code = 'R2' and status = 'met'"
    )
    fine = rows(pick.snapshot, f"{query} and stage = 'primary' and school_year = 2024")["school_code"][0]
    met = to(fine, "不缺的小学", order=2)
    plan = exchange("骨干", to(row["school_code"], row["school_name"]), met)
    made, _there = plans.enter(home, pick.snapshot, plan, "甲")
    entries = {entry["school_code"]: entry for entry in ledger.listed(home).to_dicts()}
    mended, other = entries[row["school_code"]], entries[fine]
    assert len(made) == 2
    assert mended["measure"] == "由河口初级中学派入小学骨干教师 2 名（方案第 1 项）"
    assert (mended["code"], mended["source_ref"], mended["shortfall"]) == ("R2", "骨干", row["shortfall"])
    assert "骨干" in mended["problem"]
    assert (other["code"], other["measure"]) == ("", "由河口初级中学派入小学骨干教师 2 名（方案第 2 项）")
    again, there = plans.enter(home, pick.snapshot, plan, "甲")
    assert (again, sorted(there)) == ([], sorted(made))


def test_every_purchase_of_an_investment_plan_stands_in_the_ledger(tmp_path: Path) -> None:
    home, pick = Home(tmp_path), golden_pick()
    found = investment.plan(pick.snapshot, STANDARD, YEAR)
    asked = {"prices": {}, "budget": 1.0, "years": 1}
    bought = investment_told.purchases(found)
    kept = plans.investment("校舍", ("s", STANDARD, YEAR), asked, investment_told.summary(found), bought)
    plans.save(home, kept, "甲")
    plans.enter(home, pick.snapshot, plans.find(home, "校舍"), "甲")
    (entry,) = ledger.listed(home).to_dicts()
    assert (entry["school_code"], entry["code"], entry["source_kind"]) == ("1000000002", "R4", "plan")
    assert entry["measure"] == "小学新增教学及辅助用房面积 2 平方米，约 0.6 万元"


def test_a_plan_without_steps_enters_nothing_and_says_so(tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match="没有要做的事"):
        plans.enter(Home(tmp_path), golden_pick().snapshot, exchange("空"), "甲")


def test_the_commands_keep_list_enter_and_forget(tmp_path: Path) -> None:
    home = copied(tmp_path)
    run = CliRunner()

    def done(*arguments: str, expect: int = 0) -> str:
        result = run.invoke(main, ["--home", str(home.root), "plan", *arguments])
        assert result.exit_code == expect, result.output
        return result.output

    done("investment", "--save", "校舍", "--by", "甲", "--school-year", "2024")
    (row,) = json.loads(done("kept", "--json"))
    assert (row["name"], row["kind"], row["yuan"]) == ("校舍", "investment", 5600.0)
    assert "校舍  investment  0.6 万元" in done("kept")
    assert "已列入 1 条" in done("enter", "校舍", "--by", "甲")
    done("forget", "校舍", "--by", "甲")
    assert "没有保存过方案" in done("enter", "校舍", "--by", "甲", expect=2)


def copied(folder: Path) -> Home:
    """A home of its own that shows the golden county's snapshot, so that nothing is typed into that one."""
    home = Home(folder / "home")
    shutil.copytree(golden_home().snapshots, home.snapshots)
    return home
