"""Write judged hand-ins into the register: submissions, attempts and entries in the log.

Also makes the row for the quarantine, if a hand-in does not go into the register.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from psm_course.domain.register import KeptSubmission
from psm_course.registrar.answers.hand_in import HandIn, Receipt
from psm_course.registrar.answers.turns import LetIn, keep_let_in
from psm_course.registrar.people.cards import Binding
from psm_course.store import audit
from psm_course.store.answers import attempts, quarantine, submissions
from psm_course.store.answers.attempts import NewAttempt
from psm_course.store.answers.quarantine import Quarantined
from psm_course.store.audit import Deed
from psm_course.store.engine import Connection
from psm_course.store.tree import Leaf


@dataclass(frozen=True, slots=True)
class Judged:
    """A hand-in after it was judged, with its receipt.

    `kept` is the row of the hand-in in the register; None if the hand-in is quarantined. `sequence`
    is the number of the attempt that the hand-in makes; 0 if it makes no attempt.

    `let_in` is set if an earlier hand-in with the same answers was held and counts now. The earlier
    hand-in counts because this time the person's own card signed the same answers.
    """

    hand_in: HandIn
    binding: Binding
    receipt: Receipt
    kept: KeptSubmission | None = None
    sequence: int = 0
    let_in: LetIn | None = None

    @property
    def is_new(self) -> bool:
        """True if the hand-in gets a new row in the register.

        False if the hand-in is quarantined, or if the register has a row for the same answers
        already. The old row may count from now on (`let_in`); no second row is added.
        """
        return self.receipt.standing in {"recorded", "held"} and self.let_in is None


def keep(
    tx: Connection, new: Sequence[Judged], let_in: Sequence[LetIn], hand_ins: Sequence[HandIn]
) -> dict[str, Leaf]:
    """Write new hand-ins with their attempts, and the attempts of held hand-ins that count now.

    Args:
        tx: the transaction.
        new: hand-ins that get a new row.
        let_in: held hand-ins that count now. The time of their attempts is the time at which
            `hand_ins[0]` arrived.
        hand_ins: all hand-ins that were judged together.

    Returns:
        The leaf in the log for each new hand-in, by the id of its row.
    """
    submissions.add_submissions(tx, [each.kept for each in new if each.kept])
    recorded = [(each, each.receipt.outcome, each.kept) for each in new]
    attempts.add_attempts(
        tx,
        [
            NewAttempt(
                kept.id,
                *each.hand_in.key,
                each.sequence,
                outcome,
                each.hand_in.received_at,
                each.binding == "card",
            )
            for each, outcome, kept in recorded
            if outcome is not None and kept is not None
        ],
    )
    deeds = [_deed_of(each) for each in new]
    # After the rows: an event binds the rows that were written before it.
    places = audit.note_all(tx, deeds)
    if let_in:
        keep_let_in(tx, let_in, hand_ins[0].received_at)
    if new:
        # The same answers may have come before with a wrong card; they are in the register now.
        quarantine.delete_submissions(tx, [each.hand_in.submission.id for each in new])
    return {deed.subject: place for deed, place in zip(deeds, places, strict=True)}


def as_quarantined(judged: Judged) -> Quarantined:
    """Make the row of a hand-in for the quarantine.

    Its address is the network address, or `meja: ACCOUNT` for a file brought to the desk.
    """
    hand_in = judged.hand_in
    return Quarantined(
        # Of the canonical form, so that other spacing does not make it another document.
        hashlib.sha256(hand_in.canonical).hexdigest(),
        hand_in.address or f"meja: {hand_in.actor}",
        hand_in.received_at,
        hand_in.submission.id,
        *hand_in.key,
        hand_in.document,
        judged.receipt.codes[0],
    )


def _deed_of(judged: Judged) -> Deed:
    hand_in, receipt = judged.hand_in, judged.receipt
    kept = cast("KeptSubmission", judged.kept)
    detail: dict[str, str | int | None] = {"quiz": receipt.quiz}
    if kept.held:
        detail["held"] = kept.held
    if receipt.notes:
        detail["notes"] = " ".join(receipt.notes)
    return Deed(
        hand_in.received_at, hand_in.actor, f"submission {receipt.standing}", kept.id, detail
    )
