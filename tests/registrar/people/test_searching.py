"""People are found by name, number or kelurahan."""

from __future__ import annotations

import pytest

from psm_course.domain.register import Enrolment
from psm_course.errors import Refused
from psm_course.registrar.people.searching import search_people
from psm_course.store.engine import Store
from psm_course.store.people import people
from tests.builders import REGION
from tests.register_builders import (
    DEPOK,
    a_cohort,
    arranging,
)
from tests.registrar.people.years import BEJI, in_another_year


@pytest.fixture
def many(store: Store) -> Store:
    a_cohort(store, "Siti Nurhayati", "Ñoño Đặng", "Ujang", "Beji Santoso")
    in_another_year(store, "Nurhayati, S.Sos", "Siti Aminah", kelurahan=BEJI)
    return store


@pytest.mark.parametrize(
    ("looked_for", "found"),
    [
        ("nurhay", ["D26-001", "D28-001"]),
        ("NURHAYATI siti", ["D26-001"]),
        ("nono dang", ["D26-002"]),
        ("d28-002", ["D28-002"]),
        ("D28-", ["D28-001", "D28-002"]),
        ("beji", ["D26-004", "D28-001", "D28-002"]),
        ("siti beji", ["D28-002"]),
        ("tak ada", []),
    ],
)
def test_people_are_found_by_name_number_or_kelurahan(
    many: Store, looked_for: str, found: list[str]
) -> None:
    assert sorted(each.number for each in search_people(many, REGION, looked_for).people) == found


def test_a_search_stays_within_the_cohorts_that_are_seen(many: Store) -> None:
    assert [each.number for each in search_people(many, REGION, "nurhayati", {"D28"}).people] == [
        "D28-001"
    ]
    assert search_people(many, REGION, "D26-001", {"D28"}).people == ()
    assert search_people(many, REGION, "nurhayati", ()).people == ()


def test_an_empty_search_says_what_to_write(many: Store) -> None:
    with pytest.raises(Refused, match="nomor peserta, atau kelurahan"):
        search_people(many, REGION, " ? ")


def test_a_new_name_is_found_and_the_old_one_is_not(many: Store) -> None:
    with arranging(many) as tx:
        people.change_enrolments(tx, [Enrolment("D26-001", "D26", "Rini Lestari", DEPOK)])

    assert search_people(many, REGION, "siti nurhayati").people == ()
    assert [each.number for each in search_people(many, REGION, "lestari").people] == ["D26-001"]
