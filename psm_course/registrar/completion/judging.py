"""Judge a cohort: the completion of every learner, by the adopted rules, from the register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from psm_course.content.course import Course
from psm_course.content.region import Kelurahan
from psm_course.domain.completion import Completion, judge
from psm_course.domain.course_file import CourseFile
from psm_course.domain.register import Attempt, Cohort, Enrolment, RecordKind
from psm_course.domain.requirement import Facts, Session
from psm_course.domain.rules import Rules
from psm_course.domain.sessions import held_on
from psm_course.errors import Refused
from psm_course.registrar.completion.days import today
from psm_course.store.answers import attempts, submissions
from psm_course.store.attendance import attendance, observations
from psm_course.store.certificates import records
from psm_course.store.completion import overrides
from psm_course.store.completion.versions import Adoption, find_adoption
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, people
from psm_course.store.people.people import Cohorts, Whose


@dataclass(frozen=True, slots=True)
class Standing:
    """One learner as judged: facts, completion, and the numbers of valid records by kind.

    `course_version` is the name of the course version by which the learner is judged; None if the
    cohort adopted no version.
    """

    enrolment: Enrolment
    home: Kelurahan
    completion: Completion
    facts: Facts
    records: Mapping[RecordKind, str]
    course_version: str | None = None

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """The attempts of the learner that count."""
        return tuple(self.facts.attempts)

    @property
    def record(self) -> str | None:
        """The number of the valid certificate of passing; None if there is no such certificate."""
        return self.records.get("passed")

    @property
    def kelurahan(self) -> str:
        """The learner's kelurahan by name; with the kecamatan if two kelurahan share the name."""
        return str(self.home)

    def as_json(self) -> dict[str, Any]:
        """The JSON object that `psm status --json` prints for this learner.

        `record` is the number of the certificate of passing. If there is none, it is the number of
        the certificate of attending.
        """
        return {
            "number": self.enrolment.number,
            "name": self.enrolment.name,
            "kelurahan": self.kelurahan,
            "completed": self.completion.met,
            "attended": self.completion.attended,
            "requirements": [
                {
                    "id": r.id,
                    "met": r.met,
                    "evidence": r.evidence,
                    "needed": r.needed,
                    "next_step": r.next_step,
                }
                for r in self.completion.requirements
            ],
            "record": self.record or self.records.get("attended"),
            "course_version": self.course_version,
            "requirements_version": self.completion.rules_version,
            "judged_at": self.completion.judged_at.isoformat(),
        }


def rules_of(course: Course) -> Rules:
    """The rules of a course, with the facts about its quizzes that judging needs."""
    titles = {name: quiz.header.title for name, quiz in course.quizzes.items()}
    variants = {
        name: {item.id: item.stands_for for item in quiz.items if item.variants}
        for name, quiz in course.quizzes.items()
    }
    return Rules(course.file, titles, variants)


def course_within(tx: Connection, course: Course, cohort_id: str) -> Course:
    """The course version that a cohort adopted; `course` if the cohort adopted no version."""
    adoption = find_adoption(tx, cohort_id)
    return adoption.course if adoption else course


def rules_within(tx: Connection, course: Course, cohort_id: str) -> Rules:
    """The rules of the course version that a cohort adopted.

    If the cohort adopted no version, returns the rules of `course`.
    """
    return rules_of(course_within(tx, course, cohort_id))


def sessions_within(tx: Connection, course: Course, cohort_id: str) -> tuple[Session, ...]:
    """The sessions by which a cohort is judged; its attendance sheets have the same sessions."""
    return rules_within(tx, course, cohort_id).course.sessions


def standings(
    store: Store, course: Course, cohort_id: str, now: datetime
) -> tuple[Cohort, tuple[Standing, ...]]:
    """Read a cohort and the standings (requirements met and missing) of its people.

    People who left the cohort are not in the result. The standings are in the order of participant
    numbers. The number of queries does not grow with the number of people.

    Raises:
        Refused: there is no such cohort.
    """
    cohort, _, everybody = cohort_judged(store, course, cohort_id, now)
    return cohort, everybody


def cohort_judged(
    store: Store, course: Course, cohort_id: str, now: datetime
) -> tuple[Cohort, CourseFile, tuple[Standing, ...]]:
    """Read a cohort, the course file by which it is judged, and the standings of its people.

    A standing says which requirements a person has met. People who left the cohort are not in the
    result. The standings are in the order of participant numbers.

    Raises:
        Refused: there is no such cohort.
    """
    with store.reading() as tx:
        cohort = cohorts.get_cohort(tx, cohort_id)
        adoption = find_adoption(tx, cohort_id)
        return (
            cohort,
            (adoption.course if adoption else course).file,
            standings_by(tx, course, adoption, cohort, now),
        )


