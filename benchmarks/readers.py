"""Part `readers`: fifty people at one server, three seconds of thought between clicks."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb

from benchmarks.figures import Figure, Part, percentile
from benchmarks.processes import processor_seconds, resident, run, server
from warehouse import snapshots
from warehouse.home import open_home

READERS = 50
SECONDS = 60
THOUGHT_SECONDS = 3.0
AIM_SECONDS = 0.5


def measure(home: Path) -> Part:
    """Let fifty sessions click through a home's dashboard for a minute, from a process of their own."""
    choices = _choices(home)
    with server(home) as (address, pid):
        port = urlsplit(address).port
        assert port is not None
        _sessions(port, choices, readers=1, seconds=15, thought=0.2)
        before, busy = resident(pid), processor_seconds(pid)
        seen = _sessions(port, choices, readers=READERS, seconds=SECONDS, thought=THOUGHT_SECONDS)
        after, busy = resident(pid), processor_seconds(pid) - busy
    work = Figure("server's processor time a click", 1000 * busy / (len(seen["clicks"]) + READERS), "ms")
    memory = [
        Figure("server's memory before, one reader seen", before, "MB"),
        Figure("server's memory after fifty readers", after, "MB"),
    ]
    return Part(f"{READERS} readers at once", [*_figures(seen), work, *memory], list(_remarks(seen)))


def _figures(seen: dict[str, Any]) -> Iterator[Figure]:
    seconds = [taken for _, taken in seen["clicks"]]
    yield Figure("click to script finished, 95th percentile", percentile(seconds, 95), "s", AIM_SECONDS)
    yield Figure("median", percentile(seconds, 50), "s")
    yield Figure("slowest", max(seconds), "s")
    yield Figure("first page of an arriving reader, median", percentile(seen["first"], 50), "s")
    yield Figure("clicks that failed", sum(seen["wrong"].values()), "", 0)


def _remarks(seen: dict[str, Any]) -> Iterator[str]:
    """Say how many clicks there were, and the median of each page."""
    by_page: dict[str, list[float]] = {}
    for page, taken in seen["clicks"]:
        by_page.setdefault(page, []).append(taken * 1000)
    clicks = len(seen["clicks"])
    yield f"{clicks} clicks in {SECONDS} s; {seen['received'] / 1e6 / clicks:.2f} MB sent a click."
    medians = ", ".join(f"{page} {percentile(taken, 50):.0f}" for page, taken in sorted(by_page.items()))
    yield f"Median by page in ms: {medians}."
    if seen["wrong"]:
        yield f"Failed: {seen['wrong']}"


def _sessions(
    port: int, choices: dict[str, list[str]], *, readers: int, seconds: int, thought: float
) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.sessions", str(port), "--choices", json.dumps(choices)]
    limits = ["--readers", str(readers), "--seconds", str(seconds), "--thought", str(thought)]
    return dict(json.loads(run([*command, *limits]).output.splitlines()[-1]))


def _choices(home: Path) -> dict[str, list[str]]:
    """What a reader picks from: schools, years and indicators of the published snapshot."""
    snapshot = snapshots.current(open_home(home))
    assert snapshot is not None, "nothing is published in this home"
    queries = {
        "school": "select distinct school_code from marts.fct_school_compliance order by 1",
        "year": "select school_year::text from marts.dim_school_year order by 1",
        "indicator": "select distinct indicator_code from marts.fct_county_balance order by 1",
    }
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:
        found = {key: [row[0] for row in connection.sql(query).fetchall()] for key, query in queries.items()}
    return found | {"stage": ["primary", "junior"]}
