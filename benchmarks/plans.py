"""How long plans take on a published home: `python -m benchmarks.plans HOME`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
import polars as pl

from office import amounts, investment, projection
from planning.county import Base
from planning.county import amounts as amounts_of
from planning.investment import plan
from planning.scenario import Change, outcome
from warehouse.home import Home
from warehouse.own_rows import published
from warehouse.read import years

TIMES = 3
BINDING = 0.30
"""A limit for every coefficient that binds on the demonstration county."""


@click.command()
@click.argument("home", type=click.Path(path_type=Path, exists=True, file_okay=False))
def main(home: Path) -> None:
    """Print the seconds of each kind of plan, the best of three."""
    snapshot = str(published(Home(home)).path)
    row = years(snapshot).to_dicts()[0]
    year, standard = row["school_year"], row["default_standard_code"]
    base = amounts.base(snapshot, standard, year)
    prices = investment.prices(snapshot, year)
    steps = changes(base)
    planned = plan(base, prices)
    click.echo(f"{base.schools.height} schools, standard {standard}, year {year}")
    _told("standing, no change (limit 1 s)", lambda: outcome(base, []))
    _told(f"what-if of {len(steps)} steps (limit 1 s)", lambda: outcome(base, steps))
    _told("investment (limit 10 s)", lambda: plan(base, prices))
    tight = tightened(base)
    _told(f"investment, limits {BINDING}", lambda: plan(tight, prices))
    click.echo(f"  gap {plan(tight, prices).gap:.4%}")
    _told("order over three years", lambda: investment.schedule(planned, planned.yuan / 3, 3))
    _told("projection", lambda: projection.project.__wrapped__(snapshot, standard, year))


def changes(base: Base) -> list[Change]:
    """Return rooms for twenty schools, pupils moved, and a closure."""
    schools = amounts_of(base).filter(pl.col("stage") == "primary")["school_code"].unique(maintain_order=True)
    first = schools.to_list()
    return [
        *(Change("adjust", school, amounts={"multimedia_rooms": 2}) for school in first[:20]),
        Change("transfer", first[0], "primary", {"students": 5}, {first[1]: 1}),
        Change("close", first[3], to={first[4]: 0.5, first[5]: 0.5}),
    ]


def tightened(base: Base) -> Base:
    """Return the county with limits that bind."""
    lines = base.yardstick.lines.with_columns(cv_limit=pl.lit(BINDING))
    return replace(base, yardstick=replace(base.yardstick, lines=lines))


def _told(what: str, work: Callable[[], object]) -> None:
    spent = []
    for _time in range(TIMES):
        started = time.perf_counter()
        work()
        spent.append(time.perf_counter() - started)
    click.echo(f"{what}: {min(spent):.2f} s")


if __name__ == "__main__":
    main()
