"""The commands of what it costs and what comes: `junheng plan investment`, `junheng plan projection`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import polars as pl

from commands.plans import BY, COMMANDS, SAVE, STANDARD, names_at, place, plan
from commands.terminal import JSON, LANGUAGE, YEAR, print_json, say, speak_plainly
from office import investment, investment_told, plan_files, plans, projection
from view import sentences_investment as words
from view import sentences_projection as ahead
from view import texts
from view.plan_sheets import investment_sheets, projection_sheets
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.own_rows import published
from warehouse.read import county

__all__ = ["COMMANDS"]
SHOWN = 40
OUT = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写成 Excel（.xlsx）")


def own_prices(pairs: tuple[str, ...]) -> dict[str, float]:
    """Return the prices given as MEASURE=YUAN."""
    try:
        return {name: float(yuan) for name, yuan in (pair.split("=", 1) for pair in pairs)}
    except ValueError as error:
        raise JunhengError(
            "--price 要写成 数量项=元，例如 --price multimedia_rooms=45000。",
            "--price takes MEASURE=YUAN, for example --price multimedia_rooms=45000.",
            2,
        ) from error


@plan.command("investment")
@click.option("--price", "prices", multiple=True, metavar="MEASURE=YUAN", help="单价，可写多次")
@click.option("--budget", type=click.FloatRange(min=1), help="每年预算（元）")
@click.option("--years", default=3, show_default=True, type=click.IntRange(1, 10), help="分几年")
@OUT
@SAVE
@BY
@STANDARD
@YEAR
@JSON
@click.pass_obj
@speak_plainly
def investment_command(
    home: Home,
    prices: tuple[str, ...],
    budget: float | None,
    years: int,
    out: Path | None,
    name: str | None,
    by: str,
    as_json: bool,
    **where: Any,
) -> None:
    """最少花多少钱能达标，先后怎么排 / the least money that reaches the line, and its order."""
    now = published(home)
    snapshot = str(now.path)
    year, standard = place(snapshot, **where)
    texts.use(LANGUAGE)
    found = investment.plan(snapshot, standard, year, own_prices(prices))
    summary, bought = investment_told.summary(found), investment_told.purchases(found)
    yearly = budget or max(1.0, summary["yuan"] / years)
    order = investment_told.order(found, investment.schedule(found, yearly, years))
    if out is not None:
        units = investment.units(snapshot, LANGUAGE)
        sheets = investment_sheets(names_at(snapshot), summary, bought, order, units)
        out.write_bytes(plan_files.workbook(sheets))
    if name is not None:
        asked = {"prices": own_prices(prices), "budget": yearly, "years": years}
        plans.save(home, plans.investment(name, (now.id, standard, year), asked, summary, bought), by)
    if as_json:
        print_json(summary | {"purchases": bought.to_dicts(), "order": order.to_dicts()})
        return
    for line in (words.verdict(summary), words.proof(summary), words.limits(summary)):
        click.echo(line.replace("**", ""))
    click.echo(words.effect(summary))
    click.echo(words.years(investment_told.order_summary(order, yearly, years)))
    names = names_at(snapshot)
    for row in bought.head(SHOWN).to_dicts():
        click.echo(
            f"  {row['school_name']}  {names.label('measure', row['measure'])}  "
            f"{row['amount']:,.1f}  {words.yuan(row['yuan'])}"
        )
    _more(bought.height, out)


@plan.command("projection")
@OUT
@STANDARD
@YEAR
@JSON
@click.pass_obj
@speak_plainly
def projection_command(home: Home, out: Path | None, as_json: bool, **where: Any) -> None:
    """维持现状，今后五年哪条线先破 / which line is crossed first if nothing is done."""
    snapshot = str(published(home).path)
    year, standard = place(snapshot, **where)
    asked = (snapshot, standard, year)
    texts.use(LANGUAGE)
    names, found, crossed = names_at(snapshot), projection.project(*asked), projection.crossings(*asked)
    needed = projection.needed(*asked)
    if out is not None:
        tables = projection_sheets(names, standard, crossed, found.coefficients, needed)
        out.write_bytes(plan_files.workbook(tables))
    if as_json:
        print_json(
            {
                "county": county(snapshot)["county_name"],
                "has_pupils": found.has_pupils,
                "years_at_hand": found.years_at_hand,
                "pupils": found.pupils.to_dicts(),
                "coefficients": found.coefficients.to_dicts(),
                "crossings": crossed.to_dicts(),
                "teachers_needed": needed.to_dicts(),
                "back_test": found.back_test.to_dicts(),
            }
        )
        return
    click.echo(ahead.basis(found.years_at_hand, has_pupils=found.has_pupils))
    for stage in ("primary", "junior"):
        mine = crossed.filter(pl.col("stage") == stage)
        first = mine["school_year"].to_list()[:1]
        said = ahead.verdict(names.label("stage", stage), mine.height, first[0] if first else None)
        click.echo(said.replace("**", ""))
    click.echo(ahead.limits(names, standard, projection.limits(*asked).to_dicts()))
    for row in crossed.head(SHOWN).to_dicts():
        short = names.indicator_name(standard, row["stage"], row["indicator_code"], "short")
        click.echo(f"  {ahead.date(row['school_year'])}  {row['school_name']}  {short}  {row['value']:.2f}")
    _more(crossed.height, out)


def _more(rows: int, out: Path | None) -> None:
    if rows > SHOWN:
        say(
            f"以上列出 {SHOWN} 项，共 {rows} 项；--out 写出全部。",
            f"{SHOWN} of {rows} rows; --out writes all.",
        )
    if out is not None:
        click.echo(out)
