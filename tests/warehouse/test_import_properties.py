"""Any style, order or nonsense: numbers read back, order is immaterial, only our error is raised."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import polars as pl
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.workbooks import CONDITIONS, rows_of, sheet_of
from warehouse.errors import JunhengError
from warehouse.home import open_home
from warehouse.imports import import_paths
from warehouse.imports.cells import reader_for
from warehouse.imports.columns import read_column
from warehouse.imports.dates import read_month, read_school_year
from warehouse.imports.knowledge import load
from warehouse.imports.tables import Column

KNOWLEDGE = load()
AREA = Column(0, "面积", KNOWLEDGE.fields["conditions"]["teaching_area_m2"])
FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def written_numbers(draw: st.DrawFn) -> tuple[str, float]:
    """Return a number as somebody may have typed it, and the number."""
    number = draw(st.decimals(0, 10**9, places=draw(st.integers(0, 3)), allow_nan=False))
    text = f"{number:,}" if draw(st.booleans()) else f"{number}"
    text = text.translate(FULL_WIDTH) if draw(st.booleans()) else text
    spaces = st.sampled_from(["", " ", "\u3000", "\xa0", "\n", "_x000D_\n", "\u200b"])
    unit = draw(st.sampled_from(["", "㎡", "平方米", "m2", " 平方米"]))
    return draw(spaces) + text + unit + draw(spaces), float(number)


WHOLE_COLUMNS = {"text", "name", "names", "note", "code", "school", "person", "subject"}


@given(st.lists(written_numbers(), min_size=1, max_size=20))
@settings(deadline=None)
def test_a_number_reads_back_however_it_is_written(numbers: list[tuple[str, float]]) -> None:
    read = read_column(pl.Series([text for text, _ in numbers]), AREA, KNOWLEDGE)
    assert read.faults.is_empty(), read.faults
    assert read.values.to_list() == [number for _, number in numbers]


@given(st.text())
@settings(deadline=None)
def test_any_text_is_a_value_or_a_named_fault(text: str) -> None:
    for dataset in KNOWLEDGE.fields.values():
        for field in (field for field in dataset.values() if field.kind != "score"):  # Read as a sheet.
            column = Column(0, field.header, field)
            read = read_column(pl.Series([text]), column, KNOWLEDGE)
            assert len(read.values) == 1
            if field.kind.split(":")[0] not in WHOLE_COLUMNS:
                reader_for(column, KNOWLEDGE)[0](text)


@given(
    st.dates(), st.sampled_from(["{y}.{m}", "{y}{m:02}", "{y}年{m}月", "{y}-{m:02}-{d:02}", "{y}/{m}/{d}"])
)
def test_months_read_back(day: object, style: str) -> None:
    year, month = day.year, day.month  # type: ignore[attr-defined]
    text = style.format(y=year, m=month, d=day.day)  # type: ignore[attr-defined]
    found = read_month(text)
    if 1900 <= year <= 2100:
        assert found is not None and (found.year, found.month, found.day) == (year, month, 1)


@given(st.integers(1990, 2099), st.sampled_from(["{a}", "{a}年", "{a}-{b}学年", "{a}—{b}", "{a}/{c:02}学年"]))
def test_school_years_read_back(year: int, style: str) -> None:
    assert read_school_year(style.format(a=year, b=year + 1, c=(year + 1) % 100)) == year


ROW = st.tuples(
    st.sampled_from(["A1", "A2", "乙校"]), st.sampled_from(["小学", "初中", "全校"]), st.integers(0, 3000)
)


@given(st.lists(ROW, min_size=1, max_size=8, unique_by=lambda row: row[:2]), st.randoms())
@QUICK
def test_order_of_rows_and_columns_is_immaterial(rows: list[tuple[str, str, int]], random: object) -> None:
    full = [[2024, *row] for row in rows]
    order = [0, 1, 2, 3]
    random.shuffle(order)  # type: ignore[attr-defined]
    mixed = list(full)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        home = open_home(Path(folder) / "home")
        import_paths(home, [sheet_of(Path(folder), CONDITIONS, *full)])
        shuffled = [[row[at] for at in order] for row in mixed]
        path = sheet_of(Path(folder), [CONDITIONS[at] for at in order], *shuffled, name="b.xlsx")
        assert import_paths(home, [path]).unchanged
        assert rows_of(home, "conditions").height == len(rows)


WORD = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.sampled_from(
        [*CONDITIONS, "学校名称", "办学类型", "合计", "是否计校数", "类别", "面积", "小学", "2024年"]
    ),
)


@given(st.lists(st.lists(WORD, max_size=7), max_size=12), st.sampled_from(["小学综合表", "a"]))
@QUICK
def test_no_workbook_of_nonsense_raises_anything_but_our_error(rows: list[list[object]], name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if isinstance(value, str):
                        sheet.write_string(row, column, value)
                    elif value is not None:
                        sheet.write(row, column, value)
        with contextlib.suppress(JunhengError):
            import_paths(open_home(Path(folder) / "home"), [path], school_year=2024)


@given(st.binary(max_size=400), st.sampled_from([".xlsx", ".xls", ".csv", ".zip"]))
@QUICK
def test_no_bytes_raise_anything_but_our_error(content: bytes, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        path.write_bytes({".xlsx": b"PK\x03\x04", ".xls": b"\xd0\xcf\x11\xe0"}.get(ending, b"") + content)
        with contextlib.suppress(JunhengError):
            import_paths(open_home(Path(folder) / "home"), [path])
