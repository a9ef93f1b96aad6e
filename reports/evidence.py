"""佐证材料目录: what is filed under each item, numbered as inspectors expect, and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence

from reports.check import Paper
from reports.facts import Facts, Row
from reports.item_words import ITEM
from reports.letter import Letter
from reports.wordml import Cell

TITLE = "佐证材料目录"


def evidence(facts: Facts, files: Sequence[Row], missing: Sequence[Row]) -> Paper:
    """Return the index of the files kept, and of the items that have none."""
    letter = Letter(facts, TITLE)
    letter.heading(f"{facts.county['county_name']}{facts.year_label}{TITLE}", 0)
    letter.made_from()
    letter.heading("一、目录")
    if files:
        heads = ("编号", "指标", "材料", "学校", "日期", "SHA-256（前12位）")
        letter.table(heads, [_file(facts, row) for row in files], (1.6, 4.6, 4.6, 2.6, 1.9, 2.6))
    else:
        letter.line("还没有上传佐证材料。")
    letter.heading("二、还缺材料的指标")
    if missing:
        asked = ("编号", "指标", "要准备的材料", "填报时写明（份）")
        letter.table(asked, [_wanted(facts, row) for row in missing], (1.6, 5.2, 7.6, 2.6))
    else:
        letter.line("每项指标都有材料。")
    return letter.close()


def _wanted(facts: Facts, row: Row) -> list[Cell]:
    """Return what an item still asks for, beside how many papers the county named when it declared it."""
    named = facts.figure(ITEM, (row["item_code"],), "evidence_count", "count")
    return [
        *(Cell(row[name]) for name in ("index_code", "title_zh", "wanted_zh")),
        Cell(named, align="right"),
    ]


def _file(facts: Facts, row: Row) -> list[Cell]:
    school = facts.school_name(row["school_code"]) if row["school_code"] else "全县"
    item = f"{row['item_code']} {row['title_zh']}".strip()
    words = (row["index_no"], item, row["name"], school, row["added_at"][:10], row["sha256"][:12])
    return [Cell(str(word)) for word in words]
