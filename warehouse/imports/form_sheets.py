"""One sheet of a school's yearly workbook: form code, header, label paths of rows and columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from warehouse.imports.knowledge import Knowledge
from warehouse.imports.labels import Label, is_number_row, label_of, paths
from warehouse.imports.merges import Range
from warehouse.imports.sheets import Sheet
from warehouse.imports.text import squeeze

LONGEST = 2_000  # Rows of a form; what stands below is no form's body.
HEADER_ROWS = 20
_CODE = re.compile(r"^(基础基|教基)(\d{3,4})(续表?\d*)?(?!\d)")
_WHOLE_CODE = re.compile(r"^(基础基|教基)\d{3,4}(续表?\d*)?$")
_CAPTION = re.compile(
    r"^(计量)?单位[:：]|^表号|制定机关|批准|文号|有效期|学年初|^(基础基|教基)\d{3,4}(续表?\d*)?$"
)
_ORDINAL = re.compile(r"^([一二三四五六七八九十]+[、.．]|（[一二三四五六七八九十\d]+）|\d+[.、．])")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
UNIT_COLUMNS = {"单位", "计量单位"}
NO_LABELS = {"编号", "序号", "代码"} | UNIT_COLUMNS
_NUMBERED = re.compile(r"^-?[\d.,]+$|^[*－—-]$")

Row = tuple[str | None, ...]
Path = tuple[Label, ...]


def code_of(sheet: Sheet) -> str | None:
    """Return the form code that the sheet's name or one of its first rows bears, 教基1102续 for 续 sheets."""
    named = _CODE.match(squeeze(sheet.name))
    if named:
        return named[0]
    for row in sheet.cells.head(6).iter_rows():
        texts = [squeeze(text) for text in row if text and squeeze(text)]
        if len(texts) <= 3:
            found = next((text for text in texts if _WHOLE_CODE.match(text)), None)
            if found:
                return found
    return None


@dataclass
class FormSheet:
    """A form laid open: `rows` as the sheet has them, without Excel's own letters; positions from 0."""

    sheet: Sheet
    code: str
    rows: list[Row]
    top: int
    body: int
    first_value: int
    columns: list[Path]
    numbers: dict[int, int]

    @property
    def captions(self) -> list[str]:
        """What stands above the header: title, code, year."""
        return [text for row in self.rows[: max(self.top, 4)] for text in row if text]

    def row_path(self, at: int, knowledge: Knowledge) -> Path:
        """Return a body row's labels, those of merged cells above it included."""
        texts = self._labels_of(at)
        return tuple(_label(text, knowledge) for text in texts)

    @cached_property
    def _label_columns(self) -> list[int]:
        return [at for at in range(self.first_value) if not self._names_nothing(at)]

    def _labels_of(self, at: int) -> list[str]:
        texts = [self.rows[at][column] or self._above(at, column) for column in self._label_columns]
        return list(dict.fromkeys(text for text in texts if text and squeeze(text)))

    def _names_nothing(self, column: int) -> bool:
        """编号 or 单位 by its header, or under a header without a word by holding nothing but digits."""
        if self.columns[column]:
            return self.columns[column][-1].name in NO_LABELS
        texts = [squeeze(text) for row in self.rows[self.body :] if (text := row[column])]
        return bool(texts) and all(text.isdigit() for text in texts)

    def _above(self, at: int, column: int) -> str | None:
        """The merged cell a blank lies in; without merges, a label further right belongs to the one above."""
        for merge in self.sheet.merges:
            if merge.left == column and merge.top <= at <= merge.bottom and merge.top >= self.body:
                return self.rows[merge.top][column]
        further = any(self.rows[at][right] for right in self._label_columns if right > column)
        if self.sheet.merges or not further:
            return None
        above = (self.rows[up][column] for up in range(at - 1, self.body - 1, -1))
        return next((text for text in above if text), None)


def open_form(sheet: Sheet, code: str, knowledge: Knowledge) -> FormSheet:
    """Find a form's header by what it says: the row of 甲 乙 1 2 3, and the first row of several labels."""
    rows = without_letters(sheet.cells.head(LONGEST).rows())
    numbers_at = next((at for at, row in enumerate(rows[:HEADER_ROWS]) if _is_numbers(row)), None)
    last = len(rows) if numbers_at is None else numbers_at
    top = next((at for at in range(min(last, HEADER_ROWS)) if not _is_caption(rows[at])), 0)
    body = numbers_at if numbers_at is not None else _header_end(rows, top)
    merges = [m for m in sheet.merges if m.bottom < body]
    found = paths(rows, top, max(body - top, 1), merges) if rows else []
    columns = [tuple(_label(text, knowledge) for text in path) for path in found]
    numbers = _numbers(rows[numbers_at]) if numbers_at is not None else {}
    body += numbers_at is not None
    first = numbers.get(1, _first_value(rows, body, columns))
    return FormSheet(sheet, code, rows, top, body, first, columns, numbers)


