"""Sentences of the investment plan, made by rules from its figures."""

from __future__ import annotations

from typing import Any

from view import numbers
from view.names import Row
from view.texts import _, language

PROVEN = 1e-6


def yuan(amount: float | None) -> str:
    """Write money: ten thousands of yuan in Chinese, millions in English."""
    if amount is None:
        return numbers.MISSING
    if language() == "en":
        return f"{numbers.number(amount / 1_000_000, 2)} million yuan"
    return _("{n} 万元", n=numbers.number(amount / 10_000, 1))


def verdict(summary: Row) -> str:
    """Return what the least plan costs and what it reaches."""
    if not summary["yuan"]:
        return _("要花钱补的各项已达到标准，无需投入")
    return _(
        "最少投入 **{money}**，**{n}** 所学校的办学条件各项达到标准，差异系数不超限",
        money=yuan(summary["yuan"]),
        n=summary["schools"],
    )


def proof(summary: Row) -> str:
    """Return what is proved about the cost."""
    if summary["gap"] <= PROVEN:
        return _("已证明：按这些单价，没有更省的方案。")
    return _(
        "在时限内求得；任何方案不会低于 {bound}，本方案最多可再省 {gap}。",
        bound=yuan(summary["bound"]),
        gap=numbers.percent(summary["gap"], 2),
    )


def effect(summary: Row) -> str:
    """Return how many schools and pupils then reach the standard."""
    return _(
        "校（学段）达标由 {before} 个变为 {after} 个；新达标的学校有学生 {pupils} 人。",
        before=summary["compliant_before"],
        after=summary["compliant_after"],
        pupils=numbers.number(summary["pupils"]),
    )


def left_over(summary: Row) -> str:
    """Return what money cannot mend."""
    parts = []
    if summary["held_back"]:
        parts.append(
            _("另有 {n} 个校（学段）因教师等其他指标未达标，单靠投入不能达标。", n=summary["held_back"])
        )
    if summary["missing"]:
        parts.append(_("{n} 项缺数据，未列入方案，补齐后再算。", n=summary["missing"]))
    return " ".join(parts)


def limits(summary: Row) -> str:
    """Return what the coefficient limits cost."""
    if summary["for_limits"] <= 0:
        return _("各校达到标准后，各项差异系数自然在限值以内，不必再为均衡加钱。")
    return _("其中 {money} 是为差异系数不超限而多花的。", money=yuan(summary["for_limits"]))


def instead(found: Row) -> str:
    """Return what moving pupils would save."""
    if not found["pupils"]:
        return _("{km} 千米内没有既有空余学位、又比投入便宜的学校。", km=numbers.exact(found["km"], 1))
    return _(
        "把 {pupils} 名学生调剂到 {km} 千米内有空余学位的学校，合计 {money}，比全部投入省 {saved}。",
        pupils=numbers.number(found["pupils"]),
        km=numbers.exact(found["km"], 1),
        money=yuan(found["total"]),
        saved=yuan(found["saved"]),
    )


def years(order: dict[str, Any]) -> str:
    """Return how far the budget reaches."""
    said = _(
        "每年 {budget}：{done} 所完成，第 1 年末新增达标学生 {first} 人。",
        budget=yuan(order["budget"]),
        done=order["done"],
        first=numbers.number(order["first"]),
    )
    if not order["left"]:
        return said
    return (
        said
        + (" " if language() == "en" else "")
        + _("{left} 所在 {years} 年内排不上。", left=order["left"], years=order["years"])
    )
