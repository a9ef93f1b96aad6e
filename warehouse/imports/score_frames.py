"""From score sheets to frames that may land: doubtful schools, scores above full marks, pupils twice."""

from __future__ import annotations

import polars as pl

from warehouse.imports import resolve
from warehouse.imports.batch import Batch
from warehouse.imports.checks import plausible
from warehouse.imports.exams import SCORES
from warehouse.imports.reading import FAULTS
from warehouse.imports.resolve import Register
from warehouse.imports.scores import PAPER
from warehouse.landing import landed
from warehouse.pupils import key_of, mark_of
from warehouse.schemas import SAT


def settle_scores(batch: Batch, register: Register) -> None:
    """Fill `batch.frames` with groups and scores, adding faults of rows and of single cells."""
    if not any(read.scores is not None for read in batch.tables):
        return
    groups, scores = _gathered(batch)
    groups = _resolved(batch, groups, scores, register)
    scores = batch.without_refused(scores)
    scores = _within_full_marks(batch, groups, scores)
    scores = _once(batch, groups, scores)
    used = scores.select("group_id").unique()
    batch.frames["exam_groups"] = groups.join(used, on="group_id", how="semi", maintain_order="left")
    batch.frames[SCORES] = scores


def _gathered(batch: Batch) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return all groups of the call, numbered from 0, and all scores with the number of their group."""
    reads = [read for read in batch.tables if read.groups is not None and read.scores is not None]
    groups = pl.concat(
        read.groups.with_columns(  # type: ignore[union-attr]
            pl.lit(read.number, pl.UInt32).alias("table"),
            pl.lit("key" if batch.settings.partial else "school").alias("replaces"),
            pl.lit(read.table.sheet.file_name).alias("file_name"),
            pl.lit(read.table.sheet.name).alias("sheet_name"),
            pl.lit(mark_of(key_of(batch.home))).alias("key_mark"),
        )
        for read in reads
    ).with_row_index("group_id")
    groups = groups.with_columns(pl.col("group_id").cast(pl.Int64))
    numbers = groups.select("table", "group_no", "group_id")
    scores = pl.concat(
        read.scores.with_columns(pl.lit(read.number, pl.UInt32).alias("table"))  # type: ignore[union-attr]
        for read in reads
    )
    scores = scores.join(numbers, on=["table", "group_no"], how="left", maintain_order="left")
    scores = scores.drop("group_no").with_columns(pl.col("row_number").cast(pl.UInt32))
    return groups.drop("group_no"), batch.without_refused(scores)


def _resolved(batch: Batch, groups: pl.DataFrame, scores: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Put back zeros the register shows (said once a school), refuse the rows of doubtful names."""
    first = scores.group_by("group_id").agg(pl.col("row_number").min())
    located = groups.join(first, on="group_id", how="left", maintain_order="left")
    once = located.unique(["table", "school_ref"], maintain_order=True)
    batch.add_faults(resolve.with_register_codes(once, register, "school_ref")[1])
    fixed, _ = resolve.with_register_codes(located, register, "school_ref")
    doubtful = resolve.ambiguous(once, register, "school_ref")
    if doubtful.height:
        said = doubtful.select("table", school_ref="raw_value", detail="detail").unique()
        rows = scores.join(fixed.select("group_id", "school_ref"), on="group_id")
        rows = (
            rows.join(said, on=["table", "school_ref"])
            .unique(["table", "row_number"])
            .sort("table", "row_number")
        )
        batch.add_faults(_faults(rows, pl.lit("学校"), "D216", pl.col("school_ref"), pl.col("detail")))
    return fixed.drop("row_number")


