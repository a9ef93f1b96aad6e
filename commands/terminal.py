"""What the terminal prints, in the reader's language."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from warehouse.errors import JunhengError

if TYPE_CHECKING:
    from warehouse import actions

LANGUAGE = os.environ.get("JUNHENG_LANG", "zh")
ISSUES_SHOWN = 20
COLUMNS_SHOWN = 30

YEAR = click.option("--school-year", type=int, help="学年，2024 即 2024—2025 学年")
JSON = click.option("--json", "as_json", is_flag=True)


def say(zh: str, en: str, *, err: bool = False) -> None:
    """Print one sentence in the reader's language."""
    click.echo(en if LANGUAGE == "en" else zh, err=err)


def pairs_from(pairs: tuple[str, ...], option: str, example: str) -> dict[str, str]:
    """Split `NAME=VALUE` pairs; wrong usage otherwise."""
    for pair in pairs:
        if "=" not in pair:
            raise JunhengError(
                f"{option} 要写成 列名=值，例如 {example}；收到的是“{pair}”。",
                f"{option} takes COLUMN=VALUE, for example {example}; got “{pair}”.",
                exit_code=2,
            )
    return dict(pair.split("=", 1) for pair in pairs)


def speak_plainly(command: Callable[..., None]) -> Callable[..., None]:
    """Turn a `JunhengError` into its sentence and exit code."""

    @wraps(command)
    def wrapper(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except JunhengError as error:
            click.echo(error.message(LANGUAGE), err=True)
            sys.exit(error.exit_code)

    return wrapper


def print_json(value: Any) -> None:
    """Print stable JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def import_as_dict(report: actions.ImportReport) -> dict[str, Any]:
    """Return an import report in the shape `--json` promises."""
    return {
        "import_id": report.import_id,
        "unchanged": report.unchanged,
        "refused_rows": report.refused_rows,
        "error_workbook": report.error_workbook,
        "sources": [vars(source) for source in report.sources],
        "issues": [vars(issue) for issue in report.issues],
    }


def print_import(report: actions.ImportReport, *, brief: bool = False) -> None:
    """Print what was read from which sheet, then what was refused and why."""
    for source in report.sources:
        where = f"{source.file_name} › {source.sheet_name}" if source.sheet_name else source.file_name
        say(
            f"{where}：{source.dataset or '未识别'}，读 {source.rows_read} 行，"
            f"入库 {source.rows_landed} 行，拒收 {source.rows_refused} 行",
            f"{where}: {source.dataset or 'not recognised'}, {source.rows_read} rows read, "
            f"{source.rows_landed} landed, {source.rows_refused} refused",
        )
        if source.extra_columns:
            names = "、".join(source.extra_columns[:COLUMNS_SHOWN])
            count = len(source.extra_columns)
            say(f"  没有用到的列（{count}）：{names}", f"  columns not used ({count}): {names}")
    if not brief:
        print_issues(report.issues)
    if report.error_workbook:
        say(
            f"拒收的行及原因见 {report.error_workbook}，改好后用 junheng import --partial 再导入即可。",
            f"Refused rows and reasons: {report.error_workbook}; mend it and import it again with --partial.",
        )
    if not any(source.rows_landed for source in report.sources):
        say("没有可以入库的行。", "No row could be landed.")
    elif report.unchanged:
        say("内容与已导入的相同，没有变化。", "These rows were imported before; nothing changed.")
    elif report.import_id:
        say(f"导入编号 {report.import_id}", f"Import {report.import_id}")


def print_issues(issues: list[actions.Issue]) -> None:
    """Print each refusal, and of each rule the first few; the dashboard and the workbook hold the rest."""
    shown: Counter[str] = Counter()
    for issue in issues:
        shown[issue.rule_code] += 1
        if shown[issue.rule_code] <= ISSUES_SHOWN:
            click.echo(issue.message_en if LANGUAGE == "en" else issue.message_zh, err=True)
    for rule, count in shown.items():
        if count > ISSUES_SHOWN:
            say(
                f"{rule} 同类问题共 {count} 条，以上列出 {ISSUES_SHOWN} 条。",
                f"{rule}: {count} findings of this kind, {ISSUES_SHOWN} of them listed above.",
                err=True,
            )


def clock(instant: datetime) -> str:
    """Write an instant as 2024-09-01 08:30 in this machine's time."""
    return f"{instant.astimezone():%Y-%m-%d %H:%M}"


def print_status(state: dict[str, Any]) -> None:
    """Print what is published and sealed, or what to do first."""
    snapshot = state["snapshot"]
    if snapshot is None:
        say(
            f"{state['home']}：尚未发布。先 junheng import 文件，再 junheng refresh。",
            f"{state['home']}: nothing published yet. junheng import your files, then junheng refresh.",
        )
        return
    issues = state["data_issues"]
    say(
        f"已发布快照 {snapshot['id']}（{clock(snapshot['published_at'])}）\n{snapshot['path']}\n"
        f"来源 {len(state['imports'])} 份表；数据问题 {issues['total']} 条",
        f"Published snapshot {snapshot['id']} ({clock(snapshot['published_at'])})\n{snapshot['path']}\n"
        f"{len(state['imports'])} source sheets; {issues['total']} data issues",
    )
    print_seals(state["seals"])


@contextmanager
def bytes_done(zh: str, en: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal (nothing in a pipe); yields what takes the bytes done and in all."""
    label, hidden = en if LANGUAGE == "en" else zh, not sys.stderr.isatty()
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=hidden) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield advance


def print_rows(rows: list[dict[str, Any]], states: Mapping[str, tuple[str, str]]) -> None:
    """Print rows of a parameter table, each on a line with its state in words."""
    at = 1 if LANGUAGE == "en" else 0
    for row in rows:
        values = "  ".join(str(value) for name, value in row.items() if name != "state" and value != "")
        click.echo(f"{values}  [{states[row['state']][at]}]")
    if not rows:
        say("没有。", "None.")


def print_unknown(sheets: list[actions.Unknown]) -> None:
    """Print each header of sheets that were not recognised, with what it resembles."""
    at = 1 if LANGUAGE == "en" else 0
    for sheet in sheets:
        click.echo(" › ".join(filter(None, [sheet.file_name, sheet.sheet_name])))
        say(
            f"  最像：{sheet.titles[sheet.dataset][at]}（{sheet.dataset}）",
            f"  Most like: {sheet.titles[sheet.dataset][at]} ({sheet.dataset})",
        )
        for header in sheet.headers:
            field = sheet.suggested[sheet.dataset].get(header)
            known = f"{field}  {sheet.fields[sheet.dataset][field]}" if field else "?"
            click.echo(f"  {header} = {known}")
    if not sheets:
        say("表头都认得。", "Every header is known.")
    else:
        say(
            "记住：junheng remember 数据集 表头=字段 …",
            "To remember: junheng remember DATASET HEADER=FIELD …",
        )


def print_findings(rows: list[dict[str, Any]]) -> None:
    """Print how many findings each rule has."""
    at = "en" if LANGUAGE == "en" else "zh"
    counts = Counter((row["severity"], row["rule_code"], row[f"title_{at}"]) for row in rows)
    for (severity, rule, title), count in sorted(counts.items(), key=lambda item: (item[0][0], -item[1])):
        word = {"error": ("错误", "error"), "warning": ("提示", "warning")}[severity][at == "en"]
        click.echo(f"{rule}  {word}  {count:>6}  {title or ''}")
    say(f"共 {len(rows)} 条。", f"{len(rows)} in all.")


def print_seals(seals: list[dict[str, Any]], *, only_damaged: bool = False) -> None:
    """Print what was sealed as submitted, and plainly when a file no longer is what was sealed."""
    for row in seals:
        if not row["is_intact"]:
            say(
                f"注意：快照 {row['id']} 封存为“{row['label']}”，但其文件已丢失或被改动，与封存时不符。",
                f"Mind: snapshot {row['id']} was sealed as “{row['label']}”, "
                "but its file was lost or changed.",
                err=True,
            )
        elif not only_damaged:
            say(f"已封存 {row['id']}：{row['label']}", f"Sealed {row['id']}: {row['label']}")


def print_facts(example: actions.Example) -> None:
    """Print what an example's document says besides its schools; it stands on the page 共同体 as well."""
    for fact in example.facts:
        days = "—".join(filter(None, (fact["due_from"], fact["due_to"])))
        number = f" {fact['value']} {fact['unit']}" if fact["value"] else ""
        say(f"{days} {fact['label_zh']}{number}".strip(), f"{days} {fact['label_en']}{number}".strip())
    if example.folder is None:
        say(
            "这个例子只有清单和日程，没有学校，不需要导入；在“共同体”页和参数表里已有。",
            "This example is lists and a calendar without schools: nothing to import, it is in the product.",
        )


def print_backup(report: actions.BackupReport) -> None:
    """Print what was saved where."""
    say(
        f"已备份 {report.members} 个文件到 {report.path}（{report.size / 1e6:.1f} MB）。",
        f"Saved {report.members} files in {report.path} ({report.size / 1e6:.1f} MB).",
    )
    print_seals(report.damaged, only_damaged=True)


def print_refresh(report: actions.RefreshReport) -> None:
    """Print the published snapshot, or each failed test with its first rows; exits 1 on failure."""
    for failure in report.failures:
        click.echo(str(failure), err=True)
    if report.failures:
        say(
            "检验未通过，原来发布的快照保持不变。",
            "A test failed; what was published before still stands.",
            err=True,
        )
        sys.exit(1)
    say(f"已发布快照 {report.snapshot_id}", f"Published snapshot {report.snapshot_id}")
