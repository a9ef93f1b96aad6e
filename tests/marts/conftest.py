"""One county of examinations for all that is asked of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.marts import exam_county
from warehouse.home import open_home
from warehouse.refresh import refresh


@pytest.fixture(scope="session")
def examined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The snapshot of a county with all of `exam_county`."""
    folder = tmp_path_factory.mktemp("examined")
    home = open_home(folder / "home")
    exams = exam_county.Exams(home, folder)
    exam_county.by_hand(exams)
    exam_county.in_three_forms(exams)
    exam_county.to_look_into(exams)
    report = refresh(home)
    assert not report.failures, "\n".join(map(str, report.failures))
    assert report.snapshot_path is not None
    return report.snapshot_path
