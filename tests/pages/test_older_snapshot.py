"""Pages on a snapshot of older software: no traceback; what is not there yet says how to have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import older
from tests.pages.conftest import Open, words
from tests.published import golden_home
from warehouse.home import Home

PAGES = ("overview", "indicators", "balance", "school", "data", "glossary", "manual")
PLANS = ("exchange_plan", "investment", "projection", "what_if")
SAID = "这份快照由较早版本的软件发布"


@pytest.fixture(scope="module")
def older_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return older.of_golden(tmp_path_factory.mktemp("older") / "home", golden_home())


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_without_a_fault(page: str, older_home: Home, open_page: Open) -> None:
    """The page itself raises nothing, so that not even the words for a failed page are needed."""
    assert not open_page(page, older_home.root).exception


@pytest.mark.parametrize("page", PLANS)
def test_a_plan_says_that_it_needs_a_refresh(page: str, older_home: Home, open_page: Open) -> None:
    """What plans start from is not in it: no answer is better than one of nothing."""
    shown = words(open_page(page, older_home.root))
    assert "这份快照里还没有测算要用的数据" in shown and "到数据页刷新一次" in shown


def test_it_says_that_a_refresh_brings_the_rest(older_home: Home, open_page: Open) -> None:
    assert SAID in words(open_page("overview", older_home.root))
    assert "Older software published this snapshot" in words(
        open_page("overview", older_home.root, lang="en")
    )


def test_an_up_to_date_snapshot_says_nothing_of_the_kind(open_page: Open) -> None:
    assert SAID not in words(open_page("overview"))


def test_a_page_that_fails_on_an_older_snapshot_says_to_refresh(
    older_home: Home, open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("warehouse.read.verdicts", lambda *_asked: 1 / 0)
    assert "请到数据页刷新一次，刷新后即可查看" in words(open_page("overview", older_home.root))
