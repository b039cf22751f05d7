"""A document that is handed in, and the answer to it: a receipt, or a refusal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import orjson

from psm_course.credentials.documents import Json
from psm_course.credentials.log.receipt import digest_of, short_code
from psm_course.domain.register import KeptSubmission
from psm_course.grading.outcome import Outcome
from psm_course.grading.submission import Submission, canonical, read_submission
from psm_course.registrar.answers.holding import NOTES

Standing = Literal["recorded", "known", "held", "quarantined"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """Answer to one hand-in. The same document always gets the same answer.

    `code` is short enough to write down; it is empty for a quarantined document. `reason` is a
    sentence that says why the hand-in is held (or was refused), `codes` says the same for programs;
    `notes` are codes of `holding.NOTES`. `next_attempt` is set only if the person's own card signed
    the hand-in. `signed` is the signed receipt, None if there is no key.
    """

    code: str
    participant: str
    quiz: str
    standing: Standing
    reason: str = ""
    outcome: Outcome | None = None
    codes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    next_attempt: int | None = None
    signed: Json | None = None

    @property
    def reason_and_notes(self) -> str:
        """The reason and the notes in one line."""
        notes = [NOTES[code] for code in self.notes if code not in self.codes]
        return "; ".join([self.reason, *notes] if self.reason else notes)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Answer to a document that is no submission. `reason` says why; nothing was kept."""

    reason: str


@dataclass(frozen=True, slots=True)
class HandIn:
    """A submission on its way into the register: parsed, its exact text, and its receipt code.

    `address` is its network address; empty for a file brought to the desk.
    """

    submission: Submission
    document: str
    canonical: bytes
    code: str
    actor: str
    received_at: datetime
    address: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Participant's number and quiz id, as written in the submission."""
        return self.submission.participant, self.submission.quiz


def read_hand_in(document: bytes, actor: str, now: datetime, address: str = "") -> HandIn:
    """Parse one document that was handed in.

    Args:
        document: as it arrived.
        actor: who brought it: an account, or the name that the log gives to phones.
        now: the moment at which it arrived.
        address: the network address it came from; empty for a file brought to the desk.

    Raises:
        NotASubmission: the document is no submission; the message says why.
    """
    submission = read_submission(document)
    form = canonical(submission.document)
    return HandIn(submission, document.decode(), form, receipt_code(form), actor, now, address)


def receipt_of(kept: KeptSubmission) -> str:
    """The receipt code of a kept hand-in; the phone computes the same one."""
    return receipt_code(canonical(orjson.loads(kept.document)))


def receipt_code(document: bytes) -> str:
    """The receipt code of a document in canonical form: eight letters and digits.

    No two of the letters and digits look alike.
    """
    return short_code(digest_of(document))
