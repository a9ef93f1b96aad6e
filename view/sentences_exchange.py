"""Sentences about exchange, made by rule from its rates and flows."""

from __future__ import annotations

import polars as pl

from view import numbers
from view.controls import Pick
from view.names import Row
from view.texts import _

EVERYWHERE = "all"


def who(row: Row) -> str:
    """Name the county or the consortium a rate is of."""
    return _("全县") if row["scope"] == "county" else str(row["scope_name"])


def verdict(row: Row) -> str:
    """Say how many were exchanged, against both requirements."""
    if row["exchanged"] is None:
        return _("{who}这一学年没有交流数据", who=who(row))
    if row["exchange_rate"] is None:
        return _("{who}交流 {n} 人；比例暂不能判定", who=who(row), n=row["exchanged"])
    return _(
        "{who}交流 {n} 人，占符合条件教师的 {rate}（{rate_needs}）；骨干 {b} 人，占 {share}（{share_needs}）",
        who=who(row),
        n=row["exchanged"],
        rate=numbers.percent(row["exchange_rate"]),
        rate_needs=_needs(row["exchange_status"], row["exchange_target"], row["exchange_shortfall"]),
        b=row["backbone_exchanged"],
        share=numbers.percent(row["backbone_share"]),
        share_needs=_needs(row["backbone_status"], row["backbone_target"], row["backbone_shortfall"]),
    )


def _needs(status: str, target: float, shortfall: int | None) -> str:
    least = numbers.percent(target, 0)
    if status == "met":
        return _("要求 {least}，达到", least=least)
    if status == "not_met":
        return _("要求 {least}，差 {n} 人", least=least, n=shortfall)
    if status == "missing":
        return _("要求 {least}，缺数据，暂不能判定", least=least)
    return _("要求 {least}", least=least)


def unknown(row: Row) -> str:
    """Say what the rate leaves out for want of data, and what would settle it."""
    if row["full_time_teachers"] is None:
        return _("没有教师名册，算不出符合条件的人数：请在数据页导入教师名册。")
    parts = []
    if row["eligible_unknown"]:
        parts.append(_("{n} 名教师没有入校年月，未列入符合条件", n=row["eligible_unknown"]))
    if row["sites_without_roster"]:
        parts.append(_("{n} 所校（点）没有教师名册，符合条件的教师可能更多", n=row["sites_without_roster"]))
    if row["backbone_unknown"]:
        parts.append(_("{n} 名交流教师是否骨干不清楚", n=row["backbone_unknown"]))
    return _("{parts}。", parts=_("；").join(parts)) if parts else ""


def reach(pick: Pick, flows: pl.DataFrame) -> str:
    """Say where most went, and how many reached the villages."""
    pairs = flows.filter(
        (pl.col("group_kind") == "area_type")
        & (pl.col("from_group") != EVERYWHERE)
        & (pl.col("to_group") != EVERYWHERE)
    )
    if pairs.is_empty():
        return ""
    most = pairs.sort("teachers", descending=True).to_dicts()[0]
    return _(
        "最多的去向是{place}→{to}，**{n}** 人。",
        place=pick.names.label("flow_place", most["from_group"]),
        to=pick.names.label("flow_place", most["to_group"]),
        n=most["teachers"],
    )


def flow_title(flows: pl.DataFrame, kind: str) -> str:
    """Say how many of the exchanged went where it is meant: to villages, or from lead to members."""
    cells = {
        (row["from_group"], row["to_group"]): row["teachers"]
        for row in flows.filter(pl.col("group_kind") == kind).to_dicts()
    }
    total = cells.get((EVERYWHERE, EVERYWHERE))
    if not total:
        return ""
    if kind == "area_type":
        return _("{n} 人中 {m} 人到了乡村学校", n=total, m=cells.get((EVERYWHERE, "乡村"), 0))
    return _(
        "牵头校派到成员校 {down} 人，成员校派到牵头校 {up} 人",
        down=cells.get(("lead", "member"), 0),
        up=cells.get(("member", "lead"), 0),
    )


def trend_title(years: pl.DataFrame, field: str) -> str:
    """Say how a rate changed since the year before."""
    known = years.filter(pl.col(field).is_not_null()).to_dicts()
    if not known:
        return ""
    now = known[-1]
    text = _("交流比例 {now}") if field == "exchange_rate" else _("骨干占比 {now}")
    said = text.format(now=numbers.percent(now[field]))
    if len(known) < 2:
        return said
    return _("{said}，上年 {before}", said=said, before=numbers.percent(known[-2][field]))


def schools_title(schools: pl.DataFrame) -> str:
    """Say how many schools sent nobody though they have eligible teachers."""
    none = schools.filter((pl.col("eligible") > 0) & (pl.col("exchanged") == 0)).height
    if not none:
        return _("有符合条件教师的学校都派出了人")
    return _("{n} 所学校有符合条件的教师，没有派出一人", n=none)


def balance_title(schools: pl.DataFrame) -> str:
    """Name the school that lost most backbone teachers and the one that gained most."""
    known = schools.filter(pl.col("backbone_gain").is_not_null() & (pl.col("backbone_gain") != 0))
    if known.is_empty():
        return ""
    ends = known.sort("backbone_gain", "school_code").to_dicts()
    low, high = ends[0], ends[-1]
    parts = []
    if low["backbone_gain"] < 0:
        parts.append(
            _(
                "骨干净流出最多：{school}（{n}）",
                school=low["school_name"],
                n=numbers.signed(low["backbone_gain"]),
            )
        )
    if high["backbone_gain"] > 0:
        parts.append(
            _(
                "净流入最多：{school}（{n}）",
                school=high["school_name"],
                n=numbers.signed(high["backbone_gain"]),
            )
        )
    return _("；").join(parts)


def effect_title(effects: pl.DataFrame) -> str:
    """Say how many verdicts the choice of school would change."""
    changed = effects.filter(pl.col("own_status") != pl.col("host_status")).height
    if effects.is_empty():
        return _("计在派出学校还是派入学校，R1—R3 没有差别")
    if not changed:
        return _("改计在派入学校，{n} 项数值会变，没有一项改变结论", n=effects.height)
    return _("改计在派入学校，{n} 项数值会变，其中 {m} 项改变结论", n=effects.height, m=changed)
