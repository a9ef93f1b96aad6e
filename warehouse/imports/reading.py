"""A table to values: every mapped column read, constants and year put in, faults named by row and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from warehouse.imports import codes, cohorts, county_figures, exams, grades
from warehouse.imports.body import data_rows, filled_down, of_county
from warehouse.imports.columns import Read, read_column
from warehouse.imports.dates import read_school_year, school_year_in
from warehouse.imports.knowledge import SCHOOL_OPTIONAL, Field, Knowledge
from warehouse.imports.tables import Column, Table

FAULTS = {
    "table": pl.UInt32,
    "row_number": pl.UInt32,
    "column_name": pl.String,
    "rule_code": pl.String,
    "raw_value": pl.String,
    "detail": pl.String,
}
YEAR_NAMES = ("学年", "school_year")
DATED_BY = {
    "consortium_members": "joined_on",
    "consortium_activities": "held_on",
    "exam_papers": "exam_date",
    "exam_scores": "exam_date",
}


@dataclass
class Settings:
    """What one call asks for, beyond its files."""

    dataset: str | None = None
    school_year: int | None = None
    constants: Mapping[str, str] = field(default_factory=dict)
    partial: bool = False


@dataclass
class ReadTable:
    """A table's rows as text (`raw`) and as values, by row number; `number` tells tables of a call apart.

    `cells` holds the landing rows by dataset where each cell says by itself what it is (forms).
    """

    number: int
    table: Table
    raw: pl.DataFrame
    values: pl.DataFrame
    faults: pl.DataFrame
    filled: list[tuple[Column, int]]
    supplied: list[Column] = field(default_factory=list)
    defaulted: list[Column] = field(default_factory=list)
    doubtful_months: list[tuple[str, int]] = field(default_factory=list)
    year_source: str = "column"
    cells: dict[str, pl.DataFrame] | None = None
    skipped: str = ""
    row_marks: dict[str, float] = field(default_factory=dict)
    groups: pl.DataFrame | None = None
    scores: pl.DataFrame | None = None

    def given(self, dataset: str) -> set[str]:
        """Return the fields of `dataset` that the sheet, or the call for it, gives."""
        return {c.field.name for c in [*self.table.columns, *self.supplied] if c.field.dataset == dataset}

    def fault(self, where: pl.Expr, column: Column, rule: str, raw: pl.Expr, detail: pl.Expr) -> None:
        """Add a fault on every row of `values` where the condition holds."""
        found = self.values.filter(where.fill_null(False)).select(
            pl.lit(self.number).cast(pl.UInt32).alias("table"),
            pl.col("row_number").cast(pl.UInt32),
            pl.lit(column.name).alias("column_name"),
            pl.lit(rule).alias("rule_code"),
            raw.cast(pl.String).alias("raw_value"),
            detail.cast(pl.String).alias("detail"),
        )
        self.faults = pl.concat([self.faults, found])

    @property
    def rows_read(self) -> int:
        """How many data rows the sheet has."""
        return self.raw.height


def year_for(table: Table, settings: Settings) -> tuple[int | None, str]:
    """Return the school year of a sheet without a 学年 column, and where it was found."""
    given = next((settings.constants[name] for name in YEAR_NAMES if name in settings.constants), None)
    year = settings.school_year or (read_school_year(given) if given else None)
    if year is not None:
        return year, "option"
    for text in (*table.titles, table.sheet.name):
        year = school_year_in(text)
        if year:
            return year, "title"
    year = school_year_in(table.sheet.file_name.rpartition("/")[2])
    return (year, "file") if year else (None, "")


def read_table(table: Table, number: int, knowledge: Knowledge, settings: Settings) -> ReadTable:
    """Read a table's rows; what cannot be read is a fault and a null value."""
    ours, skipped = of_county(data_rows(table), table, knowledge.county)
    rows, filled = filled_down(ours, table)
    row_marks: dict[str, float] = {}
    if table.dataset == exams.SCORES:
        rows, row_marks = exams.without_summaries(rows)
    values = [rows["row_number"]]
    faults = [pl.DataFrame(schema=FAULTS)]
    supplied = _constants(table, knowledge, settings)
    columns = [column for column in [*table.columns, *supplied] if column.field.kind != "score"]
    for column in columns:
        raw = _raw(rows, column, settings.constants)
        read = read_column(raw, column, knowledge)
        if column.field.kind in {"code", "school", "person"} and column.at >= 0:
            read = codes.mended(read, column, table, rows["row_number"])
        for at in column.added:
            more = read_column(rows[f"c{at}"], column, knowledge)
            read = Read(read.values + more.values, pl.concat([read.faults, more.faults]))
        values.append(read.values.alias(column.key))
        if not read.faults.is_empty():
            faults.append(_named(read, raw, column, rows, number))
    result = ReadTable(number, table, rows, pl.DataFrame(values), pl.concat(faults), filled, supplied)
    result.defaulted = [c for c in supplied if not _is_named(c.field, settings.constants)]
    result.skipped, result.row_marks = skipped, row_marks
    result.doubtful_months = codes.doubtful_months(rows, table)
    _settle_ticks(result, knowledge)
    _put_year(result, settings)
    _put_school(result)
    cohorts.settle(result)
    grades.settle(result, knowledge, settings.constants)
    _settle_shares(result)
    result.faults = pl.concat([result.faults, county_figures.settle(result, knowledge)])
    _require(result, columns)
    return result


