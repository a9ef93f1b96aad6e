"""Random counties agree with a second, independent computation, through the public commands."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.county import County
from tests.reference import random_county as second

FIRST_YEAR = 2000


def close_to(value: float | None) -> Any:
    """Approximate equality that also holds for nothing."""
    return None if value is None else pytest.approx(value, rel=1e-9, abs=1e-12)


COUNTIES = range(20)


def as_rows(seed: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    schools, conditions, staff = [], [], []
    for site in second.random_county(seed):
        key = {"学年": FIRST_YEAR + seed, "学校标识码": site.code}
        schools.append(
            {
                **key,
                "学校名称": f"第{site.code}学校",
                "办学类型": site.kind,
                "办学性质": "公办",
                "城乡类型": "镇区",
                "是否计校数": "是" if site.counted else "否",
                "所属学校标识码": site.parent or "",
            }
        )
        for stage, pupils in site.pupils.items():
            own = site.by_stage.get(stage, dict.fromkeys(second.RESOURCES))
            resources = {second.RESOURCES[name]: value for name, value in own.items()}
            conditions.append({**key, "学段": second.STAGE_ZH[stage], "在校生数": pupils, **resources})
            staff.append({**key, "学段": second.STAGE_ZH[stage], **site.staff[stage]})
        if site.shared is not None:
            resources = {second.RESOURCES[name]: value for name, value in site.shared.items()}
            conditions.append({**key, "学段": "全校", "在校生数": None, **resources})
    return schools, conditions, staff


def write(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    raw = tmp_path_factory.mktemp("raw")
    tables: tuple[list[dict[str, Any]], ...] = ([], [], [])
    for seed in COUNTIES:
        for table, rows in zip(tables, as_rows(seed), strict=True):
            table.extend(rows)
    for name, table in zip(("学校", "办学条件", "教职工统计"), tables, strict=True):
        write(raw, name, table)
    county = County(tmp_path_factory.mktemp("random"))
    county.run("import", raw)
    county.run("refresh")
    return county


@pytest.mark.parametrize("stage", ["primary", "junior"])
@pytest.mark.parametrize("seed", COUNTIES)
def test_every_figure_agrees(county: County, seed: int, stage: str) -> None:
    want = second.figures(second.random_county(seed), stage)
    rows = county.marts(
        "select school_code, indicator_code, value, numerator, status, shortfall"
        " from marts.fct_school_indicator"
        " where standard_code = 'national_2017' and school_year = ? and stage = ?",
        FIRST_YEAR + seed,
        stage,
    ).to_dicts()
    assert {row["school_code"] for row in rows} == set(want)
    for row in rows:
        figure = want[row["school_code"]][row["indicator_code"]]
        threshold = second.THRESHOLDS[stage][row["indicator_code"]]
        assert row["value"] == close_to(figure.value), row
        assert row["status"] == second.status(figure.value, threshold), row
        if row["status"] in ("near", "below"):
            scale = 100 if row["indicator_code"] in ("R1", "R2", "R3", "R7") else 1
            owed = threshold * figure.pupils / scale - figure.numerator
            assert row["shortfall"] == pytest.approx(owed, rel=1e-9)


@pytest.mark.parametrize("stage", ["primary", "junior"])
@pytest.mark.parametrize("seed", COUNTIES)
def test_every_verdict_and_coefficient_agrees(county: County, seed: int, stage: str) -> None:
    want = second.figures(second.random_county(seed), stage)
    verdicts = dict(
        county.marts(
            "select school_code, verdict from marts.fct_school_compliance"
            " where standard_code = 'national_2017' and school_year = ? and stage = ?",
            FIRST_YEAR + seed,
            stage,
        ).iter_rows()
    )
    assert verdicts == {code: second.verdict(row, stage) for code, row in want.items()}
    balances = county.marts(
        "select indicator_code, county_mean, cv, status from marts.fct_county_balance"
        " where standard_code = 'national_2017' and school_year = ? and stage = ?"
        " and indicator_code <> 'composite'",
        FIRST_YEAR + seed,
        stage,
    ).to_dicts()
    assert len(balances) == (7 if want else 0)
    for row in balances:
        schools = [figures[row["indicator_code"]] for figures in want.values()]
        mean, cv = second.coefficient(schools)
        assert row["county_mean"] == close_to(mean), row
        assert row["cv"] == close_to(cv), row
        assert row["status"] == second.balance_status(schools, stage), row
