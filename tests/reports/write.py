"""Check in what the golden county's documents say now; read the difference before committing it."""

from __future__ import annotations

from collections.abc import Callable

from reports.check import Paper
from reports.declaration import declaration
from reports.facts import Facts
from reports.ledger import ledger
from reports.plans import plans
from reports.quality import quality
from reports.rehearsal import rehearsal
from reports.report import report
from tests import shared
from tests.reports.reading import EXPECTED, golden, lines

DOCUMENTS: dict[str, Callable[[Facts], Paper]] = {
    "declaration": declaration,
    "report": report,
    "ledger": ledger,
    "plans": plans,
    "quality": quality,
    "rehearsal": lambda facts: rehearsal(facts, 4, 1),
}

if __name__ == "__main__":
    end = shared.begin()
    for name, make in DOCUMENTS.items():
        (EXPECTED / f"{name}.txt").write_text("\n".join(lines(make(golden()))) + "\n", encoding="utf-8")
    end()
