"""Record held hand-ins for which an earlier attempt was missing, when that attempt is recorded.

No officer has to decide (decision 0060).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import orjson

from psm_course.content.quiz import Quiz
from psm_course.domain.register import KeptSubmission
from psm_course.grading.outcome import Outcome
from psm_course.grading.submission import Submission, check_submission
from psm_course.registrar.answers.holding import is_too_soon, is_used_up
from psm_course.registrar.reasons import make_reason
from psm_course.store import audit
from psm_course.store.answers import attempts, submissions
from psm_course.store.answers.attempts import NewAttempt, Taken
from psm_course.store.engine import Connection

ACTOR = "otomatis"  # the audit log's word for what nobody had to decide
TURN, SIGNED = "gilirannya sudah tiba", "datang lagi dengan kartunya"
Grade = Callable[[Submission], Outcome | None]


@dataclass(frozen=True, slots=True)
class LetIn:
    """A held submission that is recorded now, with its outcome.

    `sequence` is the number of its attempt. `why` says why it counts now: `TURN` (the attempts
    before it are recorded) or `SIGNED` (it came again, signed by the person's card).
    """

    kept: KeptSubmission
    sequence: int
    outcome: Outcome
    why: str


def let_in(
    waiting: Sequence[KeptSubmission], taken: Taken, quiz: Quiz, grade: Grade
) -> tuple[list[LetIn], Taken]:
    """Find the waiting submissions of one person to a quiz that can be recorded now.

    A submission can be recorded if it has the number of the person's next attempt, an attempt is
    left, and the waiting time (cool-down) was over when the submission arrived.

    Returns these submissions in the order of their attempts, and the person's used attempts
    including these submissions.

    Args:
        waiting: the held submissions.
        taken: the attempts that the person has used.
        quiz: the quiz.
        grade: grades a submission; if it returns None, the search ends.
    """
    found: list[LetIn] = []
    while (following := _next_of(waiting, found, taken, quiz)) and (
        outcome := grade(following[1])
    ) is not None:
        kept = following[0]
        found.append(LetIn(kept, taken.next, outcome, TURN))
        taken = used(taken, kept.received_at)
    return found, taken


def used(taken: Taken, received_at: datetime) -> Taken:
    """Add one attempt, received at `received_at`, to the attempts that a person has used."""
    # A hand-in that had to wait may have come before the attempt that lets it in.
    last_at = max(taken.last_at, received_at) if taken.last_at else received_at
    return replace(taken, last=taken.next, counting=taken.counting + 1, last_at=last_at)


def _next_of(
    waiting: Sequence[KeptSubmission], before: Sequence[LetIn], taken: Taken, quiz: Quiz
) -> tuple[KeptSubmission, Submission] | None:
    if is_used_up(quiz, taken):
        return None
    done = {each.kept.id for each in before}
    still = [
        kept
        for kept in waiting
        if kept.id not in done and not is_too_soon(quiz, taken, kept.received_at)
    ]
    read = ((kept, check_submission(orjson.loads(kept.document))) for kept in still)
    return next((each for each in read if each[1].attempt == taken.next), None)


def keep_let_in(tx: Connection, new: Sequence[LetIn], now: datetime) -> None:
    """Write the decisions and attempts of submissions that count now, and their events in the log.

    The number of SQL statements does not grow with the number of submissions.
    """
    for why in (TURN, SIGNED):
        ids = [each.kept.id for each in new if each.why == why]
        submissions.add_decisions(tx, ids, "accepted", make_reason(why, (), ()), ACTOR, now)
    attempts.add_attempts(
        tx,
        [
            NewAttempt(
                each.kept.id,
                each.kept.participant,
                each.kept.quiz,
                each.sequence,
                each.outcome,
                now,
            )
            for each in new
        ],
    )
    audit.note_all(
        tx,
        [
            audit.Deed(
                now,
                ACTOR,
                "submission accepted",
                each.kept.id,
                {"quiz": each.kept.quiz, "participant": each.kept.participant},
            )
            for each in new
        ],
    )
