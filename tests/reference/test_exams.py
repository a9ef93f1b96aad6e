"""Real examinations with known answers come out of the public commands: import, refresh, published tables.

The answers were computed with R (lme4, multilevel) and are given on raw scores; published figures on standard
scores are set beside them through the standard deviations of the two exams.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import kendalltau, spearmanr

from tests.county import County

pytestmark = pytest.mark.needs("reference")

LONDON, BDF, FENGHUA = "london", "bdf", "fenghua"
SETS = {"exam_london": (LONDON, "综合"), "lang": (BDF, "语文"), "arith": (BDF, "数学")}
CASES = {"exam_london": "normexam~standLRT", "lang": "langPOST~langPRET", "arith": "aritPOST~aritPRET"}
NULLS = {"exam_london": "normexam", "lang": "langPOST", "arith": "aritPOST"}
MOMENTS = {"exam_london": "mom_exam_london", "lang": "mom_bdf_nl_lang", "arith": "mom_bdf_nl_arith"}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, header: list[str], rows: list[list[object]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def answers_of(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def to_hundred(values: list[float]) -> list[float]:
    """Map an exam with negative scores linearly to 0–100."""
    low, high = min(values), max(values)
    return [(value - low) / (high - low) * 100 for value in values]


def import_exam(county: County, path: Path, code: str, day: str, *more: str) -> None:
    sets = [f"考试编号={code}", f"考试日期={day}", "年级=六年级", *more]
    county.run("import", path, *(part for value in sets for part in ("--set", value)))


def import_london(county: County, reference: Path, folder: Path) -> None:
    pupils = rows_of(reference / "exam_london.csv")
    for code, field, day, more in (
        (f"{LONDON}-before", "standLRT", "2019-06-20", []),
        (LONDON, "normexam", "2020-06-20", [f"上次考试编号={LONDON}-before"]),
    ):
        scores = to_hundred([float(pupil[field]) for pupil in pupils])
        rows: list[list[object]] = [
            [f"L{at:05d}", f"L{pupil['school']}", repr(score)]
            for at, (pupil, score) in enumerate(zip(pupils, scores, strict=True))
        ]
        path = write(folder / f"{code}.csv", ["学籍号", "学校标识码", "综合（满分100）"], rows)
        import_exam(county, path, code, day, *more)


def import_bdf(county: County, reference: Path, folder: Path) -> None:
    pupils = rows_of(reference / "bdf_nl.csv")
    for code, fields, day, more in (
        (f"{BDF}-before", ("langPRET", "aritPRET"), "2021-06-20", []),
        (BDF, ("langPOST", "aritPOST"), "2022-06-20", [f"上次考试编号={BDF}-before"]),
    ):
        rows: list[list[object]] = [
            [pupil["pupilNR"], f"B{pupil['schoolNR']}", *(pupil[field] for field in fields)]
            for pupil in pupils
        ]
        marks = ("语文（满分58）", "数学（满分30）") if code == BDF else ("语文", "数学")
        path = write(folder / f"{code}.csv", ["学籍号", "学校标识码", *marks], rows)
        import_exam(county, path, code, day, *more)


def import_fenghua(county: County, reference: Path, folder: Path) -> None:
    pupils = rows_of(reference / "bundle_fenghua_bdf" / "scores.csv")
    rows: list[list[object]] = [
        [pupil["学籍号"], pupil["学校"], pupil["语文_出口"], pupil["数学_出口"]] for pupil in pupils
    ]
    path = write(folder / "fenghua.csv", ["学籍号", "学校", "语文(满分58)", "数学(满分30)"], rows)
    import_exam(county, path, FENGHUA, "2022-06-25")
    members = rows_of(reference / "bundle_fenghua_bdf" / "membership.csv")
    header = ["共同体编号", "共同体名称", "类型", "学校", "角色", "加入日期", "退出日期"]
    listed: list[list[object]] = [
        [row["共同体"], row["共同体"], "教育共同体", row["学校"], row["角色"], row["起"], row["止"]]
        for row in members
    ]
    county.run("import", write(folder / "members.csv", header, listed))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory, reference: Path) -> Iterator[County]:
    folder = tmp_path_factory.mktemp("exams")
    county = County(folder / "home")
    import_london(county, reference, folder)
    import_bdf(county, reference, folder)
    import_fenghua(county, reference, folder)
    county.run("refresh")
    yield county


@pytest.fixture(scope="module")
def expected(reference: Path) -> dict[tuple[str, str], dict[str, str]]:
    rows = rows_of(reference / "reference" / "expected_numbers_fixture.csv")
    return {(row["case"], row["statistic"]): row for row in rows}


def rows(county: County, sql: str) -> list[dict[str, Any]]:
    return county.marts(sql).to_dicts()


def one(county: County, table: str, code: str, subject: str) -> dict[str, Any]:
    found = rows(county, f"select * from marts.{table} where exam_code = '{code}' and subject = '{subject}'")
    assert len(found) == 1
    return found[0]


def holds(expected: dict[tuple[str, str], dict[str, str]], case: str, statistic: str, found: float) -> bool:
    row = expected[case, statistic]
    kind, _, size = row["tol"].partition(" ")
    value = float(row["value"])
    if kind == "exact":
        return found == value
    if kind == "rel":
        return math.isclose(found, value, rel_tol=float(size))
    return abs(found - value) <= float(size)


@pytest.mark.parametrize("name", SETS)
def test_means_spreads_and_between_school_shares(county: County, expected: Any, name: str) -> None:
    code, subject = SETS[name]
    case, null = "exam_london" if name == "exam_london" else "bdf_nl", NULLS[name]
    row = one(county, "fct_exam_equity", code, subject)
    assert holds(expected, case, f"{null}:N", row["takers"])
    assert holds(expected, case, f"{null}:J", row["schools"])
    assert holds(expected, case, f"{null}:icc1_anova_n0", row["icc_anova"])
    assert holds(expected, case, f"{null}:eta2_SSB_over_SST", row["eta_squared"])
    means = rows(
        county,
        f"select var_samp(mean_score) as v from marts.fct_exam_school"
        f" where exam_code = '{code}' and subject = '{subject}'",
    )[0]["v"]
    scale = 1.0
    if name == "exam_london":
        raw = float(expected[case, f"{null}:sd_pop"]["value"])
        scale = raw / row["std_dev"]
    else:
        assert holds(expected, case, f"{null}:grand_mean", row["mean_score"])
        assert holds(expected, case, f"{null}:sd_pop", row["std_dev"])
    assert holds(expected, case, f"{null}:unweighted_var_of_school_means_sample", means * scale**2)


def test_three_rates_with_the_full_marks_of_the_header(
    county: County, expected: Any, reference: Path
) -> None:
    row = one(county, "fct_exam_equity", BDF, "语文")
    for rate, said in (("excellent", "excellent"), ("pass", "pass"), ("low", "low_rate_strict")):
        statistic = f"langPOST full=58 {said}" + ("" if "rate" in said else "_rate")
        assert holds(expected, "bdf_nl", statistic, row[f"{rate}_rate"])
    answers = answers_of(reference / "reference" / "bdf_nl.json")["rates_arith_full30"]
    row = one(county, "fct_exam_equity", BDF, "数学")
    assert row["excellent_rate"] == pytest.approx(answers["excellent_rate"], rel=1e-9)
    assert row["pass_rate"] == pytest.approx(answers["pass_rate"], rel=1e-9)
    assert row["low_rate"] == pytest.approx(answers["low_rate_strict"], rel=1e-9)
    before = one(county, "fct_exam_equity", f"{BDF}-before", "数学")
    assert before["mean_score"] is not None and before["pass_rate"] is None


@pytest.mark.parametrize("name", SETS)
def test_moments_of_value_added(county: County, expected: Any, name: str) -> None:
    code, subject = SETS[name]
    model = one(county, "fct_value_added_model", code, subject)
    case = "exam_london" if name == "exam_london" else "bdf_nl"
    variance = float(expected[case, f"{NULLS[name]}:sd_pop"]["value"]) ** 2
    for moment, found in (("MSB", model["msb"]), ("MSW", model["msw"]), ("tau2", model["tau2"])):
        assert holds(expected, MOMENTS[name], moment, found * variance)
    share = model["tau2"] / (model["tau2"] + model["msw"])
    assert holds(expected, MOMENTS[name], "icc_residual", share)
    assert holds(expected, case, f"{CASES[name]}: OLS R2", model["r_squared"])
    assert model["unmatched_pupils"] == 0 and model["coverage_rate"] == 1
    if name == "exam_london":
        assert model["tau2"] == pytest.approx(0.0836556, rel=1e-6)
        assert model["msw"] == pytest.approx(0.568010, rel=1e-6)


@pytest.mark.parametrize("name", SETS)
def test_every_school_s_effect_and_its_rank_agree_with_the_multilevel_model(
    county: County, expected: Any, reference: Path, name: str
) -> None:
    code, subject = SETS[name]
    case, prefix = ("exam_london", "L") if name == "exam_london" else ("bdf_nl", "B")
    stem = case if name == "exam_london" else f"{case}_{name}"
    spread = float(expected[case, f"{NULLS[name]}:sd_pop"]["value"])
    found = {
        row["school_code"].removeprefix(prefix): row
        for row in rows(
            county,
            f"select * from marts.fct_value_added where exam_code = '{code}' and subject = '{subject}'",
        )
    }
    moments = {
        row.get("school") or row["schoolNR"]: row
        for row in rows_of(reference / "reference" / f"{stem}_mom.csv")
    }
    assert set(found) == set(moments)
    for school, answer in moments.items():
        assert found[school]["matched_pupils"] == int(answer["n"])
        assert found[school]["raw_effect"] * spread == pytest.approx(
            float(answer["ols_residual_mean"]), abs=1e-8
        )
        assert found[school]["shrunk_effect"] * spread == pytest.approx(float(answer["eb_mom"]), abs=1e-8)
        assert found[school]["reliability"] == pytest.approx(float(answer["lam"]), rel=1e-8)
    model = {row["school"]: row for row in rows_of(reference / "reference" / f"{stem}_schools.csv")}
    order = sorted(model)
    eb = [float(model[school]["eb_reml"]) for school in order]
    shrunk = [found[school]["shrunk_effect"] for school in order]
    raw = [found[school]["raw_effect"] for school in order]
    means = {
        row["school_code"].removeprefix(prefix): row["mean_score"]
        for row in rows(
            county,
            f"select * from marts.fct_exam_school where exam_code = '{code}' and subject = '{subject}'",
        )
    }
    mean = [means[school] for school in order]
    assert holds(expected, MOMENTS[name], "spearman_with_REML_EB", spearmanr(shrunk, eb).statistic)
    assert holds(expected, case, f"{CASES[name]}: spearman_olsres_vs_eb", spearmanr(raw, eb).statistic)
    assert holds(expected, case, f"{CASES[name]}: spearman_rawmean_vs_eb", spearmanr(mean, eb).statistic)
    assert holds(expected, case, f"{CASES[name]}: spearman_rawmean_vs_olsres", spearmanr(mean, raw).statistic)
    assert holds(expected, case, f"{CASES[name]}: kendall_rawmean_vs_eb", kendalltau(mean, eb).statistic)


def test_the_bundle_s_schools_and_consortiums(county: County, reference: Path) -> None:
    answers = answers_of(reference / "bundle_fenghua_bdf" / "expected.json")["expected"]
    for subject, answer in answers.items():
        row = one(county, "fct_exam_equity", FENGHUA, subject)
        whole = answer["出口"]["county"]
        assert row["takers"] == whole["n"]
        for ours, theirs in (
            ("mean_score", "mean"),
            ("excellent_rate",) * 2,
            ("pass_rate",) * 2,
            ("low_rate",) * 2,
        ):
            assert row[ours] == pytest.approx(whole[theirs], rel=1e-9)
        schools = {
            found["school_code"]: found
            for found in rows(
                county,
                f"select * from marts.fct_exam_school where exam_code = '{FENGHUA}'"
                f" and subject = '{subject}'",
            )
        }
        assert set(schools) == set(answer["出口"]["by_school"])
        for name, school in answer["出口"]["by_school"].items():
            assert schools[name]["takers"] == school["n"]
            assert schools[name]["mean_score"] == pytest.approx(school["mean"], rel=1e-9)
            assert schools[name]["pass_rate"] == pytest.approx(school["pass_rate"], rel=1e-9)
        groups = {
            found["group_code"]: found
            for found in rows(
                county,
                f"select * from marts.fct_exam_group where exam_code = '{FENGHUA}' and subject = '{subject}'"
                " and group_kind = 'consortium'",
            )
        }
        for name, bundle in answer["出口"]["by_consortium"].items():
            assert groups[name]["takers"] == bundle["n"] and groups[name]["schools"] == bundle["schools"]
            assert groups[name]["mean_score"] == pytest.approx(bundle["mean"], rel=1e-9)
            assert groups[name]["low_rate"] == pytest.approx(bundle["low_rate"], rel=1e-9)
            assert groups[name]["eta_squared"] == pytest.approx(
                bundle["within_consortium_between_school_eta2"], rel=1e-9
            )
