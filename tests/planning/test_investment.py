"""The investment plan costs no more than any other that reaches the line, and says so truthfully."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import polars as pl
import pytest

from planning.county import Base
from planning.investment import changes, cheapest_by_school, cost, plan
from planning.limits import broken, limits
from planning.needs import Needs, Price, needs
from planning.scenario import outcome
from tests.planning.counties import by_chance, county

STEPPED = {"area": Price(2800.0, 100.0), "rooms": Price(45000.0, 1.0)}
ANY = {"area": Price(2800.0), "rooms": Price(45000.0, 1.0)}
MOST = 7


def brute_force(wanted: Needs) -> float:
    """Try every number of steps for every purchase, and return the least cost that holds every rule."""
    steps = [purchase.price.step or 0.0 for purchase in wanted.purchases]
    tried = np.array(list(product(range(MOST), repeat=len(steps)))) * steps
    reach = np.array([[reached.get(n, 0.0) for n in range(len(steps))] for reached in wanted.reached_by])
    has = np.array([row.has for row in wanted.rows]) + tried @ reach.T
    lines, floors = (np.array([getattr(row, part) for row in wanted.rows]) for part in ("line", "floor"))
    holds = (has >= floors * (1 - 1e-9)).all(axis=1)
    for school, allowance in wanted.allowances.items():
        rows = [i for i, row in enumerate(wanted.rows) if (row.school, row.stage) == school]
        holds &= (has[:, rows] < lines[rows] * (1 - 1e-9)).sum(axis=1) <= allowance
    for limit in limits(wanted).values():
        values = has[:, limit.rows] / limit.pupils
        means = values @ limit.weights
        spread = np.sqrt(((values - means[:, None]) ** 2) @ limit.weights)
        holds &= spread <= limit.highest * means * (1 + 1e-9)
    prices = np.array([purchase.price.yuan for purchase in wanted.purchases])
    assert holds.any()
    return float((tried[holds] @ prices).min())


@pytest.mark.parametrize("limit", [0.5, 0.12])
@pytest.mark.parametrize("seed", range(20))
def test_no_plan_of_a_small_county_is_cheaper(seed: int, limit: float) -> None:
    base = by_chance(seed, limit=limit)
    found = plan(base, STEPPED)
    least = brute_force(found.needs)
    assert found.yuan == pytest.approx(least, rel=2e-4)
    assert found.bound <= least * (1 + 1e-6)
    assert_keeps_every_rule(found.needs, found.after)


def assert_keeps_every_rule(wanted: Needs, after: object) -> None:
    bought = [purchase.measure for purchase in wanted.purchases]
    codes = {row.indicator for row in wanted.rows}
    assert bought
    balance: pl.DataFrame = after.balance  # type: ignore[attr-defined]
    schools: pl.DataFrame = after.schools  # type: ignore[attr-defined]
    assert set(balance.filter(pl.col("indicator_code").is_in(codes))["status"]) == {"met"}
    held_back = wanted.held_back.select("school_code", "stage").unique()
    free = schools.join(held_back, on=["school_code", "stage"], how="anti")
    assert set(free["verdict"]) <= {"compliant"}


def test_any_amount_is_never_dearer_than_whole_steps_and_no_limit_never_dearer_than_one() -> None:
    for seed in range(5):
        tight, loose = by_chance(seed, limit=0.1), by_chance(seed, limit=0.6)
        assert plan(tight, ANY).bound <= plan(tight, STEPPED).yuan * (1 + 1e-6)
        assert plan(loose, ANY).yuan <= plan(tight, ANY).yuan * (1 + 1e-6)


def test_a_freer_rule_never_costs_more() -> None:
    for seed in range(5):
        base = by_chance(seed, limit=0.6)
        strict = replace(base, yardstick=replace(base.yardstick, min_indicators_met=3))
        assert plan(base, ANY).yuan <= plan(strict, ANY).yuan


def nine_year_school() -> Base:
    return county(
        {"nine": "九年一贯制学校"},
        [("nine", "primary", 1.0), ("nine", "junior", 1.1)],
        [
            ("nine", "primary", "students", 1000.0, 0.0),
            ("nine", "junior", "students", 500.0, 0.0),
            ("nine", "primary", "area", 0.0, 6000.0),
            ("nine", "junior", "area", 0.0, 6000.0),
            ("nine", "primary", "rooms", 20.0, 0.0),
            ("nine", "junior", "rooms", 12.0, 0.0),
        ],
        [("A", "area", 1.0, 4.5), ("M", "rooms", 100.0, 2.3)],
        limit=0.5,
        least=2,
    )


def test_a_shared_area_serves_both_stages_and_rooms_of_a_stage_only_its_own() -> None:
    bought = {
        (stage, measure): amount
        for _school, stage, measure, amount, _yuan in plan(nine_year_school(), ANY).bought.iter_rows()
    }
    # Primary pupils get 6000 ÷ 1550 m² and need 4.5; junior ones get 1.1 times that, 4.26, and need 4.5 too.
    assert bought == {("whole", "area"): pytest.approx(4.5 * 1550 - 6000), ("primary", "rooms"): 3.0}


def test_what_a_nine_year_school_has_none_of_is_bought_for_both_stages() -> None:
    base = nine_year_school()
    is_rooms = pl.col("measure") == "rooms"
    without = replace(
        base,
        measures=base.measures.with_columns(
            own_amount=pl.when(is_rooms).then(0.0).otherwise(pl.col("own_amount"))
        ),
    )
    rooms = plan(without, STEPPED).bought.filter(is_rooms)
    # 2.3 a hundred: the primary stage gets 1000 of 1550 parts of the rooms and needs 23, so 36 in all.
    assert rooms.select("stage", "amount").rows() == [("whole", 36.0)]


def test_the_allowance_goes_where_it_saves_most() -> None:
    base = nine_year_school()
    freer = replace(base, yardstick=replace(base.yardstick, min_indicators_met=1))
    found = plan(freer, ANY)
    # Both stages leave the dear area at 85 %; the rooms then have to be met in full.
    assert set(found.at_floor.rows()) == {("nine", "primary", "A"), ("nine", "junior", "A")}
    assert found.yuan == pytest.approx(2800 * max(0.0, 0.85 * 4.5 * 1550 - 6000) + 3 * 45000)


def test_a_teacher_shortage_uses_the_allowance_up() -> None:
    for seed in range(10):
        wanted = needs(by_chance(seed, limit=0.9), ANY)
        for (school, stage), allowance in wanted.allowances.items():
            teachers = wanted.before.indicators.filter(
                (pl.col("school_code") == school)
                & (pl.col("stage") == stage)
                & (pl.col("indicator_code") == "T")
            )["status"].item()
            assert allowance == (1 if teachers == "met" else 0)


def test_a_plan_laid_on_the_county_gives_the_verdicts_it_promises() -> None:
    base = by_chance(3, limit=0.6)
    wanted = needs(base, ANY)
    amounts, _floors = cheapest_by_school(wanted)
    assert not broken(limits(wanted), wanted, amounts)
    found = plan(base, ANY)
    assert found.yuan == pytest.approx(cost(wanted.purchases, amounts))
    assert found.gap == 0 and found.for_limits == 0
    assert outcome(base, changes(wanted, amounts)).schools.equals(found.after.schools)
