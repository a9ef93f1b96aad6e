"""What-if: changes laid on a copy of a county's amounts, and where everything then stands.

A scenario is a list of `Change`, laid on one after another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

from planning.county import (
    MEASURE,
    POINT_TYPES,
    PUPILS,
    STAGE,
    Base,
    amounts,
    insist_on_school,
    name_of,
    with_parts,
)
from planning.refusals import ImpossibleChangeError
from planning.standing import Standing, stand

WHOLE = "whole"


@dataclass(frozen=True)
class Change:
    """One thing done. Its `kind` says which fields speak.

    `adjust`: `amounts` are added at `school` (taken away where negative), at `stage` or for the whole school.
    `transfer`: `amounts` go from `school` to the one school in `to`. `close`: everything of `school` goes to
    the schools in `to`, by their shares. `open`: a new school `school` named `name`, of `school_type`,
    teaching `stage`. `join`: `school` moves to the consortium in `to` (none: it leaves).
    """

    kind: str
    school: str
    stage: str = WHOLE
    amounts: dict[str, float] = field(default_factory=dict)
    to: dict[str, float] = field(default_factory=dict)
    name: str = ""
    school_type: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return what is kept of it: the fields that say something."""
        return {key: value for key, value in asdict(self).items() if value}


def inverse(change: Change) -> Change:
    """Return the change that undoes an adjustment or a transfer."""
    opposite = {measure: -amount for measure, amount in change.amounts.items()}
    return Change(change.kind, change.school, change.stage, opposite, change.to)


def outcome(base: Base, changes: Sequence[Change]) -> Standing:
    """Return where every school and the county stand after the changes."""
    return stand(amounts(apply(base, changes)), base.yardstick)


def apply(base: Base, changes: Sequence[Change]) -> Base:
    """Lay the changes on a copy, one after another."""
    for number, change in enumerate(changes, 1):
        try:
            base = APPLIED[change.kind](base, change)
        except ImpossibleChangeError as refused:
            raise refused.at(number) from refused
    return base


def _adjust(base: Base, change: Change) -> Base:
    insist_on_school(base, change.school)
    rows = [
        (change.school, *_place(base, change, measure), amount) for measure, amount in change.amounts.items()
    ]
    return _added(base, rows)


def _transfer(base: Base, change: Change) -> Base:
    if len(change.to) != 1:
        raise ImpossibleChangeError("调动要写明一所接收学校。", "A transfer names one receiving school.")
    (receiver,) = change.to
    taken = {measure: -amount for measure, amount in change.amounts.items()}
    base = _adjust(base, Change("adjust", change.school, change.stage, taken))
    return _adjust(base, Change("adjust", receiver, change.stage, change.amounts))


def _place(base: Base, change: Change, measure: str) -> tuple[str, str, bool]:
    """Return the stage row and whether the shared amount grows: a school of one stage has nothing shared."""
    taught = base.stages.filter(pl.col("school_code") == change.school)["stage"].to_list()
    if change.stage != WHOLE:
        return change.stage, measure, False
    if not taught:
        raise ImpossibleChangeError("请写明学段。", "Name the stage.")
    return (taught[0], measure, False) if len(taught) == 1 else (WHOLE, measure, True)


def _added(base: Base, rows: list[tuple[str, str, str, bool, float]]) -> Base:
    """Add amounts to school, stage and measure; a stage the school did not teach is taught from now on."""
    schema = {"school_code": pl.String, "stage": pl.String, "measure": pl.String, "is_shared": pl.Boolean}
    more = pl.DataFrame(rows, schema={**schema, "more": pl.Float64}, orient="row")
    for measure in set(more["measure"]) - set(base.measures["measure"]):
        raise ImpossibleChangeError(f"没有数量项 {measure}。", f"There is no measure {measure}.")
    base = _teaching(base, more.filter(~pl.col("is_shared")))
    own = more.filter(~pl.col("is_shared")).group_by(MEASURE).agg(own_more=pl.col("more").sum())
    whole = more.filter("is_shared").group_by("school_code", "measure").agg(whole_more=pl.col("more").sum())
    grown = (
        base.measures.join(own, on=MEASURE, how="left")
        .join(whole, on=["school_code", "measure"], how="left")
        .with_columns(
            own_amount=pl.col("own_amount") + pl.col("own_more").fill_null(0.0),
            shared_amount=pl.col("shared_amount") + pl.col("whole_more").fill_null(0.0),
        )
    )
    _refuse_less_than_nothing(base, grown)
    return with_parts(base, measures=grown.drop("own_more", "whole_more"))


