from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Open, words


def asked(test: AppTest, *, toggles: tuple[str, ...] = ()) -> AppTest:
    test.get("button_group")[1].set_value(["target"])
    for key in toggles:
        test.toggle(key=key).set_value(True)
    test.number_input(key="plan_class_junior").set_value(0.0)
    test.button[0].click().run(timeout=60)
    assert not test.exception, test.exception
    return test


def test_the_page_asks_for_goals_before_it_answers(open_page: Open) -> None:
    assert "The fewest teachers to move" in words(open_page("exchange_plan", stage="junior", lang="en"))


def test_a_plan_is_shown_with_proof_reason_and_downloads(open_page: Open) -> None:
    shown = words(asked(open_page("exchange_plan", stage="junior"), toggles=("plan_allow",)))
    assert "交流 1 人 即可达到所选目标，再少就做不到" in shown
    assert "任何方案都不少于 1 人，差距 0 人" in shown
    assert "少一人：交流比例不够" in shown
    assert "县管校聘" in shown
    assert "下载当前 1 行" in shown and "下载方案（Excel）" in shown


def test_no_plan_is_said_with_what_stands_in_the_way(open_page: Open) -> None:
    shown = words(asked(open_page("exchange_plan", stage="junior", lang="en")))
    assert "No exchange reaches the chosen goals" in shown
    assert "nothing met is lost" in shown


def test_an_old_standard_is_refused_in_words(open_page: Open) -> None:
    test = open_page("exchange_plan", stage="junior", standard="national_2012")
    asked(test)
    assert "请换一个标准" in test.error[0].value
