"""Tables as real HTML: they print in full, scroll within themselves, and download as they stand."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from view import corrected, links, numbers
from view.names import Names, Row
from view.texts import _

Words = Callable[[Any], str]


@dataclass(frozen=True)
class Column:
    """One column: its field, its heading with unit, and how its cells are written.

    `kind` is text, number, exact (no more decimals than it has), signed, percent, coefficient, amount,
    status or school. `words` turns a code into a word; `status_of` is a status's label kind; `reason` is
    the field that says why a cell is missing; `mark` the field that is true where a correction is behind the
    figure; a `school` column links to the school named by the row's `school_code` (and `stage`), and a column
    with a `page` to that page, with `ids` added to the address.
    """

    field: str
    title: str
    kind: str = "text"
    unit: str = ""
    decimals: int = 0
    words: Words | None = None
    status_of: str = ""
    reason: str = ""
    blank: str = numbers.MISSING
    wrap: bool = False
    ids: tuple[tuple[str, str], ...] = ()
    page: str = ""
    mark: str = ""

    @property
    def shown_unit(self) -> str:
        """The unit as it stands in the heading."""
        return {"percent": "%", "amount": numbers.money(self.unit)[1]}.get(self.kind, self.unit)

    @property
    def heading(self) -> str:
        """The title with its unit."""
        return f"{self.title} ({self.shown_unit})" if self.shown_unit else self.title

    @property
    def is_number(self) -> bool:
        """Whether the column stands right-aligned."""
        return self.kind in {"number", "exact", "signed", "percent", "coefficient", "amount"}


def status(names: Names, kind: str, code: str | None) -> str:
    """Return a status as shape, word and colour."""
    if not code:
        return ""
    shape, word = names.symbol(kind, code), names.label(kind, code)
    return f'<span class="st st-{escape(code)}">{escape(shape)} {escape(word)}</span>'


def written(value: Any, column: Column) -> str:
    """Return a cell's figure as it is shown, without mark-up."""
    if value is None or value == "":
        return column.blank
    if column.kind == "number":
        return numbers.number(value, column.decimals)
    if column.kind == "exact":
        return numbers.exact(value, column.decimals)
    if column.kind == "signed":
        return numbers.signed(value, column.decimals)
    if column.kind == "percent":
        return numbers.percent(value, column.decimals or 1)
    if column.kind == "coefficient":
        return numbers.coefficient(value)
    if column.kind == "amount":
        return numbers.number(numbers.wanted(value, column.unit), numbers.money(column.unit)[2])
    return column.words(value) if column.words else str(value)


def _cell(row: Row, column: Column, names: Names) -> str:
    value = row.get(column.field)
    if column.kind == "status":
        return f"<td>{status(names, column.status_of, value)}</td>"
    text = written(value, column)
    ids = {key: str(row.get(source, source)) for key, source in column.ids}
    if column.page:
        return f"<td>{links.link(text, column.page, **ids) if value else escape(text)}</td>"
    if column.kind == "school":
        place = {"school": row["school_code"], "stage": row.get("stage")} | ids
        return f'<th scope="row">{links.link(text, "school", **place)}</th>'
    if value is None and text == numbers.MISSING:
        why = (row.get(column.reason) if column.reason else None) or _("没有数据")
        text = f'<span class="none" title="{escape(str(why))}">{text}</span>'
    else:
        text = escape(text) + (corrected.sign(row, column.mark) if text else "")
    if column.is_number:
        return f'<td class="n" data-v="{"" if value is None else value}">{text}</td>'
    return f'<td class="wrap">{text}</td>' if column.wrap else f"<td>{text}</td>"


def _head(column: Column) -> str:
    sort = "number" if column.is_number else "text"
    look = ' class="n"' if column.is_number else ""
    unit = f"<small>{escape(column.shown_unit)}</small>" if column.shown_unit else ""
    return f'<th scope="col" tabindex="0" data-sort="{sort}"{look}>{escape(column.title)}{unit}</th>'


def table_html(
    rows: Sequence[Row], columns: Sequence[Column], names: Names, *, here: str = "", tall: bool = False
) -> str:
    """Return a table; the row of the school `here` is marked, a `tall` one scrolls inside its frame."""
    heads = "".join(_head(column) for column in columns)
    lines = []
    for row in rows:
        mark = ' class="here"' if here and row.get("school_code") == here else ""
        lines.append(f"<tr{mark}>{''.join(_cell(row, column, names) for column in columns)}</tr>")
    look = "scroll tall" if tall else "scroll"
    return (
        f'<div class="{look}" tabindex="0"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def shell(head: str, body: str, look: str = "scroll") -> str:
    """Return a table of rows already written, which scrolls within itself."""
    return (
        f'<div class="{look}" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def shown(frame: pl.DataFrame, columns: Sequence[Column]) -> list[Column]:
    """Return the columns that say something: one that is empty in every row goes."""
    return [
        column
        for column in columns
        if column.kind == "school" or not frame.height or not _says_nothing(frame[column.field])
    ]


def _says_nothing(values: pl.Series) -> bool:
    return all(value == "not_tested" for value in values.drop_nulls().to_list())


def table(
    frame: pl.DataFrame,
    columns: Sequence[Column],
    names: Names,
    *,
    key: str,
    here: str = "",
    tall: bool = False,
) -> None:
    """Draw a table of `frame` in its order."""
    links.block(table_html(frame.to_dicts(), shown(frame, columns), names, here=here, tall=tall), key=key)


def csv_bytes(frame: pl.DataFrame, columns: Sequence[Column], names: Names) -> bytes:
    """Return what the table shows as CSV that Excel opens (UTF-8 with its mark, plain numbers)."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    columns = shown(frame, columns)
    rows = [(row, _corrected(row, columns)) for row in frame.to_dicts()]
    marked = any(which for _row, which in rows)
    writer.writerow([column.heading for column in columns] + [_("含更正的列")] * marked)
    for row, which in rows:
        cells = [_plain(row.get(column.field), column, names) for column in columns]
        writer.writerow(cells + [which] * marked)
    return target.getvalue().encode("utf-8-sig")


def _corrected(row: Row, columns: Sequence[Column]) -> str:
    """Name the columns whose figure in this row has a correction behind it: a number must stay a number."""
    return "、".join(
        column.title
        for column in columns
        if column.mark and row.get(column.mark) and row.get(column.field) not in (None, "")
    )


def _plain(value: Any, column: Column, names: Names) -> str:
    if column.kind == "status":
        return names.label(column.status_of, value)
    if value is None:
        return ""
    text = written(value, column)
    if column.is_number:
        return text.replace(",", "").replace("−", "-").replace("±", "").replace("+", "").rstrip("%")
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text


def download(frame: pl.DataFrame, columns: Sequence[Column], names: Names, *, name: str, key: str) -> None:
    """Draw the button that gives exactly the rows shown, and says how many they are."""
    st.download_button(
        _("下载当前 {n} 行", n=frame.height),
        data=lambda: csv_bytes(frame, columns, names),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=key,
        on_click="ignore",
    )
