"""Rules as a cohort adopted them: frozen whole, named by what judges, compared in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

from dirty_equals import Contains

from psm_course.content.course import read_course
from psm_course.domain.course_file import CourseFile
from psm_course.domain.requirement import Criterion, Session
from psm_course.domain.requirements import KINDS
from psm_course.domain.rules import _words, differences, version_of
from tests.register_builders import COMPLETION, HOURS, a_course_file, a_criterion

OURS = Path(__file__).parents[2]
ATTENDANCE, TAKEN, PASSED = COMPLETION


def our_rules() -> CourseFile:
    course, problems = read_course(OURS)
    assert course is not None
    assert problems == []
    return course.file


def frozen_and_thawed(rules: CourseFile) -> CourseFile:
    return CourseFile.model_validate_json(rules.model_dump_json())


def test_what_is_frozen_comes_back_as_it_was() -> None:
    with_everything = a_course_file(
        completion=[
            ATTENDANCE | {"share": "62,5", "excused": "counts", "towards": "attended"},
            {"id": "p", "kind": "observed", "title": "P"},
        ],
        rubric=[a_criterion("sapa", minimum=3)],
    )

    assert [frozen_and_thawed(rules) for rules in (with_everything, our_rules())] == [
        with_everything,
        our_rules(),
    ]


def test_a_version_is_twelve_digits_of_what_judges_only() -> None:
    rules = a_course_file()

    assert (
        version_of(rules)
        == version_of(a_course_file(title="Bimtek Lain", organiser="Dinas Lain"))
        == version_of(frozen_and_thawed(rules))
    )
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
    assert version_of(a_course_file(completion=[ATTENDANCE | {"towards": "passed"}])) == version_of(
        a_course_file(completion=[ATTENDANCE])
    )


def test_differences_are_said_part_by_part() -> None:
    new = a_course_file(
        sessions={"buka": 1, "dasar": 4, "penutup": 11},
        completion=[
            ATTENDANCE | {"share": "75", "towards": "attended"},
            PASSED | {"quizzes": ["tes-akhir", "tes-ulang"]},
        ],
        rubric=[a_criterion("sapa", minimum=3)],
    )

    old = a_course_file(sessions={"buka": 1, "dasar": 3, "tutup": 12})

    assert list(differences(old, new)) == [
        "sesi tutup dihapus",
        "sesi dasar: JP 3 → 4",
        "sesi penutup ditambahkan: PENUTUP",
        "syarat awal dihapus",
        "syarat hadir: persen 80 → 75",
        Contains("hadir: untuk - → telah mengikuti"),
        "syarat akhir: kuis tes-akhir → tes-akhir, tes-ulang",
        "kriteria sapa ditambahkan: Kriteria sapa",
    ]


def test_whatever_may_differ_is_said_in_indonesian() -> None:
    fields = {
        (name, each)
        for model in (Session, Criterion, *KINDS.values())
        for name, each in model.model_fields.items()
        if name != "id"
    }
    literals = [
        (name, each, word) for name, each in fields for word in _words_of_ours(each.annotation)
    ]

    assert [name for name, each in fields if not each.title] == []
    assert [(name, word) for name, each, word in literals if word not in _words(name, each)] == []
    assert {word for _, _, word in literals} == {"attended", "passed", "counts", "absent"}


def _words_of_ours(annotation: Any) -> list[str]:
    """The words of a literal, or of a literal that may be left out."""
    inside = [word for part in get_args(annotation) for word in _words_of_ours(part)]
    return [word for word in get_args(annotation) if isinstance(word, str)] + inside


def test_rules_are_frozen_as_ever() -> None:
    """Byte for byte what earlier versions wrote:
    what stands in registers is read again, and copies can be compared.
    """
    rules = a_course_file(
        sessions={"buka": 1},
        completion=[
            {
                "id": "hadir",
                "kind": "attendance",
                "share": "62,5",
                "excused": "counts",
                "towards": "attended",
                "title": "Hadir",
            },
            {"id": "akhir", "kind": "passed", "quizzes": ["tes-akhir"], "title": "Lulus"},
            {"id": "praktik", "kind": "observed", "title": "Praktik"},
        ],
        rubric=[a_criterion("sapa", minimum=3)],
    )

    assert version_of(rules) == "fe4fa1b51083"


def test_the_same_rules_differ_in_nothing() -> None:
    assert list(differences(a_course_file(), frozen_and_thawed(a_course_file()))) == []
