"""Part `import`: rows a second against a bare read of the same files."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import forms
from benchmarks.figures import Figure, Part
from benchmarks.processes import JUNHENG, Run, run

ROWS = 100_000
ROUNDS = 3
AIM = 2.0
REFUSED = 1
AIM_SECONDS = 120.0
START = "import polars, fastexcel"


@dataclass(frozen=True)
class Pair:
    """One set of files imported and read bare, each at its quickest, and how many rows it has."""

    ours: Run
    bare: Run
    rows: int


def measure(home: Path) -> Part:
    """Import a long roster, the demonstration's raw folder and yearly workbooks, each into new homes."""
    with tempfile.TemporaryDirectory(prefix="junheng-benchmark-") as folder:
        scratch = Path(folder)
        run([sys.executable, "-m", "benchmarks.roster", scratch / "files", "--rows", str(ROWS)])
        roster = _pair(scratch, scratch / "files" / "teachers.xlsx", scratch / "files" / "schools.xlsx")
        raw = _pair(scratch, home / "raw")
        yearly = _yearly(scratch)
    start = min(run([sys.executable, "-c", START]).seconds for _ in range(ROUNDS))
    ours = min(run([JUNHENG, "--version"]).seconds for _ in range(ROUNDS))
    figures = [*_figures("roster of 100,000 teachers", roster), *_figures("the county's raw folder", raw)]
    figures += yearly
    remark = (
        f"Whole commands are compared, start included: {ours:.2f} s of every import is the start of "
        f"`junheng`, {start:.2f} s of every bare read that of Python with polars. Quickest of {ROUNDS}."
    )
    return Part("Import", figures, [remark])


def _yearly(scratch: Path) -> list[Figure]:
    """Import the yearly workbooks of a whole county, once."""
    folder = scratch / "workbooks"
    made = run([sys.executable, "-m", "benchmarks.forms", folder])
    name = f"yearly workbooks of {forms.SCHOOLS} schools, {int(made.output):,} sheets"
    ours = run([JUNHENG, "--home", scratch / "yearly", "import", folder], allowed=(0, REFUSED))
    return [
        Figure(f"{name}: import took", ours.seconds, "s", AIM_SECONDS),
        Figure(f"{name}: processor time", ours.processor, "s"),
        Figure(f"{name}: the import's peak memory", ours.peak, "MB"),
    ]


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
    return Pair(_quickest(ours), _quickest(bare), int(bare[0].output.split()[-1]))


def _quickest(runs: list[Run]) -> Run:
    """Return the least of some rounds by the clock and by processor time, with the highest peak of memory."""
    seconds, processor = min(one.seconds for one in runs), min(one.processor for one in runs)
    return replace(runs[0], seconds=seconds, processor=processor, peak=max(one.peak for one in runs))


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
