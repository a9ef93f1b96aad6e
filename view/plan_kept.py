"""Plans kept by name: found again, side by side, into the ledger; the same on both plan pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from view import sentences_kept as say
from view import tables
from view.controls import Pick
from view.names import Row
from view.tables import Column
from view.texts import _, language

SAID = "plan_kept_said"


@dataclass(frozen=True)
class Doings:
    """What a reader may do with kept plans, and how a refusal is known."""

    enter: Callable[[str, str], tuple[list[int], list[int]]]
    forget: Callable[[str, str], None]
    refusal: type[Exception]


def shelf(
    pick: Pick,
    found: pl.DataFrame,
    steps: Mapping[str, Sequence[Row]],
    doings: Doings,
    draw: Callable[[Any], None],
) -> None:
    """Draw the kept plans side by side, and one of them with what can be done with it."""
    if said := st.session_state.pop(SAID, ""):
        st.success(said)
    if found.is_empty():
        return
    with st.expander(_("已保存的方案（{n} 个）", n=found.height), icon=":material/bookmark:"):
        tables.table(found, _columns(pick, found), pick.names, key="plans_kept")
        name = st.selectbox(
            _("打开"), found["name"].to_list(), index=None, placeholder=_("选方案"), key="plan_kept_open"
        )
        if name is None:
            return
        row = found.row(by_predicate=pl.col("name") == name, named=True)
        if not row["is_present"]:
            st.warning(say.stale())
        draw(steps[str(name)])
        _buttons(str(name), doings)


def _columns(pick: Pick, found: pl.DataFrame) -> list[Column]:
    money = [Column("yuan", _("投入"), "number", _("元"))]
    teachers = [
        Column("moves", _("交流"), "number", _("名")),
        Column("gap", _("最多还能少"), "number", _("名")),
        Column("new_posts", _("新增岗位"), "number", _("个")),
    ]
    return [
        Column("name", _("方案")),
        Column("asked", _("所求"), words=lambda asked: say.asked(asked, pick.names), wrap=True),
        *(money if found["yuan"].count() else teachers),
        Column("schools", _("涉及学校"), "number", _("所")),
        Column("compliant_before", _("现达标"), "number", _("个")),
        Column("compliant_after", _("方案后达标"), "number", _("个")),
        Column("school_year", _("学年"), words=pick.names.year),
        Column(
            "is_present", _("依据"), words=lambda present: _("现在的快照") if present else _("更早的快照")
        ),
        Column("saved_at", _("保存于")),
        Column("saved_by", _("保存人（未核验）")),
    ]


def _buttons(name: str, doings: Doings) -> None:
    by, enter, forget = st.columns([3, 2, 1], gap="medium", vertical_alignment="bottom")
    author = by.text_input(_("姓名"), key="plan_kept_by", help=_("姓名按所写记录，未核验"))
    try:
        if enter.button(_("列入整改台账"), key="plan_kept_enter", type="primary", width="stretch"):
            made, there = doings.enter(name, author)
            st.success(say.entered(len(made), len(there)))
        if forget.button(_("删除"), key="plan_kept_forget", width="stretch"):
            doings.forget(name, author)
            st.session_state[SAID] = _("已删除“{name}”", name=name)
            st.rerun()
    except doings.refusal as refused:
        st.error(refused.message(language()))  # type: ignore[attr-defined]


def keep(save: Callable[[str, str], str], refusal: type[Exception]) -> None:
    """Draw the line that keeps the plan on the page under a name."""
    with st.form("plan_keep", border=True):
        title, by, button = st.columns([3, 2, 1], gap="medium", vertical_alignment="bottom")
        name = title.text_input(
            _("保存为"), key="plan_keep_name", placeholder=_("例如：小学骨干交流，乡镇内优先")
        )
        author = by.text_input(_("姓名"), key="plan_keep_by", help=_("姓名按所写记录，未核验"))
        sent = button.form_submit_button(_("保存方案"), width="stretch")
    if not sent:
        return
    try:
        kept = save(name, author)
    except refusal as refused:
        st.error(refused.message(language()))  # type: ignore[attr-defined]
        return
    st.session_state[SAID] = _("已保存“{name}”，在上面“已保存的方案”里可以比较、列入整改台账。", name=kept)
    st.rerun()
