"""A quiz as a value: what may leave the office, its digest, and items shared through a pool."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from psm_course.content.quiz import Quiz, QuizRead, read_quiz
from psm_course.items import TYPES
from tests.builders import SMALLEST, a_choice, a_quiz, a_step, an_item, options, pairs, parts

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


# ---- drawing and pools ---------------------------------------------------------------------------


def test_drawn_is_all_items_unless_fewer_are_drawn() -> None:
    items = [a_choice(name) for name in "abc"]

    assert a_quiz(items).drawn == 3
    assert a_quiz(items, draw=2).drawn == 2


POOL = """\
id: kumpulan
title: Kumpulan
use: posttest
items:
  - {id: satu, type: number, prompt: Berapa., answer: 63}
  - {id: dua, type: number, prompt: Berapa lagi., answer: 11}
"""
BORROWER = "id: tes-awal\ntitle: Tes awal\nuse: pretest\npool: kumpulan\n"


def a_pool(folder: Path, pool: str, borrower: str = BORROWER) -> Path:
    (folder / "kumpulan.yml").write_text(pool, encoding="utf-8")
    file = folder / "tes-awal.yml"
    file.write_text(borrower, encoding="utf-8")
    return file


def test_pool_lends_its_items(tmp_path: Path) -> None:
    file = a_pool(tmp_path, POOL)
    lender = read_quiz(tmp_path / "kumpulan.yml")

    read = read_quiz(file)

    assert read.problems == ()
    assert read.pooled
    assert read.quiz is not None
    assert lender.quiz is not None
    assert read.quiz.items == lender.quiz.items
    assert not lender.pooled


def test_draw_is_compared_with_the_items_of_the_pool(tmp_path: Path) -> None:
    file = a_pool(tmp_path, POOL, BORROWER + "draw: 3\n")

    read = read_quiz(file, "tes-awal.yml")

    assert [str(problem) for problem in read.problems] == [
        "tes-awal.yml:5:7: draw: mengundi 3 butir dari 2 - kurangi draw atau tambah butir"
    ]


def test_mistakes_of_a_pool_are_said_once_when_the_whole_folder_is_read(tmp_path: Path) -> None:
    file = a_pool(tmp_path, POOL.replace("answer: 63", "answer: banyak"))

    alone, beside = (
        read_quiz(file, "tes-awal.yml"),
        read_quiz(file, "tes-awal.yml", beside_others=True),
    )

    assert [str(problem) for problem in alone.problems] == [
        'tes-awal.yml:4:7: pool: kuis "kumpulan" masih bermasalah - perbaiki dulu kumpulan.yml'
    ]
    assert beside.problems == ()
    assert alone.quiz is None
    assert beside.quiz is None


def test_item_in_a_pool_may_be_secret_in_a_test_and_shown_in_practice(tmp_path: Path) -> None:
    file = a_pool(tmp_path, POOL.replace("posttest", "practice"))
    lender, borrower = read_quiz(tmp_path / "kumpulan.yml").quiz, read_quiz(file).quiz

    assert lender is not None
    assert borrower is not None
    assert ["answer" in item for item in lender.public_view()["items"]] == [True, True]
    assert ["answer" in item for item in borrower.public_view()["items"]] == [False, False]


BANK = """\
id: bank-{topic}
title: Bank
use: bank
items:
  - {{id: {topic}-1, type: number, prompt: Berapa., answer: 63, form: a, objective: {topic}}}
  - {{id: {topic}-2, type: number, prompt: Berapa lagi., answer: 11, form: b, \
objective: {topic}, variants: {topic}}}
  - {{id: {topic}-3, type: number, prompt: Berapa pula., answer: 12, form: b, objective: {topic}}}
"""


def a_test_from_banks(folder: Path, *topics: str, header: str) -> QuizRead:
    for topic in ("peran", "anak"):
        (folder / f"bank-{topic}.yml").write_text(BANK.format(topic=topic), encoding="utf-8")
    file = folder / "tes.yml"
    pool = ", ".join(f"bank-{topic}" for topic in topics)
    file.write_text(
        f"id: tes\ntitle: Tes\nuse: posttest\npool: [{pool}]\n{header}", encoding="utf-8"
    )
    return read_quiz(file, "tes.yml")


def test_a_test_takes_one_form_from_several_banks(tmp_path: Path) -> None:
    form_a = a_test_from_banks(tmp_path, "peran", "anak", header="form: a\n")
    form_b = a_test_from_banks(
        tmp_path, "peran", "anak", header="form: b\ndraw: 2\ndraw_by: objective\n"
    )

    assert form_a.quiz is not None
    assert [item.id for item in form_a.quiz.items] == ["peran-1", "anak-1"]
    assert form_a.pool_files == (tmp_path / "bank-peran.yml", tmp_path / "bank-anak.yml")
    assert form_b.quiz is not None
    assert form_b.quiz.variants == {"peran": ("peran-2",), "anak": ("anak-2",)}
    assert form_b.quiz.draw_groups == {
        "peran-2": "peran",
        "peran-3": "peran",
        "anak-2": "anak",
        "anak-3": "anak",
    }
    asked = form_b.quiz.public_view()["items"]
    assert [(item["group"], item.get("always", False)) for item in asked] == [
        ("peran", True),
        ("peran", False),
        ("anak", True),
        ("anak", False),
    ]


@pytest.mark.parametrize(
    ("topics", "header", "message"),
    [
        (
            ["peran", "peran"],
            "",
            (
                'tes.yml:4:7: pool: butir "peran-1" ada di lebih dari satu bank - beri salah'
                " satunya id lain"
            ),
        ),
        (
            ["peran", "lain"],
            "",
            (
                'tes.yml:4:20: pool, isi ke-2: kuis "bank-lain" tidak ada di folder ini - tulis id'
                " kuis lain di folder yang sama"
            ),
        ),
        (["peran"], "form: b\ndraw: 1\n", None),
        (
            ["peran", "anak"],
            "form: b\ndraw: 1\n",
            (
                "tes.yml:6:7: draw: mengundi 1 butir, padahal 2 butir harus selalu keluar - tambah"
                " draw"
            ),
        ),
    ],
)
def test_what_can_be_wrong_with_banks(
    tmp_path: Path, topics: list[str], header: str, message: str | None
) -> None:
    read = a_test_from_banks(tmp_path, *topics, header=header)

    assert [str(problem) for problem in read.problems][:1] == ([message] if message else [])
    assert (read.quiz is None) == (message is not None)


def test_a_bank_keeps_its_answers_in_the_office(tmp_path: Path) -> None:
    a_test_from_banks(tmp_path, "peran", header="")
    bank = read_quiz(tmp_path / "bank-peran.yml").quiz

    assert bank is not None
    assert bank.is_test
    assert not any("answer" in item for item in bank.public_view()["items"])
