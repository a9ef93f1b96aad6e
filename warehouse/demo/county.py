"""The whole world at once: schools, pupils, classes, teachers and buildings of every year."""

from __future__ import annotations

from dataclasses import dataclass, field

from warehouse.demo.buildings import Estate, Resources, special_rooms
from warehouse.demo.effects import Effects
from warehouse.demo.events import unfold
from warehouse.demo.levels import draw_levels
from warehouse.demo.people import Roster, Staff
from warehouse.demo.pupils import Class, enrol, seat_classes
from warehouse.demo.stays import Stay
from warehouse.demo.unions import Union, unite
from warehouse.demo.world import YEARS, World, found_county

Unit = tuple[str, str]


@dataclass
class County:
    """What is true, year by year; nothing here knows about files or dirt."""

    world: World
    classes: dict[int, dict[Unit, list[Class]]] = field(default_factory=dict)
    rosters: dict[int, Roster] = field(default_factory=dict)
    resources: dict[tuple[int, str], Resources] = field(default_factory=dict)
    rooms: dict[int, list[tuple[str, str, float]]] = field(default_factory=dict)
    unions: list[Union] = field(default_factory=list)
    stays: dict[int, list[Stay]] = field(default_factory=dict)  # by school year of the report
    on_a_line: set[str] = field(default_factory=set)  # schools put exactly on a limit
    unreported: dict[str, set[str]] = field(default_factory=dict)  # dataset → school codes, latest year


def live(schools: int, seed: int) -> County:
    """Return the county with about `schools` units after three school years."""
    world = found_county(schools, seed)
    unfold(world)
    enrol(world)
    county = County(world, unions=unite(world))
    levels = draw_levels(world)
    staff, estate = Staff(world, levels), Estate(world, levels)
    for year in YEARS:
        classes = county.classes[year] = seat_classes(world, year)
        county.rosters[year] = staff.live(year, classes)
        estate.build(year, classes)
        county.rooms[year] = special_rooms(world, year, classes)
    effects = Effects(estate, county.rosters)
    for union in county.unions:
        effects.bring(union)
    county.resources = estate.stock
    return county
