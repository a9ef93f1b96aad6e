"""The same figures of examinations in pandas, every score in memory."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

KEY = ["exam_code", "grade", "subject"]
QUANTILES = [0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9]


def read(landing: Path) -> pd.DataFrame:
    """Return every score with its exam, grade, subject, school and class, totals included."""
    scores = pd.concat(pd.read_parquet(path) for path in sorted((landing / "exam_scores").glob("I*.parquet")))
    groups = pd.concat(pd.read_parquet(path) for path in sorted((landing / "exam_groups").glob("I*.parquet")))
    names = [*KEY, "school_ref", "class_name", "prior_exam_code"]
    groups[names] = groups[names].astype("category")
    rows = scores[["group_id", "pupil_key", "score"]].merge(groups[["group_id", *names]], on="group_id")
    by = rows.groupby(["exam_code", "grade", "pupil_key"], observed=True)
    total = by["score"].agg(["sum", "count", "size"]).reset_index()
    total["score"] = total["sum"].where(total["count"] == total["size"])
    places = rows.drop_duplicates(["exam_code", "grade", "pupil_key"])
    columns = ["exam_code", "grade", "pupil_key"]
    total = total[[*columns, "score"]].merge(
        places[[*columns, "school_ref", "class_name", "prior_exam_code"]]
    )
    return pd.concat([rows.assign(full=100.0), total.assign(subject="total", full=900.0)], ignore_index=True)


def summed(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return counts, mean, spread, quantiles and rates of each group."""
    marked = rows.assign(
        excellent=rows.score >= rows.full * 0.85,
        passed=rows.score >= rows.full * 0.6,
        low=rows.score < rows.full * 0.4,
    )
    by = marked.groupby(key, observed=True)
    found = by["score"].agg(["size", "count", "mean", "median", lambda scores: scores.std(ddof=0)])
    rates = by[["excellent", "passed", "low"]].sum().div(found["count"], axis=0)
    quantiles = by["score"].quantile(QUANTILES).unstack()
    return found.join(rates).join(quantiles)


def value_added(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each school's shrunk effect."""
    now = rows.dropna(subset=["score", "prior_exam_code"])
    pairs = now.merge(
        rows.dropna(subset=["score"])[["exam_code", "subject", "pupil_key", "score"]],
        left_on=["prior_exam_code", "subject", "pupil_key"],
        right_on=["exam_code", "subject", "pupil_key"],
        suffixes=("", "_before"),
    )
    by = pairs.groupby(KEY, observed=True)
    z = (pairs.score - by.score.transform("mean")) / by.score.transform("std", ddof=0)
    x = (pairs.score_before - by.score_before.transform("mean")) / by.score_before.transform("std", ddof=0)
    slope = (z * x).groupby([pairs[name] for name in KEY], observed=True).transform("mean")
    schools = pairs.assign(r=z - slope * x).groupby([*KEY, "school_ref"], observed=True)["r"]
    found = schools.agg(n="size", raw="mean", v=lambda values: values.var(ddof=0)).reset_index()
    by = found.assign(nr=found.n * found.raw**2, nv=found.n * found.v, nn=found.n**2).groupby(
        KEY, observed=True
    )
    sums = by[["n", "nr", "nv", "nn"]].sum()
    k = by.size()
    msw, size = sums.nv / (sums.n - k), (sums.n - sums.nn / sums.n) / (k - 1)
    moments = pd.DataFrame({"msw": msw, "tau2": np.maximum(0, (sums.nr / (k - 1) - msw) / size)})
    joined = found.merge(moments, left_on=KEY, right_index=True)
    return joined.assign(shrunk=joined.raw * joined.tau2 / (joined.tau2 + joined.msw / joined.n))


def main() -> None:
    """Compute the figures of a home's landing."""
    rows = read(Path(sys.argv[1]) / "landing")
    tables = [summed(rows, key) for key in (KEY, [*KEY, "school_ref"], [*KEY, "school_ref", "class_name"])]
    print([len(table) for table in tables], len(value_added(rows)))


if __name__ == "__main__":
    main()
