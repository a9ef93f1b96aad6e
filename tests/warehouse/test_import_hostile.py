"""Hostile files: each ends in a sentence, in bounded memory and time; nothing runs or escapes."""

from __future__ import annotations

import io
import re
import resource
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from tests.warehouse.workbooks import CONDITIONS, SCHOOLS, cells, rows_of, rules, sheet_of, workbook
from warehouse.errors import JunhengError
from warehouse.home import Home, open_home
from warehouse.imports import import_paths

SECONDS, MEGABYTES = 20, 400
ROW = [2024, "A1", "小学", 480]
MARKUP = '<script>alert"x"</script>&amp;'
FORMULAS = ['=HYPERLINK("http://x","y")', "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "\t=1+1"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """Hold every test of this file to its time and to what it may add to the peak of memory."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.monotonic() - began < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES << 10


def refused(home: Home, path: Path) -> str:
    """Import a file that must be refused; return the sentence."""
    with pytest.raises(JunhengError) as caught:
        import_paths(home, [path])
    assert caught.value.exit_code == 1
    assert not list(home.landing.glob("_imports/I*.parquet"))
    return caught.value.message_zh


def with_sheet(path: Path, xml: bytes, **extra: bytes) -> Path:
    """Write a good workbook whose first sheet is replaced by `xml`, with more parts beside it."""
    good = io.BytesIO()
    with xlsxwriter.Workbook(good) as book:
        book.add_worksheet("Sheet1").write(0, 0, "x")
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else old.read(name))
        for name, content in extra.items():
            new.writestr(name, content)
    return path


def sheet_xml(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    )


def text_row(number: int, values: list[object], more: str = "") -> str:
    cells_ = "".join(
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{value}</t></is></c>'
        for at, value in enumerate(values)
    )
    return f'<row r="{number}">{cells_}{more}</row>'


def test_a_workbook_that_unpacks_to_a_gigabyte(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for _ in range(600):
                part.write(b" " * (1 << 20))
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    assert "大得不正常" in refused(home, path)


def test_a_zip_of_many_bombs_and_a_zip_in_a_zip(home: Home, tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * (64 << 20))
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.zip", inner.getvalue())
    assert "压缩包里的压缩包" in refused(home, tmp_path / "a.zip")


def test_a_zip_entry_that_lies_about_its_size(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * (8 << 20))
    raw = path.read_bytes()
    size = (8 << 20).to_bytes(4, "little")
    path.write_bytes(raw.replace(size, (10).to_bytes(4, "little")))
    assert refused(home, path)


@pytest.mark.parametrize("name", ["../../../out.xlsx", "/out.xlsx", "..\\..\\out.xlsx", "C:\\out.xlsx"])
def test_names_that_climb_out_of_a_zip_write_nothing(home: Home, tmp_path: Path, name: str) -> None:
    inner = sheet_of(tmp_path, CONDITIONS, ROW).read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, inner)
    import_paths(home, [tmp_path / "a.zip"])
    assert cells(home) == {("A1", "primary", "students"): 480}
    assert ".." not in rows_of(home, "conditions")["file_name"][0]
    assert not list(tmp_path.parent.rglob("out.xlsx"))
    assert not Path("/out.xlsx").exists()


def test_one_cell_at_the_far_end_of_the_sheet(home: Home, tmp_path: Path) -> None:
    rows = text_row(1, list(CONDITIONS)) + text_row(2, ROW)
    rows += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "1048576 × 16384" in refused(home, with_sheet(tmp_path / "a.xlsx", sheet_xml(rows)))


def test_cells_without_addresses_that_spread_wide(home: Home, tmp_path: Path) -> None:
    rows = f"<row>{'<c><v>1</v></c>' * 5000}</row><row r='1048576'><c><v>1</v></c></row>"
    assert "大得不正常" in refused(home, with_sheet(tmp_path / "a.xlsx", sheet_xml(rows)))


def test_empty_formatted_cells_to_the_last_column_do_no_harm(home: Home, tmp_path: Path) -> None:
    empty = "".join(f'<c r="XF{letter}{{0}}" s="0"/>' for letter in "ABCD")
    rows = text_row(1, list(CONDITIONS), empty.format(1)) + text_row(2, ROW, empty.format(2))
    rows += "".join(f'<row r="{at}">{empty.format(at)}</row>' for at in range(3, 3000))
    import_paths(home, [with_sheet(tmp_path / "a.xlsx", sheet_xml(rows))])
    assert cells(home) == {("A1", "primary", "students"): 480}


