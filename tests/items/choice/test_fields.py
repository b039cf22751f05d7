"""`choice`: pick one."""

from tests.builders import an_item

ITEM = an_item(
    "choice",
    points="2",
    choices=[
        {"id": "a", "text": "Gelandangan", "credit": "0,5", "feedback": "Hampir."},
        {"id": "b", "text": "Pemulung", "correct": "yes"},
        {"id": "c", "text": "Dibiarkan", "critical": "yes", "feedback": "Bahaya."},
    ],
)


def test_scoring_is_the_credit_of_each_choice() -> None:
    assert ITEM.scoring_data() == {
        "type": "choice",
        "points": "2",
        "credit": {"a": "0.5", "b": "1", "c": "0"},
        "critical": ["c"],
    }


def test_question_shows_the_choices_without_a_verdict() -> None:
    assert ITEM.question() == {
        "choices": [
            {"id": "a", "text": "Gelandangan"},
            {"id": "b", "text": "Pemulung"},
            {"id": "c", "text": "Dibiarkan"},
        ]
    }


def test_solution_is_the_verdict_on_each_choice() -> None:
    assert ITEM.solution() == {
        "choices": {
            "a": {"correct": False, "critical": False, "feedback": "Hampir.", "partly": True},
            "b": {"correct": True, "critical": False, "feedback": None, "partly": False},
            "c": {"correct": False, "critical": True, "feedback": "Bahaya.", "partly": False},
        }
    }


def test_feedback_is_private() -> None:
    assert list(ITEM.private_texts()) == ["Hampir.", "Bahaya."]
