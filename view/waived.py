"""Findings that somebody explained and waived are told apart from those still open."""

from __future__ import annotations

import polars as pl


def mark(found: pl.DataFrame) -> pl.Expr:
    """Return whether each finding is waived; snapshots of an earlier version know no waivers."""
    return pl.col("is_waived") if "is_waived" in found.columns else pl.lit(False)


def apart(found: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what is open and what is waived."""
    return found.filter(~mark(found)), found.filter(mark(found))
