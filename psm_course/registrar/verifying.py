"""Checking certificates with what an office has published: from the register of this office, or from a copy of its site."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from psm_course.credentials.documents import Json, Unreadable, read_document
from psm_course.credentials.keys import Issuer, read_issuer
from psm_course.credentials.published import Published, published
from psm_course.errors import Refused
from psm_course.registrar.keyring import LIST, get_issuer
from psm_course.registrar.publishing import CORRECTIONS, DIGESTS, SHARED
from psm_course.settings import Settings
from psm_course.store import publications, records
from psm_course.store.engine import Store


def published_here(store: Store, settings: Settings) -> Published:
    """What this office knows itself, read once for any number of certificates. Every file it printed is known, published or not."""
    with store.reading() as tx:
        documents = {path: json.loads(text) for path, text in publications.list_publications(tx).items()}
        printed = records.given_out(tx)
    return _published(get_issuer(settings), documents, printed)


def published_there(site: Path) -> Published:
    """What stands in a copy of an office's site: all that others can know. Whose it is, `keys.json` says: it must be trusted itself."""
    try:
        issuer = read_issuer(read_document((site / LIST).read_bytes()))
    except (OSError, Unreadable):
        raise Refused(f"{site} bukan salinan situs penerbit: tidak ada {LIST} yang terbaca di sana.") from None
    files = [*site.glob("status/*.json"), *site.glob(f"{SHARED}/*.json"), site / CORRECTIONS, site / DIGESTS]
    documents = {path.relative_to(site).as_posix(): document for path in files if (document := _read(path)) is not None}
    return _published(issuer, documents, None)


def _published(issuer: Issuer, documents: Mapping[str, Json], printed: Mapping[str, list[str]] | None) -> Published:
    def under(folder: str) -> list[Json]:
        return [document for path, document in documents.items() if path.startswith(f"{folder}/")]

    def alone(path: str) -> list[Json]:
        return [documents[path]] if path in documents else []

    return published([issuer], under("status"), under(SHARED), alone(CORRECTIONS), alone(DIGESTS), printed)


def _read(path: Path) -> Json | None:
    """What cannot be read counts as not there; the verdict says which list it had."""
    try:
        return read_document(path.read_bytes())
    except (OSError, Unreadable):
        return None
