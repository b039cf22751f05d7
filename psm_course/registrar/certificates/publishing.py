"""Sign and date everything that the public may know about certificates.

These documents are the status lists, the list of corrections, the digest lists (digests of the
files and marks of the signatures), and the facts that the certificates of one issuing share. The
documents are kept in the register; the next build of the site copies them.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from psm_course.credentials.documents import Json, canonical
from psm_course.credentials.formats.badge import ARTWORK
from psm_course.credentials.formats.baked import artwork
from psm_course.credentials.formats.issuance import Issuance
from psm_course.credentials.lists.corrections import Correction, sign_corrections
from psm_course.credentials.lists.digests import Pdfs, in_parts, letters_for, sign_digests
from psm_course.credentials.lists.paths import CORRECTIONS, DIGEST_PARTS, DIGESTS, KEYS, SHARED
from psm_course.credentials.lists.status_list import LENGTH, PURPOSES, list_id, status_list
from psm_course.credentials.signing.identity import did_document, did_document_path, method_of
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.credentials.signing.proof import find_proof
from psm_course.domain.register import RecordEnd
from psm_course.local_time import WIB
from psm_course.registrar.certificates.keys.keyring import Signer, find_issuer, get_issuer, key_name
from psm_course.registrar.certificates.marks import marks_given
from psm_course.registrar.log.continuity import refuse_if_behind, refuse_if_shorter
from psm_course.registrar.log.site_files import log_files
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.certificates import publications, records
from psm_course.store.engine import Connection, Store


def publish_status(store: Store, signer: Signer, actor: str, now: datetime) -> None:
    """Sign the public lists again with today's date, and store them in the register.

    By the date everybody can see that the lists are up to date.

    Raises:
        Refused: the register is older than what was published before, or the clock is wrong.
    """
    with store.transaction() as tx:
        publish_within(tx, signer, now)
        audit.note(tx, actor, "status published", key_name(signer.key.multikey), now)


def publish_within(
    tx: Connection, signer: Signer, now: datetime, issuances: Iterable[Issuance] = ()
) -> None:
    """Sign the public lists within `tx`, the transaction that changed records.

    In this way the lists in the register are never older than the records. `issuances` are
    documents to publish too: each has the facts that the certificates of one issuing share.

    Raises:
        Refused: the register is older than what was published before, or the clock is wrong.
    """
    if signer.settings is not None:
        refuse_if_behind(tx, signer.settings, now)
    known = publications.list_publications(tx)
    for issuance in issuances:
        path = f"{SHARED}/{issuance.file_name}"
        # Shared facts never change: their path is their digest.
        if path not in known:
            _add(tx, path, issuance.to_json(), now)
    ends = records.list_ends(tx)
    for path, document in _status_documents(tx, signer, ends, now):
        _add(tx, path, document, now)
    corrections = [correction_of(end) for end in ends]
    _add(tx, CORRECTIONS, sign_corrections(signer.issuer, corrections, signer.key, now), now)
    listed = {
        path: json.loads(text) for path, text in known.items() if path == DIGESTS or _is_part(path)
    }
    for path, document in _digest_documents(
        signer, records.file_digests(tx), marks_given(tx, listed.values()), listed, now
    ):
        _add(tx, path, document, now)


def correction_of(end: RecordEnd) -> Correction:
    """Make the entry in the list of corrections for a record that was superseded or revoked."""
    return Correction(
        end.number,
        end.reason,
        end.at.astimezone(WIB).date(),
        end.by if end.event == "superseded" else None,
    )


def _status_documents(
    tx: Connection, signer: Signer, ends: tuple[RecordEnd, ...], now: datetime
) -> Iterable[tuple[str, Json]]:
    """Sign every status list; yield the path on the site and the signed document of each.

    The lists for revocation mark superseded records too, because these no longer count either.
    """
    site = signer.issuer.site
    gone = [end.status_index for end in ends if end.status_index is not None]
    replaced = [
        end.status_index
        for end in ends
        if end.status_index is not None and end.event == "superseded"
    ]
    for number in range(max(records.next_position(tx) - 1, 0) // LENGTH + 1):
        for purpose in PURPOSES:
            positions = gone if purpose == "revocation" else replaced
            document = status_list(signer.issuer, purpose, number, positions, signer.key, now)
            yield list_id(site, purpose, number).removeprefix(f"{site}/"), document


def _digest_documents(
    signer: Signer, pdfs: Pdfs, marks: Pdfs, known: Mapping[str, Json], now: datetime
) -> Iterable[tuple[str, Json]]:
    """Sign the digest lists; yield the path on the site and the signed document of each.

    The first list is always signed again: its date counts for all digest lists. Another list (a
    part) is signed and yielded only if its content changed, or an older key signed it.

    `pdfs` are the digests of files and `marks` the marks of signatures, both by record number.
    `known` are the lists that were published before, by path.
    """
    letters = letters_for(len({*pdfs, *marks}))
    files, signed = in_parts(pdfs, letters), in_parts(marks, letters)
    yield (
        DIGESTS,
        sign_digests(signer.issuer, files[""], signer.key, now, letters=letters, marks=signed[""]),
    )
    for part, listed in files.items():
        path = f"{DIGEST_PARTS}/{part}.json"
        if part and not (
            path in known and _is_as_signed(known[path], listed, signed[part], signer)
        ):
            yield (
                path,
                sign_digests(signer.issuer, listed, signer.key, now, part=part, marks=signed[part]),
            )


def _is_as_signed(document: Json, listed: Pdfs, marks: Pdfs, signer: Signer) -> bool:
    proof = find_proof(document)
    method = method_of(signer.issuer.did, signer.key.multikey)
    same = document["pdfs"] == listed and document.get("marks") == marks
    return same and proof is not None and proof["verificationMethod"] == method


def _add(tx: Connection, path: str, document: Json, now: datetime) -> None:
    """Store a public document in canonical form; the snapshot has the digest of this form."""
    publications.add_publication(tx, path, canonical(document).decode(), now)


def public_files(
    store: Store, settings: Settings, countersign: SigningKey | None = None
) -> dict[str, bytes]:
    """Collect the files that are published beside the pages of the site: content by path.

    They contain no learner's name. Empty before the office has a key.

    Args:
        store, settings: the register and the office's settings.
        countersign: the office's key, if somebody unlocked it; then it signs the log's checkpoint
            too.

    Raises:
        Refused: the register is older than what was published before.
    """
    if find_issuer(settings) is None:
        return {}
    with store.reading() as tx:
        refuse_if_shorter(tx, settings)
    logged = dict(log_files(store, settings, countersign))
    with store.reading() as tx:
        files = {
            path: document.encode() for path, document in publications.list_publications(tx).items()
        }
    # There were fewer, and larger, parts once.
    finest = max((len(path) for path in files if _is_part(path)), default=0)
    listed = {
        path: document
        for path, document in files.items()
        if not _is_part(path) or len(path) == finest
    }
    return (
        listed
        | logged
        | {path: artwork(path) for path in ARTWORK.values()}
        | _key_files(get_issuer(settings))
    )


def _is_part(path: str) -> bool:
    return path.startswith(f"{DIGEST_PARTS}/")


def _key_files(issuer: Issuer) -> dict[str, bytes]:
    files = {KEYS: _as_file(issuer.to_json())}
    if issuer.did.startswith("did:web:"):
        files[did_document_path(issuer.site)] = _as_file(did_document(issuer))
    return files


def _as_file(document: Json) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
