"""Whether a snapshot holds what plans start from; one that older software published may not."""

from __future__ import annotations

from warehouse.read import rows

STARTS = ("dim_parameter", "fct_school_measure")
"""The marts that every plan reads and that no county leaves empty."""


def is_ready(snapshot: str) -> bool:
    """Return whether the parameters and amounts of plans were published with the snapshot."""
    counted = " union all ".join(f"select count(*) as held from marts.{table}" for table in STARTS)
    return bool(rows(snapshot, counted)["held"].min())
