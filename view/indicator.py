"""The blocks of the page on one indicator."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from view import charts, charts_county, formula, frame, layout, ledger_line, links, numbers, tables
from view import sentences_indicator as say
from view.controls import Pick
from view.corrected import mark
from view.names import Row, spoken
from view.tables import Column
from view.texts import _

FOLD = 2.0
LINES = 5


def _shown(pick: Pick, schools: pl.DataFrame, item: Row) -> pl.DataFrame:
    """Add the texts of the tooltips."""
    decimals, unit, lack = item["decimals"], spoken(item, "unit"), spoken(item, "numerator_unit")
    texts = [
        {
            "tip_value": f"{numbers.number(row['value'], decimals)} {unit}{mark(row)}",
            "tip_status": pick.names.label("status", row["status"]),
            "tip_lacks": numbers.need(row["shortfall"], lack) if row["shortfall"] else numbers.MISSING,
            "tip_students": numbers.number(row["students"]),
            "tip_place": f"{row['township'] or ''} {pick.names.label('area_type', row['area_type'])}",
        }
        for row in schools.to_dicts()
    ]
    return pl.concat([schools, pl.DataFrame(texts)], how="horizontal") if texts else schools


def _lines(item: Row, field: str, values: Sequence[float | None]) -> list[Row]:
    threshold, floor = values
    if threshold is None or floor is None:
        return []
    decimals = item["decimals"]
    words = (
        ("threshold", threshold, _("标准 {value}", value=numbers.number(threshold, decimals))),
        ("floor", floor, _("85% 为 {value}", value=numbers.number(floor, decimals))),
    )
    return [
        {"layer": "line", "kind": kind, field: value, "line_label": label} for kind, value, label in words
    ]


def strip(pick: Pick, schools: pl.DataFrame, groups: pl.DataFrame, item: Row, kind: str) -> None:
    """Draw every school against threshold and floor, a band for each group."""
    known = _shown(pick, schools.filter(pl.col("value").is_not_null()), item)
    if known.is_empty():
        return
    rows = [row for row in groups.to_dicts() if row["schools_with_value"]]
    known = known.with_columns(pl.col(kind).fill_null(""))
    limit = known["threshold"][0]
    laid, end, beyond = layout.bands(known, kind, [row["group_name"] for row in rows], limit)
    high = float(layout.band(len(rows)))
    bands = [
        _band(pick, row, place * high, high, item, end, more)
        for place, (row, more) in enumerate(zip(rows, beyond, strict=True))
    ]
    lines = pl.DataFrame(
        [
            *_lines(item, "value", (limit, known["floor_value"][0])),
            {"layer": "end", "kind": "", "value": end, "line_label": ""},
        ]
    )
    data = pl.concat(
        [laid.with_columns(layer=pl.lit("school")), pl.DataFrame(bands), lines], how="diagonal_relaxed"
    )
    under = _(
        "每点一所学校，大小按学生数 · {unit} · n = {n} · 蓝线为中位数",
        unit=spoken(item, "unit"),
        n=known.height,
    )
    seen = [code for code in ("met", "near", "below") if code in known["status"].to_list()]
    frame.section(say.strip_title(pick, groups), under, frame.legend(pick.names, "status", seen))
    charts.draw(
        charts_county.strip,
        data,
        alt_text=say.strip_title(pick, groups),
        height=layout.band(len(rows)) * len(rows) + 64,
    )


def _band(pick: Pick, row: Row, top: float, high: float, item: Row, end: float, beyond: int) -> Row:
    middle = numbers.number(row["median_value"], item["decimals"]) + mark(row)
    count = _("{n} 所", n=row["schools"])
    if row["met_share"] is not None:
        count = _("{n} 所，达标 {met}", n=row["schools"], met=row["schools_met"])
    return {
        "layer": "group",
        "band_top": top,
        "band_end": top + high,
        "name_y": top + high / 2 - 18,
        "count_y": top + high / 2,
        "middle_y": top + high / 2 + 18,
        "median_top": top + 8,
        "median_end": top + high - 8,
        "median_value": row["median_value"]
        if row["median_value"] is not None and row["median_value"] <= end
        else None,
        "group_label": pick.names.label(row["group_kind"], row["group_name"]) or _("未填"),
        "count_label": count,
        "median_label": _("中位数 {value}", value=middle),
        "beyond_label": _("另 {n} 所超过 {end} ▸", n=beyond, end=numbers.number(end, 1)) if beyond else None,
    }


def distribution(pick: Pick, schools: pl.DataFrame, item: Row, row: Row) -> None:
    """Draw how many schools stand where against the threshold."""
    known = _shown(pick, schools.filter(pl.col("share_of_threshold").is_not_null()), item)
    if known.is_empty():
        return
    data = known.with_columns(
        layer=pl.lit("school"), share_shown=pl.col("share_of_threshold").clip(0, FOLD + 0.01)
    )
    lines = pl.DataFrame(
        [
            {"layer": "line", "kind": "threshold", "share_shown": 1.0},
            {"layer": "line", "kind": "floor", "share_shown": float(item["floor_share"] or 0)},
        ]
    )
    title = _(
        "{below} 所不到标准的 85%，{near} 所在 85% 与标准之间",
        below=row["schools_below"],
        near=row["schools_near"],
    )
    frame.section(
        title,
        _("相当于标准的百分之几，每 5 个百分点一格的学校数 · n = {n} · 末格为 200% 及以上", n=known.height),
        level=3,
    )
    charts.draw(charts_county.distribution, pl.concat([data, lines], how="diagonal_relaxed"), alt_text=title)


def _series(name: str, rows: Sequence[Row], field: str, write: numbers.Write, shade: str) -> list[Row]:
    known = [row for row in rows if row[field] is not None]
    return [
        {
            "layer": "line",
            "series": name,
            "year": row["school_year"],
            "value": row[field],
            "shade": shade,
            "year_label": str(row["school_year"]),
            "value_label": write(row[field]) + mark(row),
            "is_last": row is known[-1],
            "end_label": f"{name} {write(row[field])}{mark(row)}",
            "label_at": row[field],
            "point_label": write(row[field]) + mark(row),
        }
        for row in known
    ]


def _apart(lines: list[Row]) -> pl.DataFrame:
    """Move the labels of lines that meet apart."""
    span = (
        max((row["value"] for row in lines), default=1) - min((row["value"] for row in lines), default=0)
        or 1.0
    )
    ends = [row for row in lines if row["is_last"]]
    for row, at in zip(ends, layout.spread([row["value"] for row in ends], span), strict=True):
        row["label_at"] = at
    for year in {row["year"] for row in lines}:
        here = [row for row in lines if row["year"] == year]
        for row, text in zip(
            here, layout.thinned([(r["value"], r["value_label"]) for r in here], span), strict=True
        ):
            row["point_label"] = text
    return pl.DataFrame(lines, infer_schema_length=None)


def coefficient_trend(pick: Pick, years: pl.DataFrame) -> None:
    """Draw the coefficient over the years against its limit."""
    title = say.trend_title(years)
    if not title:
        return
    rows = _series(_("系数"), years.to_dicts(), "cv", numbers.coefficient, "main")
    limits = years["cv_limit"].drop_nulls().to_list()
    if limits:
        rows = [row | {"label_at": layout.off_the_line(row["value"], limits[-1])} for row in rows]
        rows.append(
            {
                "layer": "limit",
                "value": limits[-1],
                "end_label": _("限 {limit}", limit=numbers.number(limits[-1], 2)),
            }
        )
    frame.section(title, _("{stage}差异系数", stage=pick.names.label("stage", pick.stage)), level=3)
    charts.draw(charts_county.coefficient_trend, pl.DataFrame(rows, infer_schema_length=None), alt_text=title)


def group_trend(pick: Pick, groups: pl.DataFrame) -> None:
    """Draw the groups' shares of schools that meet the indicator, the lowest group in the accent."""
    now = groups.filter(pl.col("school_year") == pick.year)
    title = say.met_title(pick, now)
    if not title:
        return
    largest = now.sort("schools", descending=True)["group_name"].to_list()[: LINES - 1]
    lowest = now.sort("met_share", "schools", descending=[False, True])["group_name"].to_list()[0]
    lines = [
        line
        for name in dict.fromkeys([lowest, *largest])
        for line in _series(
            pick.names.label(now["group_kind"][0], name),
            groups.filter(pl.col("group_name") == name).to_dicts(),
            "met_share",
            numbers.percent,
            "main" if name == lowest else "soft",
        )
    ]
    under = _("达标学校比例 · 纵轴不从零起")
    if now.height > LINES:
        under = _("达标学校比例 · 比例最低和学校最多的几组 · 纵轴不从零起")
    frame.section(title, under, level=3)
    charts.draw(charts_county.share_trend, _apart(lines), alt_text=title)


