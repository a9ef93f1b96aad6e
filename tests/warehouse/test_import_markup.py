"""Tables written as text: pages saved as .xls and Excel 2003 XML are read as Excel shows them."""

from __future__ import annotations

import time
from base64 import b64encode
from pathlib import Path

import pytest

from tests.warehouse.workbooks import cells, rows_of, rules
from warehouse import landing
from warehouse.home import Home, open_home
from warehouse.imports import import_paths
from warehouse.imports.markup import drawn_tables
from warehouse.imports.package import TooLargeError

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<style>td {color:#000}</style></head><body>
<table><tr><td colspan=5>2024-2025学年班级情况</td></tr></table>
<div><table border=1>
<tr><th>学校</th><th>学段</th><th>年级</th><th>班级</th><th>学生数<br>（人）</th></tr>
<tr><td rowspan=2>青山小学&nbsp;</td><td>小学</td><td>一年级</td><td>1班</td><td x:num="41">41.00</td></tr>
<tr style='display:none'><td>小学</td><td>二年级</td><td>1班</td><td x:num>39</td></tr>
</table></div></body></html>"""
SHEET_XML = """<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Worksheet ss:Name="办学条件"><Table>
<Row><Cell ss:MergeAcross="4"><Data ss:Type="String">办学条件表（2024学年）</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">学校标识码</Data></Cell>
<Cell><Data ss:Type="String">学段</Data></Cell>
<Cell><Data ss:Type="String">在校生数</Data></Cell><Cell><Data ss:Type="String">图书册数</Data></Cell>
<Cell><Data ss:Type="String">教学仪器设备资产值（万元）</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">2161000001</Data></Cell><Cell><Data ss:Type="String">小学</Data></Cell>
<Cell><Data ss:Type="Number">120</Data></Cell>
<Cell ss:Index="5" ss:Formula="=RC[-2]/10"><Data ss:Type="Number">12</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="旧表"><Table><Row><Cell><Data ss:Type="String">旧</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">
<Visible>SheetHidden</Visible></WorksheetOptions>
</Worksheet></Workbook>"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_a_page_saved_as_xls_is_read(home: Home, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "班级.xls").write_bytes(PAGE.encode(encoding))
    report = import_paths(home, [tmp_path / "班级.xls"])
    assert report.refused_rows == 0, report.issues
    rows = rows_of(home, "classes").sort("grade")
    assert rows["school_ref"].to_list() == ["青山小学", "青山小学"]
    assert rows["students"].to_list() == [41, 39]
    assert rows["school_year"].to_list() == [2024, 2024], "the title stands in a table of its own"
    assert rows["row_number"].to_list() == [3, 4]
    assert sorted(rules(report)) == ["D112", "D123"]


def test_a_page_saved_as_one_file_is_read(home: Home, tmp_path: Path) -> None:
    page = b64encode(PAGE.encode("gb18030")).decode()
    parts = [("text/css", "YToge30="), ('text/html; charset="gb2312"', page)]
    lines = ["MIME-Version: 1.0", 'Content-Type: multipart/related; boundary="=part"', ""]
    for kind, content in parts:
        lines += ["--=part", f"Content-Type: {kind}", "Content-Transfer-Encoding: base64", "", content, ""]
    (tmp_path / "班级.xls").write_text("\r\n".join([*lines, "--=part--"]), encoding="ascii")
    report = import_paths(home, [tmp_path / "班级.xls"])
    assert report.refused_rows == 0, report.issues
    assert rows_of(home, "classes").sort("grade")["students"].to_list() == [41, 39]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["办学条件.xls", "办学条件.xml"])
def test_excel_2003_xml_is_read(home: Home, tmp_path: Path, name: str, encoding: str) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / name).write_bytes(SHEET_XML.replace("{encoding}", encoding).encode(encoding))
    report = import_paths(home, [folder])
    assert rules(report) == ["D104"], report.issues
    assert cells(home) == {
        ("2161000001", "primary", "students"): 120.0,
        ("2161000001", "primary", "books"): None,
        ("2161000001", "primary", "equipment_value_yuan"): 120_000.0,
    }
    (row,) = set(landing.landed(home, "conditions")["row_number"])
    assert row == 4


def test_tables_that_hold_tables_are_paper_and_several_are_sheets() -> None:
    inner = "<table><tr><td>学校</td><td>数</td></tr><tr><td>甲</td><td>1</td></tr></table>"
    page = f"<table><tr><td><h2>2024年表一</h2>{inner}</td></tr></table><p>说明</p>{inner}"
    tables = drawn_tables(page)
    assert [table.name for table in tables] == ["表1", "表2"]
    assert tables[1].rows == [["说明"], ["学校", "数"], ["甲", "1"]]


def test_spans_that_would_fill_a_memory_are_refused_at_once() -> None:
    wide = "<table>" + "<tr>" + "<td colspan=1000>x</td>" * 20
    tall = (
        "<table>" + ("<tr>" + "<td colspan=1000 rowspan=65534>x</td>" * 16 + "</tr>") + "<tr></tr>" * 60_000
    )
    began = time.process_time()
    for page in (wide, tall):
        with pytest.raises(TooLargeError):
            drawn_tables(page)
    assert time.process_time() - began < 30
    bomb = '<!DOCTYPE a [<!ENTITY b "' + "x" * 1000 + '"><!ENTITY c "' + "&b;" * 1000 + '">]>'
    text = SHEET_XML.partition("?><Workbook")[0] + bomb + SHEET_XML.partition('Sheet"?>')[2]
    drawn = drawn_tables(text.replace("旧</Data>", "&c;</Data>"))
    assert all(len(text or "") < 100 for table in drawn for row in table.rows for text in row)
