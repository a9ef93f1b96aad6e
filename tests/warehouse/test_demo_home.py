"""The demonstration never writes over a county's data."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.actions import DEMO_MARK, refuse_unless_demo
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.imports import import_paths

SCHOOLS = "学年,学校标识码,学校名称,办学类型,办学性质,城乡类型\n2024,01,甲小学,小学,公办,镇区\n"


def test_new_and_empty_homes_are_free(tmp_path: Path) -> None:
    refuse_unless_demo(Home(tmp_path / "new"))
    refuse_unless_demo(Home(tmp_path))


def test_a_folder_with_anything_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "数据.xlsx").touch()
    with pytest.raises(JunhengError, match="已有其他数据"):
        refuse_unless_demo(Home(tmp_path))


def test_a_demonstration_may_be_made_again_until_real_files_come(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.raw.mkdir(parents=True)
    (home.root / DEMO_MARK).touch()
    (home.raw / "学校名录.csv").write_text(SCHOOLS, encoding="utf-8")
    import_paths(home, [home.raw])
    refuse_unless_demo(home)
    real = tmp_path / "真实.csv"
    real.write_text(SCHOOLS.replace("甲", "乙").replace(",01,", ",02,"), encoding="utf-8")
    import_paths(home, [real])
    with pytest.raises(JunhengError, match="已有其他数据"):
        refuse_unless_demo(home)
