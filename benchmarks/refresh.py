"""Part `refresh`: rebuild, test and publish, against the same SQL as one bare script."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.bare_script import database_name
from benchmarks.figures import Figure, Part
from benchmarks.processes import JUNHENG, Run, run

ROUNDS = 3
AIM = 3.0


def measure(home: Path) -> Part:
    """Refresh a home some times, run its SQL bare as often, and start dbt for nothing as often."""
    junheng: list[str | Path] = [JUNHENG, "--home", home]
    first = run([*junheng, "refresh"])
    refreshes = [run([*junheng, "refresh"]) for _ in range(ROUNDS)]
    spent = _spent(home)
    bare = [_bare(home) for _ in range(ROUNDS)]
    starts = [run([*junheng, "dbt", "ls", "--quiet", "--select", "dim_county"]) for _ in range(ROUNDS + 1)]
    whole, start = _middle(refreshes), _middle(starts[1:])
    busy, idle, bare_busy = (_busy(runs) for runs in (refreshes, starts[1:], bare))
    script = median(float(one.output.splitlines()[-1]) for one in bare)
    figures = [
        Figure("refresh without dbt's start, against the bare script", (whole - start) / script, "×", AIM),
        Figure("the same in processor time", (busy - idle) / bare_busy, "×"),
        Figure("refresh, whole", whole, "s"),
        Figure("start: `junheng dbt ls` of one model", start, "s"),
        Figure("bare script", script, "s"),
        Figure("refresh: processor time", busy, "s"),
        Figure("first refresh after that of the demonstration", first.seconds, "s"),
        Figure("refresh: peak memory of its processes", max(one.peak for one in refreshes), "MB"),
        Figure("bare script: peak memory", max(one.peak for one in bare), "MB"),
    ]
    return Part("Refresh", figures, [f"Medians of {ROUNDS} rounds. Inside dbt: {spent}."])


def _middle(runs: Sequence[Run]) -> float:
    return median(one.seconds for one in runs)


def _busy(runs: Sequence[Run]) -> float:
    return median(one.processor for one in runs)


def _bare(home: Path) -> Run:
    with tempfile.TemporaryDirectory(prefix="junheng-benchmark-") as folder:
        database = Path(folder) / f"{database_name(home)}.duckdb"
        return run([sys.executable, "-m", "benchmarks.bare_script", home, database])


def _spent(home: Path) -> str:
    """Say how many nodes of each kind the last refresh ran, and how long they took together."""
    path = home / "build" / "target" / "run_results.json"
    seconds: dict[str, list[float]] = defaultdict(list)
    for result in json.loads(path.read_text(encoding="utf-8"))["results"]:
        seconds[result["unique_id"].split(".")[0]].append(result["execution_time"])
    return ", ".join(f"{len(times)} {kind}s {sum(times):.2f} s" for kind, times in sorted(seconds.items()))
