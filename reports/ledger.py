"""整改台账: every school × indicator that is not met, with what it lacks, and what was written about it."""

from __future__ import annotations

from collections.abc import Sequence

from reports.book import Book, Sheet
from reports.check import Paper
from reports.facts import Facts, Row
from reports.wordml import BLANK

TITLE = "整改台账"
HEADS = (
    ("序号", 5),
    ("学校", 18),
    ("学段", 6),
    ("指标", 22),
    ("现值", 9),
    ("标准", 8),
    ("缺口：到标准", 10),
    ("缺口：到85%", 10),
    ("需要量", 10),
    ("单位", 7),
    ("补到", 11),
    ("问题", 18),
    ("整改措施", 24),
    ("责任单位", 12),
    ("责任人", 9),
    ("完成时限", 11),
    ("进展", 16),
    ("是否销号", 9),
)
FIGURES = (
    ("value", "value"),
    ("threshold", "exact"),
    ("shortfall", "amount"),
    ("shortfall_to_floor", "amount"),
    ("remedy_amount", "amount"),
)
WRITTEN = (
    "problem",
    "measure",
    "responsible_unit",
    "responsible_person",
    "deadline",
    "progress",
    "state_name",
)
UNMET = ("near", "below", "missing")


def unmet(facts: Facts) -> list[Row]:
    """Return every school × indicator that is not met or lacks data, schools to look at first on top."""
    rank = {
        (row["stage"], row["school_code"]): row["attention_rank"]
        for row in facts.rows("fct_school_compliance")
    }
    order = {(row["stage"], row["indicator_code"]): row["sort_order"] for row in facts.rows("dim_indicator")}
    return sorted(
        (row for row in facts.rows("fct_school_indicator") if row["status"] in UNMET),
        key=lambda row: (
            row["stage"] != "primary",
            rank[row["stage"], row["school_code"]],
            order.get((row["stage"], row["indicator_code"])) or 0,
        ),
    )


def ledger(facts: Facts, entries: Sequence[Row] = ()) -> Paper:
    """Return the ledger as a workbook for A4; what nobody wrote yet is asked for."""
    book = Book(facts, TITLE)
    sheet = book.page(
        TITLE, f"{facts.county['county_name']}{TITLE}", [width for _head, width in HEADS], repeat=(0, 2)
    )
    sheet.line(
        1, f"{facts.year_label}　{facts.standard['name_zh']}　○ 未达到85%，◐ 达到85%但未达到标准，— 缺数据"
    )
    for column, (head, _width) in enumerate(HEADS):
        sheet.head(2, column, head)
    sheet.sheet.freeze_panes(3, 2)
    said = {(row["school_code"], row["stage"], row["code"]): row for row in entries}
    rows = unmet(facts)
    for number, row in enumerate(rows, start=1):
        _entry(sheet, row, number, said.get((row["school_code"], row["stage"], row["indicator_code"]), {}))
    sheet.close(3 + len(rows))
    return book.close()


def _entry(sheet: Sheet, row: Row, number: int, said: Row) -> None:
    facts, line = sheet.book.facts, number + 2
    key = (row["stage"], row["school_code"], row["indicator_code"])
    indicator = facts.row("dim_indicator", row["stage"], row["indicator_code"])
    sheet.put(line, 0, number)
    words = (
        facts.school_name(row["school_code"]),
        facts.label("stage", row["stage"]),
        indicator.get("name_zh"),
    )
    for column, text in enumerate(words, start=1):
        sheet.put(line, column, text)
    for column, (field, kind) in enumerate(FIGURES, start=4):
        figure = facts.figure("fct_school_indicator", key, field, kind)
        sheet.put(line, column, figure, status=row["status"] if field == "value" else "")
    goal = (
        "补报数据"
        if row["status"] == "missing"
        else facts.label("remedy_goal", row["remedy_goal"]) or "本项可不补"
    )
    sheet.put(line, 9, indicator.get("numerator_unit_zh"))
    sheet.put(line, 10, goal)
    for column, field in enumerate(WRITTEN, start=11):
        sheet.put(line, column, said.get(field) or (BLANK if field in ("measure", "deadline") else ""))
    sheet.sheet.set_row(line, 30)
