"""From published frames and a wish to the arrays of the exchange problem."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from planning.exchange_ask import Ask
from planning.exchange_match import distances
from planning.exchange_problem import FREE, KINDS, MARKS, Problem, Target
from planning.standing import Yardstick

MEASURES = ("qualified_teachers", "backbone_teachers", "pe_arts_teachers")
"""The numerators that a teacher's marks count in, in the order of the marks."""
CELL = ["school_code", "stage"]
NO_LINE = -FREE


@dataclass(frozen=True)
class County:
    """What is published of one year under one standard, as far as an exchange touches it."""

    facts: pl.DataFrame
    """Every school's indicators with scale, numerator_measure and cv_limit."""
    teachers: pl.DataFrame
    """Every counted teacher with marks, without name."""
    schools: pl.DataFrame
    """school_code, school_name, ownership, township, longitude, latitude."""
    staff: pl.DataFrame
    """school_code, stage, full_time_teachers, class_count."""
    members: pl.DataFrame
    """consortium_code, school_code."""
    yardstick: Yardstick
    eligible: int | None
    share: float
    backbone_share: float
    counts_at: str


@dataclass(frozen=True)
class Cells:
    """One row a school's stage, in the order of the problem's arrays, with what the arrays do not say."""

    frame: pl.DataFrame
    """school_code, stage, names and place, is_lost (R4–R7 already decide), is_private, is_known."""
    km: np.ndarray
    together: np.ndarray | None


def pose(county: County, ask: Ask) -> tuple[Problem, Cells]:
    """Return the problem of a county and a wish, and what its cells are."""
    marks = _marks(county, ask)
    frame = _cells(county, marks, ask)
    counts = _matrix(frame, marks, "numerator")
    known = frame["is_known"].to_numpy()
    is_locked = frame["school_code"].is_in(list(ask.locked)).to_numpy()
    supply, eligible = _supply(county, frame, ask, known & ~is_locked)
    may_receive = known & ~is_locked & ~frame["is_private"].to_numpy()
    to_line, to_floor, shortfalls = _lines(frame, marks, counts, county, ask, may_receive)
    km = distances(frame["longitude"].to_numpy(), frame["latitude"].to_numpy())
    problem = Problem(
        schools=tuple(frame["school_code"]),
        stages=tuple(frame["stage"]),
        pupils=np.nan_to_num(frame["students"].cast(pl.Float64).to_numpy(), nan=1.0),
        counts=np.nan_to_num(counts),
        known=known,
        valued=~np.isnan(counts),
        to_line=to_line,
        to_floor=to_floor,
        shortfalls=shortfalls,
        supply=supply,
        eligible=eligible,
        may_receive=may_receive,
        leave_cap=np.full(frame.height, FREE if ask.leave_most is None else ask.leave_most),
        spare=_spare(frame, ask),
        cv_limits=_limits(marks, county, ask),
        allowed=_allowed(county, frame, ask, km),
        target=_target(county, ask),
        total=ask.total,
        tolerance=county.yardstick.tolerance,
    )
    together = _grouped(county, frame, ask.first) if ask.first else None
    return problem, Cells(frame, km, together)


def _marks(county: County, ask: Ask) -> pl.DataFrame:
    order = {measure: mark for mark, measure in enumerate(MEASURES)}
    return county.facts.filter(
        pl.col("numerator_measure").is_in(MEASURES) & pl.col("stage").is_in(ask.stages)
    ).with_columns(mark=pl.col("numerator_measure").replace_strict(order, return_dtype=pl.Int64))


