"""The blocks of the page of scenarios."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from view import frame, numbers, tables
from view import sentences_scenario as say
from view.controls import Pick
from view.names import Row
from view.sentences_scenario import Words
from view.sheets import Sheet, lines, sheet
from view.tables import Column
from view.texts import _, language

STEPS = "whatif_steps"
NAME = "whatif_opened"
MOST = 3
Change = dict[str, Any]


@dataclass(frozen=True)
class Doings:
    """What a reader may do with a scenario, and how a refusal is known."""

    save: Callable[[str, str], None]
    enter: Callable[[str, str], tuple[list[int], list[int]]]
    workbook: Callable[[], bytes]
    document: Callable[[], bytes]
    refusal: type[Exception]


def steps() -> list[Change]:
    """Return the steps of the scenario that is being thought out."""
    found: list[Change] = st.session_state.setdefault(STEPS, [])
    return found


def load(changes: Sequence[Change], name: str, snapshot: str) -> None:
    """Take up a kept scenario."""
    st.session_state[STEPS] = list(changes)
    st.session_state[NAME] = (name, snapshot)


def banner(pick: Pick) -> str:
    """Draw the line that says this is supposed, and return it; warn where the snapshot has moved on."""
    line = say.mark(pick.snapshot_id, numbers.day(pick.published))
    frame.html(f'<div class="supposed">{line}</div>')
    name, snapshot = st.session_state.get(NAME, ("", ""))
    if snapshot and snapshot != pick.snapshot_id:
        st.warning(say.moved_on(name, snapshot))
    return line


def ask_kept(names: Sequence[str]) -> str:
    """Draw the list of kept scenarios; return the one that was just asked for."""
    if not names:
        return ""
    choice, button = st.columns([5, 1], gap="medium", vertical_alignment="bottom")
    name = choice.selectbox(_("已保存的方案"), names, key="whatif_kept")
    return str(name) if button.button(_("打开"), key="whatif_open", width="stretch") else ""


def ask_compared(names: Sequence[str]) -> list[str]:
    """Draw the choice of up to three kept scenarios to set side by side."""
    if not names:
        return []
    chosen = st.multiselect(
        _("并排比较已保存的方案（最多 3 个）"),
        names,
        max_selections=MOST,
        key="whatif_beside",
        placeholder=_("选方案"),
    )
    return [str(name) for name in chosen]


def listing(words: Words) -> None:
    """Draw the steps with a button that takes each away."""
    found = steps()
    if not found:
        frame.html(f'<p class="note">{_("还没有步骤。先在上面加一步，判定随即重算。")}</p>')
        return
    for number, change in enumerate(found):
        text, button = st.columns([12, 1], vertical_alignment="center")
        text.markdown(f"{number + 1}. {say.step(change, words)}")
        if button.button("×", key=f"drop_{number}", help=_("去掉这一步")):
            found.pop(number)
            st.rerun()
    if st.button(_("全部清空"), key="clear_steps"):
        load([], "", "")
        st.rerun()


def balance_columns(pick: Pick) -> list[Column]:
    """Return the columns of the coefficients."""
    return [
        Column("stage", _("学段"), words=lambda code: pick.names.label("stage", code)),
        Column("indicator", _("指标")),
        Column("cv_before", _("现差异系数"), "coefficient"),
        Column("cv", _("假设后"), "coefficient"),
        Column("cv_limit", _("限值"), "number", "", 2),
        Column("status_before", _("现状"), "status", status_of="balance_status"),
        Column("status", _("假设后结论"), "status", status_of="balance_status"),
    ]


def flip_columns(pick: Pick) -> list[Column]:
    """Return the columns of the schools whose verdict turns."""
    return [
        Column("school_name", _("学校")),
        Column("stage", _("学段"), words=lambda code: pick.names.label("stage", code)),
        Column("students_before", _("现学生"), "number", _("人")),
        Column("students", _("假设后学生"), "number", _("人")),
        Column("verdict_before", _("现结论"), "status", status_of="verdict"),
        Column("verdict", _("假设后结论"), "status", status_of="verdict"),
    ]


def indicator_columns(pick: Pick) -> list[Column]:
    """Return the columns of the values that change."""
    return [
        Column("school_name", _("学校")),
        Column("stage", _("学段"), words=lambda code: pick.names.label("stage", code)),
        Column("indicator", _("指标")),
        Column("threshold", _("标准"), "number", "", 2),
        Column("value_before", _("现值"), "number", "", 2),
        Column("value", _("假设后"), "number", "", 2),
        Column("status_before", _("现状"), "status", status_of="status"),
        Column("status", _("假设后结论"), "status", status_of="status"),
    ]


def gap_columns(pick: Pick, words: Words) -> list[Column]:
    """Return the columns of the consortiums that are drawn anew."""
    return [
        Column("consortium_code", _("共同体"), words=lambda code: words.consortiums.get(code, code)),
        Column("stage", _("学段"), words=lambda code: pick.names.label("stage", code)),
        Column("indicator", _("指标")),
        Column("gap_before", _("现差距（牵头 − 成员）"), "signed", "", 2),
        Column("gap", _("假设后差距"), "signed", "", 2),
    ]


def named(pick: Pick, found: pl.DataFrame) -> pl.DataFrame:
    """Return a frame with its indicators in words."""
    said = [
        f"{row['indicator_code']} "
        f"{pick.names.indicator_name(pick.standard, row['stage'], row['indicator_code'], 'short')}"
        for row in found.select("stage", "indicator_code").to_dicts()
    ]
    return found.with_columns(indicator=pl.Series(said, dtype=pl.String))


@dataclass(frozen=True)
class Shown:
    """What a scenario changes, in words."""

    verdicts: list[Row]
    flips: pl.DataFrame
    balance: pl.DataFrame
    indicators: pl.DataFrame
    gaps: pl.DataFrame


def results(pick: Pick, shown: Shown, words: Words) -> None:
    """Draw what turns: schools, coefficients, values."""
    if shown.flips.is_empty():
        frame.section(_("没有学校的判定改变"), _("差异系数和变动的指标见下"))
    else:
        frame.section(_("哪些学校的判定变了"), _("n = {n}", n=shown.flips.height))
        tables.table(shown.flips, flip_columns(pick), pick.names, key="flips", tall=True)
    frame.section(_("差异系数"), _("现在和假设后"))
    tables.table(shown.balance, balance_columns(pick), pick.names, key="whatif_balance", tall=True)
    if shown.indicators.height:
        frame.section(_("变动的指标"), _("n = {n}", n=shown.indicators.height))
        tables.table(shown.indicators, indicator_columns(pick), pick.names, key="whatif_values", tall=True)
    if shown.gaps.height:
        frame.section(_("共同体的差距"), _("只作比较，不改变任何学校的判定"))
        tables.table(shown.gaps, gap_columns(pick, words), pick.names, key="whatif_gaps", tall=True)


def sheets(pick: Pick, shown: Shown, words: Words, mark: str) -> list[Sheet]:
    """Return the scenario's tables for a workbook or document; the first says that it is supposed."""
    said = [say.step(change, words) for change in steps()]
    names = pick.names
    verdict = say.verdict(shown.verdicts, len(said), names)
    found = [
        sheet(_("判定变化"), shown.flips, flip_columns(pick), names),
        sheet(_("差异系数"), shown.balance, balance_columns(pick), names),
        sheet(_("变动的指标"), shown.indicators, indicator_columns(pick), names),
    ]
    return [lines(_("假设"), mark, [verdict, *said]), *found]


