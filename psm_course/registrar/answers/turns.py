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
from psm_course.registrar.answers.holding import is_in_turn, is_too_soon, is_used_up
from psm_course.registrar.people.cards import Binding
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

    `sequence` is the number of its attempt. `why` says why the submission counts now: `TURN` (the
    attempts before it are recorded) or `SIGNED` (the same answers came again, signed by the
    person's card). `bound` is True if the person's own card signed the submission.
    """

    kept: KeptSubmission
    sequence: int
    outcome: Outcome
    why: str
    bound: bool = True


def let_in(
    waiting: Sequence[KeptSubmission], taken: Taken, quiz: Quiz, grade: Grade
) -> tuple[list[LetIn], Taken]:
    """Find the waiting submissions of one person to a quiz that can be recorded now.

    A submission can be recorded if its attempt number is allowed now, an attempt is left, and the
    waiting time (cool-down) was over when the submission arrived.

    Returns these submissions in the order of their attempts, and the person's used attempts
    including these submissions.

    Args:
        waiting: the held submissions.
        taken: the attempts that the person has used.
        quiz: the quiz.
        grade: grades a submission; if `grade` returns None (cannot be graded), the search ends.
    """
    found: list[LetIn] = []
    while (following := _next_of(waiting, found, taken, quiz)) and (
        outcome := grade(following[1])
    ) is not None:
        kept = following[0]
        bound = _binding_of(kept) == "card"
        sequence, taken = number_attempt(taken, bound, kept.received_at)
        found.append(LetIn(kept, sequence, outcome, TURN, bound))
    return found, taken


def number_attempt(taken: Taken, bound: bool, received_at: datetime) -> tuple[int, Taken]:
    """Return the sequence number of a new attempt, and the used attempts including this one.

    `bound` is True if the person's own card signed the submission.
    """
    if bound:
        return taken.next, used(taken, received_at)
    # A series of its own: a stranger without the card must not move the person's next attempt.
    cardless = taken.cardless + 1
    return cardless, replace(taken, cardless=cardless)


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
    return next(
        (
            (kept, submission)
            for kept, submission in read
            if is_in_turn(submission.attempt, _binding_of(kept), taken)
        ),
        None,
    )


def _binding_of(waiting: KeptSubmission) -> Binding:
    # What another card than the person's own signed is held for that too, so it never waits here.
    return "none" if "no_card" in (waiting.notes or "").split() else "card"


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
                each.bound,
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
