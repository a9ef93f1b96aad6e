"""A plan as frames for pages, files and commands: moves, schools, coefficients, frontier, what is lacking."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from planning.exchange import Plan
from planning.exchange_check import Break
from planning.exchange_problem import KINDS

Row = dict[str, Any]
CELL = ["school_code", "stage"]
BRIEF = [
    "from_school_code",
    "to_school_code",
    "stage",
    "is_qualified",
    "is_backbone",
    "is_pe_arts",
    "teachers",
]


def moves(plan: Plan) -> pl.DataFrame:
    """Return a row a move, those to defend first on top, with what is lost without one of its teachers."""
    frame = plan.cells.frame
    rows = []
    for move, breaks in zip(plan.moves.to_dicts(), plan.breaks, strict=True):
        sender, host = frame.row(move["from_cell"], named=True), frame.row(move["to_cell"], named=True)
        marks = KINDS[move["kind"]].astype(bool)
        rows.append(
            {
                "order": move["order"],
                "from_school_code": sender["school_code"],
                "school_code": sender["school_code"],
                "school_name": sender["school_name"],
                "to_school_code": host["school_code"],
                "to_school_name": host["school_name"],
                "stage": sender["stage"],
                "kind": move["kind"],
                "is_qualified": bool(marks[0]),
                "is_backbone": bool(marks[1]),
                "is_pe_arts": bool(marks[2]),
                "teachers": move["teachers"],
                "km": move["km"],
                "same_township": sender["township"] is not None and sender["township"] == host["township"],
                "alternatives": move["alternatives"],
                "reasons": [_reason(plan, one) for one in breaks],
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)


def _reason(plan: Plan, one: Break) -> Row:
    """Return what does not hold without a move, in the codes of the marts."""
    frame = plan.cells.frame
    place = frame.row(one.cell, named=True) if one.cell is not None else {}
    stage = one.stage or place.get("stage", "")
    return {
        "what": one.what,
        "school_name": place.get("school_name"),
        "school_code": place.get("school_code"),
        "stage": stage,
        "indicator_code": plan.codes.get((stage, one.mark)) if one.mark is not None else None,
    }


def schools(plan: Plan) -> pl.DataFrame:
    """Return a row a school's stage: verdicts before and after, who leaves and joins, changes on top."""
    cells = plan.cells.frame.select(*CELL, "school_name", "township", "is_lost", "is_known").with_columns(
        leaving=pl.Series(plan.found.leave.sum(axis=1)), joining=pl.Series(plan.found.join.sum(axis=1))
    )
    after = plan.after.schools.select(*CELL, verdict_after="verdict")
    return (
        cells.join(
            plan.before.schools.select(*CELL, "students", verdict_before="verdict"), on=CELL, how="left"
        )
        .join(after, on=CELL, how="left")
        .sort(
            pl.col("verdict_before") == pl.col("verdict_after"),
            -(pl.col("leaving") + pl.col("joining")),
            "stage",
            "school_code",
        )
    )


def indicators(plan: Plan) -> pl.DataFrame:
    """Return a row a school, stage and indicator of teachers: value and status before and after."""
    key = [*CELL, "indicator_code"]
    wanted = pl.col("indicator_code").is_in(sorted(set(plan.codes.values())))
    columns = ["numerator", "value", "status"]
    before = plan.before.indicators.filter(wanted).select(
        *key, "threshold", *(pl.col(one).alias(f"{one}_before") for one in columns)
    )
    after = plan.after.indicators.filter(wanted).select(
        *key, *(pl.col(one).alias(f"{one}_after") for one in columns)
    )
    return (
        before.join(after, on=key, how="left", maintain_order="left")
        .join(plan.cells.frame.select(*CELL, "school_name"), on=CELL, how="left", maintain_order="left")
        .with_columns(change=pl.col("numerator_after") - pl.col("numerator_before"))
        .sort(pl.col("change") == 0, "stage", "school_code", "indicator_code")
    )


