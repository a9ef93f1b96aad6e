"""The tables of the page on the quality of education."""

from __future__ import annotations

import polars as pl

from view import frame, links, tables
from view import quality as blocks
from view import sentences_quality as say
from view.controls import Pick
from view.quality import Paper
from view.tables import Column
from view.texts import _


def noted(schools: pl.DataFrame) -> pl.DataFrame:
    """Add what to mind about each school, and why a figure of it is not shown."""
    rows = schools.to_dicts()
    why = [say.few() if row["is_few"] else say.covering() if row["is_cover"] else "" for row in rows]
    notes = [
        _("；").join(part for part in (said, _("参考率低") if row["is_low"] else "") if part)
        for said, row in zip(why, rows, strict=True)
    ]
    added = [say.few() if row["verdict"] == "too_few" else blocks.interval(row) for row in rows]
    return schools.with_columns(
        note=pl.Series([note or None for note in notes], dtype=pl.String),
        reason=pl.Series([said or _("没有数据") for said in why], dtype=pl.String),
        added=pl.Series(added, dtype=pl.String),
    )


def results() -> list[Column]:
    """Return the columns that any list of results shows: participation stands beside every mean."""
    return [
        Column("takers", _("参考"), "number", _("人")),
        Column("participation_rate", _("参考率"), "percent"),
        Column("mean_score", _("平均分"), "number", "", 1, reason="reason"),
        Column("excellent_rate", _("优秀率"), "percent", reason="reason"),
        Column("pass_rate", _("及格率"), "percent", reason="reason"),
        Column("low_rate", _("低分率"), "percent", reason="reason"),
    ]


def effects() -> list[Column]:
    """Return the columns of value added."""
    return [
        Column("verdict", _("增值"), "status", status_of="value_added_verdict"),
        Column("added", _("增值和 95% 区间")),
        Column("matched_pupils", _("对上"), "number", _("人")),
    ]


def schools(pick: Pick, paper: Paper, found: pl.DataFrame) -> None:
    """Draw every school by name, its participation beside its mean, and its download."""
    names, data = pick.names, noted(found)
    columns = [
        Column("school_name", _("学校"), "school"),
        Column("note", _("备注"), blank=""),
        *effects(),
        *results(),
        Column("previous_pass_rate", _("上次及格率"), "percent", reason="reason"),
        Column("previous_excellent_rate", _("上次优秀率"), "percent", reason="reason"),
        Column("previous_low_rate", _("上次低分率"), "percent", reason="reason"),
        Column("area_type", _("城乡"), words=lambda code: names.label("area_type", code)),
        Column("township", _("乡镇")),
    ]
    frame.section(_("各校结果"), _("按校名排列，不排名次 · n = {n}", n=data.height))
    name = f"quality_{paper.exam}_{paper.grade}_{paper.subject}"
    tables.download(data, columns, names, name=name, key="download_quality")
    tables.table(data, columns, names, key="quality_schools", tall=True)


def subjects(pick: Pick, found: pl.DataFrame) -> None:
    """Draw each subject of the exam, the lowest pass rate first."""
    if found.is_empty():
        return
    columns = [
        Column("subject", _("科目"), words=lambda code: say.subject(pick, code)),
        Column("full_score", _("满分"), "exact", "", 1),
        *results(),
        Column("icc_anova", _("校际差异占比"), "percent"),
    ]
    frame.section(say.weakest(pick, found), _("及格率低者在前 · 各科满分不同时平均分不可比"), level=3)
    tables.table(reasoned(found), columns, pick.names, key="quality_subjects")


def places(pick: Pick, found: pl.DataFrame, kind: str) -> None:
    """Draw the places of one kind in their own order."""
    if found.is_empty():
        return
    columns = [
        Column(
            "group_code",
            pick.names.label("group_kind", kind),
            words=lambda code: pick.names.label(kind, code),
        ),
        Column("schools", _("学校"), "number", _("所")),
        Column("note", _("备注"), blank=""),
        *results(),
        Column("z_mean", _("平均标准分"), "signed", "", 2, reason="reason"),
    ]
    under = _("标准分以全县均值为 0、标准差为 1")
    frame.section(say.weakest_place(pick, found), under, level=3)
    tables.table(reasoned(found), columns, pick.names, key=f"quality_{kind}")


def reasoned(found: pl.DataFrame) -> pl.DataFrame:
    """Say in each row whose results are blanked why they are."""
    hidden = pl.col("mean_score").is_null() & (pl.col("takers") > 0)
    why = pl.lit(say.few())
    if "rest" in found.columns:
        why = pl.when(pl.col("rest") == pl.col("takers")).then(why).otherwise(pl.lit(say.few_within()))
    note = pl.when(hidden).then(why)
    return found.with_columns(note=note, reason=note.otherwise(pl.lit(_("没有数据"))))


def of_school(pick: Pick, found: pl.DataFrame) -> None:
    """Draw one school's results of the year and what it adds, each leading to its exam."""
    if found.is_empty():
        return
    day = pl.coalesce(pl.col("exam_date").cast(pl.String), "exam_name")
    columns = [
        Column("day", _("考试日期")),
        Column("grade", _("年级"), words=say.grade),
        Column("subject", _("科目"), words=lambda code: say.subject(pick, code)),
        Column("note", _("备注"), blank=""),
        *results(),
        Column("county_mean_score", _("全县平均分"), "number", "", 1),
        *effects(),
        Column("exam_name", _("考试"), wrap=True),
    ]
    frame.section(say.of_school(found), _("区间含 0 的读作未显示差异 · 每科与上次考试分数相近的学生比"))
    tables.table(noted(found).with_columns(day=day), columns, pick.names, key="school_exams")
    last = found.row(0, named=True)
    way = links.link(_("到教育质量页看各校"), "quality", exam=last["exam_code"], grade=last["grade"])
    links.block(f"<p>{way}</p>", key="school_exams_way")
