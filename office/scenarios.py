"""What-if over a published county: what a scenario changes, kept by name, compared, turned into entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from office import ledger
from office.amounts import base
from office.investment import units
from office.plainly import plainly
from office.rights import WRITE_RECORDS, Reader, insist
from planning import alliances
from planning.county import amounts
from planning.refusals import ImpossibleChangeError
from planning.scenario import Change, apply
from planning.standing import COMPOSITE, Standing, stand
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.read import rows
from workspace import authors, scenarios
from workspace.ledger import Draft
from workspace.scenarios import Saved
from workspace.store import Store

SCHOOL = ["school_code", "stage"]
COUNTY = ["stage", "indicator_code"]
Row = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """A scenario beside the published county."""

    name: str
    changes: list[Change]
    before: Standing
    after: Standing
    schools: pl.DataFrame
    """school_code, school_name: of the snapshot and of the scenario."""

    def flips(self) -> pl.DataFrame:
        """Return the schools whose verdict is another, or that are new or gone."""
        now = self.after.schools.select(*SCHOOL, "students", verdict="verdict")
        was = self.before.schools.select(*SCHOOL, students_before="students", verdict_before="verdict")
        both = now.join(was, on=SCHOOL, how="full", coalesce=True)
        changed = both.filter(pl.col("verdict").ne_missing(pl.col("verdict_before")))
        return changed.join(self.schools, on="school_code", how="left").sort(SCHOOL)

    def balance(self) -> pl.DataFrame:
        """Return every coefficient before and after."""
        was = self.before.balance.select(
            *COUNTY, cv_before="cv", mean_before="county_mean", status_before="status"
        )
        return self.after.balance.join(was, on=COUNTY, how="left")

    def verdicts(self) -> pl.DataFrame:
        """Return the county's counts before and after, a row a stage."""
        was = self.before.verdicts.rename(
            {name: f"{name}_before" for name in self.before.verdicts.columns if name != "stage"}
        )
        return self.after.verdicts.join(was, on="stage", how="left").sort("stage", descending=True)

    def indicators(self) -> pl.DataFrame:
        """Return every school's indicator whose value is another."""
        keys = [*SCHOOL, "indicator_code"]
        was = self.before.indicators.select(*keys, value_before="value", status_before="status")
        both = self.after.indicators.join(was, on=keys, how="left")
        moved = (pl.col("value") - pl.col("value_before")).abs() > 1e-9
        appeared = pl.col("value").is_null() != pl.col("value_before").is_null()
        changed = both.filter(moved.fill_null(False) | appeared)
        return changed.join(self.schools, on="school_code", how="left").sort(keys)


def outcome(snapshot: str, standard: str, year: int, name: str, changes: Sequence[Change]) -> Outcome:
    """Return what the changes make of a published county."""
    county = base(snapshot, standard, year)
    try:
        changed = apply(county, changes)
    except ImpossibleChangeError as refused:
        raise JunhengError(refused.message_zh, refused.message_en) from refused
    names = pl.concat([changed.schools, county.schools]).select("school_code", "school_name")
    return Outcome(
        name=name,
        changes=list(changes),
        before=stand(amounts(county), county.yardstick),
        after=stand(amounts(changed), county.yardstick),
        schools=names.unique("school_code", keep="first", maintain_order=True),
    )


def consortiums(snapshot: str, year: int, found: Outcome) -> pl.DataFrame:
    """Return the gaps of every consortium that the scenario draws anew, before and after."""
    members = rows(
        snapshot,
        """select consortium_code, school_code, role from marts.dim_consortium_member
        where school_year = ? order by all""",
        year,
    )
    was = alliances.gaps(members, found.before).rename({"gap": "gap_before"})
    now = alliances.gaps(alliances.drawn(members, found.changes), found.after)
    keys = alliances.GROUP
    both = now.join(was.select(*keys, "gap_before"), on=keys, how="left")
    return both.filter((pl.col("gap") - pl.col("gap_before").fill_null(float("inf"))).abs() > 1e-9)


@dataclass(frozen=True)
class Known:
    """What a step may name: schools, measures the standard judges, types and consortiums."""

    schools: dict[str, str]
    measures: list[str]
    types: list[str]
    units: dict[str, str]
    consortiums: dict[str, str]


def choices(snapshot: str, standard: str, year: int, language: str) -> Known:
    """Return what a step may name in a published county."""
    county = base(snapshot, standard, year)
    found = rows(snapshot, "select measure, is_shared from marts.dim_measure")
    bought = set(found.filter("is_shared")["measure"]) & set(county.measures["measure"])
    judged = county.indicators.sort("indicator_code")["numerator_measure"].unique(maintain_order=True)
    groups = rows(snapshot, "select consortium_code, consortium_name from marts.dim_consortium order by all")
    return Known(
        schools=dict(county.schools.select("school_code", "school_name").iter_rows()),
        measures=[measure for measure in judged if measure in bought],
        types=sorted({kind for kind, _stage in county.weights if kind}),
        units=units(snapshot, language),
        consortiums=dict(groups.iter_rows()),
    )


def is_single() -> pl.Expr:
    """Return the condition that a coefficient belongs to one indicator."""
    return pl.col("indicator_code") != COMPOSITE


def draft(standard: str, year: int, snapshot_id: str, steps: Sequence[Row], name: str) -> Saved:
    """Return a scenario as it will be kept."""
    return Saved(name, standard, year, snapshot_id, [change(row).as_dict() for row in steps])


def beside(snapshot: str, standard: str, year: int, saved: Saved) -> tuple[str, list[Row], pl.DataFrame]:
    """Return a kept scenario's name, verdicts and flips on a published county."""
    found = outcome(snapshot, standard, year, saved.name, [change(row) for row in saved.changes])
    return saved.name, found.verdicts().to_dicts(), found.flips()


def change(row: Mapping[str, Any]) -> Change:
    """Return a change as it was kept."""
    return Change(**row)


@plainly
def save(home: Home, saved: Saved, name: str) -> None:
    """Keep a scenario under its name."""
    insist(Reader(home, name), WRITE_RECORDS)
    scenarios.save(Store(home.root), saved, authors.typed(name))


@plainly
def listed(home: Home) -> list[Saved]:
    """Return the kept scenarios, the latest first."""
    return scenarios.listed(Store(home.root))


@plainly
def forget(home: Home, scenario: str, name: str) -> None:
    """Take a kept scenario off the list."""
    insist(Reader(home, name), WRITE_RECORDS)
    scenarios.forget(Store(home.root), scenario)


def enter(
    home: Home, saved: Saved, said: Sequence[str], name: str, schools: Mapping[str, str]
) -> tuple[list[int], list[int]]:
    """Turn a scenario's steps into ledger entries, each with its sentence; see `ledger.enter`."""
    title = " ".join(saved.name.split())
    if not title:
        raise JunhengError("请给方案起个名字。", "Give the scenario a name.", 2)
    drafts = [
        Draft(
            source_kind="scenario",
            source_ref=f"{title} · {number}",
            standard_code=saved.standard_code,
            school_year=saved.school_year,
            school_code=str(row["school"]),
            school_name=schools.get(str(row["school"]), str(row.get("name", ""))),
            stage=str(row.get("stage", "")) if row.get("stage") in ("primary", "junior") else "",
            snapshot_id=saved.snapshot_id,
            title=title,
            problem=title,
            measure=sentence,
        )
        for number, (row, sentence) in enumerate(zip(saved.changes, said, strict=True), 1)
    ]
    return ledger.enter(home, drafts, name)
