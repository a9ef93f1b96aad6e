"""What the page of the ledger does, the commands do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from tests.published import golden_home
from tests.shared import copied
from warehouse.home import Home


@pytest.fixture
def home(tmp_path: Path, quick_disk: None) -> Home:
    return copied(golden_home(), tmp_path / "own")


def run(home: Home, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, ["--home", str(home.root), *arguments])
    assert done.exit_code == code, done.output
    return done.output


def test_an_entry_from_shortfall_to_workbook_and_back(home: Home, tmp_path: Path) -> None:
    made = run(
        home, "ledger", "add", "--school", "1000000002", "--deadline", "2024-12-31", "--by", "王芳", "--json"
    )
    assert json.loads(made) == {"made": [1, 2, 3, 4, 5, 6], "there": []}
    assert "6 条原来就在台账里" in run(home, "ledger", "add", "--school", "1000000002", "--by", "李强")
    run(home, "ledger", "edit", "1", "--set", "state=整改中", "--set", "progress=已立项", "--by", "王芳")
    late = run(home, "ledger", "edit", "1", "--version", "1", "--set", "progress=已开工", "--by", "李强")
    assert "两种写法都已保留：已立项 ｜ 已开工（junheng ledger settle 1" in late
    told = run(home, "ledger", "show", "1")
    assert "▲ #1 进展: 已立项 | 已开工" in told and "状态: 整改中" in told
    run(home, "ledger", "settle", "1", "已开工", "--by", "李强")
    run(home, "ledger", "comment", "1", "看过现场", "--by", "李强")
    shown = json.loads(run(home, "ledger", "show", "1", "--json"))
    assert (shown["progress"], shown["comments"][0]["said"]) == ("已开工", "看过现场")
    assert "state" in {change["field"] for change in shown["changes"]}
    assert "共 6 条，逾期 6 条，可销号 0 条" in run(home, "ledger", "list")
    assert "没有可以据以销号的数据" in run(home, "ledger", "close", "1", "--by", "王芳", code=1)
    file = tmp_path / "台账.xlsx"
    run(home, "ledger", "export", str(file))
    assert "改动 0 条，未变 6 条" in run(home, "ledger", "import", str(file), "--by", "王芳")
    assert "不能从" in run(home, "ledger", "edit", "2", "--set", "state=已销号", "--by", "王芳", code=1)
    assert "不能修改 value" in run(home, "ledger", "edit", "2", "--set", "value=1", "--by", "王芳", code=2)
    run(home, "ledger", "add", "--problem", "围墙破损", "--by", "王芳")
    assert len(json.loads(run(home, "ledger", "list", "--state", "open", "--json"))) == 6


def test_evidence_from_file_to_index(home: Home, tmp_path: Path) -> None:
    paper = tmp_path / "学历统计.pdf"
    paper.write_bytes(b"%PDF-1.7")
    assert "已保存 1 份" in run(home, "evidence", "add", str(paper), "--item", "R1", "--by", "王芳")
    assert "A1-1" in run(home, "evidence", "index") and "学历统计.pdf" in run(home, "evidence", "index")
    assert "缺 40 项" in run(home, "evidence", "missing")
    copy = tmp_path / "copy.pdf"
    run(home, "evidence", "open", "1", "--out", str(copy))
    assert copy.read_bytes() == paper.read_bytes()
    assert "佐证 1 份" in run(home, "status")
    assert json.loads(run(home, "status", "--json"))["workspace"]["evidence_files"] == 1
    run(home, "evidence", "remove", "1", "--by", "王芳")
    assert json.loads(run(home, "evidence", "index", "--json")) == []
