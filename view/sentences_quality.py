"""Sentences about an examination, made by rule from its figures."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from view import numbers, sentences
from view.controls import Pick
from view.names import Row
from view.texts import _

NAMED = 3


def subject(pick: Pick, code: str) -> str:
    """Return what a subject is called."""
    return pick.names.label("subject", code)


def grade(number: int) -> str:
    """Return what a grade is called."""
    compulsory = [_("一年级"), _("二年级"), _("三年级"), _("四年级"), _("五年级"), _("六年级")]
    secondary = [_("七年级"), _("八年级"), _("九年级"), _("高一"), _("高二"), _("高三")]
    return [*compulsory, *secondary][number - 1]


def exam(row: Row) -> str:
    """Name an exam with its day."""
    return f"{row['exam_name']} {row['exam_date']}" if row["exam_date"] else str(row["exam_name"])


def few() -> str:
    """Say why a result is not shown."""
    return _("人数过少，不显示")


def covering() -> str:
    """Say why the result of a school of many pupils is not shown."""
    return _("为免推算出人数过少的学校，一并不显示")


def few_within() -> str:
    """Say why the result of a large place is not shown."""
    return _("含人数过少的学校，不显示")


def _named(schools: pl.DataFrame, verdict: str) -> list[str]:
    rows = schools.filter((pl.col("verdict") == verdict) & pl.col("shrunk_effect").is_not_null())
    return rows.sort("shrunk_effect", descending=verdict == "above")["school_name"].to_list()


def verdict(pick: Pick, paper: Row, exams: pl.DataFrame, schools: pl.DataFrame) -> str:
    """Say mean, participation, the share between schools and its direction, and who stands out."""
    now = exams.to_dicts()[-1]
    parts = [
        _(
            "{grade}{subject}平均分 {mean}{full}，参考率 {part}",
            grade=grade(paper["grade"]),
            subject=subject(pick, paper["subject"]),
            mean=numbers.number(now["mean_score"], 1) if now["mean_score"] is not None else few(),
            full=_full(now),
            part=numbers.percent(now["participation_rate"]),
        ),
        _share(exams),
        standing_out(schools),
    ]
    return _("；").join(part for part in parts if part)


def _full(row: Row) -> str:
    return _("（满分 {full}）", full=numbers.exact(row["full_score"], 1)) if row["full_score"] else ""


def _share(exams: pl.DataFrame) -> str:
    known = exams.filter(pl.col("icc_anova").is_not_null())["icc_anova"].to_list()
    now = exams["icc_anova"].to_list()[-1]
    if now is None:
        return ""
    share = numbers.percent(now)
    if len(known) < 2:
        return _("校际差异占总方差 {share}", share=share)
    before = known[-2]
    if numbers.percent(before) == share:
        return _("校际差异占总方差 {share}，与上次相同", share=share)
    form = {
        True: _(
            "校际差异占总方差 {share}，比上次（{before}）扩大", share=share, before=numbers.percent(before)
        ),
        False: _(
            "校际差异占总方差 {share}，比上次（{before}）缩小", share=share, before=numbers.percent(before)
        ),
    }
    return form[now > before]


def standing_out(schools: pl.DataFrame) -> str:
    """Name the schools whose whole interval lies above or below no difference."""
    if schools["shrunk_effect"].drop_nulls().is_empty():
        return ""
    above, below = _named(schools, "above"), _named(schools, "below")
    if not above and not below:
        return _("增值上各校未显示差异")
    parts = [
        _("增值高于预期的 {n} 所{names}", n=len(above), names=_bracketed(above)),
        _("低于的 {n} 所{names}", n=len(below), names=_bracketed(below)),
    ]
    return _("，").join(parts)


def _bracketed(names: Sequence[str]) -> str:
    if not names:
        return ""
    text = sentences.listed(list(names[:NAMED]))
    return _("（{names}等）", names=text) if len(names) > NAMED else _("（{names}）", names=text)


def cautions(exams: pl.DataFrame, schools: pl.DataFrame) -> list[str]:
    """Say what to mind before reading on: participation, full marks, few pupils, pupils not matched."""
    rows = exams.to_dicts()
    said = []
    low = schools.filter("is_low")["school_name"].to_list()
    if low:
        said.append(
            _(
                "{n} 所学校{names}参考率低于 {limit}，均分不宜与别校直接比较。",
                n=len(low),
                names=_bracketed(low),
                limit=numbers.percent(schools["low_line"][0], 0),
            )
        )
    if rows[-1]["full_score"] is None:
        said.append(_("满分未知，不计算三率。"))
    elif _marks_changed(rows):
        said.append(_("本次满分与上次不同，平均分不宜与上次直接比较，三率和标准分可以。"))
    hidden = schools.filter("is_few").height
    if hidden:
        said.append(_("{n} 所学校{why}。", n=hidden, why=few()))
    if covers := schools.filter("is_cover").height:
        said.append(_("为免推算出它们的成绩，另有 {n} 所学校一并不显示。", n=covers))
    covered = rows[-1]["coverage_rate"]
    if covered is not None and covered < 1:
        said.append(
            _("参考学生中 {share} 能与上次考试对上，其余不计入增值。", share=numbers.percent(covered))
        )
    return said


def _marks_changed(rows: Sequence[Row]) -> bool:
    before = {row["exam_code"]: row["full_score"] for row in rows}.get(rows[-1]["prior_exam_code"])
    return before is not None and before != rows[-1]["full_score"]


def value_added_title(schools: pl.DataFrame) -> str:
    """Say how many schools differ clearly, and how many do not."""
    known = schools.filter(pl.col("ci_low").is_not_null())
    if known.is_empty():
        return _("增值：各校未显示差异")
    flat = known.filter(pl.col("verdict") == "no_difference").height
    return _("{n} 所学校中 {flat} 所的区间含 0，未显示差异", n=known.height, flat=flat)


def of_school(papers: pl.DataFrame) -> str:
    """Say of a school's papers in how many its pupils did better or worse than expected."""
    told = dict(papers.group_by("verdict").len().iter_rows())
    if not any(told.get(name) for name in ("above", "below", "no_difference")):
        return _("考试结果")
    return _(
        "考试和增值：{above} 科高于预期，{below} 科低于预期，{flat} 科未显示差异",
        above=told.get("above", 0),
        below=told.get("below", 0),
        flat=told.get("no_difference", 0),
    )


