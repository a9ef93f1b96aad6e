"""Figures that cannot both be right: warnings at import, which refuse nothing."""

from __future__ import annotations

import csv
from functools import cache

import polars as pl

from warehouse.imports.knowledge import FOLDER
from warehouse.imports.reading import FAULTS

CELL_KEY = ["school_year", "school_ref", "stage"]
SUBJECTS = (
    "pe_teachers",
    "music_teachers",
    "art_teachers",
    "arts_teachers",
    "pe_arts_teachers",
    "mid_title_teachers",
)
EDUCATIONS = (
    "doctoral_teachers",
    "master_teachers",
    "bachelor_teachers",
    "college_teachers",
    "secondary_teachers",
)
EQUIPMENT = ("computers", "multimedia_rooms")


@cache
def plausible() -> dict[str, tuple[float, float]]:
    """Return the lowest and highest figure that needs no question, by name."""
    with (FOLDER / "plausible.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {row["figure"]: (float(row["lowest"]), float(row["highest"])) for row in rows}


def warnings_of(dataset: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return warnings (schema `FAULTS`) about the rows of a dataset that would land."""
    checks = {
        "staff_counts": _staff,
        "conditions": _conditions,
        "classes": _classes,
        "teachers": _teachers,
    }
    if dataset not in checks or rows.is_empty():
        return pl.DataFrame(schema=FAULTS)
    return pl.concat(checks[dataset](rows))


def _staff(rows: pl.DataFrame) -> list[pl.DataFrame]:
    total = pl.col("field") == "full_time_teachers"
    parts = rows.filter(pl.col("field").is_in(EDUCATIONS))
    summed = parts.group_by(CELL_KEY).agg(
        pl.col("value").sum(), pl.col("table", "row_number").first(), pl.lit("学历").alias("column_name")
    )
    return [
        _above(rows.filter(pl.col("field") == "backbone_teachers"), rows.filter(total), "D231"),
        _above(summed, rows.filter(total), "D232"),
        _above(rows.filter(pl.col("field").is_in(SUBJECTS)), rows.filter(total), "D233"),
    ]


def _conditions(rows: pl.DataFrame) -> list[pl.DataFrame]:
    value = pl.col("value")
    indoor = rows.filter(pl.col("field") == "indoor_sports_area_m2")
    equipped = rows.filter(pl.col("field").is_in(EQUIPMENT) & (value > 0)).select(CELL_KEY).unique()
    nothing = rows.filter((pl.col("field") == "equipment_value_yuan") & (value == 0))
    return [
        _above(indoor, rows.filter(pl.col("field") == "teaching_area_m2"), "D234"),
        _faults(nothing.join(equipped, on=CELL_KEY, how="semi"), "D235", pl.lit("")),
        _per_pupil(rows),
    ]


def _above(parts: pl.DataFrame, wholes: pl.DataFrame, rule: str) -> pl.DataFrame:
    """Return a warning for every part that exceeds its whole."""
    whole = wholes.select(*CELL_KEY, pl.col("value").alias("whole"))
    over = parts.join(whole, on=CELL_KEY, maintain_order="left")
    return _faults(over.filter(pl.col("value") > pl.col("whole") * (1 + 1e-9)), rule, _short("whole"))


def _per_pupil(rows: pl.DataFrame) -> pl.DataFrame:
    """Return a warning for amounts a pupil that look a unit off; zero is a figure, not a slip."""
    pupils = rows.filter((pl.col("field") == "students") & (pl.col("stage") != "whole"))
    school = pupils.group_by("school_year", "school_ref").agg(pl.col("value").sum().alias("all_pupils"))
    stage = pupils.select(*CELL_KEY, pl.col("value").alias("stage_pupils"))
    found = rows.filter(pl.col("field").is_in(list(plausible())) & (pl.col("value") > 0))
    found = found.join(school, on=["school_year", "school_ref"], how="left", maintain_order="left")
    found = found.join(stage, on=CELL_KEY, how="left", maintain_order="left")
    pupils_of = pl.when(pl.col("stage") == "whole").then("all_pupils").otherwise("stage_pupils")
    each = pl.when(pupils_of > 0).then(pl.col("value") / pupils_of)
    low, high = ({name: bounds[end] for name, bounds in plausible().items()} for end in (0, 1))
    found = found.with_columns(
        each.alias("each"),
        pl.col("field").replace_strict(low, return_dtype=pl.Float64).alias("low"),
        pl.col("field").replace_strict(high, return_dtype=pl.Float64).alias("high"),
    )
    odd = found.filter((pl.col("each") < pl.col("low")) | (pl.col("each") > pl.col("high")))
    return _faults(odd, "D236", _short("each"))


def _classes(rows: pl.DataFrame) -> list[pl.DataFrame]:
    crowded = rows.filter(pl.col("students") > plausible()["class_students"][1])
    named = crowded.with_columns(pl.lit("学生数").alias("column_name"), pl.col("students").alias("value"))
    return [_faults(named, "D237", pl.lit(""))]


def _teachers(rows: pl.DataFrame) -> list[pl.DataFrame]:
    day = pl.date(pl.col("school_year"), 9, 1)
    age = (day - pl.col("birth_month")).dt.total_days() / 365.25
    at_joining = (pl.col("joined_month") - pl.col("birth_month")).dt.total_days() / 365.25
    youngest, oldest = plausible()["teacher_age"]
    earliest, latest = plausible()["joining_age"]
    years = pl.format("{} 岁", age.round(0).cast(pl.Int32))
    return [
        _about(rows, "出生年月", "birth_month", (age < youngest) | (age > oldest), years),
        _about(
            rows,
            "入校年月",
            "joined_month",
            (at_joining < earliest) | (at_joining > latest),
            pl.format("入校时 {} 岁", at_joining.round(0).cast(pl.Int32)),
        ),
        _about(
            rows,
            "入校年月",
            "joined_month",
            pl.col("joined_month") >= pl.date(pl.col("school_year") + 1, 9, 1),
            pl.lit("在该学年之后"),
        ),
    ]


def _about(rows: pl.DataFrame, header: str, field: str, wrong: pl.Expr, detail: pl.Expr) -> pl.DataFrame:
    found = rows.filter(wrong).with_columns(
        pl.lit(header).alias("column_name"), pl.col(field).dt.strftime("%Y-%m").alias("value")
    )
    return _faults(found, "D238", detail)


def _short(name: str) -> pl.Expr:
    """Return a figure as text, without a string of decimals."""
    return pl.col(name).round(2).cast(pl.String).str.replace(r"\.0$", "")


def _faults(rows: pl.DataFrame, rule: str, detail: pl.Expr) -> pl.DataFrame:
    value = pl.col("value").cast(pl.String).str.replace(r"\.0$", "")
    return rows.select(
        "table",
        pl.col("row_number").cast(pl.UInt32),
        pl.col("column_name"),
        pl.lit(rule).alias("rule_code"),
        value.alias("raw_value"),
        detail.cast(pl.String).alias("detail"),
    )
