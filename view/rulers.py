"""The same county under every standard side by side: what flips from one to the next, and why."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars as pl

from view import frame, links, numbers, sentences, tables
from view import inspection_words as say
from view.controls import Pick
from view.names import Row, spoken
from view.school_words import join
from view.tables import Column
from view.texts import _

OPPOSITE = ("met", "not_met")


def verdict(pick: Pick, verdicts: pl.DataFrame) -> str:
    """Say in one sentence where the county stands by each standard."""
    parts = []
    for standard, found in _by_standard(verdicts):
        held, waits = (sum(row["status"] == state for row in found) for state in ("met", "missing"))
        said = _(
            "按{standard} {n} 个学段中 {k} 个达到",
            standard=pick.names.standard(standard),
            n=len(found),
            k=held,
        )
        parts.append(said + (_("（{n} 个待补数据）", n=waits) if waits else ""))
    return sentences.listed(parts)


def _by_standard(verdicts: pl.DataFrame) -> list[tuple[str, list[Row]]]:
    rows = verdicts.to_dicts()
    codes = list(dict.fromkeys(row["standard_code"] for row in rows))
    return [(code, [row for row in rows if row["standard_code"] == code]) for code in codes]


def side_by_side(pick: Pick, verdicts: pl.DataFrame, composites: pl.DataFrame) -> None:
    """Draw one column a standard: how it tests, and where each stage stands."""
    together = {(row["standard_code"], row["stage"]): row for row in composites.to_dicts()}
    cards = "".join(_card(pick, code, found, together) for code, found in _by_standard(verdicts))
    frame.html(f'<div class="rulers">{cards}</div>')


def _card(pick: Pick, code: str, found: Sequence[Row], together: dict[tuple[str, str], Row]) -> str:
    row = pick.names.standards[code]
    head = f"<h3>{escape(pick.names.standard(code, 'name'))}</h3><p class='note'>{escape(_rule(row))}</p>"
    lines = "".join(_stage(pick, one, together[code, one["stage"]]) for one in found)
    return f'<section class="{"example" if row["is_example"] else ""}">{head}{lines}</section>'


def _rule(row: Row) -> str:
    if row["balance_rule"] == "composite":
        return _("只检验全县：八项差异系数的平均数不超过限值，不逐校设门槛。")
    return _(
        "逐校检验：七项至少 {n} 项达标、余项不低于 85%；每项差异系数都不超过限值。",
        n=row["min_indicators_met"],
    )


def _stage(pick: Pick, row: Row, composite: Row) -> str:
    status = tables.status(pick.names, "county_status", row["status"])
    facts = []
    if row["compliant_share"] is not None:
        facts.append(_("学校达标 {k}/{n}", k=row["schools_compliant"], n=row["schools"]))
    if composite["cv_limit"] is not None:
        words = {
            "cv": numbers.coefficient(composite["cv"]),
            "limit": numbers.number(composite["cv_limit"], 2),
        }
        facts.append(_("综合差异系数 {cv}，限 {limit}", **words))
    else:
        facts.append(_("差异系数限内 {k}/{n}", k=row["coefficients_met"], n=row["coefficients"]))
    stage = escape(pick.names.label("stage", row["stage"]))
    return f"<div><b>{stage}</b> {status}<small>{escape(' · '.join(facts))}</small></div>"


def flipped_items(pick: Pick, found: pl.DataFrame) -> None:
    """Draw the items that stand otherwise under one standard than under another, with both limits."""
    codes = [code for code in pick.names.standards if code in set(found["standard_code"])]
    by_item: dict[str, dict[str, Row]] = {}
    for row in found.to_dicts():
        by_item.setdefault(row["item_code"], {})[row["standard_code"]] = row
    flips = {
        item: rows for item, rows in by_item.items() if len({row["status"] for row in rows.values()}) > 1
    }
    title = (
        _("{n} 项指标换一把尺子结论就不同", n=len(flips)) if flips else _("换一把尺子，各项指标的结论不变")
    )
    frame.section(title, _("每格为结论和当时的说明；原因是标准不同，数据相同"))
    if not flips:
        return
    head = f"<th>{escape(_('指标'))}</th>" + "".join(
        f"<th>{escape(pick.names.standard(code))}</th>" for code in codes
    )
    body = "".join(_flip(pick, rows, codes) for rows in flips.values())
    links.block(tables.shell(head, body), key="flips")


def _flip(pick: Pick, rows: dict[str, Row], codes: Sequence[str]) -> str:
    first = next(iter(rows.values()))
    cells = "".join(_stands(pick, rows.get(code)) for code in codes)
    name = links.link(say.name(first), "inspection", item=first["item_code"])
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _stands(pick: Pick, row: Row | None) -> str:
    if row is None:
        return f"<td>{numbers.MISSING}</td>"
    status = tables.status(pick.names, "item_status", row["status"])
    detail = spoken(row, "detail") if row["status"] != "missing" else ""
    return f'<td class="wrap">{status}<br><small>{escape(detail)}</small></td>'


def flipped_schools(pick: Pick, found: pl.DataFrame, reasons: pl.DataFrame) -> None:
    """Draw the schools whose verdict flips between standards that judge schools."""
    codes = [code for code in pick.names.standards if code in set(found["standard_code"])]
    wide: dict[tuple[str, str], Row] = {}
    for row in found.to_dicts():
        key = (row["school_code"], row["stage"])
        wide.setdefault(
            key, {name: row[name] for name in ("school_code", "school_name", "stage", "students")}
        )
        wide[key] |= {
            row["standard_code"]: row["verdict"],
            f"{row['standard_code']}_met": row["indicators_met"],
        }
    why = _reasons(pick, reasons)
    flipped = [row for row in wide.values() if len({row.get(code) for code in codes}) > 1]
    rows = [row | {"why": why.get((row["school_code"], row["stage"]), "")} for row in flipped]
    title = _("{n} 个校段的结论随标准翻转", n=len(rows)) if rows else _("没有学校的结论随标准翻转")
    frame.section(title, _("校段：一所学校的一个学段；2012 年标准不逐校判断，不列"))
    if not rows:
        return
    columns = [
        Column("school_name", _("学校"), "school"),
        Column("stage", _("学段"), words=lambda code: pick.names.label("stage", code)),
    ]
    for code in codes:
        columns.append(Column(code, pick.names.standard(code), "status", status_of="verdict"))
        columns.append(Column(f"{code}_met", _("达标项"), "number"))
    columns.append(Column("why", _("因为"), wrap=True))
    shown = pl.DataFrame(rows, infer_schema_length=None)
    tables.table(shown, columns, pick.names, key="schools", tall=shown.height > 15)
    tables.download(shown, columns, pick.names, name=f"{pick.year}_{_('三把尺子')}", key="schools_csv")


def _reasons(pick: Pick, found: pl.DataFrame) -> dict[tuple[str, str], str]:
    """Say for each school and stage which values stand between the thresholds of two standards."""
    told: dict[tuple[str, str], list[str]] = {}
    for row in found.to_dicts():
        told.setdefault((row["school_code"], row["stage"]), []).append(_between(pick, row))
    return {key: join(parts, "；") for key, parts in told.items()}


def _between(pick: Pick, row: Row) -> str:
    words = {
        "name": pick.names.indicator_name(row["standard_code"], row["stage"], row["indicator_code"], "short"),
        "value": numbers.number(row["value"], 2),
        "one": numbers.exact(row["line"]),
        "other": numbers.exact(row["other_line"]),
    }
    if row["is_floor"]:
        return _("{name} {value}：够 85% 线 {one}，不够 {other}", **words)
    return _("{name} {value}：够 {one}，不够 {other}", **words)
