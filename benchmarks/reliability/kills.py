"""Part `kills`: SIGKILL at random moments of import, refresh and publish."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import Figure, Part
from benchmarks.reliability.county import command, copied, faults, leftovers, run, started, variant
from warehouse.home import Home

SEED = 20241
SHARES = {"import": 10, "refresh": 3, "publish": 7}
"""Of twenty kills, how many strike each work; a refresh is the longest to repeat."""


@dataclass
class Tally:
    """What was seen over the rounds."""

    killed: Counter[str] = field(default_factory=Counter)
    too_late: int = 0
    left: int = 0
    faults: list[str] = field(default_factory=list)


def measure(base: Home, scratch: Path, rounds: int) -> Part:
    """Kill `rounds` times, asking after each whether all is whole and whether the next run works."""
    home = copied(base, scratch / "killed")
    chance, tally = random.Random(SEED), Tally()
    works = [work for work, share in SHARES.items() for _ in range(share)]
    chance.shuffle(works)
    seconds = {work: _timed(_words(home, scratch, work, 0)) for work in SHARES}
    for number in range(1, rounds + 1):
        work = works[number % len(works)]
        _kill_once(
            home, scratch, work, number, chance.uniform(0, seconds[work]), chance.random() < 0.5, tally
        )
    code, said = run(command(home, "refresh"))
    tally.faults += [said[-500:]] * bool(code) + [f"left behind: {path.name}" for path in leftovers(home)]
    return Part("Killed at random moments", _figures(tally), _remarks(tally, seconds))


def _kill_once(
    home: Home, scratch: Path, work: str, number: int, after: float, whole: bool, tally: Tally
) -> None:
    """Kill one work, with its children or only itself, look, and run it again to its end."""
    words = _words(home, scratch, work, number)
    process = started(words)
    time.sleep(after)
    tally.too_late += process.poll() is not None
    _kill(process, whole=whole)
    process.communicate()
    tally.killed[work] += 1
    tally.left += bool(leftovers(home))
    tally.faults += [f"{work} {number} after {after:.2f} s: {fault}" for fault in faults(home)]
    code, said = run(words)
    if code:
        tally.faults.append(f"{work} {number} does not run again: {said[-500:]}")
    tally.faults += [f"{work} {number} run again: {fault}" for fault in faults(home)]


def _kill(process: subprocess.Popen[str], *, whole: bool) -> None:
    """SIGKILL a process, alone (its children must die or do no harm) or with its whole group."""
    with contextlib.suppress(ProcessLookupError):
        if os.name == "nt":
            process.terminate()
        elif whole:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _words(home: Home, scratch: Path, work: str, number: int) -> list[str]:
    if work == "import":
        return command(home, "import", variant(scratch / "variant", number))
    if work == "refresh":
        return command(home, "refresh")
    return [sys.executable, "-m", "benchmarks.reliability.publishing", str(home.root)]


def _timed(words: list[str]) -> float:
    begun = time.monotonic()
    code, said = run(words)
    if code:
        raise RuntimeError(said)
    return time.monotonic() - begun


def _figures(tally: Tally) -> list[Figure]:
    return [
        Figure("kills", tally.killed.total(), ""),
        *(Figure(f"of them during {work}", count, "") for work, count in tally.killed.items()),
        Figure("came after the work had ended", tally.too_late, ""),
        Figure("left scraps that nobody reads and the next refresh swept", tally.left, ""),
        Figure("faults found in snapshots, landing or the next run", len(tally.faults), "", 0),
    ]


def _remarks(tally: Tally, seconds: dict[str, float]) -> list[str]:
    times = ", ".join(f"{work} {taken:.1f} s" for work, taken in seconds.items())
    return [f"Uninterrupted: {times}; the moment of each kill is uniform over that.", *tally.faults[:10]]
