"""A difference between two snapshots for a reader: its grade in words, then headings with their lines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from warehouse.difference_words import FLIPPING, GRADES, TITLES, Words
from warehouse.differences import Difference, diff
from warehouse.home import Home


@dataclass(frozen=True)
class Section:
    """One kind of change: its name in `Difference`, its heading, and a line for each."""

    name: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What changed from `before` to `after` (ids): `grade` as in `Difference`, and in words."""

    before: str
    after: str
    grade: str
    words: str
    sections: tuple[Section, ...]


@lru_cache(maxsize=16)
def compare(home: Home, before: str, after: str, language: str) -> Comparison:
    """Tell in `language` what changed between two snapshots by id; flips first, then limits, then counts.

    Kept by ids: a published snapshot never changes. JunhengError as in `differences.diff`.
    """
    return comparison(diff(home, before, after), language)


def comparison(found: Difference, language: str) -> Comparison:
    """Put a difference into words of `language`."""
    at = 1 if language == "en" else 0
    words = Words(found, at)
    sections = []
    for name, title in TITLES.items():
        rows = getattr(found, name)
        if name in FLIPPING:
            rows = rows.filter(rows[FLIPPING[name]])
        lines = tuple(getattr(words, name)(row) for row in rows.iter_rows(named=True))
        if lines:
            sections.append(Section(name, title[at], lines))
    return Comparison(
        found.before.id,
        found.after.id,
        found.classification,
        GRADES[found.classification][at],
        tuple(sections),
    )
