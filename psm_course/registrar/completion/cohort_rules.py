"""Move a cohort to the rules of the newest version of its course.

Before that, shows which people would gain or lose a completion (attended, passed).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psm_course.content.adopted import differences
from psm_course.content.course import Course
from psm_course.domain.completion import Completion, judge
from psm_course.domain.register import OUTCOMES, Cohort, Reason, RecordKind
from psm_course.domain.sessions import by_pattern
from psm_course.errors import Refused
from psm_course.registrar.archive import refuse_archived
from psm_course.registrar.completion.adopting import get_version
from psm_course.registrar.completion.judging import rules_of, standings_in
from psm_course.registrar.reasons import reason_about
from psm_course.store import audit
from psm_course.store.completion.versions import (
    Adoption,
    CourseVersion,
    add_adoption,
    find_adoption,
)
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, schedule


@dataclass(frozen=True, slots=True)
class Adopted:
    """The course version that a cohort adopted, and the newest version of its course.

    `adoption` is None if the cohort adopted no version. `now` is the name of the newest version.
    """

    cohort: str
    adoption: Adoption | None
    now: str


@dataclass(frozen=True, slots=True)
class Move:
    """One person who gains or loses a completion: `kind` is "attended" or "passed".

    `record` is the number of the valid record that certifies this completion; None if there is no
    such record.
    """

    number: str
    kind: RecordKind
    gains: bool
    record: str | None

    @property
    def touches(self) -> bool:
        """True if the person loses a completion for which there is a valid record.

        The record stays valid until an officer revokes or supersedes it.
        """
        return self.record is not None and not self.gains


@dataclass(frozen=True, slots=True)
class Comparison:
    """Effect of moving a cohort to the newest version of its course.

    `differences` are sentences about the rules; `moves` are the people who gain or lose a
    completion; `judged` is the number of people who were judged.
    """

    adopted: Adopted
    differences: tuple[str, ...]
    moves: tuple[Move, ...]
    judged: int


def adopted(store: Store, cohort_id: str) -> Adopted:
    """Read the rules of a cohort, and the name of the newest version of its course.

    Raises:
        Refused: there is no such cohort, or no course is adopted.
    """
    with store.reading() as tx:
        newest = get_version(tx, cohorts.get_cohort(tx, cohort_id).course)
        return Adopted(cohort_id, find_adoption(tx, cohort_id), newest.name)


def compare_rules(store: Store, course: Course, cohort_id: str, now: datetime) -> Comparison:
    """List who would gain or lose a completion under the newest version of the course.

    Changes nothing. `course` is used if the cohort adopted no version.

    Raises:
        Refused: there is no such cohort, or no course is adopted.
    """
    with store.reading() as tx:
        cohort = cohorts.get_cohort(tx, cohort_id)
        return _compare(tx, course, cohort, get_version(tx, cohort.course), now)


def adopt_rules(
    store: Store, course: Course, cohort_id: str, reason: str, actor: str, now: datetime
) -> Comparison:
    """Move a cohort to the newest version of its course; return the effect.

    Records (certificates) do not change. If the cohort adopted no version, its people are judged by
    `course` for the comparison "before the move".

    Raises:
        Refused: the reason is missing, the cohort is archived, or it has this version already.
    """
    with store.transaction() as tx:
        why = reason_about(tx, reason, cohort=cohort_id)
        cohort = cohorts.get_cohort(tx, cohort_id)
        refuse_archived(cohort)
        newest = get_version(tx, cohort.course)
        compared = _compare(tx, course, cohort, newest, now)
        before = compared.adopted.adoption
        if before and before.version == newest.name:
            raise Refused(
                f"Angkatan {cohort_id} sudah dinilai dengan syarat ini ({before.version}). Tidak"
                " ada yang diubah."
            )
        adopt_version(tx, cohort, newest, why, actor, now)
        losing = sum(not move.gains for move in compared.moves)
        audit.note(
            tx,
            actor,
            "rules adopted",
            cohort_id,
            now,
            before=before.version if before else None,
            rules=newest.name,
            gaining=len(compared.moves) - losing,
            losing=losing,
        )
    return compared


def adopt_version(
    tx: Connection, cohort: Cohort, version: CourseVersion, why: Reason, actor: str, now: datetime
) -> None:
    """Write that a cohort adopts a course version.

    Sessions that are new to the cohort get dates as the course file plans them.
    """
    add_adoption(tx, cohort.id, version, why, actor, now)
    schedule.add_sessions(
        tx,
        cohort.id,
        [
            by_pattern(cohort, session)
            for session in version.course.file.sessions
            if session.id not in cohort.dates
        ],
    )


def _compare(
    tx: Connection, course: Course, cohort: Cohort, newest: CourseVersion, now: datetime
) -> Comparison:
    adoption = find_adoption(tx, cohort.id)
    standings = standings_in(tx, course, cohort, now)
    rules = rules_of(newest.course)
    moves: list[Move] = []
    for standing in standings:
        after = judge(rules, standing.facts, now)
        moves += moves_between(
            standing.enrolment.number, standing.completion, after, standing.records
        )
    changed = tuple(differences(adoption.course, newest.course)) if adoption else ()
    return Comparison(
        Adopted(cohort.id, adoption, newest.name), changed, tuple(moves), len(standings)
    )


def moves_between(
    number: str, before: Completion, after: Completion, records: Mapping[RecordKind, str]
) -> list[Move]:
    """The completions (attended, passed) that one person gains or loses between two judgements.

    `records` are the numbers of the person's valid records, by kind.
    """
    return [
        Move(number, kind, after.has(kind), records.get(kind))
        for kind in OUTCOMES
        if before.has(kind) != after.has(kind)
    ]
