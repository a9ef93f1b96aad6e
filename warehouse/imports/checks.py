"""Figures that cannot both be right: warnings at import, which refuse nothing."""

from __future__ import annotations

import polars as pl

from warehouse.imports.reading import FAULTS


def warnings_of(dataset: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return warnings (schema `FAULTS`) about the rows of a dataset that would land."""
    return pl.DataFrame(schema=FAULTS)
