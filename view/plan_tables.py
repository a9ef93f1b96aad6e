"""The tables of an exchange plan: their columns on the page, in downloads and in Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from view import sentences_plan as say
from view.names import Names, Row
from view.tables import Column
from view.texts import _

Sheet = tuple[str, Sequence[str], Sequence[Sequence[Any]]]
"""A title, headings, and rows with numbers as numbers."""


@dataclass(frozen=True)
class Answer:
    """A plan as frames, in the codes of the marts."""

    summary: Row
    moves: pl.DataFrame
    posts: pl.DataFrame
    schools: pl.DataFrame
    indicators: pl.DataFrame
    balance: pl.DataFrame
    verdicts: pl.DataFrame
    frontier: pl.DataFrame
    left_out: pl.DataFrame


def spoken_moves(found: pl.DataFrame, names: Names, standard: str) -> pl.DataFrame:
    """Return the moves with kind and reason in words."""
    rows = [
        row | {"kind_words": say.kind(row), "reason": say.reasons(names, standard, row["reasons"])}
        for row in found.to_dicts()
    ]
    return pl.DataFrame(rows, infer_schema_length=None).drop("reasons") if rows else pl.DataFrame()


def move_columns(names: Names) -> list[Column]:
    """Return the columns of the moves: what a personnel office acts on."""
    return [
        Column("order", _("先保次序"), "number"),
        Column("school_name", _("派出学校"), "school"),
        Column("to_school_name", _("派入学校")),
        Column("stage", _("学段"), words=lambda code: names.label("stage", code)),
        Column("kind_words", _("教师类别")),
        Column("teachers", _("人数"), "number", _("名")),
        Column("km", _("距离"), "number", _("千米"), 1),
        Column("same_township", _("同乡镇"), words=lambda same: _("是") if same else _("否")),
        Column("alternatives", _("可替代的派出学校"), "number", _("所")),
        Column("reason", _("为什么要这一项"), wrap=True),
    ]


def indicator_columns(names: Names, standard: str) -> list[Column]:
    """Return the columns of every school's indicators before and after."""
    return [
        Column("school_name", _("学校"), "school"),
        Column("stage", _("学段"), words=lambda code: names.label("stage", code)),
        Column(
            "indicator_code",
            _("指标"),
            words=lambda code: f"{code} {names.indicator_name(standard, 'primary', code, 'short')}",
        ),
        Column("threshold", _("标准"), "number", "", 2),
        Column("numerator_before", _("现有教师"), "number", _("名")),
        Column("change", _("增减"), "signed", _("名")),
        Column("value_before", _("现值"), "number", "", 2),
        Column("value_after", _("方案后"), "number", "", 2),
        Column("status_before", _("现状"), "status", status_of="status"),
        Column("status_after", _("方案后结论"), "status", status_of="status"),
    ]


def school_columns(names: Names) -> list[Column]:
    """Return the columns of every school's verdict before and after."""
    return [
        Column("school_name", _("学校"), "school"),
        Column("stage", _("学段"), words=lambda code: names.label("stage", code)),
        Column("students", _("学生"), "number"),
        Column("leaving", _("派出"), "number", _("名")),
        Column("joining", _("派入"), "number", _("名")),
        Column("verdict_before", _("现结论"), "status", status_of="verdict"),
        Column("verdict_after", _("方案后结论"), "status", status_of="verdict"),
        Column("is_lost", _("R4—R7 不达标"), words=lambda lost: _("是") if lost else ""),
    ]


def balance_columns(names: Names, standard: str) -> list[Column]:
    """Return the columns of the coefficients before and after."""
    return [
        Column("stage", _("学段"), words=lambda code: names.label("stage", code)),
        Column(
            "indicator_code",
            _("指标"),
            words=lambda code: f"{code} {names.indicator_name(standard, 'primary', code, 'short')}",
        ),
        Column("cv_before", _("现差异系数"), "coefficient"),
        Column("cv_after", _("方案后"), "coefficient"),
        Column("cv_limit", _("限值"), "number", "", 2),
        Column("status_before", _("现状"), "status", status_of="balance_status"),
        Column("status_after", _("方案后结论"), "status", status_of="balance_status"),
    ]


def post_columns(names: Names) -> list[Column]:
    """Return the columns of the new posts lacking."""
    return [
        Column("school_name", _("学校"), "school"),
        Column("stage", _("学段"), words=lambda code: names.label("stage", code)),
        Column("kind_words", _("教师类别")),
        Column("posts", _("新增岗位"), "number", _("个")),
    ]


def spoken_posts(found: pl.DataFrame) -> pl.DataFrame:
    """Return the posts with their kind in words."""
    return pl.DataFrame([row | {"kind_words": say.kind(row)} for row in found.to_dicts()])


def frontier_columns() -> list[Column]:
    """Return the columns of the frontier of moves against margin."""
    return [
        Column("margin", _("标准之上的余量"), "percent", decimals=0),
        Column("moves", _("最少交流"), "number", _("名"), blank=_("没有方案")),
        Column("bound", _("至少"), "number", _("名")),
    ]


def sheets(answer: Answer, names: Names, standard: str) -> list[Sheet]:
    """Return the workbook's sheets: what it says first, then what to do, then what follows."""
    lines = [
        say.verdict(answer.summary),
        say.proof(answer.summary),
        say.defended(names, standard, answer.moves.head(1).to_dicts()),
        *say.lacking(names, standard, answer.summary, answer.posts),
        *say.left_out(answer.left_out.to_dicts()),
        say.becoming(answer.verdicts.to_dicts(), names),
        say.counted(answer.summary),
    ]
    told: Sheet = (_("说明"), [_("交流方案")], [[line.replace("**", "")] for line in lines if line])
    tables = [
        (_("交流表"), spoken_moves(answer.moves, names, standard), move_columns(names)),
        (_("新增岗位"), spoken_posts(answer.posts), post_columns(names)),
        (_("学校"), answer.schools, school_columns(names)),
        (_("指标前后"), answer.indicators, indicator_columns(names, standard)),
        (_("差异系数"), answer.balance, balance_columns(names, standard)),
        (_("余量"), answer.frontier, frontier_columns()),
    ]
    return [told, *(_sheet(title, frame, columns, names) for title, frame, columns in tables if frame.height)]


def _sheet(title: str, frame: pl.DataFrame, columns: Sequence[Column], names: Names) -> Sheet:
    headings = [column.heading for column in columns]
    return title, headings, [[_cell(row, one, names) for one in columns] for row in frame.to_dicts()]


def _cell(row: Row, column: Column, names: Names) -> Any:
    value = row.get(column.field)
    if column.kind == "status":
        return names.label(column.status_of, value)
    return column.words(value) if column.words and value is not None else value
