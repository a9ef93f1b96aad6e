"""Headers that were not recognised: what each might be, and remembering what the county says it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from warehouse import snapshots
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.imports import sources
from warehouse.imports.batch import Batch
from warehouse.imports.forms import take_forms
from warehouse.imports.headers import COMPANIONS, SEARCHED_ROWS, find_table
from warehouse.imports.knowledge import DATASET_TITLES, Field, Knowledge, load
from warehouse.imports.labels import label_of
from warehouse.imports.reading import Settings
from warehouse.imports.sheets import Sheet, UnreadableError, read_sheets
from warehouse.locks import held

CLOSE = 0.5
"""How alike a header and a known label must be (0–1, share of matching characters) to be suggested."""
MOST_HEADERS = 60
COLUMNS = ("dataset", "field", "aliases")


@dataclass(frozen=True)
class Unknown:
    """A sheet that was not recognised: its headers and what they may be.

    `dataset` is the likeliest; `suggested` gives for each dataset the field (as `dataset.field`) of
    each header that resembles one; `fields` gives for each dataset every field with its two names.
    """

    file_name: str
    sheet_name: str
    headers: list[str]
    dataset: str
    titles: dict[str, tuple[str, str]]
    suggested: dict[str, dict[str, str]]
    fields: dict[str, dict[str, str]]


def suggest(home: Home, paths: Sequence[Path]) -> list[Unknown]:
    """Return the sheets of `paths` that no dataset, layout or form fits, with a match for each header."""
    knowledge = load(home)
    found = []
    for sheet in _sheets(home, paths, knowledge):
        table = find_table(sheet, knowledge, {})
        headers = _headers(sheet)
        if len(headers) > 1 and (table is None or (table.lacking and not table.layout)):
            found.append(_unknown(sheet, headers, knowledge))
    return found


def remember(home: Home, dataset: str, fields: Mapping[str, str]) -> Path:
    """Add headers to the county's `parameters/imports/columns.csv`: `fields` maps a header to its field.

    A field is named alone or as `dataset.field`. JunhengError (2) for a dataset or field that is not known.
    """
    with held(home, "import"):
        knowledge = load(home)
        path = home.parameters / "imports" / "columns.csv"
        rows = _kept(path)
        for header, named in fields.items():
            owner, _, name = named.rpartition(".")
            owner = owner or dataset
            known = knowledge.fields.get(owner, {}).get(name)
            if known is None:
                raise JunhengError(
                    f"没有“{named}”这一列，未记住。", f"There is no column “{named}”; nothing was kept.", 2
                )
            alias = label_of(header, knowledge).name
            if alias and alias not in known.labels:
                rows.append({"dataset": owner, "field": name, "aliases": alias})
        _write(path, rows)
    return path


def _sheets(home: Home, paths: Sequence[Path], knowledge: Knowledge) -> Iterator[Sheet]:
    """Yield the visible sheets that are no official form; files that cannot be read are left out."""
    batch = Batch(home, knowledge, Settings())
    for source in sources.collect(paths):
        if isinstance(source, sources.Unread):
            continue
        try:
            sheets = list(read_sheets(source))
        except UnreadableError:
            continue
        yield from (sheet for sheet in take_forms(batch, sheets) if not sheet.hidden)


def _headers(sheet: Sheet) -> list[str]:
    """Return the texts of the fullest of the first rows, the first of those equally full."""
    rows = [[text for text in row if text] for row in sheet.cells.head(SEARCHED_ROWS).iter_rows()]
    fullest: list[str] = max(rows, key=len, default=[])
    return list(dict.fromkeys(fullest))[:MOST_HEADERS]


def _unknown(sheet: Sheet, headers: list[str], knowledge: Knowledge) -> Unknown:
    matched = {name: _matches(headers, _offered(name, knowledge), knowledge) for name in knowledge.fields}
    likeliest = max(matched, key=lambda name: sum(score for _field, score in matched[name].values()))
    return Unknown(
        sheet.file_name,
        sheet.name,
        headers,
        likeliest,
        {name: DATASET_TITLES[name] for name in matched},
        {name: {header: key for header, (key, _score) in rows.items()} for name, rows in matched.items()},
        {
            name: {f"{field.dataset}.{field.name}": field.header for field in _offered(name, knowledge)}
            for name in matched
        },
    )


def _offered(dataset: str, knowledge: Knowledge) -> list[Field]:
    """Return a dataset's fields, and those that may share its sheet."""
    shared = knowledge.fields.get(COMPANIONS.get(dataset, ""), {}).values()
    return [*knowledge.fields[dataset].values(), *(field for field in shared if field.measured)]


def _matches(headers: list[str], fields: list[Field], knowledge: Knowledge) -> dict[str, tuple[str, float]]:
    """Give each header the field it resembles most; a field goes to one header, the likest first."""
    scored = sorted(
        (
            (_likeness(label_of(header, knowledge).name, field), header, f"{field.dataset}.{field.name}")
            for header in headers
            for field in fields
        ),
        key=lambda row: -row[0],
    )
    found: dict[str, tuple[str, float]] = {}
    taken: set[str] = set()
    for score, header, key in scored:
        if score >= CLOSE and header not in found and key not in taken:
            found[header] = (key, score)
            taken.add(key)
    return found


def _likeness(name: str, field: Field) -> float:
    return max(SequenceMatcher(None, name, label).ratio() for label in field.labels)


def _kept(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: value or "" for key, value in row.items() if key} for row in csv.DictReader(file)]


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    names = list(dict.fromkeys([*COLUMNS, *(name for row in rows for name in row)]))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    snapshots.write_text(path, text.getvalue())
