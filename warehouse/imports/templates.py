"""Excel templates: required columns starred, units in the headers, lists to pick from, one example row."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from warehouse.errors import JunhengError
from warehouse.imports.declared import EVERY_ITEM
from warehouse.imports.knowledge import DATASET_TITLES, Field, Knowledge, load

FILLED_ROWS = 5_000
GUIDE_HEADERS = ("列名", "必填", "单位", "说明", "Description", "可填的值", "示例")
GUIDE_NOTES = (
    "带 * 的列必填；列的顺序可以调换，可以多列，列名不要改。",
    "第 2 行是示例，导入时自动跳过；可以直接改成自己的数据。",
    "没有数据请留空；确实没有（为零）请填 0。",
    "Columns with * are required. Row 2 is an example and is skipped on import. Leave unknown cells blank; "
    "enter 0 for none.",
)
STAGES = {
    "stage": ["小学", "初中", "高中", "全校"],
    "stage:staff": ["小学", "初中", "高中"],
    "stage:target": ["小学", "初中"],
}


def write_templates(datasets: list[str] | None, out_dir: Path) -> list[Path]:
    """Write one template a dataset (all by default) into `out_dir`; return the files written.

    Datasets are named by code or Chinese title; an unknown name is wrong usage (`JunhengError`).
    """
    knowledge = load()
    wanted = [_dataset(name) for name in datasets] if datasets else list(DATASET_TITLES)
    out_dir.mkdir(parents=True, exist_ok=True)
    return [_write(dataset, knowledge, out_dir) for dataset in dict.fromkeys(wanted)]


def _dataset(name: str) -> str:
    titles = {zh: code for code, (zh, _) in DATASET_TITLES.items()}
    found = titles.get(name, name)
    if found in DATASET_TITLES:
        return found
    known = "、".join(f"{code}（{zh}）" for zh, code in titles.items())
    raise JunhengError(f"没有“{name}”的模板。可用：{known}。", f"No template “{name}”. Known: {known}.", 2)


def _write(dataset: str, knowledge: Knowledge, out_dir: Path) -> Path:
    title, _ = DATASET_TITLES[dataset]
    path = out_dir / f"{dataset}_{title}.xlsx"
    fields = [f for f in knowledge.fields[dataset].values() if f.name != "school_name_ref"]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(title)
        _write_columns(book, sheet, fields, knowledge)
        guide = book.add_worksheet("填写说明")
        _write_guide(book, guide, fields, knowledge)
        if dataset == "county_items":
            _write_item_fields(guide, len(fields) + 3 + len(GUIDE_NOTES), knowledge)
    return path


def header_of(field: Field) -> str:
    """Return a template's header: name, unit where there is one, * where required."""
    unit = f"（{field.base_unit}）" if field.base_unit else ""
    return f"{field.header}{unit}{'*' if field.required else ''}"


def _write_columns(book: Workbook, sheet: Worksheet, fields: list[Field], knowledge: Knowledge) -> None:
    required = book.add_format({"bold": True, "bg_color": "#FFE9B8", "text_wrap": True, "border": 1})
    optional = book.add_format({"bold": True, "bg_color": "#EDEDED", "text_wrap": True, "border": 1})
    example = book.add_format({"italic": True, "font_color": "#7F7F7F", "num_format": "@"})
    text = book.add_format({"num_format": "@"})
    for at, field in enumerate(fields):
        sheet.set_column(at, at, max(12, 2 * len(header_of(field)) + 2), None if field.measured else text)
        sheet.write_string(0, at, header_of(field), required if field.required else optional)
        _write_example(sheet, at, field, example)
        choices = _choices(field, knowledge)
        if choices:
            sheet.data_validation(1, at, FILLED_ROWS, at, {"validate": "list", "source": choices})
    sheet.freeze_panes(1, 0)


def _write_example(sheet: Worksheet, at: int, field: Field, style: Format) -> None:
    if field.example and field.measured:
        sheet.write_number(1, at, float(field.example), style)
    elif field.example:
        sheet.write_string(1, at, field.example, style)


def _choices(field: Field, knowledge: Knowledge) -> list[str]:
    if field.kind == "bool":
        return ["是", "否"]
    if field.kind in STAGES:
        return STAGES[field.kind]
    kind, _, terms = field.kind.partition(":")
    return knowledge.accepted(terms) if kind == "term" else []


def _write_guide(book: Workbook, sheet: Worksheet, fields: list[Field], knowledge: Knowledge) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#EDEDED"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for at, header in enumerate(GUIDE_HEADERS):
        sheet.write_string(0, at, header, bold)
    for row, field in enumerate(fields, start=1):
        texts = (
            field.header,
            "是" if field.required else "",
            field.base_unit,
            field.description_zh,
            field.description_en,
            "、".join(_choices(field, knowledge)),
            field.example,
        )
        for at, value in enumerate(texts):
            sheet.write_string(row, at, value, wrap)
    for at, note in enumerate(GUIDE_NOTES):
        sheet.write_string(len(fields) + 2 + at, 0, note)
    for at, width in enumerate((24, 6, 8, 50, 50, 40, 14)):
        sheet.set_column(at, at, width)


def _write_item_fields(sheet: Worksheet, top: int, knowledge: Knowledge) -> None:
    """List under the notes which figures each item knows."""
    for row, one in enumerate(knowledge.declared.fields, start=top):
        code = "各项" if one.item_code == EVERY_ITEM else one.item_code
        for at, text in enumerate((f"{code} {one.name}", "", one.unit, one.meaning_zh, one.meaning_en)):
            sheet.write_string(row, at, text)
