"""One figure opened: formula, numbers filled in, tests, what is wanted, and every source cell."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars as pl

from view import numbers
from view.corrected import mark
from view.names import Names, Row, spoken
from view.school_bars import rank, spare_words
from view.school_words import join, value_with_unit
from view.tables import Column
from view.texts import _, language

Step = tuple[str, str, str]


def steps(row: Row, indicator: Row, inputs: dict[str, Row], names: Names) -> list[Step]:
    """Return the lines of the computation: what, the arithmetic, the result."""
    lines = [(_("公式"), _formula(indicator, inputs), "")]
    if row["value"] is None:
        return [*lines, (_("缺"), _missing(row, inputs), names.label("status", "missing"))]
    lines.append((_("代入"), _filled(row, indicator), value_with_unit(row, indicator) + mark(row)))
    if row["threshold"]:
        lines += _tests(row, indicator, names)
    lines.append((_("全县"), _county(row, indicator), rank(row)))
    return lines


def _times(indicator: Row) -> str:
    scale = indicator["scale"] or 1
    return "" if scale == 1 else f" × {numbers.exact(scale)}"


def _formula(indicator: Row, inputs: dict[str, Row]) -> str:
    below = spoken(inputs.get(indicator["denominator_measure"], {}), "name") or _("在校生数")
    return f"{spoken(indicator, 'numerator_name')} ÷ {below}{_times(indicator)}"


def _filled(row: Row, indicator: Row) -> str:
    return f"{numbers.exact(row['numerator'])} ÷ {numbers.exact(row['denominator'])}{_times(indicator)}"


def _missing(row: Row, inputs: dict[str, Row]) -> str:
    fields = [field for field in (row["missing_inputs"] or "").split(",") if field]
    which = join([spoken(inputs.get(field, {}), "name") or field for field in fields])
    return _("{which}没有报，或因并入、拆分所需的数没有报全", which=which or _("所需数据"))


def _compared(row: Row, line: str, indicator: Row) -> str:
    reached = row["status"] == "met" if line == "threshold" else row["status"] in ("met", "near")
    sign = "≥" if reached else "<"
    decimals = 4 if row["rounding_changes_side"] else int(indicator["decimals"] or 2)
    return f"{numbers.number(row['value'], decimals)} {sign} {numbers.exact(row[line])}"


def _tests(row: Row, indicator: Row, names: Names) -> list[Step]:
    status = row["status"]
    share = _("标准的 {share}", share=numbers.percent(row["share_of_threshold"]))
    lines = [(_("标准"), _compared(row, "threshold", indicator), share)]
    if status != "met":
        word = _("不低于 85%") if status == "near" else _("低于 85%")
        lines.append((_("底线"), _compared(row, "floor_value", indicator), word))
    unit = spoken(indicator, "numerator_unit")
    needed = _needed(row, indicator, "threshold")
    if status == "met":
        spare = spare_words(row, unit)
        return [*lines, (_("余量"), f"{_have(row)} − {needed}", spare)]
    lines.append(
        (
            _("到标准"),
            f"{needed} − {_have(row)}",
            _("缺 {amount}", amount=numbers.need(row["shortfall"], unit)),
        )
    )
    if status == "below":
        amount = numbers.need(row["shortfall_to_floor"], unit)
        lines.append(
            (
                _("到底线"),
                f"{_needed(row, indicator, 'floor_value')} − {_have(row)}",
                _("缺 {amount}", amount=amount),
            )
        )
    return lines


def _have(row: Row) -> str:
    return numbers.exact(row["numerator"])


def _needed(row: Row, indicator: Row, line: str) -> str:
    scale = indicator["scale"] or 1
    divided = "" if scale == 1 else f" ÷ {numbers.exact(scale)}"
    return f"{numbers.exact(row[line])} × {numbers.exact(row['denominator'])}{divided}"


def _county(row: Row, indicator: Row) -> str:
    decimals = int(indicator["decimals"] or 2)
    mean = _("均值 {mean}", mean=numbers.number(row["county_mean"], decimals))
    share = _("占全县差异 {share}", share=numbers.percent(row["cv_contribution"]))
    return f"{mean} · {share}"


def steps_html(lines: Sequence[Step], status: str) -> str:
    """Return the computation as a table of three columns, the result coloured by status."""
    rows = "".join(
        f'<tr><th scope="row">{escape(what)}</th><td class="wrap">{escape(how)}</td>'
        f'<td class="n st st-{escape(status)}">{escape(result)}</td></tr>'
        for what, how, result in lines
    )
    return f'<table class="steps"><tbody>{rows}</tbody></table>'


def notes(row: Row, indicator: Row, names: Names, site_count: int) -> str:
    """Return what a reader has to know: split, merger, source of teachers, rounding, exception."""
    said = [
        _(
            "全校共用的资源按各学段学生数和权重拆分，本学段分得 {share}",
            share=numbers.percent(row["split_share"]),
        )
        if row["is_split"] and row["split_share"]
        else "",
        _("合并了 {n} 处不计校数的校点", n=site_count) if site_count else "",
        _teachers_from(row, indicator),
        _("含更正的数据，原值和理由见来源单元格") if row["is_corrected"] else "",
        _("四舍五入后会换边，按未取整的数判断") if row["rounding_changes_side"] else "",
        _("适用 2019 年规程的阶段性规定 {code}", code=row["exception_code"]) if row["exception_code"] else "",
        _("依据{document}", document=_document(names.standards[row["standard_code"]])),
    ]
    text = join([part for part in said if part], "；")
    return text and text + _("。")


def _teachers_from(row: Row, indicator: Row) -> str:
    if not str(indicator["numerator_measure"]).endswith("_teachers"):
        return ""
    said = {"declared": _("教师数取自教职工统计"), "roster": _("教师数取自教师名册")}
    return said.get(row["input_source"] or "", "")


def _document(standard: Row) -> str:
    return str(standard["source_document_en" if language() == "en" else "source_document"])


def cells(frame: pl.DataFrame, stage: str, indicator: str, inputs: dict[str, Row]) -> pl.DataFrame:
    """Return the source cells of one figure, with each input's name."""
    picked = frame.filter((pl.col("stage") == stage) & (pl.col("indicator_code") == indicator))
    told = [spoken(inputs.get(field, {}), "name") or field for field in picked["input"]]
    return picked.with_columns(input_name=pl.Series(told, dtype=pl.String))


