"""The issuer's DID (its identifier for verifiers), and the DID document to publish.

The DID is a `did:web` for a site with its own address, a `did:key` for tests and demos.
"""

import re
from urllib.parse import quote, urlsplit

from psm_course.credentials.documents import Json, written
from psm_course.credentials.signing.keys import Issuer, PublicKey, SigningKey
from psm_course.errors import Refused

_HOST = re.compile(r"(?=.*[a-z])[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


def did_key(key: SigningKey) -> str:
    """Return the public key as an identifier of the form `did:key:z…`."""
    return f"did:key:{key.multikey}"


def method_of(did: str, multikey: str) -> str:
    """Return the id of one key of an issuer, `DID#MULTIKEY`.

    The form is the same for `did:web` and `did:key`.
    """
    return f"{did}#{multikey}"


def did_web(site: str) -> str:
    """Return the `did:web` for a site's address.

    `https://dinsos.contoh.go.id/psm` gives `did:web:dinsos.contoh.go.id:psm`.

    Raises:
        Refused: the address is not https, or its host is a number instead of a name.
    """
    host, port, segments = _parts(site)
    named = f"{host}%3A{port}" if port else host
    return ":".join(["did:web", named, *segments])


def did_document_path(site: str) -> str:
    """Return the path of the DID document below the site.

    The path is `.well-known/did.json`, or `did.json` if the site's address has a folder.
    """
    return "did.json" if _parts(site)[2] else ".well-known/did.json"


def _parts(site: str) -> tuple[str, int | None, list[str]]:
    try:
        address = urlsplit(site)
        host, port = (address.hostname or ""), address.port
    except ValueError:
        host, port, address = "", None, urlsplit("")
    if (
        address.scheme != "https"
        or not _HOST.fullmatch(host)
        or address.query
        or address.fragment
        or address.username is not None
    ):
        raise Refused(
            f'Alamat situs "{site}" tidak dapat dipakai. Tulis lengkap dengan https, misalnya'
            " https://dinsos.contoh.go.id/psm."
        )
    return host, port, [quote(part, safe="%") for part in address.path.split("/") if part]


def did_document(issuer: Issuer) -> Json:
    """Build the DID document, which a verifier fetches for a `did:web`.

    `verificationMethod` contains all keys of the office. `assertionMethod`, the list of keys that
    may sign, also contains the retired keys, so that old certificates stay valid. It does not
    contain the compromised keys.
    """
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": issuer.did,
        "verificationMethod": [_method(issuer.did, key) for key in issuer.keys],
        "assertionMethod": [
            method_of(issuer.did, key.multikey) for key in issuer.keys if key.compromised_at is None
        ],
    }


def _method(did: str, key: PublicKey) -> Json:
    method = {
        "id": method_of(did, key.multikey),
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": key.multikey,
    }
    return method | ({"revoked": written(key.compromised_at)} if key.compromised_at else {})
