"""一校一策: one page a school, its figures against the lines, what is wanted and what to do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from reports.check import Paper
from reports.facts import KEYS, Facts, Figure, Row
from reports.letter import Letter
from reports.wordml import BLANK, Cell, Parts

TITLE = "一校一策"
HEAD = ("指标", "现值", "标准", "标准的85%", "结论", "到85%还缺", "到标准还缺")
WIDTHS = (6.4, 1.6, 1.3, 1.6, 1.8, 2.0, 2.4)
CASE = "fct_inspection_case"
CASES = 8
"""How many cases of other items fit a school's page."""
UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
Entries = Mapping[tuple[str, str, str], Row]
"""Ledger entries by school, stage and indicator: measure, responsible, deadline."""


def plans(facts: Facts, entries: Entries | None = None) -> Paper:
    """Return all schools in one file, each on a page of its own, those to look at first on top."""
    return _of(facts, in_order(facts), entries or {})


def plans_apart(facts: Facts, entries: Entries | None = None) -> Iterator[tuple[str, Paper]]:
    """Yield a file name and a document for each school."""
    for place, school in enumerate(in_order(facts), start=1):
        name = UNSAFE.sub(" ", f"{place:03d} {facts.school_name(school)} {school}").strip()
        yield f"{name}.docx", _of(facts, [school], entries or {})


def packed(files: Iterator[tuple[str, Paper]]) -> bytes:
    """Return documents as one zip."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, paper in files:
            archive.writestr(name, paper.content)
    return target.getvalue()


def in_order(facts: Facts) -> list[str]:
    """Return every assessed school once, in the order in which to look at them."""
    rows = sorted(
        facts.rows("fct_school_compliance"),
        key=lambda row: (row["attention_rank"], row["stage"] != "primary"),
    )
    return list(dict.fromkeys(row["school_code"] for row in rows))


def _of(facts: Facts, schools: Sequence[str], entries: Entries) -> Paper:
    letter = Letter(facts, TITLE)
    for place, school in enumerate(schools):
        page(letter, school, entries, new_page=place > 0)
    return letter.close()


def page(letter: Letter, school: str, entries: Entries, *, new_page: bool) -> None:
    """Write one school's page."""
    facts = letter.facts
    row = facts.row("dim_school", school)
    letter.heading(f"{facts.school_name(school)}　一校一策", new_page=new_page)
    place = [row.get(field) for field in ("school_type", "ownership", "area_type", "township")]
    letter.line(f"标识码 {school}　{'　'.join(str(part) for part in place if part)}", "Note")
    for stage in facts.stages:
        if facts.row("fct_school_compliance", stage, school):
            _stage(letter, stage, school, entries)
    for line in elsewhere(facts, school):
        letter.line(line, "Step")
    letter.line(["责任单位：", BLANK, "　责任人：", BLANK, "　校长签字：", "　　　　　　　"], "Step")
    letter.line(f"快照 {facts.basis.snapshot_id} · {facts.standard['name_zh']} · {facts.year_label}", "Note")


def verdict_line(facts: Facts, stage: str, school: str) -> Parts:
    """Return a school's verdict in a sentence with its counts."""
    key = (stage, school)
    scale, counted = "fct_school_scale", "fct_school_compliance"
    row = facts.row(counted, *key)
    return [
        f"{facts.label('stage', stage)}：学生 ",
        facts.figure(scale, key, "students", "count"),
        " 人，班级 ",
        facts.figure(scale, key, "class_count", "count"),
        " 个，专任教师 ",
        facts.figure(scale, key, "full_time_teachers", "count"),
        " 人。",
        facts.figure(counted, key, "indicators_tested", "count"),
        " 项指标中达标 ",
        facts.figure(counted, key, "indicators_met", "count"),
        " 项，只达到85% ",
        facts.figure(counted, key, "indicators_near", "count"),
        " 项，未达到85% ",
        facts.figure(counted, key, "indicators_below", "count"),
        " 项，缺数据 ",
        facts.figure(counted, key, "indicators_missing", "count"),
        f" 项。结论：{facts.sign('verdict', row.get('verdict'))}。",
    ]


def _stage(letter: Letter, stage: str, school: str, entries: Entries) -> None:
    facts = letter.facts
    letter.line(verdict_line(facts, stage, school), "Step")
    rows = [_indicator(facts, stage, school, indicator) for indicator in facts.indicators(stage)]
    letter.table(HEAD, rows, WIDTHS)
    for line in to_do(facts, stage, school, entries):
        letter.line(line, "Step")


def _indicator(facts: Facts, stage: str, school: str, indicator: Row) -> list[Cell]:
    key = (stage, school, indicator["indicator_code"])
    row = facts.row("fct_school_indicator", *key)

    def figure(field: str, kind: str) -> Figure:
        return facts.figure("fct_school_indicator", key, field, kind)

    status = row.get("status", "missing")
    return [
        Cell(indicator["name_zh"]),
        Cell(figure("value", "value"), shade=status),
        Cell(figure("threshold", "exact")),
        Cell(figure("floor_value", "exact")),
        Cell(facts.sign("status", status), shade=status, align="center"),
        Cell([figure("shortfall_to_floor", "amount"), f" {indicator['numerator_unit_zh']}"], align="right"),
        Cell([figure("shortfall", "amount"), f" {indicator['numerator_unit_zh']}"], align="right"),
    ]


def to_do(facts: Facts, stage: str, school: str, entries: Entries) -> list[Parts]:
    """Return what is to be done, a sentence each: the smallest set of remedies, data to supply, deadlines."""
    lines: list[Parts] = []
    for indicator in facts.indicators(stage):
        code = indicator["indicator_code"]
        key = (stage, school, code)
        row = facts.row("fct_school_indicator", *key)
        entry = entries.get((school, stage, code), {})
        if row.get("status") == "missing":
            lines.append([f"补报数据：{indicator['name_zh']}。时限：", entry.get("deadline") or BLANK])
        elif row.get("remedy_goal"):
            amount = facts.figure("fct_school_indicator", key, "remedy_amount", "amount")
            goal = facts.label("remedy_goal", row["remedy_goal"])
            said = entry.get("measure")
            measure = [f"。措施：{said}"] if said else []
            lines.append(
                [
                    f"{indicator['remedy_zh']} ",
                    amount,
                    f" {indicator['numerator_unit_zh']}（{goal}）",
                    *measure,
                    "。时限：",
                    entry.get("deadline") or BLANK,
                ]
            )
    numbered: list[Parts] = [[f"{place}. ", *parts] for place, parts in enumerate(lines, start=1)]
    return numbered or ["资源配置各项指标已达到要求，保持即可。"]


def elsewhere(facts: Facts, school: str) -> list[Parts]:
    """Return what the other items of the inspection find wanting at a school: rooms, sizes, funds."""
    rows = [row for row in facts.rows(CASE) if row["school_code"] == school]
    if not rows:
        return []
    lines: list[Parts] = ["其他评估条目中，这所学校要处理的："]
    for row in rows[:CASES]:
        item = facts.row("dim_inspection_item", row["item_code"])
        words = facts.figure(CASE, tuple(row[name] for name in KEYS[CASE]), "wording_zh", "text")
        sign = facts.sign("item_status", row["status"])
        lines.append([f"{row['item_code']} {item['short_zh']}：{sign}。", words, "。"])
    if len(rows) > CASES:
        lines.append(f"另有 {len(rows) - CASES} 处，见“迎检准备”页。")
    return lines
