"""People of two cohorts, years apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from psm_course.domain.register import Cohort, Enrolment
from psm_course.errors import Refused
from psm_course.registrar.people.merging import link_persons
from psm_course.registrar.people.overview import coverage
from psm_course.store.engine import Store
from psm_course.store.people import cohorts, people
from tests.builders import REGION
from tests.register_builders import ACTOR, DEPOK, NOW, a_course, arranging, register_of

COURSE = a_course()
WHY = "kartu keluarga dilihat"
BEJI = "32.76.06.1001"
IN_2028 = NOW.replace(year=2028)


def in_another_year(
    store: Store, *names: str, cohort: str = "D28", kelurahan: str = DEPOK, course: str = "bimtek"
) -> None:
    """A later cohort of these people."""
    enrolled = [
        Enrolment(f"{cohort}-{index:03}", cohort, name, kelurahan)
        for index, name in enumerate(names, 1)
    ]
    with arranging(store) as tx:
        cohorts.add_cohort(
            tx, Cohort(cohort, f"Angkatan {cohort}", date(2028, 2, 1), course=course)
        )
        people.add_enrolments(tx, enrolled)


def linked(store: Store, *numbers: str) -> None:
    for other in numbers[1:]:
        link_persons(store, numbers[0], other, WHY, ACTOR, NOW)


def refusal(store: Store, act: Callable[..., object], *arguments: object) -> str:
    """The sentence; and nothing at all is written."""
    before = register_of(store)
    with pytest.raises(Refused) as refused:
        act(*arguments)
    assert register_of(store) == before
    return str(refused.value)


def in_depok(store: Store, home: str = DEPOK) -> tuple[int, int]:
    (found,) = (each for each in coverage(store, REGION) if each.kelurahan.code == home)
    return found.passed, found.enrolled
