"""The parts of one consortium's page, each drawn from frames already read."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars as pl
import streamlit as st

from view import consortium_words as say
from view import controls, flows, frame, links, maps, numbers, printing, tables
from view.controls import Pick
from view.names import Row
from view.tables import Column
from view.texts import _, language

MEASURES = ("R1", "R2", "R3")
MOST_GIVEN = 8


def choose(everyone: pl.DataFrame) -> str:
    """Draw the picker of the consortium and the print button; return its code or `all`."""
    known = {
        row["consortium_code"]: row["consortium_name"] or row["consortium_code"]
        for row in everyone.to_dicts()
    }
    with st.container(key="tools"):
        code = controls.choose(
            _("共同体"),
            "consortium",
            [controls.ALL, *known],
            lambda code: _("全部，相互比较") if code == controls.ALL else str(known[code]),
        )
        printing.button(_("打印本页"))
    return code


def header(pick: Pick, one: Row, verdict: str, evidence: Sequence[str]) -> None:
    """Draw which consortium it is, the verdict and the sentences under it."""
    crumbs = [frame.county_line(pick), escape(_("共同体")), escape(pick.names.year(pick.year))]
    about = [
        pick.names.label("consortium_kind", one["kind"]),
        one["mode"],
        _("成立于 {day}", day=numbers.day(one["founded_on"])),
        one["rounds"],
        _("牵头校 {school}", school=one["lead_name"]) if one["lead_name"] else _("没有牵头校"),
    ]
    identity = " · ".join(str(part) for part in about if part)
    frame.html(
        f'<div class="crumb">{" · ".join(crumbs)}</div>'
        f"<h1>{escape(one['consortium_name'] or one['consortium_code'])}</h1>"
        f'<p class="soft">{escape(identity)}</p><h2 class="finding">{frame.rich(verdict)}</h2>'
        f"<p>{escape((' ' if language() == 'en' else '').join(evidence))}</p>",
        "top",
    )


def members(pick: Pick, found: pl.DataFrame) -> None:
    """Draw the schools and where they are."""
    names = pick.names
    columns = [
        Column("school_name", _("学校"), "school"),
        Column("role", _("角色"), words=lambda code: names.label("consortium_role", code)),
        Column("joined_on", _("加入"), words=numbers.day),
        Column("left_on", _("退出"), words=numbers.day),
        Column("students", _("学生"), "number", _("人")),
        Column("full_time_teachers", _("专任教师"), "number", _("人")),
        Column("distance_km", _("距牵头校"), "number", "km", 1),
        Column("indicators_met", _("达标项数"), "number", _("项")),
        Column("verdict", _("学校结论"), "status", status_of="verdict"),
    ]
    day = numbers.day(found["as_at"][0]) if found.height else ""
    frame.section(_("成员校"), _("以 {day} 为准；含幼儿园、高中和县外学校", day=day))
    drawing = maps.schools(pick, found.with_columns(pl.lit(pick.stage).alias("stage")))
    places = st.columns([5, 2], gap="medium") if drawing else [st.container()]
    with places[0]:
        tables.table(found, columns, names, key="members")
    for place in places[1:]:
        with place:
            links.block(drawing, key="member_map")


def lead(pick: Pick, one: Row, gaps: pl.DataFrame, given: pl.DataFrame) -> None:
    """Draw what the lead school gained and what it cost it."""
    rows = [row for row in say.latest(gaps) if row["lead_change_since_founding"] is not None]
    own = [row for row in rows if row["measure"] in MEASURES and row["first_period"] != row["period"]]
    changes = [(say.called(pick, row), row["lead_change_since_founding"]) for row in own]
    gained = [_pair(name, numbers.signed(change, 2)) for name, change in changes if change > 0]
    cost = [_pair(name, numbers.signed(change, 2)) for name, change in changes if change < 0]
    if one["lead_received"]:
        gained.append(_pair(_("成员校派来的交流教师"), _("{n} 人", n=one["lead_received"])))
    if one["lead_sent"]:
        sent = _("{n} 人，其中骨干 {m} 人", n=one["lead_sent"], m=one["lead_sent_backbone"])
        cost.append(_pair(_("派到成员校的交流教师"), sent))
    year = given.filter(pl.col("school_year") == pick.year)
    cost += [
        _pair(say.duty(pick.names, row["activity_type"]), _("{n} 次", n=numbers.exact(row["times"])))
        for row in year.head(MOST_GIVEN).to_dicts()
    ]
    for title, lines in ((_("牵头校得到"), gained), (_("牵头校付出"), cost)):
        if lines:
            frame.section(title, _("本校数值为成立以来的变化，活动为本学年牵头校主办"))
            frame.html(f'<table class="pairs">{"".join(lines)}</table>')


def _pair(name: str, value: str) -> str:
    return f'<tr><td>{escape(name)}</td><td class="n">{escape(value)}</td></tr>'


def questions(asked: Sequence[str]) -> None:
    """Draw what to ask the lead principal."""
    if not asked:
        return
    frame.section(_("下次见牵头校校长，问这 {n} 件事", n=len(asked)), _("由上面的数字按规则生成"))
    frame.html(f"<ol>{''.join(f'<li>{escape(question)}</li>' for question in asked)}</ol>")


def exchange(pick: Pick, one: Row, found: pl.DataFrame) -> None:
    """Draw who is exchanged between its schools."""
    drawn = flows.matrix(pick, found, "role")
    if not drawn:
        return
    frame.section(
        _("交流 {n} 人，其中 {m} 人在共同体内", n=one["exchanged"], m=one["exchanged_inside"]),
        _("计入交流的教师，人；占符合条件教师的 {share}", share=numbers.percent(one["exchange_rate"])),
    )
    links.block(drawn, key="consortium_flow")


def scorecard(pick: Pick, scores: pl.DataFrame, found: pl.DataFrame) -> None:
    """Draw the bundled scorecard with the basis of each component, and each school's own."""
    whole = scores.filter(pl.col("school_code") == "all")
    if whole.is_empty():
        return
    names, row = pick.names, whole.to_dicts()[0]
    title = _("年度考核：没有可计分的项目")
    if row["total_score"] is not None:
        title = _(
            "年度考核：捆绑得分 {score}（已计分权重 {part} ÷ {whole}）",
            score=numbers.number(row["total_score"], 1),
            part=numbers.exact(row["weight_scored"]),
            whole=numbers.exact(row["weight_all"]),
        )
    frame.section(
        title, _("项目取自各地文件，权重为本项目约定，可在参数里修改；没有数据的项目不计分，也不当作零分")
    )
    basis = "basis_en" if language() == "en" else "basis"
    columns = [
        Column("component", _("项目"), words=lambda code: names.label("consortium_component", code)),
        Column("weight", _("权重"), "exact"),
        Column("score", _("得分"), "number", decimals=1),
        Column(basis, _("依据"), wrap=True),
    ]
    tables.table(whole, columns, names, key="scorecard")
    _schools(pick, scores.filter(pl.col("school_code") != "all"), found)


