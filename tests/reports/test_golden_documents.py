"""The golden county's documents: whole against what is checked in, and by hand."""

from __future__ import annotations

import io
from zipfile import ZipFile

import openpyxl
import pytest

from reports.check import Paper
from reports.ledger import ledger
from tests.reports.reading import expected, golden, lines
from tests.reports.write import DOCUMENTS

Cells = dict[str, dict[str, object]]


@pytest.fixture(scope="module")
def papers() -> dict[str, Paper]:
    return {name: make(golden()) for name, make in DOCUMENTS.items()}


@pytest.fixture(scope="module")
def cells(papers: dict[str, Paper]) -> Cells:
    book = openpyxl.load_workbook(io.BytesIO(papers["declaration"].content), data_only=True)
    return {
        sheet.title: {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row}
        for sheet in book
    }


def row_of(cells: Cells, sheet: str, column: str, text: str) -> int:
    """The row whose cell in a column is a text."""
    return next(int(at[1:]) for at, value in cells[sheet].items() if at[0] == column and value == text)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_is_as_checked_in(papers: dict[str, Paper], name: str) -> None:
    assert lines(papers[name]) == expected(name)


def test_school_on_the_lines_has_its_values_by_hand(cells: Cells) -> None:
    sheet = cells["表Ⅱ-2小学"]
    row = row_of(cells, "表Ⅱ-2小学", "B", "松河镇中心小学")
    by_hand = [
        100 * 84 / 2000,
        100 * 17 / 2000,
        0.9,
        9000 / 2000,
        15000 / 2000,
        4_000_000 / 2000,
        100 * 46 / 2000,
    ]
    assert [sheet[f"{column}{row}"] for column in "HIJKLMN"] == pytest.approx(by_hand, rel=1e-12)
    assert (sheet[f"O{row}"], sheet[f"P{row}"]) == (6, "● 达标")
    assert sheet[f"Q{row}"] == "达标：学历、体艺、用房、场馆、设备、多媒体；只达到85%：骨干"


def test_rounding_trap_is_shaded_signed_and_remarked(papers: dict[str, Paper], cells: Cells) -> None:
    row = row_of(cells, "表Ⅱ-2小学", "B", "松河镇第二小学")
    assert cells["表Ⅱ-2小学"][f"K{row}"] == pytest.approx(2698 / 600, rel=1e-12)
    assert "用房四舍五入后与未取整的结论不同" in str(cells["表Ⅱ-2小学"][f"Q{row}"])
    cell = openpyxl.load_workbook(io.BytesIO(papers["declaration"].content))["表Ⅱ-2小学"][f"K{row}"]
    assert cell.number_format == '#,##0.00" ◐"'
    assert cell.fill.fgColor.rgb == "FFFBE9C8"


def test_county_is_as_worked_out_by_hand(cells: Cells) -> None:
    numerators = [17, 5, 12, 9, 2, 1, 0, 2, 1]
    pupils = [2000, 600, 1000, 900, 240, 50, 400, 120, 100]
    mean = 100 * sum(numerators) / sum(pupils)
    pairs = zip(numerators, pupils, strict=True)
    spread = (sum(n * (100 * r / n - mean) ** 2 for r, n in pairs) / sum(pupils)) ** 0.5
    row = row_of(cells, "表Ⅲ", "B", "每百名学生拥有县级以上骨干教师数（人/百名学生）")
    found = [cells["表Ⅲ"][f"{column}{row}"] for column in "CDE"]
    assert found == pytest.approx([mean, spread, spread / mean], rel=1e-12)
    assert [round(value, 5) for value in found] == [0.90573, 0.32276, 0.35636]  # type: ignore[call-overload]


def test_missing_is_a_dash_and_never_zero(cells: Cells) -> None:
    row = row_of(cells, "表Ⅱ-2初中", "B", "县第三中学")
    assert [cells["表Ⅱ-2初中"][f"{column}{row}"] for column in "KLMN"] == ["—"] * 4
    assert cells["表Ⅱ-2初中"][f"P{row}"] == "– 待补数据"


def test_counts_of_schools_are_those_by_hand(cells: Cells) -> None:
    row = row_of(cells, "表Ⅱ-1", "B", "七项综合达标（六项达到标准，余下一项不低于85%）")
    assert [cells["表Ⅱ-1"][f"{column}{row}"] for column in "CD"] == [9, 5]
    assert cells["表Ⅱ-1"][f"E{row}"] == pytest.approx(5 / 9)


def test_form_prints_on_a4_with_headings_again_on_every_page(papers: dict[str, Paper]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(papers["declaration"].content))
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        across = 2 if sheet.title.startswith("计算底稿") else 1
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (across, 0)
        assert bool(sheet.print_title_cols) == (across > 1), "names stand on both halves"
        assert sheet.print_area and sheet.print_title_rows
        assert "第 &P 页，共 &N 页" in sheet.oddFooter.right.text
    assert book["表Ⅱ-2小学"].page_setup.orientation == "landscape"
    widths = [column.width for column in book["表Ⅱ-2小学"].column_dimensions.values()]
    assert sum(widths) < 150, "wider, and its type falls below 8 points on A4"
    assert "A1:Q1" in [str(area) for area in book["表Ⅱ-2小学"].merged_cells]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_says_what_it_was_made_from(papers: dict[str, Paper], name: str) -> None:
    with ZipFile(io.BytesIO(papers[name].content)) as archive:
        told = archive.read("docProps/core.xml").decode()
    assert "20250101-080000-abcd" in told
    assert "教督〔2017〕6号" in told
    assert "2025-01-02" in told
    assert "0.1.0" in told


def test_documents_agree_with_each_other(papers: dict[str, Paper]) -> None:
    said: dict[tuple[object, ...], tuple[str, object]] = {}
    shared = set()
    for name, paper in papers.items():
        for claim in paper.claims:
            figure = claim.figure
            first, value = said.setdefault((figure.table, figure.key, figure.field), (name, figure.value))
            assert value == figure.value
            shared |= {(first, name)} if first != name else set()
    assert {("declaration", "report"), ("declaration", "ledger"), ("declaration", "plans")} <= shared


def test_amounts_wanted_are_whole_and_rounded_up_in_the_workbook_too(papers: dict[str, Paper]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(papers["ledger"].content))["整改台账"]
    row = [cell.value for cell in sheet[4]]
    assert row[1:4] == ["松河镇第二小学", "小学", "每百名学生拥有县级以上骨干教师数"]
    assert row[5:9] == [1, 1, 1, 1]  # the threshold, 6 − 5, 5.1 − 5 rounded up, and so much is to do


def test_a_closed_entry_stands_in_the_ledger_with_the_grounds_it_was_closed_on() -> None:
    entry = {
        "number": 7,
        "school_code": "",
        "stage": "",
        "code": "G5",
        "school_name": "松河镇中心小学",
        "title": "班级学生数",
        "problem": "三（2）班 47 人",
        "state_name": "已销号",
        "closing": "=分班后 44 人",
    }
    book = openpyxl.load_workbook(io.BytesIO(ledger(golden(), [entry]).content))
    row = [cell.value for cell in book["台账记录"][3]]
    assert row[:4] == [7, "松河镇中心小学", "班级学生数", "三（2）班 47 人"]
    assert row[9] == "已销号" and row[10] != "=分班后 44 人" and row[10].endswith("分班后 44 人")
