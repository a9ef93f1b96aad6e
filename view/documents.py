"""The documents to hand in: what each holds, made and checked at a press, then downloaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from view import frame, numbers
from view.controls import Pick
from view.names import Row
from view.texts import _, language

MIME = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".zip": "application/zip",
}


@dataclass(frozen=True)
class Making:
    """What the page may ask for; `refusal` is what it raises."""

    make: Callable[..., Any]
    titles: dict[str, tuple[str, str]]
    has_pdf: bool
    refusal: type[Exception]


def holds() -> dict[str, tuple[str, str]]:
    """Return each document's suffix and what it holds, in the order they are handed in."""
    return {
        "declaration": (".xlsx", _("表Ⅰ至表Ⅵ，一校一行的数值，均值、标准差和差异系数为可点开的公式")),
        "report": (
            ".docx",
            _("基本情况、四方面达标情况、主要做法、存在问题、下一步；没有数据的地方留空待填"),
        ),
        "ledger": (".xlsx", _("每所学校未达标的每项指标：现值、缺口、需要量、措施、责任人、时限、进展")),
        "school-plans": (".docx", _("一校一页：结论、各项数值与标准、缺口、要做什么、何时完成")),
        "evidence": (".docx", _("已上传的佐证材料按指标编号，还缺哪些")),
        "quality": (".docx", _("报送情况、缺数据、未处理和已豁免的问题、更正、来源文件及其校验值")),
    }


def verdict(pick: Pick) -> str:
    """Say what can be handed in, and from which snapshot."""
    return _(
        "{n} 种材料可以导出，数字都出自快照 {id}（{day} 发布）",
        n=len(holds()),
        id=pick.snapshot_id,
        day=numbers.day(pick.published),
    )


def evidence(making: Making) -> list[str]:
    """Say how files are checked, and whether PDF can be made here."""
    said = [_("每份材料写好后重新读出，逐个数字与快照核对；有一个不一致就不导出，并指出是哪一格。")]
    if not making.has_pdf:
        said.append(_("这台服务器没有安装 LibreOffice，不能生成 PDF；可用 Word 或 Excel 打开后另存。"))
    return said


def draw(pick: Pick, making: Making) -> None:
    """Draw the list of documents, each with its button and, once made, its check and downloads."""
    frame.section(_("可以导出的材料"), _("点“生成”后核对数字，然后下载"))
    for kind, (suffix, words) in holds().items():
        left, right = st.columns([5, 3], gap="medium", vertical_alignment="center")
        title = making.titles[kind][language() == "en"]
        with left:
            frame.html(f"<b>{escape(title)}</b> <small>{suffix[1:]}</small><br>{escape(words)}", "paper")
        with right:
            offer(pick, making, kind, {})


def offer(pick: Pick, making: Making, kind: str, more: Row) -> None:
    """Draw the button that makes a document, and what comes of it."""
    key = f"made_{kind}_{pick.snapshot_id}_{pick.standard}_{pick.year}_{sorted(more.items())}"
    pressed, with_pdf = _buttons(making, kind)
    if pressed:
        with st.spinner(_("正在生成并核对")):
            st.session_state[key] = _made(pick, making, kind, {**more, "with_pdf": with_pdf})
    made = st.session_state.get(key)
    if isinstance(made, str):
        st.error(made)
    elif made is not None:
        _downloads(made, pick, key)


def _buttons(making: Making, kind: str) -> tuple[bool, bool]:
    """Draw what makes a document; returns whether it was pressed, and whether for a PDF as well."""
    with st.container(horizontal=True):
        plain = st.button(_("生成"), key=f"make_{kind}")
        pdf = making.has_pdf and st.button(_("生成并转 PDF"), key=f"pdf_{kind}")
    return plain or pdf, pdf


def _made(pick: Pick, making: Making, kind: str, more: Row) -> Any:
    """Return the document, or the sentence that says why there is none."""
    try:
        return making.make(kind, year=pick.year, standard=pick.standard, **more)
    except making.refusal as refusal:
        return refusal.message(language())  # type: ignore[attr-defined]


def _downloads(made: Any, pick: Pick, key: str) -> None:
    said = (
        _("● 已核对：{n} 个数字与快照一致", n=numbers.number(made.figures))
        if made.figures
        else _("这份材料没有取自快照的数字，不需要核对。")
    )
    frame.html(f'<span class="note">{escape(said)}</span>')
    stem = f"{made.name}_{pick.year}_{made.basis.made_on}"
    files = [(made.suffix, made.content, MIME[made.suffix])]
    files += [(".pdf", made.pdf, "application/pdf")] if made.pdf is not None else []
    with st.container(horizontal=True):
        for suffix, content, mime in files:
            st.download_button(
                _("下载 {kind}", kind=suffix[1:]),
                data=content,
                file_name=f"{stem}{suffix}",
                mime=mime,
                key=f"{key}{suffix}",
                on_click="ignore",
            )
