"""Where everybody stands: the register's facts judged, in the shape that `psm status --json` prints."""

from __future__ import annotations

import pytest

from psm_course.errors import Refused
from psm_course.records.register import Cohort
from psm_course.registrar.judging import standing_of, standings
from psm_course.store.engine import Store
from tests.databases import questions_to
from tests.register_builders import NOW, RIGHT, WRONG, a_cohort, a_course, a_hand_in, attends, completes, hands_in

COURSE = a_course()


def test_a_standing_prints_exactly_what_the_design_says(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", kelurahan="32.76.02.1008")
    attends(store, "D26-001", "buka", "dasar", "ppks", "sehat", "anak", "difabel")
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-akhir", RIGHT | {"tiga": "b", "empat": "b"}))

    assert standing_of(store, COURSE, "D26", "D26-001").as_json() == {
        "number": "D26-001",
        "name": "Siti Rahayu",
        "kelurahan": "Curug (Cimanggis)",
        "completed": False,
        "requirements": [
            {
                "id": "hadir",
                "met": False,
                "evidence": "hadir 12 dari 16 JP",
                "needed": "sedikitnya 13 JP (80 %)",
                "next_step": "Ikuti sesi pengganti: TUTUP.",
            },
            {
                "id": "awal",
                "met": False,
                "evidence": "belum dikerjakan",
                "needed": "dikerjakan dan diserahkan",
                "next_step": "Kerjakan dan serahkan Tes Awal.",
            },
            {
                "id": "akhir",
                "met": False,
                "evidence": "nilai terbaik 50 %",
                "needed": "nilai mencapai batas lulus, tanpa kesalahan berbahaya",
                "next_step": "Baca lagi bagian yang belum tepat, lalu kerjakan lagi Tes Akhir.",
            },
        ],
        "record": None,
    }


def test_everybody_of_the_cohort_stands_by_number(store: Store) -> None:
    a_cohort(store, "Lain", cohort="D25")
    a_cohort(store, "Siti", "Ujang", "Ani")
    completes(store, COURSE, "D26-002", "D25-001")

    cohort, everybody = standings(store, COURSE, "D26")

    assert cohort == Cohort("D26", "Angkatan D26", NOW.date())
    assert [(standing.enrolment.number, standing.completion.met) for standing in everybody] == [
        ("D26-001", False),
        ("D26-002", True),
        ("D26-003", False),
    ]


def test_a_later_attempt_decides_when_it_is_better(store: Store) -> None:
    a_cohort(store, "Siti")
    completes(store, COURSE, "D26-001")
    hands_in(store, COURSE, a_hand_in("D26-001", responses=WRONG, id="lagi"))

    standing = standing_of(store, COURSE, "D26", "D26-001")

    assert (standing.completion.met, [attempt.sequence for attempt in standing.attempts]) == (True, [1, 1, 2])


def test_a_held_hand_in_counts_for_nothing(store: Store) -> None:
    a_cohort(store, "Siti")
    hands_in(store, COURSE, a_hand_in("D26-001", responses=WRONG))
    hands_in(store, COURSE, a_hand_in("D26-001", responses=RIGHT))

    assert standing_of(store, COURSE, "D26", "D26-001").completion.requirements[2].evidence == "nilai terbaik 0 %"


def test_a_number_of_another_cohort_is_refused(store: Store) -> None:
    a_cohort(store, "Lain", cohort="D25")
    a_cohort(store, "Siti")

    with pytest.raises(Refused) as refused:
        standing_of(store, COURSE, "D26", "D25-001")

    assert str(refused.value) == 'Nomor "D25-001" tidak ada di angkatan D26. Lihat daftarnya: psm status D26.'


def test_a_cohort_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match='Angkatan "D26" tidak ada'):
        standings(store, COURSE, "D26")


def test_the_list_asks_as_many_questions_for_three_learners_as_for_one(store: Store) -> None:
    a_cohort(store, "Siti", cohort="SATU")
    a_cohort(store, "Siti", "Ujang", "Ani", cohort="TIGA")
    completes(store, COURSE, "SATU-001", "TIGA-001", "TIGA-002", "TIGA-003")

    assert questions(store, "SATU") == questions(store, "TIGA") == 5


def questions(store: Store, cohort: str) -> int:
    with questions_to(store) as asked:
        standings(store, COURSE, cohort)
    return len(asked)
