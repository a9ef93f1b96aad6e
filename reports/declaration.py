"""The declaration form 申报表: the official layout, its coefficients computed before our eyes."""

from __future__ import annotations

from dataclasses import dataclass

from reports import declaration_items
from reports.book import Book, Sheet
from reports.check import Paper
from reports.facts import Facts, Row, basis_lines
from reports.remarks import remark

TITLE = "县域义务教育优质均衡发展督导评估申报表"
FIRST = 4
"""Row of the first school on the tables of schools and on the working sheets."""
METHOD = "X̄ = Σr ÷ Σn，S = √(Σ(n÷N)(x−X̄)²)，差异系数 = S ÷ X̄"
LINE, REMARK = 13, 13
"""Height of a line of text in points, and the characters of a remark that go on one."""


MONEY = 10
"""Width of a column of yuan with its sign."""


@dataclass(frozen=True)
class Working:
    """A working sheet: where a stage's schools, pupils, resources and values stand."""

    sheet: Sheet
    rows: dict[str, int]
    columns: dict[str, int]
    """The column of each indicator's resource; its value stands right of it."""
    has_gaps: dict[str, bool]

    @property
    def last(self) -> int:
        """Row of the last school."""
        return FIRST + len(self.rows) - 1

    def value(self, school: str, code: str) -> str:
        """Return the address of a school's value."""
        return self.sheet.at(self.rows[school], self.columns[code] + 1)

    def pupils(self) -> str:
        """Return the stretch of pupils."""
        return self.sheet.down(FIRST, self.last, 2)

    def resources(self, code: str) -> str:
        """Return the stretch of an indicator's resources."""
        return self.sheet.down(FIRST, self.last, self.columns[code])

    def values(self, code: str) -> str:
        """Return the stretch of an indicator's values."""
        return self.sheet.down(FIRST, self.last, self.columns[code] + 1)


def declaration(facts: Facts) -> Paper:
    """Return the declaration form of one year under one standard."""
    book = Book(facts, TITLE)
    cover(book)
    declaration_items.basics(book)
    met_by_indicator(book)
    pages = {stage: book_page(book, stage) for stage in facts.stages}
    totals = coefficients_page(book)
    declaration_items.items(book)
    workings = {stage: working(book, stage) for stage in facts.stages}
    for stage, sheet in pages.items():
        schools(sheet, workings[stage], stage)
    coefficients(totals, workings)
    return book.close()


def cover(book: Book) -> None:
    """Write what the form is, of which county, and what it was made from."""
    facts = book.facts
    sheet = book.page("封面", TITLE, [24, 66], repeat=(0, 0), wide=False)
    lines = [
        ("县（市、区）", facts.county["county_name"]),
        ("省（自治区、直辖市）", facts.county["province"]),
        ("学年", facts.year_label),
        ("县级人民政府（盖章）", ""),
        ("填报日期", ""),
    ]
    for place, (name, value) in enumerate(lines, start=2):
        sheet.sheet.set_row(place, 26)
        sheet.put(place, 0, name, align="center", bold=True)
        sheet.put(place, 1, value or "")
    row = 2 + len(lines) + 1
    notes = [
        *basis_lines(facts),
        "底纹和符号：○ 未达到标准的85%，◐ 达到85%但未达到标准，— 缺数据。缺数据不是零，也不算达标。",
        "表Ⅱ-2 的数值、表Ⅲ 的均值、标准差和差异系数是公式，点开可见；未取整的资源量和学生数在“计算底稿”。",
        "四舍五入：学校数值和均值两位小数，差异系数三位，百分比一位；是否达标用未取整的数判断。",
    ]
    for place, note in enumerate(notes):
        sheet.sheet.set_row(row + place, 26)
        sheet.line(row + place, note)
    sheet.close(row + len(notes))


def met_by_indicator(book: Book) -> None:
    """表Ⅱ-1: how many schools meet each indicator, and which share, by stage."""
    facts = book.facts
    sheet = book.page("表Ⅱ-1", "表Ⅱ-1　资源配置各项指标达标学校数和比例", [8, 52, 14, 14, 16], repeat=(0, 2))
    sheet.line(1, f"{facts.county['county_name']}　{facts.year_label}　单位：所、%")
    for column, head in enumerate(("学段", "指标", "学校数", "达标学校数", "达标学校比例")):
        sheet.head(2, column, head)
    row = 3
    for stage in facts.stages:
        for indicator in facts.indicators(stage):
            key = (stage, indicator["indicator_code"])
            sheet.put(row, 0, facts.label("stage", stage), align="center")
            sheet.put(row, 1, indicator["name_zh"])
            for column, (field, kind) in enumerate(
                (("schools", "count"), ("schools_met", "count"), ("met_share", "percent")), start=2
            ):
                sheet.put(row, column, facts.figure("fct_county_balance", key, field, kind))
            row += 1
        sheet.put(row, 0, facts.label("stage", stage), align="center", bold=True)
        sheet.put(row, 1, "七项综合达标（六项达到标准，余下一项不低于85%）", bold=True)
        fields = (("schools", "count"), ("schools_compliant", "count"), ("compliant_share", "percent"))
        for column, (field, kind) in enumerate(fields, start=2):
            sheet.put(row, column, facts.figure("fct_county_verdict", (stage,), field, kind), bold=True)
        row += 1
    sheet.close(row)


