"""The ledger's commands: what the page 整改台账 does, in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import polars as pl

from commands.terminal import LANGUAGE, print_json, say, speak_plainly
from office import ledger as entries
from office import ledger_book, ledger_figures
from office.ledger import STATES
from warehouse import read
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.own_rows import published

JSON = click.option("--json", "as_json", is_flag=True)
BY = click.option("--by", required=True, help="姓名（按所写记录，未核验）/ your name, kept as typed")


@click.group()
def ledger() -> None:
    """整改台账：列入、修改、销号、导出导入 Excel / the rectification ledger."""


@ledger.command("list")
@click.option("--state", type=click.Choice([*STATES, "overdue", "all"]), default="all", show_default=True)
@click.option("--school", help="学校名称或标识码（可只写一部分）")
@click.option("--indicator", help="指标或条目编号，例如 R5")
@JSON
@click.pass_obj
@speak_plainly
def list_entries(home: Home, state: str, school: str | None, indicator: str | None, as_json: bool) -> None:
    """列出台账，逾期的在前 / list entries, the overdue first."""
    found = entries.listed(home)
    if state != "all":
        found = found.filter("is_overdue" if state == "overdue" else pl.col("state") == state)
    if school:
        named = pl.concat_str("school_name", "school_code", separator=" ")
        found = found.filter(named.str.contains(school, literal=True))
    if indicator:
        found = found.filter(pl.col("code") == indicator)
    rows = found.to_dicts()
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(_line(row))
    counted = entries.counts(found)
    say(
        f"共 {counted['entries']} 条，逾期 {counted['overdue']} 条，可销号 {counted['offered']} 条。",
        f"{counted['entries']} entries, {counted['overdue']} overdue, {counted['offered']} offer to close.",
    )


def _line(row: dict[str, Any]) -> str:
    at = int(LANGUAGE == "en")
    marks = {
        "is_overdue": ("逾期", "overdue"),
        "is_offered": ("可销号", "offers to close"),
        "is_contradicted": ("数据仍有缺口", "figures still short"),
    }
    said = [words[at] for flag, words in marks.items() if row[flag]]
    state = STATES[row["state"]]
    parts = [
        f"{row['number']:>4}",
        f"{state[2]} {state[at]}",
        row["school_name"],
        row["code"],
        row["problem"],
    ]
    return "  ".join(filter(None, [*parts, row["responsible_person"], row["deadline"], *said]))


@ledger.command()
@click.argument("number", type=int)
@JSON
@click.pass_obj
@speak_plainly
def show(home: Home, number: int, as_json: bool) -> None:
    """一条台账的全部内容、评论和修改历史 / one entry with comments, conflicts and history."""
    row, past = entries.find(home, number), entries.history(home, number)
    if as_json:
        print_json({**row, **past})
        return
    click.echo(_line(row))
    for field, words in entries.FIELDS.items():
        click.echo(f"{words[LANGUAGE == 'en']}: {_said(field, row[field])}")
    for clash in past["conflicts"]:
        if clash["settled_at"] is None:
            click.echo(f"▲ #{clash['id']} {_field(clash['field'])}: {clash['theirs']} | {clash['mine']}")
    for said in past["comments"]:
        click.echo(f"{said['written_at']} {said['written_by']}: {said['said']}")
    for change in past["changes"]:
        who = f"{change['changed_at']} {change['changed_by']}"
        old, new = (_said(change["field"], change[side]) for side in ("old", "new"))
        click.echo(f"{who} {_field(change['field'])}: {old} → {new}")


def _field(name: str) -> str:
    return entries.FIELDS.get(name, (name, name))[LANGUAGE == "en"]


def _said(field: str, text: str | None) -> str:
    """Return what a field says in the reader's words: a state by its name, nothing as a dash."""
    return STATES[text][LANGUAGE == "en"] if field == "state" and text in STATES else text or "—"


@ledger.command()
@click.option("--school", help="学校标识码或名称；不写则全部学校")
@click.option("--indicator", help="指标编号，例如 R5；不写则全部指标")
@click.option("--stage", type=click.Choice(["primary", "junior"]))
@click.option("--school-year", type=int, help="学年，不写则最近一年")
@click.option("--standard", help="标准代码，不写则该学年采用的标准")
@click.option("--problem", help="直接写一个问题，不从数据列入 / a problem in your own words")
@click.option("--unit", "responsible_unit", default="", help="责任单位")
@click.option("--person", "responsible_person", default="", help="责任人")
@click.option("--deadline", default="", help="完成时限，例如 2025-06-30")
@BY
@JSON
@click.pass_obj
@speak_plainly
def add(home: Home, by: str, as_json: bool, problem: str | None, **wanted: Any) -> None:
    """把未达标的学校和指标列入台账 / enter what schools lack."""
    common = {name: wanted.pop(name) for name in ("responsible_unit", "responsible_person", "deadline")}
    if problem:
        draft = entries.Draft(
            "typed",
            problem=problem,
            code=wanted["indicator"] or "",
            school_name=wanted["school"] or "",
            **common,
        )
        made, there = entries.enter(home, [draft], by)
    else:
        made, there = entries.enter_shortfalls(home, _chosen(home, **wanted), by, **common)
    if as_json:
        print_json({"made": made, "there": there})
        return
    say(
        f"已列入 {len(made)} 条；{len(there)} 条原来就在台账里。",
        f"{len(made)} entries made; {len(there)} were in the ledger already.",
    )


