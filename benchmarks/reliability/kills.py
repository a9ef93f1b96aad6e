"""Part `kills`: SIGKILL at random moments of all that writes to a home."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import Figure, Part
from benchmarks.reliability.county import command, copied, faults, leftovers, run, started, variant
from warehouse.home import Home, open_home

SEED = 20241
SHARES = {"import": 7, "refresh": 3, "publish": 4, "rollback and seal": 2, "backup": 2, "restore": 2}
"""Of twenty kills, how many strike each work; a refresh is the longest to repeat."""
A_HOME = 40
"""Kills that one home suffers before the next one begins: hundreds of imports would slow every look."""
STARTING = 0.8
"""Part of the time of a command that does nothing after which the first kills come."""


@dataclass
class Tally:
    """What was seen over the rounds."""

    killed: Counter[str] = field(default_factory=Counter)
    too_late: int = 0
    left: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Bench:
    """Where the killing is done: the home, what was saved of it, and an empty home to restore that to."""

    home: Home
    scratch: Path

    @property
    def saved(self) -> Path:
        return self.scratch / "saved.zip"

    @property
    def restored(self) -> Home:
        return open_home(self.scratch / "restored")

    def words(self, work: str, number: int) -> list[str]:
        """Return the command line of a work."""
        if work == "import":
            return command(self.home, "import", variant(self.scratch / "variant", number))
        if work == "backup":
            return command(self.home, "backup", self.saved, "--overwrite")
        if work == "restore":
            return command(self.restored, "restore", self.saved)
        if work == "refresh":
            return command(self.home, "refresh")
        module = {"publish": "publishing", "rollback and seal": "keeping"}[work]
        return [sys.executable, "-m", f"benchmarks.reliability.{module}", str(self.home.root)]

    def struck(self, work: str) -> Home:
        """Return the home a work writes to; one to restore to is made empty first."""
        if work != "restore":
            return self.home
        shutil.rmtree(self.restored.root, ignore_errors=True)
        return self.restored


def measure(base: Home, scratch: Path, rounds: int) -> Part:
    """Kill `rounds` times, asking after each whether all is whole and whether the next run works."""
    chance, tally = random.Random(SEED), Tally()
    works = [work for work, share in SHARES.items() for _ in range(share)]
    chance.shuffle(works)
    seconds: dict[str, float] = {}
    for number in range(rounds):
        if number % A_HOME == 0:
            bench = Bench(copied(base, scratch / f"killed{number}"), scratch)
            seconds = seconds or _times(bench)
        work = works[number % len(works)]
        after = chance.uniform(STARTING * seconds["nothing"], seconds[work])
        _kill_once(bench, work, number + 1, after, chance.random() < 0.5, tally)
        print(f"{number + 1} of {rounds}: {work}, {len(tally.faults)} faults", file=sys.stderr, flush=True)
        if (number + 1) % A_HOME == 0 or number + 1 == rounds:
            _end(bench.home, tally)
    return Part("Killed at random moments", _figures(tally), _remarks(tally, seconds))


def _times(bench: Bench) -> dict[str, float]:
    """Time every work, and a command that does nothing, uninterrupted."""
    times = {"nothing": _timed(command(bench.home, "--help"))}
    for work in sorted(SHARES, key=lambda work: work == "restore"):  # What it restores is saved before.
        bench.struck(work)
        times[work] = _timed(bench.words(work, 0))
    return times


def _kill_once(bench: Bench, work: str, number: int, after: float, whole: bool, tally: Tally) -> None:
    """Kill one work, with its children or only itself, look, and run it again to its end."""
    home, words = bench.struck(work), bench.words(work, number)
    process = started(words)
    time.sleep(after)
    tally.too_late += process.poll() is not None
    _kill(process, whole=whole)
    process.communicate()
    tally.killed[work] += 1
    tally.left += bool(leftovers(home))
    begun = work != "restore" or (home.snapshots / "CURRENT").exists()
    tally.faults += [
        f"{work} {number} after {after:.2f} s: {fault}" for fault in (faults(home) if begun else _half(home))
    ]
    if work != "restore" or not begun:
        code, said = run(words)
        tally.faults += [f"{work} {number} does not run again: {said[-500:]}"] * bool(code)
    tally.faults += [f"{work} {number} run again: {fault}" for fault in [*faults(home), *_unsaved(bench)]]


def _half(home: Home) -> list[str]:
    """A restore cut short may have put files in place, but no import in half."""
    there = {path.name for path in (home.landing / "_imports").glob("I*.parquet")}
    rows = {path.name for path in home.landing.glob("*/I*.parquet")}
    return [f"{len(there)} of {len(rows)} imports restored"] * bool(there and there != rows)


def _unsaved(bench: Bench) -> list[str]:
    """The backup is the one of before or the new one, but a whole one."""
    if not bench.saved.exists():
        return []
    with zipfile.ZipFile(bench.saved) as archive:
        return [f"the backup's {name} is damaged" for name in [archive.testzip()] if name]


def _end(home: Home, tally: Tally) -> None:
    """The last refresh of a home must work and leave nothing that killed ones left."""
    code, said = run(command(home, "refresh"))
    tally.faults += [said[-500:]] * bool(code) + [f"left behind: {path.name}" for path in leftovers(home)]


def _kill(process: subprocess.Popen[str], *, whole: bool) -> None:
    """SIGKILL a process, alone (its children must die or do no harm) or with its whole group."""
    with contextlib.suppress(ProcessLookupError):
        if os.name == "nt":
            process.terminate()
        elif whole:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


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
    times = ", ".join(f"{work} {taken:.1f} s" for work, taken in seconds.items() if work != "nothing")
    starting = f"{STARTING * seconds['nothing']:.1f} s"
    told = f"Uninterrupted: {times}; each kill comes at random from {starting} (Python runs) to that."
    return [told, *tally.faults[:10]]
