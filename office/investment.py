"""Investment plans over a published county: what to buy, in which order, and pupils instead of money."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import polars as pl

from office.amounts import base, parameter
from planning import budget, investment, redistribution
from planning.budget import Project, Schedule
from planning.investment import Plan
from planning.needs import Price
from planning.redistribution import Alternative
from warehouse.read import rows

MOVED = "pupil_moved"


def price_list(snapshot: str, year: int) -> pl.DataFrame:
    """Return the unit prices in force on 1 September of a year, the county's own over ours."""
    return rows(
        snapshot,
        """select price.*, measure.name_zh, measure.name_en from marts.dim_unit_price as price
        left join marts.dim_measure as measure using (measure)
        where make_date(?, 9, 1) between price.valid_from and price.valid_to
        qualify row_number() over (partition by price.measure order by price.valid_from desc) = 1
        order by price.measure = 'pupil_moved', price.measure""",
        year,
    )


def prices(snapshot: str, year: int, own: Mapping[str, float] | None = None) -> dict[str, Price]:
    """Return the price of each measure; `own` has what a reader tries instead."""
    listed = price_list(snapshot, year).filter(pl.col("measure") != MOVED)
    return {
        measure: Price(float((own or {}).get(measure, yuan)), step)
        for measure, yuan, step in listed.select("measure", "price_yuan", "step").iter_rows()
    }


def changed(own: Mapping[str, float], listed: pl.DataFrame) -> dict[str, float]:
    """Return the prices that are not those of the list."""
    usual = dict(listed.select("measure", "price_yuan").iter_rows())
    return {measure: yuan for measure, yuan in own.items() if yuan != usual.get(measure)}


def plan(snapshot: str, standard: str, year: int, own: Mapping[str, float] | None = None) -> Plan:
    """Return the least-cost plan, kept for a snapshot and prices."""
    return _plan(snapshot, standard, year, tuple(sorted((own or {}).items())))


@lru_cache(maxsize=16)
def _plan(snapshot: str, standard: str, year: int, own: tuple[tuple[str, float], ...]) -> Plan:
    return investment.plan(base(snapshot, standard, year), prices(snapshot, year, dict(own)))


def by_school(found: Plan) -> pl.DataFrame:
    """Return each school with purchases: its cost, and the pupils who then learn in a compliant school."""
    keys = ["school_code", "stage"]
    was = found.needs.before.schools.select(*keys, was="verdict")
    gained = (
        found.after.schools.join(was, on=keys)
        .filter((pl.col("verdict") == "compliant") & (pl.col("was") != "compliant"))
        .group_by("school_code")
        .agg(pupils=pl.col("students").sum())
    )
    return (
        found.bought.group_by("school_code")
        .agg(yuan=pl.col("yuan").sum())
        .join(gained, on="school_code", how="left")
        .with_columns(pl.col("pupils").fill_null(0.0))
        .sort("yuan", descending=True)
    )


def schedule(found: Plan, budget_a_year: float, years: int) -> Schedule:
    """Return the order over the years that lets most pupils reach the standard soonest."""
    projects = [Project(*row) for row in by_school(found).select("school_code", "yuan", "pupils").iter_rows()]
    return budget.schedule(projects, [budget_a_year] * years)


def units(snapshot: str, language: str) -> dict[str, str]:
    """Return the unit of every measure in a language, as the indicators name it."""
    found = rows(
        snapshot,
        """select measure.measure, measure.unit as zh, any_value(indicator.numerator_unit_en) as en
        from marts.dim_measure as measure
        left join marts.dim_indicator as indicator on indicator.numerator_measure = measure.measure
        group by all""",
    )
    return {measure: (en or zh) if language == "en" else zh for measure, zh, en in found.iter_rows()}


def neighbour_km(snapshot: str, year: int) -> float:
    """Return within which distance pupils are redistributed."""
    return parameter(snapshot, "neighbour_km", year)


def alternative(
    snapshot: str, standard: str, year: int, found: Plan, own: Mapping[str, float] | None = None
) -> Alternative:
    """Return the mix of buying and sending pupils to neighbours that costs least."""
    county = base(snapshot, standard, year)
    places = rows(
        snapshot,
        "select school_code, longitude, latitude from marts.dim_school where school_year = ?",
        year,
    )
    listed = dict(price_list(snapshot, year).select("measure", "price_yuan").iter_rows())
    known = redistribution.ceilings(found.needs.before, county.yardstick, county.stages)
    cost = {school: yuan for school, yuan, _pupils in by_school(found).iter_rows()}
    return redistribution.alternative(
        known,
        places,
        cost,
        price=float((own or {}).get(MOVED, listed[MOVED])),
        km=neighbour_km(snapshot, year),
    )
