"""Marking a quiz again at the desk, adopting rules, and a word on one person: looked at first, then
done with a reason.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains
from selectolax.lexbor import LexborHTMLParser

from psm_course.content.course import Course
from psm_course.registrar.answers.regrading import dispositions_in_force
from psm_course.store.engine import Store
from tests.arranged import arranged
from tests.register_builders import (
    COMPLETION,
    a_course,
    a_course_file,
    a_criterion,
    a_hand_in,
    adopts,
    attends,
    enrols,
    hands_in,
    issues,
    office_adopts,
)
from tests.web.conftest import SignedIn, Visitor

PLACE = "/nilai-ulang/tes-akhir"
TWO_RIGHT = {"satu": "a", "dua": "a", "tiga": "b", "empat": "b"}


@pytest.fixture(scope="module")
def course() -> Course:
    return a_course(rubric=(a_criterion("sapa", 2),))


@pytest.fixture(autouse=True)
def rini_and_siti(store: Store, course: Course, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Rini passed with all four right, and holds a record; Siti had two of four."""
    arranged(store, one_passed, course, tmp_path_factory.getbasetemp())


def one_passed(store: Store, course: Course, folder: Path) -> None:
    enrols(store, folder, ("Rini", "Beji"), ("Siti", "Beji"))
    adopts(store, course)
    for number, responses in (
        ("D26-001", {"satu": "a", "dua": "a", "tiga": "a", "empat": "b"}),
        ("D26-002", TWO_RIGHT),
    ):
        attends(store, number)
        hands_in(store, course, a_hand_in(number, "tes-awal", responses))
        hands_in(store, course, a_hand_in(number, responses=responses))
    assert issues(store, course) != []


def section(page: str, title: str) -> str:
    """The HTML of what stands under a heading, up to the next."""
    found = re.search(rf"<h[123][^>]*>{title}.*?</h[123]>(.*?)(?:<h[123]|</main>)", page, re.DOTALL)
    return found.group(1) if found else ""


def rows(page: str, title: str) -> list[list[str]]:
    """The values in each row under a heading."""
    return [
        [" ".join(value.text().split()) for value in row.iter()]
        for row in LexborHTMLParser(section(page, title)).css("li")
    ]


# ---- marking again -------------------------------------------------------------------------------


def test_who_crosses_the_line_is_seen_before_anything_is_kept(
    officer: Visitor, store: Store, course: Course
) -> None:
    up = officer.get(PLACE, params={"coba": "ya", "butir-tiga": "full"}).text
    down = officer.get(PLACE, params={"coba": "ya", "butir-satu": "disregard"}).text

    assert "1 nilai berubah, 1 tetap" in up
    assert rows(up, "Menjadi lulus kuis ini") == [
        ["D26-002", "Siti", "pengerjaan ke-1", "2 dari 4 → 3 dari 4"]
    ]
    assert section(up, "Tidak lagi lulus") == ""
    assert rows(down, "Tidak lagi lulus kuis") == [
        [
            "D26-001",
            "Rini",
            "pengerjaan ke-1",
            "3 dari 4 → 2 dari 3",
            "800.2/0001/PSM-DASAR/XI/2026",
        ]
    ]
    assert "✗ tidak lagi telah lulus" in section(down, "Yang berpindah keadaan")
    assert down == Contains('<p class="note">1 sertifikat dipegang', "; 1 di antaranya tidak lagi")
    assert dispositions_in_force(store, course, "tes-akhir") == {}


def test_it_is_applied_with_a_reason_only(officer: Visitor, store: Store, course: Course) -> None:
    sent = {"butir-tiga": "full"}

    without = officer.fill_in(PLACE, sent)
    done = officer.fill_in(PLACE, sent | {"alasan": "soal <keliru>"})
    after = officer.get(done.headers["location"]).text

    assert without.status_code == 422
    assert "Tulis alasannya" in without.text
    assert '<input type="hidden" name="butir-tiga" value="full">' in without.text
    assert done.headers["location"] == f"{PLACE}?kursus=bimtek&kabar=dinilai-ulang"
    assert dispositions_in_force(store, course, "tes-akhir") == {"tiga": "full"}
    assert "kini nilai penuh" in after
    assert "Kuis dinilai ulang" in officer.get("/catatan").text
    assert "3 dari 4" in officer.get("/peserta/D26-002").text


