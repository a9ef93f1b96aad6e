"""The first page of an empty home: two ways to begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from view import frame, links
from view.texts import _, language

COMMANDS = "junheng template --out templates\njunheng import FILES\njunheng refresh"


def intro() -> None:
    """Say what this is and what it needs first."""
    frame.html(
        f"<h1>{_('还没有可看的数据')}</h1>"
        f"<p>{_('导入全县学校的办学条件和教职工统计，几分钟后就能看到各校达标情况和校际差异系数。')}</p>",
        "top",
    )


def ways(make_demo: Callable[[Callable[[str], None]], Any], refusal: type[Exception]) -> None:
    """Offer the first import and the demonstration side by side.

    The button runs `make_demo`, which reports its steps; `refusal` is what it raises, with words to show.
    """
    own, sample = st.columns(2, gap="medium", border=True)
    with own:
        links.block(_own(), key="own")
    with sample:
        frame.html(_sample())
        if st.button(_("生成演示县"), type="primary"):
            _make(make_demo, refusal)


def _make(make_demo: Callable[[Callable[[str], None]], Any], refusal: type[Exception]) -> None:
    with st.status(_("正在生成、导入并计算演示数据，约需一分钟"), expanded=True) as progress:
        try:
            make_demo(lambda step: progress.write(step) if language() == "zh" else None)
        except refusal as refused:
            progress.update(label=_("没有生成"), state="error")
            progress.write(getattr(refused, "message", str)(language()))
            return
    st.rerun()


def _own() -> str:
    steps = "".join(
        f"<li>{step}</li>"
        for step in (
            _("下载模板，或直接使用年度教育事业统计的工作簿"),
            _("在数据页选择文件，逐行检查后入库"),
            _("刷新：计算、检验，通过后发布"),
        )
    )
    return (
        f"<h2>{_('用本县的数据')}</h2><ol>{steps}</ol><p>{links.link(_('打开数据页导入'), 'data')}</p>"
        f'<p class="note">{_("也可以在终端中运行：")}</p><pre>{COMMANDS}</pre>'
    )


def _sample() -> str:
    return (
        f"<h2>{_('先看演示')}</h2>"
        f"<p>{_('一个虚构的县：约 200 所学校、三个学年，原始文件里有各种真实的毛病。')}</p>"
        f'<p class="note">{_("县名、校名、人名均为虚构，每一页都有标注。也可以在终端中运行：")}</p>'
        "<pre>junheng demo</pre>"
    )
