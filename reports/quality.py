"""数据质量说明: what the figures rest on, what is still in question, what was waived or corrected."""

from __future__ import annotations

from reports.check import Paper
from reports.facts import Facts, Figure, Row
from reports.letter import Letter
from reports.wordml import Cell

TITLE = "数据质量说明"
MASKED = ("teachers", "exchanges", "exam_scores")
"""Datasets about single persons: of their findings only the number is told."""


def quality(facts: Facts) -> Paper:
    """Return the statement of data quality."""
    letter = Letter(facts, TITLE)
    letter.heading(f"{facts.county['county_name']}{facts.year_label}{TITLE}", 0)
    letter.made_from()
    _coverage(letter)
    _gaps(letter)
    _findings(letter)
    _waived(letter)
    _corrected(letter)
    _sources(letter)
    return letter.close()


def _coverage(letter: Letter) -> None:
    facts = letter.facts
    letter.heading("一、报送情况")
    rows = [
        [
            Cell(facts.label("dataset", row["dataset"])),
            *(Cell(_sent(facts, row, field)) for field in ("owed", "received")),
        ]
        for row in facts.rows("fct_submission_count")
    ]
    letter.table(("数据表", "应报学校（校点）", "已报"), rows, (7, 4.5, 4.5))
    for stage in facts.stages:
        key = (stage,)
        scale = "fct_county_scale"
        letter.line(
            [
                f"{facts.label('stage', stage)}参加评估 ",
                facts.figure(scale, key, "schools", "count"),
                " 所，其中缺班级数 ",
                facts.figure(scale, key, "schools_without_classes", "count"),
                " 所，缺专任教师数 ",
                facts.figure(scale, key, "schools_without_teachers", "count"),
                " 所。",
            ]
        )


def _sent(facts: Facts, row: Row, field: str) -> Figure:
    return facts.figure("fct_submission_count", (row["dataset"],), field, "count")


def _gaps(letter: Letter) -> None:
    facts = letter.facts
    letter.heading("二、缺数据的指标")
    missing = [row for row in facts.rows("fct_school_indicator") if row["status"] == "missing"]
    measures = {row["measure"]: row["name_zh"] for row in facts.all("dim_measure")}
    rows = [
        [
            Cell(facts.school_name(row["school_code"])),
            Cell(facts.label("stage", row["stage"])),
            Cell(facts.row("dim_indicator", row["stage"], row["indicator_code"]).get("name_zh")),
            Cell(_lacking(facts, measures, row["missing_inputs"])),
        ]
        for row in missing
    ]
    if rows:
        letter.line("缺数据不是零，也不算达标；下列数补报之前，这些学校不能判为达标。")
        letter.table(("学校", "学段", "指标", "要补报的数"), rows, (4.2, 1.6, 6.2, 4.4))
    else:
        letter.line("参加评估的学校各项指标都有数据。")


def _lacking(facts: Facts, measures: dict[str, str], listed: str | None) -> str:
    names = (listed or "").split(",")
    return "、".join(measures.get(name) or facts.label("measure", name) for name in names if name) or "—"


def _findings(letter: Letter) -> None:
    facts = letter.facts
    letter.heading("三、数据问题")
    rows = []
    for row in facts.rows("fct_finding_count"):
        key = (row["school_year"], row["rule_code"], row["severity"])
        counted = [
            Cell(facts.figure("fct_finding_count", key, field, "count"))
            for field in ("open_findings", "waived_findings", "schools")
        ]
        title = facts.row("dim_rule", row["rule_code"]).get("title_zh")
        year = "不属于某一学年" if not row["school_year"] else "本学年"
        severity = facts.sign("severity", row["severity"])
        rows.append([Cell(row["rule_code"]), Cell(title), Cell(severity), Cell(year), *counted])
    if not rows:
        letter.line("没有发现数据问题。")
        return
    letter.line("以下为系统按编号规则逐条检查的结果；每条涉及哪所学校、哪个文件哪一格，见仪表板“数据”页。")
    heads = ("规则", "问题", "程度", "学年", "未处理", "已豁免", "涉及学校")
    letter.table(heads, rows, (1.5, 5.6, 1.7, 2.5, 1.7, 1.7, 1.9))


def _waived(letter: Letter) -> None:
    facts = letter.facts
    letter.heading("四、核实后豁免的问题")
    rows = [
        [
            Cell(row["rule_code"]),
            Cell(facts.school_name(row["school_code"]) if row["school_code"] else None),
            Cell("（涉及个人，从略）" if row["dataset"] in MASKED else row["message_zh"]),
            Cell(row["waiver_reason"]),
        ]
        for row in facts.all("fct_data_issue")
        if row["is_waived"]
    ]
    if rows:
        letter.table(("规则", "学校", "问题", "豁免理由"), rows, (1.5, 3.6, 6.9, 4.6))
    else:
        letter.line("没有。")


def _corrected(letter: Letter) -> None:
    facts = letter.facts
    letter.heading("五、更正的数")
    seen = {(row["site_code"], row["input"]): row for row in facts.all("fct_lineage")}
    rows = [
        [
            Cell(facts.school_name(row["site_code"])),
            Cell(row["column_name"]),
            Cell(_place(row)),
            Cell(f"{row['original_amount']:.12g}" if row["original_amount"] is not None else None),
            Cell(f"{row['amount']:.12g}" if row["amount"] is not None else None),
            Cell(row["correction_reason"]),
        ]
        for row in seen.values()
    ]
    if rows:
        letter.table(("学校", "列", "来源", "原值", "更正为", "理由"), rows, (3.4, 2.6, 3.6, 1.9, 1.9, 3.2))
    else:
        letter.line("没有更正。全部数字与学校上报的文件一致。")


def _place(row: Row) -> str:
    where = " › ".join(filter(None, (row["file_name"], row["sheet_name"])))
    return f"{where} 第 {row['row_number']} 行" if row["row_number"] else where


def _sources(letter: Letter) -> None:
    facts = letter.facts
    letter.heading("六、来源文件")
    letter.line("每份收到的文件按内容的 SHA-256 保存，列出前 16 位；同一文件再算一次，结果应相同。", "Note")
    rows = []
    for row in facts.rows("fct_source"):
        key = (row["import_id"], row["file_name"], row["sheet_name"], row["dataset"])
        rows.append(
            [
                Cell(" › ".join(filter(None, (row["file_name"], row["sheet_name"])))),
                Cell(facts.label("dataset", row["dataset"])),
                Cell(facts.figure("fct_source", key, "rows_landed", "count")),
                Cell((row["file_hash"] or "")[:16]),
            ]
        )
    letter.table(("文件 › 工作表", "数据表", "入库行数", "SHA-256（前16位）"), rows, (8, 2.8, 2, 3.8))
