"""The page of waivers and corrections: what there is with its state, and the ways to add and withdraw."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.conftest import Open, words
from tests.published import golden_home
from tests.shared import copied
from warehouse import actions, records
from warehouse.home import Home


@pytest.fixture
def own(tmp_path: Path) -> Home:
    return copied(golden_home(), tmp_path / "own")


def press(page, label: str):
    done = next(button for button in page.button if button.label == label).click().run()
    assert not done.exception
    return done


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ("没有豁免的问题，也没有更正的数据", "1 个问题已豁免，1 格数据已更正；2 条刷新后生效")),
        ("en", ("No finding is waived", "1 findings waived, 1 cells corrected; 2 in force after the next")),
    ],
)
def test_what_was_ruled_stands_with_its_state(open_page: Open, own: Home, lang: str, said) -> None:
    assert said[0] in words(open_page("rulings", home=own.root, lang=lang))
    now = actions.current(own)
    assert now is not None
    row = records.issues(str(now.path)).row(0, named=True)
    where = {"school": row["school_code"], "school_year": row["school_year"]}
    actions.waive(own, row["rule_code"], **where, reason="核实过", by="李老师")
    actions.correct(
        own, "1000000003", 2024, "equipment_value_yuan", stage="whole", old=3800000, new=3900000,
        reason="漏记", evidence="验收单", by="王科长",
    )  # fmt: skip
    shown = words(open_page("rulings", home=own.root, lang=lang))
    assert said[1] in shown
    for told in ("核实过", "李老师", "漏记", "验收单", "王科长", "3,800,000", "3,900,000", row["rule_code"]):
        assert told in shown


def test_a_link_from_a_finding_fills_the_form_and_a_lacking_name_is_told(open_page: Open, own: Home) -> None:
    now = actions.current(own)
    assert now is not None
    row = records.issues(str(now.path)).row(-1, named=True)
    page = open_page("rulings", home=own.root, finding=row["issue_id"])
    assert page.selectbox(key="waive_which").value["rule_code"] == row["rule_code"]
    page.text_input(key="waive_reason").set_value("核实过")
    page = press(page, "豁免")
    assert [node.value for node in page.error] == ["请写明理由和姓名。"]
    page.text_input(key="waive_by").set_value("李老师")
    page = press(page, "豁免")
    assert [item["waived_by"] for item in actions.waivers(own)] == ["李老师"]
    press(page, "撤销豁免")
    assert actions.waivers(own) == []


def test_a_link_from_a_source_cell_fills_the_form_and_the_cell_is_corrected(
    open_page: Open, own: Home
) -> None:
    page = open_page("rulings", home=own.root, site="1000000003", field="equipment_value_yuan", year="2024")
    page.text_input(key="correct_new").set_value("三百九十万")
    page = press(page, "更正")
    assert [node.value for node in page.warning] == ["新值只填数，例如 3900000"]
    for key, text in {"new": "3,900,000", "evidence": "验收单", "reason": "漏记", "by": "王科长"}.items():
        page.text_input(key=f"correct_{key}").set_value(text)
    page = press(page, "更正")
    (row,) = actions.corrections(own)
    assert (row["old_value"], row["new_value"], row["state"]) == ("3800000", "3900000", "pending")
    press(page, "撤销更正")
    assert actions.corrections(own) == []
