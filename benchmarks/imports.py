"""Part `import`: rows a second against a bare read of the same files."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure, Part
from benchmarks.processes import JUNHENG, Run, run

ROWS = 100_000
ROUNDS = 3
AIM = 2.0
REFUSED = 1
START = "import polars, fastexcel"


@dataclass(frozen=True)
class Pair:
    """One set of files imported and read bare, each the quickest of some rounds, and how many rows it has."""

    ours: Run
    bare: Run
    rows: int


def measure(home: Path) -> Part:
    """Import a long roster and the demonstration's raw folder, each into homes of their own."""
    with tempfile.TemporaryDirectory(prefix="junheng-benchmark-") as folder:
        scratch = Path(folder)
        run([sys.executable, "-m", "benchmarks.roster", scratch / "files", "--rows", str(ROWS)])
        roster = _pair(scratch, scratch / "files" / "teachers.xlsx", scratch / "files" / "schools.xlsx")
        raw = _pair(scratch, home / "raw")
    start = min(run([sys.executable, "-c", START]).seconds for _ in range(ROUNDS))
    ours = min(run([JUNHENG, "--version"]).seconds for _ in range(ROUNDS))
    figures = [*_figures("roster of 100,000 teachers", roster), *_figures("the county's raw folder", raw)]
    remark = (
        f"Whole commands are compared, start included: {ours:.2f} s of every import is the start of "
        f"`junheng`, {start:.2f} s of every bare read that of Python with polars. Quickest of {ROUNDS}."
    )
    return Part("Import", figures, [remark])


def _pair(scratch: Path, path: Path, first: Path | None = None) -> Pair:
    """Import a path into new homes (after `first`, if given), and read it bare, turn about."""
    ours: list[Run] = []
    bare: list[Run] = []
    for number in range(ROUNDS):
        command: list[str | Path] = [JUNHENG, "--home", scratch / f"{path.name}-{number}", "import"]
        if first is not None:
            run([*command, first])
        ours.append(run([*command, path], allowed=(0, REFUSED)))
        bare.append(run([sys.executable, "-m", "benchmarks.bare_read", path]))
    quickest = [min(runs, key=lambda one: one.seconds) for runs in (ours, bare)]
    return Pair(quickest[0], quickest[1], int(bare[0].output.split()[-1]))


def _figures(name: str, pair: Pair) -> list[Figure]:
    return [
        Figure(f"{name}: time against the bare read", pair.ours.seconds / pair.bare.seconds, "×", AIM),
        Figure(f"{name}: the same in processor time", pair.ours.processor / pair.bare.processor, "×"),
        Figure(f"{name}: imported", pair.rows / pair.ours.seconds, "rows/s"),
        Figure(f"{name}: read bare", pair.rows / pair.bare.seconds, "rows/s"),
        Figure(f"{name}: import took", pair.ours.seconds, "s"),
        Figure(f"{name}: the import's peak memory", pair.ours.peak, "MB"),
        Figure(f"{name}: the bare read's peak memory", pair.bare.peak, "MB"),
    ]
