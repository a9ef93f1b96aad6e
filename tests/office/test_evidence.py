"""Evidence: only what it says it is, under a safe name, opened by right, numbered, its absence told."""

from __future__ import annotations

import io
import zipfile

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from office import evidence, inspection, ledger
from tests.published import golden_pick
from warehouse import read_inspection
from warehouse.errors import JunhengError
from warehouse.home import Home
from workspace.file_kinds import safe_name
from workspace.ledger import Draft

PDF = b"%PDF-1.7\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def office_file(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


DOCX = office_file("[Content_Types].xml", "word/document.xml")


def test_files_are_numbered_as_inspectors_expect(home: Home) -> None:
    ledger.enter(home, [Draft("shortfall", school_code="1000000002", code="R1", problem="缺2人")], "王芳")
    evidence.add(home, "工资对照表.pdf", PDF + b"1", "王芳", item="G8")
    evidence.add(home, "证书.png", PNG, "王芳", number=1)
    evidence.add(home, "学历统计.docx", DOCX, "李强", item="R1", note="2024年9月")
    evidence.add(home, "校园平面图.pdf", PDF + b"2", "李强", school="1000000003")
    found = evidence.index(home)
    assert found.select("index_no", "name", "school_code").rows() == [
        ("A1-1", "证书.png", "1000000002"),
        ("A1-2", "学历统计.docx", ""),
        ("B8-1", "工资对照表.pdf", ""),
        ("F-1", "校园平面图.pdf", "1000000003"),
    ]
    lacking = evidence.missing(home)
    assert lacking.height == evidence.items().height - 2
    assert set(lacking["item_code"]).isdisjoint({"R1", "G8"})
    assert lacking["wanted_zh"][0] == "骨干教师名册；各级认定文件"
    assert evidence.of(home, number=1)["name"].to_list() == ["证书.png"]
    assert ledger.find(home, 1)["evidence_count"] == 1


def test_the_form_s_items_all_have_a_place_in_the_index() -> None:
    codes = evidence.items()["item_code"].to_list()
    assert codes == [
        *(f"R{n}" for n in range(1, 8)), *(f"G{n}" for n in range(1, 16)), *(f"Q{n}" for n in range(1, 10)),
        "S1", *(f"V{n}" for n in range(1, 8)), "P1", "P2",
    ]  # fmt: skip
    assert evidence.items()["index_code"].n_unique() == len(codes)


def test_a_file_lies_under_its_hash_once_and_comes_back_whole(home: Home) -> None:
    first = evidence.add(home, "a.pdf", PDF, "王芳", item="R1")
    assert evidence.add(home, "b.pdf", PDF, "李强", item="R1") == first
    evidence.add(home, "b.pdf", PDF, "李强", item="R2")
    files = [path for path in (home.root / "workspace" / "evidence").rglob("*") if path.is_file()]
    assert len(files) == 1 and files[0].suffix == "" and files[0].read_bytes() == PDF
    assert evidence.opened(home, first) == ("a.pdf", PDF)
    files[0].write_bytes(b"%PDF-other")
    with pytest.raises(JunhengError, match="已丢失或被改动"):
        evidence.opened(home, first)
    evidence.remove(home, first, "李强")
    with pytest.raises(JunhengError, match="没有编号为"):
        evidence.opened(home, first)


def test_only_who_has_the_right_opens(home: Home) -> None:
    file = evidence.add(home, "a.pdf", PDF, "王芳", item="R1")
    home.parameters.mkdir(exist_ok=True)
    (home.parameters / "parameters.csv").write_text(
        "parameter,value,valid_from\nmay_open_evidence,0,1900-01-01\n", encoding="utf-8"
    )
    with pytest.raises(JunhengError, match="may_open_evidence"):
        evidence.opened(home, file, "李强")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", "空文件"),
        ("a.pdf", b"%PDF-" + b"0" * 20_000_000, "超过上限 20 MB"),
        ("a.html", b"<script>alert(1)</script>", "类型不能作为佐证"),
        ("a.pdf.exe", b"MZ", "类型不能作为佐证"),
        ("a.svg", b"<svg/>", "类型不能作为佐证"),
        ("a", PDF, "类型不能作为佐证"),
        ("a.pdf", b"<html>", "内容不是 pdf"),
        ("a.docx", office_file("xl/workbook.xml"), "内容不是 docx"),
        ("a.docx", office_file("word/document.xml", "word/vbaProject.bin"), "带有宏"),
        ("a.xlsx", b"PK\x03\x04 not a zip", "内容不是 xlsx"),
        ("a.jpg", PNG, "内容不是 jpg"),
    ],
)
def test_what_is_not_what_it_says_is_refused(home: Home, name: str, content: bytes, said: str) -> None:
    with pytest.raises(JunhengError, match=said):
        evidence.add(home, name, content, "王芳", item="R1")
    assert evidence.index(home).is_empty()


def test_evidence_needs_something_to_prove(home: Home) -> None:
    for wrong, said in (({}, "佐证什么"), ({"item": "X9"}, "没有条目 X9"), ({"number": 5}, "没有第 5 号")):
        with pytest.raises(JunhengError, match=said):
            evidence.add(home, "a.pdf", PDF, "王芳", **wrong)  # type: ignore[arg-type]


def test_a_county_may_narrow_the_types_but_not_add_unknown_ones(home: Home) -> None:
    home.parameters.mkdir(exist_ok=True)
    (home.parameters / "parameters.csv").write_text(
        "parameter,text_value,valid_from\nevidence_types,png|html,1900-01-01\n", encoding="utf-8"
    )
    evidence.add(home, "a.png", PNG, "王芳", item="R1")
    for name, content in (("a.pdf", PDF), ("a.html", b"<b>")):
        with pytest.raises(JunhengError, match="类型不能作为佐证"):
            evidence.add(home, name, content, "王芳", item="R1")


@pytest.mark.parametrize(
    ("hostile", "safe"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\windows\\a.pdf", "a.pdf"),
        ("<b>x</b>.pdf", "b_.pdf"),
        ("照片\u202egnp.exe.pdf", "照片gnp.exe.pdf"),
        ("con.pdf", "_con.pdf"),
        ("..pdf", "pdf"),
        (" a\x00b\n.pdf ", "ab.pdf"),
        ("名" * 300 + ".pdf", "名" * 100 + ".pdf"),
    ],
)
def test_hostile_names_become_plain_ones(hostile: str, safe: str) -> None:
    assert safe_name(hostile) == safe


@given(st.text(max_size=40))
def test_no_name_leaves_its_folder_or_says_more_than_a_name(text: str) -> None:
    safe = safe_name(text)
    assert safe not in (".", "..") and not set(safe) & set('/\\<>:"|?*\x00\n') and len(safe) < 120


def test_an_item_counts_what_is_attached_to_it(home: Home) -> None:
    evidence.add(home, "工资对照表.pdf", PDF, "王芳", item="G8")
    path = golden_pick().snapshot
    row = (
        inspection.items(home, path, "national_2017", 2024).filter(pl.col("item_code") == "G8").to_dicts()[0]
    )
    before = read_inspection.items(path, "national_2017", 2024).filter(pl.col("item_code") == "G8")
    assert row["files"] == ["B8-1 工资对照表.pdf"]
    assert row["evidence_count"] == before["evidence_count"][0] + 1
