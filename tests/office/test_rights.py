"""Rights come from the county's settings, as they stand today."""

from pathlib import Path

import pytest

from office.rights import OPEN_EVIDENCE, WRITE_RECORDS, Reader, insist, may
from warehouse.errors import JunhengError
from warehouse.home import Home


def test_a_county_closes_a_right_by_one_row(tmp_path: Path) -> None:
    reader = Reader(Home(tmp_path), "王芳")
    assert may(reader, OPEN_EVIDENCE) and may(reader, WRITE_RECORDS)
    (tmp_path / "parameters").mkdir()
    (tmp_path / "parameters" / "parameters.csv").write_text(
        "parameter,value,valid_from\nmay_open_evidence,0,1900-01-01\n", encoding="utf-8"
    )
    assert not may(reader, OPEN_EVIDENCE)
    with pytest.raises(JunhengError, match="没有权限"):
        insist(reader, OPEN_EVIDENCE)
    assert not may(reader, "read_minds"), "a right nobody granted is not had"
