"""The blocks of the page on the staff: training, certificates, ages, subjects."""

from __future__ import annotations

from html import escape

import polars as pl

from view import bullets, frame, links, numbers, sentences, tables
from view.controls import Pick
from view.names import Row
from view.tables import Column
from view.texts import _

ITEMS = ("training", "certificate", "outside_subject")
YOUNG, OLD = "under_30", "55_up"


def verdict(found: pl.DataFrame) -> str:
    """Say which shares of the staff hold, against what is asked."""
    items = {row["item_code"]: row for row in found.to_dicts() if row["item_kind"] == "item"}
    training, certificate = items["training"], items["certificate"]
    return _(
        "义务教育专任教师 {n} 人：培训达标 {training}，持证 {certificate}",
        n=f"{training['teachers']:,}",
        training=_said(training),
        certificate=_said(certificate),
    )


def _said(row: Row) -> str:
    if row["share"] is None:
        return _("缺数据")
    share = numbers.percent(row["share"], 2)
    if row["status"] == "met":
        return _("{share}（达到要求）", share=share)
    return _(
        "{share}（要求 {least}，{n} 人未达到）",
        share=share,
        least=numbers.percent(row["target"], 0),
        n=row["short"],
    )


def evidence(found: pl.DataFrame) -> list[str]:
    """Say what is not asked but matters: subjects outside the certificate, and what is unknown."""
    items = {row["item_code"]: row for row in found.to_dicts() if row["item_kind"] == "item"}
    outside = items["outside_subject"]
    parts = []
    if outside["share"] is not None:
        parts.append(
            _(
                "教非所学 {n} 人，占学科和证书都清楚的 {m} 人的 **{share}**。",
                n=outside["numerator"],
                m=f"{outside['denominator']:,}",
                share=numbers.percent(outside["share"]),
            )
        )
    unknown = [
        _("{item} {n} 人", item=said, n=numbers.number(items[code]["unknown_count"]))
        for code, said in (
            ("training", _("培训学时")),
            ("certificate", _("教师资格证")),
            ("outside_subject", _("证书学科")),
        )
        if items[code]["unknown_count"]
    ]
    if unknown:
        parts.append(_("名册没有填写：{parts}；不清楚的不算达到。", parts=sentences.listed(unknown)))
    return parts


def ages(pick: Pick, parts: dict[str, pl.DataFrame]) -> None:
    """Draw the age bands of each stage on one scale."""
    rows = {
        stage: [row for row in found.to_dicts() if row["item_kind"] == "age_band"]
        for stage, found in parts.items()
    }
    known = [row["share"] for part in rows.values() for row in part if row["share"] is not None]
    if not known:
        return
    frame.section(_("年龄结构"), _("9 月 1 日满周岁，占出生年月清楚的专任教师"))
    body = "".join(
        f'<div class="agegroup"><h3>{escape(pick.names.label("stage", stage))}</h3>'
        f'<div class="bullets">{_bands(pick, part, max(known))}</div></div>'
        for stage, part in rows.items()
        if part
    )
    links.block(f'<div class="ages">{body}</div>', key="ages")


def _bands(pick: Pick, rows: list[Row], most: float) -> str:
    order = pick.names.codes("age_band")
    ordered = sorted(rows, key=lambda row: order.index(row["item_code"]))
    return "".join(_band(pick, row, most * bullets.SPARE) for row in ordered)


def _band(pick: Pick, row: Row, end: float) -> str:
    name = escape(pick.names.label("age_band", row["item_code"]))
    return (
        f'<div class="bullet aim"><span class="name">{name}</span>'
        f'<span class="track bare"><i style="width:{bullets.place(row["share"], end)}"></i></span>'
        f'<span class="val">{numbers.percent(row["share"])}</span>'
        f'<span class="soft">{_("{n} 人", n=numbers.number(row["numerator"]))}</span></div>'
    )


def wide(found: pl.DataFrame) -> pl.DataFrame:
    """Lay a school's items side by side, schools with most to mend on top."""
    if found.is_empty():
        return found
    keys = ["school_code", "school_name", "area_type", "stage", "teachers"]
    laid = found.pivot(
        "item_code", index=keys, values=["share", "numerator", "unknown_count", "short", "status"]
    )
    return laid.sort(
        "short_training", "short_certificate", "school_code", descending=[True, True, False], nulls_last=True
    )


def columns(pick: Pick) -> list[Column]:
    """Return the columns of the list of schools."""
    names, people = pick.names, _("名")
    return [
        Column("school_name", _("学校"), "school"),
        Column("area_type", _("城乡"), words=lambda code: names.label("area_type", code)),
        Column("teachers", _("专任教师"), "number", people),
        Column("share_training", _("培训满学时"), "percent"),
        Column("short_training", _("未满学时"), "number", people),
        Column("share_certificate", _("持证"), "percent"),
        Column("short_certificate", _("无证"), "number", people),
        Column("share_outside_subject", _("教非所学"), "percent"),
        Column("numerator_outside_subject", _("教非所学"), "number", people),
        Column(f"share_{YOUNG}", names.label("age_band", YOUNG), "percent"),
        Column(f"share_{OLD}", names.label("age_band", OLD), "percent"),
        Column("unknown_count_training", _("学时未填"), "number", people),
    ]


def school_table(pick: Pick, found: pl.DataFrame) -> None:
    """Draw the schools with what falls short."""
    data = wide(found)
    if data.is_empty():
        return
    short = data.filter((pl.col("short_training") > 0) | (pl.col("short_certificate") > 0)).height
    stage = pick.names.label("stage", pick.stage)
    title = (
        _("{stage} {n} 所学校中 {m} 所有教师培训不足或无证", stage=stage, n=data.height, m=short)
        if short
        else _("{stage}各校教师培训都满学时、都持证", stage=stage)
    )
    frame.section(title, _("按未满学时的人数排列 · 一人只计一校 · n = {n} 所", n=data.height))
    shown = columns(pick)
    tables.download(data, shown, pick.names, name=f"staff_{pick.stage}_{pick.year}", key="download_staff")
    tables.table(data, shown, pick.names, key="staff_schools", tall=True)
