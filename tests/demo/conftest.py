from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.demo import CountyFiles, write_county


@pytest.fixture(scope="session")
def small_county(tmp_path_factory: pytest.TempPathFactory) -> CountyFiles:
    return write_county(Path(tmp_path_factory.mktemp("county")), schools=40, seed=2019)
