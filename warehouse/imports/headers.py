"""Which dataset a sheet holds, found from its headers wherever they stand in its first rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from warehouse.imports import exams, grades, layouts
from warehouse.imports.knowledge import COMPANIONS, Field, Knowledge
from warehouse.imports.labels import (
    SEPARATOR,
    Label,
    Rows,
    bare,
    is_number_row,
    label_of,
    paths,
    unit_row,
    words_known,
)
from warehouse.imports.sheets import Sheet
from warehouse.imports.tables import Column, Table
from warehouse.imports.text import squeeze

SEARCHED_ROWS = 15
HIGHEST_HEADER = 4
UNDER_HEADER = 3
"""Rows that may follow a header: of numbers, of units, and the first that is data."""
SUPPLIED_ELSEWHERE = {"school_year"}
TOTALS = {"计", "合计", "小计", "总计"}


def find_table(
    sheet: Sheet, knowledge: Knowledge, constants: Mapping[str, str], dataset: str | None = None
) -> Table | None:
    """Return the best reading of a sheet, or None where no header row is found.

    A table whose `lacking` is not empty came nearest but cannot be read. `constants` are values
    for columns the sheet lacks, by field or header; `dataset` restricts the choice.
    """
    best: Table | None = None
    best_rank: tuple[bool, bool, int, int, int] | None = None
    rows = sheet.cells.head(SEARCHED_ROWS + HIGHEST_HEADER + UNDER_HEADER).rows()
    for table in _candidates(sheet, rows, knowledge, constants, dataset):
        if best and not best.lacking and table.header_top > best.header_top:
            break  # A row under a complete header is data, whatever words it holds.
        rank = _rank(table, rows)
        if best_rank is None or rank > best_rank:
            best, best_rank = table, rank
    return best


def seen_headers(sheet: Sheet) -> list[str]:
    """Return the texts of the first row that looks like a header, for a message."""
    rows = [[text for text in row if text] for row in sheet.cells.head(SEARCHED_ROWS).iter_rows()]
    return max(rows, key=len, default=[])[:12]


def _rank(table: Table, rows: Rows) -> tuple[bool, bool, int, int, int]:
    """Order readings: complete, header wholly taken, most columns fed, least lacking, lowest header."""
    fed = len({column.key for column in table.columns}) + len(table.subjects)
    height = table.body_top - table.header_top
    return not table.lacking, not _cuts_header(table, rows), fed, -len(table.lacking), -height


def _cuts_header(table: Table, rows: Rows) -> bool:
    """True when the first row left to the body still holds labels such as 合计 or #女."""
    if table.body_top >= len(rows):
        return False
    row = rows[table.body_top]
    texts = [squeeze(row[column.at] or "") for column in table.columns if column.field.measured]
    return any(text in TOTALS or text.startswith(("#", "其中")) for text in texts)


def _candidates(
    sheet: Sheet, rows: Rows, knowledge: Knowledge, constants: Mapping[str, str], dataset: str | None
) -> Iterator[Table]:
    for top in range(min(SEARCHED_ROWS, len(rows))):
        if words_known(rows[top], knowledge) < 2 and not (dataset and words_known(rows[top], knowledge)):
            continue
        for height in range(1, min(HIGHEST_HEADER, len(rows) - top) + 1):
            merges = sheet.merges if height > 1 else []
            found = paths(rows, top, height, merges)
            titles = [" ".join(filter(None, row)) for row in rows[:top]]
            body = top + height
            if body < len(rows) and is_number_row(rows[body]):
                body += 1
            if body < len(rows) and (units := unit_row(rows[body], knowledge)):
                found = [_in_unit(path, units.get(at, "")) for at, path in enumerate(found)]
                body += 1
            shell = Table(sheet, "", [], top, body, titles=[title for title in titles if title.strip()])
            yield from _readings(shell, found, knowledge, constants, dataset)


def _in_unit(path: tuple[str, ...], unit: str) -> tuple[str, ...]:
    """Write the unit that stands in a row of its own where headers usually have it."""
    return (*path[:-1], f"{path[-1]}（{unit}）") if path and unit and "（" not in path[-1] else path


def _readings(
    shell: Table,
    found: list[tuple[str, ...]],
    knowledge: Knowledge,
    constants: Mapping[str, str],
    dataset: str | None,
) -> Iterator[Table]:
    labelled = [[label_of(text, knowledge) for text in path] for path in found]
    for layout in knowledge.layouts.values():
        if dataset in (None, layout.name):
            yield layouts.match(shell, layout, found, labelled, knowledge, constants)
    spelled = _spelled(labelled, knowledge)
    for name in knowledge.fields:
        if dataset in (None, name):
            yield _match(shell, name, found, spelled, knowledge, constants)


def _match(
    shell: Table,
    dataset: str,
    found: list[tuple[str, ...]],
    spelled: dict[int, list[Label]],
    knowledge: Knowledge,
    constants: Mapping[str, str],
) -> Table:
    """Read the headers as one of our datasets; 办学条件 and 教职工统计 may share a sheet."""
    table = Table(shell.sheet, dataset, [], shell.header_top, shell.body_top, titles=shell.titles)
    _assign(table, found, spelled, knowledge)
    _assign_ticks(table, found, spelled, knowledge)
    if dataset == exams.SCORES and table.column("student_id") and not exams.is_long(table, constants):
        table.subjects = exams.find_subjects(table, found, knowledge)
    taken = {column.at for column in table.columns} | {subject.at for subject in table.subjects}
    doubled = {name for name, _ in table.doubled}
    names = [SEPARATOR.join(path) for at, path in enumerate(found) if path and at not in taken]
    table.extra_columns = [name for name in names if name not in doubled]
    table.lacking = _lacking(table, knowledge, constants)
    return table


