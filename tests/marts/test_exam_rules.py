"""Each data rule of examinations: the school that gives cause to look, and ten that give none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.marts.county import query
from tests.marts.exam_county import SOUND

SCHOOLS = {"D371": "少考校", "D372": "跳高校", "D373": "压线校", "D374": "换班校"}
EXAMS = {
    "D375": "期末 7年级语文：最高分 95，满分写的是 90",
    "D376": "apart 7年级语文：各份成绩表写的满分不同",
    "D377": "alone 7年级语文：没有满分",
    "D378": "undated：没有考试日期",
    "D379": "orphan：写明上次考试是“nowhere”",
    "D380": "twice：有 1 名学生同时列在两个年级",
    "D391": "named 7年级：没有一所学校同时有“政治”和“道德与法治”的成绩",
}


@pytest.mark.parametrize("rule", SCHOOLS)
def test_a_school_to_look_into_is_named_and_no_sound_one(examined: Path, rule: str) -> None:
    found = query(
        examined, f"select school_code, message_zh from marts.fct_data_issue where rule_code = '{rule}'"
    )
    about_rule = {school for school, text in found if "rule" in text}
    assert SCHOOLS[rule] in about_rule
    assert about_rule.isdisjoint(SOUND)


@pytest.mark.parametrize("rule", EXAMS)
def test_an_exam_to_look_into_is_named(examined: Path, rule: str) -> None:
    said = query(
        examined, f"select message_zh, message_en from marts.fct_data_issue where rule_code = '{rule}'"
    )
    assert any(zh.startswith(EXAMS[rule]) for zh, _ in said), said
    assert all("{" not in zh + en for zh, en in said)
