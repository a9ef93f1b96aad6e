"""表Ⅰ, 表Ⅳ, 表Ⅴ and 表Ⅵ of the declaration form, and the veto items."""

from __future__ import annotations

from reports import item_words
from reports.book import Book, Sheet
from reports.facts import Facts, Figure, Row

PEOPLE = ("常住人口", "户籍人口")
"""Terms of 表Ⅰ that the form counts in 万人."""
SCALE = (
    ("学校数（所，两个学段都办的学校各计一次）", "schools"),
    ("并入的校点（个）", "merged_sites"),
    ("在校学生数（人）", "students"),
    ("班级数（班）", "class_count"),
    ("专任教师数（人）", "full_time_teachers"),
)
HEADS = ("编号", "内容", "要求", "实际", "分子", "分母", "结论", "情况", "填报佐证（份）")
WIDTHS = (5, 40, 10, 11, 8, 8, 10, 40, 8)
PARTS = (
    ("表Ⅳ", "表Ⅳ　政府保障程度（15项）", "government"),
    ("表Ⅴ", "表Ⅴ　教育质量（9项）", "quality"),
    ("附表 一票否决", "附表　一票否决事项和申报前提", "veto"),
)


def basics(book: Book) -> None:
    """表Ⅰ: the county's terms as given, and its schools, pupils and teachers by stage."""
    facts = book.facts
    sheet = book.page("表Ⅰ", "表Ⅰ　县域基本情况", [44, 18, 18], repeat=(0, 2), wide=False)
    sheet.line(1, f"{facts.county['county_name']}　{facts.year_label}　人口单位为万人，金额单位见各行")
    row = 2
    for column, head in enumerate(("项目", "数值", "单位")):
        sheet.head(row, column, head)
    terms = facts.rows("fct_county_profile")
    for term in terms:
        row += 1
        sheet.put(row, 0, term["field"])
        shown, unit = _term(facts, term)
        sheet.put(row, 1, shown)
        sheet.put(row, 2, unit, align="center")
    if not terms:
        row += 1
        sheet.line(row, "还没有导入“县情”表：请在模板“县情”中填报常住人口、人均GDP等，刷新后再导出。")
    row += 1
    for column, head in enumerate(("义务教育学校", *(facts.label("stage", stage) for stage in facts.stages))):
        sheet.head(row, column, head)
    for name, field in SCALE:
        row += 1
        sheet.put(row, 0, name)
        for column, stage in enumerate(facts.stages, start=1):
            sheet.put(row, column, facts.figure("fct_county_scale", (stage,), field, "count"))
    sheet.close(row + 1)


def _term(facts: Facts, term: Row) -> tuple[Figure, str]:
    """Return a term of 表Ⅰ as the form counts it, with its unit."""
    unit = term["unit"] or ""
    kind = "people" if term["field"] in PEOPLE else "count"
    if unit == "元" and "人均" not in term["field"]:
        kind = "money"
    elif unit not in ("人", "元", "个", "所", "名"):
        kind = "value"
    shown = {"people": "万人", "money": "万元"}.get(kind, unit)
    return facts.figure("fct_county_profile", (term["field"],), "value", kind), shown


def items(book: Book) -> None:
    """表Ⅳ, 表Ⅴ, 表Ⅵ and the veto items, each item with its official words, its figures and what was found."""
    for name, title, part in PARTS[:2]:
        _part(book, name, title, [part])
    satisfaction(book)
    name, title, part = PARTS[2]
    _part(book, name, title, [part, "precondition"])


def _part(book: Book, name: str, title: str, parts: list[str]) -> None:
    facts = book.facts
    sheet = book.page(name, title, WIDTHS, repeat=(0, 2))
    sheet.line(
        1, f"{facts.county['county_name']}　{facts.year_label}　结论：● 达标，○ 未达标，– 缺数据（不算达标）"
    )
    for column, head in enumerate(HEADS):
        sheet.head(2, column, head)
    sheet.sheet.set_row(2, 26)
    rows = [item for part in parts for item in item_words.items_of(facts, part)]
    for line, item in enumerate(rows, start=3):
        _item(sheet, line, item)
    sheet.close(3 + len(rows))


def _item(sheet: Sheet, line: int, item: Row) -> None:
    facts, code = sheet.book.facts, item["item_code"]
    words = item_words.found(facts, item)
    sheet.put(line, 0, code, align="center")
    sheet.put(line, 1, item["text_zh"])
    sheet.put(line, 2, item_words.figure(facts, item, "target"))
    sheet.put(line, 3, item_words.figure(facts, item, "value"), status=item["status"])
    for column, field in enumerate(("numerator", "denominator"), start=4):
        counted = facts.figure(item_words.ITEM, (code,), field, "count")
        sheet.put(line, column, counted if item_words.is_share_of_count(item) else "")
    sheet.put(line, 6, item_words.verdict(facts, item), status=item["status"], align="center")
    sheet.put(line, 7, words)
    sheet.put(line, 8, facts.figure(item_words.ITEM, (code,), "evidence_count", "count"))
    longest = max(len(item["text_zh"]) / 22, len(words.text) / 22, 1.5)
    sheet.sheet.set_row(line, 13 * (int(longest) + 1))


def satisfaction(book: Book) -> None:
    """表Ⅵ: questionnaires by group and the pooled share, against the requirement."""
    facts = book.facts
    sheet = book.page("表Ⅵ", "表Ⅵ　社会认可度", [20, 16, 16, 16, 16], repeat=(0, 2), wide=False)
    sheet.line(1, f"{facts.county['county_name']}　{facts.year_label}　要求：各群体均不低于85%")
    for column, head in enumerate(("群体", "发放问卷数", "有效问卷数", "满意份数", "满意度")):
        sheet.head(2, column, head)
    rows = item_words.groups(facts)
    for line, group in enumerate(rows, start=3):
        key = (group,)
        sheet.put(line, 0, facts.label("respondents", group), align="center")
        for column, field in enumerate(("issued", "responses", "satisfied"), start=1):
            sheet.put(line, column, facts.figure("fct_satisfaction", key, field, "count"))
        formula = f"={sheet.at(line, 3)}/{sheet.at(line, 2)}"
        share = facts.figure("fct_satisfaction", key, "satisfied_rate", "percent")
        sheet.put(line, 4, share, formula=formula)
    line = 3 + len(rows)
    for item in item_words.items_of(facts, "recognition"):
        sheet.put(line, 0, "结论", align="center", bold=True)
        sheet.put(line, 1, item_words.verdict(facts, item), status=item["status"], align="center", bold=True)
        sheet.put(line, 2, item_words.found(facts, item), over=4)
        sheet.sheet.set_row(line, 52)
        line += 1
    sheet.close(line)