def set_apart(schools: pl.DataFrame) -> str:
    """List the schools that too few matched pupils keep out of the picture."""
    rows = schools.filter(pl.col("verdict") == "too_few").to_dicts()
    if not rows:
        return ""
    names = [_("{school}（对上 {n} 人）", school=row["school_name"], n=row["matched_pupils"]) for row in rows]
    return _("人数过少，不列入：{names}", names=sentences.listed(names))


def participation_title(schools: pl.DataFrame) -> str:
    """Say how many schools have a low participation."""
    limit = numbers.percent(schools["low_line"][0], 0)
    low = schools.filter("is_low").height
    if low:
        return _("{n} 所学校参考率低于 {limit}", n=low, limit=limit)
    return _("各校参考率都不低于 {limit}", limit=limit)


def share_title(exams: pl.DataFrame) -> str:
    """Say how the share between schools went from the first exam to this one."""
    known = exams.filter(pl.col("icc_anova").is_not_null())["icc_anova"].to_list()
    if len(known) < 2:
        return _("校际差异占比")
    return _(
        "校际差异占比 {n} 次考试由 {first} 到 {last}",
        n=len(known),
        first=numbers.percent(known[0]),
        last=numbers.percent(known[-1]),
    )


def weakest(pick: Pick, subjects: pl.DataFrame) -> str:
    """Name the subject with the lowest pass rate."""
    known = subjects.filter(pl.col("pass_rate").is_not_null()).sort("pass_rate").to_dicts()
    if len(known) < 2:
        return _("各科")
    return _(
        "及格率最低的是{subject}（{rate}）",
        subject=subject(pick, known[0]["subject"]),
        rate=numbers.percent(known[0]["pass_rate"]),
    )


def weakest_place(pick: Pick, places: pl.DataFrame) -> str:
    """Name the place whose pupils stand lowest in standard scores, unless one that sat is not shown."""
    sat = places.filter(pl.col("takers") > 0)
    known = sat.filter(pl.col("z_mean").is_not_null()).sort("z_mean").to_dicts()
    if not 2 <= len(known) == sat.height:
        return _("各片区")
    row = known[0]
    return _(
        "平均标准分最低的是{place}（{z}）",
        place=pick.names.label(row["group_kind"], row["group_code"]),
        z=numbers.signed(row["z_mean"], 2),
    )
