"""Part `together`: two imports, then two refreshes, started at the same moment as separate processes."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from benchmarks.figures import Figure, Part
from benchmarks.reliability.county import command, copied, faults, run, started, variant
from warehouse import snapshots
from warehouse.home import Home
from warehouse.landing import landed
from warehouse.schemas import DATASETS


def measure(base: Home, scratch: Path, rounds: int) -> Part:
    """Import two sets of files at once and one after another, refresh twice at once, and compare."""
    wrong: list[str] = []
    for number in range(1, rounds + 1):
        at_once, serial = (copied(base, scratch / f"{name}{number}") for name in ("at_once", "serial"))
        files = [variant(scratch / f"pair{number}-{which}", 2 * number + which) for which in (1, 2)]
        wrong += _pair([command(at_once, "import", folder) for folder in files])
        for folder in files:
            run(command(serial, "import", folder))
        wrong += _compared(at_once, serial)
    wrong += _pair([command(at_once, "refresh")] * 2)
    code, said = run(command(serial, "refresh"))
    wrong += [said[-500:]] * bool(code)
    answers = [_answers(kept.path) for kept in snapshots.history(at_once)[:2]]
    wrong += ["two refreshes at once differ"] * (answers[0] != answers[1])
    wrong += ["refreshes at once differ from one alone"] * (answers[0] != _answers(_current(serial)))
    figures = [
        Figure("pairs of imports at once", rounds, ""),
        Figure("pairs of refreshes at once", 1, ""),
        Figure("that failed, shared an id or differ from one after the other", len(wrong), "", 0),
    ]
    return Part("Two at once", figures, wrong[:10])


def _pair(words: list[list[str]]) -> list[str]:
    """Run two commands at once; both must do their work, the second when the first has ended."""
    processes = [started(command_words) for command_words in words]
    said = [process.communicate(timeout=300)[0] for process in processes]
    return [text[-500:] for process, text in zip(processes, said, strict=True) if process.returncode]


def _compared(at_once: Home, serial: Home) -> list[str]:
    """The imports must have ids of their own, and what landed must not depend on the company."""
    wrong = [f"{at_once.root.name}: {fault}" for fault in faults(at_once)]
    ids = [sorted(path.name for path in (home.landing / "_imports").glob("I*")) for home in (at_once, serial)]
    wrong += [f"{at_once.root.name}: imports {ids[0]}, alone {ids[1]}"] * (ids[0] != ids[1])
    for dataset in DATASETS:
        frames = [_plain(landed(home, dataset)) for home in (at_once, serial)]
        wrong += [f"{at_once.root.name}: {dataset} differs"] * (not frames[0].equals(frames[1]))
    return wrong


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows without the id of the import, which depends on who came first."""
    rest = frame.drop("import_id", "import_seq", "group_id", strict=False)
    return rest.sort(rest.columns)


def _current(home: Home) -> Path:
    now = snapshots.current(home)
    assert now is not None
    return now.path


def _answers(path: Path) -> list[tuple[object, ...]]:
    """Every indicator of every school; one room of one school may be either pair's, so it is left out."""
    query = """select standard_code, school_year, school_code, stage, indicator_code, status
        from marts.fct_school_indicator order by all"""
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.sql(query).fetchall()
