"""A cohort's results in one quiz: first attempts only, figures without names."""

from __future__ import annotations

import pytest

from psm_course.errors import Refused
from psm_course.registrar.answers.results import ItemResult, Results, results_of
from psm_course.store.engine import Store
from tests.register_builders import RIGHT, WRONG, a_cohort, a_course, a_hand_in, a_test, hands_in

COURSE = a_course()


def test_results_are_those_of_first_attempts(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang", "Ani")
    hands_in(store, COURSE, a_hand_in("D26-001", responses=RIGHT))
    hands_in(store, COURSE, a_hand_in("D26-002", responses=WRONG | {"satu": "a"}))
    hands_in(store, COURSE, a_hand_in("D26-002", responses=RIGHT, id="lagi"))
    hands_in(store, COURSE, a_hand_in("D26-003", "tes-awal", WRONG))

    assert results_of(store, "D26", a_test()) == Results(
        enrolled=3,
        percents=(100.0, 25.0),
        items=(
            ItemResult("dua", "Soal choice", 0.5, 2),
            ItemResult("empat", "Soal choice", 0.5, 2),
            ItemResult("satu", "Soal choice", 1.0, 2),
            ItemResult("tiga", "Soal choice", 0.5, 2),
        ),
    )


def test_results_before_anybody_sat_are_empty(store: Store) -> None:
    a_cohort(store, "Siti")

    assert results_of(store, "D26", a_test()) == Results(1, (), ())


def test_an_item_that_has_left_the_quiz_keeps_its_id(store: Store) -> None:
    a_cohort(store, "Siti")
    older = a_course(a_test())
    hands_in(store, older, a_hand_in("D26-001"))
    shorter = a_test()
    shorter = type(shorter)(shorter.header, shorter.items[:1])

    assert [item.prompt for item in results_of(store, "D26", shorter).items] == ["dua", "empat", "Soal choice", "tiga"]


def test_a_cohort_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match='Angkatan "D26" tidak ada'):
        results_of(store, "D26", a_test())
