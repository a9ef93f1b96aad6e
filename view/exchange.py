"""The blocks of the page on the exchange of teachers."""

from __future__ import annotations

import polars as pl
import streamlit as st

from view import charts, charts_exchange, controls, flows, frame, layout, links, numbers, tables
from view import sentences_exchange as say
from view.controls import Pick
from view.names import Row
from view.tables import Column
from view.texts import _

COUNTY = ("county", "county")


def scope(pick: Pick, consortiums: pl.DataFrame) -> tuple[str, str]:
    """Draw the picker of the county or one consortium; without consortiums it is the county."""
    if consortiums.is_empty():
        return COUNTY
    names = dict(consortiums.select("scope_code", "scope_name").iter_rows())
    code = controls.choose(
        _("范围"), "consortium", [controls.ALL, *names], lambda c: names.get(c, _("全县")), width=360
    )
    return COUNTY if code == controls.ALL else ("consortium", code)


def empty(pick: Pick) -> None:
    """Say that nothing is known of exchange, and what to do."""
    frame.header(
        pick,
        _("教师交流"),
        _("这一学年没有交流数据"),
        [
            _("请在数据页导入“交流轮岗”表，或在教师名册里填写“交流单位”“支教单位”，再刷新。"),
            _("在岗状态写着交流或支教、却没有记录的教师，列在数据问题里。"),
        ],
    )


def flow(pick: Pick, found: pl.DataFrame) -> None:
    """Draw who went where: between town and village, and between lead and members."""
    kinds = [kind for kind in ("area_type", "role") if say.flow_title(found, kind)]
    for place, kind in zip(st.columns(max(len(kinds), 1), gap="medium"), kinds, strict=False):
        with place:
            under = _("计入交流的教师，人 · 颜色深浅按人数 · 每人一年计一次")
            if kind == "role":
                under = _("派出学校在共同体内的教师，人 · 颜色深浅按人数")
            frame.section(say.flow_title(found, kind), under)
            links.block(flows.matrix(pick, found, kind), key=f"flow_{kind}")


def trends(years: pl.DataFrame) -> None:
    """Draw both rates over the years against their lines."""
    for place, (field, target) in zip(
        st.columns(2, gap="medium"),
        (("exchange_rate", "exchange_target"), ("backbone_share", "backbone_target")),
        strict=True,
    ):
        title = say.trend_title(years, field)
        if title:
            with place:
                frame.section(title, _("各学年，横线为要求"), level=3)
                charts.draw(
                    charts_exchange.rate_trend, _line(years, field, target), alt_text=title, key=field
                )


def _line(years: pl.DataFrame, field: str, target: str) -> pl.DataFrame:
    known = [row for row in years.to_dicts() if row[field] is not None]
    least = known[-1][target]
    end = max(least, *(row[field] for row in known))
    lines: list[Row] = [
        {
            "layer": "line",
            "year": row["school_year"],
            "value": row[field],
            "label_at": layout.beside_the_line(row[field], least, end),
            "year_label": str(row["school_year"]),
            "value_label": numbers.percent(row[field]),
            "people_label": _people(row, field),
        }
        for row in known
    ]
    limit = {
        "layer": "limit",
        "value": least,
        "value_label": _("要求 {least}", least=numbers.percent(least, 0)),
    }
    return pl.DataFrame([*lines, limit], infer_schema_length=None)


def _people(row: Row, field: str) -> str:
    part, whole = (
        (row["exchanged"], row["eligible"])
        if field == "exchange_rate"
        else (row["backbone_exchanged"], row["exchanged"])
    )
    return f"{numbers.number(part)} / {numbers.number(whole)}"


def kinds(pick: Pick, found: pl.DataFrame) -> None:
    """Draw the kinds of movement apart, those that count and those that do not."""
    if found.is_empty():
        return
    names = pick.names
    columns = [
        Column("exchange_type", _("类型"), words=lambda code: names.label("exchange_type", code)),
        Column("teachers", _("教师"), "number", _("名")),
        Column("backbone_teachers", _("其中骨干"), "number", _("名")),
        Column(
            "is_counted", _("计入交流比例"), words=lambda counts: _("计入") if counts else _("单列，不计")
        ),
    ]
    frame.section(_("各类流动分开看"), _("一人有两类的各列一次 · 哪些类型计入可在参数里改"), level=3)
    tables.table(found, columns, names, key="kinds")


def school_columns(pick: Pick) -> list[Column]:
    """Return the columns of the list of schools: pool, rate, gains and losses."""
    names = pick.names
    people = _("名")
    return [
        Column("school_name", _("学校"), "school"),
        Column("area_type", _("城乡"), words=lambda code: names.label("area_type", code)),
        Column("full_time_teachers", _("专任教师"), "number", people),
        Column("eligible", _("符合条件"), "number", people),
        Column("exchanged", _("交流"), "number", people),
        Column("exchange_rate", _("交流比例"), "percent"),
        Column("exchange_shortfall", _("到要求还差"), "number", people),
        Column("backbone_exchanged", _("骨干交流"), "number", people),
        Column("received", _("派入"), "number", people, blank="0"),
        Column("backbone_gain", _("骨干净增"), "signed", people, blank="±0"),
        Column("pe_arts_gain", _("体艺净增"), "signed", people, blank="±0"),
        Column("eligible_next", _("明年符合条件"), "number", people),
    ]