def _raw(rows: pl.DataFrame, column: Column, constants: Mapping[str, str]) -> pl.Series:
    if column.at >= 0:
        return rows[f"c{column.at}"]
    value = supplied_value(column.field, constants)
    return pl.repeat(value, rows.height, dtype=pl.String, eager=True)


def _constants(table: Table, knowledge: Knowledge, settings: Settings) -> list[Column]:
    """Return columns that the sheet lacks and the call, or the column's default, supplies."""
    if table.layout:
        return []
    present = {column.key for column in table.columns}
    lacking = [Column(-1, f.header, f) for f in knowledge.fields[table.dataset].values()]
    return [
        c
        for c in lacking
        if c.key not in present and (c.field.default or _is_named(c.field, settings.constants))
    ]


def supplied_value(known: Field, constants: Mapping[str, str]) -> str:
    """Return what the call gives for a column the sheet lacks, else the column's default."""
    given = (constants[name] for name in (known.name, *known.labels) if name in constants)
    return next(given, known.default)


def _is_named(known: Field, constants: Mapping[str, str]) -> bool:
    return bool({known.name, *known.labels} & set(constants))


def _named(read: Read, raw: pl.Series, column: Column, rows: pl.DataFrame, number: int) -> pl.DataFrame:
    at = read.faults["at"]
    return read.faults.select(
        pl.lit(number).cast(pl.UInt32).alias("table"),
        rows["row_number"].gather(at).cast(pl.UInt32).alias("row_number"),
        pl.lit(column.name).alias("column_name"),
        "rule_code",
        raw.gather(at).alias("raw_value"),
        "detail",
    )


def _settle_ticks(read: ReadTable, knowledge: Knowledge) -> None:
    """The highest term ticked, where the field's own column says nothing; none ticked is 无."""
    ticks = [column for column in read.table.columns if column.tick]
    no = [word for word, answer in knowledge.terms["yes_no"].items() if answer == "否"]
    for key in dict.fromkeys(f"{c.field.dataset}.{c.field.name}." for c in ticks):
        mine = [column for column in ticks if column.key.startswith(key)]
        ticked = [
            pl.when(pl.col(c.key).is_not_null() & ~pl.col(c.key).is_in(no)).then(pl.lit(c.tick)) for c in mine
        ]
        own = [pl.col(key)] if key in read.values.columns else []
        settled = pl.coalesce(*own, *ticked, pl.lit("无")).alias(key)
        read.values = read.values.with_columns(settled).drop(column.key for column in mine)