def _chosen(
    home: Home,
    school: str | None,
    indicator: str | None,
    stage: str | None,
    school_year: int | None,
    standard: str | None,
) -> pl.DataFrame:
    path = str(published(home).path)
    years = read.years(path)
    year = school_year or int(years["school_year"][0])
    usual = years.filter(pl.col("school_year") == year)["default_standard_code"].to_list()
    found = ledger_figures.shortfalls(path, standard or (usual or ["national_2017"])[0], year)
    if school:
        found = found.filter((pl.col("school_code") == school) | (pl.col("school_name") == school))
    if indicator:
        found = found.filter(pl.col("code") == indicator)
    found = found.filter(pl.col("stage") == stage) if stage else found
    if found.is_empty():
        raise JunhengError("没有符合条件的未达标指标。", "No failing indicator fits.")
    return found


@ledger.command()
@click.argument("number", type=int)
@click.option("--version", type=int, help="看到的版本；不写则当前版本 / the version you saw")
@click.option("--set", "pairs", multiple=True, metavar="FIELD=VALUE", required=True, help="例如 state=整改中")
@BY
@click.pass_obj
@speak_plainly
def edit(home: Home, number: int, version: int | None, pairs: tuple[str, ...], by: str) -> None:
    """修改一条台账 / change an entry; fields others changed since your version become conflicts."""
    changes = dict(pair.partition("=")[::2] for pair in pairs)
    if unknown := set(changes) - set(entries.FIELDS):
        known = "、".join(entries.FIELDS)
        raise JunhengError(
            f"不能修改 {min(unknown)}，可以修改：{known}。", f"{min(unknown)} cannot be set; use {known}.", 2
        )
    seen = version or entries.find(home, number)["version"]
    done = entries.edit(home, number, seen, changes, by)
    for clash in done.conflicts:
        say(
            f"{clash['field']} 同时被 {clash['theirs_by']} 改过，两种写法都已保留："
            f"{clash['theirs']} ｜ {clash['mine']}（junheng ledger settle {clash['id']} …）",
            f"{clash['field']} was changed by {clash['theirs_by']} meanwhile; both texts are kept: "
            f"{clash['theirs']} | {clash['mine']} (junheng ledger settle {clash['id']} …)",
        )
    say(f"第 {number} 号现在是版本 {done.version}。", f"Entry {number} is at version {done.version}.")


@ledger.command()
@click.argument("conflict", type=int)
@click.argument("text")
@BY
@click.pass_obj
@speak_plainly
def settle(home: Home, conflict: int, text: str, by: str) -> None:
    """处理一处冲突：写明最后采用的文字 / end a conflict with the text to keep."""
    entries.settle(home, conflict, text, by)
    say("已处理，两种原文仍在历史里。", "Settled; both texts stay in the history.")


@ledger.command()
@click.argument("number", type=int)
@click.argument("said")
@BY
@click.pass_obj
@speak_plainly
def comment(home: Home, number: int, said: str, by: str) -> None:
    """给一条台账加评论 / comment on an entry."""
    entries.comment(home, number, said, by)
    say("已保存。", "Kept.")


@ledger.command()
@click.argument("number", type=int)
@BY
@click.pass_obj
@speak_plainly
def close(home: Home, number: int, by: str) -> None:
    """按新数据销号：缺口已补足 / close an entry whose shortfall newer figures show gone."""
    entries.accept(home, number, entries.find(home, number)["version"], by)
    say(entries.find(home, number)["closing"], entries.find(home, number)["closing"])


@ledger.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
@speak_plainly
def export_book(home: Home, file: Path) -> None:
    """导出可以改了再导入的 Excel / write the ledger as a workbook to edit."""
    write_file(file, ledger_book.workbook(home, LANGUAGE))


@ledger.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@BY
@JSON
@click.pass_obj
@speak_plainly
def import_book(home: Home, file: Path, by: str, as_json: bool) -> None:
    """导入改过的台账 Excel / read an edited workbook back; all of it or nothing."""
    taken = ledger_book.take(home, file.name, file.read_bytes(), by)
    if as_json:
        print_json(vars(taken))
        return
    say(
        f"改动 {len(taken.changed)} 条，未变 {taken.unchanged} 条，"
        f"冲突 {len(taken.conflicts)} 处（两种写法都已保留）。",
        f"{len(taken.changed)} changed, {taken.unchanged} unchanged, "
        f"{len(taken.conflicts)} conflicts (both texts kept).",
    )
    if taken.absent:
        say(
            f"台账里另有 {taken.absent} 条不在这份文件中，没有改动：删去一行不会删去台账，要撤销请改状态。",
            f"{taken.absent} entries are not in this file and stay as they are: withdraw one by its state.",
        )


def print_kept(typed: dict[str, int]) -> None:
    """Print how much the workspace holds; nothing while it is empty."""
    if typed["ledger_entries"] or typed["evidence_files"]:
        say(
            f"台账 {typed['ledger_entries']} 条，逾期 {typed['ledger_overdue']} 条；"
            f"佐证 {typed['evidence_files']} 份",
            f"{typed['ledger_entries']} ledger entries, {typed['ledger_overdue']} overdue; "
            f"{typed['evidence_files']} evidence files",
        )


def write_file(file: Path, data: bytes) -> None:
    """Write a file where the reader wants it, and say so."""
    try:
        file.write_bytes(data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise JunhengError(
            f"无法写入 {file}（{reason}）。", f"{file} cannot be written ({reason})."
        ) from error
    say(f"已写入 {file}", f"Wrote {file}")


COMMANDS = (ledger,)
