"""The cross-check finds a figure that is not the snapshot's, and names its place."""

from __future__ import annotations

import io
from dataclasses import replace
from zipfile import ZIP_DEFLATED, ZipFile

import polars as pl
import pytest

from office.documents import facts_of, refuse_unless_same
from reports import charts
from reports.check import Paper, figures_in, mismatches
from reports.declaration import declaration
from reports.facts import Facts
from reports.plans import plans
from tests.published import golden_home
from tests.reports.reading import golden
from warehouse.errors import JunhengError


def rewritten(content: bytes, member: str, old: str, new: str) -> bytes:
    """A document with one text replaced inside, as somebody might by hand."""
    target = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == member:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode(), 1)
            archive.writestr(name, data)
    return target.getvalue()


def test_untouched_documents_agree_with_a_fresh_select() -> None:
    facts, fresh = facts_of(golden_home(), 2024, "national_2017")
    assert fresh().frames["fct_county_balance"] is not facts.frames["fct_county_balance"]
    assert mismatches(declaration(facts), fresh()) == []
    assert mismatches(plans(facts), fresh()) == []


def test_a_changed_cell_is_named() -> None:
    paper = declaration(golden())
    at = next(
        claim
        for claim in paper.claims
        if claim.figure.key == ("primary", "R2") and claim.figure.field == "cv"
    )
    assert at.where == "表Ⅲ!E5"
    with ZipFile(io.BytesIO(paper.content)) as archive:
        names = [name for name in archive.namelist() if "worksheets/sheet" in name]
        member = next(name for name in names if "0.356355789683" in archive.read(name).decode())
    tampered = replace(paper, content=rewritten(paper.content, member, "0.356355789683", "0.256355789683"))
    wrong = mismatches(tampered, golden())
    assert [one.where for one in wrong] == ["表Ⅲ!E5"]
    with pytest.raises(JunhengError) as refused:
        refuse_unless_same("申报表", "Declaration form", wrong)
    assert "没有导出" in refused.value.message_zh
    assert "表Ⅲ!E5 写的是 0.256355" in refused.value.message_zh
    assert "快照里是 0.35635" in refused.value.message_zh


def test_a_chart_of_other_figures_is_found() -> None:
    facts = golden()
    _picture, drawn = charts.coefficients(facts)
    paper = Paper(".xlsx", declaration(facts).content, (), drawn)
    assert drawn and mismatches(paper, facts) == []
    wrong = replace(drawn[0], value=0.1)
    assert [one.found for one in mismatches(replace(paper, drawn=[wrong]), facts)] == ["0.1"]


def test_a_changed_figure_in_a_word_file_is_found() -> None:
    paper = plans(golden())
    tampered = replace(paper, content=rewritten(paper.content, "word/document.xml", ">4.67<", ">4.76<"))
    (wrong,) = mismatches(tampered, golden())
    assert (wrong.found, wrong.expected) == ("4.76", "4.67")


def test_a_lost_figure_is_found() -> None:
    paper = plans(golden())
    fewer = Paper(paper.suffix, paper.content, paper.claims[:-1])
    assert len(figures_in(paper.content)) == len(paper.claims)
    assert mismatches(fewer, golden())[0].where == "全文"


def test_a_snapshot_that_changed_meanwhile_is_found() -> None:
    facts = golden()
    paper = declaration(facts)
    moved = facts.frames["fct_county_verdict"].with_columns(pl.lit(3, pl.Int32).alias("schools_compliant"))
    wrong = mismatches(paper, Facts({**facts.frames, "fct_county_verdict": moved}, facts.basis))
    assert [one.where for one in wrong] == ["表Ⅱ-1!D11"]
