"""What the tests of sealing, comparing and saving share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.warehouse import kept_county
from warehouse.home import Home


@pytest.fixture(scope="session")
def golden_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The golden county, published; not to be changed."""
    return kept_county.published(tmp_path_factory.mktemp("kept") / "home")


@pytest.fixture
def own_home(golden_home: Home, tmp_path: Path) -> Home:
    """A copy of the golden county that a test may change."""
    return kept_county.copied(golden_home, tmp_path / "own")
