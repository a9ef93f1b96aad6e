"""The glossary: indicators, examples, terms and checks in both languages."""

from __future__ import annotations

import csv
import re

import pytest

from tests.conftest import ROOT
from tests.pages.conftest import Open, words
from tests.published import golden_pick
from view import glossary, numbers
from warehouse import records

HAN = re.compile(r"[一-鿿]")


def seed(name: str) -> list[dict[str, str]]:
    with (ROOT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("standard", ["national_2017", "national_2012", "example_province"])
def test_every_indicator_stands_with_its_thresholds(open_page: Open, standard: str, lang: str) -> None:
    pick = golden_pick(standard=standard)
    shown = words(open_page("glossary", standard=standard, lang=lang))
    for row in pick.names.indicators_of(standard, "primary"):
        assert squeezed(f"{row['indicator_code']} {row[f'name_{lang}']}") in shown
        if row["threshold"] is not None:
            assert f"≥ {numbers.exact(row['threshold'])}" in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_term_example_and_check_stands_in_full(open_page: Open, lang: str) -> None:
    shown = words(open_page("glossary", lang=lang))
    for term in seed("terms"):
        assert squeezed(term[f"title_{lang}"]) in shown
        assert squeezed(term[f"body_{lang}"]) in shown
    for example in seed("examples"):
        assert squeezed(example[f"working_{lang}"]) in shown
    for rule in seed("rules"):
        assert rule["rule_code"] in shown
        assert squeezed(rule[f"title_{lang}"]) in shown


def test_the_address_opens_an_indicator_with_its_floor_limits_and_examples(open_page: Open) -> None:
    shown = words(open_page("glossary", indicator="R5"))
    assert "小学：标准 7.5，85% 底线 6.375；差异系数不超过 0.50" in shown
    assert "初中：标准 10.2，85% 底线 8.67；差异系数不超过 0.45" in shown
    assert "(7,000 + 400) ÷ 946 = 7.82 ≥ 7.5" in shown


def test_the_standards_are_told_apart(open_page: Open) -> None:
    assert "小学差异系数不超过 0.50、初中差异系数不超过 0.45" in words(open_page("glossary"))
    older = words(open_page("glossary", standard="national_2012"))
    assert "只检验全县：小学综合差异系数不超过 0.65、初中综合差异系数不超过 0.55" in older


def test_search_leaves_what_holds_the_word(open_page: Open) -> None:
    shown = words(open_page("glossary", q="0.5153"))
    assert "五所学校的生均图书差异系数 = 0.5153" in shown
    assert "不计校数的校点" not in shown


def test_search_without_a_find_says_so(open_page: Open) -> None:
    page = open_page("glossary", q="没有这个词")
    assert "没有找到“没有这个词”" in page.info[0].value


@pytest.mark.parametrize("name", ["terms", "examples"])
def test_english_is_complete(name: str) -> None:
    allowed = re.compile(r"〔|教督|国教督办函|不计校数|是否计校数|资源配置|万元|在岗|亩|无")
    for row in seed(name):
        for column in (column for column in row if column.endswith("_en")):
            assert row[column], row
            assert not HAN.search(allowed.sub("", row[column])), row[column]


def test_every_source_has_a_name_in_english() -> None:
    standards = list(golden_pick().names.standards.values())
    codes = {row["source"] for name in ("terms", "examples") for row in seed(name)}
    named = {code: glossary.said_by(code, standards) for code in codes}
    assert all(
        named[code] != code
        for code in ("ours", "practice", "published_cv", "published_split")
        if code in codes
    )


def test_terms_have_known_sections_and_examples_known_indicators() -> None:
    assert {row["section"] for row in seed("terms")} == set(glossary.sections())
    known = {row["indicator_code"] for row in seed("indicators")} | {""}
    assert {row["indicator_code"] for row in seed("examples")} <= known


def test_worked_examples_are_arithmetic() -> None:
    """Every “a ÷ b [× 100] = c” of the examples holds at the decimals it is printed with."""
    checked = 0
    pattern = re.compile(
        r"(?<![×−+] )(?<![\d,.])([\d,]+(?:\.\d+)?) ÷ ([\d,]+(?:\.\d+)?)( × 100)? = ([\d,]+\.\d+)(%)?"
    )
    for example in seed("examples"):
        for above, below, hundred, result, share in pattern.findall(example["working_en"]):
            value = (
                float(above.replace(",", ""))
                / float(below.replace(",", ""))
                * (100 if hundred or share else 1)
            )
            assert f"{value:,.{len(result.split('.')[1])}f}" == result, example["example_code"]
            checked += 1
    assert checked >= 10


def test_rules_are_listed_from_the_published_snapshot() -> None:
    assert records.rules(golden_pick().snapshot)["rule_code"].to_list() == sorted(
        row["rule_code"] for row in seed("rules")
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_parameters_in_force_stand_with_their_values(open_page: Open, lang: str) -> None:
    shown = words(open_page("glossary", lang=lang))
    for parameter in seed("parameters"):
        assert squeezed(parameter[f"note_{lang}"]) in shown
    assert "1 : 1.1 : 1.32" in shown
    counted = [row["duty_status"] for row in seed("duty_statuses") if row["is_counted"] == "true"]
    assert all(status in shown for status in counted)
    assert {"zh": "没有学校启用", "en": "switched on for no school"}[lang] in shown
