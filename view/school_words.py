"""What is said of one school: sentences made by rules from its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import polars as pl

from view import numbers
from view.names import Names, Row, spoken
from view.texts import _, language

MOST_WAYS = 3
"""More repairs than this are told below the verdict, not in it."""


def join(parts: Sequence[str], mark: str = "、") -> str:
    """Join words as the reader's language does."""
    return mark.join(parts) if language() == "zh" else {"、": ", ", "；": "; ", "，": ", "}[mark].join(parts)


def bare_name(row: Row) -> str:
    """Return an indicator's official name without its lead (每百名学生拥有, 生均)."""
    name = spoken(row, "name")
    if language() == "zh":
        return name.removeprefix(str(row.get("prefix_zh") or ""))
    return name.rsplit(" per ", 1)[0]


def unit(indicator: Row) -> str:
    """Return the unit of an indicator's value."""
    return str(indicator.get("unit_en" if language() == "en" else "unit") or "")


def value_with_unit(row: Row, indicator: Row) -> str:
    """Write an indicator's value with its unit, with more decimals where rounding would change its side."""
    decimals = int(indicator.get("decimals") or 2)
    shown = (
        numbers.exact(row["value"])
        if row["rounding_changes_side"]
        else numbers.number(row["value"], decimals)
    )
    return f"{shown}\u202f{unit(indicator)}"


def identity(school: Row, scope: Sequence[Row], names: Names) -> list[str]:
    """Return what a school is: ownership, type, place, boarding, size, code, former names."""
    sizes = [
        _("{stage} {n} 人", stage=names.label("stage", row["stage"]), n=numbers.number(row["students"]))
        for row in scope
        if row["students"]
    ]
    parts = [
        names.label("ownership", school["ownership"]),
        names.label("school_type", school["school_type"]),
        join([part for part in (names.label("area_type", school["area_type"]), school["township"]) if part]),
        {True: _("寄宿制"), False: _("非寄宿")}.get(school["is_boarding"], ""),
        *sizes,
        _("{n} 个班", n=numbers.number(school["class_count"])) if school["class_count"] else "",
        _("专任教师 {n} 人", n=numbers.number(school["full_time_teachers"]))
        if school["full_time_teachers"]
        else "",
        _("标识码 {code}", code=school["school_code"]),
        _("建于 {year} 年", year=school["established_year"]) if school["established_year"] else "",
        _("曾用名 {names}", names=join(school["former_names"].split("|"))) if school["former_names"] else "",
        _("临时登记，等待学校名册") if school["is_provisional"] else "",
    ]
    return [part for part in parts if part]


def remedies(rows: Sequence[Row], names: Names) -> list[str]:
    """Return the smallest set of repairs that makes a stage comply, each with its amount."""
    said = []
    for row in rows:
        if not row["remedy_goal"]:
            continue
        indicator = names.indicator(row["standard_code"], row["stage"], row["indicator_code"])
        parts = {
            "remedy": spoken(indicator, "remedy"),
            "amount": numbers.need(row["remedy_amount"], spoken(indicator, "numerator_unit")),
        }
        if row["remedy_goal"] == "floor":
            said.append(_("{remedy} **{amount}**（到 85%）", **parts))
        else:
            said.append(_("{remedy} **{amount}**", **parts))
    return said


def verdict(compliance: Row, rows: Sequence[Row], names: Names) -> str:
    """Return one stage's verdict with the cheapest way to comply."""
    stage = names.label("stage", compliance["stage"])
    if compliance["verdict"] == "not_tested":
        return _(
            "{stage}：{standard}不逐校检验，只检验全县的差异系数",
            stage=stage,
            standard=names.standard(compliance["standard_code"], "name"),
        )
    if compliance["verdict"] == "incomplete":
        missing = [row for row in rows if row["status"] == "missing"]
        which = join([_short(row, names) for row in missing])
        return _("{stage}缺数据：{which}算不出来，补报后才能下结论", stage=stage, which=which)
    if compliance["verdict"] == "compliant":
        if not compliance["indicators_near"]:
            return _("{stage}达标，{n} 项全部达到标准", stage=stage, n=compliance["indicators_met"])
        return _("{stage}达标，{n} 项达到标准，一项不低于 85%", stage=stage, n=compliance["indicators_met"])
    ways = remedies(rows, names)
    if len(ways) > MOST_WAYS:
        return _("{stage}未达标，要补 {n} 项", stage=stage, n=len(ways))
    said = {"stage": stage, "ways": join(ways, "，")}
    if not ways:
        return _("{stage}未达标", stage=stage)
    if compliance["indicators_missing"]:
        return _("{stage}未达标：{ways}，并补报缺的数据，才可能达标", **said)
    return _("{stage}未达标：{ways}即可达标", **said)