def _cells(county: County, marks: pl.DataFrame, ask: Ask) -> pl.DataFrame:
    """Return the schools' stages with what their other indicators leave them, and their places."""
    others = (
        county.facts.filter(~pl.col("numerator_measure").is_in(MEASURES))
        .group_by(CELL)
        .agg(
            others_unmet=pl.col("status").is_in(["near", "below"]).sum(),
            others_below=(pl.col("status") == "below").sum(),
            others_unmet_codes=pl.col("indicator_code")
            .filter(pl.col("status").is_in(["near", "below"]))
            .sort(),
        )
    )
    tested = county.facts.group_by(CELL).agg(tested=pl.col("threshold").count().cast(pl.Int64))
    known = (
        (pl.col("numerator").null_count() == 0) & (pl.len() == len(MARKS)) & (pl.col("students") > 0).all()
    )
    allowance = pl.col("tested") - (county.yardstick.min_indicators_met or 0)
    return (
        marks.group_by(CELL)
        .agg(students=pl.col("students").first(), is_known=known.fill_null(False))
        .join(others, on=CELL, how="left")
        .join(tested, on=CELL, how="left")
        .join(county.staff.select(*CELL, "full_time_teachers", "class_count"), on=CELL, how="left")
        .join(county.schools, on="school_code", how="left")
        .with_columns(
            pl.col("others_unmet", "others_below").cast(pl.Int64).fill_null(0),  # unsigned would wrap below 0
            is_private=(pl.col("ownership") == "民办").fill_null(False),
        )
        .with_columns(
            allowance=pl.max_horizontal(allowance - pl.col("others_unmet"), pl.lit(0)).cast(pl.Int64),
            is_lost=(pl.col("others_below") > 0) | (pl.col("others_unmet") > allowance),
        )
        .sort(pl.col("stage").replace_strict({s: n for n, s in enumerate(ask.stages)}), "school_code")
    )


def _matrix(frame: pl.DataFrame, marks: pl.DataFrame, column: str) -> np.ndarray:
    """Return a column of the marks' indicators as cells by marks."""
    wide = frame.select(CELL)
    for mark in range(len(MARKS)):
        one = marks.filter(pl.col("mark") == mark).select(
            *CELL, pl.col(column).cast(pl.Float64).alias(str(mark))
        )
        wide = wide.join(one, on=CELL, how="left", maintain_order="left")
    return wide.drop(CELL).to_numpy()


