"""What an exchange plan says in sentences: the verdict, its proof, what is lacking, the reason for a move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from view import numbers
from view.names import Names, Row
from view.texts import _, language

REASONS_SHOWN = 3


def verdict(summary: Row) -> str:
    """Say the answer in one line."""
    if summary["status"] == "infeasible":
        return _("没有任何交流方案能达到所选目标")
    if summary["status"] == "unknown":
        return _("时限内没有找到方案，也没有证明没有方案")
    if summary["moves"] == 0:
        return _("所选目标现在就已达到，不需要交流")
    if summary["status"] == "optimal":
        return _("交流 **{n} 人**即可达到所选目标，再少就做不到", n=summary["moves"])
    return _("时限内最好的方案交流 **{n} 人**，最多还能少 {gap} 人", n=summary["moves"], gap=summary["gap"])


def proof(summary: Row) -> str:
    """Say what is proved, and what the obvious way would take."""
    if summary["status"] == "unknown":
        return _("请延长时限，或减少学段和限制后再试。")
    if summary["status"] == "infeasible":
        return _("已证明：在这些限制下，怎样调动 {n} 名可交流教师都不行。", n=summary["movable_teachers"])
    said = _(
        "求解器证明任何方案都不少于 {bound} 人，差距 {gap} 人。", bound=summary["bound"], gap=summary["gap"]
    )
    if not summary["moves"] or not summary["has_obvious_way"]:
        return said
    if summary["obvious_moves"] is None:
        return said + _("“从最富余的学校补给缺口最大的学校”这种做法会走进死路。")
    if summary["obvious_moves"] > summary["moves"]:
        return said + _("“从最富余的学校补给缺口最大的学校”这种做法要 {n} 人。", n=summary["obvious_moves"])
    return said


def lacking(names: Names, standard: str, summary: Row, posts: pl.DataFrame) -> list[str]:
    """Say what is lacking where there is no plan: teachers of a mark, posts, or a limit too narrow."""
    if summary["status"] != "infeasible":
        return []
    said = [
        _(
            "{stage}全县合计就缺“{indicator}”教师 {n} 人。",
            stage=names.label("stage", row["stage"]),
            indicator=names.indicator_name(standard, row["stage"], row["indicator_code"], "short"),
            n=row["teachers"],
        )
        for row in summary["short"]
    ]
    if not summary["short"]:
        said.append(_("全县合计的教师数够，不够的是在这些限制下可以调动的人。"))
    if summary["limits_in_the_way"]:
        limits = listed(limit(name) for name in summary["limits_in_the_way"])
        said.append(_("只要放开其中一项就有方案：{limits}。", limits=limits))
    if summary["new_posts"]:
        least = _("至少") if summary["new_posts_are_least"] else _("（未证明最少）")
        kinds = listed(
            _("{kind} {n} 个", kind=kind(row), n=row["n"])
            for row in posts.group_by("is_qualified", "is_backbone", "is_pe_arts", maintain_order=True)
            .agg(n=pl.col("posts").sum())
            .to_dicts()
        )
        said.append(
            _(
                "{least}新增 **{n} 个岗位**才有方案：{kinds}。",
                least=least,
                n=summary["new_posts"],
                kinds=kinds,
            )
        )
    return said


def limit(name: str) -> str:
    """Name a limit."""
    return {
        "only_eligible": _("只调符合交流条件的教师"),
        "subjects": _("只调所选学科"),
        "duty_statuses": _("只调所选在岗状态"),
        "leave_most": _("每校最多派出人数"),
        "total": _("总人数"),
        "within": _("只在本乡镇或本共同体内"),
        "most_km": _("距离"),
        "locked": _("锁定的学校"),
        "per_class": _("派出后每班教师数"),
        "target": _("交流比例和骨干占比"),
        "keeps_met": _("不丢掉已达到的项"),
        "lost": _("交流救不了的学校也要达线"),
    }[name]


def listed(parts: Iterable[str]) -> str:
    """Join words as the language lists them."""
    return (", " if language() == "en" else "、").join(parts)


def clauses(parts: Iterable[str]) -> str:
    """Join sentences that belong together."""
    return ("; " if language() == "en" else "；").join(parts)


def kind(row: Row) -> str:
    """Name a kind of teacher by its marks."""
    marks = [
        word
        for field, word in (
            ("is_backbone", _("骨干")),
            ("is_pe_arts", _("体艺")),
            ("is_qualified", _("高于规定学历")),
        )
        if row[field]
    ]
    return "＋".join(marks) or _("一般")


def counted(summary: Row) -> str:
    """Say on what the figures after the plan rest."""
    if summary["counts_at"] == "host":
        return _("参数规定交流教师计在派入学校，教职工统计也要按派入学校填报。")
    return _(
        "参数规定名册上的交流教师仍计在派出学校：要人事关系随人走（县管校聘），"
        "名册和教职工统计改由派入学校填报，下面的数字才会实现。"
    )


def reasons(names: Names, standard: str, rows: Sequence[Row]) -> str:
    """Say what is lost without a move."""
    said = [_reason(names, standard, row) for row in rows[:REASONS_SHOWN]]
    if len(rows) > REASONS_SHOWN:
        said.append(_("另有 {n} 项", n=len(rows) - REASONS_SHOWN))
    if not said:
        return _("单独少这一人还能维持，是方案未证明最少所致")
    return _("少一人：{lost}", lost=clauses(said))


def defended(names: Names, standard: str, first: Sequence[Row]) -> str:
    """Say which move to defend first, and why."""
    if not first or not first[0]["reasons"]:
        return ""
    row = first[0]
    return _(
        "最该先保：{sender} → {host}，{stage}{kind} {n} 名。{why}。",
        sender=row["school_name"],
        host=row["to_school_name"],
        stage=names.label("stage", row["stage"]),
        kind=kind(row),
        n=row["teachers"],
        why=reasons(names, standard, row["reasons"]),
    )


def _reason(names: Names, standard: str, row: Row) -> str:
    code, stage = row["indicator_code"], names.label("stage", row["stage"])
    words = {
        "school": row["school_name"] or "",
        "indicator": names.indicator_name(standard, row["stage"], code, "short") if code else "",
        "code": code or "",
        "stage": stage,
    }
    return {
        "floor": _("{school}{code} {indicator}不到标准的 85%", **_only(words, "school code indicator")),
        "line": _("{school}{code} {indicator}达不到标准", **_only(words, "school code indicator")),
        "coefficient": _("{stage}{code} {indicator}差异系数超限", **_only(words, "stage code indicator")),
        "classes": _("{school}教师不够开班", **_only(words, "school")),
        "target": _("交流比例不够"),
        "backbone": _("骨干占比不够"),
    }[row["what"]]


def _only(words: dict[str, str], wanted: str) -> dict[str, str]:
    return {name: words[name] for name in wanted.split()}


def left_out(rows: Sequence[Row]) -> list[str]:
    """Say which schools no exchange can judge or save."""
    unknown = sorted({row["school_name"] for row in rows if not row["is_known"]})
    lost = sorted({row["school_name"] for row in rows if row["is_known"] and row["is_lost"]})
    said = []
    if unknown:
        said.append(
            _(
                "{n} 所学校缺教师或学生数，不参加交流，缺的仍是缺的：{names}。",
                n=len(unknown),
                names=_few(unknown),
            )
        )
    if lost:
        said.append(
            _("{n} 所学校因 R4—R7 未达标，调教师也不能使其达标：{names}。", n=len(lost), names=_few(lost))
        )
    return said


def _few(found: Sequence[str]) -> str:
    shown = listed(found[:5])
    return shown if len(found) <= 5 else _("{names} 等", names=shown)


def becoming(rows: Sequence[Row], names: Names) -> str:
    """Say how many schools comply before and after."""
    return (" " if language() == "en" else "").join(
        _(
            "{stage}达标学校 {before} → {after} 所（共 {n} 所）。",
            stage=names.label("stage", row["stage"]),
            before=numbers.number(row["compliant_before"]),
            after=numbers.number(row["compliant_after"]),
            n=row["schools"],
        )
        for row in rows
    )


def frontier_title(rows: Sequence[Row]) -> str:
    """Say how dear a margin is."""
    reached = [row for row in rows if row["moves"] is not None]
    if len(reached) < len(rows):
        return _("余量到 {margin} 就没有方案了", margin=numbers.percent(rows[-1]["margin"], 0))
    last = reached[-1]
    if len(reached) == 1:
        return _("刚好达标要 {n} 人", n=last["moves"])
    return _(
        "刚好达标 {n} 人，留 {margin} 的余量要 {m} 人",
        n=reached[0]["moves"],
        margin=numbers.percent(last["margin"], 0),
        m=last["moves"],
    )
