"""Published snapshots: which are sealed, what changed between two, seal one, go back to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from view import compared, frame, numbers, tables
from view.controls import Pick
from view.texts import _, language


@dataclass(frozen=True)
class Keeping:
    """What the page may ask about snapshots; `refusal` is what they raise."""

    compare: Callable[[str, str, str], Any]
    seal: Callable[[str, str], Any]
    roll_back: Callable[[str], Any]
    last_sealed: Callable[[], Any]
    seals: Callable[[], Sequence[dict[str, Any]]]
    refusal: type[Exception]


def draw(snapshots: Sequence[Any], pick: Pick, keeping: Keeping) -> None:
    """Draw the kept snapshots, what changed since the last seal, and what may be done with them."""
    _since_the_seal(pick, keeping)
    _history(snapshots, pick, keeping)
    _seal(snapshots, pick, keeping)
    _roll_back(snapshots, pick, keeping)
    if len(snapshots) > 1:
        _compare(snapshots, pick, keeping)


def label_of(snapshot: Any) -> str:
    """Return a seal's label, or nothing for a snapshot that is not sealed."""
    return "" if snapshot.seal is None else str(snapshot.seal.get("label") or _("名称无法读取"))


def _said(snapshot: Any, pick: Pick) -> str:
    """Return a snapshot in a line: id, day, seal, whether it is shown."""
    parts = [snapshot.id]
    if snapshot.seal is not None:
        parts.append(_("已封存：{label}", label=label_of(snapshot)))
    if snapshot.id == pick.snapshot_id:
        parts.append(_("现在显示"))
    return " · ".join(parts)


def _since_the_seal(pick: Pick, keeping: Keeping) -> None:
    sealed = keeping.last_sealed()
    if sealed is None:
        return
    title = _("自封存“{label}”以来", label=label_of(sealed))
    if sealed.id == pick.snapshot_id:
        frame.section(title, _("现在显示的就是封存的快照"))
    elif (
        found := _asked(keeping, lambda: keeping.compare(sealed.id, pick.snapshot_id, language()))
    ) is not None:
        compared.draw(found, pick.names, key="since_seal", title=title)


def _asked(keeping: Keeping, work: Callable[[], Any]) -> Any:
    """Do what was asked; a refusal is shown in the reader's words and gives None."""
    try:
        return work()
    except keeping.refusal as refusal:
        st.error(refusal.message(language()))  # type: ignore[attr-defined]
        return None


def _history(snapshots: Sequence[Any], pick: Pick, keeping: Keeping) -> None:
    frame.section(_("保留的快照"), _("未封存的保留最近十份，封存的一直保留"))
    damaged = {row["id"]: row for row in keeping.seals() if not row["is_intact"]}
    for row in damaged.values():
        st.error(
            _(
                "快照 {id}（封存为“{label}”）的文件在封存之后丢失或被改动，请从备份中恢复",
                id=row["id"],
                label=row["label"] or _("名称无法读取"),
            )
        )
    heads = (_("快照"), _("发布时间"), _("封存"), _("状态"))
    lines = "".join(_row(item, item.id in damaged, pick) for item in snapshots)
    frame.html(
        tables.shell("".join(f"<th>{escape(head)}</th>" for head in heads), lines, "scroll tall short")
    )


def _row(item: Any, is_damaged: bool, pick: Pick) -> str:
    state = _("现在显示") if item.id == pick.snapshot_id else ""
    seal = "" if item.seal is None else f"■ {label_of(item)}"
    if is_damaged:
        state = " · ".join(filter(None, [state, _("已被改动")]))
    cells = (numbers.moment(item.published_at), seal, state)
    return (
        f'<tr><th scope="row">{escape(item.id)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
    )


def _seal(snapshots: Sequence[Any], pick: Pick, keeping: Keeping) -> None:
    frame.section(_("封存为上报版本"), _("封存后不能改名，也不会被删除；之后的变化都同它比较"))
    unsealed = {item.id: _said(item, pick) for item in snapshots if item.seal is None}
    if not unsealed:
        frame.html(f'<p class="note">{escape(_("保留的快照都已封存"))}</p>')
        return
    with st.form("seal", border=True):
        chosen = st.selectbox(_("快照"), list(unsealed), format_func=unsealed.__getitem__, key="seal_which")
        label = st.text_input(_("名称"), placeholder=_("例如 2024年上报"), key="seal_label")
        agreed = st.checkbox(_("我确认：这就是上报的版本，封存后不再撤销"), key="seal_agreed")
        sent = st.form_submit_button(_("封存"), type="primary")
    if sent and not (label.strip() and agreed):
        st.warning(_("请写明名称，并勾选确认"))
    elif sent and _asked(keeping, lambda: keeping.seal(chosen, label)) is not None:
        st.rerun()


def _roll_back(snapshots: Sequence[Any], pick: Pick, keeping: Keeping) -> None:
    others = {item.id: _said(item, pick) for item in snapshots if item.id != pick.snapshot_id}
    if not others:
        return
    frame.section(_("回退"), _("回退只改变页面显示的快照，导入的数据不变；再刷新即恢复最新"))
    with st.form("rollback", border=True):
        chosen = st.selectbox(_("退回到"), list(others), format_func=others.__getitem__, key="rollback_which")
        sent = st.form_submit_button(_("回退到此"))
    if sent and _asked(keeping, lambda: keeping.roll_back(chosen)) is not None:
        st.rerun()


def _compare(snapshots: Sequence[Any], pick: Pick, keeping: Keeping) -> None:
    frame.section(_("比较两个快照"), _("先列判定翻转的学校，再列越过限值的差异系数和有变化的指标"))
    said = {item.id: _said(item, pick) for item in snapshots}
    ids = list(said)
    with st.form("compare", border=True):
        before = st.selectbox(_("原来"), ids, index=1, format_func=said.__getitem__, key="compare_before")
        after = st.selectbox(_("后来"), ids, index=0, format_func=said.__getitem__, key="compare_after")
        if st.form_submit_button(_("比较")):
            st.session_state["compared"] = (before, after)
    asked = st.session_state.get("compared")
    if asked is None or not set(asked) <= set(ids):
        return
    was, now = asked
    if (found := _asked(keeping, lambda: keeping.compare(was, now, language()))) is not None:
        compared.draw(found, pick.names, key="compare_result")
