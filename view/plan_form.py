"""The form of an exchange plan: which goals must hold, within which limits, within what time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from view import controls
from view.controls import Pick
from view.texts import _

Limits = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Wish:
    """What was asked: stages, goals, limits by name, seconds."""

    stages: tuple[str, ...]
    goals: tuple[str, ...]
    limits: Limits
    seconds: float

    def asked(self) -> dict[str, Any]:
        """Return the wish as it is kept with a plan."""
        return {"stages": self.stages, "goals": self.goals, "limits": self.limits, "seconds": self.seconds}


def goal_words(goal: str) -> str:
    """Name a goal."""
    return {
        "thresholds": _("逐校达标（R1—R3，七项合看）"),
        "coefficients": _("差异系数（R1—R3）"),
        "target": _("交流比例和骨干占比"),
    }.get(goal, goal)


def draw(pick: Pick, choices: dict[str, Any]) -> Wish | None:
    """Draw the form and return what was asked when it was last sent; None before."""
    with st.form("plan_wish", border=True):
        stages, goals, seconds = _goals(pick)
        with st.expander(_("限制")):
            limits = _who(choices) + _where(choices) + _how_many(choices["per_class"])
        if st.form_submit_button(_("测算"), type="primary"):
            st.session_state["plan_wish_sent"] = Wish(stages, goals, limits, seconds)
    sent: Wish | None = st.session_state.get("plan_wish_sent")
    return sent


def _goals(pick: Pick) -> tuple[tuple[str, ...], tuple[str, ...], float]:
    left, middle, right = st.columns([2, 4, 1.4], gap="medium")
    with left:
        stages = st.pills(
            _("学段"),
            controls.STAGES,
            default=[pick.stage],
            selection_mode="multi",
            format_func=lambda code: pick.names.label("stage", code),
            key="plan_stages",
        )
    with middle:
        goals = st.pills(
            _("目标"),
            ["thresholds", "coefficients", "target"],
            default=["thresholds", "coefficients"],
            selection_mode="multi",
            format_func=goal_words,
            key="plan_goals",
        )
    with right:
        seconds = st.number_input(_("时限（秒）"), 5, 600, 60, key="plan_seconds")
    return tuple(stages or [pick.stage]), tuple(goals or ["thresholds"]), float(seconds)


def _who(choices: dict[str, Any]) -> Limits:
    left, right = st.columns(2, gap="medium")
    with left:
        everyone = st.toggle(_("不限于符合交流条件的教师"), key="plan_everyone")
        spare = st.toggle(_("不管交流救不了的学校（R4—R7 已不达标等）"), key="plan_spare")
        allow = st.toggle(_("允许丢掉现在已达到的项"), key="plan_allow")
    with right:
        subjects = st.multiselect(
            _("只调这些学科"), choices["subjects"], placeholder=_("不限"), key="plan_subjects"
        )
        duties = st.multiselect(
            _("只调这些在岗状态"), choices["duties"], placeholder=_("不限"), key="plan_duties"
        )
    chosen = [("who", "all")] * everyone + [("lost", "spare")] * spare + [("losses", "allow")] * allow
    return (*chosen, *(("subject", one) for one in subjects), *(("duty", one) for one in duties))


def _where(choices: dict[str, Any]) -> Limits:
    words = {
        "": _("全县"),
        "first=township": _("乡镇内优先"),
        "first=consortium": _("共同体内优先"),
        "within=township": _("只在乡镇内"),
        "within=consortium": _("只在共同体内"),
    }
    left, middle, right = st.columns([2, 1, 3], gap="medium")
    with left:
        group = st.selectbox(_("范围"), list(words), format_func=words.__getitem__, key="plan_group")
    with middle:
        km = st.number_input(
            _("最远（千米）"), 0.0, value=None, step=5.0, placeholder=_("不限"), key="plan_km"
        )
    with right:
        schools = choices["schools"]
        locked = st.multiselect(
            _("不动的学校"),
            list(schools),
            format_func=schools.__getitem__,
            placeholder=_("没有"),
            key="plan_locked",
        )
    place: list[tuple[str, str]] = [(group.split("=")[0], group.split("=")[1])] if group else []
    far = [] if km is None else [("km", str(km))]
    return (*place, *far, *(("lock", code) for code in locked))


def _how_many(per_class: dict[str, float]) -> Limits:
    columns = st.columns(5, gap="medium")
    asked: list[tuple[str, str]] = []
    for column, name, label in (
        (columns[0], "leave", _("每校每学段最多派出（名）")),
        (columns[1], "total", _("总共最多（名）")),
    ):
        with column:
            value = st.number_input(label, 0, value=None, placeholder=_("不限"), key=f"plan_{name}")
        asked += [] if value is None else [(name, str(value))]
    for column, stage, label in (
        (columns[2], "primary", _("派出后小学每班教师")),
        (columns[3], "junior", _("派出后初中每班教师")),
    ):
        with column:
            kept = st.number_input(label, 0.0, 9.0, per_class.get(stage, 0.0), 0.1, key=f"plan_class_{stage}")
        asked.append((f"per_class_{stage}", str(kept)))
    with columns[4]:
        margin = st.number_input(_("标准之上的余量（%）"), 0, 50, 0, key="plan_margin")
    return (*asked, *([("margin", f"0.{margin:02d}")] if margin else []))


def words_of(steps: Sequence[str]) -> dict[str, str]:
    """Name the steps of the search."""
    said = {
        "solving": _("正在求最少的交流"),
        "lacking": _("没有方案，正在找缺什么"),
        "frontier": _("正在看余量要多少人"),
    }
    return {step: said.get(step, step) for step in steps}