def group_table(pick: Pick, groups: pl.DataFrame, item: Row, kind: str) -> None:
    """Draw the groups' figures of the year."""
    names, unit, lack = pick.names, spoken(item, "unit"), spoken(item, "numerator_unit")
    title = names.label("group_kind", kind)
    tested = ("met", "near", "below") if item["threshold"] is not None else ()
    columns = [
        Column("group_name", title, words=lambda code: names.label(kind, code) or _("未填")),
        Column("schools", _("学校"), "number", _("所")),
        *[
            Column(f"schools_{code}", names.label("status", code), "number", _("所"))
            for code in (*tested, "missing")
        ],
        Column("met_share", _("达标比例"), "percent", mark="is_corrected"),
        Column("median_value", _("中位数"), "number", unit, item["decimals"], mark="is_corrected"),
        Column("mean_value", _("均值"), "number", unit, item["decimals"], mark="is_corrected"),
        Column("total_shortfall", _("合计缺口"), "amount", lack, mark="is_corrected"),
    ]
    frame.section(_("按{kind}分组", kind=title), _("均值为合计 ÷ 合计，不是各校平均"), level=3)
    tables.table(groups, columns, names, key="groups")


def school_columns(pick: Pick, item: Row) -> list[Column]:
    """Return the columns of the list of schools."""
    names, unit, lack = pick.names, spoken(item, "unit"), spoken(item, "numerator_unit")
    return [
        Column("school_name", _("学校"), "school", ids=(("indicator", "indicator_code"),)),
        Column("status", _("结论"), "status", status_of="status"),
        Column("value", _("数值"), "number", unit, item["decimals"], reason="reason", mark="is_corrected"),
        Column("share_of_threshold", _("占标准"), "percent", reason="reason", mark="is_corrected"),
        Column("shortfall", _("到标准缺"), "amount", lack, reason="reason", mark="is_corrected"),
        Column("shortfall_to_floor", _("到 85% 缺"), "amount", lack, reason="reason", mark="is_corrected"),
        Column("area_type", _("城乡"), words=lambda code: names.label("area_type", code)),
        Column("township", _("乡镇")),
        Column("students", _("学生"), "number", _("人"), reason="reason"),
        Column("numerator", _("数量"), "number", lack, reason="reason"),
        Column("previous_value", _("上年"), "number", unit, item["decimals"], mark="previous_is_corrected"),
        Column("rank", _("位次"), "number"),
        Column("cv_contribution", _("占 S²"), "percent"),
    ]


