"""The command that says what is published, and what people typed."""

from __future__ import annotations

import click

from commands import ledger
from commands.terminal import print_json, print_status, speak_plainly
from office.kept import kept
from warehouse import actions
from warehouse.home import Home


@click.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
@speak_plainly
def status(home: Home, as_json: bool) -> None:
    """当前发布了什么、来自哪些文件 / what is published, from which files."""
    state = actions.status(home) | {"workspace": kept(home)}
    if as_json:
        print_json(state)
    else:
        print_status(state)
        ledger.print_kept(state["workspace"])


COMMANDS = (status,)
