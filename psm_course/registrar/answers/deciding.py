"""What an officer decides about held hand-ins: counted after all, or not. Decided once, with a reason; the answers stay for ever."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import orjson

from psm_course.content.course import Course
from psm_course.content.quiz import Quiz
from psm_course.domain.register import KeptSubmission
from psm_course.errors import Refused
from psm_course.grading.grade import Grader
from psm_course.grading.submission import Submission, check_submission
from psm_course.registrar.answers.holding import codes_of, sentence_of
from psm_course.registrar.answers.submitting import Receipt, receipt_of
from psm_course.registrar.reasons import reason_about
from psm_course.store import audit
from psm_course.store.answers import attempts
from psm_course.store.answers.attempts import NewAttempt
from psm_course.store.answers.dispositions import dispositions_of
from psm_course.store.engine import Connection, Store
from psm_course.store.people import people

Ruling = Literal["accepted", "refused"]
_SAID = {"accepted": "diterima", "refused": "ditolak"}


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """How a hand-in made on another version of a quiz fits the present one, for whoever decides whether it counts.

    Of the items it answers: `drawn` would be this person's now too, `elsewhere` are in the quiz but not in that draw, `gone` are in
    it no more. `size` is how many items a person gets, None where everybody has all.
    """

    drawn: int
    elsewhere: int
    gone: int
    size: int | None

    @property
    def answered(self) -> int:
        return self.drawn + self.elsewhere + self.gone


def other_version(course: Course, quiz_id: str, document: str) -> OtherVersion | None:
    """None for the present version, for a document that names none, and for a quiz that is not there."""
    quiz, submission = course.quizzes.get(quiz_id), check_submission(orjson.loads(document))
    if quiz is None or _is_present(quiz, submission):
        return None
    grader = Grader(quiz)
    drawn = grader.present_draw(submission)
    answered = set(submission.responses)
    known = answered & set(grader.item_ids)
    mine = known if drawn is None else known & set(drawn)
    return OtherVersion(len(mine), len(known - mine), len(answered - known), None if drawn is None else len(drawn))


def _is_present(quiz: Quiz, submission: Submission) -> bool:
    return submission.document.get("digest") in {None, quiz.digest}


def list_held(store: Store, cohort: str | None = None) -> tuple[KeptSubmission, ...]:
    """All that waits, longest first; with `cohort` what its own members handed in. A number that nobody has belongs to no cohort."""
    with store.reading() as tx:
        return attempts.list_waiting(tx, cohort)


def decide(
    store: Store, course: Course, submission_id: str, ruling: Ruling, reason: str, actor: str, now: datetime, participant: str | None = None
) -> Receipt:
    """Count a held hand-in after all, for `participant` where the phone's number was wrong, or refuse it for good.

    Refused when it does not wait, the reason is missing, or there is nobody, or no quiz, to count it for.
    """
    with store.transaction() as tx:
        waiting = _get_waiting(tx, submission_id)
        why = reason_about(tx, reason, {waiting.participant, participant or waiting.participant})
        receipt = _accept(tx, course, waiting, participant, now) if ruling == "accepted" else _receipt(waiting)
        attempts.add_decision(tx, submission_id, ruling, why, actor, now)
        audit.note(tx, actor, f"submission {ruling}", submission_id, now, quiz=waiting.quiz, participant=receipt.participant)
    return receipt


def _get_waiting(tx: Connection, submission_id: str) -> KeptSubmission:
    kept = attempts.find_submission(tx, submission_id)
    if kept is None:
        raise Refused("Tidak ada jawaban yang menunggu dengan kode atau id ini. Lihat daftarnya: psm submit held.")
    if kept.held is None:
        raise Refused("Jawaban ini sudah masuk register; tidak ada yang perlu diputuskan.")
    if kept.ruling is not None:
        raise Refused(f"Jawaban ini sudah diputuskan: {_SAID[kept.ruling]}. Keputusan tidak dapat diubah.")
    return kept


def _accept(tx: Connection, course: Course, waiting: KeptSubmission, participant: str | None, now: datetime) -> Receipt:
    quiz = course.quizzes.get(waiting.quiz)
    if quiz is None:
        raise Refused(f'Kuis "{waiting.quiz}" tidak ada di kursus ini, jadi jawabannya tidak dapat dinilai.')
    number = participant or waiting.participant
    if number not in people.learners(tx, {number}):
        raise Refused(f'Nomor "{number}" tidak ada di register. Sebutkan nomor peserta yang benar.')
    # The draw was made with the number that the phone had; only whose attempt it is may be corrected.
    grader, submission = Grader(quiz, dispositions_of(tx, course.file.id, quiz.id)), check_submission(orjson.loads(waiting.document))
    graded = grader.grade(submission) if _is_present(quiz, submission) else grader.grade_other_version(submission)
    sequence = attempts.count_attempts(tx, {number})[number, quiz.id] + 1
    attempts.add_attempts(tx, [NewAttempt(waiting.id, number, quiz.id, sequence, graded, now)])
    return Receipt(receipt_of(waiting), number, quiz.id, "recorded", outcome=graded)


def _receipt(waiting: KeptSubmission) -> Receipt:
    return Receipt(receipt_of(waiting), waiting.participant, waiting.quiz, "held", sentence_of(waiting.held), codes=codes_of(waiting.held))
