"""What is said of consortiums: sentences made by rules from their figures."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from view import numbers
from view.controls import Pick
from view.names import Names, Row
from view.school_words import bare_name, join
from view.texts import _, language

MOST_QUESTIONS = 6
DASH = {"zh": "—", "en": "–"}
NAMED = 3


def how_to_begin() -> str:
    """Say how consortiums come in."""
    return _("导入“共同体成员”和“共同体活动”两张表并刷新后就有了；现成的例子用 junheng example 查看。")


def term(code: str) -> str:
    """Return a term as it is spoken: 2024 autumn, 2025 spring, a school year, or three years."""
    if code.endswith(("-1", "-2")) and len(code) == len("2024-1"):
        year, half = int(code[:4]), code[-1]
        return _("{year} 秋", year=year) if half == "1" else _("{year} 春", year=year + 1)
    if "-" not in code:
        return _("{year} 学年", year=f"{code}{DASH[language()]}{int(code) + 1}")
    return code.replace("-", DASH[language()])


def duty(names: Names, code: str) -> str:
    """Return the word for an activity."""
    return names.label("activity_type", code)


def all_of_them(everyone: pl.DataFrame) -> str:
    """Say how many consortiums there are and how they stand."""
    behind = everyone.filter(pl.col("duties_behind") > 0).height
    return _(
        "{n} 个共同体，{behind} 个职责没有做足；差距 {closing} 项缩小，{widening} 项扩大",
        n=everyone.height,
        behind=behind,
        closing=everyone["gaps_closing"].sum(),
        widening=everyone["gaps_widening"].sum(),
    )


def reach(everyone: pl.DataFrame) -> str:
    """Say how many schools and what share of pupils are in consortiums."""
    share = float(everyone["student_share"].drop_nulls().sum())
    schools = everyone["schools"].sum()
    if not share:
        return _("共有 {n} 所学校。", n=schools)
    return _("共有 {n} 所学校，在校生占全县义务教育的 {share}。", n=schools, share=numbers.percent(share))


def latest(gaps: pl.DataFrame) -> list[Row]:
    """Return the last period's row of each measure and stage."""
    return gaps.group_by("stage", "measure", maintain_order=True).last().to_dicts()


def called(pick: Pick, row: Row) -> str:
    """Name a measure, with its stage."""
    standard = pick.names.years[pick.year]["default_standard_code"]
    name = bare_name(pick.names.indicator(standard, row["stage"], row["measure"]))
    return _("{stage}{name}", stage=pick.names.label("stage", row["stage"]), name=name)


def short(pick: Pick, row: Row) -> str:
    """Name a measure shortly, with its stage."""
    standard = pick.names.years[pick.year]["default_standard_code"]
    name = pick.names.indicator_name(standard, row["stage"], row["measure"], "short")
    return f"{pick.names.label('stage', row['stage'])} {row['measure']} {name}"


def share_closed(row: Row) -> float | None:
    """Return by how much of its first width a gap has changed."""
    first, now = row["first_gap"], row["gap"]
    return None if not first or now is None else (abs(now) - abs(first)) / abs(first)


def verdict(pick: Pick, one: Row, gaps: pl.DataFrame, duties: pl.DataFrame) -> str:
    """Say what the duties and the gaps come to."""
    done = _("职责 {owed} 项做足 {met} 项", owed=one["duties_owed"], met=one["duties_met"])
    if not one["duties_owed"]:
        done = _("没有可计的职责")
    rows = [row for row in latest(gaps) if row["trend"] != "unknown"]
    if not rows:
        return _("{done}；差距要有两年数据才能比较", done=done)
    closing, widening = one["gaps_closing"], one["gaps_widening"]
    moved = _("差距 {closing} 项缩小、{widening} 项扩大", closing=closing, widening=widening)
    trailing = [row for row in rows if row["trend"] == "widening" and row["gap"] > 0]
    worst = max(trailing, key=lambda row: share_closed(row) or 0, default=None)
    if worst is None:
        return _("{done}；{moved}", done=done, moved=moved)
    return _("{done}；{moved}，扩大最多的是{name}", done=done, moved=moved, name=called(pick, worst))


def behind(duties: pl.DataFrame, *, year: int | None = None) -> list[Row]:
    """Return obligatory duties not done in full, widest first, of the last school year with a log."""
    known = duties.filter(pl.col("status").is_in(["near", "below"]) & ~pl.col("is_optional"))
    if known.is_empty():
        return []
    last = year or known["school_year"].max()
    found = known.filter(pl.col("school_year") == last).sort("completion", "sort_order")
    return found.to_dicts()


def evidence(one: Row, duties: pl.DataFrame, members: pl.DataFrame) -> list[str]:
    """Return the sentences under the verdict: size, what is open, who is missing."""
    said = [
        _(
            "{n} 所学校，{students} 名学生，{teachers} 名专任教师。",
            n=one["schools"],
            students=numbers.number(one["students"]),
            teachers=numbers.number(one["full_time_teachers"]),
        )
    ]
    open_terms = duties.filter(pl.col("is_in_progress") & (pl.col("period") != "three_years"))
    if open_terms.height:
        words = join([term(code) for code in open_terms["term"].unique(maintain_order=True)])
        said.append(_("{terms}尚未结束，所列为全期应做。", terms=words))
    beyond = members.filter(pl.col("is_beyond_county"))["school_name"].to_list()
    if beyond:
        said.append(_("{schools}不在本县学校名册中，只计活动，不计指标。", schools=join(beyond)))
    return said


