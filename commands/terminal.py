"""What the terminal prints, in the reader's language."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click

from view import texts
from warehouse import actions
from warehouse.difference_words import told
from warehouse.differences import as_dict
from warehouse.errors import JunhengError

LANGUAGE = os.environ.get("JUNHENG_LANG", "zh")
ISSUES_SHOWN = 20
COLUMNS_SHOWN = 30


class HomeAnywhere(click.Group):
    """A group that takes `--home` before or after the command's name."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Move `--home DIR` (or `--home=DIR`) in front of everything else."""
        for at, argument in enumerate(arguments):
            size = 2 if argument == "--home" else 1 if argument.startswith("--home=") else 0
            if size and at:
                arguments = [*arguments[at : at + size], *arguments[:at], *arguments[at + size :]]
                break
        return super().parse_args(context, arguments)


def say(zh: str, en: str, *, err: bool = False) -> None:
    """Print one sentence in the reader's language."""
    click.echo(en if LANGUAGE == "en" else zh, err=err)


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


def trial_as_dict(trial: actions.Trial) -> dict[str, Any]:
    """Return a trial in the shape `--json` promises: the import, and what would change (null: nothing)."""
    return import_as_dict(trial.report) | {
        "difference": None if trial.difference is None else as_dict(trial.difference),
        "failures": [vars(failure) for failure in trial.failures],
    }


def print_trial(trial: actions.Trial) -> None:
    """Print what the files hold, then what a refresh would change, flipped verdicts first."""
    print_import(trial.report)
    for failure in trial.failures:
        click.echo(str(failure), err=True)
    if trial.failures:
        say(
            "导入后刷新将不能发布，原因如上。",
            "A refresh would not publish, for the reasons above.",
            err=True,
        )
    elif trial.difference is not None:
        say("试算：导入并刷新后会有这些变化", "Trial: what an import and a refresh would change")
        print_difference(trial.difference)
    say("这是试算，什么也没有改变。", "This was a trial; nothing was changed.")


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
        f"已发布快照 {snapshot['id']}（{snapshot['published_at']}）\n{snapshot['path']}\n"
        f"来源 {len(state['imports'])} 份表；数据问题 {issues['total']} 条",
        f"Published snapshot {snapshot['id']} ({snapshot['published_at']})\n{snapshot['path']}\n"
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


@contextmanager
def files_done(total: int) -> Iterator[Callable[[str], None]]:
    """Show a bar of files with the present one's name on a terminal; yields what takes each name."""
    label, hidden = "Reading files" if LANGUAGE == "en" else "读取文件", not sys.stderr.isatty()
    shown: dict[str, Any] = {"label": label, "file": sys.stderr, "hidden": hidden, "show_pos": True}
    with click.progressbar(length=max(total, 1), item_show_func=lambda name: name, **shown) as bar:
        yield lambda name: bar.update(1, name)
        bar.update(bar.length - bar.pos if bar.length else 0)


def echo_step(line: str) -> None:
    """Print a line of progress in the reader's language."""
    texts.use(LANGUAGE)
    click.echo(texts.spoken(line))


def step_on_terminal(line: str) -> None:
    """Print a line of progress where somebody watches; nothing in a pipe."""
    if sys.stderr.isatty():
        texts.use(LANGUAGE)
        click.echo(texts.spoken(line), err=True)


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


def print_difference(found: actions.Difference) -> None:
    """Print what changed between two snapshots, flipped verdicts first."""
    for line in told(found, LANGUAGE):
        click.echo(line)


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