def way_to_correct() -> Column:
    """Return the column that leads from a cell to its correction."""
    return Column("ruling", "", page="rulings", ids=(("site", "site_code"), ("field", "input")))


def files(shown: pl.DataFrame) -> str:
    """Return the full hash of each file, under which it is kept as received."""
    if "file_hash" not in shown.columns:  # a snapshot of an earlier version
        return ""
    known = shown.filter(pl.col("file_hash").is_not_null())
    rows = known.select("file_name", "file_hash").unique(maintain_order=True).iter_rows()
    return "<br>".join(f"{escape(name)}&emsp;<code>{escape(digest)}</code>" for name, digest in rows)


def said(columns: Sequence[Column], shown: pl.DataFrame, sites: dict[str, str]) -> list[Column]:
    """Leave out the columns that would say the same in every row: whole shares, a single site."""
    whole = bool((shown["share"] == 1).all())
    return [
        column
        for column in columns
        if not (column.field == "share" and whole) and not (column.field == "site_code" and len(sites) == 1)
    ]


def cell_columns(sites: dict[str, str]) -> list[Column]:
    """Return the columns of the table of source cells."""
    return [
        Column("input_name", _("输入")),
        Column("amount", _("数值"), "exact", decimals=2, mark="is_corrected"),
        Column("original_amount", _("更正前"), "exact", decimals=2, blank=""),
        Column("correction_reason", _("更正理由"), wrap=True, blank=""),
        Column("share", _("计入"), "percent"),
        Column("site_code", _("校点"), words=lambda code: str(sites.get(code, code))),
        Column("file_name", _("文件")),
        Column("sheet_name", _("工作表")),
        Column("row_number", _("行"), "number"),
        Column("column_name", _("列")),
        Column("raw_value", _("原始内容")),
        Column("import_id", _("导入批次")),
    ]
