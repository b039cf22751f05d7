"""Each kind of requirement by itself: when it is met, by what evidence, and the next step."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from dirty_equals import Contains
from hypothesis import given
from hypothesis import strategies as st

from psm_course.domain.register import Attempt
from psm_course.domain.requirement import Facts, RequirementResult
from psm_course.domain.requirements.no_critical import open_critical
from tests.domain.each_requirement import (
    ATTENDANCE,
    NO_CRITICAL,
    NOTHING_OPEN,
    OBSERVED,
    PASSED,
    PRACTISED,
    RUBRIC,
    TAKEN,
    found,
    found_by,
    right,
    without,
)
from tests.register_builders import HOURS, a_criterion, an_attempt

# ---- attendance ----------------------------------------------------------------------------------


def test_attendance_is_met_at_13_of_16_hours() -> None:
    judgement = found_by(ATTENDANCE, without("dasar"))

    assert judgement == RequirementResult(
        True, "hadir 13 dari 16 JP", "sedikitnya 13 JP (80 %)", None
    )


def test_attendance_is_not_met_at_12_of_16_hours() -> None:
    judgement = found_by(ATTENDANCE, without("dasar", "tutup"))

    assert judgement == RequirementResult(
        False, "hadir 12 dari 16 JP", "sedikitnya 13 JP (80 %)", "Ikuti sesi pengganti: TUTUP."
    )


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
def test_attendance_names_the_fewest_hours_that_suffice_and_then_the_fewest_sessions(
    missed: list[str], make_up: str
) -> None:
    assert found_by(ATTENDANCE, without(*missed)).next_step == f"Ikuti sesi pengganti: {make_up}."


@given(lengths=st.lists(st.integers(1, 5), min_size=1, max_size=8), share=st.integers(1, 100))
def test_attendance_make_up_is_as_cheap_as_trying_every_choice_of_sessions(
    lengths: list[int], share: int
) -> None:
    hours = {f"S{index}": length for index, length in enumerate(lengths)}
    needed = -(-sum(lengths) * share // 100)
    enough = [
        chosen
        for size in range(len(hours) + 1)
        for chosen in combinations(hours, size)
        if sum(hours[s] for s in chosen) >= needed
    ]
    cheapest = min((sum(hours[s] for s in chosen), len(chosen)) for chosen in enough)

    rule = ATTENDANCE | {"share": str(share)}
    step = found(rule, Facts({}, ()), sessions=hours).next_step

    assert step is not None
    advised = step.removeprefix("Ikuti sesi pengganti: ").removesuffix(".").split("; ")
    assert (sum(hours[s] for s in advised), len(advised)) == cheapest


@pytest.mark.parametrize("presence", ["excused", "absent"])
def test_attendance_counts_only_those_present(presence: str) -> None:
    facts = Facts(dict.fromkeys(HOURS, "present") | {"dasar": presence, "ppks": presence}, ())

    judgement = found(ATTENDANCE, facts)

    assert (judgement.met, judgement.evidence) == (False, "hadir 10 dari 16 JP")


def test_attendance_counts_who_came_late() -> None:
    assert (
        found(ATTENDANCE, Facts(dict.fromkeys(HOURS, "late"), ())).evidence == "hadir 16 dari 16 JP"
    )


def test_attendance_counts_the_excused_where_the_rule_says_so_and_says_how_many() -> None:
    facts = Facts(
        dict.fromkeys(HOURS, "present") | {"dasar": "excused", "ppks": "excused", "anak": "absent"},
        (),
    )

    assert found(ATTENDANCE | {"excused": "counts"}, facts) == (
        True,
        Contains("hadir 7 dan izin 6", "dari 16 JP"),
        "sedikitnya 13 JP (80 %)",
        None,
    )


def test_attendance_does_not_ask_to_make_up_an_excused_session_that_counts() -> None:
    facts = Facts({"dasar": "excused"}, ())

    judgement = found(ATTENDANCE | {"excused": "counts", "share": "25"}, facts)

    assert judgement == (
        False,
        Contains("hadir 0 dan izin 3", "dari 16 JP"),
        "sedikitnya 4 JP (25 %)",
        "Ikuti sesi pengganti: BUKA.",
    )


def test_attendance_at_a_share_with_a_decimal_is_printed_as_indonesians_write_it() -> None:
    judgement = found_by(ATTENDANCE | {"share": "62,50"}, without("dasar", "ppks"))

    assert (judgement.met, judgement.needed) == (True, "sedikitnya 10 JP (62,5 %)")


def test_attendance_at_a_session_the_course_does_not_have_counts_for_nothing() -> None:
    assert found_by(ATTENDANCE, ["makan-siang"]).evidence == "hadir 0 dari 16 JP"


# ---- taken ---------------------------------------------------------------------------------------


def test_taken_is_met_by_any_attempt_however_poor() -> None:
    judgement = found_by(TAKEN, attempts=[an_attempt("tes-awal", points="0", passed=None)])

    assert judgement == RequirementResult(
        True, "sudah dikerjakan", "dikerjakan dan diserahkan", None
    )


def test_taken_names_the_quiz_to_sit() -> None:
    judgement = found_by(TAKEN, attempts=[an_attempt("tes-akhir")])

    assert judgement == (
        False,
        "belum dikerjakan",
        "dikerjakan dan diserahkan",
        Contains("serahkan Tes Awal."),
    )


def test_taken_of_several_quizzes_counts_them_and_names_those_missing() -> None:
    both = TAKEN | {"quizzes": ["tes-awal", "tes-akhir", "latihan"]}

    judgement = found_by(both, attempts=[an_attempt("tes-akhir")])

    assert (judgement.met, judgement.evidence) == (False, "1 dari 3 dikerjakan")
    assert judgement.next_step == Contains("serahkan Tes Awal, latihan.")


# ---- passed --------------------------------------------------------------------------------------

NEEDED = Contains("mencapai batas lulus", "tanpa kesalahan berbahaya")


def test_passed_without_an_attempt_says_to_sit_it() -> None:
    assert found_by(PASSED) == (
        False,
        "belum mengerjakan",
        NEEDED,
        Contains("serahkan Tes Akhir."),
    )


def test_passed_below_the_pass_mark_says_to_read_and_sit_again() -> None:
    judgement = found_by(PASSED, attempts=[an_attempt(points="2", maximum="3", passed=False)])

    assert judgement == (
        False,
        "nilai terbaik 66,67 %",
        NEEDED,
        Contains("Baca lagi bagian", "kerjakan lagi Tes Akhir."),
    )


def test_passed_with_a_critical_error_is_not_met_whatever_the_total() -> None:
    judgement = found_by(
        PASSED,
        attempts=[an_attempt(points="9", maximum="10", passed=False, critical=("satu", "dua"))],
    )

    assert judgement == (
        False,
        "nilai terbaik 90 %, 2 kesalahan berbahaya",
        NEEDED,
        Contains("Bahas", "bersama pelatih", "kerjakan lagi Tes Akhir."),
    )


def test_passed_is_met_by_the_best_attempt_even_when_a_later_one_fails() -> None:
    tried = [
        an_attempt(points="9", maximum="10", passed=False, critical=("satu",)),
        an_attempt(points="8", maximum="10", sequence=2),
        an_attempt(points="1", maximum="10", sequence=3, passed=False),
    ]

    assert found_by(PASSED, attempts=tried) == (True, "nilai terbaik 80 %", NEEDED, None)


def test_passed_is_not_met_by_another_quiz() -> None:
    assert found_by(PASSED, attempts=[an_attempt("tes-awal")]).evidence == "belum mengerjakan"


def test_passed_on_one_of_several_quizzes_suffices() -> None:
    either = PASSED | {"quizzes": ["tes-akhir", "ujian-ulang"]}

    assert found_by(
        either, attempts=[an_attempt("tes-akhir", passed=False), an_attempt("ujian-ulang")]
    ).met


# ---- practised -----------------------------------------------------------------------------------


def test_practised_asks_for_all_where_no_share_is_written() -> None:
    judgement = found_by(PRACTISED, attempts=[an_attempt("latihan-1"), an_attempt("latihan-1")])

    assert judgement == (
        False,
        "1 dari 3 latihan diserahkan",
        "sedikitnya 3 latihan",
        Contains("serahkan Latihan 2, latihan-3."),
    )


def test_practised_at_a_share_names_only_as_many_as_are_missing() -> None:
    judgement = found_by(PRACTISED | {"share": "60"}, attempts=[an_attempt("latihan-3")])

    assert judgement == (
        False,
        "1 dari 3 latihan diserahkan",
        "sedikitnya 2 latihan",
        Contains("serahkan Latihan 1."),
    )


def test_practised_is_met_by_any_of_them_however_poor() -> None:
    tried = [
        an_attempt("latihan-3", points="0", passed=None),
        an_attempt("latihan-1", points="0", passed=None),
    ]

    assert found_by(PRACTISED | {"share": "60"}, attempts=tried) == RequirementResult(
        True, "2 dari 3 latihan diserahkan", "sedikitnya 2 latihan", None
    )


# ---- no open critical error ----------------------------------------------------------------------


def erring(*items: str, **changes: Any) -> Attempt:
    return an_attempt(passed=False, critical=items, **changes)


def test_no_critical_is_met_before_anything_was_answered() -> None:
    assert found_by(NO_CRITICAL) == NOTHING_OPEN


def test_a_critical_error_stands_and_says_what_closes_it() -> None:
    assert found_by(NO_CRITICAL, attempts=[erring("satu", "dua")]) == (
        False,
        Contains("2 kesalahan berbahaya belum"),
        "semuanya diperbaiki",
        Contains("Bahas", "bersama pelatih", "lagi Tes Akhir dan", "petugas dapat menutupnya"),
    )


def test_the_same_item_answered_right_later_closes_it() -> None:
    assert found_by(NO_CRITICAL, attempts=[erring("satu"), right("satu")]) == NOTHING_OPEN


def test_a_draw_without_the_item_does_not_close_it() -> None:
    judgement = found_by(NO_CRITICAL, attempts=[erring("satu"), right("dua", "tiga")])

    assert (judgement.met, judgement.evidence) == (
        False,
        Contains("1 kesalahan berbahaya belum"),
    )


def test_the_same_item_right_before_does_not_close_it() -> None:
    assert not found_by(NO_CRITICAL, attempts=[right("satu"), erring("satu")]).met


def test_the_same_item_right_in_another_of_the_quizzes_closes_it() -> None:
    assert (
        found_by(NO_CRITICAL, attempts=[erring("satu"), right("satu", quiz="tes-awal")])
        == NOTHING_OPEN
    )


def test_a_critical_error_in_a_quiz_that_the_rule_does_not_name_is_not_asked_about() -> None:
    assert found_by(NO_CRITICAL, attempts=[erring("satu", quiz="latihan-1")]) == NOTHING_OPEN


def test_an_error_closed_and_made_again_stands() -> None:
    assert open_critical([erring("satu"), right("satu"), erring("satu", "dua")], {}) == {
        "satu": "tes-akhir",
        "dua": "tes-akhir",
    }


def test_any_variant_right_closes_an_error_whichever_of_the_quizzes_asked_it() -> None:
    variants = {"tes-akhir": {"satu": "janji", "dua": "janji"}, "tes-pengganti": {"tiga": "janji"}}

    assert open_critical([erring("satu"), right("dua")], variants) == {}
    assert open_critical([erring("satu"), right("tiga", quiz="tes-pengganti")], variants) == {}
    assert open_critical([erring("satu"), erring("dua")], variants) == {"janji": "tes-akhir"}
    assert open_critical([erring("satu"), right("empat")], variants) == {"janji": "tes-akhir"}


# ---- observed ------------------------------------------------------------------------------------


def test_observed_needs_every_criterion_at_its_level() -> None:
    judgement = found(OBSERVED, Facts({}, (), {"sapa": 3, "catat": 4}), **RUBRIC)

    assert judgement == (
        True,
        "2 dari 2 kriteria tercapai",
        Contains("setiap kriteria", "tingkatnya"),
        None,
    )


def test_observed_says_what_to_show_the_trainer() -> None:
    judgement = found(OBSERVED, Facts({}, (), {"sapa": 2}), **RUBRIC)

    assert (judgement.met, judgement.evidence) == (False, "0 dari 2 kriteria tercapai")
    assert judgement.next_step == Contains(
        "kepada pelatih: ",
        "Kriteria sapa (tingkat 2, perlu 3); ",
        "Kriteria catat (belum diamati, ",
        "perlu 2).",
    )


def test_what_nobody_observed_does_not_reach_even_the_lowest_level() -> None:
    lowest = {"rubric": [a_criterion("sapa", minimum=1)]}

    met = [found(OBSERVED, Facts({}, (), levels), **lowest).met for levels in ({}, {"sapa": 1})]

    assert met == [False, True]