def school_table(pick: Pick, schools: pl.DataFrame, row: Row, item: Row) -> None:
    """Draw every school, the largest shortfall first, with its download and the county's formula."""
    reasons = [_why(pick, lacks) for lacks in schools["missing_inputs"].to_list()]
    data = schools.with_columns(reason=pl.Series(reasons, dtype=pl.String))
    columns = school_columns(pick, item)
    limits, order = "", _("数值小者在前 · n = {n}", n=data.height)
    if item["threshold"] is not None:
        order = _("缺口大者在前 · n = {n}", n=data.height)
        limits = _(
            " · 标准 {threshold}，85% 为 {floor}",
            threshold=numbers.number(item["threshold"], item["decimals"]),
            floor=numbers.number(item["threshold"] * item["floor_share"], item["decimals"] + 1),
        )
    frame.section(say.shortfall_title(pick, row, item), order + limits)
    tables.download(
        data,
        columns,
        pick.names,
        name=f"{pick.stage}_{row['indicator_code']}_{pick.year}",
        key="download_schools",
    )
    data, columns = ledger_line.beside(data, columns)
    tables.table(data, columns, pick.names, key="schools", tall=True)
    links.block(formula.county(pick, schools, row), key="formula")


def _why(pick: Pick, lacks: str | None) -> str:
    if not lacks:
        return _("没有数据")
    words = [pick.names.label("measure", code.strip()) for code in lacks.split(",")]
    return _("缺：{what}", what="、".join(words))
