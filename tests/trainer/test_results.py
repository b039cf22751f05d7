"""The words that show numbers: today's cohort, figures without names, nothing of a test that others
have yet to sit.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.content.course import Course, Module, ModuleFile
from psm_course.domain.register import HeldSession
from psm_course.errors import Refused
from psm_course.local_time import WIB
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.people.schedule import add_sessions
from psm_course.trainer import bahas, hasil, sebelum_sesudah
from psm_course.trainer.shown import SITE_TYPE
from tests.builders import a_choice, a_quiz, write
from tests.conftest import ROOT
from tests.register_builders import RIGHT, WRONG, a_cohort, a_course, a_hall, adopts, arranging

HALF = RIGHT | {"satu": "b", "dua": "b"}
LESSON = """\
id: latihan-salam
title: Latihan salam
use: practice
items:
  - id: salam-pertama
    type: choice
    prompt: Apa yang Anda ucapkan lebih dulu?
    choices:
      - {id: a, text: Salam dan nama Anda, correct: yes}
      - {id: b, text: Perintah}
    explanation: Warga berhak tahu siapa yang datang.
"""


def the_course() -> Course:
    """Two tests about two modules; the first item is of one that is taught quietly."""
    asked = {"satu": "dengar", "dua": "sapa", "tiga": "catat", "empat": "rujuk"}
    opening = [
        a_choice(name, objective=objective, prompt=f"Soal awal {name}")
        for name, objective in asked.items()
    ]
    closing = [
        a_choice(name, objective=objective, prompt=f"Soal akhir {name}")
        for name, objective in asked.items()
    ]
    tests = (
        a_quiz(
            [item.model_copy(update={"id": f"awal-{item.id}"}) for item in opening],
            id="tes-awal",
            title="Tes awal",
            use="pretest",
        ),
        a_quiz(closing, title="Tes akhir"),
    )
    modules = tuple(
        Module(
            folder,
            ModuleFile.model_validate(
                {
                    "title": folder,
                    "minutes": "45",
                    "quiet": quiet,
                    "objectives": [{"id": each, "text": f"Dapat {each}"} for each in taught],
                }
            ),
        )
        for folder, quiet, taught in (
            ("01-sapa", "no", ["sapa", "catat", "rujuk"]),
            ("03-dengar", "yes", ["dengar"]),
        )
    )
    return replace(a_course(*tests), modules=modules)


COURSE = the_course()


@pytest.fixture
def hall(file_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Cohort D26 meets today: 24 people have sat the opening test, 21 of them the closing test."""
    people = 24
    write(tmp_path, "kursus/quizzes/latihan-salam.yml", LESSON)
    monkeypatch.chdir(tmp_path / "kursus")
    settings = Settings(root=tmp_path / "kursus", data=tmp_path)
    monkeypatch.setattr("psm_course.trainer.results.settings_here", lambda: settings)
    monkeypatch.setattr("psm_course.trainer.discussing.settings_here", lambda: settings)
    a_cohort(file_store, *(f"Peserta {number}" for number in range(people)))
    adopts(file_store, COURSE)
    with arranging(file_store) as tx:
        add_sessions(tx, "D26", [HeldSession("buka", datetime.now(WIB).date())])
    opening = [{f"awal-{name}": letter for name, letter in each.items()} for each in (HALF, WRONG)]
    a_hall(file_store, COURSE, "tes-awal", opening * 12)
    a_hall(
        file_store, COURSE, "tes-akhir", [RIGHT, RIGHT | {"tiga": "b"}, RIGHT | {"satu": "b"}] * 7
    )
    return file_store


@pytest.mark.usefixtures("hall")
def test_without_a_word_more_the_results_are_todays_cohorts_in_the_test_handed_in_last() -> None:
    drawn = hasil().html

    assert drawn == Contains("Tes akhir: 21 dari 24 peserta, ", ", rata-rata 83 %")
    assert hasil("d26").html == hasil("D26", "Tes-Akhir").html == drawn
    assert "Tes awal: 24 dari 24 peserta" in hasil(kuis="tes-awal").html


@pytest.mark.usefixtures("hall")
@pytest.mark.parametrize("quiz", ["tes-awal", "tes-akhir"])
def test_the_wall_shows_objectives_and_no_question_of_a_test_nor_a_name(quiz: str) -> None:
    drawn = hasil("D26", quiz).html

    assert "Dapat rujuk" in drawn
    assert "Soal" not in drawn.replace("Lima soal", "")
    assert "Peserta 1" not in drawn
    assert "D26-0" not in drawn


@pytest.mark.usefixtures("hall")
def test_what_is_taught_quietly_has_no_figures_on_the_wall() -> None:
    assert "Dapat dengar" not in hasil("D26", "tes-akhir").html + sebelum_sesudah("D26").html


@pytest.mark.usefixtures("hall")
def test_results_on_the_site_are_an_empty_notice() -> None:
    for shown in (hasil(), sebelum_sesudah(), bahas("tiga")):
        told = shown._repr_mimebundle_()[SITE_TYPE]
        assert "ditampilkan pelatih di kelas" in told["html"]
        assert "%" not in told["html"]


