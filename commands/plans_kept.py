"""The commands of kept plans: `junheng plan kept`, `enter`, `forget`."""

from __future__ import annotations

import click

from commands.plans import BY, plan
from commands.plans_ahead import COMMANDS
from commands.terminal import JSON, print_json, say, speak_plainly
from office import plans
from warehouse.home import Home
from warehouse.own_rows import published

__all__ = ["COMMANDS"]


@plan.command("kept")
@JSON
@click.pass_obj
@speak_plainly
def kept_command(home: Home, as_json: bool) -> None:
    """保存过的方案，并排列出 / the kept plans side by side."""
    found = plans.table(plans.listed(home), published(home).id)
    if as_json:
        print_json(found.to_dicts())
        return
    if found.is_empty():
        say(
            "还没有保存过方案；测算时加 --save 名称 --by 姓名。",
            "No plan is kept yet; add --save NAME --by WHO to a plan.",
        )
    for row in found.to_dicts():
        takes = f"{row['moves']} 人" if row["yuan"] is None else f"{row['yuan'] / 10_000:,.1f} 万元"
        state = "" if row["is_present"] else "  （依据更早的快照）"
        gain = f"达标 {row['compliant_before']} → {row['compliant_after']}"
        saved = f"{row['saved_at']} {row['saved_by']}（未核验）"
        click.echo(f"{row['name']}  {row['kind']}  {takes}  {gain}  {saved}{state}")


@plan.command("enter")
@click.argument("name")
@BY
@click.pass_obj
@speak_plainly
def enter_command(home: Home, name: str, by: str) -> None:
    """把保存过的方案列入整改台账 / a kept plan into the rectification ledger."""
    made, there = plans.enter(home, str(published(home).path), plans.find(home, name), by)
    say(
        f"已列入 {len(made)} 条；此前已列入 {len(there)} 条。",
        f"{len(made)} entered; {len(there)} were there.",
    )


@plan.command("forget")
@click.argument("name")
@BY
@click.pass_obj
@speak_plainly
def forget_command(home: Home, name: str, by: str) -> None:
    """删除保存过的方案 / take a kept plan off the list."""
    plans.forget(home, name, by)
    say(f"已删除“{name}”。", f"“{name}” is gone from the list.")
