"""Two consortiums landed by hand: eight schools, two school years of figures, dates at every edge."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.marts.county import Landed

LEAD, NEAR, FAR, OTHER_LEAD, OTHER = "0100000001", "0100000002", "0100000003", "0100000004", "0100000005"
OUTSIDE, MOVER, BEYOND = "0100000006", "0100000007", "邻县中学"
FOUNDED = date(2022, 9, 1)
TEACHERS = {LEAD: 60.0, NEAR: 40.0, FAR: 20.0, OTHER_LEAD: 50.0, OTHER: 30.0, OUTSIDE: 20.0, MOVER: 15.0}
PUPILS = {
    LEAD: 1000.0,
    NEAR: 600.0,
    FAR: 200.0,
    OTHER_LEAD: 800.0,
    OTHER: 500.0,
    OUTSIDE: 400.0,
    MOVER: 100.0,
}
BACKBONE = {
    2022: {LEAD: 31, NEAR: 4, FAR: 1, OTHER_LEAD: 16, OTHER: 5, OUTSIDE: 2, MOVER: 0},
    2023: {LEAD: 25, NEAR: 9, FAR: 2, OTHER_LEAD: 20, OTHER: 5, OUTSIDE: 2, MOVER: 1},
}


class Alliances(Landed):
    """Rows of members, activities and satisfaction beside those of schools."""

    def member(
        self, consortium: str, school: str, joined: date = FOUNDED, *, lead: bool = False, **more: Any
    ) -> Alliances:
        row = {
            "school_year": joined.year - (joined.month < 9),
            "consortium_code": consortium,
            "consortium_name": f"{consortium}共同体",
            "kind": "教育共同体",
            "mode": None,
            "school_ref": school,
            "role": "牵头" if lead else "成员",
            "joined_on": joined,
            "left_on": None,
            "round": "2022—2025",
        }
        self._add("consortium_members", {**row, **more})
        return self

    def activity(
        self, consortium: str, kind: str, day: date, host: str = LEAD, times: float = 1, **more: Any
    ) -> Alliances:
        row = {
            "school_year": day.year - (day.month < 9),
            "consortium_code": consortium,
            "activity_type": kind,
            "held_on": day,
            "school_ref": host,
            "participant_refs": None,
            "teachers": None,
            "times": times,
            "topic": None,
            "ordinal": len(self.rows.get("consortium_activities", [])) + 1,
        }
        self._add("consortium_activities", {**row, **more})
        return self

    def satisfied(
        self, year: int, group: str, issued: float, responses: float, happy: float, **more: Any
    ) -> Alliances:
        row = {
            "school_year": year,
            "respondents": group,
            "school_ref": None,
            "consortium_code": None,
            "issued": issued,
            "responses": responses,
            "satisfied": happy,
        }
        self._add("satisfaction", {**row, **more})
        return self


def schools(county: Alliances) -> None:
    for year, backbone in BACKBONE.items():
        for place, (code, pupils) in enumerate(PUPILS.items()):
            where = {"longitude": 110 + place * 0.01, "latitude": 30.0, "township": "示例镇"}
            county.school(year, code, name=f"第{place + 1}小学", ownership="公办", **where)
            county.conditions(year, code, "primary", students=pupils, teaching_area_m2=pupils * 5)
            county.staff(
                year,
                code,
                "primary",
                full_time_teachers=TEACHERS[code],
                backbone_teachers=float(backbone[code]),
            )


def members(county: Alliances) -> None:
    county.member("A", LEAD, lead=True).member("A", NEAR)
    county.member("A", FAR, left_on=date(2024, 3, 31))
    county.member("A", MOVER, left_on=date(2023, 8, 31))
    county.member("A", BEYOND)
    county.member("B", OTHER_LEAD, lead=True, kind="教联体", left_on=date(2025, 8, 31))
    county.member("B", OTHER, kind="教联体").member("B", MOVER, date(2023, 10, 16), kind="教联体")
    county.member("C", OUTSIDE, date(2023, 11, 1), lead=True, kind="名校+")


def activities(county: Alliances) -> None:
    county.activity("A", "示范课", date(2022, 10, 8), times=9).activity(
        "A", "示范课", date(2023, 1, 31), times=4
    )
    county.activity("A", "示范课", date(2023, 2, 1), NEAR, times=15)
    county.activity("A", "示范课", date(2024, 3, 31), FAR).activity(
        "A", "示范课", date(2024, 4, 1), FAR, times=7
    )
    county.activity("A", "联席会议", date(2022, 9, 1)).activity("A", "联席会议", date(2022, 12, 2))
    visit = {"participant_refs": f"{NEAR}|{FAR}"}
    county.activity("A", "教师研修", date(2022, 10, 10), teachers=9, **visit)
    county.activity("A", "教师研修", date(2022, 10, 11), teachers=12, **visit)
    county.activity("A", "教师研修", date(2022, 10, 12), teachers=4, participant_refs=FAR)
    county.activity("A", "教师研修", date(2022, 10, 13), teachers=3, participant_refs=FAR)
    county.activity("A", "教师研修", date(2022, 10, 14), participant_refs=FAR)
    county.activity("A", "干部交流", date(2023, 3, 1), NEAR)
    county.activity("A", "读书会", date(2022, 11, 1), participant_refs="全体")
    county.activity("B", "同课异构", date(2023, 9, 18), OTHER_LEAD, times=5)
    county.activity("B", "同课异构", date(2023, 9, 22), OTHER).activity(
        "B", "同课异构", date(2023, 9, 25), OTHER
    )
    county.activity("B", "联合调研", date(2023, 9, 5), OTHER).activity(
        "B", "联合调研", date(2023, 9, 28), OTHER
    )
    county.activity("B", "联合调研", date(2023, 10, 15), MOVER).activity(
        "B", "联合调研", date(2023, 11, 16), MOVER
    )


def surveys(county: Alliances) -> None:
    county.satisfied(2023, "家长", 100, 90, 81, school_ref=LEAD)
    county.satisfied(2023, "家长", 60, 50, 30, school_ref=NEAR).satisfied(
        2023, "教师", 20, 20, 19, school_ref=NEAR
    )
    county.satisfied(2023, "家长", 500, 400, 360, consortium_code="B").satisfied(2023, "校长", 7, 7, 7)


def county() -> Alliances:
    """Everything in one import."""
    landed = Alliances()
    for part in (schools, members, activities, surveys):
        part(landed)
    return landed
