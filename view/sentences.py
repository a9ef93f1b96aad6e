"""Sentences made by rule from the figures; where there is nothing to say they say nothing."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from view import numbers
from view.controls import Pick
from view.names import Row, spoken
from view.texts import _, language


def listed(parts: Sequence[str], last: str = "") -> str:
    """Join words as the language does."""
    return ("、" if language() == "zh" else ", ").join(parts) + last


def _stage(pick: Pick, row: Row) -> str:
    return pick.names.label("stage", row["stage"])


def _whole(pick: Pick, verdicts: list[Row]) -> str:
    if len(verdicts) != 1:
        return _("全县")
    return _stage(pick, verdicts[0])


def county_verdict(pick: Pick, verdicts: pl.DataFrame, balance: pl.DataFrame) -> str:
    """Say whether the county complies, with the schools and coefficients that decide it."""
    rows = verdicts.to_dicts()
    if not rows:
        return _("这一学年没有可以判定的学校")
    if not pick.tests_schools:
        return _composite_verdict(pick, rows, balance)
    states = {row["status"] for row in rows}
    who = _whole(pick, rows)
    if states == {"met"}:
        start = _("{who}达标", who=who)
    elif "not_met" in states:
        start = _("{who}尚未达标", who=who)
    else:
        start = _("{who}暂不能判定", who=who)
    counts = [
        _(
            "{stage} {n} 所中 {met} 所达标",
            stage=_stage(pick, row),
            n=row["schools"],
            met=row["schools_compliant"],
        )
        for row in rows
    ]
    return _(
        "{start}：{counts}；{coefficients}",
        start=start,
        counts=_clauses(counts),
        coefficients=_coefficients(rows),
    )


def _clauses(parts: Sequence[str]) -> str:
    return ("，" if language() == "zh" else ", ").join(parts)


def _coefficients(rows: Sequence[Row]) -> str:
    total = sum(row["coefficients"] for row in rows)
    over = sum(row["coefficients_not_met"] for row in rows)
    missing = sum(row["coefficients_missing"] for row in rows)
    if not over and not missing:
        return _("{n} 项差异系数都在限内", n=total)
    if not missing:
        return _("{n} 项差异系数中 {over} 项超限", n=total, over=over)
    if not over:
        return _("{n} 项差异系数中 {missing} 项缺数据", n=total, missing=missing)
    return _("{n} 项差异系数中 {over} 项超限、{missing} 项缺数据", n=total, over=over, missing=missing)


def _composite_verdict(pick: Pick, rows: Sequence[Row], balance: pl.DataFrame) -> str:
    composite = {
        row["stage"]: row for row in balance.filter(pl.col("indicator_code") == "composite").to_dicts()
    }
    parts = [
        _(
            "{stage}综合差异系数 {cv}（限 {limit}），{status}",
            stage=_stage(pick, row),
            cv=numbers.coefficient(composite[row["stage"]]["cv"]),
            limit=numbers.number(composite[row["stage"]]["cv_limit"], 2),
            status=pick.names.label("balance_status", composite[row["stage"]]["status"]),
        )
        for row in rows
        if row["stage"] in composite
    ]
    return ("；" if language() == "zh" else "; ").join(parts)


def widest_gap(pick: Pick, balance: pl.DataFrame) -> str:
    """Name the coefficient that is furthest up against its limit."""
    known = balance.filter(pl.col("cv").is_not_null() & (pl.col("indicator_code") != "composite"))
    if known.is_empty():
        return ""
    tested = known.filter(pl.col("cv_limit").is_not_null())
    row = (tested.sort(pl.col("cv") / pl.col("cv_limit")) if tested.height else known.sort("cv")).to_dicts()[
        -1
    ]
    name = pick.names.indicator_name(pick.standard, row["stage"], row["indicator_code"])
    if row["cv_limit"] is None:
        return _(
            "差距最大的是{stage}{name}：差异系数 **{cv}**。",
            stage=_stage(pick, row),
            name=name,
            cv=numbers.coefficient(row["cv"]),
        )
    return _(
        "差距最大的是{stage}{name}：差异系数 **{cv}**，限 {limit}。",
        stage=_stage(pick, row),
        name=name,
        cv=numbers.coefficient(row["cv"]),
        limit=numbers.coefficient(row["cv_limit"]),
    )


def most_unmet(pick: Pick, balance: pl.DataFrame) -> str:
    """Name the indicator that most schools do not meet."""
    known = balance.filter(pl.col("indicator_code") != "composite")
    if known.is_empty() or not pick.tests_schools:
        return ""
    unmet = known.with_columns(unmet=pl.col("schools_near") + pl.col("schools_below")).sort(
        "unmet", "students"
    )
    row = unmet.to_dicts()[-1]
    if not row["unmet"]:
        return ""
    name = pick.names.indicator_name(pick.standard, row["stage"], row["indicator_code"])
    return _(
        "不足的学校最多的是{stage}{name}：{n} 所中 **{unmet} 所**。",
        stage=_stage(pick, row),
        name=name,
        n=row["schools"],
        unmet=row["unmet"],
    )


def stage_title(pick: Pick, row: Row) -> str:
    """Say how many schools of a stage comply, and how that changed."""
    stage = _stage(pick, row)
    if not pick.tests_schools:
        return _("{stage}：各指标差异系数", stage=stage)
    text = _(
        "{stage}：{met} / {n} 所达标（{share}）",
        stage=stage,
        met=row["schools_compliant"],
        n=row["schools"],
        share=numbers.percent(row["compliant_share"]),
    )
    before = row["previous_compliant"]
    if before is None:
        return text
    if row["schools_compliant"] == before:
        return text + _("，与上年相同")
    return text + _("，较上年 {change} 所", change=numbers.signed(row["schools_compliant"] - before))


def remedy(pick: Pick, rows: Sequence[Row]) -> str:
    """Say the least a school must do to comply, from its unmet rows; one step in words, several in short."""
    todo = [(row, pick.names.indicator(pick.standard, row["stage"], row["indicator_code"])) for row in rows]
    steps = [
        (
            spoken(item, "remedy"),
            spoken(item, "short"),
            numbers.need(row["remedy_amount"], spoken(item, "numerator_unit")),
        )
        for row, item in todo
        if row["remedy_amount"]
    ]
    missing = [spoken(item, "short") for row, item in todo if row["status"] == "missing"]
    parts = [f"{steps[0][0]} {steps[0][2]}"] if len(steps) == 1 else []
    if len(steps) > 1:
        parts = [_("补 {what}", what=listed([f"{short} {amount}" for _verb, short, amount in steps]))]
    if missing:
        parts.append(_("补报 {what}的数据", what=listed(missing)))
    return ("；" if language() == "zh" else "; ").join(parts)


def places_title(pick: Pick, groups: pl.DataFrame) -> str:
    """Say where the schools that do not comply are, when one kind of place stands out."""
    rows = groups.filter(pl.col("stage").is_in(pick.stages)).to_dicts()
    if not pick.tests_schools:
        return ""
    totals: dict[str, list[int]] = {}
    for row in rows:
        counts = totals.setdefault(row["group_name"], [0, 0])
        counts[0] += row["schools_not_compliant"]
        counts[1] += row["schools"]
    ranked = sorted(totals.items(), key=lambda item: -item[1][0] / max(item[1][1], 1))
    if len(ranked) < 2 or not ranked[0][1][0]:
        return ""
    first, last = ranked[0], ranked[-1]
    return _(
        "未达标的比例{most}最高：{n} 所中 {unmet} 所；{least} {m} 所中 {few} 所",
        most=pick.names.label("area_type", first[0]),
        n=first[1][1],
        unmet=first[1][0],
        least=pick.names.label("area_type", last[0]),
        m=last[1][1],
        few=last[1][0],
    )


def change_title(gained: int, lost: int) -> str:
    """Sum up what changed since last year."""
    if not gained and not lost:
        return _("较上年：没有学校改变结论")
    return _("较上年：{gained} 所新达标，{lost} 所退步", gained=gained, lost=lost)


def coefficient_change(pick: Pick, balance: pl.DataFrame) -> str:
    """Say how many coefficients shrank, and the one that shrank or grew most."""
    known = balance.filter(
        pl.col("cv").is_not_null()
        & pl.col("previous_cv").is_not_null()
        & (pl.col("indicator_code") != "composite")
    ).with_columns(change=pl.col("cv") - pl.col("previous_cv"))
    if known.is_empty():
        return ""
    shrank = known.filter(pl.col("change") < 0).height
    row = known.sort("change").to_dicts()[0 if shrank * 2 >= known.height else -1]
    name = pick.names.indicator_name(pick.standard, row["stage"], row["indicator_code"])
    most = _("缩小最多的是") if row["change"] < 0 else _("扩大最多的是")
    return _(
        "{n} 项中 {shrank} 项缩小；{most}{stage}{name}（{before} → {now}）",
        n=known.height,
        shrank=shrank,
        most=most,
        stage=_stage(pick, row),
        name=name,
        before=numbers.coefficient(row["previous_cv"]),
        now=numbers.coefficient(row["cv"]),
    )


def targets_title(pick: Pick, targets: pl.DataFrame) -> str:
    """Say how many of the county's own targets are reached."""
    if targets.is_empty():
        return ""
    reached = targets.filter(pl.col("status") == "reached").height
    behind = targets.filter(pl.col("status") == "behind").height
    if not behind:
        return _(
            "本县 {year} 年均衡目标：{n} 项完成 {reached} 项",
            year=pick.year,
            n=targets.height,
            reached=reached,
        )
    return _(
        "本县 {year} 年均衡目标：{n} 项完成 {reached} 项，{behind} 项还有差距",
        year=pick.year,
        n=targets.height,
        reached=reached,
        behind=behind,
    )
