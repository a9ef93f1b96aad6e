"""The glossary: indicators of a standard, one of them opened, terms by section, examples and rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

import polars as pl
import streamlit as st

from view import frame, links, numbers, tables
from view.controls import STAGES, Pick
from view.names import Names, Row, spoken
from view.school_words import join, unit
from view.texts import _, language


def sections() -> dict[str, str]:
    """Return the glossary's sections in their order."""
    return {
        "scope": _("纳入范围"),
        "values": _("取数与折算"),
        "school": _("一所学校怎样算达标"),
        "county": _("一个县怎样算达标"),
        "cv": _("差异系数"),
        "figures": _("数怎么写、从哪里来"),
        "standards": _("新旧标准"),
        "dated": _("阶段性规定"),
    }


def said_by(source: str | None, standards: Iterable[Row]) -> str:
    """Return who says so: a document's number, or what kind of source it is."""
    known = {
        "ours": _("本项目约定，见参数"),
        "practice": _("各地通行做法"),
        "published_cv": _("公开的生均图书册数算例"),
        "published_split": _("公开的一贯制学校拆分算例"),
    }
    documents = {row["source_document"]: row["source_document_en"] for row in standards}
    text = source or ""
    return known.get(text) or (language() == "en" and documents.get(text)) or text


def search() -> str:
    """Draw the search box tied to the address and return what is looked for."""
    wanted = st.query_params.get("q", "")
    text = st.text_input(
        _("在指标、规则、术语和例子中查找"), value=wanted, placeholder=_("例如：拆分、85%、教学点、R5")
    )
    if text != wanted:
        st.query_params["q"] = text
    return text.strip()


def found(rows: Sequence[Row], text: str) -> list[Row]:
    """Return the rows that hold `text` anywhere, in either language; all when nothing is looked for."""
    needle = text.casefold()
    return [row for row in rows if needle in " ".join(str(value) for value in row.values()).casefold()]


def summary(pick: Pick, coefficients: Sequence[Row]) -> str:
    """Return the standard in one sentence: its indicators, and the limits of the county's coefficients."""
    names = pick.names
    standard = names.standards[pick.standard]
    limits = [limit for stage in STAGES if (limit := _limit(stage, coefficients, standard, names))]
    count = len(names.indicators_of(pick.standard, pick.stage))
    words = {"standard": names.standard(pick.standard), "n": count, "limits": join(limits)}
    if standard["school_rule"] == "none":
        return _("{standard}看 {n} 项指标，只检验全县：{limits}", **words)
    return _("{standard}看 {n} 项指标，逐校检验，并检验全县：{limits}", **words)


def _limit(stage: str, rows: Sequence[Row], standard: Row, names: Names) -> str:
    limits = sorted(
        {row["cv_limit"] for row in rows if row["stage"] == stage and row["cv_limit"] is not None}
    )
    if not limits:
        return ""
    words = {
        "stage": names.label("stage", stage),
        "limit": join([numbers.number(limit, 2) for limit in limits]),
    }
    if standard["balance_rule"] == "composite":
        return _("{stage}综合差异系数不超过 {limit}", **words)
    return _("{stage}差异系数不超过 {limit}", **words)


def indicator_table(pick: Pick, codes: Sequence[str], opened: str) -> None:
    """Draw the indicators with formula, thresholds and unit; a code opens its entry."""
    by_stage = {
        stage: {row["indicator_code"]: row for row in pick.names.indicators_of(pick.standard, stage)}
        for stage in STAGES
    }
    levels = [_("{stage}标准", stage=pick.names.label("stage", stage)) for stage in STAGES]
    heads = [_("指标"), _("公式"), *levels, _("单位")]
    top = "".join(f"<th{' class=n' if head in levels else ''}>{escape(head)}</th>" for head in heads)
    lines = [_indicator_row(pick, [by_stage[stage].get(code) for stage in STAGES], opened) for code in codes]
    links.block(tables.shell(top, "".join(lines)), key="indicators")


def _indicator_row(pick: Pick, rows: Sequence[Row | None], opened: str) -> str:
    known = next(row for row in rows if row)
    code = known["indicator_code"]
    name = links.link(f"{code} {spoken(known, 'name')}", "glossary", indicator=code)
    levels = "".join(f'<td class="n">{_level(row)}</td>' for row in rows)
    here = ' class="here"' if code == opened else ""
    return (
        f'<tr id="{escape(code)}"{here}><th scope="row">{name}</th>'
        f'<td class="wrap">{escape(formula(known))}</td>{levels}'
        f"<td>{escape(unit(known))}</td></tr>"
    )


def _level(row: Row | None) -> str:
    return "≥ " + numbers.exact(row["threshold"]) if row and row["threshold"] is not None else numbers.MISSING


