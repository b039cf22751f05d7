"""A document that was handed in (`HandIn`), and the office's answer: `Receipt` or `Refusal`."""

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
    """Answer to one hand-in.

    Attributes:
        code: the receipt code, short enough to write down. A document that comes twice gets the
            same code twice. Empty for a quarantined document.
        standing: "recorded", "held" or "quarantined"; "known" if the same answers came before.
        reason: a sentence that says why the hand-in is held, or why it does not count.
        codes: the reasons in `reason` as codes, such as `too_soon` (the keys of `REASONS`).
        notes: remarks on the hand-in as codes, such as `no_card` (the keys of `NOTES`).
        next_attempt: the number of the person's next attempt; set only if the person's own card
            signed the hand-in.
        signed: the receipt signed by the office; None if it is not signed: the document is
            quarantined, the desk has no key, the log has no event about the hand-in, or the receipt
            is the answer to an officer's decision.
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
        """Why the hand-in is held (`reason`), and the remarks on it (`notes`), in one line."""
        notes = [NOTES[code] for code in self.notes if code not in self.codes]
        return "; ".join([self.reason, *notes] if self.reason else notes)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Answer to a document that is no submission. `reason` says why; the document was not kept."""

    reason: str


@dataclass(frozen=True, slots=True)
class HandIn:
    """A submission that has arrived, before it is judged.

    `submission` is the parsed submission, `document` its text as it arrived, `canonical` its
    canonical JSON, `code` its receipt code. `actor` is who brought it: an account, or the name that
    the log uses for all phones. `address` is the network address from which it came; empty for a
    file brought to the desk.
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
        """The participant number and the quiz id, as written in the submission."""
        return self.submission.participant, self.submission.quiz


def read_hand_in(document: bytes, actor: str, now: datetime, address: str = "") -> HandIn:
    """Parse one document that was handed in.

    Args:
        document: the bytes as they arrived.
        actor: who brought the document: an account, or the name that the log uses for all phones.
        now: the moment at which the document arrived.
        address: the network address from which it came; empty for a file brought to the desk.

    Raises:
        NotASubmission: the document is no submission; the message says why.
    """
    submission = read_submission(document)
    form = canonical(submission.document)
    return HandIn(submission, document.decode(), form, receipt_code(form), actor, now, address)


def receipt_of(kept: KeptSubmission) -> str:
    """The receipt code of a kept hand-in. The phone computes the same code."""
    return receipt_code(canonical(orjson.loads(kept.document)))


def receipt_code(document: bytes) -> str:
    """The receipt code of a document in canonical form: eight letters and digits.

    Letters and digits that look alike (0 and O, 1, I and L) are not used.
    """
    return short_code(digest_of(document))