def _assign(
    table: Table, found: list[tuple[str, ...]], spelled: dict[int, list[Label]], knowledge: Knowledge
) -> None:
    """Give each field the column whose label stands first among its aliases."""
    claims: dict[tuple[str, str], tuple[int, int, Label]] = {}
    by_key: dict[tuple[str, str], Field] = {}
    owners = knowledge.owners[table.dataset]
    for at, labels in spelled.items():
        claim = _claim(labels, owners)
        if claim is None:
            continue
        owner, rank, label = claim
        key = (owner.dataset, owner.name)
        by_key[key] = owner
        if key in claims:
            loser = max((claims[key][:2], (rank, at)) if claims[key][0] != rank else ((0, 0), (rank, at)))
            table.doubled.append((SEPARATOR.join(found[loser[1]]), owner.header))
            if claims[key][0] <= rank:
                continue
        claims[key] = (rank, at, label)
    for key, (_, at, label) in sorted(claims.items(), key=lambda item: item[1][1]):
        table.columns.append(column_for(by_key[key], at, found[at], label, knowledge))
        if label.odd and by_key[key].measured:
            table.odd_units.append((SEPARATOR.join(found[at]), label.odd))


def _assign_ticks(
    table: Table, found: list[tuple[str, ...]], spelled: dict[int, list[Label]], knowledge: Knowledge
) -> None:
    """Take columns that tick one term of a field each: 省级骨干, 市级骨干, 县级骨干."""
    taken = {column.at for column in table.columns}
    for name, term, labels in knowledge.ticks.get(table.dataset, []):
        ticked = replace(knowledge.fields[table.dataset][name], kind="text")
        for at, spellings in spelled.items():
            if at not in taken and any(label.name in labels for label in spellings):
                table.columns.append(Column(at, SEPARATOR.join(found[at]), ticked, tick=term))
                break


def column_for(
    field: Field, at: int, path: tuple[str, ...], label: Label, knowledge: Knowledge, **more: str | None
) -> Column:
    """Return a column with the unit its header states turned into a factor."""
    factor = knowledge.factor(label.unit, field.base_unit) if label.unit else 1.0
    unit = label.unit if factor is not None else ""
    return Column(at, SEPARATOR.join(path), field, unit, factor or 1.0, **more)  # type: ignore[arg-type]


def _claim(
    labels: list[Label], owners: Mapping[str, list[tuple[int, Field]]]
) -> tuple[Field, int, Label] | None:
    """Return the field a path's spellings name, how far down its aliases, and the label it was found by."""
    best: tuple[Field, int, Label] | None = None
    for label in labels:
        for rank, field in owners.get(label.name, ()):
            if best is None or rank < best[1]:
                best = (field, rank, label)
        if best:
            return best
    return None


def _spelled(labelled: list[list[Label]], knowledge: Knowledge) -> dict[int, list[Label]]:
    """Return by position the names a path may go by that some dataset knows; most cells of data have none."""
    known = knowledge.column_words
    spelled = {
        at: [one for one in _spellings(labels) if one.name in known] for at, labels in enumerate(labelled)
    }
    return {at: names for at, names in spelled.items() if names}


def _spellings(labels: list[Label]) -> Iterator[Label]:
    """Yield the names a path may go by, the fullest first."""
    if not labels:
        return
    unit = next((label.unit for label in reversed(labels) if label.unit), "")
    last = labels[-1]
    if len(labels) > 1:
        yield Label("".join(label.name for label in labels), unit)
        yield Label(labels[-2].name + last.name, unit)
    yield last._replace(unit=unit)
    if last.odd:
        yield Label(bare(last), unit, last.odd)
    if len(labels) > 1 and last.name in TOTALS:
        yield labels[-2]._replace(unit=unit)


def _lacking(table: Table, knowledge: Knowledge, constants: Mapping[str, str]) -> list[str]:
    """Return the headers of required columns that nothing supplies."""
    has = {column.field.name for column in table.columns if column.field.dataset == table.dataset}
    if "school_name_ref" in has:
        has.add("school_ref")
    if table.dataset == exams.SCORES:
        has |= exams.supplied(table, constants)
    if grades.tells_stage(table):
        has.add("stage")
    fields = knowledge.fields[table.dataset].values()
    lacking = [
        field.header
        for field in fields
        if field.required
        and not field.default
        and field.name not in has | SUPPLIED_ELSEWHERE
        and not ({field.name, *field.labels} & set(constants))
    ]
    measured = {c.field.dataset for c in table.columns if c.field.measured}
    if table.dataset in COMPANIONS and table.dataset not in measured:
        lacking.append("／".join(field.header for field in fields if field.measured))
    if table.dataset == exams.SCORES and not table.subjects and not exams.is_long(table, constants):
        lacking.append("科目")
    return lacking
