"""Sign a record in three forms: as a credential, a JSON Web Token and a QR code."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from psm_course.credentials.formats.badge import Beside, beside_in, sign_badge
from psm_course.credentials.formats.baked import bake
from psm_course.credentials.formats.issuance import Issuance, issuances_of
from psm_course.credentials.formats.token import (
    read_token,
    sign_token,
    token_address,
    token_inclusion,
)
from psm_course.credentials.formats.vc_jwt import sign_jwt
from psm_course.credentials.log.inclusion import (
    ACTOR,
    VERB,
    Entered,
    Place,
    content_digest,
    salt_of,
)
from psm_course.credentials.number_patterns import file_name
from psm_course.domain.register import CompletionRecord
from psm_course.errors import Refused
from psm_course.registrar.certificates.keys.keyring import Signer
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.engine import Connection, to_utc
from psm_course.store.rows import office_of


def _with_places(
    shared: Sequence[Issuance], unsigned: Sequence[CompletionRecord], first: Place
) -> tuple[Issuance, ...]:
    """Return the shared documents (`Issuance`), each with the places of its records in the log.

    The log will have the records in the order of the documents. The records of one document are in
    the order of their places in the status lists. `first` is the place of the first record in the
    log.
    """
    placed, next_one = list[Issuance](), first
    for each in shared:
        positions = sorted(
            record.status_index
            for record in unsigned
            if record.status_index is not None and each.covers(record.content)
        )
        placed.append(replace(each, log=Entered(next_one, tuple(positions))))
        next_one = replace(
            next_one, index=next_one.index + len(positions), event=next_one.event + len(positions)
        )
    return tuple(placed)


def _signed(
    record: CompletionRecord, shared: Sequence[Issuance], signer: Signer, now: datetime
) -> CompletionRecord:
    if record.status_index is None:
        raise ValueError(f"{record.number} has no place in the status lists")
    credential = sign_badge(
        record.content,
        signer.issuer,
        record.status_index,
        signer.key,
        now,
        Beside(criteria_of(record), _profile(signer.settings)),
    )
    issuance = next(each for each in shared if each.covers(record.content))
    token = sign_token(record.content, issuance, record.status_index, signer.key, now)
    return replace(
        record,
        credential=json.dumps(credential, ensure_ascii=False),
        jwt=sign_jwt(credential, signer.key, signer.issuer.did),
        qr=token_address(signer.issuer.site, token),
        key=signer.key.multikey,
        # From now on they stand in the credential alone (`criteria_of`).
        criteria="",
    )


def criteria_of(record: CompletionRecord) -> str:
    """The criteria of a record, in words; empty if there are none.

    For an unsigned record these are the criteria that will be signed; for a signed record, the
    criteria in its credential.
    """
    if record.criteria or record.credential is None:
        return record.criteria
    return beside_in(json.loads(record.credential)).criteria


def _profile(settings: Settings | None) -> Mapping[str, str]:
    """The office's web address, e-mail address and picture; a fact that is not set is left out."""
    if settings is None:
        return {}
    known = {
        "url": settings.office_url,
        "email": settings.office_email,
        "image": settings.office_image,
    }
    return {word: value for word, value in known.items() if value}


def badge_picture(record: CompletionRecord) -> tuple[str, bytes]:
    """Make a PNG with the signed credential inside; returns file name and content. Needs no key.

    Raises:
        Refused: the record was never signed.
    """
    if record.credential is None:
        raise Refused(
            f"Sertifikat {record.number} belum pernah ditandatangani, jadi tidak ada lencananya."
        )
    return file_name(record.number, "png"), bake(record.credential, record.kind)


def web_token(record: CompletionRecord) -> tuple[str, bytes]:
    """The credential as a JSON Web Token; returns file name and content. Needs no key.

    Raises:
        Refused: the record was signed before there were such tokens.
    """
    if record.jwt is None:
        raise Refused(
            f"Sertifikat {record.number} terbit sebelum ada token. Lencananya (PNG) memuat isi yang"
            " sama."
        )
    return file_name(record.number, "jwt"), record.jwt.encode()


# ---- entering in the open log (decision 0137) ----------------------------------------------------
#
# Whoever holds a certificate can work out its leaf, and nobody else learns from it.


def sign_and_enter(
    tx: Connection, unsigned: Sequence[CompletionRecord], signer: Signer, now: datetime
) -> tuple[tuple[CompletionRecord, ...], tuple[Issuance, ...]]:
    """Sign records and write their events into the log, before the records' rows are written.

    Args:
        tx: the transaction in which the records will be kept.
        unsigned: records with their places in the status lists.
        signer: the office with its unlocked key.
        now: the moment of signing.

    Returns:
        The signed records in the same order, and the shared documents to publish.

    Raises:
        ValueError: a record has no place in the status lists, or this transaction already wrote
            rows about which the log has no event; both are mistakes in our code.
    """
    first = Place(office_of(tx), *audit.next_leaf(tx), to_utc(now).isoformat())
    shared = _with_places(
        issuances_of([record.content for record in unsigned], signer.issuer.did), unsigned, first
    )
    signed = tuple(_signed(record, shared, signer, now) for record in unsigned)
    # In the order of the leaves, which the shared documents have promised already.
    entered = sorted(
        ((_at_its_place(record, shared), record) for record in signed),
        key=lambda each: each[0][0].index,
    )
    deeds = [
        audit.Deed(
            now, ACTOR, VERB, record.number, {"content": content_digest(blind, record.content)}
        )
        for (_, blind), record in entered
    ]
    audit.enter(tx, deeds, [salt_of(blind) for (_, blind), _ in entered])
    return signed, shared


def _at_its_place(record: CompletionRecord, shared: Sequence[Issuance]) -> tuple[Place, bytes]:
    """The place of a signed record in the log, and the blind that hides its facts in the leaf.

    `shared` are the documents of shared facts; one of them belongs to this record.
    """
    token = read_token(record.qr or "")
    found = token_inclusion(token, next(each for each in shared if each.digest == token.digest))
    if found is None or found.place is None:
        raise ValueError(f"{record.number} has no place in the log")
    return found.place, found.blind