def standings_in(
    tx: Connection, course: Course, cohort: Cohort, now: datetime, number: str | None = None
) -> tuple[Standing, ...]:
    """The standings of the people who did not leave a cohort, in the order of participant numbers.

    If `number` is given, returns only the standing of this person, also if the person left.
    """
    return standings_by(tx, course, find_adoption(tx, cohort.id), cohort, now, number)


def standings_by(
    tx: Connection,
    course: Course,
    adoption: Adoption | None,
    cohort: Cohort,
    now: datetime,
    number: str | None = None,
) -> tuple[Standing, ...]:
    """The standings of the people who did not leave a cohort, in the order of participant numbers.

    `adoption` is the course version that the cohort adopted; if it is None, the cohort is judged by
    `course`. If `number` is given, returns only the standing of this person, also if the person
    left.
    """
    rules = rules_of(adoption.course if adoption else course)
    version = adoption.version if adoption else None
    members = people.list_enrolments(tx, cohort.id, number)
    enrolled = [
        each for each in members if (each.is_expected if number is None else each.number == number)
    ]
    # Today's sessions too: nobody has missed them as long as the day is not over.
    ahead = frozenset(
        session.id for session in rules.course.sessions if held_on(cohort, session) >= today(now)
    )
    # A critical error under one of two numbers that are one is closed under the other: then
    # everything right is looked at.
    all_right = any(each.left_as == "merged" for each in members)
    attempted = attempts.attempts_of_cohort(tx, cohort.id, number, all_right)
    facts = facts_beside(tx, cohort.id, attempted, number)
    waiting = submissions.waiting_of_cohort(tx, cohort.id, number)
    issued = records.valid_numbers(tx, cohort.id, number)
    found = []
    for enrolment in enrolled:
        mine = replace(
            facts.get(enrolment.number, _NOTHING),
            waiting=waiting.get(enrolment.number, frozenset()),
            ahead=ahead,
        )
        found.append(
            Standing(
                enrolment,
                course.region.home(enrolment.kelurahan),
                judge(rules, mine, now),
                mine,
                issued.get(enrolment.number, {}),
                version,
            )
        )
    return tuple(found)


_NOTHING = Facts({}, ())


def facts_beside(
    tx: Connection,
    cohort_id: Cohorts,
    attempted: Mapping[str, Sequence[Attempt]],
    number: Whose = None,
) -> dict[str, Facts]:
    """Return the facts about people, by enrolment number; people without any fact are left out.

    A fact is an attendance mark, an attempt, an observation or an override.

    Args:
        tx: the transaction.
        cohort_id: one or more cohorts.
        attempted: the attempts by enrolment number, which the caller has read already.
        number: one or more enrolment numbers: marks, observations and overrides are read only for
            these people; None: for everybody.
    """
    presence = attendance.presence_of_cohort(tx, cohort_id, number)
    levels = observations.levels_of_cohort(tx, cohort_id, number)
    decided = overrides.overrides_of_cohort(tx, cohort_id, number)
    known = presence.keys() | attempted.keys() | levels.keys() | decided.keys()
    return {
        name: Facts(
            presence.get(name, {}),
            counting(attempted.get(name, ())),
            levels.get(name, {}),
            decided.get(name, {}),
        )
        for name in known
    }


def counting(attempted: Sequence[Attempt]) -> tuple[Attempt, ...]:
    """The attempts of one person that count, in the same order.

    An attempt is sure (`bound`) if the person's card signed it, or if an officer accepted it. Any
    other attempt may be somebody else's work under this person's number. An attempt that is not
    sure counts only if the person has no sure attempt at the same quiz. It neither causes nor
    clears a critical error.
    """
    mine = [attempted[place] for place in counted(attempted)]
    return tuple(each if each.bound else each._replace(critical=(), right=()) for each in mine)


def counted(attempted: Sequence[Attempt]) -> list[int]:
    """The indexes in `attempted` of the attempts of one person that count."""
    own = {attempt.quiz for attempt in attempted if attempt.bound}
    return [
        place for place, attempt in enumerate(attempted) if attempt.bound or attempt.quiz not in own
    ]


def standing_of(
    store: Store, course: Course, cohort_id: str, number: str, now: datetime
) -> Standing:
    """Read the standing (requirements met and missing) of one person in a cohort.

    Raises:
        Refused: the number is not in the cohort, or there is no such cohort.
    """
    with store.reading() as tx:
        found = standings_in(tx, course, cohorts.get_cohort(tx, cohort_id), now, number)
    if not found:
        raise Refused(
            f'Nomor "{number}" tidak ada di angkatan {cohort_id}. Lihat daftarnya: psm status'
            f" {cohort_id}."
        )
    return found[0]
