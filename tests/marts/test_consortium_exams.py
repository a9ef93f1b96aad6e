"""Lead beside members in an examination, worked by hand, through the import."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.marts.county import query
from tests.warehouse.workbooks import SCHOOLS, workbook
from warehouse.home import open_home
from warehouse.imports import import_paths
from warehouse.refresh import refresh

REGISTER = [  # Named with a county that no parameter names; the other sheets leave it out.
    SCHOOLS,
    *(
        [2024, code, name, "小学", "公办", "镇区"]
        for code, name in (("A1", "青石县一小"), ("A2", "青石县二小"))
    ),
]
MEMBERS = [
    ["共同体编号", "共同体名称", "类型", "学校", "角色", "加入日期"],
    ["G1", "一小集团", "教育集团", "一小", "牵头", "2024-09-01"],
    ["G1", "一小集团", "教育集团", "二小", "成员", "2024-09-01"],
]
SCORES = [
    ["学籍号", "学校", "数学（满分100）"],
    *(
        [f"P{at}", school, score]
        for at, (school, score) in enumerate(
            [("一小", 60), ("一小", 80), ("二小", 40), ("二小", 60), ("二小", "缺考")]
        )
    ),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("marks")
    home = open_home(folder / "home")
    import_paths(home, [workbook(folder / "名册.xlsx", {"学校": REGISTER, "成员": MEMBERS})])
    exam = {"考试编号": "E1", "考试名称": "期末", "考试日期": "2025-01-15", "年级": "6"}
    import_paths(home, [workbook(folder / "成绩.xlsx", {"成绩": SCORES})], constants=exam)
    report = refresh(home)
    assert report.failures == [] and report.snapshot_path is not None
    return report.snapshot_path


def test_marks_stand_beside_each_other_in_standard_scores(snapshot: Path) -> None:
    found = query(
        snapshot,
        """select measure, stage, period, lead_value, member_value, gap, whole_value, lead_pupils,
            member_pupils, within_cv, trend
        from marts.fct_consortium_gap where is_exam and measure = 'z_数学'""",
    )
    half = 10 / math.sqrt(200)  # Marks 60, 80, 40, 60: mean 60, population variance 200.
    assert found == [
        (
            "z_数学", "primary", "E1",
            pytest.approx(half), pytest.approx(-half), pytest.approx(2 * half), pytest.approx(0, abs=1e-12),
            2.0, 2.0, None, "unknown",
        )
    ]  # fmt: skip


def test_marks_are_no_gap_of_resources(snapshot: Path) -> None:
    counts = "gaps_closing, gaps_steady, gaps_widening"
    assert query(snapshot, f"select {counts} from marts.fct_consortium_year") == [(0, 0, 0)]
