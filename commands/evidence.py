"""The commands of evidence: attach, number, see what is missing, take a copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from commands.ledger import BY, JSON, write_file
from commands.terminal import LANGUAGE, print_json, say, speak_plainly
from office import evidence as files
from warehouse.home import Home


@click.group()
def evidence() -> None:
    """佐证材料：上传、目录、缺项 / evidence files, their index, what is missing."""


@evidence.command("add")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--item", default="", help="条目编号，例如 R5、G8")
@click.option("--school", default="", help="学校标识码")
@click.option("--entry", "number", type=int, help="台账编号")
@click.option("--note", default="", help="说明")
@BY
@JSON
@click.pass_obj
@speak_plainly
def add_files(home: Home, paths: tuple[Path, ...], by: str, as_json: bool, **about: Any) -> None:
    """保存佐证材料 / attach files to an item, a school or a ledger entry."""
    there = set(files.index(home)["id"])
    kept = [files.add(home, path.name, path.read_bytes(), by, **about) for path in paths]
    if as_json:
        print_json(kept)
        return
    new = set(kept) - there
    twice = len(kept) - len(new)
    say(f"已保存 {len(new)} 份。", f"{len(new)} files kept.")
    if twice:
        say(f"内容相同的 {twice} 份已在目录里，没有重复保存。", f"{twice} were there with the same content.")


@evidence.command("index")
@click.option("--item", default="")
@click.option("--school", default="")
@click.option("--entry", "number", type=int)
@JSON
@click.pass_obj
@speak_plainly
def index(home: Home, as_json: bool, **about: Any) -> None:
    """佐证材料目录，按条目编号 / the index of evidence, numbered by item."""
    rows = files.of(home, **about).to_dicts()
    if as_json:
        print_json(rows)
        return
    for row in rows:
        title = row["title_en" if LANGUAGE == "en" else "title_zh"]
        click.echo(f"{row['index_no']:<7} {title}  {row['name']}  {row['school_code']}  [{row['id']}]")
    say(f"共 {len(rows)} 份。", f"{len(rows)} files.")


@evidence.command()
@JSON
@click.pass_obj
@speak_plainly
def missing(home: Home, as_json: bool) -> None:
    """还没有佐证的条目和应备的材料 / items without evidence, and what is asked for."""
    rows = files.missing(home).to_dicts()
    if as_json:
        print_json(rows)
        return
    tail = "en" if LANGUAGE == "en" else "zh"
    for row in rows:
        click.echo(
            f"{row['index_code']:<4} {row['item_code']:<4} {row[f'title_{tail}']}: {row[f'wanted_{tail}']}"
        )
    say(f"缺 {len(rows)} 项。", f"{len(rows)} items have none.")


@evidence.command("open")
@click.argument("file", type=int)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="另存为哪个文件")
@click.option("--by", default="", help="姓名")
@click.pass_obj
@speak_plainly
def open_file(home: Home, file: int, out: Path, by: str) -> None:
    """取出一份佐证材料 / save a copy of a file to look at."""
    write_file(out, files.opened(home, file, by)[1])


@evidence.command()
@click.argument("file", type=int)
@BY
@click.pass_obj
@speak_plainly
def remove(home: Home, file: int, by: str) -> None:
    """从目录里撤下一份佐证 / take a file out of the index."""
    files.remove(home, file, by)
    say("已撤下，文件仍留在工作区。", "Taken out; the file itself stays in the workspace.")


COMMANDS = (evidence,)
