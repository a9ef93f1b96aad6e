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
    ("学校", 14),
    ("学段", 5),
    ("指标", 18),
    ("现值", 8),
    ("标准", 7),
    ("缺口：到标准", 8),
    ("缺口：到85%", 8),
    ("需要量", 9),
    ("单位", 6),
    ("补到", 9),
    ("问题", 12),
    ("整改措施", 18),
    ("责任单位", 10),
    ("责任人", 7),
    ("完成时限", 10),
    ("进展", 12),
    ("是否销号", 8),
)
FIGURES = (
    ("value", "value"),
    ("threshold", "line"),
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
KEPT = "台账记录"
KEPT_COLUMNS = (
    ("编号", 6, "number"),
    ("学校", 16, "school_name"),
    ("指标或条目", 18, "title"),
    ("问题", 22, "problem"),
    ("整改措施", 22, "measure"),
    ("责任单位", 12, "responsible_unit"),
    ("责任人", 8, "responsible_person"),
    ("完成时限", 10, "deadline"),
    ("进展", 20, "progress"),
    ("状态", 8, "state_name"),
    ("销号依据", 22, "closing"),
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
    """Return the ledger as a workbook for A4; what nobody wrote yet is asked for.

    The first sheet has today's shortfalls, the second every entry as it was kept, closed ones too.
    """
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
    if entries:
        _kept(book, entries)
    return book.close()


def _kept(book: Book, entries: Sequence[Row]) -> None:
    """Add every entry, those of inspection items and those closed included, as people wrote it."""
    title = f"{book.facts.county['county_name']}{KEPT}"
    sheet = book.page(KEPT, title, [width for _head, width, _field in KEPT_COLUMNS], repeat=(0, 1))
    for column, (head, _width, _field) in enumerate(KEPT_COLUMNS):
        sheet.head(1, column, head)
    for line, entry in enumerate(entries, start=2):
        for column, (_head, _width, field) in enumerate(KEPT_COLUMNS):
            text = entry.get(field)
            sheet.put(line, column, text if field == "number" else text or "")
    sheet.close(2 + len(entries))


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
    sheet.sheet.set_row(line, 38)
