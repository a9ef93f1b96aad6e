"""Codes as text: lost leading zeros put back, numbers that Excel cut refused."""

from __future__ import annotations

import polars as pl

from warehouse.imports.columns import FAULT_SCHEMA, NO_FAULTS, Read
from warehouse.imports.exams import SCORES
from warehouse.imports.tables import Column, Table

DIGITS = r"^\d+$"
EXACT_DIGITS = 15
ID_NUMBER = r"^(\d{15}|\d{17}[\dX])$"
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
MOSTLY = 0.9


def mended(read: Read, column: Column, table: Table, row_numbers: pl.Series) -> Read:
    """Put back lost leading zeros (with a warning), refuse what Excel damaged."""
    damaged = _damaged(read.values, column, table, row_numbers)
    faults = [read.faults, _faults(damaged, "D212", pl.lit(""))]
    values = read.values
    if column.field.kind == "person":
        values = values.str.to_uppercase()
        faults += _id_faults(values, column, damaged)
    else:
        padded = restored(values)
        if padded is not values:
            changed = (padded != values).fill_null(False)
            if table.dataset == SCORES:  # One school of a thousand pupils is told once.
                changed &= values.is_first_distinct()
            faults.append(_faults(changed, "D221", padded))
        values = padded
    if not any(found.height for found in faults):
        return Read(values, read.faults)
    found = pl.concat(faults).unique("at", keep="first", maintain_order=True)
    return Read(_without(values, found), found)


def restored(values: pl.Series) -> pl.Series:
    """Pad codes to the one length most codes of the column share, if those codes start with 0."""
    if not values.str.starts_with("0").any():
        return values
    frame = values.to_frame("code").with_columns(
        pl.col("code").str.contains(DIGITS).fill_null(False).alias("digits"),
        pl.col("code").str.len_chars().alias("length"),
    )
    lengths = frame.filter("digits")["length"].value_counts(sort=True)
    if lengths.is_empty():
        return values
    usual = lengths["length"][0]
    full = frame.filter(pl.col("digits") & (pl.col("length") == usual))["code"]
    shorter = pl.col("digits") & (pl.col("length") < usual)
    is_most = full.len() * 2 > frame["digits"].sum()
    if not is_most or not full.str.starts_with("0").all():
        return values
    return frame.select(pl.when(shorter).then(pl.col("code").str.zfill(usual)).otherwise("code")).to_series()


def _damaged(values: pl.Series, column: Column, table: Table, row_numbers: pl.Series) -> pl.Series:
    """Which cells are numbers of more digits than Excel keeps."""
    is_long = pl.col("code").str.contains(rf"^\d{{{EXACT_DIGITS + 1},}}$").fill_null(False)
    long = values.to_frame("code").select(is_long).to_series()
    if not long.any():
        return long
    return long & table.sheet.numeric(column.at).gather(row_numbers - 1)


def _id_faults(values: pl.Series, column: Column, damaged: pl.Series) -> list[pl.DataFrame]:
    """Check ID numbers where the header says the column holds them, or nearly all of it looks so."""
    shaped = values.str.contains(ID_NUMBER)
    named = "身份证" in column.name or "身份号" in column.name
    if not named and (shaped.sum() or 0) < MOSTLY * max(len(values) - values.null_count(), 1):
        return []
    wrong = (~shaped & ~damaged).fill_null(False) & named
    doubtful = (shaped & (values.str.len_chars() == 18) & ~damaged & ~_checks(values)).fill_null(False)
    return [_faults(wrong, "D213", pl.lit("")), _faults(doubtful, "D226", pl.lit(""))]


def _checks(values: pl.Series) -> pl.Series:
    """Return whether the 18th character is the check character of the 17 before it."""
    frame = values.to_frame("id")
    digits = [
        pl.col("id").str.slice(at, 1).cast(pl.Int32, strict=False) * weight
        for at, weight in enumerate(ID_WEIGHTS)
    ]
    expected = (pl.sum_horizontal(digits) % 11).replace_strict(
        dict(enumerate(ID_CHECKS)), default=None, return_dtype=pl.String
    )
    return frame.select(expected == pl.col("id").str.slice(17, 1)).to_series()


def _faults(where: pl.Series, rule: str, detail: pl.Expr | pl.Series) -> pl.DataFrame:
    if not where.any():
        return NO_FAULTS
    frame = pl.DataFrame({"where": where}).with_row_index("at")
    frame = frame.with_columns(pl.lit(rule).alias("rule_code"), detail.alias("detail")).filter("where")
    return frame.select(pl.col(name).cast(dtype) for name, dtype in FAULT_SCHEMA.items())


def _without(values: pl.Series, faults: pl.DataFrame) -> pl.Series:
    bad = faults.filter(pl.col("rule_code").is_in(["D202", "D211", "D212", "D213"]))["at"]
    return values.clone().scatter(bad, None) if len(bad) else values


def doubtful_months(rows: pl.DataFrame, table: Table) -> list[tuple[str, int]]:
    """Count the number cells 2023.1, which may have been 2023.10: Excel drops the zero."""
    found = []
    for column in table.columns:
        if column.field.kind != "month":
            continue
        short = rows[f"c{column.at}"].str.contains(r"^\d{4}\.1$").fill_null(False)
        if short.any():
            count = int((short & table.sheet.numeric(column.at).gather(rows["row_number"] - 1)).sum())
            found += [(column.name, count)] if count else []
    return found
