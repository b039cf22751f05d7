"""The inclusion proof in each certificate: it shows that the log has the record (decision 0137)."""

import json
from collections.abc import Callable
from functools import cache, partial

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.formats.issuance import Issuance, read_issuance
from psm_course.credentials.formats.token import Token, read_token, token_inclusion
from psm_course.credentials.lists.paths import SHARED
from psm_course.credentials.log.checkpoint import Checkpoint, write_checkpoint
from psm_course.credentials.log.inclusion import write_proof
from psm_course.credentials.log.merkle import inclusion_proof
from psm_course.domain.register import CompletionRecord
from psm_course.registrar.log.log_key import open_log_key
from psm_course.settings import Settings
from psm_course.store.certificates import publications
from psm_course.store.engine import Connection
from psm_course.store.log.state import root_between

Prove = Callable[[CompletionRecord], bytes | None]


def proofs(tx: Connection, settings: Settings) -> Prove:
    """Return a function that makes the inclusion proof of a record.

    The function returns None for a record that was signed before the log had events about records,
    or whose log this register does not have. A proof is about the log as it was right after the
    record was issued. So the proof of a record always has the same bytes, as long as the log key is
    the same.
    """
    # Records of one issuing share the checkpoint, and most roots on their paths.
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
    return write_checkpoint(
        Checkpoint(origin, size, root_between(tx, epoch, 0, size)), [open_log_key(settings)]
    )


def _token_of(record: CompletionRecord) -> Token | None:
    try:
        return read_token(record.qr) if record.qr else None
    except Unreadable:
        return None


def _issuance(tx: Connection, token: Token) -> Issuance | None:
    found = publications.find_publication(tx, f"{SHARED}/{token.digest.hex()}.json")
    return read_issuance(json.loads(found[0])) if found else None
