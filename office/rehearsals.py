"""A rehearsal of the inspectors' visit as a page shows it: the schools drawn, each with its questions."""

from __future__ import annotations

from typing import Any

from office.documents import Wish, facts_of
from reports.draw import sample, strata
from reports.facts import Figure
from reports.rehearsal import questions
from warehouse.home import Home

Row = dict[str, Any]


def drawn(home: Home, wish: Wish, language: str = "zh") -> list[Row]:
    """Return the schools of a draw in order, with their place and their questions in words."""
    facts, _fresh = facts_of(home, wish.year, wish.standard)
    groups = strata(facts)
    place_of = {school: (stage, place) for (stage, place), schools in groups.items() for school in schools}
    return [
        {
            "school_code": school,
            "school_name": facts.school_name(school),
            "stages": place_of[school][0],
            "area_type": place_of[school][1],
            "questions": [
                {
                    "title": kind[f"title_{language}"],
                    "question": "".join(part.text if isinstance(part, Figure) else part for part in parts),
                    "evidence": kind[f"evidence_{language}"],
                }
                for kind, parts in questions(facts, school, language)
            ],
        }
        for school in sample(groups, wish.schools, wish.seed, wish.draw)
    ]
