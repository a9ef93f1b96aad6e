"""The self-evaluation report's sentences, made by rules; what no figure shows stays blank."""

from __future__ import annotations

from reports.facts import Facts, Figure, Row
from reports.report_items import unmet
from reports.wordml import BLANK, Parts

BALANCE, VERDICT, SCALE = "fct_county_balance", "fct_county_verdict", "fct_county_scale"
EXCHANGE, COVERAGE = "fct_exchange_rate", "fct_consortium_coverage"
COUNTY = ("county", "county")
SHORT = (
    ("schools_near", "只达到85%的学校"),
    ("schools_below", "未达到85%的学校"),
    ("schools_missing", "缺数据的学校"),
)
KIND_OF_TARGET = {"差异系数": "coefficient", "达标学校比例": "percent", "县均值": "value"}


def basics(facts: Facts) -> list[Parts]:
    """Return how large the county's compulsory education is, a sentence a stage."""

    def figure(stage: str, field: str) -> Figure:
        return facts.figure(SCALE, (stage,), field, "count")

    return [
        [
            f"{facts.year_label}，全县参加评估的{facts.label('stage', stage)} ",
            figure(stage, "schools"),
            " 所，在校学生 ",
            figure(stage, "students"),
            " 人，班级 ",
            figure(stage, "class_count"),
            " 个，专任教师 ",
            figure(stage, "full_time_teachers"),
            " 人。",
        ]
        for stage in facts.stages
    ]


def resources(facts: Facts) -> list[Parts]:
    """Return how many schools comply and how many coefficients hold, a sentence a stage."""
    return [
        sentence
        for stage in facts.stages
        for sentence in (_schools(facts, stage), _coefficients(facts, stage))
    ]


def _schools(facts: Facts, stage: str) -> Parts:
    key, row = (stage,), facts.row(VERDICT, stage)
    parts: list[Figure | str] = [
        f"{facts.label('stage', stage)} ",
        facts.figure(VERDICT, key, "schools", "count"),
        " 所学校中，资源配置达标 ",
        facts.figure(VERDICT, key, "schools_compliant", "count"),
        " 所，占 ",
        facts.figure(VERDICT, key, "compliant_share", "percent"),
    ]
    for field, word in (("schools_not_compliant", "未达标"), ("schools_incomplete", "因缺数据暂不能判断")):
        if row.get(field):
            parts += [f"；{word} ", facts.figure(VERDICT, key, field, "count"), " 所"]
    if row.get("previous_compliant") is not None:
        previous = [
            facts.figure(VERDICT, key, field, "count") for field in ("previous_schools", "previous_compliant")
        ]
        parts += ["。上一学年 ", previous[0], " 所中达标 ", previous[1], " 所"]
    return [*parts, "。"]


def _coefficients(facts: Facts, stage: str) -> Parts:
    key, row = (stage,), facts.row(VERDICT, stage)
    if not row.get("coefficients"):
        composite = facts.figure(BALANCE, (stage, "composite"), "cv", "coefficient")
        return [f"{facts.label('stage', stage)}各项差异系数的平均为 ", composite, "。"]
    parts: list[Figure | str] = [
        f"{facts.label('stage', stage)} ",
        facts.figure(VERDICT, key, "coefficients", "count"),
        " 项校际差异系数中，限内 ",
        facts.figure(VERDICT, key, "coefficients_met", "count"),
        " 项",
    ]
    for field, word in (("coefficients_not_met", "超限"), ("coefficients_missing", "因缺数据不下结论")):
        if row.get(field):
            parts += [f"，{word} ", facts.figure(VERDICT, key, field, "count"), " 项"]
    widest = row.get("widest_indicator_code")
    if widest:
        parts += [
            f"；差异最大的是{facts.row('dim_indicator', stage, widest).get('name_zh')}，差异系数 ",
            facts.figure(BALANCE, (stage, widest), "cv", "coefficient"),
            "，限 ",
            facts.figure(BALANCE, (stage, widest), "cv_limit", "value"),
        ]
    return [*parts, "。"]


def practices(facts: Facts) -> list[Parts]:
    """Return what data show of what was done; without data nothing is said."""
    return [*_exchange(facts), *_consortiums(facts)]


def _exchange(facts: Facts) -> list[Parts]:
    row = facts.row(EXCHANGE, *COUNTY)
    if row.get("exchanged") is None:
        return []

    def figure(field: str, kind: str) -> Figure:
        return facts.figure(EXCHANGE, COUNTY, field, kind)

    parts: list[Figure | str] = ["推进教师交流轮岗。本学年交流教师 ", figure("exchanged", "count"), " 人"]
    if row["exchange_rate"] is not None:
        parts += [
            "，符合交流条件的教师 ",
            figure("eligible", "count"),
            " 人，占 ",
            figure("exchange_rate", "percent"),
            "（要求不低于 ",
            figure("exchange_target", "percent"),
            "）",
        ]
    if row["backbone_share"] is not None:
        parts += [
            "；其中骨干教师 ",
            figure("backbone_exchanged", "count"),
            " 人，占交流教师的 ",
            figure("backbone_share", "percent"),
            "（要求不低于 ",
            figure("backbone_target", "percent"),
            "）",
        ]
    return [[*parts, "。"]]


