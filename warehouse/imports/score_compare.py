"""Scores of this call against those that already count, without reading the scores of other exams."""

from __future__ import annotations

import hashlib

import polars as pl

from warehouse.home import Home
from warehouse.imports.resolve import Register
from warehouse.imports.scores import BESIDES, PAPER
from warehouse.landing import landed

UNIT = ["exam_code", "grade", "school_ref"]
CONTENT = [*UNIT, "subject", "class_name", *BESIDES]
ROW = ["content", "pupil_key", "score", "status"]


def content_of(groups: pl.DataFrame) -> pl.Expr:
    """Return what a group says as one text, wherever it came from."""
    texts = [pl.col(name).cast(pl.String).fill_null("") for name in CONTENT]
    return pl.concat_str(texts, separator="|").hash().alias("content")


def counting(home: Home, groups: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Return the scores that count now of the exams and grades in `groups`, as `ROW`, unit and subject."""
    exams = groups.select("exam_code", "grade").unique()
    known = landed(home, "exam_groups").join(exams, on=["exam_code", "grade"], how="semi")
    known = register.meant(known)
    whole = pl.when(pl.col("replaces") == "school").then("import_seq").max().over(UNIT)
    known = known.filter(pl.col("import_seq") >= whole.fill_null(0))
    known = known.with_columns(content_of(known))
    scores = _scores(home, known)
    wanted = known.select("group_id", "import_seq", "content", *UNIT, "subject")
    rows = scores.join(wanted, on="group_id").sort("import_seq")
    return rows.unique([*PAPER, "pupil_key"], keep="last")


def _scores(home: Home, groups: pl.DataFrame) -> pl.DataFrame:
    paths = [home.landing / "exam_scores" / f"{name}.parquet" for name in groups["import_id"].unique()]
    found = [path for path in paths if path.exists()]
    columns = ["group_id", "pupil_key", "score", "status"]
    if not found:
        return pl.DataFrame(schema={name: pl.Float64 if name == "score" else pl.Int64 for name in columns})
    lazy = pl.scan_parquet(found).select(columns)
    return lazy.join(groups.select("group_id").lazy(), on="group_id", how="semi").collect()


def changes_nothing(now: pl.DataFrame, groups: pl.DataFrame, scores: pl.DataFrame, *, partial: bool) -> bool:
    """True when landing the scores would leave every counting one as it is."""
    coded = groups.select("group_id", content_of(groups))
    new = scores.join(coded, on="group_id").select(ROW).with_columns(pl.col("status").cast(pl.Int64))
    if not partial:
        now = now.join(groups.select(UNIT).unique(), on=UNIT, how="semi")
    old = now.select(ROW).with_columns(pl.col("status").cast(pl.Int64))
    added = new.join(old, on=ROW, how="anti", nulls_equal=True)
    return added.is_empty() and (partial or new.height == old.height)


def lost_subjects(now: pl.DataFrame, groups: pl.DataFrame) -> list[str]:
    """Return the subjects that count for the exams and schools named here and would be gone."""
    replaced = now.join(groups.select(UNIT).unique(), on=UNIT, how="semi")
    given = groups.select(*UNIT, "subject").unique()
    gone = replaced.select(*UNIT, "subject").unique().join(given, on=[*UNIT, "subject"], how="anti")
    return gone["subject"].unique().sort().to_list()


def content_hash(groups: pl.DataFrame, scores: pl.DataFrame) -> str:
    """Return a hash of what scores say, whatever their order."""
    texts = groups.select("group_id", *CONTENT).sort(CONTENT).with_row_index("place")
    rows = scores.join(texts.select("group_id", "place"), on="group_id").sort("place", "pupil_key")
    digest = hashlib.sha256(texts.select(CONTENT).write_csv().encode())
    for name in ("place", "pupil_key", "score", "status"):
        digest.update(rows[name].fill_null(-1).to_numpy().tobytes())
    return digest.hexdigest()
