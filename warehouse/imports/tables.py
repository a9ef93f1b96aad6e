"""What a sheet turned out to be: its dataset, its columns, where its rows begin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warehouse.imports.knowledge import Field
from warehouse.imports.sheets import Sheet

if TYPE_CHECKING:
    from warehouse.imports.exams import Subject


SUM = "sum"


@dataclass(frozen=True)
class Column:
    """A column of a sheet that feeds a field.

    `role` says how blanks and marks read: `own` in our sheets; in official layouts `total`
    (blank is missing), `part` (blank is 0), `sum` (a part that several columns add up to), `key`,
    `attribute`, `soft` (an unknown term is left out, not refused) or `fill` (written once a group).
    `stage` is set where the layout decides it; `tick` is the term that a mark in the column means
    (√ under 省级骨干); `added` are the columns whose figures are added to its own.
    """

    at: int
    name: str
    field: Field
    unit: str = ""
    factor: float = 1.0
    role: str = "own"
    stage: str | None = None
    stage_rule: str = ""
    tick: str = ""
    added: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """A name for the column's values that is its own within a table."""
        return f"{self.field.dataset}.{self.field.name}.{self.stage or self.tick}"


@dataclass
class Table:
    """A sheet read as one dataset, or as an official layout that feeds several."""

    sheet: Sheet
    dataset: str
    columns: list[Column]
    header_top: int
    body_top: int
    layout: str | None = None
    entitled: bool = False
    titles: list[str] = field(default_factory=list)
    stage: str | None = None
    extra_columns: list[str] = field(default_factory=list)
    doubled: list[tuple[str, str]] = field(default_factory=list)
    county_at: int | None = None
    odd_units: list[tuple[str, str]] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)

    @property
    def datasets(self) -> list[str]:
        """The datasets this table feeds."""
        return list(dict.fromkeys(column.field.dataset for column in self.columns))

    @property
    def staged(self) -> bool:
        """True when columns say by themselves which stage their figures belong to."""
        return any(column.stage_rule == "sheet" and column.stage for column in self.columns)

    def column(self, field_name: str, dataset: str | None = None) -> Column | None:
        """Return the column that feeds `field_name`, if the sheet has one."""
        wanted = (column for column in self.columns if column.field.name == field_name)
        return next((column for column in wanted if dataset in (None, column.field.dataset)), None)
