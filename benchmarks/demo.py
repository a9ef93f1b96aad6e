"""Part `demo`: a whole county from an empty folder to a published snapshot."""

from __future__ import annotations

from pathlib import Path

from benchmarks.figures import Figure, Part
from benchmarks.processes import JUNHENG, run

AIM_SECONDS = 60.0


def measure(home: Path, schools: int) -> Part:
    """Make the demonstration in an empty home and time it."""
    made = run([JUNHENG, "--home", home, "demo", "--no-serve", "--schools", str(schools)])
    figures = [
        Figure("`junheng demo --no-serve` from an empty folder", made.seconds, "s", AIM_SECONDS),
        Figure("processor time of its processes", made.processor, "s"),
        Figure("peak memory of its processes", made.peak, "MB"),
    ]
    return Part(f"The whole demonstration, {schools} schools × 3 years", figures)