def _put_year(read: ReadTable, settings: Settings) -> None:
    """The year of the row's own column or date; in an official layout the title's where that is blank."""
    dated = _named_column(read, DATED_BY.get(read.table.dataset, "-"))
    column = _named_column(read, "school_year")
    if dated and not column:
        year, said_by = year_for(read.table, settings)
        asked = said_by == "option" and read.table.dataset.startswith("exam_")
        known = [pl.lit(year, pl.Int32), school_year_of(pl.col(dated))]
        read.values = read.values.with_columns(
            pl.coalesce(known if asked else reversed(known)).alias("school_year")
        )
        return
    if column and not read.table.layout:
        read.values = read.values.with_columns(pl.col(column).alias("school_year"))
        return
    year, read.year_source = year_for(read.table, settings)
    found = [pl.col(column)] if column else []
    read.values = read.values.with_columns(
        pl.coalesce(*found, pl.lit(year, dtype=pl.Int32)).cast(pl.Int32).alias("school_year")
    )


def _named_column(read: ReadTable, field_name: str) -> str | None:
    return next((name for name in read.values.columns if f".{field_name}." in name), None)


def school_year_of(day: pl.Expr) -> pl.Expr:
    """The school year a day lies in: from September on the year, before it the year before."""
    return day.dt.year() - (day.dt.month() < 9).cast(pl.Int32)


def _put_school(read: ReadTable) -> None:
    """The code where the row has one, else the name."""
    names = read.values.columns
    fields = ("school_ref", "school_code", "school_name_ref", "school_name")
    found = [name for wanted in fields for name in names if f".{wanted}." in name]
    school = pl.coalesce(found) if found else pl.lit(None, dtype=pl.String)
    read.values = read.values.with_columns(school.alias("school_ref"))


def _settle_shares(read: ReadTable) -> None:
    """A share of schools above 1 was written as a percent number."""
    target, kind = read.table.column("target"), "targets.target_kind."
    if target is None or kind not in read.values.columns:
        return
    value = pl.col(target.key)
    is_share = pl.col(kind) == "达标学校比例"
    read.fault(is_share & (value > 1) & (value <= 100), target, "D223", value, value / 100)
    read.fault(is_share & ((value > 100) | (value < 0)), target, "D217", value, pl.lit("0–1"))
    read.fault(~is_share & (value < 0), target, "D204", value, pl.lit(""))
    read.values = read.values.with_columns(
        pl.when(is_share & (value > 1)).then(value / 100).otherwise(value).alias(target.key)
    )


def _require(read: ReadTable, columns: list[Column]) -> None:
    """A blank where the dataset needs a value is a fault, unless the cell already has one."""
    faulty = read.faults.select("row_number", "column_name").unique()
    school = school_column(read.table)
    for column in columns:
        if column == school and read.table.dataset not in SCHOOL_OPTIONAL:
            _blank(read, column, "school_ref", faulty)
        elif _is_needed(column, read.table):
            _blank(read, column, column.key, faulty)


def _is_needed(column: Column, table: Table) -> bool:
    """True where a blank refuses the row; codes may be blank where the name stands beside them."""
    if table.layout:
        return column.field.name == "school_name"
    if column.field.dataset != table.dataset or column.field.name == "school_ref":
        return False
    return column.field.required


def _blank(read: ReadTable, column: Column, values: str, faulty: pl.DataFrame) -> None:
    if not read.values[values].null_count():
        return
    blank = pl.col(values).is_null()
    known = faulty.filter(pl.col("column_name") == column.name)["row_number"].implode()
    read.fault(blank & ~pl.col("row_number").is_in(known), column, "D201", pl.lit(""), pl.lit(""))


def school_column(table: Table) -> Column | None:
    """Return the column that names a row's school, the code's before the name's."""
    names = ("school_ref", "school_code", "school_name_ref", "school_name")
    return next((c for name in names if (c := table.column(name))), None)
