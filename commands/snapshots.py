"""The commands about what is published: refresh, history, back, seal, compare."""

from __future__ import annotations

import sys

import click

from commands.steps import echo_step
from commands.terminal import (
    clock,
    print_json,
    print_refresh,
    print_seals,
    say,
    speak_plainly,
)
from commands.trials import print_difference
from warehouse import actions
from warehouse.differences import as_dict
from warehouse.home import Home


@click.command()
@click.pass_obj
@speak_plainly
def refresh(home: Home) -> None:
    """重新计算全部指标，通过检验后发布 / rebuild, test and publish."""
    report = actions.refresh(home, progress=echo_step)
    print_refresh(report)


@click.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
@speak_plainly
def snapshots(home: Home, as_json: bool) -> None:
    """历次发布的快照 / the history of published snapshots."""
    now, history = actions.current(home), actions.history(home)
    rows = [
        {
            "id": item.id,
            "published_at": item.published_at,
            "current": bool(now and now.id == item.id),
            "label": item.seal.get("label", "") if item.seal is not None else None,
            "is_intact": actions.is_intact(item),
        }
        for item in history
    ]
    if as_json:
        print_json(rows)
        return
    for item, row in zip(history, rows, strict=True):
        mark = "→" if row["current"] else " "
        click.echo(f"{mark} {row['id']}  {clock(item.published_at)}  {row['label'] or ''}")
    print_seals([row for row in rows if row["label"] is not None], only_damaged=True)
    if not rows:
        say("还没有发布过快照。", "No snapshot has been published yet.")


@click.command()
@click.argument("snapshot_id")
@click.pass_obj
@speak_plainly
def rollback(home: Home, snapshot_id: str) -> None:
    """退回到以前发布的一个快照 / go back to an earlier snapshot."""
    actions.rollback(home, snapshot_id)
    say(f"已退回到快照 {snapshot_id}。", f"Snapshot {snapshot_id} is published again.")


@click.command()
@click.argument("snapshot_id")
@click.option("--label", required=True, help="例如 2024年上报 / for example “submitted 2024”")
@click.pass_obj
@speak_plainly
def seal(home: Home, snapshot_id: str, label: str) -> None:
    """封存一个快照（已上报的版本）/ freeze a snapshot as submitted."""
    frozen = actions.seal(home, snapshot_id, label)
    say(
        f"快照 {frozen.id} 已封存为“{label}”，今后不会被删除。",
        f"Snapshot {frozen.id} is sealed as “{label}” and will never be deleted.",
    )


@click.command()
@click.argument("before")
@click.argument("after")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
@speak_plainly
def diff(home: Home, before: str, after: str, as_json: bool) -> None:
    """比较两个快照（current 为已发布的）/ what changed, which verdicts flip."""
    found = actions.diff(home, before, after)
    if as_json:
        print_json(as_dict(found))
    else:
        print_difference(found)


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
@speak_plainly
def dbt(home: Home, arguments: tuple[str, ...]) -> None:
    """对本县数据运行 dbt，不发布 / dbt itself on a scratch database; publishes nothing."""
    sys.exit(actions.run_dbt(home, list(arguments)))


COMMANDS = (refresh, snapshots, rollback, seal, diff, dbt)
