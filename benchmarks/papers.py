"""Part `papers`: every document of a county made, read again and checked against the snapshot."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.figures import Figure, Part
from office.documents import KINDS, Wish, facts_of, make
from warehouse.home import Home

AIM_SECONDS = 30.0


def measure(home: Path) -> Part:
    """Make each document once, its cross-check and the report's page numbers included."""
    facts, _fresh = facts_of(Home(home), None, None)
    schools = len({school for stage in facts.stages for school in facts.schools(stage)})
    figures = []
    whole = 0.0
    for kind, named in KINDS.items():
        started = time.perf_counter()
        made = make(Home(home), Wish(kind))
        seconds = time.perf_counter() - started
        whole += seconds
        figures.append(Figure(f"{named.title_en}, {made.figures} figures checked", seconds, "s"))
    figures.append(Figure(f"all {len(KINDS)} documents, {schools} schools", whole, "s", AIM_SECONDS))
    return Part("papers", figures)
