"""佐证材料目录: what is filed under each item, numbered, and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence

from reports.check import Paper
from reports.facts import Facts, Row
from reports.letter import Letter
from reports.wordml import Cell

TITLE = "佐证材料目录"


def evidence(facts: Facts, items: Sequence[Row], files: Sequence[Row]) -> Paper:
    """Return the index: of items (item_code, part, short, text) and the files kept under them."""
    letter = Letter(facts, TITLE)
    letter.heading(f"{facts.county['county_name']}{facts.year_label}{TITLE}", 0)
    letter.made_from()
    by_item: dict[str, list[Row]] = {}
    for row in files:
        by_item.setdefault(row["item_code"], []).append(row)
    letter.heading("一、目录")
    rows = [_file(facts, item, row) for item in items for row in by_item.get(item["item_code"], [])]
    if rows:
        heads = ("编号", "指标", "材料", "学校", "日期", "SHA-256（前12位）")
        letter.table(heads, rows, (1.8, 4.2, 5, 2.6, 2, 2.4))
    else:
        letter.line("还没有上传佐证材料。")
    letter.heading("二、还缺材料的指标")
    lacking = [item for item in items if item["item_code"] not in by_item]
    if lacking:
        letter.table(("编号", "部分", "指标"), [_item(item) for item in lacking], (1.8, 3, 12))
    else:
        letter.line("每项指标都有材料。")
    return letter.close()


def _file(facts: Facts, item: Row, row: Row) -> list[Cell]:
    school = facts.school_name(row["school_code"]) if row.get("school_code") else "全县"
    words = (
        row["number"],
        f"{item['item_code']} {item['short']}",
        row["name"],
        school,
        row["added_on"],
        row["hash"][:12],
    )
    return [Cell(str(word)) for word in words]


def _item(item: Row) -> list[Cell]:
    return [Cell(item["item_code"]), Cell(item["part"]), Cell(item["text"])]
