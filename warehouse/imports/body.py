"""The rows of a sheet that are data: totals, notes, blanks, repeated headers and examples left out."""

from __future__ import annotations

import polars as pl

from warehouse.imports.knowledge import SCHOOL_OPTIONAL
from warehouse.imports.labels import is_number_row
from warehouse.imports.merges import Range
from warehouse.imports.tables import Column, Table
from warehouse.imports.text import SPACE, squeezed, squeezed_texts

TOTAL = r"^#?(.{0,12}(合计|总计|小计|共计|累计))([:：].*)?$"
NOTE = (
    r"^(备注|注|说明|填表说明|填报说明|填表人|制表人?|审核人?|复核人?|负责人|单位负责人|填报人|填报日期|联系电话|联系人)"
    r"([:：.、\d]|$)"
)
EXAMPLE_SCHOOL = "示例学校"


def data_rows(table: Table) -> pl.DataFrame:
    """Return the sheet's data rows: `row_number` (as the spreadsheet numbers it) and text columns.

    Columns are named `c0`, `c1` … as in the sheet; a cell without text is null.
    """
    names = table.sheet.cells.columns
    cells = table.sheet.cells.slice(table.body_top).with_columns(
        pl.when(~pl.col(names).str.contains(rf"^(?:{SPACE})*$")).then(pl.col(names))
    )
    told = {"first": cells.select(pl.coalesce(names)).to_series()}
    told |= {f"key{column.at}": cells[f"c{column.at}"] for column in _naming(table)}
    texts = [squeezed_texts(text).fill_null("").alias(name) for name, text in told.items()]
    first, *keys = (pl.col(name) for name in told)
    unwanted = [pl.all_horizontal(pl.col(name).is_null() for name in names)]
    unwanted += [text.str.contains(TOTAL) for text in (first, *keys)]
    unwanted += [first.str.contains(NOTE), *(key == EXAMPLE_SCHOOL for key in keys), _repeats_header(table)]
    if not _naming(table) or table.dataset in SCHOOL_OPTIONAL:
        unwanted.append(_is_example(table))
    numbered = cells.with_row_index("row_number", offset=table.body_top + 1).with_columns(texts)
    kept = numbered.filter(~pl.any_horizontal(unwanted)).drop(list(told))
    return _without_number_rows(kept, names)


def counties(table: Table) -> list[str]:
    """Return the counties a wide export names in 统计三级, in order of appearance."""
    if table.county_at is None:
        return []
    names = data_rows(table).select(squeezed(pl.col(f"c{table.county_at}"))).to_series()
    return names.drop_nulls().unique(maintain_order=True).to_list()


def is_county(name: str, county: str) -> bool:
    """True where a name is the county's, with or without the city before it."""
    return bool(county) and (name.endswith(county) or county.endswith(name))


def of_county(rows: pl.DataFrame, table: Table, county: str) -> tuple[pl.DataFrame, str]:
    """Keep the county's own rows where the sheet names it; say which rows of others were left out."""
    named = counties(table)
    ours = [name for name in named if is_county(name, county)]
    if not ours or len(ours) == len(named):
        return rows, ""
    name = squeezed(pl.col(f"c{table.county_at}"))
    others = (
        rows.filter(~name.is_in(ours)).select(name.alias("name"))["name"].value_counts(sort=True, name="rows")
    )
    said = "、".join(f"{other} {count} 行" for other, count in others.iter_rows())
    return rows.filter(name.is_in(ours) | name.is_null()), said


def filled_down(rows: pl.DataFrame, table: Table) -> tuple[pl.DataFrame, list[tuple[Column, int]]]:
    """Fill what is written once a group (a merged 乡镇) down its rows; return how many for each column."""
    filled: list[tuple[Column, int]] = []
    grouped: list[pl.Series] = []
    for column in table.columns:
        name = f"c{column.at}"
        if not (column.field.fill_down or column.role == "fill") or not rows[name].null_count():
            continue
        source = _merged_value(rows, name, column.at, table.sheet.merges)
        if source is None and (_written_once_a_group(rows[name]) or _blank_alike(rows[name], grouped)):
            grouped.append(rows[name].is_null())
            source = rows[name].forward_fill()
        if source is None:
            continue
        before = rows[name].null_count()
        rows = rows.with_columns(rows[name].fill_null(source).alias(name))
        if rows[name].null_count() < before:
            filled.append((column, before - rows[name].null_count()))
    return rows, filled


def _blank_alike(column: pl.Series, grouped: list[pl.Series]) -> bool:
    """True when a column is blank on just the rows of one that is written once a group; values may repeat."""
    return any((column.is_null() == blank).all() for blank in grouped)


def _naming(table: Table) -> list[Column]:
    """Return the columns that name the school, of which a total or example row gives itself away."""
    names = {"school_code", "school_name", "school_ref", "school_name_ref"}
    return [column for column in table.columns if column.field.name in names]


def _repeats_header(table: Table) -> pl.Expr:
    """True where a page break repeated the header: the mapped cells read as their own header's last row."""
    header = table.sheet.cells.row(max(table.header_top, 0))
    pairs = [(column.at, header[column.at]) for column in table.columns if header[column.at]]
    if len(pairs) < 2:
        return pl.lit(False)
    return pl.all_horizontal(pl.col(f"c{at}").eq_missing(pl.lit(text)) for at, text in pairs[:4])


def _is_example(table: Table) -> pl.Expr:
    """True where every cell is still the template's example (sheets that name no school)."""
    pairs = [(column.at, column.field.example) for column in table.columns if column.field.example]
    if not pairs:
        return pl.lit(False)
    return pl.all_horizontal(pl.col(f"c{at}").eq_missing(pl.lit(example)) for at, example in pairs)


def _without_number_rows(rows: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """Drop repeated rows of 甲, 乙, 1, 2; only rows that hold a 甲 are looked at one by one."""
    maybe = rows.filter(pl.any_horizontal(pl.col(names) == "甲"))
    dropped = [row[0] for row in maybe.iter_rows() if is_number_row(row[1:])]
    return rows.filter(~pl.col("row_number").is_in(dropped)) if dropped else rows


def _merged_value(rows: pl.DataFrame, name: str, at: int, merges: list[Range]) -> pl.Series | None:
    """Return for each row the value of the merged cell it lies in, if the column has merged cells."""
    down = [m for m in merges if m.left <= at <= m.right and m.bottom > m.top]
    values = dict(rows.select("row_number", name).iter_rows())
    spread = {row + 1: values.get(m.top + 1) for m in down for row in range(m.top, m.bottom + 1)}
    spread = {row: value for row, value in spread.items() if row in values and value is not None}
    if len(spread) < 2:
        return None
    return rows["row_number"].replace_strict(spread, default=None, return_dtype=pl.String)


def _written_once_a_group(column: pl.Series) -> bool:
    """True when a column looks filled only on the first row of each group."""
    written = column.drop_nulls()
    if column.len() == 0 or column[0] is None or written.len() * 2 > column.len():
        return False
    return bool((written != written.shift()).fill_null(True).all())
