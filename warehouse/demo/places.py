"""Townships, coordinates and names of the fictional county: neutral syllables, nobody's real place."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

COUNTY = "青禾县"
PROVINCE = "示例省"
# A crossing of the graticule, chosen because nothing on the pages depends on what really lies there.
CENTRE_LONGITUDE, CENTRE_LATITUDE = 105.0, 36.0
REGION_PREFIX = "0990"  # no region of the national code table begins so
STREETS = ("青禾街道", "明溪街道")
TOWNS = ("云溪镇", "临湖镇", "石桥镇", "松岗镇", "白杨镇", "金坪镇", "清河镇")
RURAL = ("竹源乡", "柳湾乡", "南坡乡", "东岭乡", "丰田乡", "杏林乡", "月塘乡")
FIRST = "春夏秋晨启明和平新永长广东西南北前后上下大小红绿"
SECOND = "华光泉庄坡岭桥湾塘沟坪岗林田河井台屯堡亭源川"
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Township:
    """One of the county's townships, with the position of its seat in degrees."""

    number: int
    name: str
    area_type: str
    longitude: float
    latitude: float

    @property
    def stem(self) -> str:
        """Name without its kind (云溪镇 → 云溪)."""
        return self.name.removesuffix("街道").rstrip("镇乡")


def generator(seed: int, purpose: str) -> np.random.Generator:
    """Return a stream of its own for `purpose`, so that adding draws in one part moves no other."""
    return np.random.Generator(np.random.PCG64([seed, zlib.crc32(purpose.encode())]))


def townships(schools: int, seed: int) -> list[Township]:
    """Return 5 to 16 townships, streets first, for a county of about `schools` units."""
    count = min(16, max(5, schools // 12))
    streets = max(1, round(count / 8))
    towns = max(2, round(count * 7 / 16))
    names = STREETS[:streets] + TOWNS[:towns] + RURAL[: count - streets - towns]
    rng = generator(seed, "townships")
    return [_township(number, name, len(names), rng) for number, name in enumerate(names)]


def _township(number: int, name: str, count: int, rng: np.random.Generator) -> Township:
    is_street = name in STREETS
    angle = 2 * math.pi * (number / count + rng.uniform(-0.02, 0.02))
    distance = 0.02 if is_street else rng.uniform(0.12, 0.20) + (0.10 if name in RURAL else 0.0)
    return Township(
        number,
        name,
        "城区" if is_street else "镇区" if name in TOWNS else "乡村",
        round(CENTRE_LONGITUDE + distance * math.cos(angle), 5),
        round(CENTRE_LATITUDE + distance * 0.8 * math.sin(angle), 5),
    )


def near(township: Township, spread: float, rng: np.random.Generator) -> tuple[float, float]:
    """Return a position (longitude, latitude) within about `spread` degrees of the township's seat."""
    east, north = rng.normal(0, spread / 2, 2)
    return round(township.longitude + float(east), 5), round(township.latitude + float(north), 5)


def village_names(rng: np.random.Generator) -> Iterator[str]:
    """Yield village names without repeating one."""
    pairs = [first + second for first in FIRST for second in SECOND]
    drawn = [pairs[int(index)] for index in rng.permutation(len(pairs))]
    yield from drawn
    yield from (f"{pair}{more}" for more in SECOND for pair in drawn)  # counties beyond the usual size


def numeral(number: int) -> str:
    """一 to 九百九十九."""
    hundreds, number = divmod(number, 100)
    if hundreds:
        rest = "" if not number else f"{'零' * (number < 10)}{numeral(number)}"
        return f"{NUMERALS[hundreds - 1]}百{rest}"
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return head + (NUMERALS[ones - 1] if ones else "")


def identity_number(number: int, birth_year: int, birth_month: int, female: bool) -> str:
    """Return an 18-digit number with a valid check character, in a region that does not exist (9900…)."""
    sequence = f"{number % 500 * 2 + (0 if female else 1):03d}"  # odd for men, as in real ones
    body = f"9900{number // 500 + 1:02d}{birth_year:04d}{birth_month:02d}{number % 28 + 1:02d}{sequence}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]
