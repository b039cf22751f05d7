"""What every kind answers about itself: made-up people, who always takes the same place, and what a
page of a test must not show.
"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from psm_course.items import TYPES
from psm_course.items.base import BaseItem, ItemText
from psm_course.items.marks import on_grid
from tests.builders import a_step, an_item, marked, options, pairs

KINDS = pytest.mark.parametrize("kind", TYPES)
DANGEROUS: dict[str, dict[str, Any]] = {
    "choice": {"choices": options("abc", correct="a", critical="c")},
    "choices": {"choices": options("abc", correct="a", critical="c")},
    "case": {"steps": [a_step("satu", a=("1", "end"), b=("0", "end"), c=("0", "end", "critical"))]},
}


def test_kinds_stand_in_an_order_of_their_own() -> None:
    assert list(TYPES) == [
        "choice",
        "choices",
        "order",
        "match",
        "number",
        "text",
        "case",
        "rating",
    ]
    assert len({kind.place for kind in TYPES.values()}) == len(TYPES)


def test_of_the_options_of_one_kind_alone_exactly_one_is_the_answer() -> None:
    assert [kind for kind in TYPES if TYPES[kind].model.picks_one] == ["choice"]


# ---- made-up people ------------------------------------------------------------------------------


def made_up(item: BaseItem, many: int, knows: bool = False) -> list[Any]:
    """What so many people answer, each with a seed of their own."""
    kind, scoring = TYPES[item.type], item.scoring_data()
    # The same every time.
    return [kind.respond(scoring, Random(seed), knows) for seed in range(many)]  # noqa: S311


@KINDS
def test_who_knows_answers_right(kind: str) -> None:
    item = an_item(kind)

    answers = made_up(item, 5, knows=True)

    assert {marked(item, answer).status for answer in answers} == {"marked"}
    assert {on_grid(marked(item, answer).points) for answer in answers} == {item.maximum}


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        # What earns most at the first step leads away from the best end.
        (
            "case",
            {
                "steps": [
                    a_step("satu", a=("1", "end"), b=("0.5", "dua")),
                    a_step("dua", c=("1", "end")),
                ]
            },
        ),
        # At the second step nothing earns anything, and the dangerous choice comes first.
        (
            "case",
            {
                "steps": [
                    a_step("satu", a=("1", "dua")),
                    a_step("dua", a=("0", "end", "critical"), b=("0", "end")),
                ]
            },
        ),
        ("choice", {"choices": options("ab", correct="b", critical="a", credit={"a": "1"})}),
    ],
)
def test_who_knows_makes_no_critical_error_and_gets_all(kind: str, written: dict[str, Any]) -> None:
    item = an_item(kind, **written)

    (answer,) = made_up(item, 1, knows=True)

    mark = marked(item, answer)
    assert (mark.points, mark.critical) == (item.maximum, False)


@KINDS
def test_who_does_not_know_answers_something_else_each_time_that_can_be_marked(kind: str) -> None:
    item = an_item(kind)

    answers = made_up(item, 60)

    assert len({repr(answer) for answer in answers}) > 1
    assert "ungradable" not in {marked(item, answer).status for answer in answers}
    assert item.is_opinion or min(marked(item, answer).points for answer in answers) == 0


def test_a_guess_ticks_from_one_to_all_and_uses_the_whole_scale() -> None:
    ticked = an_item("choices", choices=options("abcd", correct="ab"))

    assert {len(each) for each in made_up(ticked, 200)} == {1, 2, 3, 4}
    assert {*made_up(an_item("rating", scale="4"), 200)} == {"1", "2", "3", "4"}


@pytest.mark.parametrize("kind", DANGEROUS)
def test_few_are_tempted_by_a_dangerous_answer(kind: str) -> None:
    item = an_item(kind, **DANGEROUS[kind])

    tempted = [marked(item, answer).critical for answer in made_up(item, 400)]

    assert 0 < sum(tempted) < 40


# ---- who always takes the same place, or everything ----------------------------------------------


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("choice", {}, ["a", "b", "c", "d", None]),
        ("choices", {}, [["a"], ["b"], ["c"], ["d"], None]),
        (
            "match",
            {"pairs": pairs("ab")},
            [{"a": "a", "b": "a"}, {"a": "b", "b": "b"}, {"a": "b", "b": "b"}],
        ),
        ("case", {}, [["satu:a", "dua:a"], ["satu:b"], ["satu:b"]]),
        ("number", {}, [None]),
        ("text", {}, [None]),
        ("rating", {}, [None]),
    ],
)
def test_who_always_takes_the_same_place_gives_this(
    kind: str, written: dict[str, Any], expected: list[Any]
) -> None:
    item = an_item(kind, **written)

    assert [item.in_place(place) for place in range(len(expected))] == expected


@KINDS
def test_only_where_several_can_be_ticked_everything_can_be(kind: str) -> None:
    assert an_item(kind).everything() == (["a", "b", "c", "d"] if kind == "choices" else None)


# ---- what a page says and does not say -----------------------------------------------------------


@KINDS
def test_the_explanation_is_secret_where_there_is_one(kind: str) -> None:
    silent, explained = an_item(kind), an_item(kind, explanation="Sebabnya begini.")

    assert [*explained.secrets()] == ["Sebabnya begini.", *silent.secrets()]
    prompt, *others = silent.texts()
    assert [*explained.texts()] == [prompt, ItemText(("explanation",), "Sebabnya begini."), *others]


def test_what_is_said_of_a_wrong_choice_may_be_in_peoples_own_words() -> None:
    item = an_item(
        "choice",
        choices=[
            {**each, "feedback": f"Tentang {each['id']}"} for each in options("ab", correct="a")
        ],
    )

    assert [(text.path, text.voice) for text in item.texts()] == [
        (("prompt",), "ours"),
        (("choices", 0, "text"), "ours"),
        (("choices", 0, "feedback"), "ours"),
        (("choices", 1, "text"), "mistake"),
        (("choices", 1, "feedback"), "mistake"),
    ]


@pytest.mark.parametrize(
    ("written", "stands_for"),
    [
        ({}, "soal"),
        ({"variants": "janji"}, "janji"),
        ({"always": "yes"}, "soal"),
        ({"always": True}, "soal"),
        ({"always": "no"}, "soal"),
        ({"always": "yes", "variants": "janji"}, "janji"),
    ],
)
def test_an_item_stands_for_its_variants_or_for_itself(
    written: dict[str, Any], stands_for: str
) -> None:
    item = an_item(id="soal", **written)

    assert (item.stands_for, item.variants) == (stands_for, item.variants and stands_for)


@pytest.mark.parametrize(
    ("written", "always"),
    [("yes", "soal"), ("ya", "soal"), (True, "soal"), ("no", None), (False, None)],
)
def test_what_was_always_asked_is_the_only_one_of_its_variants(
    written: object, always: str | None
) -> None:
    assert an_item(id="soal", always=written).variants == always


@KINDS
def test_a_public_item_holds_its_answer_only_where_it_may(kind: str) -> None:
    item = an_item(kind, explanation="Sebabnya begini.", source="UU 1/2020")

    assert "answer" not in item.public(with_answer=False)
    answer = item.public(with_answer=True)["answer"]
    assert (answer["explanation"], answer["source"]) == ("Sebabnya begini.", "UU 1/2020")
    assert item.public(with_answer=True) == {**item.public(with_answer=False), "answer": answer}


def test_the_answer_of_a_text_alone_is_a_word_that_lessons_teach() -> None:
    assert [name for name, kind in TYPES.items() if kind.model.answer_is_taught] == ["text"]
