"""模拟抽查: for each school drawn, the questions its figures invite and the evidence to have at hand."""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter

from reports.check import Paper
from reports.draw import sample, strata
from reports.facts import Facts, Figure, Row
from reports.letter import Letter
from reports.plans import verdict_line
from reports.wordml import Cell, Parts

TITLE = "模拟抽查"
QUESTION = "fct_school_question"
KEY = ("school_code", "stage", "question_code", "subject_code")


def rehearsal(facts: Facts, wanted: int, seed: int, draw: int = 1) -> Paper:
    """Return a sheet a school drawn; the seed and the draw stand on the first page."""
    groups = strata(facts)
    drawn = sample(groups, wanted, seed, draw)
    letter = Letter(facts, TITLE)
    letter.heading(f"{facts.county['county_name']}{facts.year_label}{TITLE}", 0)
    letter.made_from()
    letter.line(
        f"从参加评估的 {sum(map(len, groups.values()))} 所学校中按学段和城乡分层随机抽取 {len(drawn)} 所，"
        f"随机种子 {seed}，第 {draw} 次抽取。同一种子、同一次数抽出的学校相同；下一次抽取接着往下抽，不重复。"
    )
    letter.table(("学段", "城乡", "学校"), _drawn(facts, groups, drawn), (3, 2, 11.6))
    for school in drawn:
        _school(letter, school)
    return letter.close()


def _drawn(facts: Facts, groups: dict[tuple[str, str], list[str]], drawn: Sequence[str]) -> list[list[Cell]]:
    rows = []
    for (stage, place), schools in groups.items():
        names = [facts.school_name(school) for school in schools if school in drawn]
        if names:
            rows.append([Cell(stage), Cell(place), Cell("、".join(names))])
    return rows


def questions(facts: Facts, school: str, language: str = "zh") -> list[tuple[Row, Parts]]:
    """Return a school's questions in the order they are asked: the kind, and the question filled in."""
    kinds = {row["question_code"]: row for row in facts.all("dim_question")}
    rows = [(row, kinds[row["question_code"]]) for row in facts.rows(QUESTION, school)]
    rows.sort(
        key=lambda pair: (pair[1]["sort_order"], pair[0]["stage"] != "primary", pair[0]["subject_code"])
    )
    return [(kind, _asked(facts, row, kind[f"ask_{language}"], language)) for row, kind in rows]


def _asked(facts: Facts, row: Row, words: str, language: str) -> Parts:
    """Fill a question's words with the school's own figures."""
    fills: dict[str, Figure | str] = {
        "subject": _subject(facts, row, language),
        "wording": row[f"wording_{language}"] or "",
    }
    key = tuple(row[name] for name in KEY)
    kind = "exact" if row["question_code"] == "rounding" else "short"
    for name in ("value", "line"):
        fills[name] = facts.figure(QUESTION, key, name, kind)
    parts: list[Figure | str] = []
    for text, field, _spec, _conversion in Formatter().parse(words):
        parts += [text] if text else []
        parts += [fills[field]] if field else []
    return parts


def _subject(facts: Facts, row: Row, language: str) -> str:
    """Return in words what a question is about."""
    indicator = facts.row("dim_indicator", row["stage"], row["subject_code"])
    if not indicator:
        return str(row["subject"] or row["subject_code"])
    stage = facts.labels()["stage", row["stage"]][f"label_{language}"]
    return f"{stage}{'' if language == 'zh' else ': '}{indicator[f'name_{language}']}"


def _school(letter: Letter, school: str) -> None:
    facts = letter.facts
    letter.heading(facts.school_name(school), new_page=True)
    for stage in facts.stages:
        if facts.row("fct_school_compliance", stage, school):
            letter.line(verdict_line(facts, stage, school))
    found = questions(facts, school)
    if not found:
        letter.line("数据没有引出特别的问题。请备齐办学条件、教师、班级的原始清单备查。")
        return
    rows = [
        [Cell(str(number)), Cell(kind["title_zh"]), Cell(parts), Cell(kind["evidence_zh"]), Cell("")]
        for number, (kind, parts) in enumerate(found, start=1)
    ]
    letter.table(("序号", "类别", "问题", "备好的材料", "答复"), rows, (1, 2.4, 6.6, 3.6, 3))
