"""School references: refuse what may be any of several schools, put back zeros that the register shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from warehouse.imports.reading import FAULTS
from warehouse.imports.text import squeezed

REFERRING = (
    ("conditions", "school_ref"),
    ("staff_counts", "school_ref"),
    ("rooms", "school_ref"),
    ("classes", "school_ref"),
    ("teachers", "school_ref"),
    ("exchanges", "school_ref"),
    ("exchanges", "to_school_ref"),
    ("consortium_members", "school_ref"),
    ("consortium_activities", "school_ref"),
    ("satisfaction", "school_ref"),
)
"""The columns that name a school of the register, by dataset."""
NAMED = {"to_school_ref": "派入学校", "school_code": "学校标识码"}


@dataclass
class Register:
    """Every school some register, landed or of this call, knows: by code, by name, by year."""

    codes: set[str] = field(default_factory=set)
    by_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_year: dict[tuple[int, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _padded: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, schools: pl.DataFrame) -> None:
        """Add a register's rows (`school_year`, `school_code`, `school_name`, `former_names`)."""
        wanted = ("school_year", "school_code", "school_name", "former_names")
        given = [name for name in wanted if name in schools.columns]
        for row in schools.select(given).unique(maintain_order=True).iter_rows(named=True):
            school = row.get("school_code") or row["school_name"]
            if row.get("school_code"):
                self.codes.add(school)
                self._padded[school.lstrip("0")].add(school)
            names = [row["school_name"], *(row.get("former_names") or "").split("|")]
            for name in filter(None, names):
                self.by_name[name].add(school)
            self.by_year[row["school_year"], row["school_name"]].add(school)

    def add_aliases(self, aliases: dict[str, str]) -> None:
        """Add the county's short names."""
        for alias, code in aliases.items():
            self.by_name[alias].add(code)

    def candidates(self, year: int, reference: str) -> list[str]:
        """Return the schools a reference may mean; more than one is ambiguous."""
        if reference in self.codes:
            return [reference]
        found = self.by_name.get(reference, set())
        coded = {school for school in found if school in self.codes}
        found = coded or found
        this_year = self.by_year.get((year, reference), set()) & found
        return sorted(this_year) if len(this_year) == 1 else sorted(found)

    def meant(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return rows with codes for the names, former and short ones too, that mean one known school."""
        if not {"school_year", "school_ref"} <= set(rows.columns) or rows.is_empty():
            return rows
        pairs = rows.select("school_year", "school_ref").drop_nulls().unique()
        found = [(*pair, self.candidates(*pair)) for pair in pairs.iter_rows()]
        schema = {"school_year": pl.Int32, "school_ref": pl.String, "meant": pl.String}
        known = [(year, ref, codes[0]) for year, ref, codes in found if len(codes) == 1]
        joined = rows.join(
            pl.DataFrame(known, schema=schema, orient="row"),
            on=["school_year", "school_ref"],
            how="left",
            maintain_order="left",
        )
        return joined.with_columns(pl.coalesce("meant", "school_ref").alias("school_ref")).drop("meant")

    def with_zeros(self, reference: str) -> str | None:
        """Return the one known code that a code without its leading zeros must be."""
        if reference in self.codes or not reference.isdigit() or reference in self.by_name:
            return None
        longer = [code for code in self._padded.get(reference, ()) if len(code) > len(reference)]
        return longer[0] if len(longer) == 1 else None


def with_register_codes(
    rows: pl.DataFrame, register: Register, column: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return rows with lost zeros put back in `column`, and a warning (schema `FAULTS`) a row changed."""
    references = rows[column].drop_nulls().unique().to_list()
    known = {reference: code for reference in references if (code := register.with_zeros(reference))}
    if not known:
        return rows, pl.DataFrame(schema=FAULTS)
    fixed = pl.col(column).replace(known)
    changed = rows.filter(pl.col(column).is_in(list(known))).unique(
        ["table", "row_number"], maintain_order=True
    )
    return rows.with_columns(fixed.alias(column)), _faults(changed, "D222", column, fixed)


def ambiguous(rows: pl.DataFrame, register: Register, column: str) -> pl.DataFrame:
    """Return a fault (schema `FAULTS`) for every row whose school in `column` may be any of several."""
    pairs = rows.select("school_year", column).drop_nulls(column).unique()
    doubtful = [
        {"school_year": year, column: reference, "may_be": "、".join(found)}
        for year, reference in pairs.iter_rows()
        if len(found := register.candidates(year, reference)) > 1
    ]
    if not doubtful:
        return pl.DataFrame(schema=FAULTS)
    schema = {"school_year": pl.Int32, column: pl.String, "may_be": pl.String}
    hit = rows.join(
        pl.DataFrame(doubtful, schema=schema),
        on=["school_year", column],
        nulls_equal=True,
        maintain_order="left",
    )
    return _faults(hit.unique(["table", "row_number"], maintain_order=True), "D216", column, pl.col("may_be"))


def names_of(schools: Iterable[pl.DataFrame]) -> Register:
    """Return a register of all the given frames of schools."""
    register = Register()
    for frame in schools:
        register.add(frame.with_columns(squeezed(pl.col("school_name")).alias("school_name")))
    return register


def _faults(rows: pl.DataFrame, rule: str, column: str, detail: pl.Expr) -> pl.DataFrame:
    return rows.select(
        "table",
        pl.col("row_number").cast(pl.UInt32),
        pl.lit(NAMED.get(column, "学校")).alias("column_name"),
        pl.lit(rule).alias("rule_code"),
        pl.col(column).alias("raw_value"),
        detail.alias("detail"),
    )
