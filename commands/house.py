"""The commands about a home as a whole: make a demonstration, save, restore, open the dashboard."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from commands.steps import echo_step
from commands.terminal import (
    bytes_done,
    print_backup,
    print_facts,
    print_import,
    print_refresh,
    print_seals,
    say,
    speak_plainly,
)
from office import demonstration
from warehouse import actions
from warehouse.home import PROJECT, Home


@click.command()
@click.option("--schools", default=220, show_default=True, type=click.IntRange(20, 2000))
@click.option("--seed", default=2019, show_default=True)
@click.option("--size", default="small", show_default=True, type=click.Choice(["small", "full"]))
@click.option("--no-serve", is_flag=True, help="只生成数据，不打开仪表板 / do not open the dashboard")
@click.option("--port", default=8501, show_default=True)
@click.pass_obj
@speak_plainly
def demo(home: Home, schools: int, seed: int, size: str, no_serve: bool, port: int) -> None:
    """生成一个虚构县的原始文件，导入、计算并打开仪表板 / make and open a fictional county."""
    report, refreshed = actions.make_demo(home, schools=schools, seed=seed, size=size, progress=echo_step)
    print_import(report, brief=True)
    print_refresh(refreshed)
    demonstration.fill(home)
    if not no_serve:
        run_server(home, port, network=False)


def run_server(home: Home, port: int, *, network: bool) -> None:
    """Run Streamlit until it is stopped; on this machine only unless `network`."""
    if network:
        say(
            "注意：现在无需登录，同一网络内任何人都能看到并操作全部数据。",
            "Mind: nobody signs in yet, so anyone on this network can see and do everything.",
        )
    command = [sys.executable, "-m", "server"]
    options = [f"--server.port={port}", f"--server.address={'0.0.0.0' if network else '127.0.0.1'}"]
    environment = {**os.environ, "JUNHENG_HOME": str(home.root)}
    say(f"仪表板：http://127.0.0.1:{port} （按 Ctrl+C 关闭）", f"http://127.0.0.1:{port} (Ctrl+C to stop)")
    try:
        sys.exit(subprocess.run([*command, *options], cwd=PROJECT, env=environment).returncode)
    except KeyboardInterrupt:
        sys.exit(0)


@click.command()
@click.argument("datasets", nargs=-1)
@click.option("--out", default="templates", show_default=True, type=click.Path(file_okay=False))
@speak_plainly
def template(datasets: tuple[str, ...], out: str) -> None:
    """生成填报模板（Excel）/ write the Excel templates."""
    for path in actions.write_templates(list(datasets) or None, Path(out)):
        click.echo(path)


@click.command()
@click.argument("name", required=False)
@click.pass_obj
@speak_plainly
def example(home: Home, name: str | None) -> None:
    """列出共同体的现成例子，或导入一个 / list the ready examples of consortiums, or import one."""
    if name is None:
        for found in actions.examples():
            say(f"{found.name}  {found.title_zh}", f"{found.name}  {found.title_en}")
        return
    found, report = actions.import_example(home, name)
    print_facts(found)
    if report is not None:
        print_import(report)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="覆盖已有的文件 / replace the file if it exists")
@click.pass_obj
@speak_plainly
def backup(home: Home, file: Path, overwrite: bool) -> None:
    """把全部数据、参数和封存的快照备份成一个文件 / save everything in one file."""
    with bytes_done("备份", "Saving") as progress:
        report = actions.backup(home, file, overwrite=overwrite, progress=progress)
    print_backup(report)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
@speak_plainly
def restore(home: Home, file: Path) -> None:
    """把备份恢复到空文件夹 / put a backup into an empty home."""
    with bytes_done("恢复", "Restoring") as progress:
        report = actions.restore(home, file, progress=progress)
    say(
        f"已恢复 {report.members} 个文件，发布的快照：{report.current or '无'}。可以直接打开仪表板。",
        f"Restored {report.members} files; published snapshot: {report.current or 'none'}. "
        "The dashboard can be opened at once.",
    )
    print_seals(report.seals, only_damaged=True)


@click.command()
@click.option("--port", default=8501, show_default=True)
@click.option("--network", is_flag=True, help="让办公室其他电脑也能打开 / open it to the office")
@click.pass_obj
@speak_plainly
def serve(home: Home, port: int, network: bool) -> None:
    """打开仪表板 / open the dashboard."""
    run_server(home, port, network=network)


COMMANDS = (demo, template, example, backup, restore, serve)
