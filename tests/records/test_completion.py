"""Who has completed the course: one requirement of each kind, judged on what is known of one learner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psm_course.records.completion import Completion, Facts, Judgement, Rules, judge
from psm_course.records.register import Attempt
from tests.register_builders import COMPLETION, HOURS, a_course_file, an_attempt

ATTENDANCE, TAKEN, PASSED = COMPLETION
TITLES = {"tes-awal": "Tes Awal", "tes-akhir": "Tes Akhir"}


def judged(requirement: Mapping[str, Any], present: Iterable[str] = (), attempts: Iterable[Attempt] = ()) -> Judgement:
    facts = Facts(dict.fromkeys(present, "present"), tuple(attempts))
    (judgement,) = judge(Rules(a_course_file(completion=[requirement]), TITLES), facts).requirements
    return judgement


def without(*missed: str) -> list[str]:
    return [session for session in HOURS if session not in missed]


# ---- attendance --------------------------------------------------------------------------------------------------------------


def test_attendance_is_met_at_13_of_16_hours() -> None:
    judgement = judged(ATTENDANCE, without("dasar"))

    assert judgement == Judgement("hadir", "Hadir 80 %", True, "hadir 13 dari 16 JP", "sedikitnya 13 JP (80 %)", None)


def test_attendance_is_not_met_at_12_of_16_hours() -> None:
    judgement = judged(ATTENDANCE, without("dasar", "tutup"))

    assert judgement == Judgement(
        "hadir", "Hadir 80 %", False, "hadir 12 dari 16 JP", "sedikitnya 13 JP (80 %)", "Ikuti sesi pengganti: TUTUP."
    )


def test_who_came_late_has_attended() -> None:
    presence = dict.fromkeys(without("dasar"), "present") | {"anak": "late"}

    (judgement,) = judge(Rules(a_course_file(completion=[ATTENDANCE]), TITLES), Facts(presence, ())).requirements

    assert (judgement.met, judgement.evidence) == (True, "hadir 13 dari 16 JP")


@pytest.mark.parametrize(
    ("missed", "make_up"),
    [
        (["dasar", "ppks"], "DASAR"),
        (["dasar", "ppks", "tutup"], "DASAR; TUTUP"),
        (["buka", "sehat", "dasar"], "BUKA; SEHAT"),
        (["dasar", "ppks", "anak", "rujuk"], "DASAR; PPKS; ANAK"),
        (["buka", "sehat", "difabel", "tutup"], "BUKA"),
    ],
)
def test_attendance_names_the_fewest_hours_that_suffice_and_then_the_fewest_sessions(missed: list[str], make_up: str) -> None:
    assert judged(ATTENDANCE, without(*missed)).next_step == f"Ikuti sesi pengganti: {make_up}."


@given(lengths=st.lists(st.integers(1, 5), min_size=1, max_size=8), share=st.integers(1, 100))
def test_attendance_make_up_is_as_cheap_as_trying_every_choice_of_sessions(lengths: list[int], share: int) -> None:
    hours = {f"S{index}": length for index, length in enumerate(lengths)}
    needed = -(-sum(lengths) * share // 100)
    enough = [chosen for size in range(len(hours) + 1) for chosen in combinations(hours, size) if sum(hours[s] for s in chosen) >= needed]
    cheapest = min((sum(hours[s] for s in chosen), len(chosen)) for chosen in enough)

    course = a_course_file(sessions=hours, completion=[ATTENDANCE | {"share": str(share)}])
    (judgement,) = judge(Rules(course, {}), Facts({}, ())).requirements

    assert judgement.next_step is not None
    advised = judgement.next_step.removeprefix("Ikuti sesi pengganti: ").removesuffix(".").split("; ")
    assert (sum(hours[s] for s in advised), len(advised)) == cheapest


@pytest.mark.parametrize("presence", ["excused", "absent"])
def test_attendance_counts_only_those_present(presence: str) -> None:
    facts = Facts(dict.fromkeys(HOURS, "present") | {"dasar": presence, "ppks": presence}, ())

    (judgement,) = judge(Rules(a_course_file(completion=[ATTENDANCE]), TITLES), facts).requirements

    assert (judgement.met, judgement.evidence) == (False, "hadir 10 dari 16 JP")


def test_attendance_at_a_share_with_a_decimal_is_printed_as_indonesians_write_it() -> None:
    judgement = judged(ATTENDANCE | {"share": "62,50"}, without("dasar", "ppks"))

    assert (judgement.met, judgement.needed) == (True, "sedikitnya 10 JP (62,5 %)")


def test_attendance_at_a_session_the_course_does_not_have_counts_for_nothing() -> None:
    assert judged(ATTENDANCE, ["makan-siang"]).evidence == "hadir 0 dari 16 JP"


# ---- taken -------------------------------------------------------------------------------------------------------------------


def test_taken_is_met_by_any_attempt_however_poor() -> None:
    judgement = judged(TAKEN, attempts=[an_attempt("tes-awal", points="0", passed=None)])

    assert judgement == Judgement("awal", "Mengerjakan tes awal", True, "sudah dikerjakan", "dikerjakan dan diserahkan", None)


def test_taken_names_the_quiz_to_sit() -> None:
    judgement = judged(TAKEN, attempts=[an_attempt("tes-akhir")])

    assert judgement == Judgement(
        "awal", "Mengerjakan tes awal", False, "belum dikerjakan", "dikerjakan dan diserahkan", "Kerjakan dan serahkan Tes Awal."
    )


def test_taken_of_several_quizzes_counts_them_and_names_those_missing() -> None:
    both = TAKEN | {"quizzes": ["tes-awal", "tes-akhir", "latihan"]}

    judgement = judged(both, attempts=[an_attempt("tes-akhir")])

    assert (judgement.met, judgement.evidence) == (False, "1 dari 3 dikerjakan")
    assert judgement.next_step == "Kerjakan dan serahkan Tes Awal, latihan."


# ---- passed ------------------------------------------------------------------------------------------------------------------

NEEDED = "nilai mencapai batas lulus, tanpa kesalahan berbahaya"


def test_passed_without_an_attempt_says_to_sit_it() -> None:
    assert judged(PASSED) == Judgement("akhir", "Lulus tes akhir", False, "belum mengerjakan", NEEDED, "Kerjakan dan serahkan Tes Akhir.")


def test_passed_below_the_pass_mark_says_to_read_and_sit_again() -> None:
    judgement = judged(PASSED, attempts=[an_attempt(points="2", maximum="3", passed=False)])

    assert judgement == Judgement(
        "akhir",
        "Lulus tes akhir",
        False,
        "nilai terbaik 66,67 %",
        NEEDED,
        "Baca lagi bagian yang belum tepat, lalu kerjakan lagi Tes Akhir.",
    )


def test_passed_with_a_critical_error_is_not_met_whatever_the_total() -> None:
    judgement = judged(PASSED, attempts=[an_attempt(points="9", maximum="10", passed=False, critical=("satu", "dua"))])

    assert judgement == Judgement(
        "akhir",
        "Lulus tes akhir",
        False,
        "nilai terbaik 90 %, 2 kesalahan berbahaya",
        NEEDED,
        "Bahas jawaban yang berbahaya bersama pelatih, lalu kerjakan lagi Tes Akhir.",
    )


def test_passed_is_met_by_the_best_attempt_even_when_a_later_one_fails() -> None:
    tried = [
        an_attempt(points="9", maximum="10", passed=False, critical=("satu",)),
        an_attempt(points="8", maximum="10", sequence=2),
        an_attempt(points="1", maximum="10", sequence=3, passed=False),
    ]

    assert judged(PASSED, attempts=tried) == Judgement("akhir", "Lulus tes akhir", True, "nilai terbaik 80 %", NEEDED, None)


def test_passed_is_not_met_by_another_quiz() -> None:
    assert judged(PASSED, attempts=[an_attempt("tes-awal")]).evidence == "belum mengerjakan"


def test_passed_on_one_of_several_quizzes_suffices() -> None:
    either = PASSED | {"quizzes": ["tes-akhir", "ujian-ulang"]}

    assert judged(either, attempts=[an_attempt("tes-akhir", passed=False), an_attempt("ujian-ulang")]).met


# ---- all together ------------------------------------------------------------------------------------------------------------


def test_completion_keeps_the_order_of_the_course_file_and_needs_all_of_it() -> None:
    rules = Rules(a_course_file(), TITLES)
    present = dict.fromkeys(HOURS, "present")

    nothing_sat = judge(rules, Facts(present, ()))
    all_done = judge(rules, Facts(present, (an_attempt("tes-awal", passed=None), an_attempt("tes-akhir"))))

    assert [(judgement.id, judgement.met) for judgement in nothing_sat.requirements] == [("hadir", True), ("awal", False), ("akhir", False)]
    assert (nothing_sat.met, all_done.met) == (False, True)


def test_completion_asks_nothing_of_a_course_without_requirements() -> None:
    assert Completion(()).met


def test_an_attempt_at_a_quiz_worth_nothing_is_nought_per_cent() -> None:
    assert an_attempt(points="0", maximum="0").percent == 0
