"""The requirements for a record in words, for people who read the digital certificate."""

from psm_course.authoring.numbers import write_number
from psm_course.content.course import Course
from psm_course.domain.register import RecordKind


def criteria_in_words(adopted: Course, kind: RecordKind) -> str:
    """Return the requirements for a kind of record as an Indonesian sentence.

    If tests must be passed, a second sentence gives their pass marks.
    """
    asked = [
        each for each in adopted.file.completion if kind == "passed" or each.towards == "attended"
    ]
    tests = [quiz for each in asked if each.by_passing_one for quiz in each.quizzes]
    marks = dict.fromkeys(filter(None, (_pass_mark(adopted, quiz) for quiz in tests)))
    said = (
        "Syarat menurut aturan yang dipakai angkatan ini:"
        f" {'; '.join(each.title for each in asked)}."
    )
    return f"{said} Nilai lulus: {'; '.join(marks)}." if marks else said


def _pass_mark(adopted: Course, quiz: str) -> str | None:
    found = adopted.quizzes.get(quiz)
    if found is None or found.header.pass_mark is None:
        return None
    return f"{found.header.title} {write_number(found.header.pass_mark)} %"
