"""A school's yearly workbook of official forms: one school, many sheets, read by the table of forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from warehouse.imports.batch import Batch
from warehouse.imports.dates import read_school_year, school_year_in
from warehouse.imports.form_cells import TITLE, Found, figures_of
from warehouse.imports.form_checks import disagreements
from warehouse.imports.form_rows import FORMS, read_form
from warehouse.imports.form_school import school_of
from warehouse.imports.form_sheets import FormSheet, code_of, open_form
from warehouse.imports.form_table import FormCell
from warehouse.imports.knowledge import Knowledge
from warehouse.imports.layouts import STAGE_WORDS
from warehouse.imports.reading import YEAR_NAMES, Settings
from warehouse.imports.sheets import Sheet
from warehouse.imports.text import squeeze

COVERS = re.compile(r"封面|目录|核查|检查结果|说明")
SCHOOL_NAMES = (
    "学校标识码",
    "学校（机构）标识码",
    "学校代码",
    "school_ref",
    "school_code",
    "学校",
    "学校名称",
)
_DATED = re.compile(r"有效期|批准|文号|建校|日期|\d月")
_SPAN = re.compile(r"(?:19|20)\d\d[-/—–―~～至]\d+学年")
NOT_STAGED = {"", "whole"}

Figures = list[tuple[FormSheet, list[Found]]]


@dataclass
class Workbook:
    """The forms of one school's workbook that are known, and its cover sheets."""

    forms: list[tuple[FormSheet, list[FormCell]]]
    covers: list[Sheet]


def take_forms(batch: Batch, sheets: list[Sheet]) -> list[Sheet]:
    """Take the forms of a workbook into the batch; return the sheets that are none.

    A workbook without a form comes back whole; of one with forms, cover, contents and check
    results are left out, as are forms that hold nothing Junheng keeps.
    """
    if batch.settings.dataset not in (None, FORMS):
        return sheets
    coded = [(sheet, code) for sheet in sheets if not sheet.hidden and (code := code_of(sheet))]
    if not coded:
        return sheets
    forms = {sheet.name for sheet, _ in coded}
    others = [sheet for sheet in sheets if sheet.name not in forms]
    covers = [sheet for sheet in others if COVERS.search(squeeze(sheet.name))]
    known = [
        (s, c) for s, c in coded if not COVERS.search(squeeze(s.name)) and _wanted(c, None, batch.knowledge)
    ]
    if known:
        _take(batch, [open_form(sheet, code, batch.knowledge) for sheet, code in known], covers)
    else:
        batch.note_sheet("D122", coded[0][0], detail="、".join(code for _, code in coded[:12]))
    return [sheet for sheet in others if sheet not in covers]


def _take(batch: Batch, opened: list[FormSheet], covers: list[Sheet]) -> None:
    knowledge, settings = batch.knowledge, batch.settings
    year, year_source = _year(opened, covers, settings)
    forms = [(form, wanted) for form in opened if (wanted := _wanted(form.code, year, knowledge))]
    if not forms:
        batch.note_sheet("D122", opened[0].sheet, detail="、".join(form.code for form in opened[:12]))
        return
    school = next((s for form, wanted in forms if (s := school_of(form, wanted, knowledge))), None)
    given = next((settings.constants[n] for n in SCHOOL_NAMES if n in settings.constants), None)
    reference = squeeze(given) if given else school.reference if school else None
    if reference is None or year is None:
        batch.refuse_forms("D106" if reference else "D120", forms[0][0].sheet, FORMS, len(forms))
        return
    figures = [(form, figures_of(form, wanted, knowledge)) for form, wanted in forms]
    _settle_stages(figures)
    for form, found in figures:
        facts = school if school and school.form is form else None
        if found or facts:
            source = "title" if year_source == "file" and not facts else year_source
            batch.tables.append(read_form(form, found, facts, len(batch.tables), (reference, year, source)))
    _note_absent(batch, forms, figures)
    _note_disagreements(batch, figures, reference, year)


def _wanted(code: str, year: int | None, knowledge: Knowledge) -> list[FormCell]:
    """Return what the table of forms knows of a code in a year."""
    known = knowledge.forms_met.get(code)
    if known is None:
        known = [cell for cell in knowledge.forms if any(fnmatchcase(code, form) for form in cell.forms)]
        knowledge.forms_met[code] = known
    return [cell for cell in known if year is None or cell.years[0] <= year <= cell.years[1]]


def _year(forms: list[FormSheet], covers: list[Sheet], settings: Settings) -> tuple[int | None, str]:
    """Return the school year and where it was found: call, span in a title, year, file."""
    given = next((settings.constants[name] for name in YEAR_NAMES if name in settings.constants), None)
    year = settings.school_year or (read_school_year(given) if given else None)
    if year is not None:
        return year, "option"
    texts = [squeeze(text) for form in forms for text in form.captions]
    texts += [
        squeeze(text) for sheet in covers for row in sheet.cells.head(30).iter_rows() for text in row if text
    ]
    for text in (*(text for text in texts if _SPAN.search(text)), *texts):
        if not _DATED.search(text) and (year := school_year_in(text)):
            return year, "title"
    name = forms[0].sheet.file_name
    year = next((y for part in reversed(name.split("/")) if (y := school_year_in(part))), None)
    return (year, "file") if year else (None, "")


def _settle_stages(figures: Figures) -> None:
    """Give a stage to what no title gave one: the school's only one, else the form's usual one."""
    pupils = {f.stage for _, found in figures for f in found if f.column.field.name == "students" and f.value}
    only = next(iter(pupils)) if len(pupils) == 1 else ""
    for _, found in figures:
        seen: set[tuple[str, str, str]] = set()
        for figure in list(found):
            if figure.stage.startswith(TITLE):
                figure.stage = only or figure.stage.partition(":")[2]
            if not figure.stage or figure.key in seen:
                found.remove(figure)
            seen.add(figure.key)


def _note_disagreements(batch: Batch, figures: Figures, reference: str, year: int) -> None:
    """Warn of figures of the workbook that cannot both be right."""
    for found in disagreements(figures, batch.knowledge):
        batch.note_sheet(
            found.rule,
            found.form.sheet,
            row_number=found.figure.row_number,
            column_name=found.figure.column.name,
            raw_value=found.figure.raw,
            detail=found.said,
            dataset=found.figure.column.field.dataset,
            school_ref=reference,
            school_year=year,
        )


def _note_absent(batch: Batch, forms: Sequence[tuple[FormSheet, list[FormCell]]], figures: Figures) -> None:
    """Warn of figures that the workbook's forms should hold and whose labels were not found."""
    have = {(f.column.field.name, f.stage) for _, found in figures for f in found}
    stages = {stage for _, stage in have} | {"whole"}
    fields = batch.knowledge.fields
    lacking = {
        (form.code, fields[cell.dataset][cell.field].header, cell.stage)
        for form, wanted in forms
        for cell in wanted
        if cell.role == "total" and cell.stage in stages and (cell.field, cell.stage) not in have
    }
    if lacking:
        words = {stage: names[0] for stage, names in STAGE_WORDS.items()} | {"whole": "全校"}
        detail = "、".join(f"{code} {header}（{words[stage]}）" for code, header, stage in sorted(lacking))
        batch.note_sheet("D121", forms[0][0].sheet, detail=detail)