def balance(plan: Plan) -> pl.DataFrame:
    """Return the coefficients of the teachers' indicators before and after, against their limits."""
    key = ["stage", "indicator_code"]
    wanted = pl.col("indicator_code").is_in(sorted(set(plan.codes.values())))
    before = plan.before.balance.filter(wanted).select(
        *key, "cv_limit", cv_before="cv", status_before="status"
    )
    after = plan.after.balance.filter(wanted).select(*key, cv_after="cv", status_after="status")
    return before.join(after, on=key).sort(pl.col("stage") != "primary", "indicator_code")


def verdicts(plan: Plan) -> pl.DataFrame:
    """Return how many schools comply before and after, a row a stage."""
    after = plan.after.verdicts.select("stage", compliant_after="schools_compliant")
    before = plan.before.verdicts.select("stage", "schools", compliant_before="schools_compliant")
    return before.join(after, on="stage").sort(pl.col("stage") != "primary")


def frontier(plan: Plan) -> pl.DataFrame:
    """Return the fewest moves for each margin above the lines; none where no exchange reaches it."""
    rows = [
        {
            "margin": margin,
            "moves": found.moves if found.has_plan else None,
            "bound": found.bound if found.has_plan else None,
            "status": found.status,
        }
        for margin, found in plan.frontier
    ]
    return pl.DataFrame(
        rows, schema={"margin": pl.Float64, "moves": pl.Int64, "bound": pl.Int64, "status": pl.String}
    )


def posts(plan: Plan) -> pl.DataFrame:
    """Return the new posts lacking, a row a school, stage and kind."""
    found = (
        plan.lack.posts
        if plan.lack is not None and plan.lack.posts is not None
        else np.zeros((0, len(KINDS)))
    )
    rows = []
    for cell, kind in np.argwhere(found):
        place = plan.cells.frame.row(int(cell), named=True)
        rows.append(
            {
                "school_code": place["school_code"],
                "school_name": place["school_name"],
                "stage": place["stage"],
                "is_qualified": bool(KINDS[kind][0]),
                "is_backbone": bool(KINDS[kind][1]),
                "is_pe_arts": bool(KINDS[kind][2]),
                "posts": int(found[cell, kind]),
            }
        )
    return pl.DataFrame(rows)


def left_out(plan: Plan) -> pl.DataFrame:
    """Return the schools' stages whose figures are missing, and those that R4–R7 keep from complying."""
    columns = [*CELL, "school_name", "is_known", "is_lost", "others_unmet_codes"]
    return plan.cells.frame.filter(~pl.col("is_known") | pl.col("is_lost")).select(columns)


def summary(plan: Plan) -> Row:
    """Return the answer in a few figures: status, moves, bound, gap, what is lacking."""
    lack = plan.lack
    return {
        "status": plan.found.status,
        "moves": plan.found.moves if plan.found.has_plan else None,
        "bound": plan.found.bound,
        "gap": plan.found.gap if plan.found.has_plan else None,
        "obvious_moves": plan.obvious,
        "has_obvious_way": plan.found.has_plan and plan.problem.target is None,
        "movable_teachers": int(plan.problem.supply.sum()),
        "counts_at": plan.counts_at,
        "seconds": round(plan.seconds, 1),
        "new_posts": None if lack is None or lack.posts is None else lack.total,
        "new_posts_are_least": None if lack is None else lack.is_least,
        "short": []
        if lack is None
        else [
            {"stage": stage, "indicator_code": code, "teachers": n} for (stage, code), n in lack.short.items()
        ],
        "limits_in_the_way": [] if lack is None else list(lack.in_the_way),
    }


def everything(plan: Plan) -> Row:
    """Return the whole answer as plain values, the form of `--json`."""
    return {
        "summary": summary(plan),
        "moves": moves(plan).to_dicts(),
        "new_posts": posts(plan).to_dicts(),
        "balance": balance(plan).to_dicts(),
        "schools": schools(plan).to_dicts(),
        "indicators": indicators(plan).to_dicts(),
        "frontier": frontier(plan).to_dicts(),
        "left_out": left_out(plan).to_dicts(),
    }
