"""The conventions that a machine can hold."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

CHECKS = {
    "ruff": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "sql": ["sqlfluff", "lint", "--processes", "1", "dbt_project/models", "dbt_project/tests"],
}


@pytest.mark.parametrize("name", CHECKS)
def test_code_passes_its_linter(name: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", *CHECKS[name]], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]
