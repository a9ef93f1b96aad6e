"""The self-evaluation report 自评报告, from a Word template that the bureau may edit."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import XMLSyntaxError

from reports import charts, contents, report_items, report_words
from reports.check import Paper
from reports.facts import Facts, Row, basis_lines
from reports.letter import saved
from reports.refusals import UnusableError
from reports.wordml import BLANK, SHADES, Ink, Part, Parts

TITLE = "自评报告"
TEMPLATE = Path(__file__).parent / "templates" / "自评报告.docx"
PICTURES = {
    "chart_coefficients": (charts.coefficients, "各项指标校际差异系数与限值"),
    "chart_shares": (charts.shares_met, "各项指标达标学校比例"),
}


class Rich:
    """A line of a template with figures in it; written as Word's runs at the moment it is placed."""

    def __init__(self, ink: Ink, parts: Parts | Part) -> None:
        self.ink, self.parts = ink, parts

    def __html__(self) -> str:
        """Return the runs: Jinja asks for this instead of escaping them."""
        return self.ink.runs(self.parts)


def report(facts: Facts, template: bytes | None = None, entries: Sequence[Row] = ()) -> Paper:
    """Return the report; `template` replaces the shipped one, `entries` are the ledger's.

    Raises `UnusableError` with a plain sentence when the template cannot be used.
    """
    ink = Ink()
    document = _opened(template or TEMPLATE.read_bytes())
    pictures = {name: draw(facts) for name, (draw, _words) in PICTURES.items()}
    try:
        document.render(
            _context(facts, ink, document, entries) | _placed(document, pictures),
            SandboxedEnvironment(undefined=StrictUndefined),
            True,
        )
    except (TemplateError, XMLSyntaxError, TypeError, ValueError) as error:
        raise _broken(error) from error
    _describe_pictures(document.docx)
    document.docx.core_properties.comments = "\n".join(basis_lines(facts))
    drawn = [figure for _picture, figures in pictures.values() for figure in figures]
    return Paper(".docx", contents.fill(saved(document.docx)), tuple(ink.claims), tuple(drawn))


def _placed(document: DocxTemplate, pictures: Mapping[str, charts.Drawn]) -> Row:
    """Return the charts as the template places them."""
    return {
        name: InlineImage(document, io.BytesIO(picture), width=Cm(16.2))
        for name, (picture, _figures) in pictures.items()
    }


def _opened(content: bytes) -> DocxTemplate:
    try:
        document = DocxTemplate(io.BytesIO(content))
        document.init_docx()
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, XMLSyntaxError) as error:
        raise UnusableError(
            "自评报告模板打不开：不是 Word（.docx）文件，或已损坏。请换一个模板，或删去它以使用自带的模板。",
            "The report's template cannot be opened: it is no Word (.docx) file, or damaged. "
            "Use another one, or remove it to use the shipped one.",
        ) from error
    return document


def _broken(error: Exception) -> UnusableError:
    said = " ".join(str(error).split())
    return UnusableError(
        f"自评报告模板里有一处写法不能用：{said}。请对照自带的模板改正花括号里的名称，或删去它以使用自带的模板。",
        f"The report's template holds something that cannot be used: {said}. Compare the names in braces "
        "with the shipped template, or remove yours to use that.",
    )


def _context(facts: Facts, ink: Ink, document: DocxTemplate, entries: Sequence[Row]) -> Row:
    def rich(lines: Sequence[Parts]) -> list[Rich]:
        return [Rich(ink, parts) for parts in lines]

    return {
        "county": facts.county["county_name"],
        "year": facts.year_label,
        "standard": facts.standard["name_zh"],
        "made_on": facts.basis.made_on,
        "made_from": basis_lines(facts),
        "contents": contents.MARK,
        "blank": Rich(ink, BLANK),
        "basics": rich(report_words.basics(facts)),
        "resources": rich(report_words.resources(facts)),
        "indicators": [row for stage in facts.stages for row in _indicators(facts, ink, stage)],
        "practices": rich(report_words.practices(facts)),
        "targets": _targets(facts, ink),
        "problems": rich(report_words.problems(facts)),
        "schools": [row for stage in facts.stages for row in _schools(facts, ink, stage)],
        "next_steps": rich(report_words.next_steps(facts, list(entries))),
        **{f"{part}_words": rich(report_items.words(facts, part)) for part in report_items.PARTS},
        **{part: report_items.rows(facts, part, partial(Rich, ink)) for part in ("government", "quality")},
        "groups": rich(report_items.groups(facts)),
    }


def _indicators(facts: Facts, ink: Ink, stage: str) -> list[Row]:
    """Return the rows of the table of indicators, each cell by its name in the template."""
    found = []
    for indicator in facts.indicators(stage):
        key = (stage, indicator["indicator_code"])
        status = facts.row("fct_county_balance", *key).get("status")
        limit = facts.figure("dim_indicator", key, "threshold", "exact")
        cells: dict[str, Any] = {
            name: Rich(ink, facts.figure("fct_county_balance", key, field, kind))
            for name, field, kind in (
                ("mean", "county_mean", "value"),
                ("met", "schools_met", "count"),
                ("share", "met_share", "percent"),
                ("cv", "cv", "coefficient"),
                ("cv_limit", "cv_limit", "value"),
            )
        }
        words = {
            "stage": facts.label("stage", stage),
            "name": f"{indicator['name_zh']}（{indicator['unit']}）",
            "threshold": Rich(ink, limit),
            "verdict": facts.sign("balance_status", status),
            "shade": SHADES.get(status or "", "FFFFFF"),
        }
        found.append(cells | words)
    return found


def _targets(facts: Facts, ink: Ink) -> list[Row]:
    """Return the rows of the table of the county's own targets."""
    return [
        {
            "stage": facts.label("stage", row["stage"]),
            "name": name,
            "kind": row["target_kind"],
            "target": Rich(ink, aimed),
            "actual": Rich(ink, reached),
            "verdict": facts.sign("target_status", row["status"]),
        }
        for row, name, aimed, reached in report_words.targets(facts)
    ]


def _schools(facts: Facts, ink: Ink, stage: str) -> list[Row]:
    """Return the rows of the table of schools that do not comply."""
    rows = facts.rows("fct_school_compliance", stage)
    return [
        {
            "name": facts.school_name(row["school_code"]),
            "stage": facts.label("stage", stage),
            "verdict": facts.sign("verdict", row["verdict"]),
            "shade": SHADES.get(row["verdict"], "FFFFFF"),
            "lacking": Rich(ink, report_words.lacking(facts, stage, row["school_code"])),
        }
        for row in rows
        if row["verdict"] in ("not_compliant", "incomplete")
    ]


def _describe_pictures(document: Any) -> None:
    """Say in words what each picture shows, for who cannot see it."""
    words = [text for _draw, text in PICTURES.values()]
    for picture, text in zip(document.element.body.iter(qn("wp:docPr")), words, strict=False):
        picture.set("descr", text)
