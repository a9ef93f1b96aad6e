"""The blocks of the page on exchange plans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from view import charts, charts_plan, frame, numbers, plan_form, plan_tables, tables
from view import sentences_plan as say
from view.controls import Pick
from view.plan_form import Wish
from view.plan_tables import Answer
from view.tables import Column
from view.texts import _, language

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def opening(pick: Pick) -> None:
    """Say what the page answers, before anything was asked."""
    frame.header(
        pick,
        _("交流方案"),
        _("最少调动多少教师，就能让所选目标都达到"),
        [
            _("选好目标和限制后测算：给出人数最少的方案、每一项的理由和证明；没有方案时说明缺什么。"),
            _("测算不改变任何已发布的数据。"),
        ],
    )


def solved(run: Callable[[Callable[[str], None]], Any], refusal: type[Exception]) -> Any:
    """Run the search with its progress shown; a refusal is said, and gives None."""
    found = None
    with st.status(plan_form.words_of(["solving"])["solving"]) as status:

        def tell(step: str) -> None:
            status.update(label=plan_form.words_of([step])[step])

        try:
            found = run(tell)
        except refusal as refused:
            st.error(refused.message(language()))  # type: ignore[attr-defined]
        status.update(
            label=_("测算完成") if found else _("没有测算成"), state="complete" if found else "error"
        )
    return found


def verdict(pick: Pick, answer: Answer, wish: Wish) -> None:
    """Draw the answer in a sentence, its proof, and what it rests on."""
    goals = say.listed(plan_form.goal_words(goal) for goal in wish.goals)
    stages = say.listed(pick.names.label("stage", stage) for stage in wish.stages)
    evidence = [
        say.proof(answer.summary),
        *say.lacking(pick.names, pick.standard, answer.summary, answer.posts),
    ]
    if answer.summary["moves"]:
        evidence += [say.becoming(answer.verdicts.to_dicts(), pick.names), say.counted(answer.summary)]
    evidence += say.left_out(answer.left_out.to_dicts())
    evidence.insert(1, say.defended(pick.names, pick.standard, answer.moves.head(1).to_dicts()))
    frame.header(pick, _("交流方案"), say.verdict(answer.summary), evidence)
    told = _(
        "{stages} · 目标：{goals} · 用时 {n} 秒 · 这是测算，没有改变已发布的数据",
        stages=stages,
        goals=goals,
        n=answer.summary["seconds"],
    )
    frame.html(f'<div class="note">{escape(told)}</div>')


def pictures(pick: Pick, answer: Answer) -> None:
    """Draw the frontier of moves against margin beside the coefficients; nothing without a plan."""
    if answer.summary["moves"] is None:
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        title = say.frontier_title(answer.frontier.to_dicts())
        frame.section(title, _("横轴：高出标准、低于限值的余量 · 纵轴：最少交流人数"), level=3)
        charts.draw(charts_plan.frontier, points(answer.frontier), alt_text=title, key="plan_frontier")
    with right:
        frame.section(_("差异系数前后"), _("方案后按同一公式重算"), level=3)
        tables.table(
            answer.balance,
            plan_tables.balance_columns(pick.names, pick.standard),
            pick.names,
            key="plan_balance",
        )


def points(found: pl.DataFrame) -> pl.DataFrame:
    """Return the frontier as the chart takes it: the points, and the line of the standard."""
    rows = [
        {
            "layer": "point" if row["moves"] is not None else "none",
            "margin": row["margin"],
            "moves": row["moves"] or 0,
            "moves_label": numbers.number(row["moves"]) if row["moves"] is not None else _("没有方案"),
            "margin_label": numbers.percent(row["margin"], 0),
        }
        for row in found.to_dicts()
    ]
    line = {"layer": "line", "margin": 0.0, "moves": 0, "moves_label": _("标准"), "margin_label": ""}
    return pl.DataFrame([*rows, line])


def moves(pick: Pick, answer: Answer, workbook: Callable[[Any], bytes]) -> None:
    """Draw the moves, those to defend first on top, and the whole plan as an Excel file."""
    st.download_button(
        _("下载方案（Excel）"),
        data=lambda: workbook(plan_tables.sheets(answer, pick.names, pick.standard)),
        file_name=f"exchange_plan_{pick.year}.xlsx",
        mime=SHEET,
        key="download_plan",
        on_click="ignore",
    )
    if answer.posts.height:
        frame.section(_("缺的岗位"), _("新增这些岗位后就有方案；岗位放在最需要的学校"), level=2)
        tables.table(
            plan_tables.spoken_posts(answer.posts),
            plan_tables.post_columns(pick.names),
            pick.names,
            key="plan_posts",
            tall=True,
        )
    if answer.moves.height:
        frame.section(
            _("谁从哪里到哪里"),
            _("按先保的次序：少了会使差异系数超限的在前，再是跌破 85% 的，再是可替代学校少的"),
        )
        found = plan_tables.spoken_moves(answer.moves, pick.names, pick.standard)
        columns = plan_tables.move_columns(pick.names)
        tables.download(found, columns, pick.names, name=f"exchange_plan_{pick.year}", key="download_moves")
        tables.table(found, columns, pick.names, key="plan_moves", tall=True)


def asked_move(pick: Pick, answer: Answer) -> dict[str, Any] | None:
    """Draw the picker of the move whose possible teachers are listed; None lists nobody."""
    rows = answer.moves.to_dicts() if answer.moves.height else []
    if not rows:
        return None
    words = {
        row["order"]: f"{row['order']} · {row['school_name']} → {row['to_school_name']} · {say.kind(row)}"
        for row in rows
    }
    order = st.selectbox(
        _("列出可派的教师"),
        [0, *words],
        format_func=lambda one: words.get(one, _("不列出")),
        key="plan_people",
        width=520,
    )
    return next((row for row in rows if row["order"] == order), None)


def people(pick: Pick, found: pl.DataFrame) -> None:
    """Draw the teachers of the kind who may leave the school, without names."""
    columns = [
        Column("teacher_tail", _("编号末四位"), words=lambda tail: f"****{tail}"),
        Column("subject", _("学科")),
        Column("duty_status", _("在岗状态")),
        Column("joined_month", _("入校年月"), words=lambda day: f"{day:%Y-%m}"),
        Column("is_eligible_next", _("明年符合条件"), words=lambda holds: _("是") if holds else _("否")),
    ]
    frame.section(_("同类可派的教师 {n} 名", n=found.height), _("只显示编号末四位 · 在校最久的在前"), level=3)
    tables.download(found, columns, pick.names, name=f"exchange_people_{pick.year}", key="download_people")
    tables.table(found, columns, pick.names, key="plan_people_table", tall=True)


def schools(pick: Pick, answer: Answer) -> None:
    """Draw every school's verdict and every indicator before and after; nothing changes without a plan."""
    if not answer.summary["moves"]:
        return
    names = pick.names
    changed = answer.schools.filter(pl.col("verdict_before") != pl.col("verdict_after")).height
    _long(
        pick,
        answer.schools,
        plan_tables.school_columns(names),
        "plan_schools",
        _("各校前后：{n} 所结论改变", n=changed),
    )
    moved = answer.indicators.filter(pl.col("change") != 0).height
    _long(
        pick,
        answer.indicators,
        plan_tables.indicator_columns(names, pick.standard),
        "plan_indicators",
        _("各项指标前后：{n} 项改变", n=moved),
    )


def _long(pick: Pick, found: pl.DataFrame, columns: Sequence[Column], key: str, title: str) -> None:
    frame.section(title, _("改变的在前"))
    tables.download(found, columns, pick.names, name=f"{key}_{pick.year}", key=f"download_{key}")
    tables.table(found, columns, pick.names, key=key, tall=True)


def kept_steps(pick: Pick, steps: Sequence[dict[str, Any]]) -> None:
    """Draw the moves and new posts of a kept plan."""
    names = pick.names
    for what, spoken, columns in (
        (
            "move",
            lambda found: plan_tables.spoken_moves(found, names, pick.standard),
            plan_tables.move_columns,
        ),
        ("post", plan_tables.spoken_posts, plan_tables.post_columns),
    ):
        rows = [step for step in steps if step["what"] == what]
        if rows:
            found = spoken(pl.DataFrame(rows, infer_schema_length=None))
            tables.table(found, columns(names), names, key=f"kept_{what}", tall=True)
