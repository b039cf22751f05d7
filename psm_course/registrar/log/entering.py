"""Entering certificates in the open log, and the proof of it that travels beside each. Decision 0137.

A leaf of its own tells of every signing: who holds the certificate can work it out, and nobody else learns anything from it.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, partial

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.formats.issuance import Issuance, read_issuance
from psm_course.credentials.formats.token import Token, read_token, token_inclusion
from psm_course.credentials.lists.places import SHARED
from psm_course.credentials.log.checkpoint import Checkpoint, write_checkpoint
from psm_course.credentials.log.inclusion import ACTOR, VERB, Place, content_digest, salt_of, write_proof
from psm_course.credentials.log.merkle import inclusion_proof
from psm_course.domain.register import CompletionRecord
from psm_course.registrar.certificates.keyring import Signer
from psm_course.registrar.certificates.signing import sign_records
from psm_course.registrar.log.log_key import open_log_key
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.certificates import publications
from psm_course.store.engine import Connection, to_utc
from psm_course.store.log.state import root_between
from psm_course.store.rows import office_of

Prove = Callable[[CompletionRecord], bytes | None]


def sign_and_enter(
    tx: Connection, unsigned: Sequence[CompletionRecord], signer: Signer, now: datetime
) -> tuple[tuple[CompletionRecord, ...], tuple[Issuance, ...]]:
    """Sign records (`sign_records`) and note in the log what was signed, a leaf each, before their rows are written.

    ValueError where rows were written that no event binds yet: that would be a mistake of ours.
    """
    first = Place(office_of(tx), *audit.next_leaf(tx), to_utc(now).isoformat())
    signed, shared = sign_records(unsigned, signer, now, first)
    entered = sorted(((_at_its_place(record, shared), record) for record in signed), key=lambda each: each[0][0].index)
    deeds = [
        audit.Deed(now, ACTOR, VERB, record.number, {"content": content_digest(blind, record.content)}) for (_, blind), record in entered
    ]
    audit.enter(tx, deeds, [salt_of(blind) for (_, blind), _ in entered])
    return signed, shared


def _at_its_place(record: CompletionRecord, shared: Sequence[Issuance]) -> tuple[Place, bytes]:
    """Its leaf, and what hides its facts there."""
    token = read_token(record.qr or "")
    found = token_inclusion(token, next(each for each in shared if each.digest == token.digest))
    if found is None or found.place is None:
        raise ValueError(f"{record.number} has no place in the log")
    return found.place, found.blind


# ---- the proof beside a certificate ------------------------------------------------------------------------------------------


def proofs(tx: Connection, settings: Settings) -> Prove:
    """What makes the proof of a record; None for one that was signed before the log told of any, or whose log is not here.

    A record's proof is the same every time, as long as the log key is: it is of the log as it was after the whole issuing.
    """
    note = cache(partial(_note, tx, settings))
    between = cache(partial(root_between, tx))

    def prove(record: CompletionRecord) -> bytes | None:
        token = _token_of(record)
        shared = _issuance(tx, token) if token else None
        found = token_inclusion(token, shared) if token else None
        if shared is None or shared.log is None or found is None or found.place is None:
            return None
        place, size = found.place, shared.log.first.index + len(shared.log.positions)
        epoch = int(place.origin.rpartition("/")[2])
        try:
            path = inclusion_proof(place.index, size, partial(between, epoch))
            return write_proof(place, found.blind, path, note(place.origin, epoch, size))
        except ValueError:  # a restored register may lack the end of a log that another one had
            return None

    return prove


def _note(tx: Connection, settings: Settings, origin: str, epoch: int, size: int) -> str:
    return write_checkpoint(Checkpoint(origin, size, root_between(tx, epoch, 0, size)), [open_log_key(settings)])


def _token_of(record: CompletionRecord) -> Token | None:
    try:
        return read_token(record.qr) if record.qr else None
    except Unreadable:
        return None


def _issuance(tx: Connection, token: Token) -> Issuance | None:
    found = publications.find_publication(tx, f"{SHARED}/{token.digest.hex()}.json")
    return read_issuance(json.loads(found[0])) if found else None
