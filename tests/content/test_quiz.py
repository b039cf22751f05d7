"""A quiz as a value: what may leave the office, and its digest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from psm_course.content.quiz import Quiz
from psm_course.items import TYPES
from tests.builders import SMALLEST, a_quiz, a_step, an_item, options, pairs, parts

# ---- the public view -----------------------------------------------------------------------------

SECRETS = {
    "penjelasan rahasia",
    "sumber rahasia",
    "umpan balik rahasia",
    "kata rahasia",
    "akibat rahasia",
    "987654",
    "0.375",
    "3,125",
}
KEYS_OF_A_KEY = {
    "answer",
    "correct",
    "critical",
    "credit",
    "feedback",
    "explanation",
    "source",
    "accept",
    "tolerance",
    "sequence",
    "pairs",
}


def a_quiz_full_of_secrets(use: str) -> Quiz:
    option = {"id": "d", "text": "Pilihan d", "critical": "yes", "feedback": "umpan balik rahasia"}
    step = a_step("satu", a=("1", "end"), b=("0.375", "end", "critical"))
    step["choices"][1]["feedback"] = "akibat rahasia"
    said = {
        "explanation": "penjelasan rahasia",
        "source": "sumber rahasia",
        "objective": "tujuan",
        "review_by": "2027-06",
    }
    return a_quiz(
        [
            an_item("choice", choices=[*options("abc", credit={"b": "0.375"}), option], **said),
            an_item(
                "choices", choices=[*options("abc", correct="ab"), option], scoring="share", **said
            ),
            an_item("order", scoring="pairs", **said),
            an_item("match", **said),
            an_item("number", answer="987654", tolerance="3,125", **said),
            an_item("text", accept=["kata rahasia"], **said),
            an_item("case", steps=[step], **said),
            an_item("rating", **said),
        ],
        use=use,
        pass_mark=70,
    )


def keys_in(value: Any) -> Iterator[str]:
    """Every key of every mapping, however deep."""
    if isinstance(value, dict):
        yield from value
        for inside in value.values():
            yield from keys_in(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from keys_in(inside)


def test_the_quiz_full_of_secrets_has_every_type_and_practice_shows_every_secret() -> None:
    """The check of the checks below: there is something to leak, and practice pages do show it."""
    quiz = a_quiz_full_of_secrets("practice")

    view = quiz.public_view()

    assert {item.type for item in quiz.items} == set(SMALLEST)
    assert {secret for secret in SECRETS if secret in json.dumps(view)} == SECRETS
    assert set(keys_in(view)) >= KEYS_OF_A_KEY


@pytest.mark.parametrize("use", ["pretest", "posttest"])
def test_public_view_of_a_test_holds_no_secret(use: str) -> None:
    view = json.dumps(a_quiz_full_of_secrets(use).public_view())

    assert {secret for secret in SECRETS if secret in view} == set()


@pytest.mark.parametrize("use", ["pretest", "posttest"])
def test_public_view_of_a_test_has_these_keys_and_no_others(use: str) -> None:
    view = a_quiz_full_of_secrets(use).public_view()

    header = {
        "id",
        "title",
        "use",
        "draw",
        "shuffle",
        "time_limit",
        "attempts",
        "pass_mark",
        "items",
        "digest",
    }
    items = {
        "type",
        "prompt",
        "choices",
        "text",
        "parts",
        "lefts",
        "rights",
        "unit",
        "steps",
        "next",
        "scale",
        "low",
        "high",
    }
    assert set(keys_in(view)) == header | items


def test_public_view_of_a_test_names_no_order_and_no_pair() -> None:
    quiz = a_quiz(
        [
            an_item(
                "order",
                sequence=[
                    {"id": f"urutan-{place}", "text": text}
                    for place, text in enumerate(["Dengar", "Catat", "Lapor"])
                ],
            ),
            an_item(
                "match",
                pairs=[
                    {"id": f"pasangan-{name}", "left": f"Kiri {name}", "right": f"Kanan {name}"}
                    for name in "abc"
                ],
            ),
        ]
    )

    order, match = quiz.public_view()["items"]

    assert "urutan-" not in json.dumps(order)
    assert [left["id"] for left in match["lefts"]] == ["pasangan-a", "pasangan-b", "pasangan-c"]
    assert "pasangan-" not in json.dumps(match["rights"])
    assert order["parts"] == sorted(order["parts"], key=lambda part: part["id"])
    assert match["rights"] == sorted(match["rights"], key=lambda right: right["id"])


def test_public_view_of_a_small_test_is_exactly_this() -> None:
    quiz = a_quiz(
        [an_item(choices=options("ab"))],
        module="01-menyapa",
        pass_mark=66.67,
        attempts=2,
        draw=1,
        shuffle="both",
        time_limit=20,
    )

    assert quiz.public_view() == {
        "id": "tes-akhir",
        "title": "Tes akhir",
        "use": "posttest",
        "draw": 1,
        "shuffle": "both",
        "time_limit": 20,
        "attempts": 2,
        "pass_mark": "66.67",
        "items": [
            {
                "id": "choice",
                "type": "choice",
                "prompt": "Soal choice",
                "choices": [{"id": "a", "text": "Pilihan a"}, {"id": "b", "text": "Pilihan b"}],
            }
        ],
        "digest": quiz.digest,
    }


def test_public_view_of_practice_has_the_answer_beside_the_question() -> None:
    quiz = a_quiz([an_item("number", explanation="Ada 63.")], use="practice")

    assert quiz.public_view()["items"] == [
        {
            "id": "number",
            "type": "number",
            "prompt": "Soal number",
            "unit": None,
            "answer": {"value": "63", "tolerance": None, "explanation": "Ada 63.", "source": None},
        }
    ]


# ---- the digest ----------------------------------------------------------------------------------


def reworded(key: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**key, **changes}


OTHER_KEYS = [
    pytest.param("choice", {"choices": options("abcd", correct="b")}, id="choice: another answer"),
    pytest.param(
        "choice",
        {"choices": options("abcd", correct="a", credit={"b": "0.5"})},
        id="choice: partial credit",
    ),
    pytest.param(
        "choice",
        {"choices": options("abcd", correct="a", critical="d")},
        id="choice: a critical choice",
    ),
    pytest.param(
        "choices", {"choices": options("abcd", correct="bcd")}, id="choices: other answers"
    ),
    pytest.param("choices", {"scoring": "exact"}, id="choices: another rule"),
    pytest.param("order", {"sequence": parts("cab")}, id="order: another order"),
    pytest.param("order", {"scoring": "pairs"}, id="order: another rule"),
    pytest.param(
        "match",
        {
            "pairs": [
                reworded(pair, right=f"Kanan {right}")
                for pair, right in zip(pairs("abc"), "bca", strict=True)
            ]
        },
        id="match: other pairs",
    ),
    pytest.param("number", {"answer": "11"}, id="number: another answer"),
    pytest.param("number", {"tolerance": "1"}, id="number: a tolerance"),
    pytest.param("text", {"accept": ["relawan", "sukarelawan"]}, id="text: one more accepted"),
    pytest.param(
        "case",
        {
            "steps": [
                a_step("satu", a=("0", "dua"), b=("1", "end", "critical")),
                a_step("dua", a=("0.5", "end"), b=("0", "end")),
            ]
        },
        id="case: other credits",
    ),
    pytest.param("choice", {"points": "2"}, id="points"),
    pytest.param(
        "choice",
        {"explanation": "Karena …", "source": "UU 14/2019", "review_by": "2027-06"},
        id="explanation and source",
    ),
]


@pytest.mark.parametrize(("kind", "change"), OTHER_KEYS)
def test_digest_of_a_test_stays_when_only_the_key_changes(
    kind: str, change: dict[str, Any]
) -> None:
    assert a_quiz([an_item(kind, **change)]).digest == a_quiz([an_item(kind)]).digest


OTHER_WORDS = [
    *[pytest.param(kind, {"prompt": "Pertanyaan lain"}, id=f"{kind}: prompt") for kind in TYPES],
    *[pytest.param(kind, {"id": "lain"}, id=f"{kind}: id") for kind in TYPES],
    pytest.param(
        "choice",
        {"choices": [reworded(options("a")[0], text="Lain"), *options("bcd", correct="")]},
        id="choice: a text",
    ),
    pytest.param("choice", {"choices": options("abc")}, id="choice: fewer choices"),
    pytest.param("choice", {"choices": options("bacd")}, id="choice: another order on the page"),
    pytest.param(
        "order", {"sequence": [*parts("ab"), {"id": "c", "text": "Lain"}]}, id="order: a text"
    ),
    pytest.param(
        "match",
        {"pairs": [*pairs("ab"), {"id": "c", "left": "Kiri c", "right": "Lain"}]},
        id="match: a right side",
    ),
    pytest.param(
        "match",
        {"pairs": [*pairs("ab"), {"id": "c", "left": "Lain", "right": "Kanan c"}]},
        id="match: a left side",
    ),
    pytest.param("number", {"unit": "kelurahan"}, id="number: the unit"),
    pytest.param(
        "case",
        {
            "steps": [
                a_step("satu", a=("1", "dua"), b=("0", "dua")),
                a_step("dua", a=("1", "end"), b=("0", "end")),
            ]
        },
        id="case: another way on",
    ),
    pytest.param("rating", {"scale": "4"}, id="rating: the scale"),
]


@pytest.mark.parametrize(("kind", "change"), OTHER_WORDS)
def test_digest_changes_with_what_the_learner_sees(kind: str, change: dict[str, Any]) -> None:
    assert a_quiz([an_item(kind, **change)]).digest != a_quiz([an_item(kind)]).digest


def test_digest_is_a_sha256_of_the_view() -> None:
    quiz = a_quiz()

    assert quiz.digest.startswith("sha256:")
    assert len(quiz.digest) == len("sha256:") + 64
    assert quiz.public_view()["digest"] == quiz.digest