def _within_full_marks(batch: Batch, groups: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    """Refuse scores above full marks; say where the best score is far below them."""
    marked = _with_full_marks(batch, groups).select("group_id", "table", "column_name", "marks", *PAPER)
    marked = marked.drop_nulls("marks")
    if marked.is_empty():
        return scores
    rows = scores.join(marked.drop("table"), on="group_id", how="left", maintain_order="left")
    above = (pl.col("score") > pl.col("marks") * (1 + 1e-9)).fill_null(False)
    wrong = rows.filter(above)
    batch.add_faults(_faults(wrong, pl.col("column_name"), "D253", pl.col("score"), _plain(pl.col("marks"))))
    _note_far_below(batch, rows.filter(~above))
    return scores.filter(~rows.select(above).to_series())


def _with_full_marks(batch: Batch, groups: pl.DataFrame) -> pl.DataFrame:
    """Full marks of each group: of the sheet of papers (this call's, else the last landed), else its own."""
    known = [landed(batch.home, "exam_papers").sort("import_seq")]
    if "exam_papers" in batch.frames:
        known.append(batch.frames["exam_papers"])
    papers = pl.concat([rows.select(*PAPER, marks="full_score") for rows in known])
    papers = papers.drop_nulls().unique(PAPER, keep="last", maintain_order=True)
    joined = groups.join(papers, on=PAPER, how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("marks", "full_score").alias("marks"))


def _note_far_below(batch: Batch, rows: pl.DataFrame) -> None:
    least, _ = plausible()["top_score_share"]
    enough, _ = plausible()["top_score_pupils"]
    best = (
        rows.filter(pl.col("status") == SAT)
        .group_by("table", "column_name", *PAPER, "marks", maintain_order=True)
        .agg(pl.col("score").max().alias("best"), pl.len().alias("pupils"))
        .filter((pl.col("best") < pl.col("marks") * least) & (pl.col("pupils") >= enough))
    )
    for row in best.iter_rows(named=True):
        batch.note_sheet(
            "D255",
            batch.tables[row["table"]].table.sheet,
            column_name=row["column_name"],
            detail=f"{row['best']:g} / {row['marks']:g}",
            dataset=SCORES,
        )


def _once(batch: Batch, groups: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    """A pupil listed twice for one paper: equal scores count once, different ones are refused, both."""
    papers = groups.select("group_id", "school_ref", "column_name", paper=pl.struct(PAPER).rank("dense"))
    keyed = scores.join(papers.select("group_id", "paper"), on="group_id", how="left", maintain_order="left")
    again = keyed.select("paper", "pupil_key").is_duplicated()
    if not again.any():
        return scores
    key = ["paper", "pupil_key"]
    twice = keyed.filter(again).join(papers.drop("paper"), on="group_id", how="left", maintain_order="left")
    differs = pl.any_horizontal(
        pl.col(name).n_unique().over(key) > 1 for name in ("score", "status", "school_ref")
    )
    twice = twice.with_columns(
        differs.alias("differs"),
        (pl.int_range(pl.len()).over(key) > 0).alias("repeats"),
        pl.when(pl.int_range(pl.len()).over(key) == 0)
        .then(pl.col("row_number").last().over(key))
        .otherwise(pl.col("row_number").first().over(key))
        .alias("other"),
    )
    batch.add_faults(_conflicts(batch, twice.filter("differs")))
    gone = twice.filter(pl.col("differs") | pl.col("repeats")).select("table", "row_number", "group_id")
    row = ["table", "row_number"]
    whole = twice.filter(~pl.col("differs").any().over(row) & pl.col("repeats"))
    batch.note_repeats(whole, SCORES)
    return scores.join(gone, on=["table", "row_number", "group_id"], how="anti", maintain_order="left")


def _conflicts(batch: Batch, rows: pl.DataFrame) -> pl.DataFrame:
    detail = pl.format("第 {} 行", pl.col("other"))
    return _faults(rows, pl.col("column_name"), "D254", pl.col("score"), detail)


def _plain(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String).str.replace(r"\.0$", "")


def _faults(rows: pl.DataFrame, column: pl.Expr, rule: str, raw: pl.Expr, detail: pl.Expr) -> pl.DataFrame:
    shown = _plain(raw) if rule in {"D253", "D254"} else raw
    return rows.select(
        "table",
        "row_number",
        column.alias("column_name"),
        pl.lit(rule).alias("rule_code"),
        shown.alias("raw_value"),
        detail.alias("detail"),
    ).cast(FAULTS)  # type: ignore[arg-type]