def without_letters(rows: Sequence[Row]) -> list[Row]:
    """Blank the row of A B C … and the column of 1 2 3 … that some saved copies carry."""
    if not rows:
        return []
    letters = [squeeze(text) for text in rows[0] if text and squeeze(text)]
    if len(letters) < 3 or letters != [_letters(at) for at in range(len(letters))]:
        return list(rows)
    kept: list[Row] = [(None,) * len(rows[0]), *rows[1:]]
    counted = [squeeze(row[0] or "") for row in rows[1:] if row[0]]
    if counted and counted == [str(at) for at in range(1, len(counted) + 1)]:
        kept = [(None, *row[1:]) for row in kept]
    return kept


def _letters(at: int) -> str:
    high, low = divmod(at, 26)
    return f"{_letters(high - 1) if high else ''}{chr(ord('A') + low)}"


def _label(text: str, knowledge: Knowledge) -> Label:
    """Return a label without 一、, 其中 and its unit."""
    label = label_of(_ORDINAL.sub("", squeeze(text)), knowledge)
    return label._replace(name=_ORDINAL.sub("", label.name))


def _texts(row: Row) -> list[str]:
    return [squeeze(text) for text in row if text and squeeze(text)]


def _is_caption(row: Row) -> bool:
    texts = _texts(row)
    return len(set(texts)) <= 1 or any(_CAPTION.search(text) for text in texts)


def _is_numbers(row: Row) -> bool:
    """True for 甲 乙 1 2 3 and 甲 乙 1 丙 丁, with or without numbers left out."""
    texts = _texts(row)
    if is_number_row(row):
        return True
    return "甲" in texts and all(text in _STEMS or text.isdigit() for text in texts)


def _numbers(row: Row) -> dict[int, int]:
    """Return which column is numbered 1, 2, 3 … in the row of 甲 乙 1 2 3."""
    return {int(squeeze(text)): at for at, text in enumerate(row) if text and squeeze(text).isdigit()}


def _header_end(rows: list[Row], top: int) -> int:
    """Without a row of numbers the header ends above the first row that holds one."""
    for at in range(top + 1, min(len(rows), top + 5)):
        if any(_NUMBERED.match(text) for text in _texts(rows[at])):
            return at
    return min(top + 1, len(rows))


def _first_value(rows: list[Row], body: int, columns: list[Path]) -> int:
    """Without a row of numbers, values begin right of 编号, or where cells are numbers."""
    named = [at for at, path in enumerate(columns) if path and path[-1].name in {"编号", "序号"}]
    if named:
        return named[0] + 1
    for at in range(1, len(columns)):
        texts = [squeeze(text) for row in rows[body:] if (text := row[at])]
        if texts and sum(bool(_NUMBERED.match(text)) for text in texts) * 2 > len(texts):
            return at
    return min(1, len(columns))


def value_places(form: FormSheet, at: int, column: int, among: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return where the value of a label may stand, the likeliest first.

    In the row below that one of `among` names; beside, in the column one of them heads; just below; beside.
    A label merged over several columns owns the cells under all of them.
    """
    over = next((m for m in form.sheet.merges if _holds(m, at, column)), Range(at, column, at, column))
    rows = [
        row for row in range(over.bottom + 1, min(over.bottom + 4, len(form.rows))) if _texts(form.rows[row])
    ]
    named = {_texts(form.rows[row])[0]: row for row in reversed(rows)}
    below = [named[name] for name in among if name in named]
    headed = [] if below else _headed(form, at, over.right + 1, among)
    beside = _first_filled(form.rows[at], over.right + 1, len(form.rows[at]) - 1)
    places = [(row, _first_filled(form.rows[row], over.left, over.right)) for row in below]
    places += [(at, cell) for cell in headed]
    places += [(row, _first_filled(form.rows[row], over.left, over.right)) for row in rows[:1] if not below]
    return [(row, cell) for row, cell in [*places, (at, beside)] if cell is not None]


def _headed(form: FormSheet, at: int, left: int, among: tuple[str, ...]) -> list[int]:
    """Return the filled columns of a row that the nearest row of headings above calls by one of `among`."""
    for row in range(at - 1, -1, -1):
        headings = {squeeze(text): c for c, text in enumerate(form.rows[row]) if text and c >= left}
        found = [headings[name] for name in among if name in headings]
        if found:
            return [c for c in found if form.rows[at][c] and squeeze(form.rows[at][c] or "")]
    return []


def _holds(merge: Range, row: int, column: int) -> bool:
    return merge.top <= row <= merge.bottom and merge.left <= column <= merge.right


def _first_filled(row: Row, left: int, right: int) -> int | None:
    return next(
        (at for at in range(left, min(right + 1, len(row))) if row[at] and squeeze(row[at] or "")), None
    )
