"""How much people have typed and attached: what `junheng status` says of the workspace."""

from __future__ import annotations

from typing import Any

from office import evidence, ledger
from warehouse.home import Home
from workspace.ledger_fields import PENDING


def kept(home: Home) -> dict[str, Any]:
    """Return the ledger's entries in all, pending and overdue, and the evidence files with their bytes."""
    counted, files = ledger.standing(home), evidence.index(home)
    return {
        "ledger_entries": counted["entries"],
        "ledger_pending": sum(counted[state] for state in PENDING),
        "ledger_overdue": counted["overdue"],
        "evidence_files": files.height,
        "evidence_bytes": int(files["size"].sum() or 0),
    }
