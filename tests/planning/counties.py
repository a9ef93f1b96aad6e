"""Small counties made by hand or by chance, in the shape plans start from."""

from __future__ import annotations

import numpy as np
import polars as pl

from planning.county import Base
from planning.standing import Yardstick

LINE = {"scale": pl.Float64, "threshold": pl.Float64, "floor_share": pl.Float64, "cv_limit": pl.Float64}
Indicator = tuple[str, str, float, float]
"""Code, numerator measure, scale, threshold."""


def county(
    schools: dict[str, str],
    stages: list[tuple[str, str, float]],
    measures: list[tuple[str, str, str, float, float]],
    indicators: list[Indicator],
    *,
    limit: float,
    least: int,
) -> Base:
    """Return a county of schools (code to type), stages with their weight, and amounts (own, shared)."""
    both = [(stage, *indicator) for stage in ("primary", "junior") for indicator in indicators]
    lines = [(stage, code, scale, line, 0.85, limit) for stage, code, _measure, scale, line in both]
    return Base(
        schools=pl.DataFrame(
            [(code, f"{code}校", kind, kind == "教学点") for code, kind in schools.items()],
            schema={
                "school_code": pl.String,
                "school_name": pl.String,
                "school_type": pl.String,
                "is_point": pl.Boolean,
            },
            orient="row",
        ),
        stages=pl.DataFrame(
            [(*stage, "in_scope") for stage in stages],
            schema=["school_code", "stage", "weight", "scope_reason"],
            orient="row",
        ),
        measures=pl.DataFrame(
            measures, schema=["school_code", "stage", "measure", "own_amount", "shared_amount"], orient="row"
        ),
        indicators=pl.DataFrame(
            [(stage, code, measure, "students") for stage, code, measure, _scale, _line in both],
            schema=["stage", "indicator_code", "numerator_measure", "denominator_measure"],
            orient="row",
        ),
        extras=pl.DataFrame(
            schema={
                "school_code": pl.String,
                "stage": pl.String,
                "indicator_code": pl.String,
                "extra": pl.Float64,
            }
        ),
        weights={("", "primary"): 1.0, ("", "junior"): 1.1, ("", "senior"): 1.32},
        whole_measures=frozenset({"students", "teachers"}),
        smallest_point=50.0,
        yardstick=Yardstick(
            pl.DataFrame(
                lines, schema={"stage": pl.String, "indicator_code": pl.String, **LINE}, orient="row"
            ),
            "thresholds",
            least,
            "pupil_weighted",
            1e-9,
        ),
    )


def by_chance(seed: int, *, limit: float) -> Base:
    """Return three primary schools with teachers, area and rooms, some of which fall short."""
    rng = np.random.default_rng(seed)
    schools = dict.fromkeys(("甲", "乙", "丙"), "小学")
    measures = []
    for code in schools:
        pupils = float(rng.integers(8, 15) * 10)
        amounts = {
            "students": pupils,
            "teachers": float(rng.integers(2, 6)),
            "area": float(rng.integers(2, 9) * 100),
            "rooms": float(rng.integers(0, 6)),
        }
        measures += [(code, "primary", measure, amount, 0.0) for measure, amount in amounts.items()]
    indicators = [("T", "teachers", 100.0, 3.0), ("A", "area", 1.0, 4.5), ("M", "rooms", 100.0, 2.3)]
    stages = [(code, "primary", 1.0) for code in schools]
    return county(schools, stages, measures, indicators, limit=limit, least=2)
