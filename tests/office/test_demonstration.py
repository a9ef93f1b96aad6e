"""The demonstration's ledger shows every state once, is marked as such, and fills only an empty ledger."""

from __future__ import annotations

from office import demonstration, ledger
from warehouse.home import Home


def test_a_demonstration_shows_what_a_ledger_does(home: Home) -> None:
    made = demonstration.fill(home)
    found = ledger.listed(home)
    assert made == found.height >= 3
    assert found["is_overdue"].any() and not found["is_overdue"].all()
    assert set(found["state"]) >= {"open", "working"}
    assert all(unit.endswith("（演示）") for unit in found["responsible_unit"])
    assert demonstration.fill(home) == 0, "what people wrote is never added to"
