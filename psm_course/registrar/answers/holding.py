"""Reasons to hold a hand-in for an officer's decision, and remarks that do not hold it.

Decision 0022. All functions are pure: they read and write nothing.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from psm_course.content.quiz import Quiz
from psm_course.grading.pace import Pace
from psm_course.grading.submission import Submission
from psm_course.local_time import WIB
from psm_course.registrar.people.cards import Binding
from psm_course.store.answers.attempts import Taken
from psm_course.store.answers.submissions import OUT_OF_TURN
from psm_course.store.completion.versions import QuizVersion
from psm_course.store.people.people import Learner

# Every reason to hold, in the order in which it is looked for and said. The codes stand in the
# register and never change.
REASONS = {
    "id_reused": "id jawaban ini sudah dipakai jawaban lain",
    "unknown_quiz": "kuis ini tidak ada di kursus",
    "unknown_participant": "nomor peserta ini tidak ada di register",
    "wrong_mac": "tanda kartu di jawaban ini tidak cocok dengan kartu peserta",
    "no_card": "tanpa kartu peserta",
    "earlier_card": "ditandai dengan kartu lama, yang sudah diganti",
    "other_version": "jawaban ini dibuat pada versi kuis yang lain",
    OUT_OF_TURN: "ini bukan percobaan berikutnya",
    "too_many_attempts": "kesempatan mengerjakan kuis ini sudah habis",
    "too_soon": "jeda sesudah percobaan sebelumnya belum lewat",
    "after_closing": "diserahkan sesudah angkatan ditutup",
    "withdrawn": "peserta ini sudah mengundurkan diri dari angkatannya",
    "moved": "peserta ini sudah pindah angkatan dan punya nomor baru",
    "replaced": "peserta ini sudah digantikan orang lain",
    "not_gradable": "jawaban ini tidak dapat dinilai oleh program",
}
# What is said about a hand-in that counts all the same.
NOTES = {
    "no_card": "tanpa kartu peserta",
    "odd_clock": "jam ponsel tampaknya salah (yang berlaku waktu diterima)",
    "over_time": "dikerjakan lebih lama daripada batas waktunya",
    "too_fast": "dikerjakan lebih cepat daripada membacanya",
}

# Beyond the time limit, before it is noted: a page that loads slowly, a clock that is a minute off.
GRACE = timedelta(minutes=5)
# Days late is usual, and a day covers every time
# zone; a phone that is further off has a wrong clock.
_FUTURE, _PAST = timedelta(days=1), timedelta(days=180)


def reasons_to_hold(
    submission: Submission,
    asked: QuizVersion | None,
    made_on: QuizVersion | None,
    learner: Learner,
    binding: Binding,
    taken: Taken,
    received_at: datetime,
) -> Iterator[str]:
    """Yield the reasons why a hand-in cannot count at once, in the order of `REASONS`.

    The reasons are codes, the keys of `REASONS`.

    Args:
        submission: the hand-in.
        asked: the quiz in the version that counts for this learner; None: unknown quiz.
        made_on: the quiz version of the page that the learner filled in; None: the office never
            adopted that version.
        learner: the person with the number in the hand-in.
        binding: the card that signed the hand-in: "card" (the person's own card), "earlier" (a
            card that was replaced) or "none".
        taken: the attempts at this quiz that the learner has used.
        received_at: the moment of arrival by the office's clock.
    """
    quiz = asked.quiz if asked else None
    if quiz is None:
        yield "unknown_quiz"
    if binding == "none" and not counts_without_card(quiz):
        yield "no_card"
    if binding == "earlier":
        yield "earlier_card"
    if quiz and made_on is None:
        yield "other_version"
    if quiz:
        yield from _of_the_quiz(submission, quiz, binding, taken, received_at)
    if learner.closes_at and received_at > learner.closes_at:
        yield "after_closing"
    # One merged into another counts for that one.
    if learner.left_as and learner.left_as in REASONS:
        yield learner.left_as


def _of_the_quiz(
    submission: Submission, quiz: Quiz, binding: Binding, taken: Taken, received_at: datetime
) -> Iterator[str]:
    if is_used_up(quiz, taken):
        yield "too_many_attempts"
    elif not is_in_turn(submission.attempt, binding, taken):
        yield OUT_OF_TURN
    if is_too_soon(quiz, taken, received_at):
        yield "too_soon"


def counts_without_card(quiz: Quiz | None) -> bool:
    """True if this quiz counts hand-ins without the signature of a card; False for None."""
    return quiz is not None and quiz.header.without_card == "counted"


def is_used_up(quiz: Quiz, taken: Taken) -> bool:
    """True if the person has no attempt left.

    Only a hand-in that the person's own card signed, or that an officer accepted, uses up an
    attempt.
    """
    return quiz.header.attempts is not None and taken.counting >= quiz.header.attempts


def is_too_soon(quiz: Quiz, taken: Taken, received_at: datetime) -> bool:
    """True if the waiting time (cool-down) after the last attempt is not over at `received_at`."""
    if not quiz.header.cool_down or taken.last_at is None:
        return False
    # By the office's clock: a phone's clock may be set to any time.
    return received_at < taken.last_at + timedelta(minutes=quiz.header.cool_down)


def is_in_turn(attempt: int, binding: Binding, taken: Taken) -> bool:
    """True if a hand-in may have the attempt number `attempt`.

    A hand-in signed by the person's own card must have the number of the person's next attempt.
    Any other hand-in may have this number or a smaller one; each attempt without a card raises the
    limit by one. Smaller numbers are allowed because the office does not tell a phone without a
    card the next number.

    A phone may not choose a number freely: the number decides the draw, so the phone could choose
    an easy draw.
    """
    return attempt == taken.next if binding == "card" else attempt <= taken.next + taken.cardless


def notes_on(
    submission: Submission,
    asked: QuizVersion | None,
    pace: Pace | None,
    binding: Binding,
    received_at: datetime,
) -> tuple[str, ...]:
    """Find the remarks on a hand-in, as codes of `NOTES`.

    Args:
        submission: the hand-in.
        asked: the quiz in the version that counts for the learner; None: unknown quiz.
        pace: the number of words in each item that was shown, to find sittings that were too fast;
            None: not known.
        binding: the card that signed the hand-in; "none" (no card) gives a remark.
        received_at: the moment of arrival by the office's clock.
    """
    quiz = asked.quiz if asked else None
    took = _took(submission)
    limit = (
        timedelta(minutes=quiz.header.time_limit) + GRACE
        if quiz and quiz.header.time_limit
        else None
    )
    is_odd = {
        "no_card": binding == "none",
        "odd_clock": _is_odd(submission, received_at),
        "over_time": limit is not None and took is not None and took > limit,
        "too_fast": pace is not None
        and took is not None
        and pace.is_too_fast(submission.responses, took),
    }
    return tuple(code for code in NOTES if is_odd[code])


def codes_of(held: str | None) -> tuple[str, ...]:
    """Read the codes in the column `held` of a submission; empty if it was not held."""
    return tuple(code for code in (held or "").split(" ") if code in REASONS)


def sentence_of(held: str | None) -> str:
    """The reasons in the column `held` of a submission, as one sentence.

    In the earliest registers the column has a sentence instead of codes; the sentence is returned
    unchanged.
    """
    return "; ".join(REASONS[code] for code in codes_of(held)) or held or ""


def _took(submission: Submission) -> timedelta | None:
    """The time that the sitting took, from start to finish by the phone's clock.

    A wrong clock does not matter, because only the difference is used. None if a time is missing,
    or the finish is before the start.
    """
    started, finished = (
        _moment(submission.document.get(name) or "") for name in ("started_at", "finished_at")
    )
    return finished - started if started and finished and finished >= started else None


def _is_odd(submission: Submission, received_at: datetime) -> bool:
    written = [submission.document.get(name) for name in ("started_at", "finished_at")]
    moments = [_moment(text) for text in written if text is not None]
    known = [moment for moment in moments if moment is not None]
    return (
        len(known) < len(moments)
        or known != sorted(known)
        or any(not received_at - _PAST <= moment <= received_at + _FUTURE for moment in known)
    )


def _moment(written: str) -> datetime | None:
    """Read a moment in ISO format; without a time zone, take the office's time zone (WIB).

    None if the text is no moment.
    """
    try:
        moment = datetime.fromisoformat(written)
        return moment.replace(tzinfo=moment.tzinfo or WIB).astimezone(WIB)
    # OverflowError: near the years 1 and 9999 the moment has no date in another time zone.
    except (ValueError, OverflowError):
        return None
