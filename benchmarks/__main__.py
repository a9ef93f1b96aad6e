"""Run the benchmark: `python -m benchmarks [PART…] [--schools N] [--home DIR]`."""

from __future__ import annotations

import compileall
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

import click

from benchmarks import demo, figures, imports, pages, papers, planning, readers, refresh
from benchmarks.figures import Part

PARTS: dict[str, Callable[[Path], Part]] = {
    "refresh": refresh.measure,
    "import": imports.measure,
    "pages": pages.measure,
    "readers": readers.measure,
    "papers": papers.measure,
    "planning": planning.measure,
}
MACHINE = "2 cores, 24 GB, Debian, Python 3.11"


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(["demo", *PARTS]))
@click.option("--schools", default=220, show_default=True, help="size of the demonstration county")
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), help="measure a home made earlier")
def main(parts: tuple[str, ...], schools: int, home: Path | None) -> None:
    """Measure PARTS (all by default) and print their tables; a whole run also writes docs/performance.md."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="junheng-benchmark-") as folder:
        _compile_packages()
        found = []
        for part in _measured(parts or ("demo", *PARTS), schools, home, Path(folder) / "home"):
            click.echo(figures.markdown([part]) + "\n")
            found.append(part)
    minutes = (time.monotonic() - started) / 60
    when = f"Measured on {date.today()} in one run of {minutes:.1f} minutes ({MACHINE}; {_software()})."
    click.echo(when)
    if not parts and home is None:
        figures.write(found, when)


def _measured(parts: tuple[str, ...], schools: int, home: Path | None, scratch: Path) -> Iterator[Part]:
    """Yield what each part found, on the home given or on a demonstration made first."""
    if home is None:
        made = demo.measure(scratch, schools)
        if "demo" in parts:
            yield made
    for name in PARTS:
        if name in parts:
            yield PARTS[name](home or scratch)


def _compile_packages() -> None:
    """Compile the installed packages once, as pip does when it installs them (some installers do not)."""
    compileall.compile_dir(sysconfig.get_path("purelib"), quiet=2, workers=0)


def _software() -> str:
    names = ("duckdb", "dbt-core", "polars", "streamlit")
    return ", ".join(f"{name} {version(name)}" for name in names)


if __name__ == "__main__":
    main()
