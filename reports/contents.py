"""A table of contents that is filled in: entries lead to headings, page numbers come from the layout."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from reports.letter import saved
from reports.wordml import field

MARK = "［目录］"
LEVELS = {"Heading1": 1, "Heading2": 2}
BOOKMARK = "_Toc9{:05d}"


def fill(content: bytes) -> bytes:
    """Put the table of contents where the document has its mark, without page numbers as yet."""
    document = docx.Document(io.BytesIO(content))
    body = document.element.body
    place = next((part for part in body.iter(qn("w:p")) if _text(part).strip() == MARK), None)
    if place is None:
        return content
    entries = list(_headings(body))
    for number, (heading, _level, name) in enumerate(entries, start=90_000):
        _bookmark(heading, name, number)
    for line in _lines(entries):
        place.addprevious(line)
    place.getparent().remove(place)
    return saved(document)


def number(content: bytes, pages: Sequence[int]) -> bytes:
    """Write the page of each entry, in their order; pages that do not fit the entries are left out."""
    document = docx.Document(io.BytesIO(content))
    links = [
        link
        for link in document.element.body.iter(qn("w:hyperlink"))
        if str(link.get(qn("w:anchor"))).startswith(BOOKMARK[:5])
    ]
    if len(links) != len(pages):
        return content
    for link, page in zip(links, pages, strict=True):
        list(link.iter(qn("w:t")))[-1].text = str(page)
    return saved(document)


def _headings(body: Any) -> Iterator[tuple[Any, int, str]]:
    found = 0
    for paragraph in body.iterchildren(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        level = LEVELS.get(style.get(qn("w:val"))) if style is not None else None
        if level and _text(paragraph).strip():
            yield paragraph, level, BOOKMARK.format(found)
            found += 1


def _text(paragraph: Any) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def _bookmark(heading: Any, name: str, number: int) -> None:
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{name}"/>')
    end = parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>')
    properties = heading.find(qn("w:pPr"))
    properties.addnext(start)
    heading.append(end)


def _lines(entries: list[tuple[Any, int, str]]) -> Iterator[Any]:
    """Yield the lines of the field; its beginning stands in the first, its end in the last."""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    for place, (heading, level, name) in enumerate(entries):
        text = f'<w:r><w:t xml:space="preserve">{escape(_text(heading))}</w:t></w:r>'
        page = "<w:r><w:tab/></w:r>" + field(f"PAGEREF {name} \\h", "")
        link = f'<w:hyperlink w:anchor="{name}" w:history="1">{text}{page}</w:hyperlink>'
        ends = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if place == len(entries) - 1 else ""
        look = (
            f'<w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9400"/></w:tabs>'
            f'<w:spacing w:after="40"/><w:ind w:left="{(level - 1) * 420}"/></w:pPr>'
        )
        first = begin if place == 0 else ""
        yield parse_xml(f"<w:p {nsdecls('w')}>{look}{first}{link}{ends}</w:p>")
