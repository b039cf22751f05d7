"""Adopted courses, and the version of a course by which each cohort is judged.

Versions and adoptions are appended; the latest one is valid. The content of a version is long and
never changes, so this process keeps parsed courses in memory, by the digest of the version.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, cached_property
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.engine import Row

from psm_course.content.adopted import digest_of, freeze, site_digest, thaw
from psm_course.content.course import Course
from psm_course.content.quiz import Quiz
from psm_course.domain.course_file import CourseFile
from psm_course.domain.register import Reason
from psm_course.store.engine import from_utc, to_utc
from psm_course.store.rows import add, ours, same_office
from psm_course.store.schema import adoption, course_version

# The most courses kept in memory: a city has a few, each with one or two versions in use.
_MOST_THAWED = 32
_thawed: dict[str, Course] = {}
_thawing = Lock()  # pages are answered by several threads


@dataclass(frozen=True)
class CourseVersion:
    """A version of a course that the office has adopted.

    `id` is a number: each new version of the office gets the next one. People call the version by
    its `name`.
    """

    id: int
    course: Course
    digest: str
    site: str
    reason: str
    actor: str
    adopted_at: datetime

    @property
    def name(self) -> str:
        """The first twelve hexadecimal digits of the version's digest."""
        return self.digest.removeprefix("sha256:")[:12]


@dataclass(frozen=True)
class QuizVersion:
    """A quiz with the content that it has in one adopted version of a course.

    `version` is the digest of that course version.
    """

    version: str
    quiz: Quiz


@dataclass(frozen=True)
class Adoption:
    """The version by which a cohort is judged, with who adopted it, when and why.

    `regraded` contains quizzes, by quiz id, that a regrade has since moved to a later version.
    """

    adopted: CourseVersion
    reason: str
    actor: str
    adopted_at: datetime
    regraded: Mapping[str, QuizVersion] = field(default_factory=dict)

    @property
    def rules(self) -> CourseFile:
        """The course file of the adopted version: requirements, sessions, rubric."""
        return self.adopted.course.file

    @property
    def version(self) -> str:
        """The name of the adopted version."""
        return self.adopted.name

    @cached_property
    def course(self) -> Course:
        """The course by which the cohort is judged, with the later versions of regraded quizzes."""
        course = self.adopted.course
        if not self.regraded:
            return course
        return replace(
            course,
            quizzes={**course.quizzes, **{name: each.quiz for name, each in self.regraded.items()}},
        )

    def quiz(self, name: str) -> QuizVersion | None:
        """Return the quiz by which the cohort is graded; None if the course has no such quiz id."""
        own = self.adopted.course.quizzes.get(name)
        return self.regraded.get(name) or (QuizVersion(self.adopted.digest, own) if own else None)


# ---- versions ------------------------------------------------------------------------------------


def add_version(
    tx: Connection, course: Course, reason: Reason, actor: str, at: datetime
) -> CourseVersion:
    """Add a version of a course. New cohorts of the course adopt this version from now on."""
    digest, site, content = digest_of(course), site_digest(course), freeze(course)
    written = {
        "course": course.file.id,
        "title": course.file.title,
        "digest": digest,
        "site": site,
        "content": content,
    }
    (number,) = add(
        tx, course_version, [written | {"reason": reason, "actor": actor, "adopted_at": to_utc(at)}]
    )
    return CourseVersion(
        number, _remembered(digest, thaw(content)), digest, site, reason, actor, at
    )


def newest_version(tx: Connection, course: str = "") -> CourseVersion | None:
    """Return the version of this course that was adopted last; None if no version was adopted.

    If `course` is empty, the result is the version that was adopted last, of any course.
    """
    query = _without_content().order_by(course_version.c.id.desc()).limit(1)
    if course:
        query = query.where(course_version.c.course == course)
    row = tx.execute(ours(tx, query)).one_or_none()
    return _version(tx, row) if row else None


def newest_versions(tx: Connection) -> tuple[CourseVersion, ...]:
    """Return for every course the version that was adopted last; the newest version first."""
    return tuple(_version(tx, row) for row in tx.execute(ours(tx, _newest())).all())


@cache
def _newest() -> Select[Any]:
    later = course_version.alias()
    superseded = (
        same_office(later, course_version),
        later.c.course == course_version.c.course,
        later.c.id > course_version.c.id,
    )
    return (
        _without_content()
        .where(~select(later.c.id).where(*superseded).exists())
        .order_by(course_version.c.id.desc())
    )


