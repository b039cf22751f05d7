"""*Sebelum menerbitkan*: open points for an officer to look at before issuing certificates.

They do not prevent issuing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from psm_course.content.course import Course
from psm_course.domain.register import Cohort, Enrolment, KeptSubmission
from psm_course.grading.copying import Alike, alike
from psm_course.grading.outcome import printed_as_right
from psm_course.printing.letters import missing_letter, typeface
from psm_course.registrar.answers.holding import NOTES
from psm_course.registrar.completion.judging import course_within
from psm_course.store.answers import submissions
from psm_course.store.answers.outcomes import Graded, quizzes_attempted, stream_graded
from psm_course.store.attendance import attendance
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, people

# So often somebody passes a test by luck, or by learning it by heart.
MANY = 5


@dataclass(frozen=True, slots=True)
class Tries:
    """A person who sat one test at least five times; `count` is the number of times."""

    number: str
    quiz: str
    count: int


@dataclass(frozen=True, slots=True)
class Clearing:
    """Open points of a cohort.

    Attributes:
        held: hand-ins that wait for a decision.
        noted: hand-ins that count but have remarks, such as "faster than reading takes".
        copied: pairs of people with the same wrong answers, each with the id of the test.
        tries: people who sat one test at least five times.
        unmarked: people without any attendance mark.
        unprintable: participant numbers, each with a letter of the name that our font does not
            have.
    """

    cohort: Cohort
    held: tuple[KeptSubmission, ...]
    noted: tuple[KeptSubmission, ...]
    copied: tuple[tuple[str, Alike], ...]
    tries: tuple[Tries, ...]
    unmarked: tuple[Enrolment, ...]
    unprintable: tuple[tuple[str, str], ...]

    @property
    def summary(self) -> str:
        """All open points counted in one line, for the command line.

        Empty if there are no open points.
        """
        counts = (
            (len(self.held), "jawaban ditahan"),
            (len(self.noted), "jawaban dengan catatan"),
            (len(self.copied), "pasang jawaban salah yang sama"),
            (len(self.tries), "orang mencoba berkali-kali"),
            (len(self.unmarked), "orang tanpa tanda hadir"),
            (len(self.unprintable), "nama yang tidak dapat dicetak"),
        )
        return ", ".join(f"{count} {what}" for count, what in counts if count)


def before_issuing(store: Store, course: Course, cohort_id: str) -> Clearing:
    """Collect the open points of a cohort. Changes nothing.

    Raises:
        Refused: there is no such cohort.
    """
    with store.reading() as tx:
        cohort, everybody = cohorts.get_cohort(tx, cohort_id), people.list_enrolments(tx, cohort_id)
        marked = attendance.presence_of_cohort(tx, cohort_id)
        named = [person for person in everybody if person.name]
        sat = {
            quiz: list(stream_graded(tx, cohort_id, quiz)) for quiz in _tests(tx, course, cohort_id)
        }
        return Clearing(
            cohort,
            submissions.list_waiting(tx, [cohort_id]),
            submissions.list_noted(tx, cohort_id),
            tuple(
                (quiz, pair)
                for quiz, graded in sat.items()
                for pair in alike(_wrong_answers(graded))
            ),
            tuple(_tries(sat)),
            tuple(person for person in named if person.number not in marked),
            tuple(_unprintable(named)),
        )


def notes_in(kept: KeptSubmission) -> str:
    """The remarks on a hand-in in Indonesian words; empty if it has no remarks."""
    return "; ".join(NOTES.get(code, code) for code in (kept.notes or "").split())


def _unprintable(named: Sequence[Enrolment]) -> Iterator[tuple[str, str]]:
    """Yield number and letter of each person whose name has a letter that cannot be printed.

    The letter is the first such letter of the name. `named` are people with names. All names are
    checked together first, because usually all can be printed, and each check takes as long as
    printing a line.
    """
    asked = typeface()
    if missing_letter([person.name for person in named], asked) is not None:
        yield from (
            (person.number, letter)
            for person in named
            if (letter := missing_letter([person.name], asked))
        )


def _tests(tx: Connection, course: Course, cohort_id: str) -> Iterator[str]:
    """The ids of the tests with a pass mark that somebody in the cohort sat.

    A quiz that is no longer in the course is included too. All other quizzes are left out: nothing
    depends on their results, so nobody needs to look for copied answers.
    """
    idle = {
        name
        for name, quiz in course_within(tx, course, cohort_id).quizzes.items()
        if not quiz.is_test or quiz.header.pass_mark is None
    }
    return (quiz for quiz in quizzes_attempted(tx, cohort_id) if quiz not in idle)


def _wrong_answers(graded: list[Graded]) -> Mapping[str, Mapping[str, Any]]:
    """The wrong responses by person and item, in all attempts that the person's own card signed.

    If a person answered an item wrong several times, the result has the last wrong response.
    """
    found: dict[str, dict[str, Any]] = {}
    for each in graded:
        if each.bound:
            responses = orjson.loads(each.document)["responses"]
            wrong = {
                item: responses[item]
                for item, mark in each.items.items()
                if item in responses
                and mark["status"] == "marked"
                and mark["points"] != mark["maximum"]
                and not printed_as_right(mark)
            }
            found.setdefault(each.number, {}).update(wrong)
    return found


def _tries(sat: Mapping[str, list[Graded]]) -> Iterator[Tries]:
    for quiz, graded in sat.items():
        counts = Counter(each.number for each in graded if each.bound)
        yield from (
            Tries(number, quiz, count) for number, count in sorted(counts.items()) if count >= MANY
        )
