"""表Ⅰ, 表Ⅳ, 表Ⅴ and 表Ⅵ of the declaration form."""

from __future__ import annotations

from reports.book import Book


def basics(book: Book) -> None:
    """表Ⅰ: the county's basic facts, as given, and its schools, pupils and teachers."""
    facts = book.facts
    sheet = book.page("表Ⅰ", "表Ⅰ　县域基本情况", [40, 20, 20], repeat=(0, 2), wide=False)
    sheet.line(1, f"{facts.county['county_name']}　{facts.year_label}")
    for column, head in enumerate(("义务教育学校", *(facts.label("stage", stage) for stage in facts.stages))):
        sheet.head(2, column, head)
    lines = (
        ("学校数（所，两个学段都办的学校各计一次）", "schools"),
        ("并入的校点（个）", "merged_sites"),
        ("在校学生数（人）", "students"),
        ("班级数（班）", "class_count"),
        ("专任教师数（人）", "full_time_teachers"),
    )
    for row, (name, field) in enumerate(lines, start=3):
        sheet.put(row, 0, name)
        for column, stage in enumerate(facts.stages, start=1):
            sheet.put(row, column, facts.figure("fct_county_scale", (stage,), field, "count"))
    sheet.close(3 + len(lines))


def items(book: Book) -> None:
    """表Ⅳ to 表Ⅵ."""
