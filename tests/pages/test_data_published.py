"""Snapshots on the data page: their seals, what changed since, two of them compared, one gone back to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pages.conftest import Open, words
from tests.published import golden_home
from tests.shared import copied
from tests.warehouse.kept_county import republished
from warehouse import actions, comparisons
from warehouse.home import Home

FLIP = """update marts.fct_school_compliance set verdict = 'not_compliant'
    where verdict = 'compliant' and school_year = 2024 and standard_code = 'national_2017'"""
GROW = """update marts.fct_school_indicator set value = value * 1.01
    where school_year = 2024 and standard_code = 'national_2017'"""
LABEL = "2024年上报"
SAID = {
    "zh": (f"自封存“{LABEL}”以来", "一般变化：数据有新增或更新", "达标 → 未达标", f"已封存：{LABEL}"),
    "en": (
        f"Since the seal “{LABEL}”",
        "minor: figures were added or updated",
        "compliant → not compliant",
        f"Sealed: {LABEL}",
    ),
}


@pytest.fixture
def two(tmp_path: Path) -> Home:
    """A home whose first snapshot is sealed and whose second flips verdicts."""
    home = copied(golden_home(), tmp_path / "two")
    actions.seal(home, "current", LABEL)
    republished(home, FLIP, GROW)
    return home


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_changes_since_the_seal_are_told_with_their_grade(open_page: Open, two: Home, lang: str) -> None:
    newest, sealed = actions.history(two)
    found = comparisons.compare(two, sealed.id, newest.id, lang)
    shown = words(open_page("data", home=two.root, part="published", lang=lang))
    title, grade, *_rest = SAID[lang]
    assert title in shown
    assert grade in shown
    assert f"■ {LABEL}" in shown
    assert found.sections[0].name == "verdicts"
    for line in found.sections[0].lines:
        assert line in shown


def test_a_changed_sealed_file_is_warned_of(open_page: Open, two: Home) -> None:
    sealed = actions.history(two)[1]
    sealed.path.chmod(0o644)
    with sealed.path.open("ab") as file:
        file.write(b"\0" * 4096)
    page = open_page("data", home=two.root, part="published")
    assert any(sealed.id in node.value and "被改动" in node.value for node in page.error)


def test_a_lost_sealed_file_is_warned_of(open_page: Open, two: Home) -> None:
    sealed = actions.history(two)[1]
    sealed.path.unlink()
    page = open_page("data", home=two.root, part="published")
    assert any(
        sealed.id in node.value and LABEL in node.value and "丢失" in node.value for node in page.error
    )
    assert "以来" not in words(open_page("overview", home=two.root))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_overview_says_how_far_the_county_drifted_from_the_seal(
    open_page: Open, two: Home, lang: str
) -> None:
    newest, sealed = actions.history(two)
    flips = comparisons.compare(two, sealed.id, newest.id, lang).sections[0]
    title, grade, *_rest = SAID[lang]
    shown = words(open_page("overview", home=two.root, lang=lang))
    assert title in shown and grade in shown
    assert re.search(rf"{flips.title}:? {len(flips.lines)}\b", shown)
    assert title not in words(open_page("overview", lang=lang)), "nothing is sealed there"


def test_the_last_seal_is_the_one_set_last_not_the_newest_snapshot(open_page: Open, two: Home) -> None:
    newest, first = actions.history(two)
    third = republished(two)
    actions.seal(two, third.id, "先封存")
    actions.seal(two, newest.id, "后封存")
    assert first.seal is not None and actions.last_sealed(two) == actions.history(two)[1]
    shown = words(open_page("overview", home=two.root))
    assert "自封存“后封存”以来" in shown and "没有判定翻转" in shown


GRADED = {
    "patch": "update marts.fct_data_issue set issue_id = issue_id || 'x'",
    "minor": GROW,
    "major": "delete from marts.dim_school where school_code = '1000000001'",
}


@pytest.mark.parametrize("grade", GRADED)
def test_a_change_is_graded_where_it_is_told(open_page: Open, tmp_path: Path, grade: str) -> None:
    home = copied(golden_home(), tmp_path / grade)
    actions.seal(home, "current", LABEL)
    republished(home, GRADED[grade])
    word = comparisons.GRADES[grade][0]
    assert word in words(open_page("overview", home=home.root))
    assert word in words(open_page("data", home=home.root, part="published"))


def test_any_two_are_compared(open_page: Open, two: Home) -> None:
    newest, sealed = actions.history(two)
    page = open_page("data", home=two.root, part="published")
    page.selectbox(key="compare_before").set_value(newest.id)
    page.selectbox(key="compare_after").set_value(sealed.id)
    page = next(button for button in page.button if button.label == "比较").click().run()
    assert not page.exception
    assert f"从 {newest.id} 到 {sealed.id}" in words(page)
    assert "未达标 → 达标" in words(page)


def test_sealing_wants_a_label_and_a_confirmation(open_page: Open, two: Home) -> None:
    page = open_page("data", home=two.root, part="published")
    page = next(button for button in page.button if button.label == "封存").click().run()
    assert [node.value for node in page.warning] == ["请写明名称，并勾选确认"]
    page.text_input(key="seal_label").set_value("2025年上报")
    page.checkbox(key="seal_agreed").check()
    page = next(button for button in page.button if button.label == "封存").click().run()
    assert not page.exception
    assert {item.seal["label"] for item in actions.history(two) if item.seal} == {LABEL, "2025年上报"}