def _supply(
    county: County, frame: pl.DataFrame, ask: Ask, open_cells: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Count by cell and kind who may leave, and how many of them meet the conditions."""
    found = (
        movers(county, ask)
        .group_by(*CELL, "kind")
        .agg(teachers=pl.len(), eligible=pl.col("is_eligible_next").sum())
    )
    places = {key: row for row, key in enumerate(frame.select(CELL).iter_rows())}
    supply = np.zeros((frame.height, len(KINDS)), int)
    eligible = supply.copy()
    for school, stage, kind, teachers, meeting in found.iter_rows():
        row = places.get((school, stage))
        if row is not None and open_cells[row]:
            supply[row, kind], eligible[row, kind] = teachers, meeting
    return supply, eligible


def movers(county: County, ask: Ask) -> pl.DataFrame:
    """Return the teachers who may move, each with the number of the kind."""
    chosen = county.teachers.filter(
        pl.col("is_pooled") & ~pl.col("is_exchanged") & pl.col("stage").is_in(ask.stages)
    ).drop_nulls(["is_qualified", "is_backbone", "is_pe_arts"])
    if ask.only_eligible:
        chosen = chosen.filter("is_eligible_next")
    if ask.subjects:
        chosen = chosen.filter(pl.col("subject").is_in(ask.subjects))
    if ask.duty_statuses:
        chosen = chosen.filter(pl.col("duty_status").fill_null("在岗").is_in(ask.duty_statuses))
    kind = (
        pl.col("is_qualified").cast(int)
        + 2 * pl.col("is_backbone").cast(int)
        + 4 * pl.col("is_pe_arts").cast(int)
    )
    return chosen.with_columns(kind=kind)


def _lines(
    frame: pl.DataFrame,
    marks: pl.DataFrame,
    counts: np.ndarray,
    county: County,
    ask: Ask,
    reachable: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the least changes to threshold and floor, and how many shortfalls a cell may have."""
    tolerance = county.yardstick.tolerance
    wanted = {
        line: _least_change(_matrix(frame, marks, line), frame, marks, counts, tolerance)
        for line in ("threshold", "floor_value")
    }
    raised = {
        line: _least_change(_matrix(frame, marks, line) * (1 + ask.margin), frame, marks, counts, tolerance)
        for line in ("threshold", "floor_value")
    }
    held = np.where(
        wanted["threshold"] <= 0,
        wanted["threshold"],
        np.where(wanted["floor_value"] <= 0, wanted["floor_value"], 0),
    )
    if not ask.keeps_met:
        held = np.full_like(held, NO_LINE)
    allowance = frame["allowance"].to_numpy()
    asked = np.full(frame.height, ask.thresholds)
    if ask.spares_lost:
        misses = (raised["floor_value"] > 0).any(axis=1) | ((raised["threshold"] > 0).sum(axis=1) > allowance)
        asked = asked & ~frame["is_lost"].to_numpy() & ~(~reachable & misses)
    line = np.where(asked[:, None], raised["threshold"], held)
    floor = np.where(asked[:, None], raised["floor_value"], held)
    return line, floor, np.where(asked, allowance, 0)


def _least_change(
    lines: np.ndarray, frame: pl.DataFrame, marks: pl.DataFrame, counts: np.ndarray, tolerance: float
) -> np.ndarray:
    pupils, scale = _matrix(frame, marks, "denominator"), _matrix(frame, marks, "scale")
    least = np.ceil(lines * (1 - tolerance) * pupils / scale - counts)
    return np.where(np.isnan(least), NO_LINE, np.nan_to_num(least)).astype(int)


def _spare(frame: pl.DataFrame, ask: Ask) -> np.ndarray:
    """Return how many teachers each cell may lose, net; none where classes or teachers are unknown."""
    if not ask.per_class:
        return np.full(frame.height, FREE)
    per_class = frame["stage"].replace_strict(dict(ask.per_class), default=0.0, return_dtype=pl.Float64)
    spare = (frame["full_time_teachers"] - per_class * frame["class_count"] + 1e-9).floor()
    return spare.fill_null(0).clip(lower_bound=0).cast(pl.Int64).to_numpy()


def _limits(marks: pl.DataFrame, county: County, ask: Ask) -> dict[tuple[str, int], float]:
    """Return the limits that must hold: those chosen, and those that are kept today and may not be lost."""
    limits = {}
    for stage, mark, code, limit in (
        marks.select("stage", "mark", "indicator_code", "cv_limit").unique().iter_rows()
    ):
        part = marks.filter((pl.col("stage") == stage) & (pl.col("mark") == mark))
        if limit is None or part["numerator"].count() == 0:
            continue
        if code in ask.coefficients:
            limits[stage, mark] = limit / (1 + ask.margin)
        elif ask.keeps_met and (part["balance_status"] == "met").all():
            limits[stage, mark] = limit
    return dict(sorted(limits.items()))


def _allowed(county: County, frame: pl.DataFrame, ask: Ask, km: np.ndarray) -> np.ndarray | None:
    if not ask.within and ask.most_km is None:
        return None
    allowed = np.ones(km.shape, bool) if not ask.within else _grouped(county, frame, ask.within)
    if ask.most_km is not None:
        allowed = allowed & (np.nan_to_num(km, nan=np.inf) <= ask.most_km)
    return allowed


def _grouped(county: County, frame: pl.DataFrame, group: str) -> np.ndarray:
    """Return which cells belong to one township, or to one consortium."""
    if group == "township":
        own = frame["township"].fill_null("").to_numpy()
        return (own[:, None] == own[None, :]) & (own[:, None] != "")
    codes = county.members["consortium_code"].unique().sort().to_list()
    belongs = np.zeros((frame.height, len(codes)), int)
    rows = {
        code: np.flatnonzero(frame["school_code"].to_numpy() == code)
        for code in frame["school_code"].unique()
    }
    for consortium, school in county.members.select("consortium_code", "school_code").iter_rows():
        belongs[rows.get(school, []), codes.index(consortium)] = 1
    return np.asarray(belongs @ belongs.T > 0)


def _target(county: County, ask: Ask) -> Target | None:
    if not ask.target or county.eligible is None:
        return None
    return Target(county.share, county.eligible, county.backbone_share)
