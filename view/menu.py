"""The pages by group: what to look at, what to manage, what to prepare."""

from __future__ import annotations

import streamlit as st

from view.texts import _

WHOLE_COUNTY = {"", "inspection", "rulers"}
"""Addresses of pages that speak of both stages together."""


def pages(*, is_published: bool) -> dict[str, list[st.Page]]:
    """Return the pages by group; before anything is published a welcome stands in for the figures."""
    look = {
        "overview": _("总览"),
        "indicators": _("资源配置"),
        "balance": _("校际均衡"),
        "quality": _("教育质量"),
        "school": _("学校画像"),
        "exchange": _("教师交流"),
        "teachers": _("教师队伍"),
        "consortium": _("共同体"),
    }
    prepare = {
        "inspection": _("迎检准备"),
        "rulers": _("三把尺子"),
        "ledger": _("整改台账"),
        "documents": _("材料导出"),
        "glossary": _("指标说明"),
    }
    rule = {"rulings": _("豁免与更正")} if is_published else {}
    plans = {
        "exchange_plan": _("交流方案"),
        "investment": _("投入方案"),
        "projection": _("趋势预测"),
        "what_if": _("假设测算"),
    }
    groups = {
        _("看"): look if is_published else {"welcome": _("开始")},
        _("管"): {"data": _("数据")} | rule | (plans if is_published else {}),
        _("备"): (prepare if is_published else {}) | {"manual": _("使用手册")},
    }
    return {group: [_page(*member) for member in members.items()] for group, members in groups.items()}


def _page(name: str, title: str) -> st.Page:
    return st.Page(f"pages/{name}.py", title=title, default=name in {"overview", "welcome"})
