"""Marks of every signature given out, by record number, as the published lists carry them.

A record has up to three: of the credential, its JSON Web Token and its QR code. Marks that the
lists hold already are not computed again: signed forms are long, and every change publishes.
"""

import json
from collections.abc import Iterable, Mapping

from psm_course.credentials.formats.token import read_token
from psm_course.credentials.lists.digests import Pdfs
from psm_course.credentials.signing.marks import mark_of, mark_of_document, mark_of_jwt
from psm_course.store.certificates import signatures
from psm_course.store.engine import Connection


def marks_given(tx: Connection, listed: Iterable[Mapping[str, Pdfs]]) -> Pdfs:
    """Marks by number, for every number that was ever signed; empty if the holder was erased.

    Args:
        tx: the transaction.
        listed: the lists as published last.
    """
    kept = {
        number: marks for document in listed for number, marks in document.get("marks", {}).items()
    }
    counted = signatures.count_signatures(tx)
    found = {number: list(kept.get(number, ())) for number in counted}
    lacking = [number for number, count in counted.items() if len(found[number]) != count]
    found |= {number: [] for number in lacking}
    for form in signatures.signed_forms(tx, lacking):
        found[form.number] += [_credential_mark(form.credential), *_other_marks(form)]
    return found


def _credential_mark(credential: str) -> str:
    return mark_of_document(json.loads(credential))


def _other_marks(form: signatures.SignedForms) -> list[str]:
    """Those that there are: codes and tokens came later than credentials."""
    jwt = [mark_of_jwt(form.jwt)] if form.jwt else []
    return jwt + ([mark_of(read_token(form.qr).signature)] if form.qr else [])
