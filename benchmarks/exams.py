"""Examinations of a city, beside a bare DuckDB script and pandas: `python -m benchmarks.exams`."""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

import click
import numpy as np
import polars as pl

from benchmarks import figures, pages
from benchmarks.figures import Figure, Part
from benchmarks.processes import JUNHENG, run
from warehouse.home import Home, open_home
from warehouse.landing import GROUP_BITS, commit_import

EXAMS, SUBJECTS, GRADES = 6, ("语文", "数学", "英语", "物理", "化学", "道德与法治", "历史", "地理", "生物"), 3
PUPILS_A_SCHOOL, PUPILS_A_CLASS = 600, 45
ABSENT_SHARE = 0.02
NODES = ("exam", "value_added")


@click.command()
@click.option("--pupils", default=80_000, show_default=True)
@click.option("--pandas/--no-pandas", "with_pandas", default=True, help="pandas holds every score in memory")
@click.option("--pages/--no-pages", "with_pages", default=False, help="click through pages afterwards")
def main(pupils: int, with_pandas: bool, with_pages: bool) -> None:
    """Measure a refresh of six exams of nine subjects against the same marts written plainly."""
    with tempfile.TemporaryDirectory(prefix="junheng-exams-") as folder:
        home = open_home(Path(folder) / "home")
        scores = land(home, pupils)
        click.echo(figures.markdown([measure(home, scores, with_pandas)]))
        if with_pages:
            click.echo(figures.markdown([pages.measure(home.root)]))


def measure(home: Home, scores: int, with_pandas: bool) -> Part:
    """Run refresh, bare script and pandas, one after another."""
    ours = run([JUNHENG, "--home", home.root, "refresh"], timeout=3600)
    started = run([JUNHENG, "--home", home.root, "dbt", "ls", "--select", "dim_exam"])
    nodes = seconds_by_node(home)
    own = sum(seconds for name, seconds in nodes.items() if any(word in name for word in NODES))
    bare = run([sys.executable, "-m", "benchmarks.exams_bare", home.root], timeout=3600)
    found = [
        Figure("models of examinations in a refresh, against the bare script", own / bare.seconds, "×", 3),
        Figure("whole refresh without dbt's start", (ours.seconds - started.seconds) / bare.seconds, "×"),
        Figure("models of examinations", own, "s"),
        Figure("refresh, whole", ours.seconds, "s"),
        Figure("bare script", bare.seconds, "s"),
        Figure("peak memory of a refresh", ours.peak, "MB", 8192),
        Figure("peak memory of the bare script", bare.peak, "MB"),
    ]
    if with_pandas:
        frame = run([sys.executable, "-m", "benchmarks.exams_pandas", home.root], timeout=3600)
        found += [Figure("pandas", frame.seconds, "s"), Figure("peak memory of pandas", frame.peak, "MB")]
    slowest = sorted(nodes.items(), key=lambda item: -item[1])[:6]
    remarks = [f"Slowest models: {', '.join(f'{name} {seconds:.1f} s' for name, seconds in slowest)}."]
    return Part(f"Examinations, {scores:,} scores", found, remarks)


def seconds_by_node(home: Home) -> dict[str, float]:
    """Return what each model of the last refresh took."""
    results = json.loads((home.build / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    return {row["unique_id"].split(".")[2]: row["execution_time"] for row in results}


def land(home: Home, pupils: int) -> int:
    """Land exams as imports would, one import an exam; return how many scores there are."""
    chance = np.random.default_rng(1)
    school = np.arange(pupils) // PUPILS_A_SCHOOL
    able = chance.normal(0, 1, pupils) + chance.normal(0, 0.5, school.max() + 1)[school]
    keys = chance.integers(-(2**62), 2**62, pupils)
    total = 0
    for exam in range(EXAMS):
        groups, scores = _exam(chance, exam, school, able, keys)
        total += scores.height
        commit_import(home, f"I{exam + 1:06d}", _frames(exam, groups, scores))
    return total


def _exam(
    chance: np.random.Generator, exam: int, school: np.ndarray, able: np.ndarray, keys: np.ndarray
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return one exam's groups (a class and subject each) and scores."""
    at = np.arange(len(school)) % PUPILS_A_SCHOOL
    place = school * 100 + at // PUPILS_A_CLASS
    grade = 7 + at // PUPILS_A_CLASS * GRADES // (PUPILS_A_SCHOOL // PUPILS_A_CLASS + 1)
    rows, groups = [], []
    for number, subject in enumerate(SUBJECTS):
        score = np.clip(np.round((60 + 12 * able + chance.normal(0, 9, len(able))) * 2) / 2, 0, 100)
        absent = chance.random(len(able)) < ABSENT_SHARE
        ids = ((exam + 1) << GROUP_BITS) + (number << 20) + place
        columns = {"group_id": ids, "pupil_key": keys, "score": score, "status": ~absent, "row_number": at}
        frame = pl.DataFrame(columns).with_columns(pl.col("status").cast(pl.Int8))
        rows.append(frame.with_columns(pl.when(pl.col("status") == 1).then("score").alias("score")))
        groups.append(pl.DataFrame({"group_id": ids, "school": school, "grade": grade}).unique("group_id"))
        groups[-1] = groups[-1].with_columns(pl.lit(subject).alias("subject"))
    return pl.concat(groups), pl.concat(rows)


def _frames(exam: int, groups: pl.DataFrame, scores: pl.DataFrame) -> dict[str, pl.DataFrame]:
    source = {"file_name": f"{exam}.csv", "sheet_name": "", "replaces": "school"}
    groups = groups.with_columns(
        pl.lit(f"E{exam}").alias("exam_code"),
        pl.lit(date(2023, 1 + exam, 15)).alias("exam_date"),
        pl.format("学校{}", "school").alias("school_ref"),
        pl.format("{}班", pl.col("group_id") % 100).alias("class_name"),
        pl.lit(100.0).alias("full_score"),
        pl.lit(f"E{exam - 1}" if exam else None, pl.String).alias("prior_exam_code"),
        *(pl.lit(value).alias(name) for name, value in source.items()),
    )
    facts = pl.DataFrame([{**source, "dataset": "exam_scores", "file_hash": "0", "rows_read": scores.height}])
    facts = facts.with_columns(
        pl.lit(exam + 1).alias("import_seq"),
        pl.lit(datetime(2023, 1, 1)).alias("imported_at"),
        pl.col("rows_read").alias("rows_landed"),
        pl.lit(0).alias("rows_refused"),
    )
    return {"exam_groups": groups.drop("school"), "exam_scores": scores, "_imports": facts}


if __name__ == "__main__":
    main()
