"""Writes the shipped template of the self-evaluation report anew: `python -m docs.report_template`."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from reports.letter import skeleton
from reports.report import TEMPLATE
from reports.wordml import BREAK_BEFORE, Cell, Ink

INK = Ink()
INDICATORS = (
    ("学段", "{{ row.stage }}", 1.3),
    ("指标", "{{ row.name }}", 5.2),
    ("标准", "{{r row.threshold }}", 1.3),
    ("县均值", "{{r row.mean }}", 1.9),
    ("达标校数", "{{r row.met }}", 1.3),
    ("达标比例", "{{r row.share }}", 1.6),
    ("差异系数", "{{r row.cv }}", 1.5),
    ("限值", "{{r row.cv_limit }}", 1.1),
    ("结论", "{% cellbg row.shade %}{{ row.verdict }}", 1.6),
)
TARGETS = (
    ("学段", "{{ row.stage }}", 1.4),
    ("指标", "{{ row.name }}", 7),
    ("目标", "{{ row.kind }}", 2.8),
    ("目标值", "{{r row.target }}", 1.7),
    ("实际", "{{r row.actual }}", 1.7),
    ("结论", "{{ row.verdict }}", 2.2),
)
ITEMS = (
    ("序号", "{{ row.number }}", 1.1),
    ("内容", "{{ row.text }}", 6.9),
    ("要求", "{{r row.target }}", 1.7),
    ("实际", "{{r row.value }}", 3),
    ("结论", "{% cellbg row.shade %}{{ row.verdict }}", 1.8),
    ("佐证", "{{r row.evidence }}", 1.3),
)
NUMBERS = {
    f"{{{{r row.{name} }}}}"
    for name in (
        "threshold",
        "mean",
        "met",
        "share",
        "cv",
        "cv_limit",
        "target",
        "actual",
        "value",
        "evidence",
    )
}
"""Cells that stand right-aligned."""
SCHOOLS = (
    ("学校", "{{ row.name }}", 4),
    ("学段", "{{ row.stage }}", 1.3),
    ("结论", "{% cellbg row.shade %}{{ row.verdict }}", 2),
    ("缺口（○ 未达到85%，◐ 达到85%；到标准还缺）", "{{r row.lacking }}", 9.5),
)


def lines(name: str) -> list[str]:
    """Return a loop over sentences."""
    return [
        INK.paragraph(f"{{%p for line in {name} %}}"),
        INK.paragraph("{{r line }}", "BodyIndented"),
        INK.paragraph("{%p endfor %}"),
    ]


def table(name: str, columns: tuple[tuple[str, str, float], ...]) -> str:
    """Return a table whose middle row is repeated for each row of `name`."""
    empty = [Cell("")] * (len(columns) - 1)
    rows = [
        [Cell(f"{{%tr for row in {name} %}}"), *empty],
        [Cell(cell, align="right" if cell in NUMBERS else "") for _head, cell, _width in columns],
        [Cell("{%tr endfor %}"), *empty],
    ]
    return INK.table([head for head, _cell, _width in columns], rows, [width for *_, width in columns])


def heading(text: str, level: int = 1, *, new_page: bool = False) -> str:
    """Return a heading."""
    return INK.paragraph(text, f"Heading{level}", more=BREAK_BEFORE if new_page else "")


def body() -> list[str]:
    """Return the template's paragraphs and tables in order."""
    asked = INK.paragraph("{{r blank }}", "BodyIndented")
    small = INK.paragraph("", "Note")
    return [
        *cover(),
        heading("一、基本情况", new_page=True),
        *lines("basics"),
        asked,
        heading("二、四方面达标情况"),
        heading("（一）资源配置", 2),
        *lines("resources"),
        table("indicators", INDICATORS),
        small,
        INK.paragraph("{{ chart_shares }}"),
        INK.paragraph("{{ chart_coefficients }}"),
        heading("（二）政府保障程度", 2),
        *lines("government_words"),
        table("government", ITEMS),
        heading("（三）教育质量", 2),
        *lines("quality_words"),
        table("quality", ITEMS),
        heading("（四）社会认可度", 2),
        *lines("recognition_words"),
        *lines("groups"),
        heading("（五）一票否决事项", 2),
        *lines("veto_words"),
        heading("三、主要做法", new_page=True),
        *lines("practices"),
        asked,
        INK.paragraph("{%p if targets %}"),
        INK.paragraph("年度均衡目标完成情况：", "BodyIndented"),
        table("targets", TARGETS),
        INK.paragraph("{%p endif %}"),
        heading("四、存在问题"),
        *lines("problems"),
        table("schools", SCHOOLS),
        heading("五、下一步工作"),
        *lines("next_steps"),
        heading("附：数据说明"),
        INK.paragraph("{%p for line in made_from %}"),
        INK.paragraph("{{ line }}", "Note"),
        INK.paragraph("{%p endfor %}"),
    ]


def cover() -> list[str]:
    """Return the cover and the place of the table of contents."""
    space = '<w:spacing w:before="4200"/>'
    middle = '<w:jc w:val="center"/>'
    return [
        INK.paragraph("{{ county }}", "Title", more=space),
        INK.paragraph("县域义务教育优质均衡发展", "Title"),
        INK.paragraph("自 评 报 告", "Title"),
        INK.paragraph("（{{ year }}）", more=middle),
        INK.paragraph("{{ made_on }}", more=middle),
        INK.paragraph("目　录", "ContentsTitle", more=BREAK_BEFORE),
        INK.paragraph("{{ contents }}"),
    ]


def write() -> None:
    """Write the template."""
    document: Any = skeleton("{{ county }}　自评报告　{{ year }}", "{{ made_from[0] }}")
    title = document.styles.add_style("ContentsTitle", 1)
    title.base_style = document.styles["Normal"]
    title.font.size = Pt(16)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    last = document.element.body.find(qn("w:sectPr"))
    for part in list(parse_xml(f"<w:body {nsdecls('w')}>{''.join(body())}</w:body>")):
        last.addprevious(part)
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].left_margin = document.sections[0].right_margin = Cm(2.2)
    document.core_properties.author = ""
    TEMPLATE.parent.mkdir(exist_ok=True)
    document.save(str(TEMPLATE))


if __name__ == "__main__":
    write()
