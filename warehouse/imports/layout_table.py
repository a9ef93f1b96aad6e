"""The official layouts as `layouts.csv` states them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import translate
from functools import cache, cached_property

from warehouse.imports.text import split


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern for words of which some have stars."""
    return re.compile("|".join(map(translate, words)) or "(?!)")


@dataclass(frozen=True)
class LayoutColumn:
    """One column of an official layout, found by the labels on its header path."""

    segments: tuple[tuple[str, ...], ...]
    dataset: str
    field: str
    stage_rule: str
    role: str
    required: bool


@dataclass(frozen=True)
class Layout:
    """An official layout: words of its title, and its columns in order of preference."""

    name: str
    titles: tuple[str, ...]
    columns: tuple[LayoutColumn, ...]

    @cached_property
    def required(self) -> frozenset[str]:
        """Fields without which a sheet is not of this layout."""
        return frozenset(column.field for column in self.columns if column.required)

    @cached_property
    def endings(self) -> re.Pattern[str]:
        """What the last label of a column's path may be."""
        return any_of(tuple(word for column in self.columns for word in column.segments[-1]))


def layouts_from(rows: Iterable[dict[str, str]]) -> dict[str, Layout]:
    """Return the layouts of the seed's rows, by name."""
    titles: dict[str, list[str]] = defaultdict(list)
    columns: dict[str, list[LayoutColumn]] = defaultdict(list)
    for row in rows:
        if row["role"] == "title":
            titles[row["layout"]].extend(split(row["labels"]))
            continue
        segments = tuple(split(segment) for segment in row["labels"].split("›"))
        columns[row["layout"]].append(
            LayoutColumn(
                segments, row["dataset"], row["field"], row["stage_rule"], row["role"], row["required"] == "1"
            )
        )
    return {name: Layout(name, tuple(titles[name]), tuple(found)) for name, found in columns.items()}
