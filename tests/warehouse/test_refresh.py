"""What a refresh does when something is wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from warehouse import locks, snapshots
from warehouse import refresh as refreshing
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.parameters import merge_parameters


def test_the_manifest_says_what_the_figures_are_made_of(golden_home: Home) -> None:
    snapshot = snapshots.current(golden_home)
    assert snapshot is not None
    files = {source["file_name"] for source in snapshot.manifest["sources"]}
    assert {Path(name).name for name in files} >= {"学校.csv", "办学条件.csv", "教职工统计.csv"}
    assert "national_2017" in snapshot.manifest["standards"]


def test_a_failing_test_tells_its_rows_and_publishes_nothing(golden_home: Home, tmp_path: Path) -> None:
    home = Home(tmp_path / "copy")
    shutil.copytree(golden_home.root, home.root)
    before = snapshots.current(home)
    home.parameters.mkdir(exist_ok=True)
    (home.parameters / "thresholds.csv").write_text(
        "standard_code,indicator_code,stage,threshold,floor_share,cv_limit,valid_from,valid_to,source_document\n"
        "national_2017,R99,primary,1,0.85,0.5,2017-04-19,2099-12-31,无此指标\n",
        encoding="utf-8",
    )
    lines: list[str] = []
    report = refreshing.refresh(home, progress=lines.append)
    assert report.snapshot_id is None
    failure = next(item for item in report.failures if item.name == "every_indicator_names_known_things")
    assert "How to resolve" in failure.message
    assert failure.rows == [{"seed": "thresholds", "code": "R99"}]
    assert "正在计算：指标" in lines
    assert snapshots.current(home) == before


def test_a_second_refresh_waits_and_then_says_so(golden_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "SECONDS", 0.1)
    with golden_home.lock("refresh"), pytest.raises(JunhengError, match="另一个刷新"):
        refreshing.refresh(golden_home)


BAD = {
    "no such file": ("nothing.csv", "a,b\n1,2\n", "没有对应"),
    "wrong column": ("parameters.csv", "parameter,valid_from,amount\nx,2020-01-01,1\n", "多出列 amount"),
    "no key": ("titles.csv", "is_mid_or_above\ntrue\n", "缺少列 title"),
    "key twice": ("titles.csv", "title,is_mid_or_above\n甲,true\n甲,false\n", "重复"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_parameter_file_is_named(tmp_path: Path, case: str) -> None:
    name, text, said = BAD[case]
    home = Home(tmp_path)
    home.parameters.mkdir()
    (home.parameters / name).write_text(text, encoding="utf-8")
    with pytest.raises(JunhengError, match=said) as refused:
        merge_parameters(home, home.build / "seeds")
    assert name in refused.value.message_en


def test_the_county_s_rows_replace_those_of_the_same_key(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.parameters.mkdir()
    (home.parameters / "county.csv").write_bytes("key,value\ncounty_name,松河县\n".encode("gb18030"))
    text = (merge_parameters(home, home.build / "seeds") / "county.csv").read_text(encoding="utf-8")
    assert "county_name,松河县" in text
    assert "is_demonstration,false" in text
    assert text.count("county_name") == 1


def test_a_disk_that_refuses_the_last_pages_is_told_in_a_sentence(
    golden_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshots.current(golden_home)

    def built(home: Home, building: Path, say: object) -> int:
        building.write_bytes(b"cut short by the disk " * 1000)
        return 0

    monkeypatch.setattr(refreshing, "_build", built)
    monkeypatch.setattr(refreshing, "_failures", lambda *_: [])
    with pytest.raises(JunhengError, match="无法写入"):
        refreshing.refresh(golden_home)
    assert snapshots.current(golden_home) == before
    assert not list(golden_home.build.glob(".building-*"))


def test_a_computation_that_broke_off_is_told_without_a_traceback(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.build.mkdir()
    said = 'Traceback (most recent call last):\n  File "x.py", line 1, in y\nOSError: File too large'
    lines = [json.dumps({"info": {"msg": text}}) for text in ("Running with dbt", said)]
    (home.build / "dbt.log").write_text("\n".join(lines), encoding="utf-8")
    told = refreshing._crash(home).message
    assert told.endswith("Running with dbt\nOSError: File too large") and "Traceback" not in told
