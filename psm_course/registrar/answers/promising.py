"""Signed receipts: proof for a learner that the office has a hand-in on disk (decision 0070)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from psm_course.credentials.documents import Json
from psm_course.credentials.log.receipt import Received, Standing, digest_of, sign_receipt
from psm_course.credentials.signing.keys import SigningKey
from psm_course.domain.register import KeptSubmission
from psm_course.grading.submission import canonical
from psm_course.store.engine import Store
from psm_course.store.log.places import places_of_hand_ins
from psm_course.store.tree import Leaf


def standing_of(kept: KeptSubmission) -> Standing:
    """Return `recorded` for a hand-in that counts, else `held`.

    A hand-in counts if it was never held, or if an officer accepted it.
    """
    return (
        "recorded"
        if kept.decision == "accepted" or (kept.held is None and kept.decision is None)
        else "held"
    )


def promise(
    document: Mapping[str, Any],
    digest: str,
    standing: Standing,
    received_at: datetime,
    place: Leaf,
    office: str,
    key: SigningKey,
) -> Json:
    """Make the signed receipt for a document that is on disk.

    The same document with the same standing always gets the same receipt.

    Args:
        document: the submission.
        digest: the digest of the document's canonical form (`digest_of`).
        standing: recorded or held.
        received_at: the moment of arrival by the office's clock.
        place: the leaf in the log for the event of the hand-in.
        office: the office's code.
        key: the key that signs the receipt.
    """
    return sign_receipt(
        Received(
            office,
            document["quiz"],
            document["participant"],
            digest,
            standing,
            received_at,
            place.origin,
            place.index,
        ),
        key,
    )


def receipt_for(store: Store, key: SigningKey, kept: KeptSubmission) -> Json | None:
    """Make the signed receipt of a hand-in in the register, to send to the learner.

    None if the log has no entry about the hand-in.
    """
    with store.reading() as tx:
        place = places_of_hand_ins(tx, [kept.id]).get(kept.id)
    if place is None:
        return None
    document = orjson.loads(kept.document)
    return promise(
        document,
        digest_of(canonical(document)),
        standing_of(kept),
        kept.received_at,
        place,
        store.office,
        key,
    )
