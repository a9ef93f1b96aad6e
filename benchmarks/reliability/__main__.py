"""Prove reliability: `python -m benchmarks.reliability [PART…] [--rounds N]`."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from benchmarks.figures import Part, markdown
from benchmarks.processes import ROOT
from benchmarks.reliability import disk, kills, mutations, readers, together
from benchmarks.reliability.county import published
from warehouse.home import Home

DOCUMENT = ROOT / "docs" / "reliability.md"
PARTS: dict[str, tuple[Callable[[Home, Path, int], Part], int]] = {
    "kills": (kills.measure, 200),
    "readers": (readers.measure, 10),
    "together": (together.measure, 10),
    "disk": (disk.measure, 9),
    "mutations": (mutations.measure, 2000),
}


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(list(PARTS)))
@click.option("--rounds", type=int, help="instead of each part's full number of rounds")
def main(parts: tuple[str, ...], rounds: int | None) -> None:
    """Run PARTS (all by default), print their tables and put each into docs/reliability.md."""
    with tempfile.TemporaryDirectory(prefix="junheng-reliability-") as folder:
        base = published(Path(folder) / "base")
        for name in parts or PARTS:
            measure, full = PARTS[name]
            begun = time.monotonic()
            part = measure(base, Path(folder), rounds or full)
            when = f"{date.today()}, {(time.monotonic() - begun) / 60:.1f} minutes, 2 cores, Debian."
            click.echo(markdown([part]) + "\n")
            _write(name, f"{markdown([part])}\n\nRun of {when}")


def _write(name: str, text: str) -> None:
    """Put a part's table between its marks."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, rest = DOCUMENT.read_text(encoding="utf-8").split(begin)
    after = rest.split(end)[1]
    DOCUMENT.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
