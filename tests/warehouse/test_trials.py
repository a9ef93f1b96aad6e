"""A trial says which verdicts an import would flip, through the real import, and leaves nothing behind."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from polars.testing import assert_frame_equal

from cli import main
from tests.golden.build import HERE
from warehouse import actions, trials
from warehouse.errors import JunhengError
from warehouse.home import Home


def kept(home: Home) -> dict[str, str]:
    """Every file of a home but scratch, locks and error workbooks, by its hash."""
    passing = {"build", "errors"}
    return {
        str(path.relative_to(home.root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in home.root.rglob("*")
        if path.is_file() and path.suffix != ".lock" and passing.isdisjoint(path.relative_to(home.root).parts)
    }


@pytest.fixture(scope="module")
def flipping(golden_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county's conditions with one compliant school's equipment gone."""
    snapshot = actions.current(golden_home)
    assert snapshot is not None
    text = (HERE / "input" / "办学条件.csv").read_text(encoding="utf-8")
    head, *lines = text.splitlines()
    at = next(i for i, name in enumerate(head.split(",")) if name.startswith("教学仪器设备资产值"))
    changed = [head]
    for line in lines:
        cells = line.split(",")
        cells[at] = "100" if cells[at] and cells[0] == "2024" else cells[at]
        changed.append(",".join(cells))
    path = tmp_path_factory.mktemp("flipping") / "办学条件.csv"
    path.write_text("\n".join(changed) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def tried(golden_home: Home, flipping: Path) -> trials.Trial:
    """A trial of that file, which leaves the county as it was and told what it did."""
    before, said = kept(golden_home), []
    found = actions.try_import(golden_home, [flipping], progress=said.append)
    assert kept(golden_home) == before
    assert not (golden_home.build / trials.TRIAL).exists()
    assert "正在读取：办学条件.csv" in said
    assert any(line.startswith("正在计算：") for line in said)
    return found


def test_a_trial_tells_the_verdicts_a_real_import_and_refresh_then_flip(
    own_home: Home, flipping: Path, tried: trials.Trial
) -> None:
    assert tried.difference is not None
    assert tried.difference.verdicts.height > 0
    assert tried.report.import_id is None

    published = actions.current(own_home)
    assert published is not None
    actions.import_paths(own_home, [flipping])
    assert actions.refresh(own_home).failures == []
    real = actions.diff(own_home, published.id, "current")
    assert tried.difference.classification == real.classification
    for name in ("verdicts", "county_verdicts", "coefficients", "items", "counts", "figures", "issues"):
        assert_frame_equal(getattr(tried.difference, name), getattr(real, name))


def test_a_trial_that_fails_leaves_nothing(own_home: Home, tmp_path: Path) -> None:
    before = kept(own_home)
    (tmp_path / "通讯录.csv").write_text("姓名,电话\n甲,1\n", encoding="utf-8")
    with pytest.raises(JunhengError):
        actions.try_import(own_home, [tmp_path / "通讯录.csv"])
    assert kept(own_home) == before
    assert not (own_home.build / trials.TRIAL).exists()


def test_a_trial_whose_refresh_would_stop_says_why(own_home: Home, flipping: Path) -> None:
    actions.correct(
        own_home, "1000000003", 2024, "教学仪器设备资产值", stage="全校", old=3800000, new=3900000,
        reason="漏记", evidence="验收单", by="王科长",
    )  # fmt: skip
    tried = actions.try_import(own_home, [flipping])
    assert tried.difference is None
    assert [failure.name for failure in tried.failures] == ["corrections_find_their_old_value"]
    said = "应更正的原值为“3800000”，而来源（办学条件.csv 第 6 行“教学仪器设备资产值（万元）”）现为“1000000”"
    assert said in tried.failures[0].message
    assert not tried.failures[0].rows, "what the sentence says is not said a second time"


def test_unchanged_files_are_not_computed(own_home: Home) -> None:
    tried = actions.try_import(own_home, [HERE / "input" / "办学条件.csv"])
    assert tried.report.unchanged
    assert (tried.difference, tried.failures) == (None, [])


def test_without_a_snapshot_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match="没有可以比较的判定"):
        actions.try_import(Home(tmp_path), [HERE / "input"])


def test_the_command_prints_the_trial_and_its_json(
    golden_home: Home, tried: trials.Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(*options: str, expect: int = 0) -> str:
        result = CliRunner().invoke(main, ["--home", str(golden_home.root), "import", str(HERE), *options])
        assert result.exit_code == expect, result.output
        return result.output

    monkeypatch.setattr(actions, "try_import", lambda *_files, **_how: tried)
    shown = told("--dry-run", "--verdicts")
    assert "判定翻转的学校" in shown
    assert shown.index("判定翻转的学校") < shown.index("来源文件")
    assert "这是试算，什么也没有改变。" in shown
    found = json.loads(told("--dry-run", "--verdicts", "--json"))
    assert found["import_id"] is None
    assert found["difference"]["after"] == "trial"
    assert found["difference"]["verdicts"]
    told("--verdicts", expect=2)


@pytest.mark.skipif(sys.platform == "win32", reason="hard links are counted the POSIX way")
def test_landed_files_are_shared_not_copied(
    own_home: Home, flipping: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    links: list[int] = []

    def look(copy: Home, progress: object) -> actions.RefreshReport:
        links.extend(path.stat().st_nlink for path in (copy.landing / "schools").glob("I000001.parquet"))
        return actions.RefreshReport(None, None, [])

    monkeypatch.setattr(trials, "refresh", look)
    actions.try_import(own_home, [flipping])
    assert links == [2]
