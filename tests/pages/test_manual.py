"""The manual is complete and says what the checks say."""

from __future__ import annotations

import csv

import pytest

from tests.conftest import ROOT
from tests.pages.conftest import Open
from view import manual

TEXT = manual.MANUAL.read_text(encoding="utf-8")


def rules() -> list[dict[str, str]]:
    with (ROOT / "seeds" / "rules.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_message_is_explained_as_the_rules_say_it() -> None:
    assert manual.with_rules(TEXT, rules()) == TEXT, "run: python -m view.manual"
    for rule in rules():
        assert f"| {rule['rule_code']} |" in TEXT


def test_every_picture_is_there() -> None:
    pictures = [content.split("|")[0] for kind, content in manual.pieces(TEXT) if kind == "image"]
    assert len(pictures) >= 8
    assert [path for path in pictures if not (manual.MANUAL.parent / path).exists()] == []


def test_every_county_file_it_names_exists() -> None:
    named = [word for word in TEXT.split("`") if word.endswith(".csv") and "/" not in word]
    assert named
    assert [name for name in named if not (ROOT / "seeds" / name).exists()] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_shows_the_manual(open_page: Open, lang: str) -> None:
    page = open_page("manual", lang=lang)
    shown = " ".join(node.value for node in page.markdown)
    for chapter in ("安装和打开", "第一次导入", "看每一页", "每条信息是什么意思", "常见的问题"):
        assert chapter in shown
    assert bool(page.info) is (lang == "en")
