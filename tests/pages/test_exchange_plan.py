from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from office import plans
from tests.pages.conftest import Open, words
from tests.published import golden_home
from tests.shared import copied


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


def test_a_kept_plan_is_found_again_and_opened(open_page: Open, tmp_path: Path) -> None:
    home = copied(golden_home(), tmp_path / "own")
    test = asked(open_page("exchange_plan", home.root, stage="junior"), toggles=("plan_allow",))
    test.text_input(key="plan_keep_name").set_value("骨干交流")
    test.text_input(key="plan_keep_by").set_value("李股长")
    next(button for button in test.button if button.label == "保存方案").click().run(timeout=60)
    assert not test.exception, test.exception
    assert "已保存“骨干交流”" in test.success[0].value
    (kept,) = plans.listed(home)
    assert (kept.summary["moves"], kept.saved_by) == (1, "李股长")
    again = open_page("exchange_plan", home.root, stage="junior")
    assert "骨干交流" in words(again) and "现在的快照" in words(again) and "李股长" in words(again)
    again.selectbox(key="plan_kept_open").set_value("骨干交流").run()
    assert not again.exception, again.exception
    assert "少一人：交流比例不够" in words(again)
    again.button(key="plan_kept_enter").click().run()
    assert "写明姓名" in again.error[0].value


def test_no_plan_is_said_with_what_stands_in_the_way(open_page: Open) -> None:
    shown = words(asked(open_page("exchange_plan", stage="junior", lang="en")))
    assert "No exchange reaches the chosen goals" in shown
    assert "nothing met is lost" in shown


def test_an_old_standard_is_refused_in_words(open_page: Open) -> None:
    test = open_page("exchange_plan", stage="junior", standard="national_2012")
    asked(test)
    assert "请换一个标准" in test.error[0].value
