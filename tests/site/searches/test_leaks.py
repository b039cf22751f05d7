"""The search for leaks: every way by which a key could get out is laid out, and found."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.content.quiz import Quiz
from psm_course.content.quiz_files.reading import read_quiz
from psm_course.forms.render import render_quiz
from psm_course.grading.grade import compile_scoring
from psm_course.items import TYPES
from psm_course.site.searches.leaks import find_leaks
from tests.builders import an_item

TEST = """
id: tes
title: Tes
use: posttest
pass_mark: 70
items:
  - id: satu
    type: choice
    prompt: Apa yang dilakukan?
    choices:
      - {id: a, text: Menunggu, feedback: "Menunggu membuat anak itu sendirian lebih lama."}
      - {id: b, text: Melapor, correct: yes, feedback: Benar sekali}
    explanation: Laporan hari itu juga melindungi anak dari kejadian berikutnya.
    source: UU 12/2022
  - id: dua
    type: match
    prompt: Jodohkan.
    pairs:
      - {id: tksk, left: TKSK, right: tingkat kecamatan}
      - {id: lk3, left: LK3, right: konsultasi keluarga}
    explanation: Keduanya mitra yang berbeda tempat dan tugasnya.
    source: Permensos
  - id: tiga
    type: text
    prompt: Tempat layanan di kelurahan disebut apa?
    accept: [Puskesos]
    explanation: Di sanalah pelayanan sosial kelurahan berkumpul.
    source: PP 39/2012
  - id: empat
    type: choices
    prompt: Apa saja yang dibawa?
    choices:
      - {id: a, text: Kartu tugas, correct: yes}
      - {id: b, text: KTP warga, critical: yes}
  - id: lima
    type: order
    prompt: Urutkan.
    sequence:
      - {id: dengar, text: Mendengarkan}
      - {id: catat, text: Mencatat}
  - id: enam
    type: number
    prompt: Berapa kelurahan di Depok?
    answer: 63
    unit: kelurahan
  - id: tujuh
    type: case
    prompt: R duduk sendirian.
    steps:
      - id: dengar
        prompt: R mulai bercerita.
        choices:
          - {id: x, text: Mendekat, credit: 1, next: end}
          - {id: y, text: Memotret, next: end, critical: yes}
  - id: delapan
    type: rating
    prompt: Seberapa yakin Anda?
    scale: 4
"""
OTHERS = [an_item(kind) for kind in TYPES if f"type: {kind}\n" not in TEST]
# Every item with a key; an opinion has none.
KEYED = [
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    *(item.id for item in OTHERS if not item.is_opinion),
]


@pytest.fixture
def quiz(tmp_path: Path) -> Quiz:
    path = tmp_path / "tes.yml"
    path.write_text(TEST, encoding="utf-8")
    quiz = read_quiz(path).quiz
    assert quiz is not None
    return Quiz(quiz.header, (*quiz.items, *OTHERS))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "situs"
    folder.mkdir()
    return folder


def page(out: Path, quiz: Quiz, change: tuple[str, str] | None = None, extra: str = "") -> None:
    """The test's page as we draw it, changed in one place."""
    body = render_quiz(quiz.public_view())
    if change:
        assert change[0] in body
        body = body.replace(*change, 1)
    (out / "tes.html").write_text(
        f"<!doctype html><html lang=id><body>{body}{extra}</body></html>", encoding="utf-8"
    )


def test_the_page_as_we_draw_it_has_no_leak(quiz: Quiz, out: Path) -> None:
    page(out, quiz, extra="<p>Puskesos ada di setiap kelurahan.</p>")

    assert find_leaks(out, [quiz]) == []


def test_a_practice_quiz_may_show_everything(quiz: Quiz, out: Path) -> None:
    practice = Quiz(quiz.header.model_copy(update={"use": "practice"}), quiz.items)
    page(out, practice)

    assert find_leaks(out, [practice]) == []


