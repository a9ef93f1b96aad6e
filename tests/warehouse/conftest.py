"""What the tests of sealing, comparing and saving share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import published, shared
from warehouse.home import Home


@pytest.fixture(scope="session")
def golden_home() -> Home:
    """The golden county, published; not to be changed."""
    return published.golden_home()


@pytest.fixture
def own_home(golden_home: Home, tmp_path: Path) -> Home:
    """A copy of the golden county that a test may change."""
    return shared.copied(golden_home, tmp_path / "own")
