"""Invents PSM (community social-work volunteers), at least one from each kelurahan.

A demo needs a hundred people; a test with a full register needs 250,000.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from psm_course.content.region import Kelurahan, Region

# No two names of a list are a slip apart, so that nobody
# is asked about by accident; a test proves it.
_WOMEN = (
    "Siti", "Nurhayati", "Rini", "Yuliana", "Sri", "Dewi", "Fitri", "Lestari", "Rohimah", "Aminah",
    "Ratna", "Kartini", "Wulan", "Endang", "Marlina", "Suryati", "Eka", "Ida", "Maryam", "Sumarni",
    "Neneng", "Lilis", "Tuti", "Yanti", "Halimah",
)  # fmt: skip
_MEN = (
    "Ahmad", "Budi", "Slamet", "Agus", "Hendra", "Joko", "Ujang", "Asep", "Dadang", "Rahmat",
    "Supriyadi", "Bambang", "Yusuf", "Iwan", "Maman", "Tatang", "Wahyu", "Teguh", "Gatot", "Hasan",
)  # fmt: skip
_LAST = (
    "Rahayu", "Sulastri", "Hidayat", "Wijaya", "Kusuma", "Saputra", "Nurjanah", "Permana",
    "Setiawan", "Hasanah", "Mulyani", "Suhendar", "Kurniawan", "Anggraini", "Maulana",
    "Simanjuntak", "Nasution", "Tanjung", "Pratiwi", "Handayani", "Gunawan",
)  # fmt: skip

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person, for a demo, a rehearsal or a test."""

    name: str
    kelurahan: Kelurahan


def made_up_people(region: Region, count: int, seed: int) -> list[Person]:
    """Make `count` people, each with a name and a kelurahan.

    If `count` is large enough, each kelurahan of the region has at least one person. People of the
    same kelurahan have different names. The people are in random order.
    """
    random = Random(seed)  # noqa: S311 - made-up people need no secret dice
    homes = region.homes
    people: list[Person] = []
    taken: set[tuple[str, str]] = set()
    while len(people) < count:
        home = homes[len(people)] if len(people) < len(homes) else _one_of(homes, random)
        first = _one_of(_WOMEN if random.random() < 0.75 else _MEN, random)
        last = _one_of(_LAST, random)
        name = f"{first} {last}"
        if (name, home.code) in taken:
            name = f"{first} {_one_of(_LAST, random)} {last}"
        if (name, home.code) not in taken:
            taken.add((name, home.code))
            people.append(Person(name, home))
    random.shuffle(people)
    return people


def _one_of(things: Sequence[Thing], random: Random) -> Thing:
    """Return a random element of `things`.

    This is `random.choice`, but five times as fast, which matters for 250,000 people.
    """
    return things[int(random.random() * len(things))]
