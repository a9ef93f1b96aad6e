"""A consortium's marks as a whole beside the county's, and its lead beside its members, exam by exam."""

from __future__ import annotations

import polars as pl

from view import frame, numbers, tables
from view.controls import Pick
from view.tables import Column
from view.texts import _


def marks(pick: Pick, found: pl.DataFrame) -> None:
    """Draw mean standard scores of the whole, the lead and the members; nothing where nobody sat an exam."""
    if found.is_empty():
        return
    names = pick.names
    columns = [
        Column("exam_name", _("考试"), wrap=True),
        Column("stage", _("学段"), words=lambda code: names.label("stage", code)),
        Column("subject", _("科目"), words=lambda code: names.label("subject", code)),
        Column("whole_value", _("全体"), "number", decimals=2),
        Column("lead_value", _("牵头校"), "number", decimals=2),
        Column("member_value", _("成员校合计"), "number", decimals=2),
        Column("gap", _("差距"), "number", decimals=2),
        Column("first_gap", _("首次差距"), "number", decimals=2),
        Column("trend", _("首次以来"), "status", status_of="gap_trend"),
        Column("lead_pupils", _("牵头校参考"), "number", _("人")),
        Column("member_pupils", _("成员校参考"), "number", _("人")),
    ]
    frame.section(
        _title(pick, found),
        _("平均标准分，全县为 0 · 同卷同标准，牵头校与成员校捆绑看 · 只给人数足够的 · 差距变化不证明因果"),
    )
    tables.table(found, columns, names, key="consortium_marks")
    tables.download(
        found, columns, names, name=f"{_('共同体成绩')}_{pick.year}", key="download_consortium_marks"
    )


def _title(pick: Pick, found: pl.DataFrame) -> str:
    """Say how the whole stands and how far the lead is from its members in the last exam's total."""
    totals = found.filter((pl.col("subject") == "total") & pl.col("whole_value").is_not_null())
    if totals.is_empty():
        return _("考试成绩：全体与全县，牵头校与成员校")
    last = totals.sort("period_date").row(-1, named=True)
    whole = numbers.signed(last["whole_value"], 2)
    stage = pick.names.label("stage", last["stage"])
    if last["gap"] is None:
        return _("{exam}{stage}总分：全体 {whole}", exam=last["exam_name"], stage=stage, whole=whole)
    return _(
        "{exam}{stage}总分：全体 {whole}，牵头校与成员校相差 {gap}",
        exam=last["exam_name"],
        stage=stage,
        whole=whole,
        gap=numbers.number(abs(last["gap"]), 2),
    )