def book_page(book: Book, stage: str) -> Sheet:
    """Add the empty 表Ⅱ-2 of a stage, so that it stands before the working sheets it refers to."""
    name = book.facts.label("stage", stage)
    values = [MONEY if row["unit"].startswith("元") else 7 for row in book.facts.indicators(stage)]
    widths = [4, 14, 10.5, 7.5, 5.5, 4.5, 4.5, *values, 4.5, 9.5, 25]
    return book.page(f"表Ⅱ-2{name}", f"表Ⅱ-2　{name}资源配置达标情况（一校一行）", widths, repeat=(0, 3))


def schools(sheet: Sheet, source: Working, stage: str) -> None:
    """表Ⅱ-2: one row a school with its size, its values, whether it complies, and a remark."""
    facts, indicators = sheet.book.facts, sheet.book.facts.indicators(stage)
    sheet.line(1, f"{facts.county['county_name']}　{facts.year_label}　单位：人、个、班；各项指标单位见表头")
    for column, head in enumerate(
        ("序号", "学校名称", "学校标识码", "办学类型", "学生数", "年级数", "班级数")
    ):
        sheet.head(2, column, head, down=1)
    for column, indicator in enumerate(indicators, start=7):
        sheet.head(2, column, f"{indicator['name_zh']}（{indicator['unit']}）")
        limit = indicator["threshold"]
        sheet.head(3, column, "—" if limit is None else f"≥{limit:g}")
    after = 7 + len(indicators)
    for column, head in enumerate(("达标项数", "是否达标", "备注"), start=after):
        sheet.head(2, column, head, down=1)
    sheet.sheet.set_row(2, 98)
    sheet.sheet.freeze_panes(FIRST, 2)
    for school, row in source.rows.items():
        _school(sheet, source, (stage, school), row)
    sheet.close(FIRST + len(source.rows))


