"""Measured figures, their table, and the place in docs/performance.md where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
HEAD = ("what", "measured", "aim", "")


@dataclass(frozen=True)
class Figure:
    """One measured figure; `aim` is the most it may be, in its own unit (`×`, `s`, `MB`, `rows/s`)."""

    what: str
    value: float
    unit: str
    aim: float | None = None

    @property
    def holds(self) -> bool:
        """True when there is no aim or it is kept."""
        return self.aim is None or self.value <= self.aim

    def cells(self) -> tuple[str, str, str, str]:
        """Return the four cells of its line in a table."""
        aim = "" if self.aim is None else f"≤ {_written(self.aim, self.unit)}"
        return self.what, _written(self.value, self.unit), aim, _mark(self)


@dataclass(frozen=True)
class Part:
    """What one part of the benchmark found: figures, ratios first, and remarks on how they came about."""

    title: str
    figures: Sequence[Figure]
    remarks: Sequence[str] = ()

    @property
    def ordered(self) -> list[Figure]:
        """The figures: ratios, then those with an aim, then the rest, each in the order they were given."""
        return sorted(self.figures, key=lambda figure: (figure.unit != "×", figure.aim is None))


def percentile(values: Iterable[float], percent: int) -> float:
    """Return a percentile between the measured values; a single value is its own."""
    known = sorted(values)
    return quantiles(known, n=100, method="inclusive")[percent - 1] if len(known) > 1 else known[0]


def markdown(parts: Sequence[Part]) -> str:
    """Return the parts as Markdown, one table each."""
    return "\n\n".join("\n".join(_section(part)) for part in parts)


def write(parts: Sequence[Part], when: str) -> None:
    """Put the tables between the marks of docs/performance.md."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{when}\n\n{markdown(parts)}\n\n{END}{after}", encoding="utf-8")


def _section(part: Part) -> list[str]:
    rows = [HEAD, ("---", "---:", "---:", "---"), *(figure.cells() for figure in part.ordered)]
    table = [f"| {' | '.join(row)} |" for row in rows]
    remarks = ["", *(f"- {remark}" for remark in part.remarks)] if part.remarks else []
    return [f"### {part.title}", "", *table, *remarks]


def _written(value: float, unit: str) -> str:
    if unit in {"MB", "rows/s", "rows", ""}:
        return f"{value:,.0f} {unit}".rstrip()
    if unit == "ms":
        return f"{value:.0f} ms"
    return f"{value:.2f} {unit}" if value < 10 else f"{value:.1f} {unit}"


def _mark(figure: Figure) -> str:
    if figure.aim is None:
        return ""
    return "holds" if figure.holds else "**misses**"
