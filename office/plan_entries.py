"""A plan as entries of the ledger: for each school and indicator it mends, what is to be done.

A step that mends no school's own shortfall (it keeps a coefficient, or the duty of exchange) is an entry of
the school that receives, so that every step of the plan stands in the ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from office import ledger_figures
from warehouse import read_shortfalls
from warehouse.read import rows
from workspace.ledger import Draft
from workspace.plans import Kept

Row = dict[str, Any]
Place = tuple[str, str, str]
"""School, stage and indicator; no indicator where a step mends none."""
MARKS = {
    "is_qualified": ("qualified_teachers", "高于规定学历"),
    "is_backbone": ("backbone_teachers", "骨干"),
    "is_pe_arts": ("pe_arts_teachers", "体艺"),
}
STAGES = {**ledger_figures.STAGES, "whole": ""}


def drafts(snapshot: str, plan: Kept) -> list[Draft]:
    """Return the entries of a plan, figures and problem as the snapshot has them."""
    failing = read_shortfalls.failing(snapshot, plan.standard_code, plan.school_year)
    lacking = {(row["school_code"], row["stage"], row["code"]): row for row in failing.to_dicts()}
    measures = _measures(snapshot, plan.standard_code)
    done: dict[Place, list[Row]] = defaultdict(list)
    for step in plan.steps:
        for place in _mended(step, measures, lacking):
            done[place].append(step)
    amounts = _amounts(snapshot)
    written = _written(snapshot, plan, [place for place in done if place in lacking])
    return [
        replace(
            written.get(place) or _bare(plan, place, steps[0]),
            source_kind="plan",
            source_ref=plan.name,
            snapshot_id=plan.snapshot_id,
            measure="；".join(_said(step, amounts) for step in steps),
        )
        for place, steps in done.items()
    ]


def _measures(snapshot: str, standard: str) -> dict[tuple[str, str], str]:
    """Return the indicator that a measure is the numerator of, by stage."""
    found = rows(
        snapshot,
        """select distinct stage, numerator_measure, indicator_code
        from marts.dim_indicator where standard_code = ?""",
        standard,
    )
    return {(stage, measure): code for stage, measure, code in found.iter_rows()}


def _amounts(snapshot: str) -> dict[str, tuple[str, str]]:
    """Return name and unit of every measure."""
    found = rows(snapshot, "select measure, name_zh, unit from marts.dim_measure")
    return {measure: (name.partition("（")[0], unit) for measure, name, unit in found.iter_rows()}


def _mended(step: Row, measures: dict[tuple[str, str], str], lacking: Iterable[Place]) -> list[Place]:
    """Return the shortfalls that a step goes to, or its school alone."""
    school = step["to_school_code"] if step["what"] == "move" else step["school_code"]
    wanted = (
        [step["measure"]] if "measure" in step else [one for mark, (one, _) in MARKS.items() if step[mark]]
    )
    stages = ["primary", "junior"] if step["stage"] == "whole" else [step["stage"]]
    places = [(school, stage, measures.get((stage, one), "")) for stage in stages for one in wanted]
    return [place for place in places if place in lacking] or [(school, stages[0], "")]


def _written(snapshot: str, plan: Kept, places: list[Place]) -> dict[Place, Draft]:
    """Return the ledger's own drafts of shortfalls: figures, problem, what is needed."""
    found = ledger_figures.shortfalls(snapshot, plan.standard_code, plan.school_year)
    made = ledger_figures.drafts(found, plan.snapshot_id)
    return {key: draft for draft in made if (key := (draft.school_code, draft.stage, draft.code)) in places}


def _bare(plan: Kept, place: Place, step: Row) -> Draft:
    school, stage, _code = place
    name = step["to_school_name"] if step["what"] == "move" else step["school_name"]
    return Draft(
        source_kind="plan",
        standard_code=plan.standard_code,
        school_year=plan.school_year,
        school_code=school,
        school_name=name or school,
        stage=stage,
        title=plan.name,
        problem="本校这一项已达标；为全县差异系数或交流比例而做",
    )


def _said(step: Row, amounts: dict[str, tuple[str, str]]) -> str:
    """Say one step as a measure to be taken."""
    if step["what"] == "purchase":
        name, unit = amounts.get(step["measure"], (step["measure"], ""))
        where = STAGES.get(step["stage"], "")
        return (
            f"{where}新增{name} {step['amount']:,.1f} {unit}，约 {step['yuan'] / 10_000:,.1f} 万元".replace(
                ".0 ", " "
            )
        )
    kind = "＋".join(word for mark, (_one, word) in MARKS.items() if step[mark]) or "一般"
    stage = STAGES[step["stage"]]
    if step["what"] == "post":
        return f"新增{stage}{kind}教师岗位 {step['posts']} 个"
    return f"由{step['school_name']}派入{stage}{kind}教师 {step['teachers']} 名（方案第 {step['order']} 项）"
