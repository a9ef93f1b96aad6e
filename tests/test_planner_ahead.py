"""The commands of investment and projection: same engine as their pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from cli import main
from office import investment
from tests.published import golden_home, golden_pick


def run(*arguments: str, expect: int = 0) -> str:
    result = CliRunner().invoke(main, ["--home", str(golden_home().root), "plan", *arguments])
    assert result.exit_code == expect, result.output
    return result.output


def test_the_investment_command_gives_the_pages_plan() -> None:
    pick = golden_pick()
    found = json.loads(run("investment", "--json", "--school-year", "2024", "--standard", "national_2017"))
    planned = investment.plan(pick.snapshot, "national_2017", 2024)
    assert found["yuan"] == pytest.approx(planned.yuan)
    assert len(found["purchases"]) == planned.bought.height


def test_plans_are_written_as_workbooks(tmp_path: Path) -> None:
    run("investment", "--out", str(tmp_path / "i.xlsx"))
    run("projection", "--out", str(tmp_path / "p.xlsx"))
    assert CalamineWorkbook.from_path(tmp_path / "i.xlsx").sheet_names == [
        "说明",
        "各校补什么、补多少",
        "第几年完成",
    ]
    assert len(CalamineWorkbook.from_path(tmp_path / "p.xlsx").sheet_names) == 3


def test_the_projection_command_says_what_one_year_cannot_tell() -> None:
    assert "推算不出升级率" in run("projection")
    assert json.loads(run("projection", "--json"))["has_pupils"] is False


def test_a_price_that_is_no_number_is_wrong_usage() -> None:
    assert "--price" in run("investment", "--price", "multimedia_rooms", expect=2)
