"""Cells of score sheets to scores: absent, void and nought kept apart, what is none of them refused alone.

What many scores share (exam, grade, subject, school, class, column) is a group; a score is a number of its
group, a pupil's pseudonym, a status and the row it stands in, so millions stay small.
"""

from __future__ import annotations

import polars as pl

from warehouse.imports import exams, score_marks
from warehouse.imports.exams import NUMBER, SCORES
from warehouse.imports.knowledge import Knowledge
from warehouse.imports.reading import FAULTS, ReadTable
from warehouse.pupils import pseudonyms
from warehouse.schemas import ABSENT, SAT, VOID

PAPER = ["exam_code", "grade", "subject"]
SHARES = ["excellent_share", "pass_share", "low_share"]
PLACE = ["school_year", "exam_code", "grade", "school_ref", "class_name"]
BESIDES = ["exam_name", "exam_date", "full_score", *SHARES, "prior_exam_code"]


def read_scores(read: ReadTable, knowledge: Knowledge, key: bytes) -> None:
    """Fill `read.groups` and `read.scores`, and add faults of single cells."""
    rows = _rows(read, key)
    parts, groups = [], []
    for number, (header, cells, subject, marks) in enumerate(_columns(read)):
        placed = rows.with_columns(
            subject.alias("subject"), pl.coalesce(marks, pl.col("full_score")).alias("full_score")
        )
        keyed, these = _grouped(placed, header, number << 20)
        values = parsed(cells, knowledge)
        parts.append(
            pl.concat([keyed, values.select("score", "status")], how="horizontal").filter(
                pl.col("status").is_not_null() & pl.col("pupil_key").is_not_null()
            )
        )
        groups.append(these)
        wrong = values.select("rule", raw=cells).with_columns(read.values["row_number"]).drop_nulls("rule")
        read.faults = pl.concat([read.faults, _faults(wrong, read.number, header)])
    read.groups = pl.concat(groups)
    read.scores = pl.concat(parts)


def _columns(read: ReadTable) -> list[tuple[str, pl.Series, pl.Series | pl.Expr, pl.Expr]]:
    """Return of each column of scores its header, cells, subject and the full marks stated with it."""
    long = read.table.column("score")
    if long is not None and not read.table.subjects:
        subject = next(name for name in read.values.columns if name.startswith(f"{SCORES}.subject."))
        cells = read.raw[f"c{long.at}"]
        return [(long.name, cells, read.values[subject], pl.lit(None, pl.Float64))]
    return [
        (
            found.header,
            read.raw[f"c{found.at}"],
            pl.lit(found.name),
            pl.lit(found.full_score or read.row_marks.get(f"c{found.at}"), pl.Float64),
        )
        for found in read.table.subjects
    ]


def _rows(read: ReadTable, key: bytes) -> pl.DataFrame:
    """Return what each row says beside its scores, under the names of the landing."""
    given = {name.split(".")[1]: name for name in read.values.columns if name.startswith(f"{SCORES}.")}
    texts = ["exam_code", "exam_name", "class_name", "prior_exam_code"]
    wanted = {name: pl.String() for name in texts} | {"grade": pl.Int32(), "exam_date": pl.Date()}
    wanted |= {name: pl.Float64() for name in ("full_score", *SHARES)}
    columns = [
        (pl.col(given[name]) if name in given else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in wanted.items()
    ]
    rows = read.values.select("row_number", pl.col("school_year").cast(pl.Int32), "school_ref", *columns)
    if "class_name" not in given:
        rows = rows.with_columns(class_name=pl.lit(exams.class_of(read.table), pl.String))
    grade = pl.lit(exams.grade_of(read.table), pl.Int32)
    return rows.with_columns(
        pl.coalesce("exam_code", pl.col("exam_name").str.replace_all(r"\s", "")).alias("exam_code"),
        (pl.col("grade") if "grade" in given else grade).alias("grade"),
        pseudonyms(read.values[given["student_id"]], key).alias("pupil_key"),
    )


def _grouped(rows: pl.DataFrame, header: str, offset: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Number the groups of one column's rows; return rows with their number, and the groups."""
    same = [*PLACE, "subject", *BESIDES]
    groups = (
        rows.select(same)
        .unique(maintain_order=True)
        .with_row_index("group_no", offset)
        .with_columns(pl.col("group_no").cast(pl.Int64), pl.lit(header).alias("column_name"))
    )
    numbered = rows.join(groups, on=same, how="left", nulls_equal=True, maintain_order="left")
    return numbered.select("row_number", "pupil_key", "group_no"), groups


def parsed(cells: pl.Series, knowledge: Knowledge) -> pl.DataFrame:
    """Return `score`, `status` and `rule` (the rule a cell breaks) for a column of texts."""
    text = pl.col("text")
    frame = pl.DataFrame({"text": cells}).select(text=score_marks.cleaned(text))
    number = pl.when(text.str.contains(NUMBER)).then(text.cast(pl.Float64, strict=False))
    frame = frame.with_columns(number=number, meaning=score_marks.meaning(text, knowledge.score_marks))
    nought = pl.when(pl.col("meaning") == "nought").then(0.0)
    frame = frame.with_columns(number=pl.coalesce("number", nought))
    blank = text.is_null() | (text == "")
    status = (
        pl.when(blank | (pl.col("meaning") == "absent") | (pl.col("number") == -1))
        .then(ABSENT)
        .when(pl.col("meaning") == "void")
        .then(VOID)
        .when(pl.col("number") >= 0)
        .then(SAT)
    )
    frame = frame.with_columns(status=status.cast(pl.Int8))
    return frame.select(
        score=pl.when(pl.col("status") == SAT).then("number"),
        status="status",
        rule=pl.when(pl.col("status").is_not_null())
        .then(None)
        .when(pl.col("number") < 0)
        .then(pl.lit("D252"))
        .otherwise(pl.lit("D251")),
    )


def _faults(wrong: pl.DataFrame, number: int, header: str) -> pl.DataFrame:
    return wrong.select(
        pl.lit(number).cast(pl.UInt32).alias("table"),
        pl.col("row_number").cast(pl.UInt32),
        pl.lit(header).alias("column_name"),
        pl.col("rule").alias("rule_code"),
        pl.col("raw").alias("raw_value"),
        pl.lit("").alias("detail"),
    ).cast(FAULTS)  # type: ignore[arg-type]
