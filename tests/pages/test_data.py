"""The data page: what is owed, in question and published, and the way in for new files."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from tests.pages.conftest import Open, words
from tests.published import golden_pick
from warehouse import actions, records


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_owed_is_counted_by_dataset_and_named(open_page: Open, lang: str) -> None:
    pick = golden_pick()
    owed = records.submissions(pick.snapshot, 2024)
    missing = owed.filter(pl.col("status") == "missing")
    shown = words(open_page("data", lang=lang))
    counts = owed.group_by("dataset").agg(owed=pl.len(), received=(pl.col("status") == "received").sum())
    for row in counts.to_dicts():
        late = row["owed"] - row["received"]
        assert f" {row['owed']} {row['received']} {late} {row['received'] / row['owed']:.1%}" in shown
    for name in missing["school_name"].drop_nulls().unique():
        assert name in shown
    button = {"zh": f"下载当前 {missing.height} 行", "en": f"Download these {missing.height} rows"}
    assert button[lang] in shown


def test_a_dataset_in_the_address_narrows_the_list(open_page: Open) -> None:
    shown = words(open_page("data", dataset="staff_counts"))
    assert "还没有报的 1 份" in shown
    assert "下载当前 1 行" in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_question_says_where_and_what_to_do(open_page: Open, lang: str) -> None:
    pick = golden_pick()
    found = records.issues(pick.snapshot)
    shown = words(open_page("data", part="issues", lang=lang))
    for row in found.to_dicts():
        assert " ".join(row[f"message_{lang}"].split()) in shown
        assert row["rule_code"] in shown
    assert str(found.height) in shown


def test_a_rule_in_the_address_shows_its_questions_only(open_page: Open) -> None:
    shown = words(open_page("data", part="issues", rule="D309"))
    assert "共 1 个问题" in shown
    assert "各班人数合计" not in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_published_names_the_snapshot_and_every_sheet(open_page: Open, lang: str) -> None:
    pick = golden_pick()
    shown = words(open_page("data", part="published", lang=lang))
    assert pick.snapshot_id in shown
    for row in records.source_sheets(pick.snapshot).to_dicts():
        assert f"{row['rows_read']} {row['rows_landed']} {row['rows_refused']}" in shown
        assert row["file_name"] in shown


@pytest.mark.parametrize(("lang", "said"), [("zh", "① 准备文件"), ("en", "1 Prepare the files")])
def test_import_offers_templates_files_and_refresh(open_page: Open, lang: str, said: str) -> None:
    page = open_page("data", part="import", lang=lang)
    assert said in words(page)
    assert len(page.button) >= 2
    assert page.get("file_uploader")


def test_templates_come_in_one_archive() -> None:
    assert actions.template_archive()[:2] == b"PK"


def test_an_empty_home_starts_with_the_import(open_page: Open, tmp_path: Path) -> None:
    page = open_page("data", home=tmp_path)
    assert "还没有发布的数据：先导入，再刷新" in words(page)


def outcome_of(report: SimpleNamespace) -> tuple[str, list[str]]:
    """Draw what an import did in a page of its own and return its words and coloured notices."""
    from streamlit.testing.v1 import AppTest

    def page(report):  # its source is run in a module of its own
        from view import import_outcome, names

        import_outcome.outcome(report, names.Names())

    test = AppTest.from_function(page, args=(report,)).run()
    assert not test.exception
    notices = [node.value for kind in ("warning", "success", "info") for node in test.get(kind)]
    return words(test), notices


def import_report(**changes: object) -> SimpleNamespace:
    source = SimpleNamespace(
        file_name="办学条件.xlsx", sheet_name="表一", dataset="conditions", rows_read=12, rows_landed=11,
        rows_refused=1, extra_columns=["备注"],
    )  # fmt: skip
    issue = SimpleNamespace(
        severity="error", message_zh="第 5 行不是数。请只填数。", message_en="Row 5: no number.",
        file_name="办学条件.xlsx", sheet_name="表一", row_number=5, column_name="在校生数",
        raw_value="约四百", rule_code="D203",
    )  # fmt: skip
    usual = {
        "sources": [source],
        "issues": [issue],
        "error_workbook": None,
        "unchanged": False,
        "refused_rows": 1,
    }
    return SimpleNamespace(**(usual | changes))


def test_refused_rows_are_told_in_words_with_place_and_remedy(tmp_path: Path) -> None:
    workbook = tmp_path / "I000001.xlsx"
    workbook.write_bytes(b"PK")
    shown, notices = outcome_of(import_report(error_workbook=workbook))
    assert notices == ["1 张表入库 11 行，退回 1 行，请按下表改正后重新导入"]
    assert "退回 第 5 行不是数。请只填数。 办学条件.xlsx 表一 5 在校生数 约四百 D203" in shown
    assert "备注" in shown
    assert "下载错误工作簿" in shown


def test_a_clean_import_leads_to_the_refresh() -> None:
    _shown, notices = outcome_of(import_report(issues=[], refused_rows=0))
    assert notices == ["1 张表入库 11 行，没有退回。下一步：刷新"]


def test_the_same_content_again_says_that_nothing_changed() -> None:
    _shown, notices = outcome_of(import_report(issues=[], refused_rows=0, unchanged=True))
    assert notices == ["内容与已导入的完全相同，没有改变任何数据"]


def test_uploads_are_imported_under_their_own_names(tmp_path: Path) -> None:
    from tests.golden.build import HERE
    from warehouse.home import Home

    home = Home(tmp_path)
    source = HERE / "input" / "学校.csv"
    report = actions.import_uploads(home, {"学校.csv": source.read_bytes()})
    assert [sheet.file_name for sheet in report.sources] == ["学校.csv"]
    assert report.refused_rows == 0
