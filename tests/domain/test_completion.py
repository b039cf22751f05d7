"""The whole judgement: two outcomes, an officer's word, the version and the date,
and what the learner is told.
"""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.domain.completion import Completion, Judgement, judge, why_not
from psm_course.domain.register import OUTCOMES, Override, RecordKind
from psm_course.domain.requirement import Facts
from psm_course.domain.rules import Rules, version_of
from tests.register_builders import COMPLETION, HOURS, NOW, a_course_file, an_attempt

ATTENDANCE, TAKEN, PASSED = COMPLETION
TITLES = {"tes-awal": "Tes Awal", "tes-akhir": "Tes Akhir"}
PRESENT = Facts(dict.fromkeys(HOURS, "present"), ())
DONE = Facts(PRESENT.presence, (an_attempt("tes-awal", passed=None), an_attempt("tes-akhir")))
TWO_OUTCOMES = (ATTENDANCE | {"towards": "attended"}, TAKEN, PASSED)
REASON = "sakit, tugas pengganti"


def judged(facts: Facts, completion: Any = COMPLETION) -> Completion:
    return judge(Rules(a_course_file(completion=completion), TITLES), facts, NOW)


def test_completion_keeps_the_order_of_the_course_file_and_needs_all_of_it() -> None:
    nothing_sat, all_done = judged(PRESENT), judged(DONE)

    assert [(judgement.id, judgement.met) for judgement in nothing_sat.requirements] == [
        ("hadir", True),
        ("awal", False),
        ("akhir", False),
    ]
    assert (nothing_sat.met, all_done.met) == (False, True)


def test_a_judgement_names_the_rules_and_the_moment() -> None:
    completion = judged(DONE)

    assert (completion.rules_version, completion.judged_at) == (version_of(a_course_file()), NOW)


def test_completion_asks_nothing_of_a_course_without_requirements() -> None:
    completion = Completion((), "0", NOW)

    assert (completion.met, completion.attended) == (True, True)


@pytest.mark.parametrize(
    ("facts", "attended", "passed", "outcome"),
    [
        (Facts({}, ()), False, False, None),
        (PRESENT, True, False, "attended"),
        (Facts({}, DONE.attempts), False, False, None),
        (DONE, True, True, "passed"),
    ],
)
def test_attending_is_an_outcome_of_its_own_that_passing_includes(
    facts: Facts, attended: bool, passed: bool, outcome: RecordKind | None
) -> None:
    completion = judged(facts, TWO_OUTCOMES)

    assert (completion.attended, completion.met, completion.outcome) == (attended, passed, outcome)
    assert (completion.has("attended"), completion.has("passed")) == (attended, passed)
    assert completion.in_words == (OUTCOMES[outcome] if outcome else "belum mengikuti")


def test_where_nothing_is_asked_towards_attending_only_passing_gives_it() -> None:
    assert (judged(PRESENT).attended, judged(DONE).attended) == (False, True)


# ---- an officer's word ---------------------------------------------------------------------------


def overridden(facts: Facts, requirement: str, met: bool) -> Judgement:
    decided = Facts(
        facts.presence,
        facts.attempts,
        facts.levels,
        {requirement: Override(met, REASON)},
    )
    return next(
        judgement for judgement in judged(decided).requirements if judgement.id == requirement
    )


def test_an_officers_word_counts_and_stands_in_the_evidence() -> None:
    judgement = overridden(Facts({}, ()), "hadir", True)

    assert judgement.evidence == Contains("hadir 0 dari 16 JP", f"petugas: {REASON}")
    assert judgement == Judgement(
        "hadir", "Hadir 80 %", True, judgement.evidence, "sedikitnya 13 JP (80 %)", None
    )


def test_an_officers_no_counts_against_a_rule_that_is_met_and_names_whom_to_ask() -> None:
    judgement = overridden(PRESENT, "hadir", False)

    assert (judgement.met, judgement.next_step) == (False, Contains("Tanyakan kepada petugas"))


def test_an_officers_no_leaves_the_step_that_the_rule_names() -> None:
    assert overridden(Facts({}, ()), "awal", False).next_step == Contains("serahkan Tes Awal.")


def test_an_officers_yes_leaves_the_learner_no_next_step() -> None:
    accepted, refused = (overridden(PRESENT, "akhir", met) for met in (True, False))

    assert (accepted.told, accepted.told_step) == (Contains(REASON), None)
    assert (refused.told, refused.told_step) == (Contains(REASON), Contains("Tes Akhir"))


# ---- what the learner is told --------------------------------------------------------------------


def test_why_not_says_one_thing_for_each_requirement_that_is_missing() -> None:
    absent = Facts(
        {session: "present" for session in HOURS if session not in ("dasar", "tutup")},
        DONE.attempts[:1],
    )

    assert why_not(judged(absent)) == [
        Contains(
            "Hadir 80 %: hadir 12 dari 16 JP",
            "sedikitnya 13 JP (80 %)",
            "Ikuti sesi pengganti: TUTUP.",
        ),
        Contains(
            "Lulus tes akhir: ",
            "akhir: belum mengerjakan,",
            "batas lulus",
            "tanpa kesalahan berbahaya",
            "dan serahkan Tes Akhir.",
        ),
    ]


def test_why_not_says_nothing_to_whoever_has_passed() -> None:
    assert why_not(judged(DONE)) == []


def test_an_attempt_at_a_quiz_worth_nothing_is_nought_per_cent() -> None:
    assert an_attempt(points="0", maximum="0").percent == 0
