"""Plants defects: finds rows that are still clean, changes a cell, and keeps what was true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from warehouse.demo.desk import Desk
from warehouse.demo.forms import plain
from warehouse.demo.places import generator
from warehouse.demo.sheets import Mark, Row, Sheet
from warehouse.demo.world import School

Test = Callable[[Row], bool]
# Kinds of school whose figures no indicator uses: what must be refused is planted on their rows.
OUTSIDE = ("senior", "vocational", "special")


class Planter:
    """Chooses rows by its own stream of chance; `scale` shrinks the numbers for smaller counties."""

    def __init__(self, desk: Desk, scale: float) -> None:
        self.desk, self.scale = desk, scale
        self.rng = generator(desk.county.world.seed, "dirt")

    def sheets(self, dataset: str, year: int | None = None) -> list[Sheet]:
        """Sheets of a dataset, of one year when given."""
        return [s for s in self.desk.sheets if s.dataset == dataset and year in (None, s.school_year)]

    def number(self, full: int) -> int:
        """How many of a kind to plant in a county of this size."""
        return max(1, round(full * self.scale))

    def rows(self, sheet: Sheet, count: int, test: Test | None = None) -> list[Row]:
        """Return up to `count` clean rows that pass `test`, spread over the sheet, in its order."""
        found: list[int] = []
        for index in map(int, self.rng.permutation(len(sheet.rows))):
            row = sheet.rows[index]
            if len(found) < count and not row.is_touched and (test is None or test(row)):
                found.append(index)
        return [sheet.rows[index] for index in sorted(found)]

    def zeros(self, sheet: Sheet, at: int, count: int) -> list[Row]:
        """Return up to `count` clean rows whose cell in column `at` is 0."""
        return self.rows(sheet, self.number(count), lambda row: row.values[at] == 0)

    def change(
        self,
        sheet: Sheet,
        column: str,
        count: int,
        kind: str,
        dirty: Callable[[Any], Any],
        *,
        treatment: str = "fix",
        test: Test | None = None,
        true: Callable[[Any], Any] = plain,
    ) -> None:
        """Change `count` filled cells of a column by `dirty` and note the truth."""
        at = sheet.column(column)

        def fits(row: Row) -> bool:
            value = row.values[at]
            return value not in (None, "") and dirty(value) != value and (test is None or test(row))

        for row in self.rows(sheet, self.number(count), fits):
            self.set(row, at, kind, dirty(row.values[at]), treatment, true(row.values[at]))

    def set(self, row: Row, at: int, kind: str, dirty: Any, treatment: str, true: Any) -> None:
        """Write `dirty` into one cell and note what was true."""
        row.marks.append(Mark(at, kind, plain(true), treatment))
        row.values[at] = dirty

    def turn(self, row: Row, kind: str, treatment: str, true: str = "") -> None:
        """Note a defect of the whole row."""
        row.marks.append(Mark(None, kind, true, treatment))

    def insert(self, sheet: Sheet, at: int, row: Row, kind: str, treatment: str) -> None:
        """Put an extra row into a sheet."""
        self.turn(row, kind, treatment)
        sheet.rows.insert(at, row)

    def repeat(
        self,
        sheet: Sheet,
        count: int,
        *,
        change: tuple[str, Callable[[Any], Any]] | None = None,
        test: Test | None = None,
    ) -> None:
        """Repeat clean rows further down: as they are, or with one column changed (then both are refused)."""
        for row in self.rows(sheet, self.number(count), test):
            copy = Row(list(row.values), school=row.school)
            if change:
                at = sheet.column(change[0])
                copy.values[at] = change[1](copy.values[at])
                self.turn(row, "conflicting_duplicate", "reject_row")
            kind = "conflicting_duplicate" if change else "exact_duplicate"
            self.insert(sheet, len(sheet.rows) - 1, copy, kind, "reject_row" if change else "fix")

    def head(self, sheet: Sheet, column: str | None, kind: str, true: str, treatment: str = "fix") -> None:
        """Note a defect of a header (or of the whole sheet)."""
        at = None if column is None else sheet.column(column)
        sheet.marks.append(Mark(at, kind, true, treatment))

    def school(self, row: Row, sheet: Sheet) -> School | None:
        """The school of a row, by code; None where the row no longer gives one."""
        return self.desk.county.world.schools.get(str(row.values[sheet.column("学校标识码")]))

    def outside(self, sheet: Sheet) -> Test:
        """Test for rows of schools that no indicator uses."""
        return lambda row: (found := self.school(row, sheet)) is not None and found.kind in OUTSIDE

    def alias(self, alias: str, school: School) -> bool:
        """Register an alias; False when it already means another school."""
        world = self.desk.county.world
        names = {
            name
            for other in world.schools.values()
            if other is not school
            for name in (other.name, other.former_name, other.renamed[1] if other.renamed else "")
        }
        if alias in names or self.desk.aliases.get(alias, school.code) != school.code:
            return False
        self.desk.aliases[alias] = school.code
        return True

    def call(
        self,
        sheet: Sheet,
        count: int,
        kind: str,
        name: Callable[[School], str],
        *,
        alias: bool,
        column: str = "学校标识码",
        test: Callable[[School], bool] | None = None,
    ) -> None:
        """Write another name of the school where its code belongs, resolving through an alias if asked."""
        at, year = sheet.column(column), sheet.school_year
        world = self.desk.county.world

        def fits(row: Row) -> bool:
            school = self.school(row, sheet)
            if school is None or world.has_twin(year, school) or (test and not test(school)):
                return False
            return name(school) != school.name_in(year) or not alias

        for row in self.rows(sheet, self.number(count), fits):
            school = self.school(row, sheet)
            if school and (not alias or self.alias(name(school), school)):
                self.set(row, at, kind, name(school), "fix", school.code)