def keep(doings: Doings) -> None:
    """Draw what can be done with the scenario: keep it, hand it on, take it into the ledger."""
    frame.section(_("留存与输出"), _("姓名按所写记录，未核验"))
    name, by = st.columns(2, gap="medium")
    title = name.text_input(_("方案名称"), value=st.session_state.get(NAME, ("", ""))[0], key="whatif_title")
    author = by.text_input(_("姓名"), key="whatif_by")
    one, two, three, four = st.columns(4, gap="medium")
    try:
        if one.button(_("保存"), key="whatif_save", width="stretch"):
            doings.save(title, author)
            st.success(_("已保存“{name}”", name=title))
        if two.button(_("列入整改台账"), key="whatif_enter", width="stretch"):
            made, _there = doings.enter(title, author)
            st.success(_("已列入 {n} 条", n=len(made)))
    except doings.refusal as refused:
        st.error(refused.message(language()))  # type: ignore[attr-defined]
    file = f"whatif_{title or 'scenario'}"
    three.download_button(
        _("下载 Excel"), doings.workbook, file_name=f"{file}.xlsx", key="whatif_xlsx", on_click="ignore",
        width="stretch",
    )  # fmt: skip
    four.download_button(
        _("下载 Word"), doings.document, file_name=f"{file}.docx", key="whatif_docx", on_click="ignore",
        width="stretch",
    )  # fmt: skip


def compared(pick: Pick, found: Sequence[tuple[str, Sequence[Row], pl.DataFrame]]) -> None:
    """Draw kept scenarios side by side: verdict counts, then every coefficient."""
    rows: list[Row] = []
    for name, verdicts, flips in found:
        for row in verdicts:
            turned = flips.filter(pl.col("stage") == row["stage"]).height
            rows.append({"name": name, **row, "flips": turned})
    columns = [
        Column("name", _("方案")),
        Column("stage", _("学段"), words=lambda code: pick.names.label("stage", code)),
        Column("schools_compliant_before", _("现达标"), "number", _("所")),
        Column("schools_compliant", _("假设后达标"), "number", _("所")),
        Column("flips", _("判定变化"), "number", _("个")),
        Column("coefficients_not_met_before", _("现超限"), "number", _("项")),
        Column("coefficients_not_met", _("假设后超限"), "number", _("项")),
        Column("widest_cv", _("最大差异系数"), "coefficient"),
    ]
    frame.section(_("方案并排比较"), _("都按现在的快照重新测算"))
    if rows:
        tables.table(pl.DataFrame(rows), columns, pick.names, key="whatif_compared")
