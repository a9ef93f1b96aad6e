"""One teacher's stay at another school, and how a year's summary or roster tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from warehouse.demo.people import Teacher

COUNTED_TYPES = ("轮岗", "支教")


@dataclass(frozen=True)
class Stay:
    """Told in one school year; a stay of two years is told twice, with the same dates."""

    school_year: int
    teacher: Teacher
    origin: str
    host: str
    kind: str
    start: date
    end: date
    told: str  # summary | roster | both
    listed: str = "own"  # own | host | away: where the roster has the teacher, `away` with status 区内交流

    @property
    def is_counted(self) -> bool:
        """True for the kinds that count as exchange."""
        return self.kind in COUNTED_TYPES
