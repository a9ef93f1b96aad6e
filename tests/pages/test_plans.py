"""The pages of plans: investment, projection, what-if."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from office import investment, investment_told, plan_files
from tests.pages.conftest import Open, words
from tests.published import golden_pick
from view import numbers


@pytest.mark.parametrize(
    ("lang", "proved"),
    [("zh", "已证明：按这些单价，没有更省的方案。"), ("en", "Proved: at these prices no plan is cheaper.")],
)
def test_the_least_investment_is_said_with_its_proof(open_page: Open, lang: str, proved: str) -> None:
    pick = golden_pick()
    found = investment.plan(pick.snapshot, pick.standard, 2024)
    test = open_page("investment", lang=lang)
    shown = words(test)
    assert proved in shown
    amount = found.yuan / (10_000 if lang == "zh" else 1_000_000)
    assert numbers.number(amount, 1 if lang == "zh" else 2) in shown
    assert not test.exception


def test_another_price_gives_another_plan(open_page: Open) -> None:
    pick = golden_pick()
    listed = dict(investment.price_list(pick.snapshot, 2024).select("measure", "price_yuan").iter_rows())
    bought = investment.plan(pick.snapshot, pick.standard, 2024).bought["measure"][0]
    dear = listed[bought] * 4
    plan = investment.plan(pick.snapshot, pick.standard, 2024, listed | {bought: dear})
    test = open_page("investment")
    test.number_input(key=f"price_{bought}").set_value(dear).run()
    assert numbers.number(investment_told.summary(plan)["yuan"] / 10_000, 1) in words(test)


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "班级名册只有 1 个学年"), ("en", "There are class lists of 1 year only")]
)
def test_one_year_of_class_lists_projects_no_pupils_and_says_so(
    open_page: Open, lang: str, said: str
) -> None:
    test = open_page("projection", stage="junior", lang=lang)
    assert said in words(test)
    assert ("没有检验" if lang == "zh" else "too few years") in words(test)
    assert not test.exception


@pytest.mark.parametrize("page", ["investment", "projection"])
def test_a_standard_without_lines_for_schools_has_nothing_to_plan(open_page: Open, page: str) -> None:
    assert "没有逐校的标准值" in words(open_page(page, standard="national_2012"))


@pytest.mark.parametrize(
    ("lang", "mark", "step"),
    [("zh", "假设，不是公布的数据", "假设 1 步之后"), ("en", "Supposed, not published", "Supposing 1 steps")],
)
def test_a_step_moves_the_verdicts_and_is_marked_as_supposed(
    open_page: Open, lang: str, mark: str, step: str
) -> None:
    test = open_page("what_if", lang=lang)
    assert mark in words(test)
    test.number_input(key="whatif_amount").set_value(50.0)
    _submit(test)
    shown = words(test)
    assert step in shown and mark in shown
    assert len(test.session_state["whatif_steps"]) == 1
    test.button(key="drop_0").click().run()
    assert test.session_state["whatif_steps"] == []


def test_an_impossible_step_is_refused_and_changes_nothing(open_page: Open) -> None:
    test = open_page("what_if")
    test.number_input(key="whatif_amount").set_value(-9_999_999.0)
    _submit(test)
    assert "没有这么多可减" in test.error[0].value
    assert test.session_state["whatif_steps"] == []


def _submit(test) -> None:
    button = next(found for found in test.button if found.proto.is_form_submitter)
    button.click().run()


def test_documents_carry_the_mark_and_every_table() -> None:
    sheets = [
        ("假设", ["标记"], [["假设 1 步"]]),
        ("差异系数", ["指标", "现在"], [["R1", 0.185], ["R2", None]]),
    ]
    book = CalamineWorkbook.from_filelike(BytesIO(plan_files.workbook(sheets)))
    assert book.sheet_names == ["假设", "差异系数"]
    assert book.get_sheet_by_name("差异系数").to_python()[1] == ["R1", 0.185]
    word = Document(BytesIO(plan_files.document("假设测算", "假设，不是公布的数据", sheets)))
    assert word.sections[0].header.paragraphs[0].text == "假设，不是公布的数据"
    cells = [cell.text for row in word.tables[0].rows for cell in row.cells]
    assert cells == ["指标", "现在", "R1", "0.185", "R2", "—"]
