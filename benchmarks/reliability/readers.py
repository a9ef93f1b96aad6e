"""Part `readers`: sessions that read while snapshot after snapshot is published under them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Part
from benchmarks.reliability.county import command, copied, run, started, variant
from benchmarks.reliability.publishing import TIMES
from warehouse import snapshots
from warehouse.home import Home

PROCESSES = 4


def measure(base: Home, scratch: Path, rounds: int, sessions: int = 20) -> Part:
    """Import, refresh and republish `rounds` times while `sessions` threads of four processes read."""
    home = copied(base, scratch / "read")
    each = -(-sessions // PROCESSES)
    words = [sys.executable, "-m", "benchmarks.reliability.reading", str(home.root), str(each)]
    readers = [started(words, stdin=subprocess.PIPE) for _ in range(PROCESSES)]
    published, faults = [], []
    for number in range(1, rounds + 1):
        for work in _works(home, variant(scratch / "variant", number)):
            code, said = run(work)
            faults += [said[-500:]] * bool(code)
            now = snapshots.current(home)
            assert now is not None
            published.append((time.monotonic(), now.id))
    time.sleep(1)
    seen = [one for reader in readers for one in _ended(reader)]
    return _part(seen, published, rounds, faults)


def _works(home: Home, files: Path) -> list[list[str]]:
    again = [sys.executable, "-m", "benchmarks.reliability.publishing", str(home.root)]
    return [command(home, "import", files), command(home, "refresh"), again]


def _ended(reader: subprocess.Popen[str]) -> list[dict[str, Any]]:
    said, _ = reader.communicate("", timeout=120)
    return list(json.loads(said.splitlines()[-1]))


def _part(
    seen: list[dict[str, Any]], published: list[tuple[float, str]], rounds: int, faults: list[str]
) -> Part:
    errors = [error for one in seen for error in one["errors"]]
    stale = [
        1
        for one in seen
        for when, current in published
        for looked, begun in one["last"].items()
        if looked < current and begun > when
    ]
    final = published[-1][1]
    figures = [
        Figure("reading sessions at once", len(seen), ""),
        Figure("refreshes under them, each with an import before it", rounds, ""),
        Figure("further publications under them", rounds * TIMES, ""),
        Figure("looks, each of several queries", sum(one["looks"] for one in seen), ""),
        Figure("queries that failed or mixed two snapshots", len(errors), "", 0),
        Figure("looks after a publication that showed an older snapshot", len(stale), "", 0),
        Figure(
            "sessions that did not end on the newest", sum(final not in one["last"] for one in seen), "", 0
        ),
        Figure("refreshes that failed", len(faults), "", 0),
    ]
    return Part("Read while published", figures, [*errors[:5], *faults[:5]])
