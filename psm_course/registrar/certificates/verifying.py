"""Checking certificates with what an office has published: from the register of this office, or from copies of sites."""

import json
from contextlib import suppress
from pathlib import Path

from psm_course.credentials.documents import Json, Unreadable, read_document
from psm_course.credentials.lists.places import CORRECTIONS, DIGEST_PARTS, DIGESTS, KEYS, SHARED, SNAPSHOT, STATUS, TURNS
from psm_course.credentials.lists.snapshot import read_snapshot
from psm_course.credentials.signing.keys import Issuer, log_key_json, read_issuer
from psm_course.credentials.verification.published import Published, published
from psm_course.credentials.verification.trust import trusted
from psm_course.errors import Refused
from psm_course.registrar.certificates.keyring import find_issuer
from psm_course.registrar.log.log_key import log_keys
from psm_course.settings import Settings
from psm_course.store.certificates import publications, records
from psm_course.store.engine import Store


def published_here(store: Store, settings: Settings) -> Published:
    """What this office knows itself, read once for any number of certificates. Every file it printed is known, published or not.

    Before it has a key for certificates it is known by those of its log, which sign receipts.
    """
    issuer = find_issuer(settings) or Issuer("", "kantor ini", "", log_keys=log_keys(settings))
    with store.reading() as tx:
        documents = [(path, json.loads(text)) for path, text in publications.list_publications(tx).items()]
        printed = records.given_out(tx)
    lists, shared, corrections, digests = (
        [each for path, each in documents if path.startswith(place)] for place in (STATUS, SHARED, CORRECTIONS, DIGEST_PARTS)
    )
    return published([issuer], lists, shared, corrections, digests, pdfs=printed)


def keys_now(settings: Settings) -> Json:
    """The `keys.json` of today, however old the site is. Before the office has a key for certificates, those of its log alone.

    Refused where a list of keys is broken.
    """
    issuer = find_issuer(settings)
    return issuer.to_json() if issuer else {"log_keys": [log_key_json(key) for key in log_keys(settings)]}


def published_there(*sites: Path) -> Published:
    """What stands in copies of offices' sites, the one known longest first: all that others can know. The first copy of an office must be
    trusted; a later one counts as far as it follows from it.

    Refused where a folder is no such copy, or its snapshot is broken.
    """
    return trusted([_copy_of(site) for site in sites])


def _copy_of(site: Path) -> Json:
    """The documents by path. What cannot be read counts as not there, and the verdict says which list it had; not so the keys."""
    trust = SNAPSHOT if (site / SNAPSHOT).exists() else KEYS
    try:
        documents = {trust: read_document((site / trust).read_bytes())}
        (read_issuer if trust == KEYS else read_snapshot)(documents[trust])
    except (OSError, Unreadable, Refused):
        raise Refused(f"{site} bukan salinan situs penerbit: tidak ada {trust} yang terbaca di sana.") from None
    listed = [path for place in (STATUS, SHARED, DIGEST_PARTS, TURNS) for path in sorted(site.glob(f"{place}/*.json"))]
    for path in [*listed, site / CORRECTIONS, site / DIGESTS]:
        with suppress(OSError, Unreadable):
            documents[path.relative_to(site).as_posix()] = read_document(path.read_bytes())
    return documents
