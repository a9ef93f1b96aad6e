from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from warehouse.demo import CountyFiles, write_county

KINDS = {
    "absence_mark", "alias_name", "ambiguous_name", "area_in_mu", "before_joining", "blank_default",
    "blank_row", "bracket_width", "conflicting_duplicate", "conflicting_mark", "counted_twice",
    "date_form", "duplicate_file", "end_before_start", "exact_duplicate", "formula_error",
    "fullwidth_digits", "grade_words", "hidden_sheet", "id_15_digits", "id_check_digit", "id_lower_case",
    "id_missing", "id_scientific", "lost_zero", "mark_above_full", "mark_in_words", "merged_cells",
    "merged_header", "missing_mark", "more_than_plausible", "name_for_code", "negative_area",
    "not_reported", "number_as_text", "number_row", "odd_space", "old_name", "open_ended",
    "overlapping_stays", "own_school", "percent_text", "rare_character", "renamed_column",
    "subsite_suffix", "subtotal_row", "sum_mismatch", "term_variant", "text_note", "thousands_separator",
    "township_missing", "truth_word", "unit_contradicts_header", "unit_in_header", "unknown_code",
    "unlisted_activity", "x000d_header", "year_in_title", "year_words", "zero_mark",
}  # fmt: skip


def fingerprint(found: CountyFiles) -> str:
    digest = hashlib.sha256()
    for folder in (found.raw, found.truth, found.parameters):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return digest.hexdigest()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def grid(raw: Path, file: str, sheet: str) -> list[list[Any]]:
    """Every cell of a sheet as a spreadsheet shows it, the first row first."""
    path = raw / file
    if path.suffix != ".csv":
        return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(path.read_bytes().decode(encoding).splitlines()))
        except UnicodeDecodeError:
            continue
    raise AssertionError(file)


def test_same_seed_gives_same_bytes_and_another_seed_others(
    small_county: CountyFiles, tmp_path: Path
) -> None:
    again = write_county(tmp_path / "again", schools=40, seed=2019)
    other = write_county(tmp_path / "other", schools=40, seed=2020)
    assert fingerprint(again) == fingerprint(small_county)
    assert fingerprint(other) != fingerprint(small_county)


def test_every_kind_of_defect_occurs(small_county: CountyFiles) -> None:
    assert {row["kind"] for row in rows(small_county.truth / "defects.csv")} == KINDS


def test_treatments_are_the_four_that_are_known(small_county: CountyFiles) -> None:
    found = {row["expected_treatment"] for row in rows(small_county.truth / "defects.csv")}
    assert found == {"fix", "null", "reject_row", "warn"}


def test_each_defect_stands_where_the_truth_table_says(small_county: CountyFiles) -> None:
    sheets: dict[tuple[str, str], list[list[Any]]] = {}
    wrong = []
    for row in rows(small_county.truth / "defects.csv"):
        if not row["dirty_text"] or row["row"] == "0" or row["kind"] in ("x000d_header", "formula_error"):
            continue
        key = row["file"], row["sheet"]
        cells = sheets.setdefault(key, grid(small_county.raw, *key))[int(row["row"]) - 1]
        shown = {str(cell) for cell in cells} | {f"{cell:g}" for cell in cells if isinstance(cell, float)}
        shown |= {f"{cell:.0f}" for cell in cells if isinstance(cell, float)}
        if row["dirty_text"] not in shown and row["dirty_text"].strip() not in {s.strip() for s in shown}:
            wrong.append((row, cells))
    assert not wrong[:3]


def test_refused_rows_are_few_and_leave_every_indicator_whole(small_county: CountyFiles) -> None:
    refused = [r for r in rows(small_county.truth / "defects.csv") if r["expected_treatment"] == "reject_row"]
    assert 10 <= len(refused) <= 60
    affected = {row["affected_by"] for row in rows(small_county.truth / "indicators.csv")}
    assert affected <= {"", "not_reported"}


def test_aliases_are_no_school_s_own_name(small_county: CountyFiles) -> None:
    names = {row["school_name"] for row in rows(small_county.truth / "schools.csv")}
    aliases = rows(small_county.parameters / "school_aliases.csv")
    assert aliases
    assert not names & {row["alias"] for row in aliases}
    assert {row["school_code"] for row in aliases} <= {
        row["school_code"] for row in rows(small_county.truth / "schools.csv")
    }


def test_county_says_that_it_is_fictional(small_county: CountyFiles) -> None:
    settings = {row["key"]: row["value"] for row in rows(small_county.parameters / "county.csv")}
    assert settings["is_demonstration"] == "true"
    assert "虚构" in settings["note"]
    assert all(row["school_code"].startswith("0990") for row in rows(small_county.truth / "schools.csv"))


def test_truth_lies_outside_what_is_imported(small_county: CountyFiles) -> None:
    assert small_county.raw not in small_county.truth.parents
    assert {path.suffix for path in small_county.raw.rglob("*") if path.is_file()} == {
        ".xlsx",
        ".xls",
        ".csv",
    }


@pytest.mark.parametrize("size", ["tiny", "large"])
def test_unknown_sizes_are_refused(tmp_path: Path, size: str) -> None:
    with pytest.raises(ValueError, match=size):
        write_county(tmp_path, schools=30, size=size)


def test_columns_hold_what_their_headers_say(small_county: CountyFiles) -> None:
    stages = {"小学", "初中", "高中", "全校"}
    wrong = []
    for path in small_county.raw.rglob("*.xls*"):
        for sheet in CalamineWorkbook.from_path(str(path)).sheet_names:
            cells = grid(small_county.raw, str(path.relative_to(small_county.raw)), sheet)
            at, column = next(
                ((number, line.index("学段")) for number, line in enumerate(cells) if "学段" in line),
                (None, 0),
            )
            for line in cells[at + 1 :] if at is not None else ():
                if line[column] not in ("", None) and str(line[column]).replace(" ", "") not in stages:
                    wrong.append((path.name, line))
    assert not wrong
