"""What is said of kept plans: what was asked, on what they rest, what the ledger took."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from view import numbers, plan_form
from view import sentences_plan as say
from view.names import Names
from view.texts import _


def asked(found: Mapping[str, Any], names: Names) -> str:
    """Say what a kept plan was asked to do, within which limits."""
    if "stages" not in found:
        money = _("每年 {yuan} 万元，{n} 年", yuan=numbers.number(found["budget"] / 10_000), n=found["years"])
        prices = [
            f"{names.label('measure', measure)} {numbers.number(yuan)}"
            for measure, yuan in found["prices"].items()
        ]
        return say.clauses(
            [money, *([_("改过的单价：{prices}", prices=say.listed(prices))] if prices else [])]
        )
    stages = say.listed(names.label("stage", stage) for stage in found["stages"])
    goals = say.listed(plan_form.goal_words(goal) for goal in found["goals"])
    limits = [_limit(name, value) for name, value in found["limits"]]
    return say.clauses([stages, goals, *([say.listed(limits)] if limits else [])])


def _limit(name: str, value: str) -> str:
    place = _("乡镇") if value == "township" else _("共同体")
    return {
        "who": _("不限于符合交流条件的教师"),
        "lost": _("不管交流救不了的学校（R4—R7 已不达标等）"),
        "losses": _("允许丢掉现在已达到的项"),
        "subject": _("学科 {value}", value=value),
        "duty": _("在岗状态 {value}", value=value),
        "within": _("只在{place}内", place=place),
        "first": _("{place}内优先", place=place),
        "km": _("最远 {value} 千米", value=value),
        "lock": _("不动 {value}", value=value),
        "leave": _("每校每学段最多派出 {value} 名", value=value),
        "total": _("总共最多 {value} 名", value=value),
        "per_class_primary": _("小学每班留 {value} 名", value=value),
        "per_class_junior": _("初中每班留 {value} 名", value=value),
        "margin": _("余量 {value}", value=numbers.percent(float(value), 0) if name == "margin" else ""),
    }.get(name, f"{name}={value}")


def stale() -> str:
    """Say that a plan rests on earlier figures."""
    return _("这个方案依据更早的快照，数据此后已更新。列入台账前请按现在的数据重新测算、核对。")


def entered(made: int, there: int) -> str:
    """Say what the ledger took."""
    said = _("已列入整改台账 {n} 条，整改措施已按方案写好。", n=made)
    return said + (_("{n} 条此前已列入，没有重复。", n=there) if there else "")
