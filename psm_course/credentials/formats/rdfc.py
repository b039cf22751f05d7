"""The second proof that some wallets ask for, `eddsa-rdfc-2022`: over the document as linked data. Needs the extra `rdfc`.

Thirty times slower than `proof`. We make it; our own verification does not look at it. Contexts come from the copies in
`openbadgeslib` (1EdTech lets nobody else hand on its own), not from the network.
A word without a meaning in its contexts would be dropped in silence: `badge` has none, and the tests' verifiers refuse such a document.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from psm_course.credentials.documents import Json
from psm_course.credentials.formats.badge import OPEN_BADGES, VC
from psm_course.credentials.signing.keys import SigningKey
from psm_course.credentials.signing.multibase import to_multibase
from psm_course.credentials.signing.proof import proof_options
from psm_course.errors import Refused

try:
    from pyld import jsonld
except ImportError:
    jsonld = None

CRYPTOSUITE = "eddsa-rdfc-2022"
_NEEDS = "Bukti kedua (eddsa-rdfc-2022) memerlukan pyld dan openbadgeslib. Pasang dengan: pip install 'psm-course[rdfc]'"
_CONTEXTS = {VC: "credentials-v2.json", OPEN_BADGES: "ob-v3p0-context-3.0.3.json"}


def with_rdfc_proof(signed: Mapping[str, Any], key: SigningKey, did: str, now: datetime) -> Json:
    """The signed credential with a second proof beside its first. Refused without pyld, and for a context that is not ours."""
    unsigned = {name: value for name, value in signed.items() if name != "proof"}
    for address in unsigned["@context"]:
        if address not in _CONTEXTS:
            raise Refused(f"Bukti kedua tidak dapat dibuat: konteks {address} tidak ada di sini.")
    options = proof_options(CRYPTOSUITE, did, key, now)
    proof = options | {"proofValue": to_multibase(key.sign(hash_data(unsigned, options)))}
    return {**signed, "proof": [*signed["proof"], proof]}


def hash_data(unsigned: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """The 64 bytes that are signed."""
    configuration = {**options, "@context": unsigned["@context"]}
    return hashlib.sha256(_canonical(configuration)).digest() + hashlib.sha256(_canonical(unsigned)).digest()


def _canonical(document: Mapping[str, Any]) -> bytes:
    if jsonld is None:
        raise Refused(_NEEDS)
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load}
    return str(jsonld.normalize(document, options)).encode()


def _load(address: str, _: object) -> Json:
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": _context(_CONTEXTS[address])}


@cache
def _context(name: str) -> Json:
    try:
        loaded: Json = json.loads(files("openbadgeslib").joinpath(f"ob3/contexts/{name}").read_text(encoding="utf-8"))
    except ModuleNotFoundError:
        raise Refused(_NEEDS) from None
    return loaded
