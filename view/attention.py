"""Schools to attend to first: what each lacks in natural units, and its next step."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from view import sentences
from view.controls import Pick
from view.names import Row, spoken
from view.tables import Column
from view.texts import _

SHOWN = 8


def rows(pick: Pick, compliance: pl.DataFrame, unmet: pl.DataFrame) -> pl.DataFrame:
    """Return one row a school that does not comply, its shortfalls as columns named by indicator."""
    open_cases = pl.col("verdict").is_in(["not_compliant", "incomplete"])
    needy = compliance.filter(open_cases & pl.col("stage").is_in(pick.stages))
    if needy.is_empty():
        return needy
    lacks = {
        key: part.to_dicts() for key, part in unmet.partition_by("school_code", "stage", as_dict=True).items()
    }
    return pl.DataFrame(
        [_row(pick, row, lacks.get((row["school_code"], row["stage"]), [])) for row in needy.to_dicts()],
        infer_schema_length=None,
    )


def _row(pick: Pick, row: Row, lacks: Sequence[Row]) -> Row:
    codes = [item["indicator_code"] for item in pick.names.indicators_of(pick.standard, row["stage"])]
    shortfalls: Row = dict.fromkeys(codes) | {lack["indicator_code"]: lack["shortfall"] for lack in lacks}
    marks = {_mark(code): False for code in codes} | {
        _mark(lack["indicator_code"]): lack["is_corrected"] for lack in lacks
    }
    tested = row["indicators_tested"]
    return (
        row
        | shortfalls
        | marks
        | {"met": f"{row['indicators_met']}/{tested}", "next": sentences.remedy(pick, lacks)}
    )


def _mark(code: str) -> str:
    """Return the field that says whether the shortfall of an indicator has a correction behind it."""
    return f"{code}_is_corrected"


def columns(pick: Pick) -> list[Column]:
    """Return the columns of the list: who, how far, what is lacking, what to do."""
    names = pick.names
    lacking = [
        Column(
            row["indicator_code"],
            spoken(row, "short"),
            "amount",
            spoken(row, "numerator_unit"),
            blank="",
            mark=_mark(row["indicator_code"]),
        )
        for row in names.indicators_of(pick.standard, pick.stage)
    ]
    return [
        Column("school_name", _("学校"), "school"),
        Column("verdict", _("结论"), "status", status_of="verdict"),
        Column("met", _("达标项"), "text", mark="is_corrected"),
        Column("stage", _("学段"), words=lambda code: names.label("stage", code)),
        Column("area_type", _("城乡"), words=lambda code: names.label("area_type", code)),
        Column("students", _("学生"), "number", _("人")),
        *lacking,
        Column("next", _("下一步"), wrap=True, blank=""),
    ]


def changes(pick: Pick, compliance: pl.DataFrame) -> tuple[list[Row], list[Row]]:
    """Return the schools that newly comply and those that no longer do."""
    here = compliance.filter(pl.col("stage").is_in(pick.stages) & pl.col("previous_verdict").is_not_null())
    gained = here.filter((pl.col("verdict") == "compliant") & (pl.col("previous_verdict") != "compliant"))
    lost = here.filter((pl.col("verdict") == "not_compliant") & (pl.col("previous_verdict") == "compliant"))
    return gained.to_dicts(), lost.to_dicts()
