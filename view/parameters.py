"""The parameters in force: what a county may set, as it stands in the published snapshot."""

from __future__ import annotations

import polars as pl

from view import frame, numbers, tables
from view.names import Names, Row
from view.school_words import join
from view.texts import _, language

OPEN_END = 2099
"""A validity that ends in this year or later has no end."""


def draw(found: pl.DataFrame, names: Names) -> None:
    """Draw every parameter with its value, validity and source."""
    frame.section(_("现行参数"), _("县里可以在 parameters 文件夹里改，刷新后生效；这里是本次快照实际采用的"))
    rows = [_parameter(row) for row in _of(found, "parameter")]
    rows += _weights(_of(found, "stage_weight"), names)
    rows += _duties(_of(found, "duty_status"))
    rows += [_exception(row) for row in _of(found, "exception")]
    shown = pl.DataFrame(rows, schema=dict.fromkeys(("name", "value", "dates", "source"), pl.String))
    columns = [
        tables.Column("name", _("参数"), wrap=True),
        tables.Column("value", _("取值"), wrap=True),
        tables.Column("dates", _("有效期")),
        tables.Column("source", _("依据"), wrap=True),
    ]
    tables.table(shown, columns, names, key="parameters")


def _of(found: pl.DataFrame, section: str) -> list[Row]:
    return found.filter(pl.col("section") == section).to_dicts()


def _line(name: str, value: str, row: Row) -> Row:
    return {"name": name, "value": value, "dates": _dates(row), "source": row["source"]}


def _dates(row: Row) -> str | None:
    if row["valid_from"] is None or row["valid_to"] is None or row["valid_to"].year >= OPEN_END:
        return None
    return f"{row['valid_from']} — {row['valid_to']}"


def _parameter(row: Row) -> Row:
    if row["text_value"] is None and row["number_value"] is None:
        return _line(str(row[f"name_{language()}"]), _("不限"), row)
    value = row["text_value"] or f"{row['number_value']:g}"
    unit = row["unit"] if row["unit"] and language() == "zh" else ""
    return _line(str(row[f"name_{language()}"]), f"{value} {unit}".strip(), row)


def _weights(rows: list[Row], names: Names) -> list[Row]:
    """One line a school type that has several stages: its weights side by side."""
    said = []
    for school_type in dict.fromkeys(row["code"] for row in rows):
        own = [row for row in rows if row["code"] == school_type]
        if len(own) == 1:
            continue
        stages = " : ".join(names.label("stage", row["name_zh"]) for row in own)
        weights = " : ".join(numbers.exact(row["number_value"]) for row in own)
        label = names.label("school_type", school_type)
        said.append(_line(_("{type}的拆分权重（{stages}）", type=label, stages=stages), weights, own[0]))
    return said


def _duties(rows: list[Row]) -> list[Row]:
    if not rows:
        return []
    titles = {1.0: _("花名册中计入的在岗状态"), 0.0: _("花名册中不计入的在岗状态")}
    return [
        _line(title, join([row["code"] for row in rows if row["number_value"] == counted]), rows[0])
        for counted, title in titles.items()
    ]


def _exception(row: Row) -> Row:
    schools = int(row["number_value"])
    value = _("{n} 所学校启用", n=schools) if schools else _("没有学校启用")
    return _line(f"{row['code']} {row[f'name_{language()}']}", value, row)
