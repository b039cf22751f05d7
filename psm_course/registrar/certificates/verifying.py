"""Check certificates with this office's own register.

Checks with copies of sites are in `credentials.verification.copies`.
"""

import json

from psm_course.credentials.signing.keys import Issuer
from psm_course.credentials.verification.published import Published, published_at
from psm_course.registrar.certificates.keys.keyring import find_issuer
from psm_course.registrar.log.log_key import log_keys
from psm_course.settings import Settings
from psm_course.store.certificates import publications, records
from psm_course.store.engine import Store


def published_here(store: Store, settings: Settings) -> Published:
    """Read everything that this office published or printed.

    The result serves to check any number of certificates. The digests of printed files are in the
    result even before they are published. An office without a key for certificates has only its log
    keys, which sign receipts.

    Raises:
        Refused: a list of keys is broken.
    """
    issuer = find_issuer(settings) or Issuer("", "kantor ini", "", log_keys=log_keys(settings))
    with store.reading() as tx:
        documents = [
            (path, json.loads(text)) for path, text in publications.list_publications(tx).items()
        ]
        printed = records.file_digests(tx)
    return published_at([issuer], documents, pdfs=printed)
