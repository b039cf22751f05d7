"""`case`: a situation told step by step."""

from decimal import Decimal

import pytest
from dirty_equals import Contains
from pydantic import ValidationError

from tests.builders import a_step, an_item

ITEM = an_item(
    "case",
    steps=[
        a_step("dengar", a=("1", "lapor"), b=("0.25", "end")),
        a_step("lapor", a=("0.5", "end"), b=("0", "end", "critical")),
    ],
)


def test_scoring_is_the_map_of_steps_and_the_best_path() -> None:
    assert ITEM.scoring_data() == {
        "type": "case",
        "points": "1",
        "start": "dengar",
        "best": "1.5",
        "steps": {
            "dengar": {
                "a": {"credit": "1", "next": "lapor", "critical": False},
                "b": {"credit": "0.25", "next": "end", "critical": False},
            },
            "lapor": {
                "a": {"credit": "0.5", "next": "end", "critical": False},
                "b": {"credit": "0", "next": "end", "critical": True},
            },
        },
    }


def test_the_share_from_which_it_is_right_is_scoring_data_where_it_is_stated() -> None:
    stated = an_item("case", right_from="0,7", steps=[a_step("dengar", a=("1", "end"))])

    assert stated.scoring_data()["right_from"] == "0.7"
    assert "right_from" not in ITEM.scoring_data()


def test_a_case_that_asks_for_nothing_is_refused() -> None:
    asking = an_item("case", steps=[a_step("dengar", a=("1", "end"))])

    (finding,) = asking.model_copy(update={"right_from": Decimal(0)}).rules()

    assert (finding.path, finding.message) == (("right_from",), Contains("setiap jalan"))


def test_a_case_has_at_most_a_hundred_steps() -> None:
    chain = [
        *(a_step(f"s{at}", a=("1", f"s{at + 1}")) for at in range(100)),
        a_step("s100", a=("1", "end")),
    ]

    assert len(an_item("case", steps=chain[1:]).scoring_data()["steps"]) == 100
    with pytest.raises(ValidationError, match="at most 100"):
        an_item("case", steps=chain)


@pytest.mark.parametrize(
    ("steps", "best"),
    [
        pytest.param([a_step("s", a=("0.5", "end"))], "0.5", id="one step"),
        pytest.param(
            [a_step("s", a=("1", "end"), b=("0.25", "t")), a_step("t", a=("1", "end"))],
            "1.25",
            id="the longer way is worth more",
        ),
        pytest.param(
            [a_step("s", a=("1", "end"), b=("0", "t")), a_step("t", a=("0.5", "end"))],
            "1",
            id="the shorter way is worth more",
        ),
        pytest.param(
            [
                a_step("s", a=("0.5", "t"), b=("0.25", "u")),
                a_step("t", a=("0.25", "v")),
                a_step("u", a=("1", "v")),
                a_step("v", a=("1", "end")),
            ],
            "2.25",
            id="ways part and meet again",
        ),
    ],
)
def test_best_is_the_worth_of_the_best_path(steps: list[dict[str, object]], best: str) -> None:
    assert an_item("case", steps=steps).scoring_data()["best"] == best
    assert an_item("case", steps=steps).maximum == Decimal(1)


def test_question_shows_where_choices_lead_but_not_what_they_are_worth() -> None:
    assert ITEM.question() == {
        "steps": [
            {
                "id": "dengar",
                "prompt": "Langkah dengar",
                "choices": [
                    {"id": "a", "text": "Tindakan a", "next": "lapor"},
                    {"id": "b", "text": "Tindakan b", "next": "end"},
                ],
            },
            {
                "id": "lapor",
                "prompt": "Langkah lapor",
                "choices": [
                    {"id": "a", "text": "Tindakan a", "next": "end"},
                    {"id": "b", "text": "Tindakan b", "next": "end"},
                ],
            },
        ]
    }


def test_solution_is_the_worth_and_the_consequence_of_each_choice() -> None:
    assert ITEM.solution() == {
        "steps": {
            "dengar": {
                "a": {"credit": "1", "critical": False, "feedback": None},
                "b": {"credit": "0.25", "critical": False, "feedback": None},
            },
            "lapor": {
                "a": {"credit": "0.5", "critical": False, "feedback": None},
                "b": {"credit": "0", "critical": True, "feedback": None},
            },
        }
    }


def test_consequences_are_private() -> None:
    step = a_step("dengar", a=("1", "end"))
    step["choices"][0]["feedback"] = "R tersenyum."

    assert list(an_item("case", steps=[step]).private_texts()) == ["R tersenyum."]


def test_half_the_credit_makes_a_choice_acceptable() -> None:
    assert {pick.name: pick.is_right for pick in ITEM.picks()} == {
        "dengar:a": True,
        "dengar:b": False,
        "lapor:a": True,
        "lapor:b": False,
    }
