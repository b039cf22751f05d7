"""`choices`: tick all that apply."""

from tests.builders import an_item, options

ITEM = an_item(
    "choices",
    scoring="share",
    choices=[*options("abc", correct="ab"), {"id": "d", "text": "Pilihan d", "feedback": "Bukan."}],
)


def test_scoring_is_the_rule_and_the_sets() -> None:
    assert ITEM.scoring_data() == {
        "type": "choices",
        "points": "1",
        "rule": "share",
        "choices": ["a", "b", "c", "d"],
        "correct": ["a", "b"],
        "critical": [],
    }


def test_rule_is_net_unless_the_author_names_another() -> None:
    assert an_item("choices").scoring_data()["rule"] == "net"


def test_question_shows_the_choices_without_a_verdict_and_without_their_number() -> None:
    assert ITEM.question() == {
        "choices": [{"id": name, "text": f"Pilihan {name}"} for name in "abcd"]
    }


def test_solution_is_the_verdict_on_each_choice() -> None:
    assert ITEM.solution() == {
        "choices": {
            "a": {"correct": True, "critical": False, "feedback": None},
            "b": {"correct": True, "critical": False, "feedback": None},
            "c": {"correct": False, "critical": False, "feedback": None},
            "d": {"correct": False, "critical": False, "feedback": "Bukan."},
        }
    }


def test_feedback_is_private() -> None:
    assert list(ITEM.private_texts()) == ["Bukan."]
