"""What each office logged in each term: duties done in full, in part, or beside the dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from warehouse.demo.county import County
from warehouse.demo.places import generator
from warehouse.demo.unions import LEAD, MEMBER, Union
from warehouse.demo.world import YEARS


@dataclass(frozen=True)
class Duty:
    """How often one activity is held in a term, how much one entry counts, and who holds it."""

    activity: str
    entries: int
    times: int
    host: str  # lead | member | any
    topics: tuple[str, ...]
    terms: tuple[int, ...] = (1, 2)


RESEARCH = ("语文大单元教学", "数学运算能力", "英语听说", "科学实验", "体育与健康", "美育浸润")
LEADERS = ("期初工作部署", "教学质量分析", "教师交流安排", "资源共享方案")
FULL = (
    Duty("联席会议", 2, 1, "lead", LEADERS),
    Duty("牵头校指导", 3, 1, "lead", ("教学常规指导", "校本教研指导", "课堂教学诊断")),
    Duty("示范课", 8, 2, "lead", RESEARCH),
    Duty("听评课", 8, 4, "lead", RESEARCH),
    Duty("专题讲座", 3, 1, "lead", ("新课标解读", "作业设计", "班主任工作", "信息技术应用")),
    Duty("薄弱学科联合教研", 4, 1, "any", ("音乐", "美术", "科学", "英语")),
    Duty("教师研修", 3, 1, "member", RESEARCH),
    Duty("青年教师跟岗", 1, 1, "member", ("跟岗一学期",)),
    Duty("学期联合备课", 1, 1, "lead", ("开学前集体备课",)),
    Duty("专项过关", 1, 1, "any", ("计算过关", "书写过关")),
    Duty("送教", 1, 1, "lead", ("送教到校",)),
    Duty("学科竞赛", 1, 1, "any", ("阅读竞赛", "计算竞赛")),
    Duty("年级统测", 1, 1, "any", ("四年级统测", "期末统测")),
    Duty("全员培训", 1, 1, "lead", ("暑期全员培训",), (1,)),
    Duty("公开课展示", 1, 1, "any", ("课程公开展示",), (2,)),
    Duty("课堂教学评比", 1, 1, "any", ("青年教师课堂教学评比",), (2,)),
    Duty("干部交流", 1, 1, "member", ("中层干部挂任",), (1,)),
)
FAMOUS = (
    Duty("校长会商", 5, 1, "lead", LEADERS),
    Duty("联合调研", 1, 1, "lead", ("教学常规检查",)),
    Duty("课题研究", 1, 1, "lead", ("“名校+”管理一体化研究",), (1,)),
    *FULL[2:5],
    FULL[6],
    FULL[10],
)
FUSED = (
    Duty("联合调研", 5, 1, "lead", ("教学与安全调研",)),
    Duty("同课异构", 20, 1, "any", RESEARCH),
    Duty("课题研究", 1, 1, "lead", ("融合型教联体走教机制研究",), (1,)),
    *FULL[2:4],
    FULL[6],
)
LISTS = {"名校+": FAMOUS, "教联体": FUSED, "教育集团": FULL, "教育共同体": FULL}


@dataclass(frozen=True)
class Activity:
    """One line of a log."""

    union: Union
    school_year: int
    term: int
    activity: str
    held_on: date
    host: str
    participants: tuple[str, ...]  # school codes; empty for all members
    teachers: int
    times: int
    topic: str


class Diary:
    """Draws the logs, each consortium by its diligence; the duty skipped first is skipped every term."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.rng = generator(county.world.seed, "activities")

    def terms(self, union: Union) -> Iterator[tuple[int, int, list[Activity]]]:
        """Yield school year, term and entries of every term in which the consortium existed."""
        for year in YEARS:
            for term in (1, 2):
                first = date(year, 9, 1) if term == 1 else date(year + 1, 2, 17)
                if union.on(first) and union.on(first + timedelta(days=120)):
                    yield year, term, self._term(union, year, term, first)
                elif union.on(first + timedelta(days=120)):
                    yield year, term, self._term(union, year, term, first + timedelta(days=122))

    def _term(self, union: Union, year: int, term: int, first: date) -> list[Activity]:
        days = (date(year + 1, 1, 20) if term == 1 else date(year + 1, 7, 5)) - first
        found = []
        for at, duty in enumerate(LISTS[union.plan.kind]):
            entries = self._entries(duty, union, at) if term in duty.terms else 0
            for index in range(entries):
                step = days.days * (index + 0.5) / entries + float(self.rng.uniform(-1.5, 1.5))
                held_on = _weekday(first + timedelta(days=max(0, int(step))))
                found += self._held(union, duty, (year, term), held_on, index)
        return sorted(found, key=lambda one: (one.held_on, one.activity, one.host))

    def _entries(self, duty: Duty, union: Union, at: int) -> int:
        """All of them, or the share that the consortium manages: single ones fall away in turn."""
        share = union.plan.diligence
        if share == 1:
            return duty.entries
        if duty.entries == 1:
            return int((at * 7 + len(union.name)) % 10 < share * 10)
        return max(1, int(duty.entries * share))

    def _held(
        self, union: Union, duty: Duty, when: tuple[int, int], held_on: date, index: int
    ) -> list[Activity]:
        present = [m for m in union.on(held_on) if m.school in self.county.world.schools]
        leads = [m.school for m in present if m.role == LEAD]
        members = [m.school for m in present if m.role == MEMBER] or leads
        topic = duty.topics[index % len(duty.topics)]

        def entry(host: str, participants: tuple[str, ...]) -> Activity:
            teachers = int(self.rng.integers(12, 40)) if duty.activity != "青年教师跟岗" else 1
            return Activity(
                union, *when, duty.activity, held_on, host, participants, teachers, duty.times, topic
            )

        if duty.host == "member":
            return [entry(leads[0], (school,)) for school in members]
        host = leads[0] if duty.host == "lead" else [*leads, *members][index % len(present)]
        visited = (members[index % len(members)],) if duty.activity in ("牵头校指导", "送教") else ()
        return [entry(host, visited)]


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