def _school(sheet: Sheet, source: Working, key: tuple[str, str], row: int) -> None:
    facts = sheet.book.facts
    place = facts.row("dim_school", key[1])
    sheet.put(row, 0, row - FIRST + 1)
    for column, text in enumerate((facts.school_name(key[1]), key[1], place.get("school_type")), start=1):
        sheet.put(row, column, text)
    for column, field in enumerate(("students", "grade_count", "class_count"), start=4):
        sheet.put(row, column, facts.figure("fct_school_scale", key, field, "count"))
    column = 7
    for column, indicator in enumerate(facts.indicators(key[0]), start=7):
        code = indicator["indicator_code"]
        figure = facts.figure("fct_school_indicator", (*key, code), "value", "value")
        status = facts.row("fct_school_indicator", *key, code).get("status", "")
        sheet.put(row, column, figure, status=status, formula=f"={source.value(key[1], code)}")
    verdict = facts.row("fct_school_compliance", *key)
    sheet.put(row, column + 1, facts.figure("fct_school_compliance", key, "indicators_met", "count"))
    shown = facts.sign("verdict", verdict["verdict"])
    sheet.put(row, column + 2, shown, status=verdict["verdict"], align="center")
    words = remark(facts, *key)
    sheet.put(row, column + 3, words)
    sheet.sheet.set_row(row, LINE * max(2, -(-len(words) // REMARK)))


def working(book: Book, stage: str) -> Working:
    """Write a stage's working sheet: pupils, unrounded resources, and the values as formulas over them."""
    facts, indicators = book.facts, book.facts.indicators(stage)
    name = f"计算底稿{facts.label('stage', stage)}"
    title = f"计算底稿（{facts.label('stage', stage)}）：未取整的学生数、资源量和数值"
    sheet = book.page(name, title, [4, 15, 7, *[10, 8] * len(indicators)], repeat=(0, 3), across=2)
    sheet.line(1, "数值 = 倍数 × 资源量 ÷ 学生数。一校多段共用的资源已按规定比例拆分；不计校数的校点已并入。")
    for column, head in enumerate(("序号", "学校名称", "学生数")):
        sheet.head(2, column, head, down=1)
    rows = {school: FIRST + place for place, school in enumerate(facts.schools(stage))}
    columns = {row["indicator_code"]: 3 + 2 * place for place, row in enumerate(indicators)}
    for row in indicators:
        at = columns[row["indicator_code"]]
        sheet.head(2, at, f"{row['indicator_code']} {row['short_zh']}（倍数 {row['scale']:g}）", right=1)
        sheet.head(3, at, f"资源量（{row['numerator_unit_zh']}）")
        sheet.head(3, at + 1, "数值")
    sheet.sheet.set_row(3, 2 * LINE)
    gaps = {row["indicator_code"]: False for row in indicators}
    for school, line in rows.items():
        sheet.put(line, 0, line - FIRST + 1)
        sheet.put(line, 1, facts.school_name(school))
        sheet.put(line, 2, facts.figure("fct_school_compliance", (stage, school), "students", "exact"))
        for row in indicators:
            gaps[row["indicator_code"]] |= _worked(sheet, (stage, school), row, line, columns)
    sheet.sheet.freeze_panes(FIRST, 2)
    sheet.close(FIRST + len(rows))
    return Working(sheet, rows, columns, gaps)


def _worked(sheet: Sheet, key: tuple[str, str], row: Row, line: int, columns: dict[str, int]) -> bool:
    """Write one resource and its value; returns whether the value is missing."""
    facts, code = sheet.book.facts, row["indicator_code"]
    at = columns[code]
    resource = facts.figure("fct_school_indicator", (*key, code), "numerator", "exact")
    value = facts.figure("fct_school_indicator", (*key, code), "value", "exact")
    sheet.put(line, at, resource)
    formula = f"={row['scale']:g}*{sheet.at(line, at)}/{sheet.at(line, 2)}"
    sheet.put(line, at + 1, value, formula=formula)
    return value.value is None


def coefficients_page(book: Book) -> Sheet:
    """Add the empty 表Ⅲ."""
    widths = [8, 52, 14, 14, 14, 12, 12]
    return book.page("表Ⅲ", "表Ⅲ　资源配置各项指标县均值和校际差异系数", widths, repeat=(0, 2))


def coefficients(sheet: Sheet, workings: dict[str, Working]) -> None:
    """表Ⅲ: mean, deviation and coefficient of each indicator, as formulas over the working sheets."""
    facts = sheet.book.facts
    sheet.line(
        1,
        f"{facts.county['county_name']}　{facts.year_label}　按学生数加权：{METHOD}",
    )
    for column, head in enumerate(("学段", "指标", "县均值", "标准差 S", "差异系数", "限值", "结论")):
        sheet.head(2, column, head)
    row = 3
    for stage, source in workings.items():
        first = row
        for indicator in facts.indicators(stage):
            _coefficient(sheet, source, stage, indicator, row)
            row += 1
        sheet.put(row, 0, facts.label("stage", stage), align="center", bold=True)
        sheet.put(row, 1, "各项差异系数的平均（综合）", bold=True)
        composite = facts.figure("fct_county_balance", (stage, "composite"), "cv", "coefficient")
        for column in (2, 3, 5):
            sheet.put(row, column, "", bold=True)
        average = f"=AVERAGE({sheet.at(first, 4)}:{sheet.at(row - 1, 4).split('!')[1]})"
        sheet.put(row, 4, composite, formula=average, bold=True)
        status = facts.row("fct_county_balance", stage, "composite").get("status")
        sheet.put(row, 6, facts.sign("balance_status", status), align="center", bold=True)
        row += 1
    sheet.close(row)


def _coefficient(sheet: Sheet, source: Working, stage: str, indicator: Row, row: int) -> None:
    facts, code = sheet.book.facts, indicator["indicator_code"]
    key, balance = (stage, code), facts.row("fct_county_balance", stage, code)
    n, r, x = source.pupils(), source.resources(code), source.values(code)
    total = f'SUMIF({r},">=0",{n})' if source.has_gaps[code] else f"SUM({n})"
    mean, deviation = sheet.at(row, 2), sheet.at(row, 3)
    spread = f"SUMPRODUCT({n},({x}-{mean})^2)"
    formula = f"=SQRT({spread}/{total})"
    if source.has_gaps[code]:
        formula = f"{{=SQRT(SUM(IF(ISNUMBER({x}),{n}*({x}-{mean})^2))/{total})}}"
    sheet.put(row, 0, facts.label("stage", stage), align="center")
    sheet.put(row, 1, f"{indicator['name_zh']}（{indicator['unit']}）")
    cells = (
        ("county_mean", "value", f"={indicator['scale']:g}*SUM({r})/{total}"),
        ("std_dev", "value", formula),
        ("cv", "coefficient", f"={deviation}/{mean}"),
    )
    for column, (field, kind, how) in enumerate(cells, start=2):
        status = balance["status"] if field == "cv" else ""
        sheet.put(
            row, column, facts.figure("fct_county_balance", key, field, kind), formula=how, status=status
        )
    sheet.put(row, 5, facts.figure("fct_county_balance", key, "cv_limit", "value"))
    sheet.put(
        row, 6, facts.sign("balance_status", balance["status"]), align="center", status=balance["status"]
    )
