"""The least money that brings what can be bought to the line, with the coefficient limits kept.

First each school by itself: every choice of the indicators that may stay at the floor is tried, and what it
needs follows in closed form, so the least cost is exact. If the limits then hold, no cheaper plan exists.
Else one mixed-integer programme buys for all schools together (`planning.buying`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from math import ceil

import polars as pl

from planning.buying import buy_within_limits
from planning.county import Base
from planning.limits import broken, limits
from planning.needs import Needs, Price, Purchase, needs
from planning.scenario import Change, outcome
from planning.standing import Standing

SLACK = 1e-9


@dataclass(frozen=True)
class Plan:
    """What to buy, what it costs, and what is proved about it."""

    bought: pl.DataFrame
    """school_code, stage (`whole` where shared), measure, amount, yuan."""
    at_floor: pl.DataFrame
    """school_code, stage, indicator_code: what is brought, or left, between floor and line."""
    yuan: float
    bound: float
    """No plan costs less than this."""
    for_limits: float
    """What the coefficient limits cost beyond the schools' own minima."""
    needs: Needs
    after: Standing

    @property
    def gap(self) -> float:
        """How far above the bound the plan is, as a share of its cost."""
        return (self.yuan - self.bound) / self.yuan if self.yuan > 0 else 0.0


def plan(base: Base, prices: dict[str, Price], *, seconds: float = 5.5) -> Plan:
    """Return the least-cost plan of a county."""
    wanted = needs(base, prices)
    amounts, floors = cheapest_by_school(wanted)
    minimum = cost(wanted.purchases, amounts)
    bound = minimum
    if broken(limits(wanted), wanted, amounts):
        amounts, bound = buy_within_limits(wanted, amounts, seconds)
        floors = {i for i, row in enumerate(wanted.rows) if has(wanted, amounts, i) < row.line * (1 - SLACK)}
    total = cost(wanted.purchases, amounts)
    return Plan(
        bought=_bought(wanted, amounts),
        at_floor=_at_floor(wanted, floors),
        yuan=total,
        bound=min(max(bound, minimum), total),
        for_limits=total - minimum,
        needs=wanted,
        after=outcome(base, changes(wanted, amounts)),
    )


def changes(wanted: Needs, amounts: list[float]) -> list[Change]:
    """Return the purchases as changes of a scenario."""
    return [
        Change("adjust", purchase.school, purchase.place, {purchase.measure: amount})
        for purchase, amount in zip(wanted.purchases, amounts, strict=True)
        if amount > 0
    ]


def cost(purchases: list[Purchase], amounts: list[float]) -> float:
    """Return what the amounts cost."""
    return sum(purchase.price.yuan * amount for purchase, amount in zip(purchases, amounts, strict=True))


def has(wanted: Needs, amounts: list[float], index: int) -> float:
    """Return what a row has once the amounts are bought."""
    reached = wanted.reached_by[index].items()
    return wanted.rows[index].has + sum(part * amounts[number] for number, part in reached)


def cheapest_by_school(wanted: Needs) -> tuple[list[float], set[int]]:
    """Return the cheapest amounts of every school by itself, and the rows left at their floor."""
    by_school: dict[str, list[int]] = defaultdict(list)
    for number, purchase in enumerate(wanted.purchases):
        by_school[purchase.school].append(number)
    amounts, floors = [0.0] * len(wanted.purchases), set[int]()
    for numbers in by_school.values():
        best = min(_choices(wanted, numbers), key=lambda choice: choice[0])
        floors |= best[2]
        for number, amount in zip(numbers, best[1], strict=True):
            amounts[number] = amount
    return amounts, floors


def _choices(wanted: Needs, numbers: list[int]) -> Iterator[tuple[float, list[float], set[int]]]:
    """Yield cost, amounts and rows at the floor for every way to use a school's allowances."""
    purchases = [wanted.purchases[number] for number in numbers]
    short: dict[tuple[str, str], list[int]] = defaultdict(list)
    for purchase in purchases:
        for index in purchase.reaches:
            row = wanted.rows[index]
            if row.has < row.line * (1 - SLACK):
                short[row.school, row.stage].append(index)
    ways = [
        [set(chosen) for size in range(wanted.allowances[key] + 1) for chosen in combinations(rows, size)]
        for key, rows in short.items()
    ]
    for chosen in product(*ways):
        floors = set().union(*chosen)
        amounts = [least(wanted, purchase, floors) for purchase in purchases]
        yield cost(purchases, amounts), amounts, floors


def least(wanted: Needs, purchase: Purchase, floors: set[int]) -> float:
    """Return the least amount that brings every row of a purchase to its line, or floor."""
    amount = 0.0
    for index, part in purchase.reaches.items():
        row = wanted.rows[index]
        target = row.floor if index in floors else row.line
        if row.has < target * (1 - SLACK) and part > 0:
            amount = max(amount, (target - row.has) / part)
    return whole(amount, purchase.price.step)


def whole(amount: float, step: float | None) -> float:
    """Return the amount, or the next whole multiple of its step."""
    return amount if not step else step * ceil(amount / step - SLACK)


def _bought(wanted: Needs, amounts: list[float]) -> pl.DataFrame:
    rows = [
        (purchase.school, purchase.place, purchase.measure, amount, amount * purchase.price.yuan)
        for purchase, amount in zip(wanted.purchases, amounts, strict=True)
        if amount > 0
    ]
    names = ["school_code", "stage", "measure"]
    schema = {**dict.fromkeys(names, pl.String), "amount": pl.Float64, "yuan": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("yuan", descending=True)


def _at_floor(wanted: Needs, floors: set[int]) -> pl.DataFrame:
    rows = [(wanted.rows[i].school, wanted.rows[i].stage, wanted.rows[i].indicator) for i in sorted(floors)]
    schema = dict.fromkeys(["school_code", "stage", "indicator_code"], pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")
