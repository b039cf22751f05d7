"""Grade a quiz again from its hand-ins: list the changes first, then write all of them or none."""

from datetime import datetime

from psm_course.authoring.problems import did_you_mean
from psm_course.content.course import Course
from psm_course.content.quiz import Quiz
from psm_course.domain.register import Reason
from psm_course.errors import Refused
from psm_course.grading.dispositions import Disposition
from psm_course.registrar.answers.remarking import Each, Regrade, Remarking
from psm_course.registrar.reasons import reason_about
from psm_course.store import audit
from psm_course.store.answers.dispositions import (
    NewDisposition,
    NewDispositions,
    add_dispositions,
    dispositions_of,
)
from psm_course.store.completion.versions import add_adoption, newest_version
from psm_course.store.engine import Connection, Store


def try_regrade(
    store: Store,
    course: Course,
    quiz: str,
    dispositions: NewDispositions,
    now: datetime,
    each: Each,
) -> Regrade:
    """List how outcomes would change if a quiz were graded again by its newest adopted version.

    Nothing is written.

    Args:
        store, now: the register and the moment.
        course: used if the office adopted no version of this course.
        quiz: the id of the quiz.
        dispositions: new dispositions by item id, added to the dispositions in force.
        each: called once for each cohort with its id and its changes, in the order of participant
            numbers.

    Raises:
        Refused: there is no such quiz or item, or no item would count any more.
    """
    with store.reading() as tx:
        course, known = _known(tx, course, quiz, dispositions)
        return Remarking(tx, course, known, dispositions, now, each).run()


def apply_regrade(
    store: Store,
    course: Course,
    quiz: str,
    dispositions: NewDispositions,
    reason: str,
    actor: str,
    now: datetime,
    each: Each,
) -> Regrade:
    """Grade a quiz again, all attempts or none. Hand-ins that arrive meanwhile have to wait.

    Stores the dispositions, adds a new outcome to every attempt whose outcome differs, and lets
    every cohort that is not archived adopt the newest version of this quiz. Certificates do not
    change.

    Args:
        store, actor, now: the register, the account that acts and the moment.
        course: used if the office adopted no version of this course.
        quiz: the id of the quiz.
        dispositions: new dispositions by item id, added to the dispositions in force.
        reason: why, in the officer's words.
        each: called once for each cohort with its id and its changes, in the order of participant
            numbers.

    Raises:
        Refused: there is no such quiz or item, no item would count any more, or the reason is
            missing.
    """
    with store.transaction() as tx:
        course, known = _known(tx, course, quiz, dispositions)
        why = reason_about(tx, reason)
        done = Remarking(tx, course, known, dispositions, now, each).run(actor)
        _move_cohorts(tx, done, course.file.id, why, actor, now)
        # Dispositions "none" are written too: they take earlier ones back.
        add_dispositions(tx, course.file.id, quiz, dispositions, why, actor, now)
        items: dict[str, str | int | None] = {
            f"{kind}_items": _items(dispositions, kind)
            for kind in sorted(set(dispositions.values()))
        }
        audit.note(
            tx,
            actor,
            "quiz regraded",
            quiz,
            now,
            attempts=done.attempts,
            changed=done.changed,
            **items,
        )
    return done


def dispositions_in_force(store: Store, course: Course, quiz: str) -> dict[str, Disposition]:
    """Read the dispositions of a quiz that were not taken back, by item id."""
    with store.reading() as tx:
        return dispositions_of(tx, course.file.id, quiz)


def _items(dispositions: NewDispositions, disposition: NewDisposition) -> str:
    return ", ".join(sorted(item for item, each in dispositions.items() if each == disposition))


def _move_cohorts(
    tx: Connection, done: Regrade, course: str, why: Reason, actor: str, now: datetime
) -> None:
    """Let cohorts with an older version of the quiz adopt the newest version of this quiz.

    The cohorts are in `done`, the result of the regrade; `course` is the course id. The cohorts
    adopt only this quiz: later hand-ins are then graded by the same version, and the rules of
    completion do not change.
    """
    newest = newest_version(tx, course)
    if newest is None:
        return
    for cohort in (cohort for other in done.others for cohort in other.cohorts):
        add_adoption(tx, cohort, newest, why, actor, now, quiz=done.quiz)


def _known(
    tx: Connection, course: Course, quiz_id: str, dispositions: NewDispositions
) -> tuple[Course, Quiz]:
    """Return the course version by which a quiz is graded again, and the quiz in this version.

    This is the newest adopted version; `course` if the office adopted no version. Refused if there
    is no quiz with this id, or `dispositions` names an item that the quiz does not have.
    """
    newest = newest_version(tx, course.file.id)
    course = newest.course if newest else course
    quiz = course.quizzes.get(quiz_id)
    if quiz is None:
        guess = did_you_mean(quiz_id, course.quizzes)
        raise Refused(
            f'Kuis "{quiz_id}" tidak ada di kursus.' + (f' Maksud Anda "{guess}"?' if guess else "")
        )
    names = [item.id for item in quiz.items]
    for item in dispositions:
        if item not in names:
            guess = did_you_mean(item, names)
            raise Refused(
                f'Butir "{item}" tidak ada di kuis {quiz_id}.'
                + (f' Maksud Anda "{guess}"?' if guess else "")
            )
    return course, quiz