def test_what_cannot_be_is_said(officer: Visitor, store: Store) -> None:
    everything = {f"butir-{item}": "disregard" for item in TWO_RIGHT}

    tried, unknown = (
        officer.get(PLACE, params={"coba": "ya"} | everything),
        officer.get("/nilai-ulang/tidak-ada"),
    )
    odd = officer.get(PLACE, params={"coba": "ya", "butir-tiga": "delete", "butir-lain": "full"})

    assert (tried.status_code, unknown.status_code, odd.status_code) == (422, 404, 200)
    assert "tidak punya butir lagi" in tried.text
    assert "0 nilai berubah, 2 tetap" in odd.text


# ---- rules ---------------------------------------------------------------------------------------


def with_rules(officer: Visitor, store: Store, course: Course, **changes: Any) -> Visitor:
    """The officer, after the office has adopted a course with these changes."""
    office_adopts(store, replace(course, file=a_course_file(**changes)))
    return officer


def test_rules_that_are_current_need_nothing(officer: Visitor) -> None:
    page = officer.get("/angkatan/D26/syarat").text

    assert "Sama dengan syarat kursus" in page
    assert "Tetapkan syarat ini" not in page


def test_other_rules_say_who_moves_and_are_adopted_with_a_reason(
    officer: Visitor, store: Store, course: Course
) -> None:
    stricter = [*COMPLETION, {"id": "amati", "kind": "observed", "title": "Diamati pelatih"}]
    visitor = with_rules(
        officer, store, course, completion=stricter, rubric=(a_criterion("sapa", 2),)
    )

    looked = visitor.get("/angkatan/D26/syarat").text
    without = visitor.fill_in("/angkatan/D26/syarat", {"alasan": " "})
    done = visitor.fill_in("/angkatan/D26/syarat", {"alasan": "keputusan rapat"})
    after = visitor.get("/angkatan/D26/syarat").text

    assert rows(looked, "Bila syarat kursus")[-1] == [
        "D26-001",
        "Rini",
        "✗ tidak lagi telah lulus",
        Contains("sertifikat 800.2/0001/PSM-DASAR/XI/2026", "tetap berlaku"),
    ]
    assert without.status_code == 422
    assert "Tulis alasannya" in without.text
    assert done.headers["location"] == "/angkatan/D26/syarat?kabar=syarat-ditetapkan"
    assert "<bdi>keputusan rapat</bdi>" in after
    assert "Sama dengan syarat kursus" in after


# ---- one person ----------------------------------------------------------------------------------


def test_an_officer_sets_a_requirement_aside_and_takes_it_back(officer: Visitor) -> None:
    place, sent = (
        "/peserta/D26-002/ketetapan",
        {"syarat": "akhir", "putusan": "terpenuhi", "alasan": "diuji <lisan>"},
    )

    refused = [
        officer.fill_in(place, sent | odd)
        for odd in ({"alasan": ""}, {"putusan": "x"}, {"syarat": "x"}, {"putusan": "tarik"})
    ]
    done = officer.fill_in(place, sent)
    met = officer.get("/peserta/D26-002").text
    officer.fill_in(place, sent | {"putusan": "tarik", "alasan": "keliru"})
    back = officer.get("/peserta/D26-002").text

    assert [answer.status_code for answer in refused] == [422] * 4
    assert 'value="diuji &lt;lisan&gt;"' in refused[1].text
    assert done.headers["location"] == "/peserta/D26-002?kabar=ketetapan-disimpan"
    assert "ditetapkan petugas: diuji &lt;lisan&gt;" in met
    assert "✓ Telah lulus" in met
    assert "keputusan ditarik" in back
    assert "✗ Belum lulus" in back


def test_a_trainer_notes_what_they_saw(signed_in: SignedIn) -> None:
    trainer = signed_in("pelatih", "D26")
    place = "/peserta/D26-002/amatan"

    refused = [
        trainer.fill_in(place, {"kriteria": name, "tingkat": level})
        for name, level in (("sapa", "9"), ("sapa", ""), ("x", "1"))
    ]
    done = trainer.fill_in(place, {"kriteria": "sapa", "tingkat": "3"})
    page = trainer.get("/peserta/D26-002").text

    assert [answer.status_code for answer in refused] == [422] * 3
    assert done.headers["location"] == "/peserta/D26-002?kabar=pengamatan-disimpan"
    assert re.search(r"Kriteria sapa</span> <strong>(tingkat )?3</strong>", page)
    assert "Tetapkan satu syarat" not in page
