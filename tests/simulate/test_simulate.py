"""Made-up people and their day: the same seed gives the same day, and what they hand in is what a
real hall would.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psm_course.cli.rehearsal.playing import sat_tests
from psm_course.content.course import read_course
from psm_course.domain.register import Enrolment
from psm_course.grading.grade import Grader
from psm_course.grading.submission import read_submission
from psm_course.interchange.attendance_sheet import read_attendance_sheet
from psm_course.interchange.people.roster import read_roster, write_roster
from psm_course.items import TYPES
from psm_course.simulate.answers import respond
from psm_course.simulate.messy_hall import write_attendance
from psm_course.simulate.people import made_up_people
from tests.builders import REGION, a_choice, a_quiz, an_item, marked, options
from tests.conftest import ROOT
from tests.register_builders import DEPOK, NOW, a_course_file, read_rows
from tests.sittings import submission_document, write_answers

PEOPLE = tuple(
    Enrolment(f"D26-{number:03}", "D26", f"Orang {number}", DEPOK) for number in range(1, 101)
)
QUIZ = a_quiz([a_choice(f"butir-{number}") for number in range(30)], draw="15", shuffle="both")


def dice() -> Random:
    return Random(1)  # noqa: S311 - made-up answers need no secret dice


# ---- people --------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_people() -> None:
    assert made_up_people(REGION, 100, seed=7) == made_up_people(REGION, 100, seed=7)
    assert made_up_people(REGION, 100, seed=7) != made_up_people(REGION, 100, seed=8)


@given(seed=st.integers(0, 10_000))
def test_a_hundred_people_come_from_all_63_kelurahan_with_no_twins(seed: int) -> None:
    people = made_up_people(REGION, 100, seed)

    assert {person.kelurahan for person in people} == set(REGION.homes)
    assert len({(person.name, person.kelurahan) for person in people}) == 100


def test_a_quarter_of_a_million_people_have_names_of_their_own() -> None:
    people = made_up_people(REGION, 250_000, seed=1)

    assert len({(person.name, person.kelurahan.code) for person in people}) == 250_000


@settings(max_examples=5)
@given(seed=st.integers(0, 10_000))
def test_no_two_made_up_people_are_near_twins(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "peserta-rekaan.xlsx"

    people = made_up_people(REGION, 1_000, seed)
    write_roster(
        REGION, path, [Enrolment("", "", person.name, person.kelurahan.code) for person in people]
    )

    assert read_roster(REGION, path).questions == ()


# ---- answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(set(TYPES) - {"rating"}))
def test_somebody_who_knows_earns_full_marks(kind: str) -> None:
    item = an_item(kind, points="3")

    mark = marked(item, respond(item.scoring_data(), dice(), knows=True))

    assert (mark.points, mark.maximum, mark.status) == (3, 3, "marked")


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_somebody_who_guesses_gives_a_response_that_can_be_marked(kind: str) -> None:
    item = an_item(kind)
    random = dice()

    statuses = {
        marked(item, respond(item.scoring_data(), random, knows=False)).status for _ in range(50)
    }

    assert statuses <= {"marked", "review"}


@pytest.mark.parametrize("attempt", [1, 2])
def test_a_document_answers_the_items_that_were_drawn(attempt: int) -> None:
    document = submission_document(QUIZ, "D26-001", 1.0, dice(), NOW, attempt)

    outcome = Grader(QUIZ).grade(read_submission(document.encode(), QUIZ.id))

    assert (outcome.maximum, outcome.has_ungradable) == (15, False)
    answered = len(json.loads(document)["responses"])
    assert outcome.points == answered >= 13


def test_skill_shows_in_the_marks() -> None:
    def mean(skill: float) -> float:
        random = dice()
        grader = Grader(QUIZ)
        documents = [
            submission_document(QUIZ, person.number, skill, random, NOW) for person in PEOPLE
        ]
        return float(
            sum(grader.grade(read_submission(document.encode())).points for document in documents)
        ) / len(PEOPLE)

    assert mean(0.2) < mean(0.5) < mean(0.9)


def test_a_made_up_hall_does_as_a_real_one(tmp_path: Path) -> None:
    """At our own post-test most pass, a few lack points, and a few take a dangerous answer.

    Thirty halls together: one hall of 100 strays by five people either way, with every item that
    is added to a bank, and ten together still by two per cent.
    """
    course, _ = read_course(ROOT)
    assert course is not None
    ((quiz, skill),) = [
        (course.quizzes[name], skill) for name, _, skill in sat_tests(course) if name != "tes-awal"
    ]
    halls = [7, 2026, *range(1, 29)]
    for seed in halls:
        write_answers(tmp_path / f"{seed}.jsonl", quiz, PEOPLE, skill, 1.0, seed, NOW)

    lines = [
        line for seed in halls for line in (tmp_path / f"{seed}.jsonl").read_bytes().splitlines()
    ]
    grader = Grader(quiz)
    outcomes = [grader.grade(read_submission(line)) for line in lines]

    found = Counter(
        "lulus" if each.passed else "berbahaya" if each.critical else "kurang nilai"
        for each in outcomes
    )
    assert found.total() == 3000
    assert 2550 <= found["lulus"] <= 2850
    assert 30 <= found["berbahaya"] <= 300
    assert 30 <= found["kurang nilai"] <= 300


@pytest.mark.parametrize("kind", ["choice", "choices", "case"])
def test_somebody_who_guesses_is_seldom_tempted_by_danger(kind: str) -> None:
    dangerous = {
        "choice": a_choice(
            "satu", choices=options("abc", correct="a", critical="c")
        ).scoring_data(),
        "choices": an_item(
            "choices", choices=options("abc", correct="a", critical="c")
        ).scoring_data(),
        "case": an_item(
            "case",
            steps=[
                {
                    "id": "mulai",
                    "prompt": "Apa yang Anda lakukan?",
                    "choices": [
                        {"id": "a", "text": "Menunggu", "next": "end", "credit": "1"},
                        {"id": "b", "text": "Pergi", "next": "end"},
                        {"id": "c", "text": "Memaksa", "next": "end", "critical": "yes"},
                    ],
                }
            ],
        ).scoring_data(),
    }[kind]
    random = dice()

    taken = sum("c" in str(respond(dangerous, random, knows=False)) for _ in range(1000))

    assert 1 <= taken <= 60


def test_the_same_seed_gives_the_same_answers(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.jsonl", "b.jsonl", "c.jsonl")]

    counts = [
        write_answers(file, QUIZ, PEOPLE, (0.3, 0.9), 0.9, seed, NOW)
        for file, seed in zip(files, (7, 7, 8), strict=True)
    ]

    texts = [file.read_text(encoding="utf-8") for file in files]
    assert texts[0] == texts[1] != texts[2]
    assert counts == [len(text.splitlines()) for text in texts]
    assert 80 <= counts[0] < 100


def test_every_answer_has_an_id_of_its_own(tmp_path: Path) -> None:
    write_answers(tmp_path / "a.jsonl", QUIZ, PEOPLE, (0.3, 0.9), 1.0, 7, NOW)

    ids = [
        json.loads(line)["id"]
        for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert len(set(ids)) == 100


# ---- attendance ----------------------------------------------------------------------------------


def test_a_made_up_attendance_sheet_reads_well_and_most_come(tmp_path: Path) -> None:
    sessions = a_course_file().sessions
    write_attendance(REGION, tmp_path / "hadir.xlsx", PEOPLE, sessions, seed=7)

    reading = read_attendance_sheet(
        tmp_path / "hadir.xlsx", sessions, {person.number for person in PEOPLE}
    )

    assert (reading.problems, reading.notes) == ((), ())
    counted = Counter(each.mark.presence for each in reading.marks)
    assert counted.total() == 800
    assert counted["present"] > 700 > counted["absent"] > 0


def test_the_same_seed_gives_the_same_attendance(tmp_path: Path) -> None:
    sessions = a_course_file().sessions
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        write_attendance(REGION, tmp_path / f"{name}.xlsx", PEOPLE, sessions, seed)

    a, b, c = [read_rows(tmp_path / f"{name}.xlsx") for name in "abc"]
    assert a == b != c
