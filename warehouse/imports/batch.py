"""All that one call of import gathers: tables read, issues noted, rows refused, frames to land."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from warehouse.home import Home
from warehouse.imports.body import data_rows
from warehouse.imports.exams import SCORES
from warehouse.imports.knowledge import DATASET_TITLES, Knowledge
from warehouse.imports.reading import DATED_BY, FAULTS, ReadTable, Settings
from warehouse.imports.report import Issue, SourceReport, issue, rules
from warehouse.imports.resolve import Register
from warehouse.imports.sheets import Sheet
from warehouse.imports.sources import Source
from warehouse.imports.tables import Table

ROW = {"table": pl.UInt32, "row_number": pl.UInt32}
CELL_RULES = ("D251", "D252", "D253", "D254")
"""Rules that refuse one cell of a row and let the others land."""
ROWS_SHOWN = 12


@dataclass
class Batch:
    """The state of one call; `frames` holds the rows to land by dataset once it is settled.

    Of `refused` rows those in `lost` do not land at all; of the others (scores) only single cells do not.
    `personal` holds the hashes of files with pupils' names and numbers.
    """

    home: Home
    knowledge: Knowledge
    settings: Settings
    tables: list[ReadTable] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    faults: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FAULTS))
    refused: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ROW))
    lost: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ROW))
    personal: set[str] = field(default_factory=set)
    set_aside: list[SourceReport] = field(default_factory=list)
    register: Register = field(default_factory=Register)
    guides: int = 0
    unopened: int = 0

    @property
    def recognised(self) -> bool:
        """True when some sheet was taken for a dataset, be it only to refuse it."""
        return bool(self.tables) or any(report.dataset for report in self.set_aside)

    @property
    def refused_rows(self) -> int:
        """Rows refused, each once, those of refused sheets included; a file that cannot be opened is one."""
        return self.refused.height + sum(report.rows_refused for report in self.set_aside) + self.unopened

    def note_file(self, rule: str, file_name: str, detail: str = "") -> None:
        """Note something about a whole file."""
        self.issues.append(issue(rule, file_name=file_name, detail=detail))
        self.unopened += rules()[rule]["severity"] == "error"

    def note_sheet(self, rule: str, sheet: Sheet, **details: Any) -> None:
        """Note something about a sheet."""
        self.issues.append(issue(rule, file_name=sheet.file_name, sheet_name=sheet.name or None, **details))

    def note_repeats(self, rows: pl.DataFrame, dataset: str) -> None:
        """Note by sheet which rows (`table`, `row_number`) only repeat earlier ones."""
        place = rows.select("table", "row_number").unique().sort("table", "row_number")
        for number in place["table"].unique(maintain_order=True).to_list():
            at = place.filter(pl.col("table") == number)["row_number"].cast(pl.String).to_list()
            said = "、".join(at[:ROWS_SHOWN]) + (f" … ({len(at)})" if len(at) > ROWS_SHOWN else "")
            self.note_sheet("D113", self.tables[number].table.sheet, detail=said, dataset=dataset)

    def note_unknown(self, sheet: Sheet, nearest: Table | None, headers: list[str]) -> None:
        """Note a sheet that could not be read as anything; one that came close is refused."""
        asked = self.settings.dataset is not None and nearest is not None and len(nearest.columns) > 1
        if nearest and nearest.dataset == SCORES:
            self.personal.add(sheet.source.file_hash)
        if nearest and (asked or _is_near(nearest)):
            self.refuse_sheet("D105", nearest)
            return
        seen = "、".join(headers) or "—"
        if nearest:
            lacking = "、".join(nearest.lacking or ["学段"])
            self.note_sheet("D103", sheet, headers=seen, nearest=title_of(nearest.dataset), lacking=lacking)
        else:
            self.note_sheet("D137", sheet, headers=seen)
        self.set_aside.append(_report(sheet, None, 0))

    def refuse_sheet(self, rule: str, table: Table, column_name: str | None = None, detail: str = "") -> None:
        """Refuse a whole sheet for want of something it needs."""
        rows = data_rows(table).height
        self.note_sheet(
            rule,
            table.sheet,
            column_name=column_name,
            nearest=title_of(table.dataset),
            lacking="、".join(table.lacking),
            dataset=table.dataset,
            detail=detail,
        )
        self.set_aside.append(_report(table.sheet, table.dataset, max(rows, 1)))

    def refuse_forms(self, rule: str, sheet: Sheet, name: str, count: int) -> None:
        """Refuse a whole workbook of forms for want of something it needs."""
        self.note_sheet(rule, sheet, nearest=name, lacking="", dataset=None)
        self.set_aside.append(_report(sheet, name, count))

    def take(self, read: ReadTable) -> None:
        """Take a table in; without a school year it is refused, unless its rows have dates instead."""
        if (
            read.rows_read
            and read.values["school_year"].null_count() == read.rows_read
            and read.year_source == ""
            and read.table.dataset not in DATED_BY
        ):
            self.refuse_sheet("D106", read.table)
        else:
            self.tables.append(read)
            if read.scores is not None:
                self.personal.add(read.table.sheet.source.file_hash)

    def add_faults(self, faults: pl.DataFrame) -> None:
        """Add faults; rows with one of severity error are refused, unless it concerns a cell alone."""
        self.faults = pl.concat([self.faults, faults.select(list(FAULTS))])
        errors = [code for code, rule in rules().items() if rule["severity"] == "error"]
        rows = faults.filter(pl.col("rule_code").is_in(errors))
        whole = rows.filter(~pl.col("rule_code").is_in(CELL_RULES))
        self.refused = _with_rows(self.refused, rows)
        self.lost = _with_rows(self.lost, whole)

    def without_refused(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return rows (with `table` and `row_number`) that were not refused as a whole."""
        if self.lost.is_empty():
            return rows
        keyed = self.lost.with_columns(pl.col("row_number").cast(rows.schema["row_number"]))
        return rows.join(keyed, on=["table", "row_number"], how="anti", maintain_order="left")


def _with_rows(known: pl.DataFrame, faults: pl.DataFrame) -> pl.DataFrame:
    rows = faults.select(pl.col(name).cast(dtype) for name, dtype in ROW.items())
    return pl.concat([known, rows]).unique(maintain_order=True)


def title_of(dataset: str) -> str:
    """Return a dataset's Chinese title; a layout's name is one."""
    return DATASET_TITLES.get(dataset, (dataset,))[0]


def _is_near(table: Table) -> bool:
    """True when a sheet has more of what the dataset needs than it lacks, two columns at least.

    An official layout is known by its title: without one, a sheet that lacks something is none.
    """
    if table.layout:
        return table.entitled
    found = sum(c.field.required or c.field.name == "school_name_ref" for c in table.columns)
    found += len(table.subjects)
    return found >= 2 and found > len(table.lacking) and len(table.columns) >= 3


def _report(sheet: Sheet, dataset: str | None, refused: int) -> SourceReport:
    source: Source = sheet.source
    return SourceReport(sheet.file_name, source.file_hash, sheet.name, dataset, refused, 0, refused)
