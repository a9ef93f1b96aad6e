"""Duties by term as a grid: done of required in each cell, and what is still wanting of whom."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars as pl
import streamlit as st

from view import consortium_words as say
from view import frame, numbers, tables
from view.controls import Pick
from view.names import Names, Row
from view.tables import Column
from view.texts import _

TERMS_SHOWN = 6
LISTED = ("met", "near", "below", "optional", "missing")


def grid(pick: Pick, duties: pl.DataFrame, members: pl.DataFrame) -> None:
    """Draw the grid of the last terms, and its rows to download."""
    if duties.is_empty():
        frame.section(_("职责"), _("没有活动记录，或这一类共同体没有职责清单"))
        return
    names = pick.names
    key = frame.legend(names, "duty_status", [code for code in LISTED if code in duties["status"].to_list()])
    under = _("每格为完成 ÷ 应做，按共同体合计；按校的为做足校数；学年和三年的记在起始学期下；* 另有不计的")
    frame.section(_title(pick, duties), under, key)
    columns = _columns(duties)
    lines = [_line(rows, columns, names, members) for rows in _grouped(duties)]
    head = f"<th>{_('职责')}</th><th>{_('要求')}</th>"
    running = set(duties.filter(pl.col("is_in_progress"))["term"])
    head += "".join(_head(code, is_running=code in running) for code in columns)
    head += f"<th>{_('最近一期还欠')}</th>"
    frame.html(tables.shell(head, "".join(lines)), "duties")
    _download(pick, duties)


def _head(term: str, *, is_running: bool) -> str:
    note = f"<small>{_('未结束')}</small>" if is_running else ""
    return f"<th>{escape(say.term(term))}{note}</th>"


def _title(pick: Pick, duties: pl.DataFrame) -> str:
    late = say.behind(duties, year=pick.year)
    if not late:
        return _("职责：本学年没有拖欠")
    words = [
        _("{duty} {n}", duty=say.duty(pick.names, row["activity_type"]), n=numbers.exact(row["owed"]))
        for row in late[: say.NAMED]
    ]
    return _("职责：本学年 {n} 项没有做足，欠得最多的是{duties}", n=len(late), duties=say.join(words))


def _columns(duties: pl.DataFrame) -> list[str]:
    terms = duties.filter(pl.col("period").is_in(["term", "month", "week"])).sort("first_day")["term"]
    return list(terms.unique(maintain_order=True))[-TERMS_SHOWN:]


def _grouped(duties: pl.DataFrame) -> list[list[Row]]:
    parts = duties.partition_by("activity_type", maintain_order=True)
    return [part.to_dicts() for part in parts]


def _place(row: Row, columns: Sequence[str]) -> str:
    """Return the column a row stands in: yearly duties at the autumn term they begin in."""
    return row["term"] if row["term"] in columns else f"{row['school_year']}-1"


def _line(rows: Sequence[Row], columns: Sequence[str], names: Names, members: pl.DataFrame) -> str:
    first = rows[-1]
    cells = "".join(_cell([row for row in rows if _place(row, columns) == code], names) for code in columns)
    name = f'<th scope="row">{escape(say.duty(names, first["activity_type"]))}</th>'
    asked = _asked(first, names)
    asked_cell = f'<td class="soft" title="{escape(first["wording"] or "")}">{escape(asked)}</td>'
    return f"<tr>{name}{asked_cell}{cells}{_open(rows, names, members)}</tr>"


def _asked(row: Row, names: Names) -> str:
    if row["required"] is None:
        return _("清单外")
    period = names.label("duty_period", row["period"])
    if row["school_code"] != "all":
        period = _("每校{period}", period=period)
    if row["is_optional"]:
        period = _("{period}（可选）", period=period)
    if row["period"] in {"month", "week"}:
        return _("{period}一次，全期 {n}", period=period, n=numbers.exact(row["required"]))
    return f"{period} ≥ {numbers.exact(row['required'])}"


def _cell(rows: Sequence[Row], names: Names) -> str:
    if not rows:
        return "<td></td>"
    if len(rows) > 1 or rows[0]["school_code"] != "all":
        done = sum(row["status"] == "met" for row in rows)
        status = "met" if done == len(rows) else rows[0]["status"] if len(rows) == 1 else _worst(rows)
        return _filled(status, f"{done}/{len(rows)}", rows[0], names)
    row = rows[0]
    if row["required"] is None:
        return _filled(row["status"], numbers.exact(row["done"]), row, names)
    shown = numbers.MISSING if row["done"] is None else numbers.exact(row["done"])
    return _filled(row["status"], f"{shown}/{numbers.exact(row['required'])}", row, names)


def _worst(rows: Sequence[Row]) -> str:
    found = {row["status"] for row in rows}
    return next(code for code in ("missing", "below", "near", "optional", "met") if code in found)


def _filled(status: str, text: str, row: Row, names: Names) -> str:
    notes = [names.label("duty_status", status)]
    if row["times_small"]:
        notes.append(_("另有 {n} 次人数不够，不计", n=numbers.exact(row["times_small"])))
    if row["times_outside"]:
        notes.append(_("另有 {n} 次不在成员期内，不计", n=numbers.exact(row["times_outside"])))
    star = "*" if len(notes) > 1 else ""
    is_long = row["period"] in {"year", "three_years"}
    running = f"<small>{_('未结束')}</small>" if row["is_in_progress"] and is_long else ""
    shape = escape(names.symbol("duty_status", status))
    look = f'class="duty {status}" title="{escape("；".join(notes))}"'
    return f"<td {look}>{shape} {escape(text)}{star}{running}</td>"


def _open(rows: Sequence[Row], names: Names, members: pl.DataFrame) -> str:
    last = max(row["first_day"] for row in rows)
    wanting = [row for row in rows if row["first_day"] == last and row["status"] in {"near", "below"}]
    words = "；".join(say.open_duty(row, names, members) for row in wanting[: say.NAMED])
    return f'<td class="wrap">{escape(words) or _("不欠") if _is_known(rows, last) else numbers.MISSING}</td>'


def _is_known(rows: Sequence[Row], last: object) -> bool:
    return any(
        row["first_day"] == last and row["done"] is not None and row["required"] is not None for row in rows
    )


def _download(pick: Pick, duties: pl.DataFrame) -> None:
    names = pick.names
    columns = [
        Column("term", _("学期"), words=say.term),
        Column("activity_type", _("职责"), words=lambda code: say.duty(names, code)),
        Column("school_code", _("由谁完成"), words=lambda code: _("合计") if code == "all" else code),
        Column("required", _("应做"), "exact"),
        Column("done", _("已做"), "exact"),
        Column("owed", _("还欠"), "exact"),
        Column("status", _("状态"), "status", status_of="duty_status"),
        Column("source", _("依据")),
    ]
    with st.container(horizontal=True):
        tables.download(duties, columns, names, name=f"{_('共同体职责')}_{pick.year}", key="download_duties")
