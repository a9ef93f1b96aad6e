"""From published frames to the exchange problem: what a school may leave undone, and who counts."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from planning.exchange_ask import Ask
from planning.exchange_county import MEASURES, County, pose
from planning.exchange_problem import KINDS, spread
from planning.exchange_solve import least
from planning.standing import Yardstick

LINES = {"R1": 4.2, "R2": 1.0, "R3": 0.9, "R4": 4.5, "R5": 7.5, "R6": 2000.0, "R7": 2.3}
Held = dict[str, float | None]


def county(schools: dict[str, tuple[float, Held]], *, unmet: dict[str, str] | None = None) -> County:
    """Return primary schools with pupils and counts of R1–R3; `unmet` names the R4–R7 of a school at 90 %."""
    facts = [
        fact(school, pupils, code, held.get(code), is_near=code in (unmet or {}).get(school, ""))
        for school, (pupils, held) in schools.items()
        for code in LINES
    ]
    teachers = [
        (school, "primary", True, False, code == "R1", code == "R2", code == "R3", True, "语文", "在岗")
        for school, (_pupils, held) in schools.items()
        for code in ("R1", "R2", "R3")
        for _teacher in range(int(held[code] or 0))
    ]
    names = ["is_pooled", "is_exchanged", "is_qualified", "is_backbone", "is_pe_arts", "is_eligible_next"]
    place = pl.DataFrame({"school_code": list(schools), "school_name": list(schools)})
    return County(
        facts=pl.DataFrame(facts, infer_schema_length=None),
        teachers=pl.DataFrame(
            teachers, schema=["school_code", "stage", *names, "subject", "duty_status"], orient="row"
        ),
        schools=place.with_columns(
            ownership=pl.lit("公办"), township=pl.lit("甲镇"), longitude=110.0, latitude=35.0
        ),
        staff=pl.DataFrame(
            {"school_code": list(schools), "stage": "primary", "full_time_teachers": 9, "class_count": 1}
        ),
        members=pl.DataFrame(schema={"consortium_code": pl.String, "school_code": pl.String}),
        yardstick=Yardstick(pl.DataFrame(), "thresholds", 6, "pupil_weighted", 1e-9),
        eligible=None,
        share=0.1,
        backbone_share=0.2,
        counts_at="host",
    )


def fact(school: str, pupils: float, code: str, held: float | None, *, is_near: bool) -> dict[str, object]:
    is_teachers = code in ("R1", "R2", "R3")
    value = LINES[code] * (0.9 if is_near else 1.1)
    numerator = held if is_teachers else value * pupils
    return {
        "school_code": school,
        "stage": "primary",
        "indicator_code": code,
        "students": pupils,
        "numerator": numerator,
        "denominator": pupils,
        "threshold": LINES[code],
        "floor_value": 0.85 * LINES[code],
        "status": "near" if is_near else "met",
        "scale": 100.0 if is_teachers else 1.0,
        "numerator_measure": MEASURES[int(code[1]) - 1] if is_teachers else f"measure_{code}",
        "cv_limit": 0.5,
        "balance_status": "met",
    }


@pytest.mark.parametrize(("unmet", "allowed"), [("", 1), ("R4", 0), ("R4R5", 0), ("R4R5R6", 0)])
def test_what_r4_to_r7_lack_uses_the_allowance_up_and_never_adds_to_it(unmet: str, allowed: int) -> None:
    known = county({"one": (100.0, {"R1": 5, "R2": 1, "R3": 1})}, unmet={"one": unmet})
    problem, cells = pose(known, Ask(stages=("primary",)))
    assert problem.shortfalls.tolist() == [allowed]
    assert cells.frame["is_lost"].to_list() == [len(unmet) > 2]


def test_a_school_without_one_figure_still_counts_in_the_coefficients_of_the_others() -> None:
    schools: dict[str, tuple[float, Held]] = {
        "one": (100.0, {"R1": 9, "R2": 2, "R3": 3}),
        "two": (100.0, {"R1": 9, "R2": 2, "R3": 1}),
        "unknown": (100.0, {"R1": 1, "R2": None, "R3": 2}),
    }
    problem, _cells = pose(county(schools), Ask(stages=("primary",), thresholds=False, keeps_met=False))
    assert problem.known.tolist() == [True, True, False]
    reached, _limit = spread(problem, problem.counts, "primary", 0)
    assert np.sqrt(reached) == pytest.approx(np.std([9, 9, 1]) / np.mean([9, 9, 1]))
    # R1 is too uneven because of a school where nobody can go: no exchange mends it, and that is said.
    assert least(problem, 10.0).status == "infeasible"


def test_a_stage_without_any_figure_is_left_out_and_not_called_impossible() -> None:
    nothing: Held = {"R1": 5, "R2": None, "R3": 5}
    problem, cells = pose(county({"one": (100.0, nothing)}), Ask(stages=("primary",), coefficients=("R2",)))
    assert not cells.frame["is_known"].any()
    assert (least(problem, 10.0).status, problem.supply @ KINDS.sum(axis=1)) == ("optimal", 0)
