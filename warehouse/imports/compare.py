"""This call against what already counts: is anything new, what would replacing whole schools take away."""

from __future__ import annotations

import hashlib
import io

import polars as pl

from warehouse.home import Home
from warehouse.imports.conflicts import KEYS
from warehouse.imports.resolve import Register
from warehouse.landing import landed
from warehouse.schemas import CELL_DATASETS, PROVENANCE, SCHEMAS

BESIDES = {*PROVENANCE, "raw_value", "column_name", "ordinal"}
IN_SPRING = pl.col("held_on").dt.month().is_between(2, 8)
UNITS: dict[str, list[pl.Expr]] = {
    "consortium_members": [pl.col("consortium_code")],
    "consortium_activities": [
        pl.col("consortium_code"),
        pl.col("school_ref"),
        pl.col("school_year"),
        IN_SPRING,
    ],
}
"""What a file replaces as a whole, where it is not a school's year."""


def content_columns(dataset: str) -> list[str]:
    """Return the columns that make a landed row what it is, wherever it came from."""
    return [name for name in SCHEMAS[dataset] if name not in BESIDES]


def effective(home: Home, dataset: str, years: list[int], register: Register | None = None) -> pl.DataFrame:
    """Return the landed rows of `years` that count: not retracted, not superseded, the latest of a key.

    With a `register` a school is the same whatever a file calls it: by code, by name or by a former one.
    """
    rows = landed(home, dataset)
    if dataset not in UNITS:
        rows = rows.filter(pl.col("school_year").is_in(years))
    rows = register.meant(rows) if register else rows
    rows = rows.with_columns(school(dataset).alias("school"), unit(dataset).alias("unit"))
    if rows.is_empty():
        return rows
    latest = _latest(rows, "school", ["unit"])
    if dataset in CELL_DATASETS:
        latest = pl.max_horizontal(latest, _latest(rows, "stage", ["unit", "stage"]))
    rows = rows.filter(pl.col("import_seq") >= latest.fill_null(0))
    key = ["school" if name in {"school_ref", "school_key"} else name for name in KEYS.get(dataset, [])]
    return rows.filter(pl.col("import_seq") == pl.col("import_seq").max().over(key)) if key else rows


def school(dataset: str) -> pl.Expr:
    """Return what names the school of a landed row; null where the dataset has none."""
    if dataset == "schools":
        return pl.coalesce("school_code", "school_name")
    if "school_ref" in SCHEMAS[dataset]:
        return pl.col("school_ref")
    return pl.lit(None, dtype=pl.String)


def unit(dataset: str) -> pl.Expr:
    """Return what names the part of a dataset that a later file replaces as a whole."""
    return pl.concat_str(
        UNITS.get(dataset, [pl.col("school_year"), school(dataset)]), separator="|", ignore_nulls=True
    )


def _latest(rows: pl.DataFrame, replaces: str, over: list[str]) -> pl.Expr:
    whole = pl.when(pl.col("replaces") == replaces).then(pl.col("import_seq"))
    return whole.max().over(over)


def replaced(counting: pl.DataFrame, rows: pl.DataFrame, dataset: str) -> pl.DataFrame:
    """Return the rows that count now and that `rows` would supersede, were they landed."""
    scope = ["unit", "stage"] if "stage" in rows["replaces"].unique() else ["unit"]
    named = rows.with_columns(unit(dataset).alias("unit")).select(scope).unique()
    return counting.join(named, on=scope, how="semi", nulls_equal=True)


def changes_nothing(counting: pl.DataFrame, rows: pl.DataFrame, dataset: str, *, partial: bool) -> bool:
    """True when landing `rows` would leave every counting figure as it is."""
    now = counting if partial else replaced(counting, rows, dataset)
    if now.is_empty() and not rows.is_empty():
        return False
    columns = content_columns(dataset)
    new = rows.select(columns).group_by(columns).len("copies")
    old = now.select(columns).group_by(columns).len("copies")
    missing = new.join(old, on=[*columns, "copies"], how="anti", nulls_equal=True)
    gone = old.join(new, on=[*columns, "copies"], how="anti", nulls_equal=True)
    return missing.is_empty() and (partial or gone.is_empty())


def lost_fields(counting: pl.DataFrame, rows: pl.DataFrame, dataset: str, given: set[str]) -> list[str]:
    """Return the fields that counting rows have and a whole-school file does not bring again."""
    now = replaced(counting, rows, dataset)
    if dataset in CELL_DATASETS:
        had = set(now.filter(pl.col("value").is_not_null())["field"].unique())
    else:
        had = {name for name in content_columns(dataset) if now[name].null_count() < now.height}
        had -= {"school_year", "school_ref", "school_type"}
    return sorted(had - given)


def content_hashes(rows: pl.DataFrame, dataset: str) -> dict[int, str]:
    """Return for each table of the call a hash of what its rows say, whatever their order and origin."""
    columns = content_columns(dataset)
    said = with_all_columns(rows, dataset).select("table", *columns).sort(columns)
    return {
        int(table): _hash(mine)
        for (table,), mine in said.partition_by("table", as_dict=True, include_key=False).items()
    }


def hash_of_nothing(dataset: str) -> str:
    """Return the hash of a table none of whose rows landed."""
    return _hash(pl.DataFrame(schema={name: SCHEMAS[dataset][name] for name in content_columns(dataset)}))


def _hash(rows: pl.DataFrame) -> str:
    said = io.BytesIO()
    rows.write_csv(said)
    return hashlib.sha256(said.getbuffer()).hexdigest()


def with_all_columns(rows: pl.DataFrame, dataset: str) -> pl.DataFrame:
    """Return rows with every column of the dataset; those a sheet did not have are null."""
    absent = [name for name in content_columns(dataset) if name not in rows.columns]
    return rows.with_columns(pl.lit(None, SCHEMAS[dataset][name]).alias(name) for name in absent)
