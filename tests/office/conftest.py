"""A copy of the golden county whose ledger tests may write in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.published import golden_home
from tests.shared import copied
from warehouse.home import Home


@pytest.fixture
def home(tmp_path: Path, quick_disk: None) -> Home:
    return copied(golden_home(), tmp_path / "own")
