"""The report's rows of the inspection's items: government, quality, satisfaction."""

from __future__ import annotations

from reports.facts import Facts, Row
from reports.wordml import Ink


def items_context(facts: Facts, ink: Ink) -> Row:
    """Return the sentences and rows of parts 2 to 4."""
    return {
        f"{n}{w}": [] for n in ("government", "quality", "satisfaction", "vetoes") for w in ("", "_words")
    }