def test_a_csv_of_a_million_empty_columns(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    line = "," * 1_000_000
    path.write_text(f"{','.join(CONDITIONS)}{line}\n{','.join(map(str, ROW))}{line}\n", "utf-8")
    import_paths(home, [path])
    assert cells(home) == {("A1", "primary", "students"): 480}


def test_a_csv_of_a_million_headers(home: Home, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(",".join(["x"] * 1_000_000), "utf-8")
    assert "大得不正常" in refused(home, tmp_path / "a.csv")


def test_entities_that_grow_are_not_expanded(home: Home, tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><workbook>&l9;</workbook>'
    path = sheet_of(tmp_path, CONDITIONS, ROW)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "xl/workbook.xml" else old.read(name))
    assert refused(home, tmp_path / "b.xlsx")


def test_an_entity_that_names_a_file_reads_none(home: Home, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("秘密", "utf-8")
    body = sheet_xml(text_row(1, list(CONDITIONS)) + text_row(2, [2024, "A&x;", "小学", 480])).decode()
    doctype = f'<!DOCTYPE x [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    path = with_sheet(tmp_path / "a.xlsx", body.replace("?>", f"?>{doctype}", 1).encode())
    try:
        import_paths(home, [path])
    except JunhengError as fault:
        assert "秘密" not in fault.message_zh
    assert not [ref for ref, _, _ in cells(home) if "秘密" in ref]


def test_macros_and_external_links_are_told_and_never_opened(home: Home, tmp_path: Path) -> None:
    body = sheet_xml(text_row(1, list(CONDITIONS)) + text_row(2, ROW))
    parts = {"xl/vbaProject.bin": b"macro", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    report = import_paths(home, [with_sheet(tmp_path / "a.xlsm", body, **parts)])
    assert rules(report) == ["D127"]
    assert "宏、外部链接" in report.issues[0].message_zh
    assert cells(home) == {("A1", "primary", "students"): 480}


def test_formulas_of_refused_rows_are_text_in_the_error_workbook(home: Home, tmp_path: Path) -> None:
    header = [*CONDITIONS, "备注", "=1+1"]
    rows = [[2024, "A1", "小学", "坏", formula, formula] for formula in FORMULAS]
    report = import_paths(home, [workbook(tmp_path / "a.xlsx", {"=cmd": [header, *rows]})])
    assert report.refused_rows == len(FORMULAS) and report.error_workbook
    with zipfile.ZipFile(report.error_workbook) as archive:
        xml = b"".join(archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/"))
        styles = archive.read("xl/styles.xml")
        assert not [name for name in archive.namelist() if "externalLink" in name]
    assert not re.search(rb"<f[ >]|<hyperlink", xml)
    assert b'quotePrefix="1"' in styles


def test_markup_in_names_stays_text(home: Home, tmp_path: Path) -> None:
    row = [2024, "A1", MARKUP, "大学", "公办", "镇区"]
    good = [2024, "A2", MARKUP, "小学", "公办", "镇区"]
    report = import_paths(home, [workbook(tmp_path / "<b>.xlsx", {"<i>": [SCHOOLS, row, good]})])
    assert rules(report) == ["D207"]
    assert rows_of(home, "schools")["school_name"].to_list() == [MARKUP.replace(" ", "")]
    assert report.error_workbook
    with zipfile.ZipFile(report.error_workbook) as archive:
        assert b"<script" not in b"".join(archive.read(name) for name in archive.namelist())


def test_names_too_long_or_with_control_characters(home: Home, tmp_path: Path) -> None:
    rows = [[2024, "A" * 30_000, "小学", 5], [2024, "B\x00\x07", "小学", "坏"], [2024, "C‮", "小学", 6]]
    path = tmp_path / "a.csv"
    lines = [",".join(map(str, row)) for row in [CONDITIONS, rows[0], rows[2]]]
    path.write_text("\n".join(lines), "utf-8")
    assert import_paths(home, [path]).refused_rows == 0
    assert ("C", "primary", "students") in cells(home)
    (tmp_path / "b.csv").write_text(",".join(map(str, rows[1])), "utf-8")
    assert import_sentence(home, tmp_path / "b.csv")


def import_sentence(home: Home, path: Path) -> str:
    """Import a file that may be refused whole or in part; return what was said."""
    try:
        return "".join(issue.message_zh for issue in import_paths(home, [path]).issues)
    except JunhengError as fault:
        return fault.message_zh


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"PK\x05\x06" + bytes(18),
        b"\xd0\xcf\x11\xe0" + bytes(600),
        b"\xff" * 999,
        bytes(999),
    ],
)
def test_bytes_that_are_no_table(home: Home, tmp_path: Path, content: bytes) -> None:
    for name in ("a.xlsx", "a.xls", "a.csv", "a.zip"):
        (tmp_path / name).write_bytes(content)
        assert refused(home, tmp_path / name)


def test_each_file_that_is_no_workbook_ends_in_its_own_sentence(home: Home, tmp_path: Path) -> None:
    inner = tmp_path / "乡镇.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", "x")
    with zipfile.ZipFile(tmp_path / "外.zip", "w") as archive:
        archive.write(inner, "乡镇.zip")
    ole, encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
    files = {
        "网页.xls": (b"<html><table></table></html>", "网页"),
        "空.xlsx": (b"", "空的"),
        "断.xlsx": (b"PK\x03\x04" + b"x" * 50, "损坏"),
        "密.xlsx": (ole + bytes(600) + encrypted, "密码"),
        "~$甲.xlsx": (b"\x05user" + b" " * 50, "临时文件"),
        "公文.pdf": (b"%PDF-1.7", "不是表格文件"),
        "外.zip": ((tmp_path / "外.zip").read_bytes(), "压缩包里的压缩包"),
    }
    for name, (content, said) in files.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(JunhengError) as caught:
            import_paths(home, [path])
        assert name in caught.value.message_zh and said in caught.value.message_zh
        assert "error" not in caught.value.message_zh, "no reader's jargon"


def of_a_later_version(content: bytes) -> bytes:
    """Say of a zip's first member that it needs version 9.6 of the format."""
    at = content.index(b"PK\x01\x02") + 6
    return content[:at] + bytes([96, 0]) + content[at + 2 :]


def test_a_workbook_or_zip_of_an_unknown_version_ends_in_a_sentence(home: Home, tmp_path: Path) -> None:
    book = workbook(tmp_path / "办学条件.xlsx", {"办学条件": [CONDITIONS, ROW]})
    content = of_a_later_version(book.read_bytes())
    book.write_bytes(content)
    packed = tmp_path / "各校.zip"
    packed.write_bytes(content)
    try:
        report = import_paths(home, [book, packed])
    except JunhengError as error:
        assert "各校.zip" in error.message_zh
    else:
        assert any("各校.zip" in issue.message_zh for issue in report.issues)
