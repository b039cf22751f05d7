"""Taking in what phones hand in. Nothing that is a submission is ever turned away: what cannot count is held for an officer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import orjson
from sqlalchemy import Connection

from psm_course.content.quiz import Quiz
from psm_course.grading.marks import Outcome
from psm_course.grading.submission import Submission, canonical
from psm_course.registrar.graders import Graders
from psm_course.store import attempts, audit, people
from psm_course.store.engine import Store

Standing = Literal["recorded", "known", "held"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a hand-in. `code` is short enough to write down; the same document always gets the same one."""

    code: str
    participant: str
    quiz: str
    standing: Standing
    reason: str = ""
    outcome: Outcome | None = None


class Desk:
    """Where submissions are handed in: an open store, the course's quizzes and their graders."""

    def __init__(self, store: Store, quizzes: Mapping[str, Quiz]) -> None:
        self.store = store
        self.quizzes = quizzes
        self.graders = Graders(quizzes)

    def submit(self, submission: Submission, document: str, actor: str, now: datetime) -> Receipt:
        """Keep one submission; when this returns, it is on disk. The same document twice counts once."""
        with self.store.transaction() as tx:
            receipt = self._take_in(tx, submission, document, now)
            if receipt.standing != "known":
                audit.note(tx, actor, f"submission {receipt.standing}", submission.id, now, quiz=submission.quiz)
        return receipt

    def _take_in(self, tx: Connection, submission: Submission, document: str, now: datetime) -> Receipt:
        code = receipt_code(canonical(submission.document))
        kept_as = submission.id
        known = attempts.find_submission(tx, kept_as)
        if known and canonical(orjson.loads(known.document)) != canonical(submission.document):
            kept_as = f"{submission.id}#{code}"
            known = attempts.find_submission(tx, kept_as)
        if known:
            return Receipt(code, submission.participant, submission.quiz, "known", known.held or "")
        held = "id jawaban ini sudah dipakai jawaban lain" if kept_as != submission.id else self._reason_to_hold(tx, submission)
        attempts.add_submission(tx, kept_as, submission.participant, submission.quiz, document, held, now)
        if held:
            return Receipt(code, submission.participant, submission.quiz, "held", held)
        outcome = self._record_attempt(tx, submission, now)
        return Receipt(code, submission.participant, submission.quiz, "recorded", outcome=outcome)

    def _reason_to_hold(self, tx: Connection, submission: Submission) -> str | None:
        quiz = self.quizzes.get(submission.quiz)
        if quiz is None:
            return "kuis ini tidak ada di kursus"
        if people.find_enrolment(tx, submission.participant) is None:
            return "nomor peserta ini tidak ada di register"
        limit = quiz.header.attempts
        if limit is not None and attempts.count_attempts(tx, submission.participant, submission.quiz) >= limit:
            return f"sudah {limit} kali mengerjakan kuis ini"
        return None

    def _record_attempt(self, tx: Connection, submission: Submission, now: datetime) -> Outcome:
        sequence = attempts.count_attempts(tx, submission.participant, submission.quiz) + 1
        attempt = attempts.add_attempt(tx, submission.id, submission.participant, submission.quiz, sequence)
        outcome = self.graders.current(tx, submission.quiz).grade(submission)
        attempts.add_outcome(tx, attempt, outcome, now)
        return outcome


def receipt_code(document: bytes) -> str:
    """Eight letters and digits from a document in canonical form, without those that look alike."""
    alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    number = int.from_bytes(hashlib.sha256(document).digest()[:8])
    code = ""
    for _ in range(8):
        number, rest = divmod(number, len(alphabet))
        code += alphabet[rest]
    return f"{code[:4]}-{code[4:]}"