@pytest.mark.parametrize("others", [3, 5])  # the plain list, and the picture
def test_an_item_whose_key_is_doubtful_is_not_on_the_wall(hall: Store, others: int) -> None:
    names = [f"soal-{at}" for at in range(others)]
    strong = dict.fromkeys(names, "a") | {"ragu": "b"}
    weak = dict.fromkeys(names, "b") | {"ragu": "a"}
    quiz = a_quiz([a_choice(name) for name in strong])
    a_cohort(hall, *(f"Peserta {number}" for number in range(24)), cohort="D27")
    adopts(hall, replace(COURSE, quizzes={quiz.id: quiz}), "D27")
    a_hall(hall, replace(COURSE, quizzes={quiz.id: quiz}), quiz.id, [strong, weak] * 12, "D27")

    drawn = hasil("D27").html

    assert [name for name in strong if name in drawn] == names
    assert drawn.count("1 butir tidak ditampilkan") == 1


def test_results_look_again_by_themselves(hall: Store) -> None:
    shown: Any = hasil()
    a_hall(hall, COURSE, "tes-akhir", [{}] * 21 + [RIGHT] * 3)

    assert "21 dari 24" in shown.state["html"]
    assert "24 dari 24" in shown.answer({"refresh": True})["html"]


def test_figures_of_fewer_than_five_are_not_on_the_wall(hall: Store) -> None:
    a_cohort(hall, *(f"Peserta {number}" for number in range(6)), cohort="D27")
    adopts(hall, COURSE, "D27")
    a_hall(hall, COURSE, "tes-akhir", [RIGHT] * 4, "D27")

    drawn = hasil("D27").html

    assert "Tes akhir: 4 dari 6 peserta" in drawn
    assert "Nilai ditampilkan mulai lima orang" in drawn
    assert "100" not in drawn


@pytest.mark.usefixtures("hall")
def test_before_and_after_is_over_who_did_both_and_proves_nothing() -> None:
    drawn = sebelum_sesudah().html

    assert drawn == Contains("21 orang mengerjakan kedua tes", "naik dari 26 % ke 83 %")
    assert "bukan bukti sebab-akibat" in drawn
    assert "paling sedikit berubah" in drawn


def test_before_and_after_of_few_says_when_it_begins(hall: Store) -> None:
    a_cohort(hall, *(f"Peserta {number}" for number in range(6)), cohort="D27")
    adopts(hall, COURSE, "D27")

    assert (
        "Baru 0 orang mengerjakan kedua tes; selisihnya dihitung mulai 20 orang."
        in sebelum_sesudah("D27").html
    )


@pytest.mark.usefixtures("hall")
def test_a_practice_question_is_discussed_whole() -> None:
    drawn = bahas("Salam Pertama").html

    assert "ucapkan lebih dulu?" in drawn
    assert "berhak tahu siapa" in drawn


@pytest.mark.usefixtures("hall")
def test_a_question_of_the_opening_test_is_discussed_once_everybody_has_sat_it() -> None:
    drawn = bahas("awal-tiga").html

    assert "Soal awal tiga" in drawn
    assert (
        '<span class="share">50 %</span> <span class="text"><strong>✓ Benar</strong> Pilihan'
        " a</span>" in drawn
    )
    assert "24 orang yang mendapat soal" in drawn


def test_a_question_of_the_opening_test_is_not_shown_while_it_is_sat(hall: Store) -> None:
    a_cohort(hall, *(f"Peserta {number}" for number in range(30)), cohort="D27")
    adopts(hall, COURSE, "D27")
    with arranging(hall) as tx:
        add_sessions(tx, "D27", [HeldSession("buka", datetime.now(WIB).date() + timedelta(days=1))])
    a_hall(hall, COURSE, "tes-awal", [{f"awal-{name}": "a" for name in RIGHT}] * 10, "D27")

    with pytest.raises(Refused, match="masih berjalan: 10 dari 30 peserta") as refused:
        bahas("awal-tiga", "D27")
    assert 'bahas("awal-tiga", sudah_selesai=True)' in str(refused.value)
    assert "Soal awal tiga" in bahas("awal-tiga", "D27", sudah_selesai=True).html


@pytest.mark.usefixtures("hall")
def test_of_a_question_of_the_closing_test_only_objective_and_shares_are_shown() -> None:
    drawn = bahas("tiga").html

    assert drawn == Contains("tes akhir tidak dibuka", "Tujuannya: Dapat catat.")
    assert '<span class="share">67 %</span>' in drawn
    assert "Soal akhir" not in drawn
    assert "Pilihan" not in drawn


@pytest.mark.usefixtures("hall")
def test_a_question_that_is_taught_quietly_has_no_shares() -> None:
    assert "Soal awal satu" in bahas("awal-satu").html
    assert "share" not in bahas("awal-satu").html + bahas("satu").html


@pytest.mark.usefixtures("hall")
def test_a_wrong_name_is_one_sentence_with_the_nearest() -> None:
    with pytest.raises(Refused, match=r"Maksud Anda D26\?"):
        hasil("D62")
    with pytest.raises(Refused, match=r"Maksud Anda awal-tiga\?"):
        bahas("awal-tigaa")


def test_in_a_quiet_module_there_are_no_live_results(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "modules" / "03-perlindungan-anak")

    for verb in (hasil, sebelum_sesudah):
        with pytest.raises(Refused, match="diajarkan tanpa hasil langsung"):
            verb()