def outside(row: Row, school: Row, parents: dict[str, str], names: Names) -> str:
    """Return why a stage is not tested, in words."""
    stage = names.label("stage", row["stage"])
    said = {
        "merged": _(
            "{stage}不单独测算：不计校数，并入{parent}", stage=stage, parent=_parent(school, parents)
        ),
        "small_teaching_point": _(
            "{stage}不纳入测算：教学点 {n} 人，不足 50 人", stage=stage, n=numbers.number(row["students"])
        ),
        "special_school": _("{stage}不纳入测算：特殊教育学校另有要求", stage=stage),
        "vocational_school": _("{stage}不纳入测算：职业学校", stage=stage),
        "no_pupils": _("{stage}不纳入测算：没有在校生", stage=stage),
    }
    return said.get(row["reason"], f"{stage} · {names.label('scope_reason', row['reason'])}")


def _parent(school: Row, parents: dict[str, str]) -> str:
    code = school["parent_school_code"]
    return parents.get(code, code) or _("所属学校")


def _short(row: Row, names: Names) -> str:
    return bare_name(names.indicator(row["standard_code"], row["stage"], row["indicator_code"]))


def evidence(compliance: Row, rows: Sequence[Row], names: Names) -> str:
    """Return what supports a stage's verdict: what is short, by how much, and last year's verdict."""
    if compliance["verdict"] == "not_tested":
        return ""
    stage = names.label("stage", compliance["stage"])
    words = {"stage": stage, "n": compliance["indicators_tested"], "met": compliance["indicators_met"]}
    parts = [_("{stage} {n} 项中达标 {met} 项", **words)]
    below = [_short_by(row, names) for row in _worst_first(rows, "below")]
    near = [_short_by(row, names) for row in _worst_first(rows, "near")]
    parts += [_("低于标准 85% 的有{names}", names=join(below))] if below else []
    parts += [_("达到 85% 的有{names}", names=join(near))] if near else []
    before = compliance["previous_verdict"]
    if before and before not in (compliance["verdict"], "not_tested"):
        parts.append(_("上一学年为{before}", before=names.label("verdict", before)))
    ways = remedies(rows, names)
    least = _("最省的办法：{ways}。", ways=join(ways, "，")) if len(ways) > MOST_WAYS else ""
    return join(parts, "；") + _("。") + least


def _worst_first(rows: Sequence[Row], status: str) -> list[Row]:
    return sorted((row for row in rows if row["status"] == status), key=lambda row: row["share_of_threshold"])


def _short_by(row: Row, names: Names) -> str:
    return _("{name}（{share}）", name=_short(row, names), share=numbers.percent(row["share_of_threshold"]))


def falling(history: pl.DataFrame, names: Names) -> str:
    """Return the title of the trends: which indicators fell in every year shown."""
    years = history["school_year"].unique().len()
    said = sorted(set(_fallen(history, names)))
    if years < len(("first", "second", "third")):
        return _("历年走势")
    if not said:
        return _("{n} 年走势：没有连年下降的指标", n=years)
    return _("{n} 年走势：{names}连年下降", n=years, names=join(said[:4]))


def _fallen(history: pl.DataFrame, names: Names) -> Iterator[str]:
    for (stage, _code), part in history.group_by("stage", "indicator_code"):
        values = part.sort("school_year")["value"].to_list()
        complete = None not in values and len(values) == history["school_year"].unique().len()
        if complete and all(later < earlier for earlier, later in pairwise(values)):
            row = part.row(0, named=True)
            yield _("{stage}{name}", stage=names.label("stage", str(stage)), name=_short(row, names))


def place_title(rows: Sequence[Row], stage: str, names: Names) -> str:
    """Return the title of a stage's places: how many schools, and where this one stands lowest."""
    ranked = [row for row in rows if row["rank"]]
    words = {"stage": names.label("stage", stage)}
    if not ranked:
        return _("在全县{stage}中的位置", **words)
    last = max(ranked, key=lambda row: row["rank"] / row["ranked_schools"])
    return _(
        "在全县 {n} 所{stage}中：{name}排第 {rank} 位",
        n=last["ranked_schools"],
        name=_short(last, names),
        rank=last["rank"],
        **words,
    )


def opened(rows: Sequence[Row], wanted: str | None) -> Row:
    """Return the figure to open: the one the address names, else the one furthest below its standard."""
    named = next((row for row in rows if row["indicator_code"] == wanted), None)
    short = [row for row in rows if row["share_of_threshold"] is not None]
    return named or min(short, key=lambda row: row["share_of_threshold"], default=rows[0])
