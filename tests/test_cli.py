"""The terminal's promises: where the home may be named, exit codes, stable JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


@pytest.mark.parametrize("place", ["before", "after", "joined"])
def test_home_may_stand_before_or_after_the_command(tmp_path: Path, place: str) -> None:
    home = str(tmp_path / "home")
    arguments = {
        "before": ["--home", home, "status", "--json"],
        "after": ["status", "--json", "--home", home],
        "joined": ["status", f"--home={home}", "--json"],
    }[place]
    code, output = run(*arguments)
    assert code == 0
    assert json.loads(output)["home"] == home
    assert json.loads(output)["snapshot"] is None


def test_wrong_usage_and_missing_paths_exit_2(tmp_path: Path) -> None:
    home = ["--home", str(tmp_path / "home")]
    assert run(*home, "import", str(tmp_path / "nowhere.xlsx"))[0] == 2
    code, output = run(*home, "import", str(tmp_path), "--set", "学段")
    assert code == 2
    assert "列名=值" in output
    assert run(*home, "rollback", "20200101-000000-abcd")[0] == 2
    assert run(*home, "no-such-command")[0] == 2


def test_nothing_recognised_exits_1_and_says_what_was_seen(tmp_path: Path) -> None:
    (tmp_path / "通讯录.csv").write_text("姓名,电话\n甲,1\n", encoding="utf-8")
    code, output = run("--home", str(tmp_path / "home"), "import", str(tmp_path / "通讯录.csv"))
    assert code == 1
    assert "通讯录.csv" in output
    assert "电话" in output