def _consortiums(facts: Facts) -> list[Parts]:
    row = facts.row(COVERAGE)
    if not row.get("consortiums"):
        return []
    parts: list[Figure | str] = [
        "推进集团化、联合体办学。现有教育共同体 ",
        facts.figure(COVERAGE, (), "consortiums", "count"),
        " 个",
    ]
    if row["schools"]:
        parts += [
            "，参加评估的学校 ",
            facts.figure(COVERAGE, (), "schools", "count"),
            " 所中 ",
            facts.figure(COVERAGE, (), "schools_covered", "count"),
            " 所参加，占 ",
            facts.figure(COVERAGE, (), "school_share", "percent"),
        ]
    return [[*parts, "。"]]


def targets(facts: Facts) -> list[tuple[Row, str, Figure, Figure]]:
    """Return the county's own targets: row, name, what was aimed at, what was reached."""
    found = []
    for row in facts.rows("fct_target_progress"):
        key = (row["target_kind"], row["stage"], row["indicator_code"])
        kind = KIND_OF_TARGET.get(row["target_kind"], "value")
        indicator = facts.row("dim_indicator", row["stage"], row["indicator_code"]).get("name_zh")
        name = indicator or facts.label("indicator", row["indicator_code"])
        aimed, reached = (
            facts.figure("fct_target_progress", key, field, kind) for field in ("target", "actual")
        )
        found.append((row, name, aimed, reached))
    return found


def problems(facts: Facts) -> list[Parts]:
    """Return what does not hold, by indicator: how many schools fall short and what all of them lack."""
    lines: list[Parts] = []
    for stage in facts.stages:
        for indicator in facts.indicators(stage):
            key = (stage, indicator["indicator_code"])
            row = facts.row(BALANCE, *key)
            if any(row.get(field) for field, _word in SHORT):
                lines.append(_short(facts, key, indicator))
            if row.get("status") == "not_met":
                cv = facts.figure(BALANCE, key, "cv", "coefficient")
                limit = facts.figure(BALANCE, key, "cv_limit", "value")
                named = f"{facts.label('stage', stage)}{indicator['name_zh']}"
                lines.append([f"{named}校际差异系数 ", cv, " 超过限值 ", limit, "。"])
    return [*(lines or [["参加评估的学校各项指标均达到标准，差异系数均在限内。"]]), *unmet(facts)]


def _short(facts: Facts, key: tuple[str, str], indicator: Row) -> Parts:
    def figure(field: str, kind: str = "count") -> Figure:
        return facts.figure(BALANCE, key, field, kind)

    row, parts = facts.row(BALANCE, *key), list[Figure | str]()
    for field, word in SHORT:
        if row.get(field):
            parts += [f"{'，' if parts else ''}{word} ", figure(field), " 所"]
    if row.get("total_shortfall"):
        parts += ["；到标准共缺 ", figure("total_shortfall", "amount"), f" {indicator['numerator_unit_zh']}"]
    return [f"{facts.label('stage', key[0])}{indicator['name_zh']}：", *parts, "。"]


def lacking(facts: Facts, stage: str, school: str) -> Parts:
    """Return a school's unmet indicators, each with what it lacks to the threshold."""
    parts: list[Figure | str] = []
    for indicator in facts.indicators(stage):
        key = (stage, school, indicator["indicator_code"])
        status = facts.row("fct_school_indicator", *key).get("status")
        after = "；" if parts else ""
        if status == "missing":
            parts += [f"{after}– {indicator['short_zh']}缺数据"]
        elif status in ("near", "below"):
            amount = facts.figure("fct_school_indicator", key, "shortfall", "amount")
            sign = facts.sign("status", status)[:1]
            parts += [
                f"{after}{sign} {indicator['short_zh']}缺 ",
                amount,
                f" {indicator['numerator_unit_zh']}",
            ]
    return parts


def next_steps(facts: Facts, entries: list[Row]) -> list[Parts]:
    """Return what the ledger says will be done; without entries the bureau is asked."""
    lines: list[Parts] = [
        [f"{_about(facts, row)}：{row['measure']}，{row['deadline']} 前完成。"]
        for row in entries
        if row["measure"] and row["deadline"] and row["state"] != "closed"
    ]
    return lines or [[BLANK]]


def _about(facts: Facts, row: Row) -> str:
    school = facts.school_name(row["school_code"]) if row["school_code"] else "全县"
    return f"{school}{facts.label('stage', row['stage'])}{row['title']}"
