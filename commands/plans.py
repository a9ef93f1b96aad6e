"""The planners' commands: `junheng plan …`, the same engine as their pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import polars as pl

from commands.terminal import JSON, LANGUAGE, YEAR, print_json, say, speak_plainly
from office import exchange_plan, exchange_wish, plans
from planning import exchange_told as told
from planning.exchange import Plan
from reports.exchange_workbook import write
from view import plan_tables, texts
from view import sentences_plan as words
from view.names import Names, names_of
from warehouse import read
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.own_rows import published

MOVES_SHOWN = 60
USUAL = ("thresholds", "coefficients")
"""The goals where none is named."""


@click.group()
def plan() -> None:
    """测算方案：怎样做才能达标 / plans that reach the line."""


COMMANDS = (plan,)
SAVE = click.option("--save", "name", help="按这个名称保存方案")
BY = click.option("--by", default="", help="姓名，按所写记录")
STANDARD = click.option("--standard", help="标准代码，例如 national_2017；不写取该学年默认的")


@plan.command()
@click.option(
    "--stage", "stages", multiple=True, type=click.Choice(["primary", "junior"]), help="学段，可写多次"
)
@click.option("--goal", "goals", multiple=True, help=f"目标，可写多次：{'、'.join(exchange_wish.GOALS)}")
@click.option(
    "--limit", "limits", multiple=True, metavar="NAME=VALUE", help="限制，可写多次，见手册“交流方案”"
)
@click.option("--seconds", default=60.0, show_default=True, type=click.FloatRange(1, 3600), help="求解时限")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写成 Excel（.xlsx）")
@SAVE
@BY
@STANDARD
@YEAR
@JSON
@click.pass_obj
@speak_plainly
def exchange(
    home: Home,
    stages: tuple[str, ...],
    goals: tuple[str, ...],
    limits: tuple[str, ...],
    seconds: float,
    out: Path | None,
    name: str | None,
    by: str,
    as_json: bool,
    **where: Any,
) -> None:
    """最少调动多少教师能达标，怎么调 / the fewest teachers to exchange, and the proof."""
    now = published(home)
    snapshot = str(now.path)
    year, standard = place(snapshot, **where)
    ask = exchange_wish.wish(exchange_plan.usual(snapshot, year), stages, goals, _pairs(limits))
    found = exchange_plan.plan(snapshot, standard, year, ask, seconds=seconds)
    texts.use(LANGUAGE)
    names, frames = names_at(snapshot), exchange_plan.frames(found)
    if out is not None:
        write(plan_tables.sheets(plan_tables.Answer(**frames), names, standard), out)
    if name is not None:
        asked = {"stages": ask.stages, "goals": goals or USUAL, "limits": _pairs(limits), "seconds": seconds}
        plans.save(home, plans.exchange(name, (now.id, standard, year), asked, frames), by)
    if as_json:
        print_json(told.everything(found))
    else:
        _print(found, names, standard)
        if out is not None:
            click.echo(out)


def place(snapshot: str, school_year: int | None, standard: str | None) -> tuple[int, str]:
    """Return the school year and standard asked for, or the latest year and the one it is shown under."""
    years = {row["school_year"]: row["default_standard_code"] for row in read.years(snapshot).to_dicts()}
    year = school_year if school_year is not None else max(years, default=0)
    known = read.standards(snapshot)["standard_code"].to_list()
    if year not in years or (standard is not None and standard not in known):
        raise JunhengError(
            f"没有这个学年或标准。学年：{sorted(years)}；标准：{known}。",
            f"No such school year or standard; years: {sorted(years)}; standards: {known}.",
            2,
        )
    return year, standard or years[year]


def names_at(snapshot: str) -> Names:
    """Return what things are called in a snapshot."""
    return names_of(
        read.labels(snapshot), read.standards(snapshot), read.indicators(snapshot), read.years(snapshot)
    )


def _pairs(limits: tuple[str, ...]) -> list[tuple[str, str]]:
    for limit in limits:
        if "=" not in limit:
            raise JunhengError(
                f"--limit 要写成 名称=值，例如 --limit leave=3；收到的是“{limit}”。",
                f"--limit takes NAME=VALUE, for example --limit leave=3; got “{limit}”.",
                2,
            )
    return [(name, value) for name, value in (limit.split("=", 1) for limit in limits)]


def _print(found: Plan, names: Names, standard: str) -> None:
    summary, posts = told.summary(found), told.posts(found)
    lines = [words.verdict(summary), words.proof(summary)]
    lines += words.lacking(names, standard, summary, posts)
    lines += words.left_out(told.left_out(found).to_dicts())
    if summary["moves"]:
        lines += [words.becoming(told.verdicts(found).to_dicts(), names), words.counted(summary)]
    for line in lines:
        click.echo(line.replace("**", ""))
    moves = told.moves(found)
    for row in moves.head(MOVES_SHOWN).to_dicts() if moves.height else []:
        why = words.reasons(names, standard, row["reasons"])
        stage = names.label("stage", row["stage"])
        click.echo(
            f"{row['order']:>3}  {row['school_name']} → {row['to_school_name']}  {stage}  "
            f"{words.kind(row)} ×{row['teachers']}  {why}"
        )
    if moves.height > MOVES_SHOWN:
        say(
            f"以上列出 {MOVES_SHOWN} 项，共 {moves.height} 项；--out 写出全部。",
            f"{MOVES_SHOWN} of {moves.height} moves are listed; --out writes all.",
        )
    _print_posts(posts, names)


def _print_posts(posts: pl.DataFrame, names: Names) -> None:
    for row in posts.to_dicts() if posts.height else []:
        click.echo(
            f"  + {row['school_name']}  {names.label('stage', row['stage'])}  {words.kind(row)}"
            f" ×{row['posts']}"
        )
