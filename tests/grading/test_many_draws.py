"""Draws of many sittings together: each is the one that it would be alone."""

from __future__ import annotations

from pathlib import Path
from random import Random

import mmh3
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psm_course.content.quiz_files.reading import read_quiz
from psm_course.grading.draw import Draw, Sitting
from psm_course.grading.grade import Grader
from psm_course.grading.many_draws import Hashes
from tests.builders import a_choice, a_quiz, a_submission

QUIZZES = Path(__file__).resolve().parents[2] / "quizzes"
SITTINGS = st.builds(Sitting, st.text(max_size=10), st.text(max_size=10), st.integers(1, 2000))


@given(
    st.integers(1, 30).flatmap(lambda length: st.binary(min_size=length, max_size=length)),
    st.lists(st.binary(max_size=40), min_size=1),
)
def test_every_hash_is_the_published_one(before: bytes, ids: list[bytes]) -> None:
    texts = np.frombuffer(before + before[::-1], dtype=np.uint8).reshape(2, -1)

    hashes = Hashes(ids, len(before) % 4).of(texts)

    assert hashes.tolist() == [
        [mmh3.mmh3_32_uintdigest(text + each) for each in ids] for text in (before, before[::-1])
    ]


@given(st.lists(SITTINGS, min_size=32, max_size=40), st.data())
def test_together_everybody_is_drawn_what_they_are_drawn_alone(
    sittings: list[Sitting], data: st.DataObject
) -> None:
    ids = data.draw(
        st.lists(st.text("bcdef", min_size=1, max_size=20), min_size=1, max_size=20, unique=True)
    )
    sets = {name: data.draw(st.sampled_from(["", "", "a", "b"])) for name in ids}
    groups = {name: data.draw(st.sampled_from(["satu", "dua", "tiga"])) for name in ids}
    of_set = {"": groups, "a": dict.fromkeys(ids, "dua"), "b": dict.fromkeys(ids, "empat")}
    items = [
        a_choice(
            name,
            objective=of_set[sets[name]][name],
            **({"variants": sets[name]} if sets[name] else {}),
        )
        for name in ids
    ]
    pinned, free = len(set(sets.values()) - {""}), sum(not each for each in sets.values())
    size = data.draw(st.integers(max(pinned, 1), pinned + free))
    draw = Draw(
        a_quiz(
            items,
            draw=size,
            draw_by="objective",
            shuffle=data.draw(st.sampled_from(["items", "none"])),
        )
    )

    assert draw.items_of(sittings) == [draw.items(sitting) for sitting in sittings]


@pytest.mark.parametrize("name", sorted(path.name for path in QUIZZES.glob("tes-*.yml")))
def test_the_courses_own_tests_are_drawn_alike_alone_and_together(name: str) -> None:
    quiz = read_quiz(QUIZZES / name).quiz
    assert quiz is not None
    random, draw = Random(name), Draw(quiz)  # noqa: S311 - made-up cards
    cards = [
        f"D{random.randrange(20, 30)}-{random.randrange(10 ** random.randrange(1, 7)):03}"
        for _ in range(2000)
    ]
    sittings = [Sitting(card, quiz.id, random.choice((1, 2, 3, 12))) for card in cards]

    assert draw.items_of(sittings) == [draw.items(sitting) for sitting in sittings]


def test_together_everybody_is_graded_as_alone() -> None:
    grader = Grader(
        a_quiz(
            [a_choice(name) for name in ("alur", "bu-c", "mitra", "pak-j")],
            draw="3",
            shuffle="items",
        )
    )
    handed_in = [
        a_submission({"alur": "a", "mitra": "b"}, participant=f"D26-{number:03}")
        for number in range(40)
    ]

    outcomes = grader.grade_all(handed_in)

    assert [outcome.line() for outcome in outcomes] == [
        grader.grade(each).line() for each in handed_in
    ]
    assert len({tuple(outcome.marks) for outcome in outcomes}) > 10


def test_without_a_draw_everybody_is_graded_as_alone_too() -> None:
    grader = Grader(a_quiz([a_choice("alur"), a_choice("mitra")]))
    handed_in = [a_submission({"alur": answer}) for answer in "aabb"]

    assert grader.grade_all(handed_in) == [grader.grade(each) for each in handed_in]
