"""Part `mutations`: damaged and altered workbooks through the importer; each must end in a sentence."""

from __future__ import annotations

import io
import random
import resource
import signal
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import openpyxl
import polars as pl

from benchmarks.figures import Figure, Part
from benchmarks.processes import ROOT
from benchmarks.reliability.county import INPUT, copied, faults
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.imports import import_paths
from warehouse.imports.templates import write_templates

SEED = 77
SECONDS = 20
MEMORY_MB = 1500
ROUNDS_A_HOME = 100
FIXTURE = ROOT / "tests" / "fixtures" / "mini_a"
ODD: list[Any] = [
    None,
    "",
    "—",
    "＃REF!",
    -1,
    0,
    1e308,
    "１２３",
    "12万",
    "2024-02-30",
    "=1+1",
    True,
    "x" * 5000,
]
ENDINGS = (".xlsx", ".xls", ".csv", ".zip", ".txt", ".XLSX")
Mutation = Callable[[bytes, random.Random], bytes]


class TooSlowError(Exception):
    """One workbook took longer than `SECONDS`."""


def measure(base: Home, scratch: Path, rounds: int) -> Part:
    """Import `rounds` mutated workbooks, one a call, into homes that hold a county already."""
    chance, ends, wrong, slowest = random.Random(SEED), Counter[str](), list[str](), 0.0
    originals = _originals(scratch / "originals")
    signal.signal(signal.SIGALRM, _ring)
    home = base
    for number in range(rounds):
        if number % ROUNDS_A_HOME == 0:
            wrong += faults(home)
            home = copied(base, scratch / f"mutated{number}")
        path = _mutated(chance, originals, scratch, ends)
        begun = time.monotonic()
        end = _imported(home, path)
        slowest = max(slowest, time.monotonic() - begun)
        ends[end.split(":")[0]] += 1
        if end.startswith("wrong"):
            wrong.append(f"{number} {path.name}: {end}")
        path.unlink()
    wrong += faults(home)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Part("Mutated workbooks", list(_figures(rounds, ends, wrong, slowest, peak)), wrong[:10])


def _figures(
    rounds: int, ends: Counter[str], wrong: list[str], slowest: float, peak: float
) -> Iterator[Figure]:
    yield Figure("workbooks", rounds, "")
    yield from (
        Figure(what, count, "") for what, count in sorted(ends.items()) if not what.startswith("wrong")
    )
    yield Figure("ended without a sentence, or left a faulty landing", len(wrong), "", 0)
    yield Figure("slowest", slowest, "s", SECONDS)
    yield Figure("peak memory of the process", peak, "MB", MEMORY_MB)


def _imported(home: Home, path: Path) -> str:
    """Import one file under a time limit; return how it ended."""
    signal.alarm(SECONDS)
    try:
        report = import_paths(home, [path])
    except JunhengError as error:
        told = error.message("zh").strip() and error.message("en").strip()
        return "end, told that nothing could be read" if told else "wrong: an empty sentence"
    except BaseException as error:  # A panic of a reader written in Rust is no Exception.
        return f"wrong: {error!r}"[:500]
    finally:
        signal.alarm(0)
    if any(not issue.message_zh.strip() or not issue.message_en.strip() for issue in report.issues):
        return "wrong: an issue without words"
    if report.import_id is None:
        return "end, nothing new in it" if report.unchanged else "wrong: neither landed nor unchanged"
    return "end, landed with rows refused or warned of" if report.issues else "end, landed whole"


def _ring(number: int, frame: FrameType | None) -> None:
    raise TooSlowError


def _originals(folder: Path) -> list[bytes]:
    """The official layouts, the empty templates, and the golden county's tables as workbooks."""
    found = [path.read_bytes() for path in sorted(FIXTURE.glob("*.xlsx"))]
    found += [path.read_bytes() for path in write_templates(None, folder)]
    for path in sorted(INPUT.glob("*.csv")):
        book = io.BytesIO()
        pl.read_csv(path).write_excel(book)
        found.append(book.getvalue())
    return found


def _mutated(chance: random.Random, originals: list[bytes], scratch: Path, ends: Counter[str]) -> Path:
    """Write one mutated workbook, now and then under a wrong ending; count the mutation."""
    name = chance.choices(list(MUTATIONS), weights=[weight for _, weight in MUTATIONS.values()])[0]
    content = MUTATIONS[name][0](chance.choice(originals), chance)
    ending = chance.choice(ENDINGS) if name == "wrong ending" else ".xlsx"
    ends[f"mutation, {name}"] += 1
    path = scratch / f"变异{ending}"
    path.write_bytes(content)
    return path


def _flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 30))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _members_flipped(content: bytes, chance: random.Random) -> bytes:
    """Flip bytes of one member and pack it again with a right checksum, or lose the member."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            if name != chosen:
                new.writestr(name, part)
            elif part and chance.random() < 0.9:
                new.writestr(name, _flipped(part, chance))
    return target.getvalue()


def _cells_changed(content: bytes, chance: random.Random) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = chance.choice(book.worksheets)
    for _ in range(chance.choice((1, 2, 8))):
        row, column = (chance.randint(1, max(most, 2)) for most in (sheet.max_row, sheet.max_column))
        if not isinstance(cell := sheet.cell(row, column), openpyxl.cell.MergedCell):
            cell.value = chance.choice(ODD)
    if chance.random() < 0.2:
        chance.choice((sheet.delete_rows, sheet.delete_cols, sheet.insert_rows))(chance.randint(1, 5))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _truncated(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _kept(content: bytes, chance: random.Random) -> bytes:
    return content


MUTATIONS: dict[str, tuple[Mutation, int]] = {
    "bytes of the file": (_flipped, 3),
    "bytes of a member": (_members_flipped, 6),
    "cells": (_cells_changed, 8),
    "truncated": (_truncated, 2),
    "wrong ending": (_kept, 1),
}
