"""The page of the ledger: enter, edit, choose between two texts, close on figures, in both languages."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from office import evidence, ledger, ledger_figures
from tests.pages.conftest import Open, words
from tests.published import golden_home
from tests.shared import copied
from tests.warehouse.kept_county import republished
from warehouse import snapshots
from warehouse.home import Home
from workspace.ledger import Draft


@pytest.fixture
def own(tmp_path: Path, quick_disk: None) -> Home:
    return copied(golden_home(), tmp_path / "own")


def press(page, label: str):
    done = next(button for button in page.button if button.label == label).click().run()
    assert not done.exception
    return done


def enter(home: Home, school: str, **common: str) -> None:
    now = snapshots.current(home)
    assert now is not None
    found = ledger_figures.shortfalls(str(now.path), "national_2017", 2024)
    ledger.enter_shortfalls(
        home,
        found.filter(
            pl.col("school_code") == school, ~pl.col("code").str.starts_with("G"), pl.col("code") != "Q4"
        ),
        "王芳",
        **common,
    )


@pytest.mark.parametrize(
    ("lang", "empty", "some"),
    [
        (
            "zh",
            ("台账还没有条目", "处未达标或缺数据"),
            (
                "台账共 2 条，已销号 0 条，还有 2 条，其中 2 条逾期",
                "▲ 逾期",
                "○ 未开始",
                "赵刚",
                "松河镇第二小学",
            ),
        ),
        (
            "en",
            ("The ledger is empty", "figures below standard or missing"),
            ("2 entries in the ledger, 0 closed, 2 to go, 2 of them overdue", "▲ Overdue", "○ Not started"),
        ),
    ],
)
def test_the_list_says_how_the_ledger_stands(open_page: Open, own: Home, lang: str, empty, some) -> None:
    shown = words(open_page("ledger", home=own.root, lang=lang))
    assert all(said in shown for said in empty)
    enter(own, "1000000002", deadline="2025-01-31", responsible_person="赵刚")
    shown = words(open_page("ledger", home=own.root, lang=lang))
    assert all(said in shown for said in some), shown
    assert ("2 条逾期" if lang == "zh" else "2 entries overdue") in words(
        open_page("overview", home=own.root, lang=lang)
    )


def test_the_overview_says_nothing_while_nothing_is_due(open_page: Open, own: Home) -> None:
    enter(own, "1000000002")
    assert "打开台账" not in words(open_page("overview", home=own.root))


def test_shortfalls_are_entered_many_at_once(open_page: Open, own: Home) -> None:
    page = open_page("ledger", home=own.root, part="new", ledger_school="1000000002")
    assert "处未达标或缺数据" in words(page) and "4.4967" in words(page)
    page = press(page, "列入台账")
    assert [node.value for node in page.warning] == ["请选择要列入的，或勾选全部"]
    page.checkbox(key="ledger_all").check()
    page = press(page, "列入台账")
    assert "请写明姓名" in page.error[0].value
    page.text_input(key="ledger_by").set_value("王芳")
    page.text_input(key="new_deadline").set_value("2025年6月30日")
    page.checkbox(key="ledger_all").check()
    page = press(page, "列入台账")
    assert [node.value for node in page.success] == ["已列入 6 条；0 条原来就在台账里"]
    assert ledger.listed(own)["deadline"].to_list() == ["2025-06-30"] * 6


def test_an_entry_is_changed_on_the_version_that_was_seen(open_page: Open, own: Home) -> None:
    enter(own, "1000000002")
    page = open_page("ledger", home=own.root, entry="1")
    assert "第 1 号 · 松河镇第二小学 · 小学 R2 骨干 · 未开始" in words(page)
    assert "列入时数值 0.83 标准 1.00" in words(page)
    ledger.edit(own, 1, 1, {"progress": "已立项", "responsible_unit": "师训科"}, "李强")
    page.text_area(key="entry_1_1_progress").set_value("已开工")
    page.text_area(key="entry_1_1_measure").set_value("培养两名骨干")
    page.text_input(key="ledger_by").set_value("王芳")
    page = press(page, "保存")
    row = ledger.find(own, 1)
    assert (row["progress"], row["measure"], row["responsible_unit"]) == ("已立项", "培养两名骨干", "师训科")
    shown = words(page)
    for said in ("“进展”有两种写法，都保留着", "李强（未核验） 已立项", "王芳（未核验） 已开工"):
        assert said in shown, shown
    page = press(page, "用合成的")
    assert ledger.find(own, 1)["progress"] == "已立项\n已开工"
    assert "与他人同时修改" in words(page)
    page.selectbox(key=f"entry_1_{ledger.find(own, 1)['version']}_state").set_value("working")
    page = press(page, "保存")
    assert ledger.find(own, 1)["state"] == "working"
    page.text_area(key="comment_text_1").set_value("看过现场")
    assert "看过现场" in words(press(page, "发表"))


def test_newer_figures_close_an_entry_on_the_page(open_page: Open, own: Home) -> None:
    enter(own, "1000000003")
    newer = republished(
        own,
        "update marts.fct_school_indicator set status = 'met', value = 10.4 where standard_code = "
        "'national_2017' and school_code = '1000000003' and indicator_code = 'R5'",
    )
    assert "1 条按新数据可以销号" in words(open_page("overview", home=own.root))
    page = open_page("ledger", home=own.root, entry="1")
    assert "缺口已补足：2024 学年为 10.40" in words(page) and newer.id in words(page)
    page.text_input(key="ledger_by").set_value("王芳")
    press(page, "按新数据销号")
    assert ledger.find(own, 1)["state"] == "closed"


@pytest.mark.parametrize(("lang", "said"), [("zh", "下载台账（1 条）"), ("en", "Download the ledger (1")])
def test_the_workbook_is_offered(open_page: Open, own: Home, lang: str, said: str) -> None:
    ledger.enter(own, [Draft("item", code="G5", title="班级学生数", problem="两个班超过45人")], "王芳")
    page = open_page("ledger", home=own.root, lang=lang, part="excel")
    assert said in words(page)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_evidence_is_numbered_and_its_absence_listed(open_page: Open, own: Home, lang: str) -> None:
    evidence.add(own, "学历统计.pdf", b"%PDF-1.7", "王芳", item="R1")
    shown = words(open_page("ledger", home=own.root, lang=lang, part="evidence"))
    said = ("41 项中 40 项还没有佐证", "应备材料") if lang == "zh" else ("40 of 41 items have no evidence",)
    for told in ("A1-1", "学历统计.pdf", *said):
        assert told in shown
    own.parameters.mkdir(exist_ok=True)
    (own.parameters / "parameters.csv").write_text(
        "parameter,value,valid_from\nmay_open_evidence,0,1900-01-01\n", encoding="utf-8"
    )
    page = open_page("ledger", home=own.root, lang=lang, part="evidence")
    assert not [node for node in page.get("download_button") if "查看" in node.proto.label]


def test_schools_and_lists_lead_into_the_ledger(open_page: Open) -> None:
    for page in ("school", "indicators"):
        assert "列入台账" in words(open_page(page, school="1000000002", indicator="R4"))