EXPLANATION = "Laporan hari itu juga melindungi anak dari kejadian berikutnya."
FEEDBACK = "Menunggu membuat anak itu sendirian lebih lama."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("halaman.html", f"<p>{EXPLANATION}</p>"),
        (
            "halaman.html",
            (
                "<p>Laporan <em>hari itu</em>\n juga melindungi&nbsp;anak dari kejadian"
                " berikutnya!</p>"
            ),
        ),
        ("halaman.html", f'<p data-kunci="{EXPLANATION}">x</p>'),
        ("halaman.html", f"<!-- {FEEDBACK} -->"),
        ("data.js", f"var x = {json.dumps(EXPLANATION)};"),
        ("data.json", json.dumps({"x": FEEDBACK})),
        ("catatan.txt", FEEDBACK.upper()),
        ("pelajaran.ipynb", json.dumps({"cells": [{"source": [EXPLANATION]}]})),
        ("halaman.html", f"<p>{html.escape(EXPLANATION).replace('a', '&#97;')}</p>"),
        ("data.js", '"' + "".join(f"\\u{ord(letter):04x}" for letter in EXPLANATION) + '"'),
    ],
)
def test_an_explanation_or_feedback_is_found_in_any_file_and_dress(
    quiz: Quiz, out: Path, name: str, content: str
) -> None:
    page(out, quiz)
    (out / name).write_text(content, encoding="utf-8")

    leaks = find_leaks(out, [quiz])

    assert len(leaks) == 1
    assert leaks[0].startswith(f"{name}: teks rahasia butir tes/satu: ")


def test_the_quiz_of_these_tests_has_an_item_of_every_type(quiz: Quiz) -> None:
    assert {item.type for item in quiz.items} == set(TYPES)
    assert [item.id for item in quiz.items if not item.is_opinion] == KEYED


@pytest.mark.parametrize("item", KEYED)
def test_compiled_scoring_data_is_found(quiz: Quiz, out: Path, item: str) -> None:
    page(out, quiz)
    scoring = {item: compile_scoring(quiz)[item]}
    (out / "kuis.json").write_text(json.dumps(scoring, indent=1), encoding="utf-8")

    assert f"kuis.json: data kunci butir tes/{item}" in find_leaks(out, [quiz])


@pytest.mark.parametrize("item", KEYED)
def test_a_solution_is_found(quiz: Quiz, out: Path, item: str) -> None:
    page(out, quiz)
    (whole,) = [each for each in quiz.items if each.id == item]
    solution = whole.solution()
    (out / "jawaban.json").write_text(json.dumps({item: solution}), encoding="utf-8")
    (out / "butir.json").write_text(
        json.dumps(whole.public(with_answer=True) | {"answer": solution}), encoding="utf-8"
    )

    leaks = find_leaks(out, [quiz])

    assert {
        f"{name}: data kunci butir tes/{item}" for name in ("jawaban.json", "butir.json")
    } <= set(leaks)


@pytest.mark.parametrize("item", KEYED)
def test_a_key_among_the_attributes_of_the_page_is_found(quiz: Quiz, out: Path, item: str) -> None:
    scoring, solution = next(
        (each.scoring_data(), each.solution()) for each in quiz.items if each.id == item
    )
    for name, data in (("kunci", scoring), ("jawaban", solution)):
        page(
            out,
            quiz,
            (
                f'data-item="{item}"',
                f'data-item="{item}" data-{name}="{html.escape(json.dumps(data))}"',
            ),
        )

        assert [
            leak
            for leak in find_leaks(out, [quiz])
            if leak == Contains("tes.html: tanda kunci", " tes (<li ")
        ] != []


@pytest.mark.parametrize("item", KEYED)
def test_every_name_of_a_key_is_found_as_an_attribute(quiz: Quiz, out: Path, item: str) -> None:
    names = next(each.key_names() for each in quiz.items if each.id == item)
    for name in names:
        page(out, quiz, (f'data-item="{item}"', f'data-item="{item}" data-{name}="x"'))

        assert find_leaks(out, [quiz]) == [Contains("tes.html: tanda kunci", f" tes (<li {name}>)")]


