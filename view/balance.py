"""The blocks of the page on balance between schools."""

from __future__ import annotations

from html import escape

import polars as pl

from view import bullets, charts, charts_county, formula, frame, links, numbers, sparks, tables
from view import sentences_balance as say
from view.controls import Pick
from view.corrected import mark
from view.names import Row, spoken
from view.tables import Column
from view.texts import _

MAKERS = 12


def years(pick: Pick, all_years: pl.DataFrame, now: pl.DataFrame) -> None:
    """Draw every coefficient against its limit over the years."""
    span = sorted(all_years["school_year"].unique().to_list())
    under = _(
        "{stage}差异系数，{first}—{last} 学年 · 各图同一纵轴 · 点名称看这一项",
        stage=pick.names.label("stage", pick.stage),
        first=span[0],
        last=span[-1],
    )
    frame.section(_("各项差异系数与限值"), under)
    links.block(sparks.panels(pick, all_years, now), key="panels")


def ways(pick: Pick, now: pl.DataFrame) -> None:
    """Draw the coefficient as tested beside two diagnostics."""
    title = say.weights_title(pick, now)
    excluded = max((row["schools_excluded"] or 0 for row in now.to_dicts()), default=0)
    key = f'<span class="k main">● {_("按学生数加权（判定用）")}</span><span class="k">○ {_("不加权")}</span>'
    key += f'<span class="k">◇ {_("计入 {n} 个不足 50 人的教学点", n=excluded)}</span>' if excluded else ""
    frame.section(title, _("只作参考，不改变判定"), key)
    links.block(sparks.ways(pick, now), key="ways")


def makers(pick: Pick, schools: pl.DataFrame, item: Row) -> None:
    """Draw the schools that make the coefficient, as shares of S²."""
    top = schools.filter(pl.col("cv_contribution") > 0).sort("cv_contribution", descending=True).head(MAKERS)
    title = say.makers_title(schools, MAKERS)
    if not title:
        return
    decimals, unit = item["decimals"], spoken(item, "unit")
    mean = numbers.number(top["county_mean"][0], decimals) if top.height else ""
    frame.section(
        title,
        _(
            "各校占差异（S²）的份额 · 县均值 {mean} {unit} · 深色低于县均值，浅色高于县均值",
            mean=mean,
            unit=unit,
        ),
        level=3,
    )
    end = bullets.top(top, ["cv_contribution"])
    links.block(
        f'<div class="bullets">{"".join(_maker(row, end, decimals) for row in top.to_dicts())}</div>',
        key="makers",
    )


def _maker(row: Row, end: float, decimals: int) -> str:
    low = row["value"] < row["county_mean"]
    what = _(
        "{students} 人 · {value}",
        students=numbers.number(row["students"]),
        value=numbers.number(row["value"], decimals) + mark(row),
    )
    name = links.link(
        row["school_name"],
        "school",
        school=row["school_code"],
        stage=row["stage"],
        indicator=row["indicator_code"],
    )
    look, wide = "low" if low else "high", bullets.place(row["cv_contribution"], end)
    return (
        f'<div class="bullet maker"><span class="name">{name}</span>'
        f'<span class="val soft">{escape(what)}</span>'
        f'<span class="track bare"><i class="{look}" style="width:{wide}"></i></span>'
        f'<span class="val">{numbers.percent(row["cv_contribution"])}</span></div>'
    )


def lorenz(pick: Pick, schools: pl.DataFrame, item: Row) -> None:
    """Draw which share of the pupils has which share of the resource."""
    known = schools.filter(pl.col("student_cumulative_share").is_not_null()).sort("student_cumulative_share")
    if known.is_empty():
        return
    unit = spoken(item, "unit")
    tips = [f"{numbers.number(row['value'], item['decimals'])} {unit}{mark(row)}" for row in known.to_dicts()]
    data = known.with_columns(layer=pl.lit("school"), tip_value=pl.Series(tips))
    ends = [
        {"layer": layer, "student_cumulative_share": at, "resource_cumulative_share": at}
        for layer, at in (("even", 0.0), ("even", 1.0), ("school", 0.0))
    ]
    title = say.lorenz_title(known)
    frame.section(title, _("学校按数值由低到高排列 · 虚线为完全均等 · n = {n}", n=known.height), level=3)
    charts.draw(
        charts_county.lorenz, pl.concat([pl.DataFrame(ends), data], how="diagonal_relaxed"), alt_text=title
    )


def columns(pick: Pick, item: Row) -> list[Column]:
    """Return the columns of the list of schools: share of the spread, and what one more step would do."""
    names, unit = pick.names, spoken(item, "unit")
    return [
        Column("school_name", _("学校"), "school", ids=(("indicator", "indicator_code"),)),
        Column("status", _("结论"), "status", status_of="status"),
        Column("students", _("学生"), "number", _("人")),
        Column("value", _("数值"), "number", unit, item["decimals"], mark="is_corrected"),
        Column("from_mean", _("与县均值差"), "signed", unit, item["decimals"], mark="is_corrected"),
        Column("cv_contribution", _("占 S²"), "percent", mark="is_corrected"),
        Column("cv_after_step", _("加一步后的县系数"), "number", "", 4),
        Column("cv_change", _("系数变化"), "signed", "", 4),
        Column("area_type", _("城乡"), words=lambda code: names.label("area_type", code)),
        Column("township", _("乡镇")),
    ]


def school_table(pick: Pick, schools: pl.DataFrame, row: Row, item: Row) -> None:
    """Draw what one more step at each school would do, the largest effect first."""
    data = schools.with_columns(
        from_mean=pl.col("value") - pl.col("county_mean"),
        cv_change=pl.col("cv_after_step") - pl.lit(row["cv"], dtype=pl.Float64),
    ).sort("cv_change", "school_code", nulls_last=True)
    title = say.step_title(pick, schools, row, item) or _("再加一步，差异系数会怎样")
    under = _("一步为 {step} · 负数为缩小 · n = {n}", step=say.step_words(item), n=data.height)
    frame.section(title, under)
    shown = columns(pick, item)
    tables.download(
        data,
        shown,
        pick.names,
        name=f"balance_{pick.stage}_{row['indicator_code']}_{pick.year}",
        key="download_balance",
    )
    tables.table(data, shown, pick.names, key="steps", tall=True)
    links.block(formula.county(pick, schools, row), key="formula")
