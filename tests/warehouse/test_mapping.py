"""Unknown headers get suggestions, and what the county says they are is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

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
