"""Where everybody stands: completion judged from what the register holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from psm_course.content.course import Course
from psm_course.errors import Refused
from psm_course.records.completion import Completion, Facts, Rules, judge
from psm_course.records.kelurahan import by_code
from psm_course.records.register import Attempt, Cohort, Enrolment
from psm_course.store import attempts, attendance, people, records
from psm_course.store.engine import Store


@dataclass(frozen=True, slots=True)
class Standing:
    """One learner with the judgement and, once issued, the record's number."""

    enrolment: Enrolment
    completion: Completion
    attempts: tuple[Attempt, ...]
    record: str | None

    @property
    def kelurahan(self) -> str:
        return str(by_code()[self.enrolment.kelurahan])

    def as_json(self) -> dict[str, Any]:
        """The shape that `psm status --json` prints."""
        return {
            "number": self.enrolment.number,
            "name": self.enrolment.name,
            "kelurahan": self.kelurahan,
            "completed": self.completion.met,
            "requirements": [
                {"id": r.id, "met": r.met, "evidence": r.evidence, "needed": r.needed, "next_step": r.next_step}
                for r in self.completion.requirements
            ],
            "record": self.record,
        }


def rules_of(course: Course) -> Rules:
    return Rules(course.file, {name: quiz.header.title for name, quiz in course.quizzes.items()})


def standings(store: Store, course: Course, cohort_id: str) -> tuple[Cohort, tuple[Standing, ...]]:
    """The cohort and everybody in it, by number, in four queries however many they are."""
    with store.transaction() as tx:
        cohort = people.get_cohort(tx, cohort_id)
        return cohort, standings_within(tx, course, cohort_id)


def standings_within(tx: Connection, course: Course, cohort_id: str) -> tuple[Standing, ...]:
    """The same inside a transaction, for verbs that act on it."""
    enrolled = people.list_enrolments(tx, cohort_id)
    presence = attendance.presence_of_cohort(tx, cohort_id)
    attempted = attempts.attempts_of_cohort(tx, cohort_id)
    issued = {record.participant: record.number for record in records.records_of_cohort(tx, cohort_id)}
    rules = rules_of(course)
    found = []
    for enrolment in enrolled:
        mine = tuple(attempted.get(enrolment.number, ()))
        completion = judge(rules, Facts(presence.get(enrolment.number, {}), mine))
        found.append(Standing(enrolment, completion, mine, issued.get(enrolment.number)))
    return tuple(found)


def standing_of(store: Store, course: Course, cohort_id: str, number: str) -> Standing:
    """One person of a cohort. Refused when the number is not in it."""
    _, everybody = standings(store, course, cohort_id)
    found = next((standing for standing in everybody if standing.enrolment.number == number), None)
    if found is None:
        raise Refused(f'Nomor "{number}" tidak ada di angkatan {cohort_id}. Lihat daftarnya: psm status {cohort_id}.')
    return found
