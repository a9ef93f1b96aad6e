from __future__ import annotations

import polars as pl
import pytest

from tests.examined import FEW_MATCHED, LOW_PARTICIPATION, TINY, examined_home
from tests.pages.conftest import Open, words
from view import numbers, quality_tables
from warehouse import read_exams
from warehouse.snapshots import current

PAPER = {"exam": "E3", "grade": "5", "subject": "语文"}


def snapshot() -> str:
    found = current(examined_home())
    assert found is not None
    return str(found.path)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_shown_mean_stands_with_its_participation_and_interval(open_page: Open, lang: str) -> None:
    said = words(open_page("quality", examined_home().root, lang=lang, **PAPER))
    rows = read_exams.schools(snapshot(), "E3", 5, "语文").to_dicts()
    assert len(rows) == 12
    for row in rows:
        assert row["school_name"] in said
        assert numbers.percent(row["participation_rate"]) in said
        if row["mean_score"] is not None:
            assert numbers.number(row["mean_score"], 1) in said
        if row["ci_low"] is not None:
            assert numbers.signed(row["ci_low"], 2) in said and numbers.signed(row["ci_high"], 2) in said


def test_the_verdict_names_who_is_clearly_above_and_below(open_page: Open) -> None:
    said = words(open_page("quality", examined_home().root, **PAPER))
    exams = read_exams.over_exams(snapshot(), "E3", 5, "语文")
    assert f"五年级语文平均分 {numbers.number(exams['mean_score'][-1], 1)}（满分 100）" in said
    assert f"校际差异占总方差 {numbers.percent(exams['icc_anova'][-1])}，比上次" in said
    assert "增值高于预期的" in said and "松河镇中心小学" in said.split("低于的")[0]
    assert f"1 所学校（{LOW_PARTICIPATION}）参考率低于 95%" in said
    assert "未显示差异" in said
    assert "不是国家监测的校际差异率" in said


@pytest.mark.parametrize(("lang", "why"), [("zh", "人数过少，不显示"), ("en", "too few pupils, not shown")])
def test_a_school_of_few_pupils_is_named_without_figures(open_page: Open, lang: str, why: str) -> None:
    said = words(open_page("quality", examined_home().root, lang=lang, **PAPER))
    row = next(
        r for r in read_exams.schools(snapshot(), "E3", 5, "语文").to_dicts() if r["school_name"] == TINY
    )
    assert row["takers"] == 6
    hidden = {*read_exams.SCORES, *read_exams.BEFORE, *read_exams.EFFECTS} & set(row)
    assert len(hidden) > 20 and {row[name] for name in hidden} == {None}
    assert why in said.split(TINY, 1)[1]


def test_a_school_hidden_beside_another_says_why(open_page: Open) -> None:
    said = words(open_page("quality", examined_home().root, **PAPER))
    assert "为免推算出它们的成绩，另有 1 所学校一并不显示。" in said
    assert "为免推算出人数过少的学校，一并不显示" in said.split(FEW_MATCHED)[-1]


def test_a_large_place_says_why_it_is_blanked() -> None:
    places = pl.DataFrame({"mean_score": [None, None, 70.0], "takers": [80, 6, 90], "rest": [9, 6, None]})
    notes = quality_tables.reasoned(places.cast({"mean_score": pl.Float64}))["note"].to_list()
    assert notes == ["含人数过少的学校，不显示", "人数过少，不显示", None]


def test_changed_full_marks_are_told_before_means_are_compared(open_page: Open) -> None:
    said = words(open_page("quality", examined_home().root, **PAPER | {"subject": "数学"}))
    assert "本次满分与上次不同" in said
    assert "本次满分与上次不同" not in words(open_page("quality", examined_home().root, **PAPER))


@pytest.mark.parametrize(
    ("lang", "text"), [("zh", "还没有导入考试成绩"), ("en", "No exam has been imported yet")]
)
def test_without_an_exam_the_page_says_what_to_do(open_page: Open, lang: str, text: str) -> None:
    said = words(open_page("quality", lang=lang))
    assert text in said
    assert "上次考试编号" in said


def test_a_schools_own_page_shows_its_exams(open_page: Open) -> None:
    said = words(open_page("school", examined_home().root, school="1000000001", year="2024"))
    rows = read_exams.school_papers(snapshot(), "1000000001", 2024).to_dicts()
    assert len(rows) == 9
    assert (
        "考试和增值：" in said
        and "到教育质量页看各校" in said
        and "第3次测试" in said
        and "2025-06-25" in said
    )
    for row in rows:
        assert numbers.number(row["mean_score"], 1) in said
