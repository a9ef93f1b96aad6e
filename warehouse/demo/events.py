"""What happens to schools between the years: closed, merged, split, new, renamed, taken over."""

from __future__ import annotations

from warehouse.demo.places import COUNTY
from warehouse.demo.world import Event, Founder, School, World


def _note(world: World, year: int, kind: str, school: School, other: School | None = None) -> None:
    document = f"青教发〔{year}〕{len(world.events) + 1}号（虚构）"
    world.events.append(Event(year, kind, school.code, other.code if other else "", document))


def _close(world: World, school: School, year: int, receiver: School, kind: str) -> None:
    school.closed, school.receiver = year, receiver.code
    _note(world, year, kind, school, receiver)


def _close_points(world: World) -> None:
    points = world.of_kind("point_merged")
    for index, point in enumerate(points[1 : 1 + max(1, round(len(points) * 6 / 34))]):
        _close(world, point, 2023 + index % 2, world.schools[str(point.parent)], "closed")


def _merge_villages(world: World) -> School:
    parents = {school.parent for school in world.schools.values()}
    free = [s for s in world.of_kind("village_primary")[-8:] if s.code not in parents]
    towns = world.of_kind("town_primary")
    receiver = next((t for t in towns if t.township == free[0].township), towns[0])
    _close(world, free[0], 2023, receiver, "merged")
    if len(world.of_kind("village_primary")) > 12:
        _close(world, free[1], 2024, free[2], "merged")
    return free[0]


def _rename(world: World, gone: School) -> None:
    villages = [s for s in world.of_kind("village_primary") if s.closed == 9999]
    for school, year, name in (
        (villages[-1], 2023, f"{villages[-1].township.stem}育才小学"),
        (villages[-2], 2024, gone.name),
    ):
        school.renamed = (year, name)
        _note(world, year, "renamed", school)


def _open(
    world: World,
    founder: Founder,
    year: int,
    kind: str,
    source: School,
    name: str,
    school_kind: str,
    is_campus: bool = False,
) -> None:
    school = founder.found(school_kind, source.township, name, source if is_campus else None)
    school.opened = school.established = year
    school.receiver = source.code
    _note(world, year, kind, school, source)


def unfold(world: World) -> None:
    """Let the county live through its events; schools founded later take pupils from `receiver`."""
    founder = Founder(world, "events")
    _close_points(world)
    _rename(world, _merge_villages(world))
    towns, seat = world.of_kind("town_primary"), world.of_kind("seat_primary")
    _open(world, founder, 2024, "split", towns[-1], f"{towns[-1].township.name}实验小学", "town_primary")
    _open(world, founder, 2024, "opened", seat[-1], f"{COUNTY}新城小学", "seat_primary")
    _open(
        world, founder, 2024, "campus", seat[0], f"{seat[0].name}（东校区）", "seat_primary", is_campus=True
    )
    nine = world.of_kind("nine_year")[0]
    nine.public_from = 2023
    _note(world, 2023, "taken_over", nine)
