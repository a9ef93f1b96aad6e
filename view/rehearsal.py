"""A rehearsal of the inspectors' visit: draw schools at random, and see what they will be asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import streamlit as st

from view import documents, frame, links, numbers, tables
from view.controls import Pick
from view.names import Row
from view.texts import _

MOST, FEW = 40, 8


def draw(pick: Pick, making: documents.Making, drawn: Callable[..., Sequence[Row]]) -> None:
    """Draw the choice of sample, the schools drawn with their questions, and the sheets to print."""
    frame.section(
        _("模拟抽查"),
        _("像督导组那样按学段和城乡分层随机抽校，列出各校数据会引出的问题和要备好的材料"),
    )
    wish = _wish()
    found = drawn(year=pick.year, standard=pick.standard, **wish)
    said = _(
        "抽到 {n} 所，共 {m} 个问题；随机种子 {seed}，第 {draw} 次",
        n=len(found),
        m=numbers.number(sum(len(row["questions"]) for row in found)),
        seed=wish["seed"],
        draw=wish["draw"],
    )
    frame.html(f'<p class="note">{escape(said)}</p>')
    documents.offer(pick, making, "rehearsal", wish)
    for row in found:
        _school(pick, row)


def _wish() -> dict[str, Any]:
    """Draw the fields of the sample and return what was chosen."""
    how_many, seed, times = st.columns(3, gap="medium")
    with how_many:
        schools = st.number_input(_("抽几所"), 1, MOST, FEW, key="draw_schools")
    with seed:
        number = st.number_input(
            _("随机种子"), 1, 999_999, 1, key="draw_seed", help=_("同一种子抽出的学校相同，可以复核")
        )
    with times:
        draw = st.number_input(
            _("第几次抽取"), 1, 99, 1, key="draw_times", help=_("下一次接着往下抽，不重复抽到同一所")
        )
    return {"schools": int(schools), "seed": int(number), "draw": int(draw)}


def _school(pick: Pick, row: Row) -> None:
    name, count = row["school_name"], len(row["questions"])
    place = escape(f"{row['stages']} · {pick.names.label('area_type', row['area_type'])}")
    lines = "".join(
        f"<tr><td>{escape(one['title'])}</td><td class='wrap'>{escape(one['question'])}</td>"
        f"<td class='wrap'>{escape(one['evidence'])}</td></tr>"
        for one in row["questions"]
    )
    heads = "".join(
        f'<th scope="col">{escape(head)}</th>' for head in (_("类别"), _("问题"), _("备好的材料"))
    )
    told = escape(_("{n} 个问题", n=count))
    with st.expander(f"{row['school_name']} · {told}"):
        links.block(
            f"<p>{links.link(name, 'school', school=row['school_code'])} · {place}</p>",
            key=row["school_code"],
        )
        if lines:
            frame.html(tables.shell(heads, lines))
