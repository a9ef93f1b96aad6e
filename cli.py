"""The terminal's front door: which command lives where; no work of its own."""

from __future__ import annotations

import sys

import click

from commands.front import Front
from warehouse.home import open_home

AREAS = {
    "commands.importing": ("import",),
    "commands.desk": (
        *("retract", "findings", "headers", "remember"),
        *("waive", "waivers", "correct", "corrections", "cells"),
    ),
    "commands.snapshots": ("refresh", "snapshots", "rollback", "seal", "diff", "dbt"),
    "commands.status": ("status",),
    "commands.house": ("demo", "template", "example", "backup", "restore", "serve"),
    "commands.ledger": ("ledger",),
    "commands.evidence": ("evidence",),
    "commands.papers": ("export",),
    "commands.plans_kept": ("plan",),
}
"""Each command's module, opened when the command is asked for: none waits for the libraries of another."""


@click.group(
    cls=Front,
    areas=AREAS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="junheng")
@click.option("--home", "folder", type=click.Path(file_okay=False), help="数据所在文件夹 / where data lives")
@click.pass_context
def main(context: click.Context, folder: str | None) -> None:
    """均衡：县域义务教育优质均衡监测与迎检。"""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=stream.encoding, errors="replace")
    context.obj = open_home(folder)


if __name__ == "__main__":
    main()
