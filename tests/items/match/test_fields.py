"""`match`: join each left side to its right side."""

from itertools import permutations

from psm_course.items.base import label
from tests.builders import an_item, pairs

ITEM = an_item("match", pairs=pairs("ab"))


def test_scoring_is_the_pairs_and_the_public_name_of_each_right_side() -> None:
    assert ITEM.scoring_data() == {
        "type": "match",
        "points": "1",
        "pairs": ["a", "b"],
        "labels": {label("Kanan a"): "a", label("Kanan b"): "b"},
    }


def test_question_is_the_same_whatever_belongs_together() -> None:
    """A right side must not carry the id of its pair, nor stand opposite its left side."""
    questions = [
        an_item(
            "match",
            pairs=[
                {"id": name, "left": f"Kiri {name}", "right": right}
                for name, right in zip("abc", rights, strict=True)
            ],
        ).question()
        for rights in permutations(["Dinsos", "UPTD PPA", "PSC 119"])
    ]

    assert all(question == questions[0] for question in questions)
    assert questions[0]["lefts"] == [{"id": name, "text": f"Kiri {name}"} for name in "abc"]
    assert {right["text"] for right in questions[0]["rights"]} == {"Dinsos", "UPTD PPA", "PSC 119"}


def test_solution_is_the_pairs() -> None:
    assert ITEM.solution() == {
        "pairs": [{"left": "Kiri a", "right": "Kanan a"}, {"left": "Kiri b", "right": "Kanan b"}]
    }


def test_no_text_is_private_because_all_are_shown() -> None:
    assert list(ITEM.private_texts()) == []