def formula(row: Row) -> str:
    """Return an indicator's formula in words."""
    scale = "" if (row["scale"] or 1) == 1 else f" × {numbers.exact(row['scale'])}"
    return f"{spoken(row, 'numerator_name')} ÷ {_('在校生数')}{scale}"


def opened(pick: Pick, code: str, examples: Sequence[Row]) -> None:
    """Draw one indicator's entry: thresholds, floor, limits, what one step is, its worked examples."""
    rows = {stage: pick.names.indicator(pick.standard, stage, code) for stage in STAGES}
    known = next((row for row in rows.values() if len(row) > len(("indicator_code", "name_zh"))), None)
    if known is None:
        return
    lines = [line for stage, row in rows.items() if (line := _stage_line(pick, stage, row))]
    with st.container(border=True, key="opened"):
        body = "".join(f"<p>{escape(line)}</p>" for line in lines)
        own = "".join(example_html(row, pick) for row in examples if row["indicator_code"] == code)
        if known.get("source_document"):
            body += f'<p class="note">{escape(_("出处：{source}", source=known["source_document"]))}</p>'
        frame.html(
            f"<h2>{escape(code)} {escape(spoken(known, 'name'))}</h2>"
            f"<p>{escape(formula(known))}</p>{body}{own}"
        )


def _stage_line(pick: Pick, stage: str, row: Row) -> str:
    label = pick.names.label("stage", stage)
    parts = []
    if row.get("threshold") is not None:
        floor = numbers.exact(row["threshold"] * row["floor_share"])
        parts.append(
            _("标准 {threshold}，85% 底线 {floor}", threshold=numbers.exact(row["threshold"]), floor=floor)
        )
    if row.get("cv_limit") is not None:
        parts.append(_("差异系数不超过 {limit}", limit=numbers.number(row["cv_limit"], 2)))
    return f"{label}{_('：')}{join(parts, '；')}" if parts else ""


def example_html(row: Row, pick: Pick) -> str:
    """Return a worked example: what is given, the working, the result, who published it."""
    result = pick.names.label("verdict", row["result"])
    source = said_by(row["source"], pick.names.standards.values())
    return (
        f'<div class="entry"><h3>{escape(spoken(row, "title"))} = {escape(result)}</h3>'
        f"<p>{escape(spoken(row, 'inputs'))}</p><p>{escape(spoken(row, 'working'))}</p>"
        f'<p class="note">{escape(_("出处：{source}", source=source))}</p></div>'
    )


def terms(rows: Sequence[Row], pick: Pick) -> None:
    """Draw the terms by section."""
    for code, title in sections().items():
        within = [row for row in rows if row["section"] == code]
        if not within:
            continue
        frame.section(title)
        entries = "".join(_term(row, pick) for row in within)
        frame.html(f'<div class="cols">{entries}</div>')


def _term(row: Row, pick: Pick) -> str:
    source = _("出处：{source}", source=said_by(row["source"], pick.names.standards.values()))
    return (
        f'<div class="entry" id="{escape(row["term_code"])}"><h3>{escape(spoken(row, "title"))}</h3>'
        f'<p>{escape(spoken(row, "body"))}</p><p class="note">{escape(source)}</p></div>'
    )


def examples(rows: Sequence[Row], pick: Pick) -> None:
    """Draw the worked examples."""
    if rows:
        frame.section(_("算例"), _("可以照着手算核对"))
        frame.html(f'<div class="cols">{"".join(example_html(row, pick) for row in rows)}</div>')


def items(rows: Sequence[Row], pick: Pick) -> None:
    """Draw the inspection items with their official wording and how each is judged."""
    if not rows:
        return
    frame.section(_("迎检的 32 项、一票否决和申报前提"), _("官方表述和判断办法；限值带日期，见迎检准备"))
    named = [row | {"name": f"{row['item_code']} {spoken(row, 'short')}"} for row in rows]
    tail = language()
    columns = [
        tables.Column("name", _("指标"), page="inspection", ids=(("item", "item_code"),)),
        tables.Column(f"text_{tail}", _("官方表述"), wrap=True),
        tables.Column(f"rule_{tail}", _("怎样判断"), wrap=True),
    ]
    tables.table(pl.DataFrame(named, infer_schema_length=None), columns, pick.names, key="inspection")


def without_blanks(text: str) -> str:
    """Show a rule's fields, filled in when it fires, as an ellipsis."""
    return re.sub(r"\{\w+\}", "…", text)


def rule_columns() -> list[tables.Column]:
    """Return the columns of the list of checks."""
    tail = language()
    return [
        tables.Column("rule_code", _("编号"), words=str),
        tables.Column("severity", _("程度"), "status", status_of="severity"),
        tables.Column(f"title_{tail}", _("检查什么"), wrap=True),
        tables.Column(f"remedy_{tail}", _("怎么办"), wrap=True, words=without_blanks),
        tables.Column(
            "checked_at", _("何时检查"), words=lambda when: _("导入时") if when == "import" else _("刷新时")
        ),
    ]
