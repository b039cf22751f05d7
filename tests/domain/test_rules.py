"""Rules as a cohort adopted them: frozen whole, named by what judges, compared in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from psm_course.content.course import CourseFile, Criterion, Requirement, Session, read_course
from psm_course.domain.rules import _ASKED, _WORDS, differences, freeze, thaw, version_of
from tests.register_builders import COMPLETION, HOURS, a_course_file, a_criterion

OURS = Path(__file__).parents[2]
ATTENDANCE, TAKEN, PASSED = COMPLETION


def our_rules() -> CourseFile:
    course, problems = read_course(OURS)
    assert course is not None
    assert problems == []
    return course.file


def test_what_is_frozen_comes_back_as_it_was() -> None:
    with_everything = a_course_file(
        completion=[
            ATTENDANCE | {"share": "62,5", "excused": "counts", "towards": "attended"},
            {"id": "p", "kind": "observed", "title": "P"},
        ],
        rubric=[a_criterion("sapa", minimum=3)],
    )

    assert [thaw(freeze(rules)) for rules in (with_everything, our_rules())] == [with_everything, our_rules()]


def test_a_version_is_twelve_digits_of_what_judges_only() -> None:
    rules = a_course_file()

    assert version_of(rules) == version_of(a_course_file(title="Bimtek Lain", organiser="Dinas Lain")) == version_of(thaw(freeze(rules)))
    assert len(version_of(rules)) == 12
    assert int(version_of(rules), 16) >= 0


def test_a_version_changes_with_each_part_that_judges() -> None:
    others = [
        a_course_file(),
        a_course_file(sessions=HOURS | {"buka": 2}),
        a_course_file(completion=[ATTENDANCE | {"share": "75"}, TAKEN, PASSED]),
        a_course_file(completion=[ATTENDANCE | {"towards": "attended"}, TAKEN, PASSED]),
        a_course_file(rubric=[a_criterion("sapa", minimum=3)]),
        a_course_file(rubric=[a_criterion("sapa", minimum=2)]),
    ]

    assert len({version_of(rules) for rules in others}) == len(others)


def test_a_key_written_at_its_default_is_no_other_rule() -> None:
    assert version_of(a_course_file(completion=[ATTENDANCE | {"towards": "passed"}])) == version_of(a_course_file(completion=[ATTENDANCE]))


def test_differences_are_said_part_by_part() -> None:
    new = a_course_file(
        sessions={"buka": 1, "dasar": 4, "penutup": 11},
        completion=[ATTENDANCE | {"share": "75", "towards": "attended"}, PASSED | {"quizzes": ["tes-akhir", "tes-ulang"]}],
        rubric=[a_criterion("sapa", minimum=3)],
    )

    old = a_course_file(sessions={"buka": 1, "dasar": 3, "tutup": 12})

    assert list(differences(old, new)) == [
        "sesi tutup dihapus",
        "sesi dasar: JP 3 → 4",
        "sesi penutup ditambahkan: PENUTUP",
        "syarat awal dihapus",
        "syarat hadir: persen 80 → 75",
        "syarat hadir: untuk - → telah mengikuti",
        "syarat akhir: kuis tes-akhir → tes-akhir, tes-ulang",
        "kriteria sapa ditambahkan: Kriteria sapa",
    ]


def test_whatever_may_differ_is_said_in_indonesian() -> None:
    fields = {name for model in (Session, Requirement, Criterion) for name in model.model_fields} - {"id"}
    kinds = {kind for name in _WORDS for kind in get_args(Requirement.model_fields[name].annotation) if isinstance(kind, str)}

    assert set(_ASKED) == fields
    assert kinds <= {word for words in _WORDS.values() for word in words}


def test_the_same_rules_differ_in_nothing() -> None:
    assert list(differences(a_course_file(), thaw(freeze(a_course_file())))) == []
