"""The official layouts: columns found by the labels on their header path, stage and year from the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from warehouse.imports.knowledge import Knowledge
from warehouse.imports.labels import SEPARATOR, Label
from warehouse.imports.layout_table import Layout, LayoutColumn, any_of
from warehouse.imports.tables import SUM, Column, Table
from warehouse.imports.text import squeeze

STAGE_WORDS = {"primary": ("小学",), "junior": ("初中", "初级中学"), "senior": ("高中", "高级中学")}
STAGE_TYPES = {"primary": "小学", "junior": "初级中学", "senior": "高级中学"}
STAGE_HEADER = "学段"
_STAGE_WORD = re.compile(r"（(小学|初中|高中)）|(小学|初中|高中)(阶段|部|段|教育)?")
_STAGE_IN_LABEL = re.compile(r"（(小学|初中|高中)）")


def match(
    shell: Table,
    layout: Layout,
    found: list[tuple[str, ...]],
    labelled: list[list[Label]],
    knowledge: Knowledge,
    constants: Mapping[str, str],
) -> Table:
    """Read the headers as an official layout; `lacking` names what it needs and the sheet has not."""
    table = Table(
        shell.sheet, layout.name, [], shell.header_top, shell.body_top, layout.name, titles=shell.titles
    )
    table.stage = stage_of(table, constants)
    spoken = "".join(map(squeeze, [*table.titles, table.sheet.name, table.sheet.file_name]))
    table.entitled = any(word in spoken for word in layout.titles)
    for at, (path, labels) in enumerate(zip(found, labelled, strict=True)):
        names = [label.name for label in labels]
        chosen = _best(names if table.stage else _unstaged(names), layout, knowledge)
        for wanted in chosen:
            _add(table, wanted, at, path, labels, knowledge)
        if path and not chosen:
            table.extra_columns.append(SEPARATOR.join(path))
    if table.staged:
        table.columns = [c for c in table.columns if c.stage_rule != "sheet" or c.stage]
    if table.column("arts_teachers"):
        parts = {"music_teachers", "art_teachers"}
        table.columns = [c for c in table.columns if c.field.name not in parts or not under_arts(c.name)]
    has = {column.field.name for column in table.columns}
    first_labels = {c.field: c.segments[0][0] for c in reversed(layout.columns)}
    table.lacking = [first_labels[field] for field in sorted(layout.required - has)]
    return table


def stage_of(table: Table, constants: Mapping[str, str]) -> str | None:
    """Return the one stage that constant, title, sheet name or file name speaks of."""
    given = constants.get(STAGE_HEADER) or constants.get("stage")
    sheet = table.sheet
    texts = [given] if given else [*table.titles, sheet.name, sheet.file_name]
    for text in texts:
        spoken = {s for s, words in STAGE_WORDS.items() if any(word in squeeze(text) for word in words)}
        if len(spoken) == 1:
            return spoken.pop()
    return None


def _best(path: list[str], layout: Layout, knowledge: Knowledge) -> list[LayoutColumn]:
    """Return the most specific columns that a path is; two fields may read one column."""
    if not path or not layout.endings.match(path[-1]):
        return []
    key = (layout.name, tuple(path))
    if key not in knowledge.paths_met:
        matching = [column for column in layout.columns if is_path(path, column.segments)]
        most = max((len(column.segments) for column in matching), default=0)
        knowledge.paths_met[key] = [column for column in matching if len(column.segments) == most]
    return knowledge.paths_met[key]


def is_path(path: list[str], segments: tuple[tuple[str, ...], ...]) -> bool:
    """True when the path ends in the last segment and passes the others in order before it."""
    if not path or not _any(path[-1], segments[-1]):
        return False
    at = 0
    for segment in segments[:-1]:
        while at < len(path) - 1 and not _any(path[at], segment):
            at += 1
        if at >= len(path) - 1:
            return False
        at += 1
    return True


def _stage_for(rule: str, path: tuple[str, ...], sheet_stage: str | None) -> str | None:
    """Return the stage a column's figures belong to: the sheet's, the label's, the whole school's or none."""
    if rule == "label":
        spoken = _STAGE_IN_LABEL.search(squeeze(SEPARATOR.join(path)))
        return next((s for s, words in STAGE_WORDS.items() if spoken and spoken[1] in words), sheet_stage)
    if rule.startswith("whole"):
        return "whole"
    if rule == "sheet":
        return sheet_stage or next(iter(_spoken(path)), None)
    return None


def _spoken(path: Iterable[str]) -> set[str]:
    """Return the stages that a header path names."""
    text = squeeze("".join(path))
    return {stage for stage, words in STAGE_WORDS.items() if words[0] in text}


def _unstaged(names: list[str]) -> list[str]:
    """Return a path without its stage, where one workbook holds the columns of several stages."""
    kept = names if len(_spoken(names)) != 1 else [_STAGE_WORD.sub("", name) for name in names]
    return [name for name in kept if name]


def under_arts(path: str) -> bool:
    """True for 音乐 or 美术 as a part of 艺术, whose total counts them already."""
    return any(segment.strip("#").startswith("艺术") for segment in path.split(SEPARATOR)[:-1])


@lru_cache(maxsize=100_000)
def _any(text: str, patterns: tuple[str, ...]) -> bool:
    return any_of(patterns).match(text) is not None


def _add(
    table: Table,
    wanted: LayoutColumn,
    at: int,
    path: tuple[str, ...],
    labels: list[Label],
    knowledge: Knowledge,
) -> None:
    """Add a column unless its field (and stage) already has one, or it speaks of another stage."""
    field = knowledge.fields[wanted.dataset][wanted.field] if wanted.dataset else None
    if wanted.role == "county" and table.county_at is None:
        table.county_at = at
    if field is None:
        return
    stage = _stage_for(wanted.stage_rule, path, table.stage)
    if wanted.stage_rule == "label" and table.stage and stage != table.stage:
        return
    same = next((c for c in table.columns if c.field == field and c.stage == stage), None)
    if same:
        _add_to(table, same, wanted, at, path)
        return
    unit = next((label.unit for label in reversed(labels) if label.unit), "")
    factor = knowledge.factor(unit, field.base_unit) if unit else 1.0
    table.columns.append(
        Column(
            at,
            SEPARATOR.join(path),
            field,
            unit if factor is not None else "",
            factor or 1.0,
            wanted.role,
            stage,
            wanted.stage_rule,
        )
    )


def _add_to(table: Table, column: Column, wanted: LayoutColumn, at: int, path: tuple[str, ...]) -> None:
    """Add a further column to a field that is the sum of several; any other field keeps its first."""
    if wanted.role == column.role == SUM:
        name = f"{column.name}+{path[-1]}"
        table.columns[table.columns.index(column)] = replace(column, name=name, added=(*column.added, at))
