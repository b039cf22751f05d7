"""The desk's page of an analysis: what asks for attention, who may read the wording, and what it
says where little is known.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.content.course import Course
from psm_course.store.engine import Store
from tests.arranged import arranged
from tests.builders import a_choice, a_quiz, options
from tests.register_builders import RIGHT, a_course, a_hall, a_test, adopts, enrols
from tests.web.conftest import SignedIn, Visitor

PLACE = "/angkatan/D26/analisis"
NAMES = (
    "Siti Rahayu",
    "Ujang Hidayat",
    "Maryam Kusuma",
    "Bambang Wicaksono",
    "Ni Luh Ayu",
    "Yohanes Tarigan",
    "Fatimah Zahra",
    "Goenawan",
    "Herlina Sitompul",
    "Imam Bukhori",
    "Jumiati",
    "Karel Lumban",
    "Lestari Wulandari",
    "Muhammad Iqbal",
    "Nurhasanah",
    "Oktavianus Bere",
    "Purwanto",
    "Qomariah",
    "Ratna Juwita",
    "Sulaiman Daud",
    "Tetty Manurung",
    "Wahyu Prabowo",
    "Yanti Simbolon",
    "Zulkifli",
)
STRONG, WEAK = (
    {"satu": "a", "dua": "a", "tiga": "a", "empat": "b"},
    {"satu": "b", "dua": "b", "tiga": "b", "empat": "a"},
)


@pytest.fixture
def a_test_with_a_wrong_key(
    store: Store, course: Course, tmp_path_factory: pytest.TempPathFactory
) -> None:
    arranged(store, answers_to_a_wrong_key, course, tmp_path_factory.getbasetemp())


def answers_to_a_wrong_key(store: Store, _course: Course, folder: Path) -> None:
    """Whoever knows the rest chooses "b" in the fourth item, whose key says "a"; two choose what is
    dangerous in the third.
    """
    items = [
        a_choice(
            name, prompt=f"Pertanyaan {name}", choices=options("abcd", correct="a", critical="d")
        )
        for name in RIGHT
    ]
    course = a_course(a_test("tes-awal", use="pretest"), a_quiz(items, title="Tes Akhir"))
    enrols(store, folder, *((name, "Beji") for name in NAMES))
    adopts(store, course)
    a_hall(store, course, "tes-akhir", [STRONG, WEAK] * 11 + [STRONG, WEAK | {"tiga": "d"}])


@pytest.mark.usefixtures("a_test_with_a_wrong_key")
def test_a_wrong_key_and_a_dangerous_choice_come_first(officer: Visitor) -> None:
    page = officer.get(PLACE).text

    first, second = page.index("Pertanyaan empat"), page.index("Pertanyaan tiga")
    assert first < second
    assert "periksa kuncinya" in page[first:second]
    assert (
        '<span class="share">50 %</span> <span class="text"><strong>✓ Benar</strong> Pilihan'
        " a</span>" in page[first:second]
    )
    assert "<dd>24 <small>dari 24<" in page
    assert "Siti Rahayu" not in page


@pytest.mark.usefixtures("a_test_with_a_wrong_key")
def test_a_trainer_sees_no_wording_of_a_test_that_is_still_to_be_sat(signed_in: SignedIn) -> None:
    page = signed_in("pelatih", "D26").get(f"{PLACE}?kuis=tes-akhir").text

    assert "periksa kuncinya" in page
    assert "Pertanyaan" not in page
    assert "Pilihan" not in page


@pytest.mark.usefixtures("a_test_with_a_wrong_key")
def test_another_test_is_chosen_and_too_few_people_are_told(officer: Visitor) -> None:
    page = officer.get(f"{PLACE}?kuis=tes-awal").text

    assert '<option value="tes-awal" selected>' in page
    assert page == Contains("baru 0 orang", "perlu sedikitnya 20.")
    assert "ada pada tes akhir" in page


def test_a_test_that_is_not_there_is_said_with_the_nearest(officer: Visitor) -> None:
    answer = officer.get(f"{PLACE}?kuis=tes-ahir")

    assert answer.status_code == 404
    assert "Maksud Anda tes-akhir?" in answer.text
