"""The ledger out to Excel and back: an edited workbook is merged with what others wrote, or refused whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from office import evidence, ledger
from office.plainly import plainly
from office.rights import WRITE_RECORDS, Reader, insist
from reports import ledger_book
from reports.ledger_book import Line
from warehouse import read, snapshots
from warehouse.errors import JunhengError
from warehouse.home import Home
from workspace import authors
from workspace import ledger as kept
from workspace.ledger import Edit
from workspace.ledger_fields import EDITABLE, STATES, clean
from workspace.refusals import RefusedError
from workspace.store import Store

Row = dict[str, Any]
Fault = tuple[str, str]
SHOWN = 20


@dataclass(frozen=True)
class Taken:
    """What came of a workbook read back: entries changed, as they were, not in it, and conflicts kept."""

    changed: tuple[int, ...]
    unchanged: int
    conflicts: tuple[Row, ...]
    absent: int = 0


def frame(home: Home, language: str = "zh", numbers: list[int] | None = None) -> pl.DataFrame:
    """Return the ledger with the official columns in words, the entries that ask for attention first.

    The columns are those of `reports.ledger_book.FIELDS`; `numbers` keeps only these entries.
    """
    found = ledger.listed(home)
    if numbers is not None:
        found = found.filter(pl.col("number").is_in(numbers))
    at = int(language == "en")
    files = evidence.index(home).filter(pl.col("number").is_not_null())
    listing = files.group_by("number").agg(
        evidence=pl.concat_str("index_no", "name", separator=" ").str.join("；")
    )
    said = _words(home, language)
    closed = (("否", "no"), ("是", "yes"))
    return found.join(listing, on="number", how="left").with_columns(
        stage_name=pl.col("stage").replace(said["stage"]),
        standard_name=pl.col("standard_code").replace(said["standard"]),
        title=pl.when((pl.col("title_en") != "") & bool(at)).then("title_en").otherwise("title"),
        state=pl.col("state").replace({code: words[at] for code, words in STATES.items()}),
        is_closed=pl.when(pl.col("state") == "closed").then(pl.lit(closed[1][at])).otherwise(
            pl.lit(closed[0][at])
        ),
    ).select(field.name for field in ledger_book.FIELDS)  # fmt: skip


def _words(home: Home, language: str) -> dict[str, dict[str, str]]:
    """Return what stages and standards are called, once anything is published."""
    now = snapshots.current(home)
    if now is None:
        return {"stage": {}, "standard": {}}
    path, tail = str(now.path), "en" if language == "en" else "zh"
    stages = read.labels(path).filter(pl.col("kind") == "stage")
    standards = read.standards(path)
    return {
        "stage": dict(stages.select("code", f"label_{tail}").iter_rows()),
        "standard": dict(standards.select("standard_code", f"name_{tail}").iter_rows()),
    }


def workbook(home: Home, language: str = "zh", numbers: list[int] | None = None) -> bytes:
    """Return the ledger as a workbook that says what it was made from and can be read back."""
    now, at = snapshots.current(home), int(language == "en")
    county = read.county(str(now.path))["county_name"] if now else ""
    made = date.today().isoformat()
    source = now.id if now else "—"
    said = {
        "zh": (
            f"{county}义务教育优质均衡发展整改台账",
            f"制表日期 {made}",
            f"数据快照 {source}",
            "蓝色表头的列可以修改后重新导入；编号和版本请勿改动，新增条目请在“整改台账”页列入",
        ),
        "en": (
            f"{county} rectification ledger (整改台账)",
            f"made on {made}",
            f"snapshot {source}",
            "edit the columns with a blue heading and import it again; leave number and version as they are",
        ),
    }["en" if at else "zh"]
    states = {code: words[at] for code, words in STATES.items()}
    return ledger_book.write(frame(home, language, numbers), said, states, "en" if at else "zh")


@plainly
def take(home: Home, name: str, data: bytes, by: str) -> Taken:
    """Read an edited workbook back; faults are told with sheet, row and column, and then nothing is kept."""
    insist(Reader(home, by), WRITE_RECORDS)
    author = authors.typed(by)
    try:
        sheet, lines, lacking = ledger_book.read(data)
    except ValueError as error:
        raise JunhengError(
            f"{name} 不是整改台账的工作簿：没有找到“编号”“版本”两列。请用“下载台账”得到的文件。",
            f"{name} is no workbook of the ledger: it has no columns “No.” and “Version”. Download it.",
        ) from error
    edits, faults = _edits(lines, lacking, f"{name} › {sheet}")
    if faults:
        raise _refused(faults)
    rows = {edit.number: line.row for edit, line in zip(edits, lines, strict=True)}
    try:
        outcomes = kept.edit(Store(home.root), edits, author, via="excel")
    except RefusedError as refused:
        if refused.about is None:
            raise
        place = rows.get(refused.about)
        raise _refused([_placed(f"{name} › {sheet}", place, None, refused)]) from refused
    changed = tuple(outcome.number for outcome in outcomes if outcome.written)
    conflicts = tuple(row for outcome in outcomes for row in outcome.conflicts)
    touched = {*changed, *(row["number"] for row in conflicts)}
    absent = len({row["number"] for row in kept.entries(Store(home.root))} - rows.keys())
    return Taken(changed, len(outcomes) - len(touched), conflicts, absent)


def _edits(lines: list[Line], lacking: list[str], where: str) -> tuple[list[Edit], list[Fault]]:
    """Return what the lines want to say, or every fault there is."""
    edits, faults, seen = [], [], set()
    for line in lines:
        number, version = line.cells["number"], line.cells["version"]
        if not isinstance(number, int) or not isinstance(version, int):
            faults.append(_placed(where, line.row, "number", _unnumbered()))
            continue
        if number in seen:
            faults.append(_placed(where, line.row, "number", _twice(number)))
        seen.add(number)
        changes = {field: line.cells[field] for field in EDITABLE if field not in lacking}
        for field, value in changes.items():
            try:
                clean(field, value)
            except RefusedError as refused:
                faults.append(_placed(where, line.row, field, refused))
        edits.append(Edit(number, version, changes))
    return edits, faults


def _placed(where: str, row: int | None, field: str | None, refused: RefusedError) -> Fault:
    named = next((one for one in ledger_book.FIELDS if one.name == field), None)
    zh = f"第 {row} 行" if row else ""
    en = f"row {row}" if row else ""
    if named:
        zh, en = f"{zh} {named.zh} 列", f"{en}, column {named.en}"
    return f"{where} {zh}：{refused.message_zh}", f"{where} {en}: {refused.message_en}"


def _unnumbered() -> RefusedError:
    return RefusedError(
        "没有编号和版本。新增的问题请在“整改台账”页列入，再下载台账填写。",
        "There is no number and version. Enter new problems on the ledger's page, then download it again.",
    )


def _twice(number: int) -> RefusedError:
    return RefusedError(
        f"编号 {number} 出现两次，请只保留一行。", f"Number {number} stands twice; keep one row."
    )


def _refused(faults: list[Fault]) -> JunhengError:
    more = len(faults) - SHOWN
    zh, en = [fault[0] for fault in faults[:SHOWN]], [fault[1] for fault in faults[:SHOWN]]
    if more > 0:
        zh.append(f"另有 {more} 处")
        en.append(f"and {more} more")
    zh.append("请改正后重新导入；这次什么也没有改动。")
    en.append("Mend this and import the file again; nothing was changed.")
    return JunhengError("\n".join(zh), "\n".join(en))
