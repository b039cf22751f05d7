"""`number`: write a number."""

from tests.builders import an_item

ITEM = an_item("number", answer="1.250,5", tolerance="0,25", unit="rupiah")


def test_scoring_is_the_answer_and_the_tolerance() -> None:
    assert ITEM.scoring_data() == {"type": "number", "points": "1", "answer": "1250.5", "tolerance": "0.25"}


def test_tolerance_is_nought_unless_written() -> None:
    assert an_item("number").scoring_data()["tolerance"] == "0"


def test_question_shows_the_unit_only() -> None:
    assert ITEM.question() == {"unit": "rupiah"}


def test_solution_is_written_for_an_indonesian_reader() -> None:
    assert ITEM.solution() == {"value": "1250,5", "tolerance": "0,25"}
    assert an_item("number").solution() == {"value": "63", "tolerance": None}


def test_answer_is_private() -> None:
    assert list(ITEM.private_texts()) == ["1250,5"]
