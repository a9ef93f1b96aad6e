"""Consortiums of schools: who leads, who joined when, two rounds, and what is to be told of each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from warehouse.demo.places import COUNTY
from warehouse.demo.world import School, World

ROUNDS = {
    "2019—2022": (date(2019, 10, 1), date(2022, 12, 30)),
    "2023—2025": (date(2023, 1, 1), date(2025, 12, 31)),
}
FIRST, SECOND = ROUNDS
BEYOND = "示例市实验学校（县外）"
LEAD, MEMBER = "牵头", "成员"


@dataclass(frozen=True)
class Plan:
    """What is intended: kind, mode, kinds of school, how it keeps its duties and what comes of them."""

    kind: str
    mode: str
    lead: str
    members: tuple[str, ...]
    diligence: float = 1.0  # share of the duties that are done
    effect: str = "none"  # closing | widening | frozen | none
    since: str = FIRST


VILLAGES = ("village_primary",) * 3
PLANS = (
    Plan("名校+", "名校+弱校", "seat_primary", VILLAGES, effect="closing"),
    Plan("教育集团", "多法人组合", "town_primary", ("nine_year", *VILLAGES[:2]), effect="frozen"),
    Plan("教育共同体", "松散型", "town_primary", (*VILLAGES[:2], "point_counted"), 0.55),
    Plan("教联体", "共建型", "seat_primary", VILLAGES, effect="widening"),
    Plan("名校+", "跨县域", "senior", ("senior", "complete")),
    Plan("教联体", "融合型", "town_primary", (*VILLAGES[:2], "kindergarten"), effect="closing"),
    Plan("教育集团", "紧密型", "junior", ("junior", "junior", "nine_year"), effect="closing"),
    Plan("教育共同体", "学区制", "town_primary", VILLAGES, 0.8),
    Plan("名校+", "名校+多校", "seat_primary", ("town_primary", *VILLAGES[:2]), effect="closing"),
    Plan("教育共同体", "松散型", "kindergarten", ("kindergarten",) * 4, since=SECOND),
    Plan("名校+", "名校+弱校", "complete", ("junior", "junior", "junior"), effect="widening"),
    Plan("教育集团", "单一法人分校区", "seat_primary", ("town_primary", "village_primary"), since=SECOND),
    Plan("教联体", "协作型", "town_primary", (*VILLAGES[:2], "point_counted"), 0.7),
    Plan("名校+", "名校+多校", "junior", ("junior", "junior"), since=SECOND),
    Plan("教育集团", "混合型", "twelve_year", ("nine_year", "kindergarten"), 0.9),
    Plan("教联体", "融合型", "nine_year", VILLAGES, since=SECOND),
    Plan("教育共同体", "城乡结对", "seat_primary", (*VILLAGES, "kindergarten"), effect="closing"),
    Plan("名校+", "名校+弱校", "seat_primary", ("nine_year", *VILLAGES[:2]), 0.85, since=SECOND),
    Plan("教育共同体", "松散型", "town_primary", VILLAGES, 0.35),
    Plan("名校+", "名校+弱校", "kindergarten", ("kindergarten",) * 3, since=SECOND),
)


@dataclass(frozen=True)
class Membership:
    """One school in one consortium for a time; `school` is a code, or the name of one beyond the county."""

    school: str
    role: str
    joined: date
    left: date
    round: str


@dataclass
class Union:
    """One consortium."""

    code: str
    name: str
    plan: Plan
    members: list[Membership] = field(default_factory=list)

    def on(self, day: date) -> list[Membership]:
        """Members on one day, the lead first."""
        found = [m for m in self.members if m.joined <= day <= m.left]
        return sorted(found, key=lambda m: m.role != LEAD)


class Finder:
    """Hands out schools that are open throughout, each once, of the kind wished for as long as it has any."""

    def __init__(self, world: World) -> None:
        usable = [
            s
            for s in world.schools.values()
            if s.closed == 9999 and s.is_counted and s.kind not in ("special", "vocational")
        ]
        self.free = [s for s in usable if s.opened == min(o.opened for o in usable)]

    def take(self, kind: str, near: School | None = None) -> School | None:
        """Next school of `kind`, from the township of `near` if it has one; another kind in need; or none."""
        fitting = [s for s in self.free if s.kind == kind]
        here = [s for s in fitting if near and s.township == near.township]
        chosen = next(iter(here or fitting or [s for s in self.free if s.kind != "kindergarten"]), None)
        if chosen:
            self.free.remove(chosen)
        return chosen


def unite(world: World) -> list[Union]:
    """Return the county's consortiums, about one for eleven schools."""
    finder = Finder(world)
    unions: list[Union] = []
    for index in range(max(6, round(len(world.schools) / 11))):
        plan = PLANS[index % len(PLANS)]
        lead = finder.take(plan.lead)
        members = [finder.take(kind, lead) for kind in plan.members] if lead else []
        present = [school for school in members if school]
        if lead and present:
            unions.append(_founded(len(unions) + 1, plan, lead, present))
    for twist in (_move_some, _change_in_mid_round, _partner_beyond, _replace_lead, _nest, _split, _grow):
        twist(world, unions)
    return unions


