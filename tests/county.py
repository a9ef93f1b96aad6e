"""A county driven only through the public commands and tables, as others drive it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from tests.conftest import ROOT


class County:
    """One home, its commands and its published marts."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._connection: duckdb.DuckDBPyConnection | None = None

    def run(self, *arguments: str | Path, expect: int = 0) -> subprocess.CompletedProcess[str]:
        """Run `junheng ARGUMENTS` on this home and check its exit code."""
        result = subprocess.run(
            [sys.executable, str(ROOT / "cli.py"), "--home", str(self.home), *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        assert result.returncode == expect, result.stdout[-3000:] + result.stderr[-5000:]
        return result

    def status(self) -> dict[str, Any]:
        """Return `junheng status --json`."""
        return json.loads(self.run("status", "--json").stdout)

    def marts(self, sql: str, *values: Any) -> pl.DataFrame:
        """Query the published snapshot; tables are named with their schema, `marts`."""
        if self._connection is None:
            self._connection = duckdb.connect(self.status()["snapshot"]["path"], read_only=True)
        return self._connection.sql(sql, params=list(values)).pl()

    def one(self, sql: str, *values: Any) -> Any:
        """Return the single value of a query that has exactly one row."""
        frame = self.marts(sql, *values)
        assert frame.height == 1, frame
        return frame.item(0, 0)
