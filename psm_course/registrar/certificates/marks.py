"""Marks of all signatures that the office made, by record number, for the public lists.

A mark is a short hash of a signature. By it the public lists show which certificates the office
knows, without names. A record has up to three marks: of the credential, of its JSON Web Token and
of its QR code.

Marks that the lists already have are not computed again, because computing takes long and every
change publishes the lists.
"""

import json
from collections.abc import Iterable, Mapping

from psm_course.credentials.formats.token import read_token
from psm_course.credentials.lists.digests import Pdfs
from psm_course.credentials.signing.marks import mark_of, mark_of_document, mark_of_jwt
from psm_course.store.certificates import signatures
from psm_course.store.engine import Connection


def marks_given(tx: Connection, listed: Iterable[Mapping[str, Pdfs]]) -> Pdfs:
    """Collect the marks by record number, for every record that was ever signed.

    If a record's holder was erased and `listed` has not all marks of the record, the record gets an
    empty list of marks.

    Args:
        tx: the transaction.
        listed: the digest lists that were published last; their marks are used again.
    """
    kept = {
        number: marks for document in listed for number, marks in document.get("marks", {}).items()
    }
    counted = signatures.count_signatures(tx)
    found = {number: list(kept.get(number, ())) for number in counted}
    lacking = [number for number, count in counted.items() if len(found[number]) != count]
    found |= {number: [] for number in lacking}
    for form in signatures.signed_forms(tx, lacking):
        found[form.number] += [
            mark_of_document(json.loads(form.credential)),
            *_other_marks(form),
        ]
    return found


def _other_marks(form: signatures.SignedForms) -> list[str]:
    """The marks of the JSON Web Token and the QR code; empty for older records without them."""
    jwt = [mark_of_jwt(form.jwt)] if form.jwt else []
    return jwt + ([mark_of(read_token(form.qr).signature)] if form.qr else [])