def newest_titles(tx: Connection) -> dict[str, str]:
    """Return the title of every course in its latest version, by course id.

    Courses are in the order in which they were first adopted.
    """
    query = select(course_version.c.course, course_version.c.title).order_by(course_version.c.id)
    return {row.course: row.title for row in tx.execute(ours(tx, query))}


def versions_of(tx: Connection, course: str) -> Iterator[CourseVersion]:
    """Yield every version of a course, newest first."""
    query = (
        _without_content()
        .where(course_version.c.course == course)
        .order_by(course_version.c.id.desc())
    )
    yield from (_version(tx, row) for row in tx.execute(ours(tx, query)).all())


def site_digests(tx: Connection) -> tuple[tuple[str, str], ...]:
    """Return course id and site digest of every version of every course, newest version first.

    A site digest is the digest of what the site shows of a version (`content.adopted.site_digest`).
    """
    query = select(course_version.c.course, course_version.c.site).order_by(
        course_version.c.id.desc()
    )
    return tuple((row.course, row.site) for row in tx.execute(ours(tx, query)))


def find_quiz(tx: Connection, course: str, quiz: str, digest: str) -> QuizVersion | None:
    """Find a quiz as an adopted version had it, by the digest that a hand-in names.

    If several versions have the quiz with this digest, the newest of these versions is used,
    because its key is the valid one. None if no version has the quiz with this digest.
    """
    for version in versions_of(tx, course):
        found = version.course.quizzes.get(quiz)
        if found and found.digest == digest:
            return QuizVersion(version.digest, found)
    return None


def _without_content() -> Select[Any]:
    return select(*(column for column in course_version.c if column.name != "content"))


def _version(tx: Connection, row: Row[tuple[object, ...]]) -> CourseVersion:
    return CourseVersion(
        row.id,
        _course(tx, row.id, row.digest),
        row.digest,
        row.site,
        row.reason,
        row.actor,
        from_utc(row.adopted_at),
    )


def _course(tx: Connection, number: int, digest: str) -> Course:
    with _thawing:
        known = _thawed.get(digest)
    if known is not None:
        return known
    content = tx.execute(
        ours(tx, select(course_version.c.content).where(course_version.c.id == number))
    ).scalar_one()
    return _remembered(digest, thaw(content))


def _remembered(digest: str, course: Course) -> Course:
    with _thawing:
        # The oldest goes first: a dict keeps the order of insertion.
        while len(_thawed) >= _MOST_THAWED:
            del _thawed[next(iter(_thawed))]
        _thawed[digest] = course
    return course


# ---- what a cohort adopted -----------------------------------------------------------------------


def add_adoption(
    tx: Connection,
    cohort_id: str,
    version: CourseVersion,
    reason: Reason,
    actor: str,
    at: datetime,
    quiz: str = "",
) -> None:
    """Record that a cohort adopts a version: the whole, or only the quiz with the id `quiz`."""
    add(
        tx,
        adoption,
        [
            {
                "cohort": cohort_id,
                "version": version.id,
                "quiz": quiz or None,
                "reason": reason,
                "actor": actor,
                "adopted_at": to_utc(at),
            }
        ],
    )


def find_adoption(tx: Connection, cohort_id: str) -> Adoption | None:
    """Return the adoption in force for a cohort; None if the cohort has adopted no version yet."""
    return adoptions(tx, cohort_id).get(cohort_id)


@cache
def _adoptions() -> Select[Any]:
    said = (
        adoption.c.reason.label("why"),
        adoption.c.actor.label("who"),
        adoption.c.adopted_at.label("when"),
    )
    return (
        _without_content()
        .add_columns(adoption.c.cohort, adoption.c.quiz, *said)
        .join(adoption, adoption.c.version == course_version.c.id)
        .where(adoption.c.cohort.in_(bindparam("cohorts", expanding=True)))
        .order_by(adoption.c.id)
    )


def adoptions(tx: Connection, *cohorts: str) -> dict[str, Adoption]:
    """Return the adoptions in force for these cohorts, by cohort id, in one query.

    Cohorts that have adopted no version are left out.
    """
    found: dict[str, Adoption] = {}
    for row in tx.execute(ours(tx, _adoptions()), {"cohorts": cohorts}).all():
        version = _version(tx, row)
        if row.quiz is None:
            # `regraded` begins empty: a whole version replaces earlier versions of single quizzes.
            found[row.cohort] = Adoption(version, row.why, row.who, from_utc(row.when))
        elif row.cohort in found and row.quiz in version.course.quizzes:
            before = found[row.cohort]
            moved = QuizVersion(version.digest, version.course.quizzes[row.quiz])
            found[row.cohort] = replace(before, regraded={**before.regraded, row.quiz: moved})
    return found