def _schools(pick: Pick, scores: pl.DataFrame, found: pl.DataFrame) -> None:
    wide = scores.pivot(
        "component", index=["school_code", "total_score"], values="score", maintain_order=True
    )
    named = found.select("school_code", "school_name").join(
        wide, on="school_code", how="left", maintain_order="left"
    )
    codes = [code for code in pick.names.codes("consortium_component") if code in named.columns]
    columns = [
        Column("school_name", _("学校"), "school"),
        *(
            Column(code, pick.names.label("consortium_component", code), "number", decimals=1)
            for code in codes
        ),
        Column("total_score", _("加权得分"), "number", decimals=1),
    ]
    tables.table(named, columns, pick.names, key="school_scores")


def satisfaction(pick: Pick, found: pl.DataFrame) -> None:
    """Draw what the groups answered."""
    if found.is_empty():
        return
    columns = [
        Column("respondents", _("群体"), words=lambda code: _("合计") if code == "all" else str(code)),
        Column("issued", _("发放问卷"), "number", _("份")),
        Column("responses", _("有效问卷"), "number", _("份")),
        Column("satisfied", _("满意"), "number", _("份")),
        Column("satisfied_rate", _("满意度"), "percent"),
    ]
    frame.section(_("满意度"), _("满意份数 ÷ 有效问卷"))
    tables.table(found, columns, pick.names, key="satisfaction")


def not_a_cause() -> None:
    """Say what these figures cannot show."""
    told = _(
        "差距与职责同时变化，不证明因果：同期还有调动、招生和投入的变动；共同体外的学校只作参照，不是对照组。"
    )
    frame.html(f'<p class="note">{escape(told)}</p>')