def names_of(codes: str | None, members: pl.DataFrame) -> list[str]:
    """Return the names of schools whose codes are joined by |."""
    known = dict(members.select("school_code", "school_name").iter_rows())
    return [str(known.get(code, code)) for code in (codes or "").split("|") if code]


def _missed(row: Row, members: pl.DataFrame) -> list[str]:
    """Return the members a duty begun has not reached; of one not begun there is nothing to tell."""
    return names_of(row["unreached_codes"], members) if row["done"] else []


def open_duty(row: Row, names: Names, members: pl.DataFrame) -> str:
    """Say what is still wanting of a duty, of whom, and which members it has not reached."""
    wanting = _("欠 {n}", n=numbers.exact(row["owed"]))
    who = names.label("duty_owner", row["owed_by"])
    if row["school_code"] != "all":
        who = names_of(row["school_code"], members)[0]
    missed = _missed(row, members)
    parts = [wanting, who]
    if missed:
        more = _("等 {n} 校", n=len(missed)) if len(missed) > NAMED else ""
        parts.append(_("未到 {schools}", schools=join(missed[:NAMED]) + more))
    return " · ".join(parts)


def questions(
    pick: Pick, one: Row, duties: pl.DataFrame, gaps: pl.DataFrame, members: pl.DataFrame
) -> list[str]:
    """Return what to ask the lead principal, the most telling first."""
    late = behind(duties, year=pick.year)
    rows = latest(gaps)
    asked = [
        *(_late(pick, row, members) for row in late[:NAMED]),
        *(_widened(pick, row) for row in rows if row["trend"] == "widening" and row["gap"] > 0),
        *_none_inside(one),
        *_lead_fell(pick, rows),
        *_no_effect(one, late, rows),
        *_unreported(duties, pick.year),
        *_changed(rows),
    ]
    return asked[:MOST_QUESTIONS]


def _late(pick: Pick, row: Row, members: pl.DataFrame) -> str:
    missed = _missed(row, members)
    facts = _(
        "{term}{duty}应 {required}，做了 {done}",
        term=term(row["term"]),
        duty=duty(pick.names, row["activity_type"]),
        required=numbers.exact(row["required"]),
        done=numbers.exact(row["done"]),
    )
    if row["school_code"] != "all":
        school = names_of(row["school_code"], members)[0]
        return _("{school}：{facts}。什么时候补上？", school=school, facts=facts)
    if missed:
        schools = join(missed[:NAMED])
        return _(
            "{facts}，{schools}一次也没有轮到。下次排在哪所学校、由谁负责？", facts=facts, schools=schools
        )
    return _("{facts}。其余排在什么时候、由谁负责？", facts=facts)


def _widened(pick: Pick, row: Row) -> str:
    return _(
        "{name}的差距由 {first} 变为 {now}：成员校缺什么，牵头校打算怎么帮？",
        name=called(pick, row),
        first=numbers.number(row["first_gap"], 2),
        now=numbers.number(row["gap"], 2),
    )


def _none_inside(one: Row) -> list[str]:
    if one["exchanged_inside"] != 0:
        return []
    if not one["exchanged"]:
        return [_("本学年没有一名教师交流：有多少人符合条件，为什么没有派？")]
    return [_("交流的 {n} 人没有一人去共同体内的学校：为什么舍近求远？", n=one["exchanged"])]


def _lead_fell(pick: Pick, rows: Sequence[Row]) -> list[str]:
    fell = [
        row
        for row in rows
        if row["measure"] in {"R1", "R2", "R3"}
        and row["trend"] == "closing"
        and (row["lead_change_since_founding"] or 0) < 0
    ]
    return [
        _(
            "{name}差距缩小的同时，牵头校自己降了 {n}：明年还能派多少人？",
            name=called(pick, row),
            n=numbers.number(abs(row["lead_change_since_founding"]), 2),
        )
        for row in fell[:1]
    ]


def _no_effect(one: Row, late: Sequence[Row], rows: Sequence[Row]) -> list[str]:
    told = [row for row in rows if row["trend"] != "unknown"]
    if late or not one["duties_met"] or not told or any(row["trend"] == "closing" for row in told):
        return []
    return [_("职责都做足了，却没有一项差距缩小：活动对准薄弱处了吗？")]


def _unreported(duties: pl.DataFrame, year: int) -> list[str]:
    blank = duties.filter((pl.col("status") == "missing") & (pl.col("school_year") == year))
    terms = [code for code in blank["term"].unique(maintain_order=True) if "-" in code]
    return (
        [_("{terms}没有报活动记录：是没有做，还是没有报？", terms=join([term(code) for code in terms]))]
        if terms
        else []
    )


def _changed(rows: Sequence[Row]) -> list[str]:
    if all(row["has_same_schools"] for row in rows):
        return []
    return [_("成员校与成立时不同：差距的变化有多少来自换了学校？")]
