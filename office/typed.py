"""What people typed and filed, in the words that documents print."""

from __future__ import annotations

from typing import Any

from office import evidence, ledger
from warehouse.home import Home

Row = dict[str, Any]


def entries_of(home: Home, standard: str) -> list[Row]:
    """Return the entries under a standard and those of none, withdrawn ones left out, latest last."""
    rows = ledger.listed(home).sort("number").to_dicts()
    return [
        row | {"state_name": ledger.STATES[row["state"]][0]}
        for row in rows
        if row["standard_code"] in ("", standard) and row["state"] != "dropped"
    ]


def evidence_of(home: Home) -> tuple[list[Row], list[Row]]:
    """Return the files kept in the order of their index, and the items without any."""
    return evidence.index(home).to_dicts(), evidence.missing(home).to_dicts()
