"""Money over years, and pupils instead of money."""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl
import pytest

from planning.budget import Project, schedule
from planning.county import amounts
from planning.redistribution import alternative, ceilings
from planning.scenario import Change, outcome
from planning.standing import stand
from tests.planning.counties import by_chance, county


@pytest.mark.parametrize("seed", range(12))
def test_no_order_brings_more_pupils_sooner(seed: int) -> None:
    rng = np.random.default_rng(seed)
    projects = [Project(str(n), float(rng.integers(1, 9)), float(rng.integers(20, 300))) for n in range(6)]
    budgets = [float(rng.integers(3, 9)) for _year in range(3)]
    best = max(
        sum(project.pupils * (3 - year) for project, year in zip(projects, chosen, strict=True))
        for chosen in product(range(4), repeat=6)
        if all(
            sum(project.yuan for project, year in zip(projects, chosen, strict=True) if year <= until)
            <= sum(budgets[: until + 1])
            for until in range(3)
        )
    )
    found = schedule(projects, budgets)
    assert found.pupil_years == pytest.approx(best, rel=2e-3)
    assert found.bound >= best * (1 - 1e-6)


def test_what_the_money_does_not_reach_has_no_year() -> None:
    found = schedule([Project("dear", 10.0, 900.0), Project("cheap", 1.0, 100.0)], [1.0, 1.0])
    assert found.years == {"dear": None, "cheap": 1}


def test_a_ceiling_is_the_most_pupils_with_which_a_school_still_complies() -> None:
    for seed in range(10):
        base = by_chance(seed, limit=0.9)
        standing = stand(amounts(base), base.yardstick)
        for school, stage, students, ceiling, _places in ceilings(
            standing, base.yardstick, base.stages
        ).iter_rows():
            for pupils, verdict in ((ceiling, "compliant"), (ceiling + 1, "not_compliant")):
                change = Change("adjust", school, stage, {"students": pupils - students})
                found = outcome(base, [change]).schools.filter(pl.col("school_code") == school)
                if pupils > 0:
                    assert found["verdict"].item() == verdict


def test_pupils_go_to_a_near_school_with_places_when_that_is_cheaper() -> None:
    base = county(
        dict.fromkeys(("full", "near", "far"), "小学"),
        [(code, "primary", 1.0) for code in ("full", "near", "far")],
        [
            (code, "primary", measure, amount, 0.0)
            for code, pupils in (("full", 110.0), ("near", 60.0), ("far", 10.0))
            for measure, amount in (("students", pupils), ("area", 450.0))
        ],
        [("A", "area", 1.0, 4.5)],
        limit=0.9,
        least=1,
    )
    standing = stand(amounts(base), base.yardstick)
    known = ceilings(standing, base.yardstick, base.stages)
    assert dict(known.select("school_code", "ceiling").iter_rows()) == {"full": 100, "near": 100, "far": 100}
    places = pl.DataFrame(
        {"school_code": ["full", "near", "far"], "longitude": [110.0, 110.01, 111.0], "latitude": [35.0] * 3}
    )
    cheap = alternative(known, places, {"full": 126000.0}, price=6000.0, km=6.0)
    assert [(move.school, move.to, move.pupils) for move in cheap.moves] == [("full", "near", 10)]
    assert (cheap.bought_yuan, cheap.moved_yuan) == (0.0, 60000.0)
    dear = alternative(known, places, {"full": 126000.0}, price=20000.0, km=6.0)
    assert dear.moves == [] and dear.bought_yuan == 126000.0
