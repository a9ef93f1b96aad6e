"""Damaged and altered workbooks: whatever comes, a sentence is the answer and nothing lands by half."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FIXTURES
from tests.warehouse import forms_fixtures as forms
from tests.warehouse.workbooks import CONDITIONS, TEACHERS, sheet_of
from warehouse import landing, schemas
from warehouse.errors import JunhengError
from warehouse.home import Home, open_home
from warehouse.imports import import_paths

MUTANTS = 60
Mutation = Callable[[bytes, random.Random], bytes]
ODD_CELLS: list[Any] = ["", None, "*", "-1", -1, "９９", "1e400", "#REF!", "=1+1", "合计", "甲", "其中："]
ODD_CELLS += ["x" * 40_000, "\x00", "2024-2025学年", 1e308, float(2**60), "6.10526E+17", "<b>", "教基9999"]
ODD_CELLS += ["基础基111", "（万元）", True, "１２,３４５.６万元", "，"]


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Change some bytes anywhere."""
    data = bytearray(content)
    for _ in range(chance.choice([1, 5, 50])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def cut(content: bytes, chance: random.Random) -> bytes:
    """Cut the end off, or a piece out of the middle."""
    at = chance.randrange(1, len(content))
    return content[:at] if chance.random() < 0.5 else content[:at] + content[at + chance.randrange(1, 400) :]


def part_changed(content: bytes, chance: random.Random) -> bytes:
    """Damage one part of the package and pack it again, so that readers get to see it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            body = old.read(name)
            if name == chosen:
                body = chance.choice([flipped, cut])(body, chance) if body else b"x"
            if name != chosen or chance.random() < 0.8:
                new.writestr(name, body)
    return packed.getvalue()


def tag_changed(content: bytes, chance: random.Random) -> bytes:
    """Change what a sheet says of its cells: types, addresses, values, merged ranges."""
    swaps = [
        (b't="s"', b't="n"'),
        (b't="s"', b't="e"'),
        (b'r="B', b'r="ZZ'),
        (b"<v>", b"<v>-"),
        (b"<v>", b"<v>9e9"),
    ]
    swaps += [
        (b'r="3"', b'r="1048576"'),
        (b"mergeCell ref=", b'mergeCell ref="A1:XFD9" x='),
        (b"<row", b"<row hidden='1'"),
    ]
    before, after = chance.choice(swaps)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(
                name, body.replace(before, after, chance.choice([1, 3, -1])) if "sheets/" in name else body
            )
    return packed.getvalue()


BYTES: list[Mutation] = [flipped, cut, part_changed, tag_changed]


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Real layouts: the wide export, a school's forms, clerks' sheets."""
    folder = tmp_path_factory.mktemp("originals")
    rows = [[2024, f"T{at}", "A1", "小学", "是", "本科"] for at in range(9)]
    paths = [
        *sorted(FIXTURES.glob("mini_a/*.xlsx"))[:1],
        forms.workbook_of(folder, forms.primary(), 2024, newer=True),
        sheet_of(folder, CONDITIONS, *([2024, f"A{at}", "小学", at] for at in range(9)), name="c.xlsx"),
        sheet_of(folder, TEACHERS, *rows, name="t.xlsx"),
    ]
    return [path.read_bytes() for path in paths]


def mutated_form(path: Path, chance: random.Random) -> Path:
    """Write a school's forms with cells, rows, columns and sheets altered at random."""
    school = chance.choice([forms.primary(), forms.nine_year(), forms.junior()])
    sheets = forms.sheets_of(school, 2024, newer=chance.random() < 0.5)
    for _ in range(chance.randrange(1, 12)):
        laid = sheets[chance.choice(list(sheets))]
        row = chance.choice(laid.rows)
        change = chance.randrange(6)
        if change < 3 and row:
            row[chance.randrange(len(row))] = chance.choice(ODD_CELLS)
        elif change == 3:
            laid.rows.remove(row)
            laid.rows = laid.rows or [[]]
        elif change == 4:
            laid.rows.insert(laid.rows.index(row), list(row))
        else:
            laid.merges = []
            for other in laid.rows:
                other.insert(chance.randrange(len(other) + 1), None)
    if chance.random() < 0.3:
        sheets.pop(chance.choice(list(sheets)))
    return forms.write(path, sheets, letters=chance.random() < 0.3)


def answer(home: Home, path: Path) -> str:
    """Import a file; return what was said. Anything but a report or a `JunhengError` fails the test."""
    try:
        report = import_paths(home, [path])
    except JunhengError as fault:
        assert fault.message_zh and fault.message_en and fault.exit_code in (1, 2)
        assert "Traceback" not in fault.message_zh
        return fault.message_zh
    assert all(issue.message_zh and issue.message_en and issue.severity for issue in report.issues)
    assert not report.refused_rows or report.issues
    return "done"


def landed_whole(home: Home) -> None:
    """Every landed file belongs to a registered import; nothing half-written lies about."""
    registered = {path.stem for path in (home.landing / "_imports").glob("I*.parquet")}
    assert {path.stem for path in home.landing.glob("*/I*.parquet")} <= registered
    assert not [path for path in home.root.rglob("*") if path.name.endswith((".part", ".tmp"))]
    for name in schemas.DATASETS:
        rows = landing.landed(home, name)
        assert "school_year" not in rows.columns or rows["school_year"].null_count() == 0
        assert "school_ref" not in rows.columns or rows["school_ref"].null_count() == 0


@pytest.mark.parametrize("seed", range(MUTANTS))
def test_a_mutant_ends_in_a_sentence(tmp_path: Path, originals: list[bytes], seed: int) -> None:
    chance = random.Random(seed)
    home = open_home(tmp_path / "home")
    path = tmp_path / "a.xlsx"
    if seed % 2:
        path.write_bytes(chance.choice(BYTES)(chance.choice(originals), chance))
    else:
        mutated_form(path, chance)
    assert answer(home, path)
    landed_whole(home)
