"""Excel templates."""

from __future__ import annotations

from pathlib import Path


def write_templates(datasets: list[str] | None, out_dir: Path) -> list[Path]:
    """Write one template a dataset into `out_dir`."""
    return []
