"""Quarantine: documents that may not go into the register, kept outside of it for 60 days.

A document comes into quarantine if its participant number is unknown, the signature is of a wrong
card, or it has no card and is too long or one of too many. An officer looks at the documents by
network address, and can delete them or move one into the register as a held hand-in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from psm_course.domain.register import KeptSubmission
from psm_course.errors import Refused
from psm_course.registrar.reasons import reason_about
from psm_course.store import audit
from psm_course.store.answers import quarantine, submissions
from psm_course.store.answers.quarantine import Quarantined, Source, Space
from psm_course.store.engine import Connection, Store

# So much of one address, and in all, is kept apart, and for so
# long; further documents are answered the same and not kept.
MOST_OF_AN_ADDRESS, MOST_IN_ALL = Space(50, 2 * 1024 * 1024), Space(2000, 16 * 1024 * 1024)
KEPT_FOR = timedelta(days=60)
_SHOWN = 200
_ACTOR = "psm serve"


@dataclass(frozen=True, slots=True)
class Quarantine:
    """The contents of the quarantine.

    `sources` are all addresses from which documents came, each with the number of documents;
    `newest` are the newest documents, at most 200.
    """

    sources: tuple[Source, ...]
    newest: tuple[Quarantined, ...]

    @property
    def count(self) -> int:
        """The number of documents in quarantine."""
        return sum(source.count for source in self.sources)


def put_in_quarantine(tx: Connection, judged: Sequence[Quarantined]) -> None:
    """Put documents into quarantine while there is room, and delete those older than 60 days.

    The room for each address and for all documents is limited. A document for which there is no
    room is not kept; the phone that sent it still has it.
    """
    if not judged:
        return
    if gone := quarantine.purge_before(tx, judged[0].received_at - KEPT_FOR):
        audit.note(
            tx, _ACTOR, "quarantine purged", "quarantine", judged[0].received_at, attempts=gone
        )
    there, kept = quarantine.space_by_address(tx), dict[str, Quarantined]()
    in_all = Space(
        sum(each.documents for each in there.values()), sum(each.letters for each in there.values())
    )
    # The same document may come many times; it is kept once.
    known = {
        each.digest for each in quarantine.find_quarantined(tx, [each.digest for each in judged])
    }
    for each in judged:
        of_it = there.get(each.address, Space())
        has_room = of_it.has_room_for(each.document, MOST_OF_AN_ADDRESS) and in_all.has_room_for(
            each.document, MOST_IN_ALL
        )
        if has_room and each.digest not in known | kept.keys():
            there[each.address] = of_it.with_one(each.document)
            in_all = in_all.with_one(each.document)
            kept[each.digest] = each
    quarantine.add_quarantined(tx, list(kept.values()))


def quarantined(store: Store, address: str | None = None) -> Quarantine:
    """Return the contents of the quarantine.

    If `address` is given, `newest` has only the documents that came from this address; `sources`
    always has all addresses.
    """
    with store.reading() as tx:
        return Quarantine(
            quarantine.list_sources(tx), quarantine.list_quarantined(tx, address, _SHOWN)
        )


def count_quarantined(store: Store) -> int:
    """The number of documents in quarantine."""
    with store.reading() as tx:
        return quarantine.count(tx)


def purge(store: Store, address: str | None, actor: str, now: datetime) -> int:
    """Delete the documents from one address (None: all); return how many were deleted.

    The number is written into the log, the address is not. The learners' phones still have the
    answers.
    """
    with store.transaction() as tx:
        count = quarantine.purge_address(tx, address)
        if count:
            audit.note(tx, actor, "quarantine purged", "quarantine", now, attempts=count)
    return count


def admit(store: Store, digest: str, reason: str, actor: str, now: datetime) -> KeptSubmission:
    """Move one document from quarantine into the register as a held hand-in.

    This is for an officer who knows that a learner gave these answers, although the number or the
    card was wrong. A later decision says if the hand-in counts, as for any held hand-in. `digest`
    is the SHA-256 of the document.

    Raises:
        Refused: the document is no longer in quarantine, its id is in the register already, or the
            reason is missing.
    """
    with store.transaction() as tx:
        found = quarantine.find_quarantined(tx, [digest])
        if not found:
            raise Refused("Jawaban ini tidak ada lagi di karantina. Muat ulang halamannya.")
        each = found[0]
        why = reason_about(tx, reason, [each.participant])
        if submissions.find_submission(tx, each.submission):
            raise Refused("Jawaban dengan id ini sudah ada di register. Lihat di daftar jawaban.")
        # Held, not counted: whether it counts is decided in a second step.
        kept = KeptSubmission(
            each.submission, each.received_at, each.participant, each.quiz, each.document, each.why
        )
        submissions.add_submissions(tx, [kept])
        quarantine.delete_documents(tx, [digest])
        audit.note(
            tx, actor, "submission held", kept.id, now, quiz=kept.quiz, held=each.why, reason=why
        )
    return kept
