"""What a county may declare about itself: the fields of 县级数据 and of 县情, rows of seeds."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from warehouse.home import SEEDS, Home
from warehouse.imports.text import squeeze

EVERY_ITEM = "*"


@dataclass(frozen=True)
class ItemField:
    """One figure of one item: its name, the other ways to write it, and what it can be."""

    item_code: str
    name: str
    spellings: tuple[str, ...]
    kind: str
    unit: str
    meaning_zh: str = ""
    meaning_en: str = ""

    def named(self, text: str) -> str | None:
        """Return the name that stands for `text`; `*` in a spelling is the subject's name."""
        for spelling in (self.name, *self.spellings):
            if text == spelling:
                return self.name
            tail = spelling.removeprefix("*")
            if tail != spelling and text.endswith(tail) and len(text) > len(tail):
                return text.removesuffix(tail) + self.name.removeprefix("*")
        return None


@dataclass(frozen=True)
class Declared:
    """The items, the fields of each, and the terms of the county's profile with their unit."""

    items: tuple[str, ...] = ()
    fields: tuple[ItemField, ...] = ()
    profile: dict[str, tuple[str, str]] = field(default_factory=dict)

    def of_item(self, item_code: str) -> list[ItemField]:
        """Return the fields an item knows, its own before the conclusion every item has."""
        own = [one for one in self.fields if one.item_code == item_code]
        return own + [one for one in self.fields if one.item_code == EVERY_ITEM]


def load(home: Home | None) -> Declared:
    """Read the seeds, with the county's rows of the same names over them."""
    fields = (
        ItemField(
            r["item_code"],
            squeeze(r["field"]),
            _spellings(r),
            r["kind"],
            r["unit"],
            r["meaning_zh"],
            r["meaning_en"],
        )
        for r in _rows("item_fields", home)
    )
    profile = {
        spelling: (squeeze(r["field"]), r["unit"])
        for r in _rows("profile_fields", home)
        for spelling in (squeeze(r["field"]), *_spellings(r))
    }
    return Declared(tuple(r["item_code"] for r in _rows("items", home)), tuple(fields), profile)


def _spellings(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(squeeze(part) for part in row["aliases"].split("|") if part.strip())


def _rows(name: str, home: Home | None) -> Iterator[dict[str, str]]:
    yield from _read(SEEDS / f"{name}.csv")
    own = home.parameters / f"{name}.csv" if home else None
    if own and own.exists():
        yield from ({"aliases": "", **row} for row in _read(own))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: value or "" for key, value in row.items() if key} for row in csv.DictReader(file)]
