"""The page on which learners see their own progress (decision 0062).

About a test, the page shows only if it is passed, which objectives to read again, and how many
attempts are left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from psm_course.content.course import Course
from psm_course.content.quiz import Quiz
from psm_course.domain.card import read_code
from psm_course.domain.completion import Judgement
from psm_course.domain.register import Enrolment
from psm_course.domain.requirement import Requirement
from psm_course.errors import Refused
from psm_course.registrar.completion.judging import Standing, course_within, standings_in
from psm_course.registrar.people.cards import REPLACED, UNKNOWN, Cards
from psm_course.store.answers import attempts
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, people
from psm_course.store.people.cards import find_serial

# Fewer items of an objective than this, in all sittings
# together, would tell of single ones whether they were right.
ENOUGH = 3

Sitting = Mapping[str, Mapping[str, str]]  # marks as they are printed, by item


@dataclass(frozen=True, slots=True)
class OwnRequirement:
    """One requirement as the learner may see it.

    `evidence` is empty if it would reveal right answers of a test. `step` is the next step; None if
    there is no next step.
    """

    title: str
    met: bool
    evidence: str
    step: str | None


@dataclass(frozen=True, slots=True)
class OwnTest:
    """A test that the learner sat.

    `left` is the number of attempts that the learner still has; None if there is no limit. `reread`
    are the objectives to read again, in the course's words.
    """

    title: str
    passed: bool
    left: int | None
    reread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything on the learner's page; `course` is the title of the course."""

    course: str
    standing: Standing
    requirements: tuple[OwnRequirement, ...]
    tests: tuple[OwnTest, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """The next steps of all requirements, each once."""
        return tuple(dict.fromkeys(each.step for each in self.requirements if each.step))


def own_page(
    store: Store, course: Course, cards: Cards, number: str, code: str, now: datetime
) -> OwnPage:
    """Read the progress of the learner whose card has this number and code.

    Raises:
        Refused: the card was replaced; or the number or the code is wrong (the message does not say
            which).
    """
    with store.reading() as tx:
        serial, read = find_serial(tx, number), read_code(code)
        if serial and read and cards.is_earlier(read, number, serial):
            raise Refused(REPLACED)
        person = (
            people.find_enrolment(tx, number)
            if serial and read and cards.is_present(read, number, serial)
            else None
        )
        if person is None:
            raise Refused(UNKNOWN)
        person = _counted_as(tx, person)
        own = course_within(tx, course, person.cohort)
        cohort = cohorts.get_cohort(tx, person.cohort)
        standing = standings_in(tx, course, cohort, now, person.number)[0]
        sittings = attempts.sittings_of(tx, person.cohort, person.number)
    return OwnPage(
        own.file.title,
        standing,
        _requirements(own.file.completion, standing),
        _tests(own, sittings, standing),
    )


def _counted_as(tx: Connection, person: Enrolment) -> Enrolment:
    """The enrolment by which the person is judged now.

    If `person` was merged or moved, this is the enrolment with the newest number; otherwise it is
    `person`.
    """
    # Merges make no chain, but a person may move several times.
    while person.left_to and person.left_as in {"merged", "moved"}:
        following = people.find_enrolment(tx, person.left_to)
        if following is None:
            raise Refused(UNKNOWN)
        person = following
    return person


def _requirements(asked: Sequence[Requirement], standing: Standing) -> tuple[OwnRequirement, ...]:
    """The requirements as the learner may see them.

    If one requirement about a test is not met, all requirements about this test are shown as not
    met. Otherwise a met requirement would reveal something about the answers: for example, that
    there is no critical error among them.
    """
    pairs = list(zip(asked, standing.completion.requirements, strict=True))
    open_quizzes = {
        quiz
        for each, judged in pairs
        if judged.told is not None and not judged.met
        for quiz in each.quizzes
    }
    return tuple(
        _own(judged, is_open=judged.told is not None and not open_quizzes.isdisjoint(each.quizzes))
        for each, judged in pairs
    )


def _own(judged: Judgement, is_open: bool) -> OwnRequirement:
    if judged.told is None:
        return OwnRequirement(
            judged.title, judged.met, f"{judged.evidence} (perlu {judged.needed})", judged.next_step
        )
    return OwnRequirement(judged.title, judged.met and not is_open, "", judged.told_step)


def _tests(
    course: Course, sittings: Mapping[str, Sequence[Sitting]], standing: Standing
) -> tuple[OwnTest, ...]:
    titles = {
        objective.id: objective.text
        for module in course.modules
        for objective in module.file.objectives
    }
    return tuple(
        _test(quiz, sittings[name], standing, titles)
        for name, quiz in course.quizzes.items()
        if quiz.is_test and name in sittings
    )


def _test(
    quiz: Quiz, sat: Sequence[Sitting], standing: Standing, titles: Mapping[str, str]
) -> OwnTest:
    passed = any(
        attempt.passed for attempt in standing.attempts if attempt.quiz == quiz.id and attempt.bound
    )
    left = None if quiz.header.attempts is None else max(quiz.header.attempts - len(sat), 0)
    reread = () if passed else tuple(titles.get(name, name) for name in to_reread(quiz, sat))
    return OwnTest(quiz.header.title, passed, left, reread)


def to_reread(quiz: Quiz, sat: Sequence[Sitting]) -> tuple[str, ...]:
    """Find the ids of the objectives that the learner should read again.

    `sat` are all sittings of the learner at the quiz. Objectives without an item in any sitting are
    left out. Any other objective is returned if one of its items was ever answered wrong or left
    blank, or if fewer than 3 of its items were asked.

    A later right answer does not remove an objective. So a learner cannot find out the right
    answers by handing in again and again.
    """
    had: dict[str, set[str]] = {item.objective: set() for item in quiz.items if item.objective}
    lacking: set[str] = set()
    of = {item.id: item.objective for item in quiz.items}
    for sitting in sat:
        right = attempts.right_items(sitting)
        for item in sitting:
            objective = of.get(item)
            if objective:
                had[objective].add(item)
                lacking |= {objective} if item not in right else set()
    return tuple(
        name for name, items in had.items() if items and (name in lacking or len(items) < ENOUGH)
    )
