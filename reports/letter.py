"""A Word document for A4: styles with Chinese type, header, page numbers, and what it was made from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from reports.check import FIGURE_STYLE, Paper
from reports.facts import Facts, basis_lines
from reports.wordml import BREAK_BEFORE, Cell, Ink, Part, Parts, field

BODY, HEADING = "宋体", "黑体"
WESTERN = "Times New Roman"
HEADINGS = {"Title": (20, 12), "Heading 1": (15, 10), "Heading 2": (12.5, 6)}
"""Size and space in points of each kind of heading."""


class Letter:
    """A Word document in the making."""

    def __init__(self, facts: Facts, title: str, *, wide: bool = False) -> None:
        self.facts, self.title = facts, title
        self.ink = Ink()
        self.parts: list[str] = []
        self.document = blank(facts, title, wide=wide)

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """Add a heading; level 0 is the title."""
        style = "Title" if level == 0 else f"Heading{level}"
        self.parts.append(self.ink.paragraph(text, style, more=BREAK_BEFORE if new_page else ""))

    def line(self, parts: Parts | Part, style: str = "") -> None:
        """Add a paragraph."""
        self.parts.append(self.ink.paragraph(parts, style))

    def table(self, head: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[float]) -> None:
        """Add a table, and a narrow line after it: Word joins tables that touch."""
        self.parts.append(self.ink.table(head, rows, widths) + self.ink.paragraph("", "Note"))

    def made_from(self) -> None:
        """Say what the document was made from."""
        self.parts += [self.ink.paragraph(line, "Note") for line in basis_lines(self.facts)]

    def close(self) -> Paper:
        """Finish the file."""
        body = self.document.element.body
        last = body.find(qn("w:sectPr"))
        holder = parse_xml(f"<w:body {nsdecls('w')}>{''.join(self.parts)}</w:body>")
        for child in list(holder):
            last.addprevious(child)
        return Paper(".docx", saved(self.document), tuple(self.ink.claims))


def saved(document: Any) -> bytes:
    """Return a python-docx document as bytes."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def blank(facts: Facts, title: str, *, wide: bool = False) -> Any:
    """Return an empty A4 document with styles, header and footer."""
    basis = facts.basis
    note = (
        f"快照 {basis.snapshot_id} · {facts.standard['short_zh']} · {basis.made_on} · 均衡 {basis.software}"
    )
    document = skeleton(f"{facts.county['county_name']}　{title}　{facts.year_label}", note, wide=wide)
    document.core_properties.title = title
    document.core_properties.comments = "\n".join(basis_lines(facts))
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = datetime.fromisoformat(
        basis.made_on
    )
    return document


def skeleton(header: str, footer: str, *, wide: bool = False) -> Any:
    """Return an empty A4 document whose every page has a header, a footer and its number."""
    document = docx.Document()
    body = document.element.body
    for child in list(body.iterchildren(qn("w:p"))):
        body.remove(child)
    _styles(document)
    section = document.sections[0]
    sides = (Cm(21), Cm(29.7))
    section.page_width, section.page_height = reversed(sides) if wide else sides
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2)
    for place, parts in (
        (section.header, (header,)),
        (section.footer, (f"{footer}　　第 ", " 页，共 ", " 页")),
    ):
        place.paragraphs[0].style = document.styles["Note"]
        _line(place.paragraphs[0], *parts)
    return document


def _line(paragraph: Any, text: str, *pages: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    runs = Ink().runs(text)
    for name, after in zip(("PAGE", "NUMPAGES"), pages, strict=False):
        runs += field(name, "1") + Ink().runs(after)
    for run in parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>"):
        paragraph._p.append(run)


def _styles(document: Any) -> None:
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    normal = styles["Normal"]
    _type(normal, BODY, 11)
    normal.paragraph_format.line_spacing = 1.35
    normal.paragraph_format.space_after = Pt(5)
    for name, (size, space) in HEADINGS.items():
        _type(styles[name], HEADING, size)
        styles[name].font.bold = False
        styles[name].font.color.rgb = RGBColor(0x1B, 0x27, 0x33)
        styles[name].paragraph_format.space_before = styles[name].paragraph_format.space_after = Pt(space)
        styles[name].paragraph_format.keep_with_next = True
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    border = styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        styles["Title"].element.pPr.remove(border)
    for name, size in (("Note", 8.5), ("TableText", 9), ("Step", 10)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _type(style, BODY, size)
        style.paragraph_format.space_after = Pt(0 if name == "TableText" else 2)
        style.paragraph_format.line_spacing = 1.15
    body = styles.add_style("BodyIndented", WD_STYLE_TYPE.PARAGRAPH)
    body.base_style = normal
    body.paragraph_format.first_line_indent = Pt(22)
    styles.add_style(FIGURE_STYLE, WD_STYLE_TYPE.CHARACTER)


def _type(style: Any, chinese: str, size: float) -> None:
    style.font.name, style.font.size = WESTERN, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), chinese)