def _teaching(base: Base, own: pl.DataFrame) -> Base:
    """Return the base with a row for each stage that amounts are added to."""
    new = own.select(STAGE).unique().join(base.stages, on=STAGE, how="anti")
    if new.is_empty():
        return base
    types = dict(base.schools.select("school_code", "school_type").iter_rows())
    rows = [
        (school, stage, base.weights.get((types.get(school) or "", stage), base.weights["", stage]), None)
        for school, stage in new.iter_rows()
    ]
    stages = pl.DataFrame(rows, schema=base.stages.schema, orient="row")
    empty = new.join(base.measures.select("measure").unique(), how="cross")
    empty = empty.with_columns(own_amount=pl.lit(0.0), shared_amount=_sharedwith_parts(base, empty))
    return with_parts(
        base,
        stages=pl.concat([base.stages, stages]),
        measures=pl.concat([base.measures, empty.select(base.measures.columns)]),
    )


def _sharedwith_parts(base: Base, new: pl.DataFrame) -> pl.Series:
    """Return the whole-school amounts that a school's new stage shares with the others."""
    shared = base.measures.group_by("school_code", "measure").agg(pl.col("shared_amount").max())
    return new.join(shared, on=["school_code", "measure"], how="left", maintain_order="left")[
        "shared_amount"
    ].fill_null(0.0)


def _refuse_less_than_nothing(base: Base, grown: pl.DataFrame) -> None:
    below = grown.filter((pl.col("own_amount") < -1e-6) | (pl.col("shared_amount") < -1e-6))
    if below.is_empty():
        return
    row = below.row(0, named=True)
    name = name_of(base, row["school_code"])
    raise ImpossibleChangeError(
        f"{name} 没有这么多可减：{row['measure']}（{row['stage']}）会成为负数。",
        f"{name} has not so much to give: {row['measure']} ({row['stage']}) would fall below zero.",
    )


def _close(base: Base, change: Change) -> Base:
    """Give everything of a school to its receivers by their shares, whole units uncut, and take it off."""
    insist_on_school(base, change.school)
    if not change.to or change.school in change.to or abs(sum(change.to.values()) - 1) > 1e-9:
        raise ImpossibleChangeError(
            "撤并要写明接收学校，各校份额合计为 1。",
            "A closure names its receivers; their shares add up to 1.",
        )
    given = base.measures.filter(pl.col("school_code") == change.school)
    rows: list[tuple[str, str, str, bool, float]] = []
    for stage, measure, own in given.select("stage", "measure", "own_amount").iter_rows():
        parts = _parts(own or 0.0, list(change.to.values()), whole=measure in base.whole_measures)
        rows += [(to, stage, measure, False, part) for to, part in zip(change.to, parts, strict=True) if part]
    shared = given.group_by("measure").agg(pl.col("shared_amount").max())
    for measure, amount in shared.iter_rows():
        parts = _parts(amount or 0.0, list(change.to.values()), whole=measure in base.whole_measures)
        for to, part in zip(change.to, parts, strict=True):
            rows += [(to, *_place(base, Change("adjust", to), measure), part)] if part else []
    for to in change.to:
        insist_on_school(base, to)
    return _without(_added(base, rows), change.school)


def _parts(amount: float, shares: list[float], *, whole: bool) -> list[float]:
    """Share an amount; whole units by largest remainder."""
    exact = [amount * share for share in shares]
    if not whole or amount != int(amount):
        return exact
    floors = [float(int(part)) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: floors[i] - exact[i])
    for i in by_remainder[: round(amount - sum(floors))]:
        floors[i] += 1
    return floors


def _without(base: Base, school: str) -> Base:
    kept = pl.col("school_code") != school
    return with_parts(
        base,
        schools=base.schools.filter(kept),
        stages=base.stages.filter(kept),
        measures=base.measures.filter(kept),
        extras=base.extras.filter(kept),
    )


def _open(base: Base, change: Change) -> Base:
    """Add a school without pupils or resources, which later changes bring."""
    if change.school in base.schools["school_code"]:
        raise ImpossibleChangeError(
            f"{change.school} 已有学校。", f"There is a school {change.school} already."
        )
    is_point = change.school_type in POINT_TYPES
    row = pl.DataFrame(
        [(change.school, change.name or change.school, change.school_type, is_point)],
        schema=base.schools.schema,
        orient="row",
    )
    grown = with_parts(base, schools=pl.concat([base.schools, row]))
    return _added(grown, [(change.school, change.stage, PUPILS, False, 0.0)])


def _join(base: Base, change: Change) -> Base:
    """A consortium is drawn anew: no school's amounts change."""
    insist_on_school(base, change.school)
    return base


APPLIED = {"adjust": _adjust, "transfer": _transfer, "close": _close, "open": _open, "join": _join}
