"""The marts of examinations as one plain script over the landing: no contracts, no tests, no provenance."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import duckdb

FIGURES = """
    count(*) as registered, count(score) as takers, avg(score) as mean_score, stddev_pop(score) as std_dev,
    quantile_cont(score, [0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9]) as quantiles,
    avg(case when score is not null then (score >= full_score * 0.85)::int end) as excellent_rate,
    avg(case when score is not null then (score >= full_score * 0.6)::int end) as pass_rate,
    avg(case when score is not null then (score < full_score * 0.4)::int end) as low_rate
"""
KEY = "exam_code, grade, subject"
SCRIPT = f"""
    create table scores as
    select g.exam_code, g.prior_exam_code, g.grade, g.subject, g.school_ref, g.class_name, g.full_score,
        s.pupil_key, s.score
    from read_parquet('{{landing}}/exam_scores/*.parquet') as s
    join read_parquet('{{landing}}/exam_groups/*.parquet', union_by_name = true) as g using (group_id);
    insert into scores
    select exam_code, any_value(prior_exam_code), grade, 'total', any_value(school_ref),
        any_value(class_name), sum(full_score), pupil_key,
        case when count(score) = count(*) then sum(score) end
    from scores group by exam_code, grade, pupil_key;
    create table school as select {KEY}, school_ref, {FIGURES} from scores group by {KEY}, school_ref;
    create table class as select {KEY}, school_ref, class_name, {FIGURES} from scores
    group by {KEY}, school_ref, class_name;
    create table county as select {KEY}, {FIGURES} from scores group by {KEY};
    create table equity as
    with s as (
        select {KEY}, sum(takers) as n, count(*) as k, sum(takers * takers) as n2,
            sum(takers * std_dev * std_dev) as ssw,
            sum(takers * mean_score * mean_score) - power(sum(takers * mean_score), 2) / sum(takers) as ssb
        from school group by {KEY}
    ), m as (select *, ssb / (k - 1) as msb, ssw / (n - k) as msw, (n - n2 / n) / (k - 1) as n0 from s)
    select *, (msb - msw) / (msb + (n0 - 1) * msw) as icc, ssb / (ssb + ssw) as eta_squared from m;
    create table standard as
    select {KEY}, s.school_ref, s.mean_score, (s.mean_score - c.mean_score) / c.std_dev as z
    from school as s join county as c using ({KEY});
    create table matched as
    select n.exam_code, n.grade, n.subject, n.school_ref, n.score as y, p.score as x
    from scores as n
    join scores as p
        on n.prior_exam_code = p.exam_code and n.subject = p.subject and n.pupil_key = p.pupil_key
    where n.score is not null and p.score is not null;
    create table value_added as
    with l as (
        select {KEY}, avg(x) as mx, avg(y) as my, stddev_pop(x) as sx, stddev_pop(y) as sy, corr(x, y) as b
        from matched group by {KEY}
    ), r as (
        select {KEY}, m.school_ref, (y - my) / sy - b * (x - mx) / sx as r
        from matched as m join l using ({KEY})
    ), g as (
        select {KEY}, school_ref, count(*) as n, avg(r) as raw, var_pop(r) as v
        from r group by {KEY}, school_ref
    ), t as (
        select {KEY}, sum(n * raw * raw) / (count(*) - 1) as msb, sum(n * v) / (sum(n) - count(*)) as msw,
            (sum(n) - sum(n * n) / sum(n)) / (count(*) - 1) as n0
        from g group by {KEY}
    ), u as (select *, greatest(0, (msb - msw) / n0) as tau2 from t)
    select g.*, raw * tau2 / (tau2 + msw / n) as shrunk from g join u using ({KEY});
"""


def main() -> None:
    """Run the script on a home's landing, into a file that is thrown away."""
    landing = Path(sys.argv[1]) / "landing"
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.connect(str(Path(folder) / "bare.duckdb")) as connection,
    ):
        connection.execute(SCRIPT.format(landing=landing.as_posix()))
        print(connection.sql("select count(*) from value_added").fetchall())


if __name__ == "__main__":
    main()
