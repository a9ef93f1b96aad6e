"""Documents as commands and pages ask for them: defaults, refusals in words, templates, LibreOffice."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from office import documents, pdf, rehearsals
from office.documents import TEMPLATE, Wish
from reports.check import Mismatch
from reports.report import TEMPLATE as SHIPPED
from tests.conftest import SOFFICE
from tests.county import County
from tests.published import golden_home
from tests.shared import copied
from warehouse.errors import JunhengError
from warehouse.home import Home


@pytest.fixture
def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "libreoffice", lambda: None)
    monkeypatch.setattr(documents, "libreoffice", lambda: None)


@pytest.fixture
def own(tmp_path: Path) -> Home:
    return copied(golden_home(), tmp_path / "own")


def texts(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def edited(old: str, new: str) -> bytes:
    """The shipped template with one text changed, as the bureau would in Word."""
    document = docx.Document(str(SHIPPED))
    run = next(run for part in document.paragraphs for run in part.runs if old in run.text)
    run.text = run.text.replace(old, new)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_command_writes_the_file_and_says_what_was_checked(tmp_path: Path) -> None:
    county = County(golden_home().root)
    out = tmp_path / "新文件夹" / "台账.xlsx"
    said = county.run("export", "ledger", "--out", out).stdout
    figures = int(re.search(r"(\d+) 个数字与快照 \S+ 核对一致", said)[1])  # type: ignore[index]
    assert openpyxl.load_workbook(out).sheetnames == ["整改台账"]
    assert figures == 60
    wrong = county.run("export", "ledger", "--out", tmp_path / "x.docx", expect=2).stderr
    assert "整改台账只能导出为 .xlsx；要 PDF 请加 --pdf。" in wrong


@pytest.mark.parametrize(
    ("year", "standard", "said"),
    [(2031, None, "没有 2031 学年的数据，现有：2023、2024"), (None, "x", "没有标准 x，现有：national_2017")],
)
def test_year_or_standard_that_is_not_there_is_refused(year, standard, said: str) -> None:
    with pytest.raises(JunhengError) as refused:
        documents.make(golden_home(), Wish("ledger", year=year, standard=standard))
    assert said in refused.value.message_zh
    assert refused.value.exit_code == 2


def test_nothing_is_written_when_a_figure_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        documents, "mismatches", lambda paper, fresh: [Mismatch("整改台账!E4", "4.20", "4.33")]
    )
    out = tmp_path / "台账.xlsx"
    with pytest.raises(JunhengError) as refused:
        documents.write(golden_home(), Wish("ledger"), out)
    assert (
        "整改台账没有导出：1 个数字与快照不一致。整改台账!E4 写的是 4.20，快照里是 4.33"
        in refused.value.message_zh
    )
    assert not out.exists()


@pytest.mark.usefixtures("without_libreoffice")
def test_bureaus_own_template_replaces_the_shipped_one(own: Home, tmp_path: Path) -> None:
    template = own.parameters / "templates" / TEMPLATE
    template.parent.mkdir(parents=True)
    template.write_bytes(edited("一、基本情况", "一、县情概况（本县改写）"))
    made = documents.make(own, Wish("report"))
    assert "一、县情概况（本县改写）" in texts(made.content)
    assert "全县参加评估的小学 9 所，在校学生 5,410 人" in texts(made.content)
    named = tmp_path / "另一份.docx"
    named.write_bytes(edited("三、主要做法", "三、我们的做法"))
    assert "三、我们的做法" in texts(documents.make(own, Wish("report", template=named)).content)


@pytest.mark.usefixtures("without_libreoffice")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a document", "自评报告模板打不开"),
        (edited("{{ county }}", "{{ conty }}"), "自评报告模板里有一处写法不能用：'conty' is undefined"),
        (edited("{{ county }}", "{% if %}"), "自评报告模板里有一处写法不能用"),
        (edited("{{ county }}", "{{ county.__class__.__mro__ }}"), "自评报告模板里有一处写法不能用"),
    ],
)
def test_broken_template_is_told_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(content)
    with pytest.raises(JunhengError) as refused:
        documents.make(golden_home(), Wish("report", template=path))
    assert said in refused.value.message_zh


@pytest.mark.usefixtures("without_libreoffice")
def test_pdf_without_libreoffice_is_refused_in_words() -> None:
    with pytest.raises(JunhengError) as refused:
        documents.make(golden_home(), Wish("quality", with_pdf=True))
    assert refused.value.message_zh.startswith("这台电脑没有 LibreOffice，不能直接生成 PDF。")


def test_plans_come_one_file_a_school_in_a_zip() -> None:
    made = documents.make(golden_home(), Wish("school-plans", suffix=".zip"))
    with ZipFile(io.BytesIO(made.content)) as archive:
        names = archive.namelist()
        assert names[0] == "001 松河镇第二小学 1000000002.docx"
        assert len(names) == 11
        assert "培养或交流县级以上骨干教师 1 人（补到标准的85%）" in texts(archive.read(names[0]))


def test_rehearsal_draws_and_asks_from_the_figures() -> None:
    rows = rehearsals.drawn(golden_home(), Wish("rehearsal", schools=40))
    asked = {row["school_name"]: [one["question"] for one in row["questions"]] for row in rows}
    assert len(rows) == 11
    said = "小学生均教学及辅助用房面积未取整为 4.49666666667，标准 4.5，四舍五入后与标准看起来一样。"
    assert any(one.startswith(said) for one in asked["松河镇第二小学"])
    assert (
        "专用教室 音乐-1面积 96 平方米，要求 96 平方米。怎么量的，含不含准备室？" in asked["松河镇中心小学"]
    )
    assert any(
        one.startswith("数据检查提示：河口初级中学（初中）：各班人数合计 96") for one in asked["河口初级中学"]
    )


@pytest.mark.needs("libreoffice")
def test_libreoffice_works_out_the_cached_values_anew(tmp_path: Path) -> None:
    made = documents.make(golden_home(), Wish("declaration"))
    written, stripped = (
        openpyxl.load_workbook(io.BytesIO(made.content), data_only=True),
        tmp_path / "form.xlsx",
    )
    formulas = openpyxl.load_workbook(io.BytesIO(made.content))
    formulas.save(stripped)  # openpyxl keeps formulas and drops their cached values.
    command = [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    out = tmp_path / "out"
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", out, stripped], check=True, capture_output=True
    )
    anew = openpyxl.load_workbook(out / "form.xlsx", data_only=True)
    compared = 0
    for sheet in formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            cached = written[sheet.title][cell.coordinate].value
            assert anew[sheet.title][cell.coordinate].value == pytest.approx(cached, rel=1e-12, abs=1e-15)
            compared += 1
    assert compared > 200


@pytest.mark.needs("libreoffice", "cjk")
def test_report_has_its_page_numbers_and_becomes_a_pdf() -> None:
    made = documents.make(golden_home(), Wish("report", with_pdf=True))
    document = docx.Document(io.BytesIO(made.content))
    entries = [part.text for part in document.paragraphs if "\t" in part.text]
    assert [entry.split("\t")[0] for entry in entries][:3] == [
        "一、基本情况",
        "二、四方面达标情况",
        "（一）资源配置",
    ]
    numbers = [int(entry.split("\t")[1]) for entry in entries]
    assert numbers == sorted(numbers)
    assert numbers == pdf.pages_of_headings(made.pdf or b"")
    assert made.pdf is not None and made.pdf.startswith(b"%PDF")
