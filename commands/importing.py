"""The command that imports files, or only tries them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from commands.terminal import (
    JSON,
    LANGUAGE,
    import_as_dict,
    pairs_from,
    print_import,
    print_json,
    speak_plainly,
)
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.imports import import_paths, sources


@contextmanager
def files_done(total: int) -> Iterator[Callable[[str], None]]:
    """Show a bar of files with the present one's name on a terminal; yields what takes each name."""
    label, hidden = "Reading files" if LANGUAGE == "en" else "读取文件", not sys.stderr.isatty()
    shown: dict[str, Any] = {"label": label, "file": sys.stderr, "hidden": hidden, "show_pos": True}
    with click.progressbar(length=max(total, 1), item_show_func=lambda name: name, **shown) as bar:
        yield lambda name: bar.update(1, name)
        bar.update(bar.length - bar.pos if bar.length else 0)


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--dataset", help="数据集，例如 conditions 或 办学条件")
@click.option("--school-year", type=int, help="文件里没有学年时用，2024 即 2024—2025 学年")
@click.option("--set", "pairs", multiple=True, metavar="COLUMN=VALUE", help="补上文件里没有的列")
@click.option("--partial", is_flag=True, help="只替换文件里出现的行，不替换整校")
@click.option("--dry-run", is_flag=True, help="只检查，不入库")
@click.option("--verdicts", is_flag=True, help="同 --dry-run 一起：试算会翻转哪些判定")
@JSON
@click.pass_obj
@speak_plainly
def import_command(home: Home, paths: tuple[str, ...], as_json: bool, verdicts: bool, **options: Any) -> None:
    """导入文件、文件夹或压缩包 / import files, folders or zips; exits 1 if a row was refused."""
    pairs = pairs_from(options.pop("pairs"), "--set", "--set 学段=小学")
    named, dry_run = [Path(path) for path in paths], options.pop("dry_run")
    how = {**options, "constants": pairs}
    if verdicts and not dry_run:
        raise JunhengError(
            "--verdicts 是试算，要同 --dry-run 一起用。", "--verdicts is a trial; it goes with --dry-run.", 2
        )
    if verdicts:
        # Imported where it is used: a trial's libraries would slow every import down.
        from commands.trials import try_files

        try_files(home, named, how, as_json=as_json)
    with files_done(sources.count(named)) as progress:
        report = import_paths(home, named, dry_run=dry_run, progress=progress, **how)
    print_json(import_as_dict(report)) if as_json else print_import(report)
    sys.exit(1 if report.refused_rows else 0)


COMMANDS = (import_command,)
