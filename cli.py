"""The terminal's front door: one function a command, no work of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from commands import desk, evidence, ledger, papers, plans_ahead
from commands.terminal import (
    HomeAnywhere,
    bytes_done,
    echo_step,
    print_backup,
    print_difference,
    print_facts,
    print_import,
    print_json,
    print_refresh,
    print_seals,
    print_status,
    say,
    speak_plainly,
)
from office.kept import kept
from warehouse import actions
from warehouse.differences import as_dict
from warehouse.home import PROJECT, Home, open_home


@click.group(
    cls=HomeAnywhere, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
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


@main.command()
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
    if not no_serve:
        run_server(home, port, network=False)


@main.command()
@click.argument("datasets", nargs=-1)
@click.option("--out", default="templates", show_default=True, type=click.Path(file_okay=False))
@speak_plainly
def template(datasets: tuple[str, ...], out: str) -> None:
    """生成填报模板（Excel）/ write the Excel templates."""
    for path in actions.write_templates(list(datasets) or None, Path(out)):
        click.echo(path)


AREAS = (desk, ledger, evidence, papers, plans_ahead)
for command in (command for area in AREAS for command in area.COMMANDS):
    main.add_command(command)


@main.command()
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


@main.command()
@click.pass_obj
@speak_plainly
def refresh(home: Home) -> None:
    """重新计算全部指标，通过检验后发布 / rebuild, test and publish."""
    report = actions.refresh(home, progress=echo_step)
    print_refresh(report)


@main.command()
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


@main.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
@speak_plainly
def snapshots(home: Home, as_json: bool) -> None:
    """历次发布的快照 / the history of published snapshots."""
    now = actions.current(home)
    rows = [
        {
            "id": item.id,
            "published_at": item.published_at,
            "current": bool(now and now.id == item.id),
            "label": item.seal.get("label", "") if item.seal is not None else None,
            "is_intact": actions.is_intact(item),
        }
        for item in actions.history(home)
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(
            f"{'→' if row['current'] else ' '} {row['id']}  {row['published_at']}  {row['label'] or ''}"
        )
    print_seals([row for row in rows if row["label"] is not None], only_damaged=True)
    if not rows:
        say("还没有发布过快照。", "No snapshot has been published yet.")


@main.command()
@click.argument("snapshot_id")
@click.pass_obj
@speak_plainly
def rollback(home: Home, snapshot_id: str) -> None:
    """退回到以前发布的一个快照 / go back to an earlier snapshot."""
    actions.rollback(home, snapshot_id)
    say(f"已退回到快照 {snapshot_id}。", f"Snapshot {snapshot_id} is published again.")


@main.command()
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


@main.command()
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


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="覆盖已有的文件 / replace the file if it exists")
@click.pass_obj
@speak_plainly
def backup(home: Home, file: Path, overwrite: bool) -> None:
    """把全部数据、参数和封存的快照备份成一个文件 / save everything in one file."""
    with bytes_done("备份", "Saving") as progress:
        report = actions.backup(home, file, overwrite=overwrite, progress=progress)
    print_backup(report)


@main.command()
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


@main.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
@speak_plainly
def dbt(home: Home, arguments: tuple[str, ...]) -> None:
    """对本县数据运行 dbt，不发布 / dbt itself on a scratch database; publishes nothing."""
    sys.exit(actions.run_dbt(home, list(arguments)))


@main.command()
@click.option("--port", default=8501, show_default=True)
@click.option("--network", is_flag=True, help="让办公室其他电脑也能打开 / open it to the office")
@click.pass_obj
@speak_plainly
def serve(home: Home, port: int, network: bool) -> None:
    """打开仪表板 / open the dashboard."""
    run_server(home, port, network=network)


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


if __name__ == "__main__":
    main()
