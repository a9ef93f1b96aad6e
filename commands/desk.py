"""The analyst's commands: what is in question, what is waived, corrected, remembered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from commands.terminal import (
    JSON,
    LANGUAGE,
    YEAR,
    pairs_from,
    print_findings,
    print_json,
    print_rows,
    print_unknown,
    say,
    speak_plainly,
)
from warehouse import actions, records
from warehouse import corrections as corrections_kept
from warehouse import waivers as waivers_kept
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.own_rows import published

SIGNED = (
    click.option("--reason", help="理由"),
    click.option("--by", help="姓名（按所写记录，未核验）"),
    click.option("--on", help="日期，不写即今天"),
)


def signed(command: Any) -> Any:
    """Add the options that sign a row: reason, name and day."""
    for option in reversed(SIGNED):
        command = option(command)
    return command


@click.command()
@click.argument("import_id")
@click.pass_obj
@speak_plainly
def retract(home: Home, import_id: str) -> None:
    """撤回一次导入（历史仍保留）/ take an import out of what counts."""
    actions.retract(home, import_id)
    say(
        f"{import_id} 已撤回，下次 junheng refresh 起不再计入。",
        f"{import_id} is retracted; it stops counting at the next junheng refresh.",
    )


@click.command()
@click.option("--school", help="学校名称或标识码（可只写一部分）")
@click.option("--rule", help="规则编号，例如 D307")
@click.option("--severity", type=click.Choice(["error", "warning"]))
@click.option("--state", default="open", show_default=True, type=click.Choice(["open", "waived", "all"]))
@YEAR
@click.option("--out", type=click.Path(path_type=Path), help=".xlsx 一校一张表；.zip 或文件夹，一校一个文件")
@JSON
@click.pass_obj
@speak_plainly
def findings(home: Home, out: Path | None, as_json: bool, **wanted: Any) -> None:
    """数据问题：按规则汇总，或写成退回学校的 Excel / findings, and the Excel files to send back."""
    found = records.findings(str(published(home).path), **wanted)
    if out is not None:
        for path in actions.write_findings(found, out, LANGUAGE):
            click.echo(path)
    elif as_json:
        print_json(found.to_dicts())
    else:
        print_findings(found.to_dicts())


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@JSON
@click.pass_obj
@speak_plainly
def headers(home: Home, paths: tuple[Path, ...], as_json: bool) -> None:
    """没有认出的表头最像什么 / headers that are not known, and what each resembles."""
    found = actions.suggest(home, list(paths))
    print_json([vars(sheet) for sheet in found]) if as_json else print_unknown(found)


@click.command()
@click.argument("dataset")
@click.argument("pairs", nargs=-1, required=True, metavar="HEADER=FIELD…")
@click.pass_obj
@speak_plainly
def remember(home: Home, dataset: str, pairs: tuple[str, ...]) -> None:
    """记住表头是什么，以后自动认出 / remember what headers mean."""
    chosen = pairs_from(pairs, "表头", "学生人数总计=students")
    path = actions.remember(home, dataset, chosen)
    say(f"已记住 {len(chosen)} 个表头：{path}", f"Remembered {len(chosen)} headers: {path}")


@click.command()
@click.argument("rule")
@click.option("--school", help="学校名称或标识码；问题不属于某一所学校时不写")
@YEAR
@signed
@click.option("--withdraw", is_flag=True, help="撤销已有的豁免")
@click.pass_obj
@speak_plainly
def waive(home: Home, rule: str, withdraw: bool, reason: str | None, by: str | None, **where: Any) -> None:
    """豁免一个核实过的数据问题，写明理由和姓名 / waive a finding that was looked into."""
    on = where.pop("on")
    if withdraw:
        actions.withdraw_waiver(home, rule, **where)
        say("豁免已撤销，刷新后生效。", "The waiver is withdrawn, from the next refresh on.")
        return
    actions.waive(home, rule, reason=reason or "", by=by or "", on=on, **where)
    say("已豁免，刷新后生效。", "Waived, from the next refresh on.")


@click.command()
@JSON
@click.pass_obj
@speak_plainly
def waivers(home: Home, as_json: bool) -> None:
    """已有的豁免和状态 / the waivers there are, each with its state."""
    found = actions.waivers(home)
    print_json(found) if as_json else print_rows(found, waivers_kept.STATES)


@click.command()
@click.argument("school")
@click.argument("field")
@click.option("--school-year", type=int, required=True, help="学年，2024 即 2024—2025 学年")
@click.option("--stage", required=True, help="小学、初中、高中或全校")
@click.option("--old", type=float, help="来源里的原值（元、平方米）；来源是空白时不写")
@click.option("--new", type=float, help="改正后的值（元、平方米）")
@click.option("--evidence", help="依据，例如验收单")
@signed
@click.option("--withdraw", is_flag=True, help="撤销已有的更正")
@click.pass_obj
@speak_plainly
def correct(
    home: Home, school: str, field: str, school_year: int, stage: str, withdraw: bool, **row: Any
) -> None:
    """不动原文件，更正一格数 / correct one cell without touching its file."""
    if withdraw:
        actions.withdraw_correction(home, school, school_year, field, stage=stage)
        say("更正已撤销，刷新后生效。", "The correction is withdrawn, from the next refresh on.")
        return
    if row["new"] is None:
        raise JunhengError("请用 --new 写明改正后的值。", "Give the right value with --new.", 2)
    row |= {name: row[name] or "" for name in ("reason", "by", "evidence")}
    actions.correct(home, school, school_year, field, stage=stage, **row)
    say("已更正，刷新后计入。", "Corrected, from the next refresh on.")


@click.command()
@JSON
@click.pass_obj
@speak_plainly
def corrections(home: Home, as_json: bool) -> None:
    """已有的更正和状态 / the corrections there are, each with its state."""
    found = actions.corrections(home)
    print_json(found) if as_json else print_rows(found, corrections_kept.STATES)


@click.command()
@click.argument("school")
@click.option("--school-year", type=int, required=True, help="学年，2024 即 2024—2025 学年")
@JSON
@click.pass_obj
@speak_plainly
def cells(home: Home, school: str, school_year: int, as_json: bool) -> None:
    """一所学校某学年的来源格：数值、文件、行、列 / a school's source cells, which may be corrected."""
    found = [vars(cell) for cell in actions.cells(home, school, school_year)]
    if as_json:
        print_json(found)
        return
    for row in found:
        place = " › ".join(filter(None, [row["file_name"], row["sheet_name"]]))
        value = "—" if row["value"] is None else f"{row['value']:.12g}"
        stage = corrections_kept.STAGES.get(row["stage"], row["stage"])
        say(
            f"{stage}  {row['header']}  {value}  {place} 第 {row['row_number']} 行 {row['column_name']}",
            f"{row['stage']}  {row['header']}  {value}  {place} row {row['row_number']} {row['column_name']}",
        )


COMMANDS = (
    retract,
    findings,
    headers,
    remember,
    waive,
    waivers,
    correct,
    corrections,
    cells,
)
