"""Who changed what in an entry of the ledger, and when."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from view import frame, ledger_words, numbers, tables
from view.names import Names, Row
from view.tables import Column
from view.texts import _, language


def draw(past: Mapping[str, list[Row]], fields: Mapping[str, tuple[str, str]], names: Names) -> None:
    """Draw every change, the latest first, and the texts that gave way where two were written."""
    rows = [*past["changes"], *(_gave_way(row) for row in past["conflicts"] if row["settled_at"])]
    if not rows:
        return
    frame.section(_("修改历史"), _("最近的在前；姓名按所写记录，未核验"), level=3)
    rows.sort(key=lambda row: row["changed_at"], reverse=True)
    told = [
        {
            "when": numbers.clock(row["changed_at"]),
            "who": row["changed_by"],
            "field": fields[row["field"]][language() == "en"],
            "old": _text(row, "old", names),
            "new": _text(row, "new", names),
            "via": _ways().get(row["via"], row["via"]),
        }
        for row in rows
    ]
    columns = [
        Column("when", _("时间")),
        Column("who", _("姓名")),
        Column("field", _("内容")),
        Column("old", _("原来"), wrap=True),
        Column("new", _("改为"), wrap=True),
        Column("via", _("方式")),
    ]
    tables.table(pl.DataFrame(told), columns, names, key="ledger_history")


def _ways() -> dict[str, str]:
    return {
        "page": _("页面"),
        "excel": _("Excel"),
        "command": _("命令行"),
        "figures": _("按新数据"),
        "settled": _("选定写法"),
        "clash": _("与他人同时修改，未采用的写法也留在这里"),
    }


def _gave_way(row: Row) -> Row:
    """Return a settled conflict as a line of the history: the text in place and the one beside it."""
    return {
        "changed_at": row["found_at"],
        "changed_by": row["mine_by"],
        "field": row["field"],
        "old": row["theirs"],
        "new": row["mine"],
        "via": "clash",
    }


def _text(row: Row, side: str, names: Names) -> str:
    return names.label(ledger_words.STATE, row[side]) if row["field"] == "state" else row[side]
