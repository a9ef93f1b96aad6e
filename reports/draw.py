"""Which schools inspectors may visit: a random sample by stage and place that a seed makes again."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from reports.facts import Facts

Stratum = tuple[str, str]


def strata(facts: Facts) -> dict[Stratum, list[str]]:
    """Return the assessed schools by stage (or both) and by urban, town or rural."""
    stages: dict[str, list[str]] = {}
    for stage in facts.stages:
        for school in facts.schools(stage):
            stages.setdefault(school, []).append(facts.label("stage", stage))
    found: dict[Stratum, list[str]] = {}
    for school in sorted(stages):
        place = facts.row("dim_school", school).get("area_type") or "未知"
        found.setdefault(("、".join(stages[school]), place), []).append(school)
    return dict(sorted(found.items()))


def places(sizes: Mapping[Stratum, int], wanted: int) -> dict[Stratum, int]:
    """Share `wanted` places by the sizes of the strata, one for each where there is room."""
    total = sum(sizes.values())
    wanted = min(wanted, total)
    least = {name: min(1, size) if wanted >= len(sizes) else 0 for name, size in sizes.items()}
    exact = {name: size / total * wanted for name, size in sizes.items()}
    given = {name: max(least[name], int(exact[name])) for name in sizes}
    while sum(given.values()) > wanted:
        above = [name for name in sizes if given[name] > least[name]]
        given[max(above, key=lambda name: given[name] - exact[name])] -= 1
    while sum(given.values()) < wanted:
        open_ones = [name for name in sizes if given[name] < sizes[name]]
        given[max(open_ones, key=lambda name: exact[name] - given[name])] += 1
    return given


def sample(groups: Mapping[Stratum, Sequence[str]], wanted: int, seed: int, draw: int = 1) -> list[str]:
    """Return the schools of a draw: a seed makes one order, a further draw goes on where the last ended.

    So no school is drawn again until its stratum is used up; then the order begins anew.
    """
    chance = random.Random(seed)
    share = places({name: len(schools) for name, schools in groups.items()}, wanted)
    drawn = []
    for name in sorted(groups):
        order = sorted(groups[name], key=lambda _school: chance.random())
        first = (draw - 1) * share[name]
        drawn += [order[(first + place) % len(order)] for place in range(share[name])]
    return drawn
