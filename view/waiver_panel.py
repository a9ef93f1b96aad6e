"""Waivers: those there are with their state, and a form to waive a finding or to take a waiver back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from view import frame, rulings_page, tables, waived
from view.controls import Pick
from view.names import Names, Row
from view.texts import _, language


@dataclass(frozen=True)
class Waiving:
    """What the page may ask for; `refusal` is what they raise."""

    waive: Callable[..., Any]
    withdraw: Callable[..., Any]
    refusal: type[Exception]


def draw(
    kept: Sequence[Row], findings: pl.DataFrame, pick: Pick, waiving: Waiving, finding: str | None
) -> None:
    """Draw the waivers and the two forms; `finding` is the id of the one a link asked for."""
    frame.section(_("豁免：核实过、情况属实的问题"), _("问题仍列着，注明由谁、为什么豁免；刷新后生效"))
    names = {row["school_code"]: row["school_name"] for row in findings.to_dicts()}
    if kept:
        _table(kept, names, pick.names)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _form(findings, pick.names, waiving, finding)
    with right:
        if kept:
            _withdraw(kept, names, waiving)


def _table(kept: Sequence[Row], names: dict[str, str], words: Names) -> None:
    texts = ("rule_code", "school_year", "school_code", "reason", "waived_by", "waived_on", "state_said")
    rows = pl.DataFrame(
        [{name: row[name] or None for name in texts} for row in kept], schema=dict.fromkeys(texts, pl.String)
    )
    columns = [
        tables.Column("rule_code", _("规则"), page="data", ids=(("part", "issues"), ("rule", "rule_code"))),
        tables.Column("school_code", _("学校"), words=lambda code: names.get(code) or code, blank=""),
        tables.Column("school_year", _("学年"), blank=""),
        tables.Column("state_said", _("状态")),
        tables.Column("reason", _("理由"), wrap=True),
        tables.Column("waived_by", _("姓名")),
        tables.Column("waived_on", _("日期")),
    ]
    tables.table(rows, columns, words, key="waivers", tall=True)
    tables.download(rows, columns, words, name=_("豁免"), key="download_waivers")


def _form(findings: pl.DataFrame, words: Names, waiving: Waiving, finding: str | None) -> None:
    """Offer every open finding once by what a waiver names: rule, school and year."""
    opened, _explained = waived.apart(findings)
    key = ["rule_code", "school_code", "school_year"]
    offered = opened.unique(key, keep="first", maintain_order=True).to_dicts()
    if not offered:
        return
    asked = opened.filter(pl.col("issue_id") == (finding or "")).select(key).to_dicts()
    first = next((i for i, row in enumerate(offered) if asked and asked[0].items() <= row.items()), None)
    with st.form("waive", border=True):
        row = st.selectbox(
            _("豁免哪个问题"), offered, index=first, format_func=_said, key="waive_which",
            placeholder=_("输入规则编号或学校名称查找"),
        )  # fmt: skip
        reason, name = rulings_page.signature("waive")
        sent = st.form_submit_button(_("豁免"), type="primary")
    if sent and row is None:
        st.warning(_("请选择要豁免的问题"))
    elif sent and row is not None:
        where = {"school": row["school_code"], "school_year": row["school_year"]}
        rulings_page.asked(
            lambda: waiving.waive(row["rule_code"], **where, reason=reason, by=name), waiving.refusal
        )


def _said(row: Row) -> str:
    parts = [row["rule_code"], row["school_name"], row["school_year"], row[f"message_{language()}"]]
    return " · ".join(str(part) for part in parts if part)


def _withdraw(kept: Sequence[Row], names: dict[str, str], waiving: Waiving) -> None:
    def said(place: int) -> str:
        row = kept[place]
        school = names.get(row["school_code"]) or row["school_code"]
        return " · ".join(filter(None, [row["rule_code"], school, row["school_year"]]))

    with st.form("unwaive", border=True):
        place = st.selectbox(_("撤销哪条豁免"), range(len(kept)), format_func=said, key="unwaive_which")
        sent = st.form_submit_button(_("撤销豁免"))
    if sent:
        row = kept[place]
        where = {
            "school": row["school_code"] or None,
            "school_year": int(row["school_year"]) if row["school_year"] else None,
        }
        rulings_page.asked(lambda: waiving.withdraw(row["rule_code"], **where), waiving.refusal)
