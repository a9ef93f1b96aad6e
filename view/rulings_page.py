"""What the page of waivers and corrections says and asks in both its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from view.names import Row
from view.texts import _, language


def told(rows: Sequence[Row], states: Mapping[str, tuple[str, str]]) -> list[Row]:
    """Put the state of each row into words."""
    at = 1 if language() == "en" else 0
    return [{**row, "state_said": states[row["state"]][at]} for row in rows]


def verdict(waived: Sequence[Row], corrected: Sequence[Row]) -> str:
    """Say how many findings are waived and cells corrected, and how many still wait or need a look."""
    rows = [*waived, *corrected]
    if not rows:
        return _("没有豁免的问题，也没有更正的数据")
    said = _("{n} 个问题已豁免，{m} 格数据已更正", n=len(waived), m=len(corrected))
    if pending := sum(row["state"] == "pending" for row in rows):
        said += _("；{n} 条刷新后生效", n=pending)
    if wrong := sum(row["state"] not in ("pending", "counted") for row in rows):
        said += _("；{n} 条需要处理", n=wrong)
    return said


def signature(key: str) -> tuple[str, str]:
    """Draw the fields for reason and name and return what was typed."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        reason = st.text_input(_("理由"), key=f"{key}_reason")
    with right:
        name = st.text_input(_("姓名（按所写记录，未核验）"), key=f"{key}_by")
    return reason, name


def asked(work: Callable[[], Any], refusal: type[Exception]) -> None:
    """Do what was asked and draw the page anew; a refusal is shown in the reader's words."""
    try:
        work()
    except refusal as said:
        st.error(said.message(language()))  # type: ignore[attr-defined]
        return
    st.rerun()
