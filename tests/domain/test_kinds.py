"""What each kind of requirement answers beside its judgement: what the learner is told, its
mistakes, and states nobody gets out of.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from psm_course.domain.register import Attempt
from psm_course.domain.requirement import (
    AskedQuiz,
    Facts,
    LearnerResult,
    Requirement,
    hand_in_step,
    retake_step,
)
from psm_course.domain.requirements import KINDS
from psm_course.domain.rules import Rules
from tests.builders import a_choice, options
from tests.domain.test_requirements import (
    ATTENDANCE,
    NO_CRITICAL,
    OBSERVED,
    PASSED,
    PRACTISED,
    RUBRIC,
    TAKEN,
    erring,
)
from tests.register_builders import a_course_file, an_attempt

NOTHING = Facts({}, ())


def rules(requirement: Mapping[str, Any]) -> Rules:
    return Rules(a_course_file(completion=[requirement], **RUBRIC), {})


def the(requirement: Mapping[str, Any]) -> Requirement:
    return rules(requirement).course.completion[0]


def told(requirement: Mapping[str, Any], facts: Facts) -> LearnerResult | None:
    programme = rules(requirement).programme
    return the(requirement).for_learner(programme, facts, the(requirement).judge(programme, facts))


def sat(*attempts: Attempt, waiting: frozenset[str] = frozenset()) -> Facts:
    return Facts({}, attempts, waiting=waiting)


def test_only_passing_is_by_one_quiz_and_only_hall_and_eyes_look_at_no_attempts() -> None:
    assert [name for name, kind in KINDS.items() if kind.by_passing_one] == ["passed"]
    assert [name for name, kind in KINDS.items() if not kind.looks_at_attempts] == [
        "attendance",
        "observed",
    ]


@pytest.mark.parametrize("requirement", [ATTENDANCE, TAKEN, PRACTISED, OBSERVED])
def test_what_tells_nothing_of_a_key_is_told_as_it_was_found(requirement: dict[str, Any]) -> None:
    assert told(requirement, NOTHING) is None


def test_how_many_answers_were_dangerous_is_not_told() -> None:
    assert told(NO_CRITICAL, NOTHING) == LearnerResult("terpenuhi", None)

    one, two = (told(NO_CRITICAL, sat(erring(*items))) for items in (("satu",), ("satu", "dua")))
    assert one is not None
    assert (one.evidence, one) == ("belum", two)


@pytest.mark.parametrize(
    ("facts", "evidence"),
    [
        (NOTHING, "belum mengerjakan"),
        (sat(an_attempt("tes-awal")), "belum mengerjakan"),
        (sat(waiting=frozenset({"tes-akhir"})), "belum lulus"),
        (sat(an_attempt(passed=False)), "belum lulus"),
        (sat(an_attempt(passed=True)), "lulus"),
    ],
)
def test_of_a_test_it_is_told_whether_it_is_passed_and_no_score(
    facts: Facts, evidence: str
) -> None:
    found = told(PASSED, facts)

    assert found is not None
    assert (found.evidence, found.next_step is None) == (evidence, evidence == "lulus")


def test_who_failed_is_sent_to_the_first_of_the_quizzes_whatever_was_wrong() -> None:
    either = PASSED | {"quizzes": ["tes-akhir", "tes-pengganti"]}
    poor, dangerous = (
        told(either, sat(attempt)) for attempt in (an_attempt(passed=False), erring("satu"))
    )

    assert (
        poor
        == dangerous
        == LearnerResult("belum lulus", retake_step(rules(either).programme, ["tes-akhir"]))
    )


def test_nobody_is_sent_to_hand_in_nothing() -> None:
    assert hand_in_step(rules(TAKEN).programme, NOTHING, []) is None


# ---- mistakes of authors -------------------------------------------------------------------------


@pytest.mark.parametrize(("has_rubric", "mistakes"), [(True, 0), (False, 1)])
def test_observing_needs_a_rubric_and_nothing_else_does(has_rubric: bool, mistakes: int) -> None:
    assert len(list(the(OBSERVED).mistakes(has_rubric))) == mistakes
    assert list(the(TAKEN).mistakes(has_rubric)) == []


@pytest.mark.parametrize(
    ("requirement", "written", "paths"),
    [
        (ATTENDANCE, {}, []),
        (ATTENDANCE, {"excused": "counts"}, []),
        (ATTENDANCE, {"share": None}, [()]),
        (ATTENDANCE, {"quizzes": ["tes-awal"]}, [("quizzes",)]),
        (TAKEN, {"quizzes": [], "share": "50"}, [("share",), ()]),
        (PRACTISED, {"share": "50"}, []),
        (PRACTISED, {"excused": "counts"}, [("excused",)]),
    ],
)
def test_a_kind_asks_for_what_it_needs_and_for_nothing_that_it_does_not_look_at(
    requirement: dict[str, Any], written: dict[str, Any], paths: list[tuple[str, ...]]
) -> None:
    assert [each.path for each in the(requirement | written).mistakes(has_rubric=True)] == paths


@pytest.mark.parametrize(
    "requirement",
    [{}, "hadir", {"id": "lain", "title": "Lain", "kind": "hadirr"}, ATTENDANCE | {"kind": 5}],
)
def test_a_requirement_of_no_kind_is_refused(requirement: object) -> None:
    with pytest.raises(ValidationError):
        a_course_file(completion=[requirement])


# ---- states that nobody gets out of --------------------------------------------------------------


def asked(**changes: Any) -> AskedQuiz:
    return AskedQuiz(
        **{
            "id": "tes-akhir",
            "is_test": True,
            "pass_mark": Decimal(70),
            "attempts": None,
            "items": (),
            "sure": frozenset(),
        }
        | changes
    )


def severities(requirement: Mapping[str, Any], *quizzes: AskedQuiz) -> list[str]:
    return [each.severity for each in the(requirement).traps(quizzes)]


@pytest.mark.parametrize(
    ("quizzes", "found"),
    [
        ([], []),
        ([asked()], []),
        ([asked(pass_mark=None)], ["error"]),
        ([asked(pass_mark=None, attempts=1)], ["error"]),
        ([asked(without_card=True)], ["warning"]),
        ([asked(attempts=2)], ["error"]),
        ([asked(attempts=2), asked(id="tes-pengganti")], []),
    ],
)
def test_passing_needs_a_mark_a_card_and_one_more_try(
    quizzes: list[AskedQuiz], found: list[str]
) -> None:
    assert severities(PASSED, *quizzes) == found


def test_practice_that_is_a_test_is_a_mistake_and_other_practice_has_to_be_handed_in_somehow() -> (
    None
):
    assert severities(PRACTISED, asked(is_test=False)) == ["warning"]
    assert severities(PRACTISED, asked(), asked(id="lain", is_test=False)) == ["error"]


DANGEROUS = a_choice("satu", choices=options("abc", critical="c"))
RIGHT_OR_DANGEROUS = a_choice("satu", choices=options("ac", critical="c"))


@pytest.mark.parametrize(
    ("quizzes", "found"),
    [
        ([asked(items=(DANGEROUS,), sure={"satu"})], []),
        ([asked(items=(RIGHT_OR_DANGEROUS,), sure={"satu"})], []),
        ([asked(items=(a_choice("satu"),))], []),
        ([asked(items=(DANGEROUS,))], ["error"]),
        ([asked(items=(DANGEROUS,), sure={"satu"}, attempts=1)], ["error"]),
        (
            [
                asked(items=(DANGEROUS,), attempts=1),
                asked(id="lain", items=(DANGEROUS,), sure={"satu"}),
            ],
            [],
        ),
    ],
)
def test_a_dangerous_answer_has_to_come_again_and_be_mended(
    quizzes: list[AskedQuiz], found: list[str]
) -> None:
    assert severities(NO_CRITICAL, *quizzes) == found


@pytest.mark.parametrize("requirement", [ATTENDANCE, TAKEN, OBSERVED])
def test_what_can_be_made_up_traps_nobody(requirement: dict[str, Any]) -> None:
    assert severities(requirement, asked(pass_mark=None, attempts=1)) == []
