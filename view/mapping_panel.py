"""Headers that were not recognised: the reader says what each one is, and it is remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from view import frame
from view.texts import _, language

NONE = ""


@dataclass(frozen=True)
class Matching:
    """What the page may ask for: the unknown sheets of files, and to remember what headers are."""

    suggest: Callable[[Mapping[str, bytes]], Sequence[Any]]
    remember: Callable[[str, Mapping[str, str]], Any]
    refusal: type[Exception]


def draw(matching: Matching, unknown: Sequence[Any]) -> bool:
    """Draw the step for the first unknown sheet; True when its headers were just remembered."""
    sheet = unknown[0]
    place = " › ".join(filter(None, [sheet.file_name, sheet.sheet_name]))
    hint = _("说明每一列是什么；记住后，下次同样的表头自动认出")
    if len(unknown) > 1:
        hint = _("{hint}。还有 {n} 张没有认出", hint=hint, n=len(unknown) - 1)
    frame.section(_("没有认出的表：{place}", place=place), hint, level=3)
    at = 1 if language() == "en" else 0
    datasets = sorted(sheet.titles, key=lambda code: code != sheet.dataset)
    dataset = st.selectbox(
        _("这张表是"), datasets, format_func=lambda code: sheet.titles[code][at], key="match_dataset"
    )
    with st.form("match", border=True):
        chosen = _fields(sheet, dataset)
        sent = st.form_submit_button(_("记住并重新检查"), type="primary")
    if not sent:
        return False
    wanted = {header: field for header, field in chosen.items() if field != NONE}
    if not wanted:
        st.warning(_("还没有为任何一列选择含义"))
        return False
    try:
        matching.remember(dataset, wanted)
    except matching.refusal as refusal:
        st.error(refusal.message(language()))  # type: ignore[attr-defined]
        return False
    return True


def _fields(sheet: Any, dataset: str) -> dict[str, str]:
    """Draw a choice for each header, set to what it resembles, and return what is chosen."""
    offered = [NONE, *sheet.fields[dataset]]
    words = {NONE: _("不导入"), **sheet.fields[dataset]}
    columns = st.columns(3, gap="medium")
    chosen = {}
    for place, header in enumerate(sheet.headers):
        likely = sheet.suggested[dataset].get(header, NONE)
        with columns[place % 3]:
            chosen[header] = st.selectbox(
                header,
                offered,
                index=offered.index(likely),
                format_func=words.__getitem__,
                key=f"match_{dataset}_{place}",
            )
    return chosen
