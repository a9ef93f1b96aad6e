"""The ledger's workbook: official columns, nothing that runs, and back again without loss."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office import ledger, ledger_book
from reports import ledger_book as book
from warehouse.errors import JunhengError
from warehouse.home import Home
from workspace.ledger import Draft
from workspace.ledger_fields import clean

OFFICIAL = (
    "学校", "学段", "指标或条目", "现值", "标准值", "距标准缺", "距85%缺", "需补数量", "问题", "整改措施",
    "责任单位", "责任人", "完成时限", "进展", "佐证材料", "是否销号",
)  # fmt: skip


@pytest.fixture
def entered(home: Home) -> Home:
    drafts = [
        Draft(
            "shortfall",
            standard_code="national_2017",
            school_year=2024,
            school_code="1000000001",
            school_name="松河镇中心小学",
            stage="primary",
            code="R2",
            title="骨干教师数",
            title_en="Backbone teachers",
            value=0.85,
            threshold=1.0,
            value_unit="人/百名学生",
            shortfall=3.0,
            shortfall_to_floor=0.0,
            amount_unit="人",
            amount_needed=3,
            problem='=HYPERLINK("http://x")',
            measure="-培养",
        ),
        Draft("item", code="G5", title="班级学生数", problem="两个班超过45人"),
    ]  # fmt: skip
    assert ledger.enter(home, drafts, "王芳") == ([1, 2], [])
    return home


def edited(data: bytes, **cells: object) -> bytes:
    """Write into a workbook as Excel would; cells are named column and row: E4."""
    opened = openpyxl.load_workbook(io.BytesIO(data))
    for place, value in cells.items():
        opened.active[place] = value
    target = io.BytesIO()
    opened.save(target)
    return target.getvalue()


def at(field: str, row: int) -> str:
    return f"{book.column_letter(field)}{row}"


def test_the_workbook_has_the_official_columns_and_drop_downs_and_nothing_runs(entered: Home) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(ledger_book.workbook(entered))).active
    heads = [cell.value for cell in sheet[3]]
    assert set(OFFICIAL) <= set(heads)
    row = dict(zip(heads, [cell.value for cell in sheet[4]], strict=True))
    assert (row["编号"], row["版本"], row["学段"], row["标准值"], row["距标准缺"]) == (1, 1, "小学", 1.0, 3)
    assert (row["问题"], row["整改措施"]) == ('\'=HYPERLINK("http://x")', "'-培养")
    assert (row["状态"], row["是否销号"]) == ("未开始", "否")
    assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert "整改中" in rules[at("state", 4)].formula1 and rules[at("deadline", 4)].type == "date"
    assert "松河县" in sheet["A1"].value or "整改台账" in sheet["A1"].value
    english = openpyxl.load_workbook(io.BytesIO(ledger_book.workbook(entered, "en"))).active
    assert "Backbone teachers" in english["E4"].value and english[at("state", 4)].value == "Not started"


def test_an_untouched_workbook_changes_nothing(entered: Home) -> None:
    for language in ("zh", "en"):
        taken = ledger_book.take(entered, "台账.xlsx", ledger_book.workbook(entered, language), "李强")
        assert taken == ledger_book.Taken((), 2, ())
    assert {row["version"] for row in ledger.listed(entered).to_dicts()} == {1}


def test_edits_in_excel_are_merged_with_what_changed_meanwhile(entered: Home) -> None:
    sent = ledger_book.workbook(entered)
    ledger.edit(entered, 1, 1, {"responsible_person": "赵刚", "progress": "已立项"}, "王芳")
    changes = {at("deadline", 4): date(2025, 6, 30), at("state", 4): "整改中", at("progress", 4): "已开工",
               at("measure", 5): "分班"}  # fmt: skip
    taken = ledger_book.take(entered, "台账.xlsx", edited(sent, **changes), "李强")
    assert (taken.changed, taken.unchanged) == ((1, 2), 0)
    (clash,) = taken.conflicts
    assert (clash["field"], clash["theirs"], clash["mine"]) == ("progress", "已立项", "已开工")
    row = ledger.find(entered, 1)
    assert (row["state"], row["deadline"], row["responsible_person"], row["progress"]) == (
        "working", "2025-06-30", "赵刚", "已立项",
    )  # fmt: skip
    assert row["problem"].startswith("=HYPERLINK"), "what was neutralised comes back as it was typed"


def test_a_row_left_out_changes_nothing_and_is_told_and_numbers_may_be_text(entered: Home) -> None:
    opened = openpyxl.load_workbook(io.BytesIO(ledger_book.workbook(entered)))
    opened.active.delete_rows(5)
    opened.active[at("number", 4)], opened.active[at("version", 4)] = "1", "1"
    target = io.BytesIO()
    opened.save(target)
    taken = ledger_book.take(entered, "台账.xlsx", target.getvalue(), "李强")
    assert taken == ledger_book.Taken((), 1, (), absent=1)
    assert ledger.listed(entered).height == 2


def test_faults_are_told_with_their_place_and_nothing_is_half_done(entered: Home) -> None:
    wrong = edited(
        ledger_book.workbook(entered),
        **{
            at("deadline", 4): "明年",
            at("state", 5): "快了",
            at("measure", 5): "分班",
            at("problem", 6): "新问题",
        },
    )
    with pytest.raises(JunhengError) as refused:
        ledger_book.take(entered, "台账.xlsx", wrong, "李强")
    told = refused.value.message_zh.splitlines()
    assert told[0].startswith("台账.xlsx › 整改台账 第 4 行 完成时限 列：“明年”不是日期")
    assert told[1].startswith("台账.xlsx › 整改台账 第 5 行 状态 列：“快了”不是台账的状态")
    assert told[2].startswith("台账.xlsx › 整改台账 第 6 行 编号 列：没有编号和版本")
    assert "row 4, column Deadline" in refused.value.message_en
    assert ledger.find(entered, 2)["measure"] == ""


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({("state", 4): "已销号"}, "第 4 行：状态不能从“未开始”直接改为“已销号”"),
        ({("version", 5): 7}, "第 5 行：第 2 号没有版本 7"),
        ({("number", 5): 1}, "第 5 行 编号 列：编号 1 出现两次"),
        ({("number", 5): 77}, "第 5 行：台账里没有第 77 号"),
    ],
)
def test_a_row_that_cannot_be_is_told(entered: Home, cells: dict, said: str) -> None:
    wrong = edited(
        ledger_book.workbook(entered),
        **{at(*place): value for place, value in cells.items()}, **{at("progress", 4): "已开工"},
    )  # fmt: skip
    with pytest.raises(JunhengError) as refused:
        ledger_book.take(entered, "台账.xlsx", wrong, "李强")
    assert said in refused.value.message_zh and "什么也没有改动" in refused.value.message_zh
    assert {row["version"] for row in ledger.listed(entered).to_dicts()} == {1}


def test_what_is_no_ledger_is_refused(entered: Home) -> None:
    for data in (b"", b"PK\x03\x04 broken", b"a,b\n1,2\n"):
        with pytest.raises(JunhengError, match="不是整改台账的工作簿"):
            ledger_book.take(entered, "别的.xlsx", data, "李强")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cn")), max_size=30))
@settings(max_examples=150, deadline=None)
def test_whatever_was_typed_survives_the_neutral_form(text: str) -> None:
    typed = clean("problem", text)
    assert book.as_typed(book.neutral(typed)) == typed
    assert not book.neutral(typed).startswith(("=", "+", "-", "@", "\t"))


@given(st.lists(st.text(st.sampled_from("=+-@'\n\t x_00Dx<&一二\"\U0001f600"), max_size=12), max_size=4))
@settings(max_examples=25, deadline=None)
def test_every_text_comes_back_from_the_file_as_it_was(texts: list[str]) -> None:
    typed = [clean("problem", text) for text in texts]
    rows = [
        {field.name: None for field in book.FIELDS} | {"number": n, "version": 1, "problem": text}
        for n, text in enumerate(typed, 1)
    ]
    schema = {field.name: pl.Int64 if field.kind == "whole" else pl.String for field in book.FIELDS}
    data = book.write(pl.DataFrame(rows, schema=schema), ["台账", "快照"], {"open": "未开始"}, "zh")
    _sheet, lines, lacking = book.read(data)
    assert [line.cells["problem"] for line in lines] == typed and lacking == []
