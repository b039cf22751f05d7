"""`rating`: an opinion on a scale, never in a total."""

from decimal import Decimal

from tests.builders import an_item

ITEM = an_item("rating", points="3", scale="4", low="belum yakin", high="sangat yakin")


def test_scoring_has_no_points_even_when_the_author_writes_some() -> None:
    assert ITEM.scoring_data() == {"type": "rating", "points": "0", "scale": 4}
    assert ITEM.maximum == Decimal(0)


def test_question_shows_the_scale() -> None:
    assert ITEM.question() == {"scale": 4, "low": "belum yakin", "high": "sangat yakin"}


def test_an_opinion_has_no_solution_and_no_secret() -> None:
    assert ITEM.solution() == {}
    assert list(ITEM.private_texts()) == []