def school_table(pick: Pick, schools: pl.DataFrame) -> None:
    """Draw every school's pool, rate, gains and losses, those that owe most on top."""
    frame.section(
        say.schools_title(schools),
        _("公办学校的义务教育专任教师 · 要求是对全县的，逐校数供调配参考 · n = {n} 所", n=schools.height),
    )
    if title := say.balance_title(schools):
        frame.html(f"<p>{frame.rich(title)}</p>")
    columns = school_columns(pick)
    tables.download(
        schools, columns, pick.names, name=f"exchange_schools_{pick.year}", key="download_exchange"
    )
    tables.table(schools, columns, pick.names, key="exchange_schools", tall=True)


def school(schools: pl.DataFrame) -> str | None:
    """Draw the picker of the school whose teachers are listed; the one with most eligible comes first."""
    known = schools.filter(pl.col("eligible_next") > 0).sort(
        "eligible_next", "school_code", descending=[True, False]
    )
    if known.is_empty():
        return None
    names = {
        row["school_code"]: _("{school}（{n} 人）", school=row["school_name"], n=row["eligible_next"])
        for row in known.to_dicts()
    }
    frame.section(
        _("明年谁符合交流条件"),
        _("按本年名册推算到明年 9 月 1 日 · 只显示编号末四位 · 这里列一所学校，换学校看其余"),
    )
    return controls.choose(_("学校"), "from", list(names), names.__getitem__, width=360)


def candidates(pick: Pick, found: pl.DataFrame) -> None:
    """Draw one school's teachers who meet the conditions next year."""
    names = pick.names
    columns = [
        Column("school_name", _("学校"), "school"),
        Column("teacher_tail", _("编号末四位"), words=lambda tail: f"****{tail}"),
        Column("stage", _("学段"), words=lambda code: names.label("stage", code)),
        Column("subject", _("学科")),
        Column("joined_month", _("入校年月"), words=lambda day: f"{day:%Y-%m}"),
        Column("tenure_years", _("满年数"), "number", _("年")),
        Column("is_backbone", _("骨干"), words=lambda holds: _("是") if holds else _("否")),
        Column("is_newly_eligible", _("明年新增"), words=lambda holds: _("是") if holds else _("否")),
        Column("is_exchanged", _("今年已交流"), words=lambda holds: _("是") if holds else _("否")),
    ]
    tables.download(found, columns, names, name=f"exchange_next_{pick.year}", key="download_candidates")
    tables.table(found, columns, names, key="candidates", tall=True)


def moved(pick: Pick, found: pl.DataFrame) -> None:
    """Draw every stay of the year on request."""
    names = pick.names
    columns = [
        Column("school_name", _("派出学校"), "school"),
        Column("to_school_name", _("派入学校")),
        Column("teacher_tail", _("编号末四位"), words=lambda tail: f"****{tail}"),
        Column("exchange_type", _("类型"), words=lambda code: names.label("exchange_type", code)),
        Column("start_date", _("开始"), words=str),
        Column("end_date", _("结束"), words=str),
        Column("subject_group", _("学科"), words=lambda code: names.label("subject_group", code)),
        Column("is_backbone", _("骨干"), words=lambda holds: _("是") if holds else _("否")),
        Column("is_eligible_by_rule", _("符合条件"), words=lambda holds: _("是") if holds else _("否")),
        Column("is_counted", _("计入"), words=lambda holds: _("是") if holds else _("否")),
    ]
    if found.is_empty() or not st.toggle(_("列出今年的 {n} 条交流记录", n=found.height), key="list_moved"):
        return
    tables.download(found, columns, names, name=f"exchange_{pick.year}", key="download_moved")
    tables.table(found, columns, names, key="moved", tall=True)


def effect(pick: Pick, found: pl.DataFrame) -> None:
    """Draw what R1–R3 would be with exchanged teachers at the other school."""
    names = pick.names
    columns = [
        Column("school_name", _("学校"), "school", ids=(("indicator", "indicator_code"),)),
        Column(
            "indicator_code",
            _("指标"),
            words=lambda code: names.indicator_name(pick.standard, pick.stage, code, "short"),
        ),
        Column("own_value", _("计在派出学校"), "number", "", 2),
        Column("own_status", _("结论"), "status", status_of="status"),
        Column("host_value", _("计在派入学校"), "number", "", 2),
        Column("host_status", _("改计后"), "status", status_of="status"),
        Column("threshold", _("标准"), "number", "", 2),
        Column("input_source", _("现值取自"), words=lambda code: names.label("input_source", code)),
    ]
    place = names.label("counted_place", found["counts_at"][0]) if found.height else ""
    under = _(
        "{stage}，按教师名册计数 · 教职工统计报来的数照报来的计，不随开关变动",
        stage=names.label("stage", pick.stage),
    )
    if place:
        under += _(" · 现在计在{place}（参数 exchanged_teacher_counts_at）", place=place)
    frame.section(say.effect_title(found), under)
    if found.height:
        tables.download(
            found, columns, names, name=f"exchange_effect_{pick.stage}_{pick.year}", key="download_effect"
        )
        tables.table(found, columns, names, key="effect", tall=True)
