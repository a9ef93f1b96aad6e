"""New entries of the ledger from what schools lack, many at once."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import streamlit as st

from view import controls, frame, numbers, tables
from view.controls import ALL, Pick
from view.names import Names, Row, spoken
from view.tables import Column
from view.texts import _, language

Enter = Callable[..., tuple[list[int], list[int]]]


def draw(
    found: pl.DataFrame, pending: pl.DataFrame, pick: Pick, enter: Enter, refusal: type[Exception], by: str
) -> None:
    """Draw the shortfalls that are not in the ledger yet and the form that enters the chosen ones.

    `found` is what schools lack in the picked year, `pending` the ledger's entries that are not closed.
    """
    if (done := st.session_state.pop("ledger_entered", None)) is not None:
        st.success(_("已列入 {n} 条；{m} 条原来就在台账里", n=done[0], m=done[1]))
    there = pending.select("school_code", "stage", "standard_code", "code", "subject_key")
    left = found.join(there, on=there.columns, how="anti", maintain_order="left")
    title = _("{n} 处未达标或缺数据，其中 {m} 处还没有列入台账", n=found.height, m=left.height)
    frame.section(title, _("{year}；按先看哪些学校排列", year=pick.names.year(pick.year)))
    shown = _told(_filtered(left, pick.names))
    if shown.is_empty():
        frame.html(f"<p>{_('没有要列入的。')}</p>")
        return
    _form(shown, pick, enter, refusal, by)
    tables.table(shown, _columns(pick.names), pick.names, key="ledger_new", tall=True)


def _filtered(left: pl.DataFrame, names: Names) -> pl.DataFrame:
    """Draw the filters, in the address, and return what they leave."""
    schools = dict(left.select("school_code", "school_name").iter_rows())
    words: dict[str, tuple[str, str, Callable[[str], str]]] = {
        "ledger_school": (_("学校"), "school_code", lambda code: schools.get(code) or code),
        "ledger_code": (_("指标或条目"), "code", str),
        "ledger_status": (_("结论"), "status", lambda code: names.label("status", code)),
    }
    for place, (key, (label, field, said)) in zip(st.columns(3, gap="medium"), words.items(), strict=True):
        offered = [ALL, *filter(None, left[field].unique(maintain_order=True))]
        with place:
            wanted = controls.choose(label, key, offered, _all_or(said))
        left = left if wanted == ALL else left.filter(pl.col(field) == wanted)
    return left


def _all_or(said: Callable[[str], str]) -> Callable[[str], str]:
    return lambda code: _("全部") if code == ALL else said(code)


def _form(shown: pl.DataFrame, pick: Pick, enter: Enter, refusal: type[Exception], by: str) -> None:
    rows = shown.to_dicts()
    with st.form("ledger_enter", border=True):
        everything = st.checkbox(_("列入下面全部 {n} 处", n=len(rows)), key="ledger_all")
        chosen = st.multiselect(
            _("或者只选其中几处"), range(len(rows)), format_func=lambda at: _said(rows[at], pick),
            key="ledger_which", placeholder=_("输入学校名称或指标查找"),
        )  # fmt: skip
        unit, person, deadline = st.columns(3, gap="medium")
        common = {
            "responsible_unit": unit.text_input(_("责任单位"), key="new_unit"),
            "responsible_person": person.text_input(_("责任人"), key="new_person"),
            "deadline": deadline.text_input(_("完成时限"), key="new_deadline", placeholder="2025-06-30"),
        }
        sent = st.form_submit_button(_("列入台账"), type="primary")
    if not sent:
        return
    if not everything and not chosen:
        st.warning(_("请选择要列入的，或勾选全部"))
        return
    try:
        made, there = enter(shown if everything else shown[chosen], by, **common)
    except refusal as said:
        st.error(said.message(language()))  # type: ignore[attr-defined]
        return
    st.session_state["ledger_entered"] = (len(made), len(there))
    st.rerun()


def _said(row: Row, pick: Pick) -> str:
    stage = pick.names.label("stage", row["stage"])
    school = row["school_name"] or row["school_code"] or _("全县")
    lacks = _("缺 {amount}", amount=row["needed"]) if row["needed"] else pick.names.label("status", "missing")
    return f"{school} · {stage} · {row['about']} · {lacks}"


def _told(left: pl.DataFrame) -> pl.DataFrame:
    """Add what the list shows in words: the indicator or item, and the amount in its unit."""
    rows = left.to_dicts()
    said = {
        "about": [f"{row['code']} {spoken(row, 'short')}" for row in rows],
        "needed": [_needed(row) for row in rows],
    }
    return left.with_columns(pl.Series(name, texts, pl.String) for name, texts in said.items())


def _needed(row: Row) -> str:
    unit = spoken(row, "numerator_unit")
    return numbers.need(row["amount_needed"], unit) if row["amount_needed"] is not None and unit else ""


def _columns(names: Names) -> list[Column]:
    return [
        Column("school_name", _("学校"), page="school", ids=(("school", "school_code"),), blank=_("全县")),
        Column("stage", _("学段"), words=lambda code: names.label("stage", code)),
        Column("about", _("指标或条目")),
        Column("status", _("结论"), "status", status_of="status"),
        Column("value", _("数值"), "number", decimals=4),
        Column("threshold", _("标准"), "number", decimals=2),
        Column("needed", _("需补"), blank="—"),
        Column("goal", _("补到"), words=lambda code: _("标准") if code == "threshold" else "85%"),
    ]
