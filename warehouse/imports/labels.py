"""Header cells: from up to four merged rows to one path a column, and from a label to a name and a unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from warehouse.imports.knowledge import Knowledge
from warehouse.imports.merges import Range
from warehouse.imports.text import squeeze, unbroken

Rows = Sequence[Sequence[str | None]]
SEPARATOR = "›"
_LEAD = re.compile(r"^(#+|其中[:：、]?#?|\*+)")
_TAIL = re.compile(r"[*＊:：]+$")
_BRACKET = re.compile(r"^(?P<name>.+?)[（\[【](?P<inside>[^（）\[\]【】]*)[）\]】]$")
_STEMS = "甲乙丙丁戊己庚辛壬癸"


class Label(NamedTuple):
    """A label without part marks and unit; `odd` is a bracket that is no unit we know."""

    name: str
    unit: str = ""
    odd: str = ""


def label_of(text: str, knowledge: Knowledge) -> Label:
    """Split `教学仪器设备资产值（万元）*` into its name and its unit."""
    known = knowledge.labels_met.get(text)
    if known is None:
        known = knowledge.labels_met[text] = _label(text, knowledge)
    return Label(*known)


def _label(text: str, knowledge: Knowledge) -> Label:
    name = _TAIL.sub("", _LEAD.sub("", squeeze(text)))
    bracket = _BRACKET.match(name)
    if bracket is None:
        before, slash, unit = name.rpartition("/")
        return Label(before, unit) if slash and before and unit in knowledge.units else Label(name)
    inside = re.sub(r"^(单位)?[:：]?", "", bracket["inside"])
    if inside in knowledge.units:
        return Label(_TAIL.sub("", bracket["name"]), inside)
    return Label(name, "", inside)


def bare(label: Label) -> str:
    """Return a label's name without a bracket that is no unit."""
    bracket = _BRACKET.match(label.name) if label.odd else None
    return bracket["name"] if bracket else label.name


def paths(rows: Rows, top: int, height: int, merges: Sequence[Range]) -> list[tuple[str, ...]]:
    """Return each column's texts from the top header row to the last, merged cells filled across."""
    block = [list(row) for row in rows[top : top + height]]
    inside = [m for m in merges if m.top < top + height - 1 and m.bottom >= top and m.right > m.left]
    if inside:
        _fill_known(block, top, inside)
    else:
        _fill_guessed(block)
    found = []
    for column in zip(*block, strict=True):
        texts = [unbroken(text) for text in column if text and squeeze(text)]
        found.append(tuple(text for at, text in enumerate(texts) if at == 0 or text != texts[at - 1]))
    return found


def _fill_known(block: list[list[str | None]], top: int, merges: list[Range]) -> None:
    for merge in merges:
        row = merge.top - top
        if not 0 <= row < len(block) - 1:
            continue
        for column in range(max(merge.left, 0), min(merge.right + 1, len(block[row]))):
            block[row][column] = block[row][max(merge.left, 0)]


def _fill_guessed(block: list[list[str | None]]) -> None:
    """Without merges to go by, a blank above a label belongs to the label at its left."""
    for row in range(len(block) - 1):
        for column in range(1, len(block[row])):
            below = any(block[lower][column] for lower in range(row + 1, len(block)))
            if below and not block[row][column]:
                block[row][column] = block[row][column - 1]


def is_number_row(row: Sequence[str | None]) -> bool:
    """Return whether this is the row of 甲, 乙, 1, 2, 3 that official forms put under their headers."""
    texts = [squeeze(text) for text in row if text and squeeze(text)]
    if len(texts) < 3:
        return False
    numbers = [text for text in texts if text not in _STEMS]
    counted = numbers == [str(number) for number in range(1, len(numbers) + 1)]
    return counted and (len(numbers) < len(texts) or len(texts) > 3)


def unit_row(row: Sequence[str | None], knowledge: Knowledge) -> dict[int, str]:
    """Return the units by position where a row under the header holds nothing but units."""
    stated = {at: squeeze(text).strip("（）").removeprefix("单位:") for at, text in enumerate(row) if text}
    stated = {at: text for at, text in stated.items() if text}
    return stated if all(text in knowledge.units for text in stated.values()) else {}


def words_known(row: Sequence[str | None], knowledge: Knowledge) -> int:
    """Return how many of a row's cells are labels some dataset or layout knows."""
    found = (label_of(text, knowledge) for text in row if text and squeeze(text))
    return sum(
        label.name in knowledge.header_words or bare(label) in knowledge.header_words for label in found
    )
