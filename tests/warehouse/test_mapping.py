"""Unknown headers get suggestions, and what the county says they are is remembered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.county import County
from warehouse import actions
from warehouse.errors import JunhengError
from warehouse.home import Home

HEADERS = "统计学年度,单位标识,学段类别,学生人数总计,班数,教学辅助用房面积合计"
FILE = {"本县台账.csv": f"{HEADERS}\n2024,1000000001,小学,2000,44,9400\n".encode()}


def test_suggested_headers_once_remembered_are_read(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with pytest.raises(JunhengError):
        actions.import_uploads(home, FILE, dry_run=True)
    (sheet,) = actions.suggest_uploads(home, FILE)
    assert sheet.headers == HEADERS.split(",")
    assert sheet.dataset == "conditions"
    found = sheet.suggested["conditions"]
    assert found["学生人数总计"] == "conditions.students"
    assert found["班数"] == "conditions.class_count"
    wanted = {**found, "单位标识": "conditions.school_ref"}
    actions.remember(home, "conditions", wanted)
    actions.remember(home, "conditions", wanted)
    report = actions.import_uploads(home, FILE, dry_run=True)
    assert [(row.dataset, row.rows_landed) for row in report.sources] == [("conditions", 1)]
    assert actions.suggest_uploads(home, FILE) == []
    kept = (home.parameters / "imports" / "columns.csv").read_text(encoding="utf-8").splitlines()
    assert kept[0] == "dataset,field,aliases"
    assert len(kept) == len(set(kept)) <= 1 + len(wanted)


def test_an_unknown_field_is_refused_and_nothing_kept(tmp_path: Path) -> None:
    with pytest.raises(JunhengError):
        actions.remember(Home(tmp_path), "conditions", {"甲": "conditions.no_such"})
    assert not (tmp_path / "parameters").exists()


def test_the_commands_list_suggestions_and_remember_them(tmp_path: Path) -> None:
    county = County(tmp_path / "home")
    path = tmp_path / "本县台账.csv"
    path.write_bytes(FILE["本县台账.csv"])
    assert "学生人数总计 = conditions.students" in county.run("headers", path).stdout
    (sheet,) = json.loads(county.run("headers", path, "--json").stdout)
    chosen = sheet["suggested"]["conditions"] | {"单位标识": "school_ref"}
    county.run("remember", "conditions", *(f"{header}={field}" for header, field in chosen.items()))
    assert "表头都认得" in county.run("headers", path).stdout
    assert "读 1 行" in county.run("import", path, "--dry-run").stdout
    county.run("remember", "conditions", "甲=no_such", expect=2)
