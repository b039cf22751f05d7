"""Checking certificates with what an office has published: from the register of this office, or from copies of sites."""

import json
from collections.abc import Iterable
from pathlib import Path

from psm_course.credentials.documents import Json, Unreadable, read_document
from psm_course.credentials.signing.keys import Issuer, log_key_json, read_issuer
from psm_course.credentials.verification.published import Published, published
from psm_course.errors import Refused
from psm_course.registrar.certificates.keyring import LIST, find_issuer
from psm_course.registrar.certificates.publishing import CORRECTIONS, DIGEST_PARTS, DIGESTS, SHARED
from psm_course.registrar.log.log_key import log_keys
from psm_course.settings import Settings
from psm_course.store.certificates import publications, records
from psm_course.store.engine import Store

_LISTS = "status"


def published_here(store: Store, settings: Settings) -> Published:
    """What this office knows itself, read once for any number of certificates. Every file it printed is known, published or not.

    Before it has a key for certificates it is known by those of its log, which sign receipts.
    """
    issuer = find_issuer(settings) or Issuer("", "kantor ini", "", log_keys=log_keys(settings))
    with store.reading() as tx:
        documents = [(path, json.loads(text)) for path, text in publications.list_publications(tx).items()]
        printed = records.given_out(tx)
    lists, shared, corrections, digests = _sorted(documents)
    return published([issuer], lists, shared, corrections, digests, pdfs=printed)


def keys_now(settings: Settings) -> Json:
    """The `keys.json` of today, however old the site is. Before the office has a key for certificates, those of its log alone.

    Refused where a list of keys is broken.
    """
    issuer = find_issuer(settings)
    return issuer.to_json() if issuer else {"log_keys": [log_key_json(key) for key in log_keys(settings)]}


def published_there(*sites: Path) -> Published:
    """What stands in copies of offices' sites: all that others can know. Whose they are, their `keys.json` say: those must be trusted."""
    issuers = [_issuer_of(site) for site in sites]
    return published(issuers, *_sorted([document for site in sites for document in _documents_of(site)]))


def _issuer_of(site: Path) -> Issuer:
    try:
        return read_issuer(read_document((site / LIST).read_bytes()))
    except (OSError, Unreadable):
        raise Refused(f"{site} bukan salinan situs penerbit: tidak ada {LIST} yang terbaca di sana.") from None


def _documents_of(site: Path) -> Iterable[tuple[str, Json]]:
    """What cannot be read counts as not there; the verdict says which list it had."""
    listed = [path for place in (_LISTS, SHARED, DIGEST_PARTS) for path in sorted(site.glob(f"{place}/*.json"))]
    for path in [*listed, site / CORRECTIONS, site / DIGESTS]:
        try:
            yield path.relative_to(site).as_posix(), read_document(path.read_bytes())
        except (OSError, Unreadable):
            continue


def _sorted(documents: Iterable[tuple[str, Json]]) -> tuple[list[Json], list[Json], list[Json], list[Json]]:
    """Status lists, shared facts, corrections and digests, by where they stand."""
    found: dict[str, list[Json]] = {place: [] for place in (_LISTS, SHARED, CORRECTIONS, DIGESTS, DIGEST_PARTS)}
    for path, document in documents:
        found[path.split("/")[0]].append(document)
    return found[_LISTS], found[SHARED], found[CORRECTIONS], found[DIGESTS] + found[DIGEST_PARTS]
