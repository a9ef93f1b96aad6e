"""Consortiums on the overview: how far they reach, and what was left undone in the last whole term."""

from __future__ import annotations

from html import escape

import polars as pl

from view import consortium_words as say
from view import frame, links, numbers
from view.controls import Pick
from view.texts import _


def block(pick: Pick, coverage: pl.DataFrame) -> None:
    """Draw the roll-up; nothing where there are no consortiums."""
    if coverage.is_empty():
        return
    row = coverage.to_dicts()[0]
    frame.section(
        _(
            "共同体：{n} 个，覆盖 {share} 的学校",
            n=row["consortiums"],
            share=numbers.percent(row["school_share"]),
        ),
        _("义务教育学校和学生；职责以最近一个已结束的学期为准"),
    )
    said = [
        _(
            "{n} 所义务教育学校中 {m} 所在共同体内，学生占 {share}。",
            n=numbers.number(row["schools"]),
            m=numbers.number(row["schools_covered"]),
            share=numbers.percent(row["student_share"]),
        )
    ]
    if row["term"]:
        said.append(
            _(
                "{term}应做职责 {owed} 项，{behind} 项没有做足，{missing} 项没有报。",
                term=say.term(row["term"]),
                owed=row["duties_owed"],
                behind=row["duties_behind"],
                missing=row["duties_missing"],
            )
        )
    more = links.link(_("看各共同体"), "consortium", consortium="all")
    links.block(f"<p>{escape(' '.join(said))} {more}</p>", key="consortiums")
