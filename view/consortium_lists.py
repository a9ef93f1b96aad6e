"""The duty list of each kind of consortium, and what the documents behind it say besides."""

from __future__ import annotations

import polars as pl

from view import frame, numbers, tables
from view.controls import Pick
from view.tables import Column
from view.texts import _, language


def duties(pick: Pick, listed: pl.DataFrame, kind: str | None = None) -> None:
    """Draw the duty list, of one kind where one is shown."""
    found = listed if kind is None else listed.filter(pl.col("kind") == kind)
    if found.is_empty():
        return
    names = pick.names
    columns = [
        Column("activity_type", _("职责"), words=lambda code: names.label("activity_type", code)),
        Column("kind", _("类型"), words=lambda code: names.label("consortium_kind", code)),
        Column("period", _("周期"), words=lambda code: names.label("duty_period", code)),
        Column("required", _("次数"), "exact"),
        Column("owed_by", _("由谁承担"), words=lambda code: names.label("duty_owner", code)),
        Column("wording", _("要求"), wrap=True),
        Column("source", _("依据"), wrap=True),
    ]
    frame.section(_("责任清单"), _("一行一项，本县可在 parameters/duties.csv 增改；不同类型的清单不同"))
    tables.table(found, columns, names, key="duty_list", tall=True)


def facts(pick: Pick, found: pl.DataFrame) -> None:
    """Draw targets, modes, unified matters, calendars and points of assessment of the documents."""
    names = pick.names
    columns = [
        Column(f"label_{language()}", _("内容")),
        Column("section", _("类别"), words=lambda code: names.label("fact_section", code)),
        Column("due_from", _("起"), words=numbers.day),
        Column("due_to", _("止"), words=numbers.day),
        Column("value", _("数量"), "exact"),
        Column("source", _("依据"), wrap=True),
    ]
    frame.section(_("各地文件的要点"), _("日程、统一事项、模式和考核要点，供制订本县方案时对照"))
    tables.table(found, columns, names, key="facts", tall=True)