def test_a_public_view_in_plain_data_is_no_leak(quiz: Quiz, out: Path) -> None:
    page(out, quiz)
    (out / "kuis.json").write_text(json.dumps(quiz.public_view()), encoding="utf-8")

    assert find_leaks(out, [quiz]) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            ('value="b"', 'value="b" checked'),
            ("tes.html: tanda kunci", " tes (<input checked>)"),
        ),
        (
            ('class="option"', 'class="option right"'),
            ("tes.html: tanda kunci", " tes (<label right>)"),
        ),
        (
            ("Melapor</span>", "Melapor</span> Benar sekali"),
            ("tes.html: teks rahasia", ' tes/satu: "Benar sekali"'),
        ),
        (
            ("disebut apa?", "disebut apa? Puskesos"),
            ("tes.html: teks rahasia", ' tes/tiga: "Puskesos"'),
        ),
    ],
)
def test_marks_and_short_secrets_are_found_in_the_form_itself(
    quiz: Quiz, out: Path, change: tuple[str, str], says: tuple[str, ...]
) -> None:
    page(out, quiz, change)

    assert find_leaks(out, [quiz]) == [Contains(*says)]


def test_a_right_side_under_the_id_of_its_pair_is_found(quiz: Quiz, out: Path) -> None:
    label = next(right["id"] for right in quiz.public_view()["items"][1]["rights"])
    page(out, quiz, (f'<li data-choice="{label}"', '<li data-choice="tksk"'))

    assert find_leaks(out, [quiz]) == [
        Contains("tes.html: kunci butir tes/dua ", ' data-choice="tksk"')
    ]


def test_a_part_of_an_order_under_its_own_id_is_found(quiz: Quiz, out: Path) -> None:
    label = next(
        part["id"] for part in quiz.public_view()["items"][4]["parts"] if part["text"] == "Mencatat"
    )
    page(out, quiz, (f'value="{label}"', 'value="catat"'))

    assert find_leaks(out, [quiz]) == [
        Contains("tes.html: kunci butir tes/lima ", ' value="catat"')
    ]


@pytest.mark.parametrize(
    "address", ["https://cdn.example/x.js", "//cdn.example/x.js", "http://cdn.example/x.js"]
)
def test_anything_loaded_from_outside_is_found(quiz: Quiz, out: Path, address: str) -> None:
    page(out, quiz, extra=f'<script src="{address}"></script>')

    assert find_leaks(out, [quiz]) == [Contains("tes.html: ", f"alamat luar {address}")]


LONG = (
    "Bu Rini menemukan seorang anak yang duduk sendirian di teras posyandu sampai sore. Apa langkah"
    " pertamanya?"
)


def asked_at_length(quiz: Quiz, use: str, id: str) -> Quiz:  # noqa: A002 - as in a quiz file
    first = quiz.items[0].model_copy(update={"prompt": LONG})
    return Quiz(quiz.header.model_copy(update={"use": use, "id": id}), (first, *quiz.items[1:]))


@pytest.mark.parametrize(
    "shown", [LONG, LONG.upper(), LONG[:80] + "…", LONG.replace(" anak ", " <em>anak</em> ")]
)
def test_a_question_of_a_test_anywhere_but_on_its_own_page_is_found(
    quiz: Quiz, out: Path, shown: str
) -> None:
    test = asked_at_length(quiz, "posttest", "tes")
    page(out, test)
    (out / "pelajaran.html").write_text(f"<p>Soal tersulit: {shown}</p>", encoding="utf-8")

    assert find_leaks(out, [test]) == [Contains("pelajaran.html: bunyi soal", " tes tes,")]


def test_a_question_that_practice_asks_too_is_no_secret(quiz: Quiz, out: Path) -> None:
    quizzes = [
        asked_at_length(quiz, "posttest", "tes"),
        asked_at_length(quiz, "practice", "latihan"),
    ]
    (out / "pelajaran.html").write_text(f"<p>{LONG}</p>", encoding="utf-8")

    assert find_leaks(out, quizzes) == []
