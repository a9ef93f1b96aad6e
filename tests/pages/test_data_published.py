"""Snapshots on the data page: their seals, what changed since, two of them compared, one gone back to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.conftest import Open, words
from tests.published import golden_home
from tests.warehouse.kept_county import copied, republished
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
