"""A trial: which verdicts the chosen files would flip, worked out on a copy, before anything is imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from view import compared, refresh_panel
from view.names import Names
from view.texts import _, language, spoken


def attempt(work: Callable[[Callable[[str], None]], Any], doings: Any) -> Any:
    """Run a trial, telling each step; a refusal comes back itself, to be shown until another try."""
    with st.status(_("正在试算"), expanded=True) as status:

        def say(line: str) -> None:
            status.update(label=spoken(line))
            status.write(spoken(line))

        try:
            trial = work(say)
        except doings.refusal as refusal:
            status.update(label=_("没有算成"), state="error")
            return refusal
        status.update(label=_("试算完成"), state="complete", expanded=False)
    return trial


def draw(trial: Any, doings: Any, names: Names) -> None:
    """Say what an import and a refresh would change, flips first, or why they would not publish."""
    if isinstance(trial, doings.refusal):
        st.error(trial.message(language()))
    elif trial.failures:
        refresh_panel.failures(trial.failures, _("照这样导入，刷新会停下，不能发布。请先处理下面的问题"))
    elif trial.difference is not None:
        found = doings.tell(trial.difference, language())
        flips = next((len(part.lines) for part in found.sections if part.name == "verdicts"), 0)
        said = _("试算：导入并刷新后，{n} 所学校的判定会翻转。现在什么也没有改变", n=flips)
        if not flips:
            said = _("试算：导入并刷新后，没有学校的判定会翻转。现在什么也没有改变")
        st.info(said)
        compared.draw(found, names, key="trial", title=_("与已发布的快照相比（已导入未刷新的也计算在内）"))
