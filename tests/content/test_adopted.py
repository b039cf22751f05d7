"""Courses that an office adopted long ago are read for ever, whatever a quiz file may say today."""

from __future__ import annotations

import json

from psm_course.content.adopted import freeze, thaw
from psm_course.grading.draw import Draw, Sitting
from tests.builders import a_choice, a_quiz
from tests.register_builders import a_course


def frozen_before_variants() -> str:
    """As written until variants came: every item says `always`, and none has variants."""
    items = [a_choice(name) for name in ("salam", "pamit", "nama")]
    tree = json.loads(
        freeze(a_course(a_quiz(items, id="tes-akhir", use="posttest", draw=2, shuffle="items")))
    )
    for item in tree["quizzes"][0]["items"]:
        assert "variants" not in item
        item["always"] = item["id"] == "pamit"
    return json.dumps(tree)


def test_an_item_that_was_always_drawn_still_is_and_its_page_is_told_as_before() -> None:
    quiz = thaw(frozen_before_variants()).quizzes["tes-akhir"]

    assert quiz.variants == {"pamit": ("pamit",)}
    assert [item.get("always") for item in quiz.public_view()["items"]] == [None, True, None]
    assert ["variants" in item for item in quiz.public_view()["items"]] == [False, False, False]
    assert all(
        "pamit" in Draw(quiz).items(Sitting(f"D26-{number:03}", "tes-akhir", 1))
        for number in range(30)
    )


def test_what_was_read_so_is_frozen_again_in_the_words_of_today() -> None:
    course = thaw(frozen_before_variants())

    again = freeze(course)

    assert "always" not in again
    assert thaw(again).quizzes == course.quizzes


def test_the_page_is_told_a_number_of_variants_and_not_their_name() -> None:
    items = [
        a_choice("nama"),
        *(a_choice(f"salam-{n}", variants="jangan-berjanji") for n in (1, 2, 3)),
    ]
    quiz = a_quiz(items, id="tes-akhir", use="posttest")

    view = quiz.public_view()

    assert view["draw"] == 2
    assert [item.get("variants") for item in view["items"]] == [None, 1, 1, 1]
    assert "jangan-berjanji" not in json.dumps(view)