def _founded(number: int, plan: Plan, lead: School, members: list[School]) -> Union:
    short = lead.name.removeprefix(COUNTY)
    tail = {"名校+": "“名校+”联合体", "教育集团": "教育集团", "教联体": "教联体", "教育共同体": "教育共同体"}
    union = Union(f"G{number:02d}", short + tail[plan.kind], plan)
    for label, (start, end) in ROUNDS.items():
        if label >= plan.since:
            union.members.append(Membership(lead.code, LEAD, start, end, label))
            union.members += [Membership(s.code, MEMBER, start, end, label) for s in members]
    return union


def _second(union: Union, role: str = MEMBER) -> list[Membership]:
    return [m for m in union.members if m.round == SECOND and m.role == role]


def _swap(union: Union, old: Membership, *new: Membership) -> None:
    at = union.members.index(old)
    union.members[at : at + 1] = new


def _move_some(_: World, unions: list[Union]) -> None:
    """At the second round every fifth consortium of the first gives its last member to the next one."""
    for giver, taker in zip(unions[4::5], unions[5::5], strict=False):
        member = _second(giver)[-1]
        if len(_second(giver)) > 1 and giver.plan.effect == "none" and member.school != BEYOND:
            giver.members.remove(member)
            taker.members.append(member)


def _change_in_mid_round(_: World, unions: list[Union]) -> None:
    """The third loses a member, which enters no other, and takes in one from the fourth; the dates differ."""
    loser, giver = unions[2], unions[3]
    gone = _second(loser)[-1]
    _swap(loser, gone, Membership(gone.school, MEMBER, gone.joined, date(2023, 12, 31), SECOND))
    moving = _second(giver)[-1]
    _swap(giver, moving, Membership(moving.school, MEMBER, moving.joined, date(2024, 2, 29), SECOND))
    loser.members.append(Membership(moving.school, MEMBER, date(2024, 3, 1), moving.left, SECOND))


def _partner_beyond(_: World, unions: list[Union]) -> None:
    unions[4].members.append(Membership(BEYOND, MEMBER, *ROUNDS[SECOND], SECOND))


def _replace_lead(_: World, unions: list[Union]) -> None:
    """Lead and first member of a later 教育共同体 change places at New Year 2024."""
    later = (u for u in unions[4:] if u.plan.kind == "教育共同体" and u.plan.effect == "none")
    union = next(later, unions[2])
    lead, member = _second(union, LEAD)[0], _second(union)[0]
    for one, role in ((lead, MEMBER), (member, LEAD)):
        before = Membership(one.school, one.role, one.joined, date(2023, 12, 31), SECOND)
        _swap(union, one, before, Membership(one.school, role, date(2024, 1, 1), one.left, SECOND))


def _nest(_: World, unions: list[Union]) -> None:
    """Up to four schools belong to a second consortium, of another kind."""
    for union, other in zip(unions[:4], unions[5:9], strict=False):
        if union.plan.kind != other.plan.kind:
            union_member = _second(union)[0]
            other.members.append(Membership(union_member.school, MEMBER, *ROUNDS[SECOND], SECOND))


def _split(_: World, unions: list[Union]) -> None:
    """The last one with three members becomes two in September 2024."""
    whole = next((u for u in reversed(unions[3:]) if len(_second(u)) >= 3 and u.plan.effect == "none"), None)
    if whole is None:
        return
    part = Union(f"G{len(unions) + 1:02d}", whole.name + "（二组）", whole.plan)
    for index, member in enumerate(_second(whole)[-2:]):
        ended = Membership(member.school, MEMBER, member.joined, date(2024, 8, 31), SECOND)
        _swap(whole, member, ended)
        role = LEAD if index == 0 else MEMBER
        part.members.append(Membership(member.school, role, date(2024, 9, 1), member.left, SECOND))
    unions.append(part)


def _grow(world: World, unions: list[Union]) -> None:
    """Schools founded later join the first consortium of the county seat as 新校."""
    for school in _newcomers(world):
        day = date(school.opened, 9, 1)
        unions[0].members.append(Membership(school.code, MEMBER, day, ROUNDS[SECOND][1], SECOND))


def _newcomers(world: World) -> Iterator[School]:
    first = min(school.opened for school in world.schools.values())
    return (s for s in world.of_kind("seat_primary") if s.opened > first and s.is_counted)
