"""`order`: put the parts in the right order."""

from itertools import permutations

from psm_course.items.base import label
from tests.builders import an_item, parts

ITEM = an_item("order", scoring="pairs", sequence=parts("abc"))


def test_scoring_is_the_sequence_and_the_public_name_of_each_part() -> None:
    assert ITEM.scoring_data() == {
        "type": "order",
        "points": "1",
        "rule": "pairs",
        "sequence": ["a", "b", "c"],
        "labels": {label("Bagian a"): "a", label("Bagian b"): "b", label("Bagian c"): "c"},
    }


def test_rule_is_exact_unless_the_author_names_another() -> None:
    assert an_item("order").scoring_data()["rule"] == "exact"


def test_question_is_the_same_whatever_the_right_order_is() -> None:
    """Neither the place of a part nor its id (authors count a, b, c) may give the order away."""
    questions = [
        an_item(
            "order",
            sequence=[{"id": name, "text": text} for name, text in zip("abc", texts, strict=True)],
        ).question()
        for texts in permutations(["Dengar", "Catat", "Lapor"])
    ]

    assert all(question == questions[0] for question in questions)
    assert {part["text"] for part in questions[0]["parts"]} == {"Dengar", "Catat", "Lapor"}


def test_solution_is_the_texts_in_order() -> None:
    assert ITEM.solution() == {"sequence": ["Bagian a", "Bagian b", "Bagian c"]}


def test_no_text_is_private_because_all_are_shown() -> None:
    assert list(ITEM.private_texts()) == []
