"""Made-up PSM, at least one from each kelurahan."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from psm_course.records.kelurahan import Kelurahan, all_kelurahan

_WOMEN = (
    "Siti", "Nurhayati", "Rini", "Yuliana", "Sri", "Dewi", "Fitri", "Lestari", "Rohimah", "Aminah", "Ratna", "Kartini", "Wulan",
    "Endang", "Marlina", "Suryati", "Eka", "Ida", "Maryam", "Hartini", "Neneng", "Lilis", "Tuti", "Yanti", "Halimah",
)  # fmt: skip
_MEN = (
    "Ahmad", "Budi", "Slamet", "Agus", "Hendra", "Joko", "Ujang", "Asep", "Dedi", "Rahmat", "Supriyadi", "Bambang", "Yusuf", "Iwan",
    "Maman", "Tatang", "Wahyu", "Eko", "Rudi", "Hasan",
)  # fmt: skip
_LAST = (
    "Rahayu", "Sulastri", "Hidayat", "Wijaya", "Kusuma", "Saputra", "Nurjanah", "Permana", "Setiawan", "Hasanah", "Mulyani",
    "Suhendar", "Kurniawan", "Anggraini", "Maulana", "Simanjuntak", "Nasution", "Tanjung", "Pratiwi", "Handayani", "Gunawan",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    name: str
    kelurahan: Kelurahan


def made_up_people(count: int, seed: int) -> list[Person]:
    """`count` people with names that differ within a kelurahan; the first 63 come from the 63 kelurahan."""
    random = Random(seed)  # noqa: S311 - made-up people need no secret dice
    homes = list(all_kelurahan())
    people: list[Person] = []
    taken: set[tuple[str, str]] = set()
    while len(people) < count:
        home = homes[len(people)] if len(people) < len(homes) else random.choice(homes)
        first = random.choice(_WOMEN if random.random() < 0.75 else _MEN)
        name = f"{first} {random.choice(_LAST)}"
        if (name, home.code) not in taken:
            taken.add((name, home.code))
            people.append(Person(name, home))
    random.shuffle(people)
    return people
