"""The form that adds a step to a scenario: what is done, where, how much."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from view import controls
from view.sentences_scenario import PUPILS, WHOLE, Words
from view.texts import _

TEACHERS = "full_time_teachers"
MARKS = ("qualified_teachers", "backbone_teachers", "pe_arts_teachers", "mid_title_teachers")
NEW = "new"
Change = dict[str, Any]


@dataclass(frozen=True)
class Choices:
    """What a step may name."""

    schools: Sequence[str]
    measures: Sequence[str]
    types: Sequence[str]
    consortiums: Sequence[str]


def kinds() -> dict[str, str]:
    """Return the kinds of step in words."""
    return {
        "build": _("建设与装备"),
        "teachers": _("教师增减与调动"),
        "pupils": _("学生增减与调剂"),
        "close": _("撤并学校"),
        "open": _("新建学校"),
        "join": _("调整共同体"),
    }


def draw(choices: Choices, words: Words) -> Change | None:
    """Draw the form; return the step that was just added."""
    said = kinds()
    kind = controls.choose(_("这一步做什么"), "step", list(said), said.__getitem__, segments=True)
    with st.form("whatif_step", clear_on_submit=False):
        change = FORMS[kind](choices, words)
        is_sent = st.form_submit_button(_("加入这一步"), type="primary")
    return change if is_sent else None


def _school(choices: Choices, words: Words, label: str, key: str) -> str:
    return str(st.selectbox(label, choices.schools, format_func=words.school, key=f"whatif_{key}"))


def _stage(words: Words, *, whole: bool) -> str:
    stages = [*([WHOLE] if whole else []), "primary", "junior"]
    return str(st.selectbox(_("学段"), stages, format_func=words.stage, key="whatif_stage"))


def _receiver(choices: Choices, words: Words, blank: str) -> dict[str, float]:
    def said(code: str) -> str:
        return words.school(code) if code else blank

    code = st.selectbox(_("对方学校"), ["", *choices.schools], format_func=said, key="whatif_to")
    return {str(code): 1.0} if code else {}


def _build(choices: Choices, words: Words) -> Change:
    left, middle, right, last = st.columns(4, gap="medium")
    with left:
        school = _school(choices, words, _("学校"), "school")
    with middle:
        stage = _stage(words, whole=True)
    with right:
        measure = st.selectbox(
            _("补什么"),
            choices.measures,
            format_func=lambda code: f"{words.names.label('measure', code)}（{words.units.get(code, '')}）",
            key="whatif_measure",
        )
    with last:
        amount = st.number_input(_("增加（负数为减少）"), value=0.0, step=1.0, key="whatif_amount")
    return {"kind": "adjust", "school": school, "stage": stage, "amounts": {str(measure): float(amount)}}


def _teachers(choices: Choices, words: Words) -> Change:
    amounts_of: Callable[[int, Sequence[str]], dict[str, float]] = lambda n, marks: {  # noqa: E731
        measure: float(n) for measure in (TEACHERS, *marks)
    }
    left, middle, right, last = st.columns(4, gap="medium")
    with left:
        school = _school(choices, words, _("学校"), "school")
    with middle:
        stage = _stage(words, whole=False)
    with right:
        to = _receiver(choices, words, _("不调动：新增（负数为退出）"))
    with last:
        number = int(st.number_input(_("人数"), value=1, step=1, key="whatif_teachers"))
    marks = st.multiselect(
        _("这些教师都是"),
        MARKS,
        format_func=lambda code: words.names.label("measure", code),
        key="whatif_marks",
        placeholder=_("可多选；不选即普通教师"),
    )
    return _moved(school, stage, amounts_of(number, marks), to)


def _pupils(choices: Choices, words: Words) -> Change:
    left, middle, right, last = st.columns(4, gap="medium")
    with left:
        school = _school(choices, words, _("学校"), "school")
    with middle:
        stage = _stage(words, whole=False)
    with right:
        to = _receiver(choices, words, _("不调剂：新增（负数为减少）"))
    with last:
        number = int(st.number_input(_("学生数"), value=0, step=10, key="whatif_pupils"))
    return _moved(school, stage, {PUPILS: float(number)}, to)


def _moved(school: str, stage: str, amounts: Mapping[str, float], to: Mapping[str, float]) -> Change:
    shared = {"school": school, "stage": stage, "amounts": dict(amounts)}
    return {"kind": "transfer", **shared, "to": dict(to)} if to else {"kind": "adjust", **shared}


def _close(choices: Choices, words: Words) -> Change:
    school = _school(choices, words, _("撤并的学校"), "school")
    to = st.multiselect(
        _("并入（几所时平分）"),
        choices.schools,
        format_func=words.school,
        key="whatif_receivers",
        placeholder=_("选接收学校"),
    )
    st.caption(
        _(
            "学生、教师和物资平均分给接收学校；教师的学历、骨干、体艺三项各自按份额分，"
            "不跟人走。要落实到人，先用“教师增减与调动”逐项写明，再撤并。"
        )
    )
    return {"kind": "close", "school": school, "to": {code: 1 / len(to) for code in to}}


def _open(choices: Choices, words: Words) -> Change:
    left, middle, right = st.columns(3, gap="medium")
    with left:
        name = st.text_input(_("校名"), key="whatif_name")
    with middle:
        kind = st.selectbox(_("办学类型"), choices.types, key="whatif_type")
    with right:
        stage = _stage(words, whole=False)
    return {"kind": "open", "school": f"{NEW}-{name}", "name": name, "school_type": str(kind), "stage": stage}


def _join(choices: Choices, words: Words) -> Change:
    school = _school(choices, words, _("学校"), "school")

    def said(code: str) -> str:
        return words.consortiums.get(code, code) if code else _("退出共同体")

    group = st.selectbox(_("共同体"), ["", *choices.consortiums], format_func=said, key="whatif_group")
    return {"kind": "join", "school": school, "to": {str(group): 1.0} if group else {}}


FORMS = {
    "build": _build,
    "teachers": _teachers,
    "pupils": _pupils,
    "close": _close,
    "open": _open,
    "join": _join,
}
