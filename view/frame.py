"""The frame of every page: where we are, what is the finding, where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from view import corrected, links, numbers
from view.controls import Pick
from view.names import Names
from view.texts import _, language

MARK = "**"


def rich(text: str) -> str:
    """Escape a sentence and set what stands between double stars in bold."""
    parts = escape(text).split(MARK)
    return "".join(f"<b>{part}</b>" if place % 2 else part for place, part in enumerate(parts))


def html(body: str, look: str = "") -> None:
    """Draw our own HTML without links."""
    st.html(f'<div class="jh {look}">{body}</div>')


def county_line(pick: Pick) -> str:
    """Return the county's name, with the mark of a fictional one."""
    name = escape(str(pick.county["county_name"]))
    mark = _("演示数据，县名校名均为虚构")
    return f'{name} <span class="mark">{mark}</span>' if pick.county["is_demonstration"] else name


def header(pick: Pick, title: str, verdict: str, evidence: Sequence[str] = ()) -> None:
    """Draw the first lines of a page: place and date, the verdict, the sentences that support it."""
    date = f"{pick.year}-{pick.county['statistics_date']}"
    stand = pick.names.standard(pick.standard)
    crumbs = [
        county_line(pick),
        escape(title),
        pick.names.year(pick.year),
        _("统计时点 {date}", date=date),
        escape(stand),
    ]
    top(crumbs, verdict, evidence)


def top(crumbs: Sequence[str], verdict: str, evidence: Sequence[str] = ()) -> None:
    """Draw where we are (marked up already), the verdict and the sentences that support it."""
    reason = (" " if language() == "en" else "").join(rich(sentence) for sentence in evidence if sentence)
    html(
        f'<div class="crumb">{" · ".join(crumbs)}</div><h1>{rich(verdict)}</h1>'
        + (f"<p>{reason}</p>" if reason else ""),
        "top",
    )


def section(title: str, subtitle: str = "", legend: str = "", *, level: int = 2) -> None:
    """Draw a finding as a title, with unit, year and n under it; nothing to say draws nothing."""
    if not title:
        return
    under = escape(subtitle) + (f'<span class="legend">{legend}</span>' if legend else "")
    note = f'<div class="note">{under}</div>' if under else ""
    html(f"<h{level}>{rich(title)}</h{level}>{note}", "section" if level == 2 else "sub")


def legend(names: Names, kind: str, codes: Sequence[str]) -> str:
    """Return the key of shapes used beside it."""
    return " ".join(
        f'<span class="st-{code}">{escape(names.symbol(kind, code))} {escape(names.label(kind, code))}</span>'
        for code in codes
    )


def source(
    pick: Pick,
    *,
    sources: int,
    fixed: int = 0,
    with_value: int | None = None,
    schools: int | None = None,
) -> None:
    """Say where the figures come from: files, snapshot, document, formula, n with and without a value.

    `fixed` is the number of schools with corrected figures.
    """
    row = pick.names.standards[pick.standard]
    document = row["source_document_en"] if language() == "en" else row["source_document"]
    parts = [
        _(
            "来源：{n} 个已导入的数据表，快照 {id}（{day} 发布）",
            n=sources,
            id=pick.snapshot_id,
            day=numbers.day(pick.published),
        ),
        _("按{document}计算", document=document),
    ]
    if schools is not None and with_value is not None:
        parts.append(
            _("{n} 所学校中 {m} 所有数据，{k} 所缺数据", n=schools, m=with_value, k=schools - with_value)
        )
    text = " · ".join(escape(part) for part in [*parts, corrected.told(fixed)] if part)
    links.block(
        f'<div class="source note">{text} · {links.link(_("公式与定义见指标说明"), "glossary")} · '
        f"{links.link(_('原始文件见数据页'), 'data')}</div>",
        key="source",
    )


def side_foot(pick: Pick) -> None:
    """Draw the snapshot's date and the mark of the demonstration in the side bar."""
    mark = (
        f'<div class="mark">{_("演示数据，县名校名均为虚构")}</div>'
        if pick.county["is_demonstration"]
        else ""
    )
    seal = (
        f'<div class="mark">■ {escape(_("已封存：{label}", label=pick.seal))}</div>'
        if pick.seal is not None
        else ""
    )
    html(f'<div class="note">{_("快照 {day}", day=numbers.day(pick.published))}</div>{seal}{mark}', "foot")


def nothing(pick: Pick, title: str) -> None:
    """Draw a page whose picks have no figures, and say what to do."""
    header(
        pick,
        title,
        _("这一学年、学段和标准下没有学校的数据"),
        [_("请在左侧换一个学年或学段；刚导入的数据要在数据页刷新后才会出现。")],
    )


def no_plan(pick: Pick) -> None:
    """Say that a standard without lines for schools has nothing to plan for."""
    header(
        pick,
        _("测算"),
        _("这一标准没有逐校的标准值，无从测算"),
        [_("请在左侧选优质均衡等有逐校标准值的标准。")],
    )


def too_old(pick: Pick) -> None:
    """Say that a snapshot of older software lacks what plans start from."""
    header(
        pick,
        _("测算"),
        _("这份快照里还没有测算要用的数据"),
        [_("缺的是测算参数和各校数量明细：快照由较早版本的软件发布。到数据页刷新一次即可测算。")],
    )


def older() -> None:
    """Say that the snapshot shown comes from older software, and how to have what is new."""
    said = _("这份快照由较早版本的软件发布，后来新增的内容显示为“—”或空白。到数据页刷新一次即可补齐。")
    links.block(
        f'<div class="note">▲ {escape(said)} {links.link(_("打开数据页"), "data")}</div>', key="older"
    )


def failed(*, is_older: bool = False) -> None:
    """Say that a page could not be drawn, and what the reader can do now."""
    if is_older:
        html(
            f"<h1>{_('这一页要用的内容，这份快照里还没有')}</h1>"
            f"<p>{_('快照由较早版本的软件发布。请到数据页刷新一次，刷新后即可查看。')}</p>",
            "top",
        )
        return
    html(
        f"<h1>{_('这一页没有画出来')}</h1>"
        f"<p>{_('已发布的数据没有受影响。请刷新浏览器；仍不行时，请把出错的时间告诉维护人员，运行记录里有详情。')}</p>",
        "top",
    )
