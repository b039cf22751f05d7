"""Marking a quiz again: what was predicted is what is judged, all of it is kept or nothing, and
what is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from dirty_equals import Contains
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psm_course.errors import Refused
from psm_course.registrar.answers.regrading import apply_regrade, try_regrade
from psm_course.registrar.answers.remarking import Change
from psm_course.registrar.completion.judging import standings
from psm_course.registrar.people.merging import merge_persons
from psm_course.store.answers.dispositions import NewDisposition
from psm_course.store.engine import Store
from tests.databases import questions_to
from tests.register_builders import (
    ACTOR,
    NOW,
    RIGHT,
    WRONG,
    a_cohort,
    a_hand_in,
    attends,
    completes,
    hands_in,
    register_of,
)
from tests.registrar.answers.keys import (
    CORRECTED,
    COURSE,
    applied,
    keyed,
    scores,
    tried,
    two_cohorts,
)

# ---- laws ----------------------------------------------------------------------------------------


answer_sheets = st.lists(
    st.fixed_dictionaries({name: st.sampled_from("abc") for name in RIGHT}), min_size=1, max_size=4
)
any_key = st.fixed_dictionaries({}, optional={name: st.sampled_from("abc") for name in RIGHT})
any_dispositions = st.dictionaries(
    st.sampled_from(list(RIGHT)), st.sampled_from(["disregard", "full"]), max_size=2
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sheets=answer_sheets, key=any_key, dispositions=any_dispositions)
def test_what_is_predicted_is_what_is_judged_afterwards(
    file_store: Store,
    sheets: list[dict[str, str]],
    key: dict[str, str],
    dispositions: dict[str, Any],
) -> None:
    cohort = f"A{len(register_of(file_store)['cohort'])}"
    a_cohort(file_store, "Siti", cohort=cohort)
    course, number = keyed(**key), f"{cohort}-001"
    attends(file_store, number)
    hands_in(file_store, COURSE, a_hand_in(number, "tes-awal", WRONG))
    for turn, answers in enumerate(sheets):
        hands_in(file_store, COURSE, a_hand_in(number, responses=answers, id=f"{cohort}/{turn}"))
    before = outcomes_of(file_store, cohort)

    predicted, _ = tried(file_store, course, **dispositions)
    done = applied(file_store, course, **dispositions)

    moved = {(move.number, move.kind) for move in predicted.moves if move.number == number}
    after = outcomes_of(file_store, cohort)
    assert done == predicted
    assert {(number, kind) for kind in before if before[kind] != after[kind]} == moved
    applied(file_store, COURSE, **dict.fromkeys(dispositions, "none"))
    assert outcomes_of(file_store, cohort) == before


def outcomes_of(store: Store, cohort: str) -> Mapping[str, bool]:
    (standing,) = standings(store, COURSE, cohort, NOW)[1]
    return {"attended": standing.completion.attended, "passed": standing.completion.met}


# ---- refusals, and how much is asked -------------------------------------------------------------


@pytest.mark.parametrize(
    ("quiz", "dispositions", "reason", "named"),
    [
        ("tes-akhr", {}, "salah", ('"tes-akhr" tidak ada', '"tes-akhir"?')),
        ("tes-akhir", {"dau": "full"}, "salah", ('"dau" tidak ada', "tes-akhir", '"dua"?')),
        ("tes-akhir", {"dua": "full"}, " ", ("alasannya", "beberapa kata")),
        (
            "tes-akhir",
            dict.fromkeys(RIGHT, "disregard"),
            "salah",
            ("tidak dihitung", "tidak punya butir", "--full"),
        ),
    ],
)
def test_what_cannot_be_regraded_is_refused_and_changes_nothing(
    store: Store,
    quiz: str,
    dispositions: dict[str, NewDisposition],
    reason: str,
    named: tuple[str, ...],
) -> None:
    two_cohorts(store)
    before = register_of(store)

    with pytest.raises(Refused) as refused:
        apply_regrade(store, COURSE, quiz, dispositions, reason, ACTOR, NOW, lambda *_: None)

    assert str(refused.value) == Contains(*named)
    assert register_of(store) == before


def test_a_failure_in_the_middle_keeps_nothing(store: Store) -> None:
    two_cohorts(store)
    before = register_of(store)

    def full_disk(cohort: str, _: Sequence[Change]) -> None:
        if cohort == "D26":
            raise OSError("penuh")

    with pytest.raises(OSError, match="penuh"):
        apply_regrade(
            store, CORRECTED, "tes-akhir", {"dua": "full"}, "salah", ACTOR, NOW, full_disk
        )

    assert register_of(store) == before


def test_a_regrade_asks_as_many_questions_for_two_cohorts_and_four_people_as_for_one(
    store: Store,
) -> None:
    asked = []
    for cohort, people in (("SATU", ["Siti"]), ("TIGA", ["Siti", "Ujang", "Ani"])):
        for enrolment in a_cohort(store, *people, cohort=cohort):
            completes(store, COURSE, enrolment.number)
        with questions_to(store) as questions:
            tried(store, CORRECTED)
        asked.append(len(questions))

    # Twenty cohorts share each question; one is for the newest version of the course, one for what
    # was adopted.
    assert asked == [11, 11]


def test_quizzes_are_regraded_one_at_a_time(store: Store) -> None:
    two_cohorts(store)

    changes: list[Change] = []
    done = try_regrade(store, CORRECTED, "tes-awal", {}, NOW, lambda _, more: changes.extend(more))

    assert (done.attempts, changes) == (4, [])


def test_what_stands_under_a_number_that_was_merged_is_marked_again_for_the_one_that_counts(
    store: Store,
) -> None:
    a_cohort(store, "Siti Rahayu", "Siti Rahayu")
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-akhir", RIGHT))
    hands_in(store, COURSE, a_hand_in("D26-002", "tes-akhir", WRONG))
    merge_persons(store, "D26-001", "D26-002", "orang yang sama", ACTOR, NOW)

    done, changes = tried(store, COURSE, dua="full")

    assert (done.attempts, done.people, scores(changes)) == (2, 1, [("D26-001", 0, 1, 0)])
    assert applied(store, COURSE, dua="full") == done


def test_each_cohorts_outcomes_are_bound_by_an_event_of_their_own(store: Store) -> None:
    two_cohorts(store)
    before = len(register_of(store)["audit_event"])

    applied(store, CORRECTED)

    assert [row[3:5] for row in register_of(store)["audit_event"][before:]] == [
        ("outcomes regraded", "D26"),
        ("quiz regraded", "tes-akhir"),
    ]
