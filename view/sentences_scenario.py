"""Sentences of a scenario: what each step does, and what follows; always marked as supposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from view import numbers
from view.names import Names, Row
from view.texts import _

WHOLE = "whole"
PUPILS = "students"


@dataclass(frozen=True)
class Words:
    """What a step's codes are called."""

    names: Names
    schools: Mapping[str, str]
    units: Mapping[str, str]
    consortiums: Mapping[str, str]

    def school(self, code: str) -> str:
        """Return a school's name."""
        return self.schools.get(code, code)

    def stage(self, code: str) -> str:
        """Return a stage in words."""
        return _("全校") if code == WHOLE else self.names.label("stage", code)

    def amounts(self, found: Mapping[str, float], *, signed: bool) -> str:
        """Return amounts with their measure and unit."""
        write = numbers.signed if signed else numbers.number
        return "、".join(
            f"{self.names.label('measure', measure)} {write(amount)} {self.units.get(measure, '')}"
            for measure, amount in found.items()
        )


def mark(snapshot: str, day: str) -> str:
    """Return the line that stands on the page and on every document."""
    return _("假设，不是公布的数据 · 依据快照 {id}（{day} 发布）", id=snapshot, day=day)


def moved_on(name: str, snapshot: str) -> str:
    """Return the warning that a kept scenario was thought out on an earlier snapshot."""
    return _(
        "“{name}”当初依据快照 {id}，数据此后已更新；下面按现在的快照重新测算，请核对各步是否还适用。",
        name=name,
        id=snapshot,
    )


def step(change: Mapping[str, Any], words: Words) -> str:
    """Return one step as a sentence."""
    kind, school = change["kind"], words.school(change["school"])
    stage = words.stage(change.get("stage", WHOLE))
    to = list(change.get("to", {}))
    if kind == "adjust":
        amounts = words.amounts(change.get("amounts", {}), signed=True)
        return _("{school}（{stage}）：{amounts}", school=school, stage=stage, amounts=amounts)
    if kind == "transfer":
        amounts = words.amounts(change.get("amounts", {}), signed=False)
        other = words.school(to[0]) if to else ""
        return _(
            "{school}（{stage}）→ {to}：{amounts}", school=school, stage=stage, to=other, amounts=amounts
        )
    if kind == "close":
        parts = "、".join(f"{words.school(code)} {numbers.percent(change['to'][code], 0)}" for code in to)
        return _("撤并 {school}，学生和资源并入：{parts}", school=school, parts=parts)
    if kind == "open":
        return _("新建 {school}（{kind}）", school=change.get("name") or school, kind=change["school_type"])
    if to:
        return _("{school} 加入 {group}", school=school, group=words.consortiums.get(to[0], to[0]))
    return _("{school} 退出共同体", school=school)


def verdict(rows: Sequence[Row], steps: int, names: Names) -> str:
    """Return what the scenario does to the number of compliant schools."""
    if not steps:
        return _("假设测算：在副本上改一改，看判定怎样变")
    parts = "；".join(
        _(
            "{stage}达标 **{before} → {after}** 所",
            stage=names.label("stage", row["stage"]),
            before=row["schools_compliant_before"],
            after=row["schools_compliant"],
        )
        for row in rows
    )
    return _("假设 {n} 步之后：{parts}", n=steps, parts=parts)


def coefficients(rows: Sequence[Row], names: Names, standard: str) -> str:
    """Return the coefficients that change side."""
    turned = [row for row in rows if row["status"] != row["status_before"]]
    if not turned:
        return _("没有差异系数越过限值。")
    items = "、".join(
        f"{names.label('stage', row['stage'])}"
        f"{names.indicator_name(standard, row['stage'], row['indicator_code'], 'short')} "
        f"{numbers.coefficient(row['cv_before'])} → {numbers.coefficient(row['cv'])}"
        for row in turned
    )
    return _("越过限值的差异系数：{items}。", items=items)
