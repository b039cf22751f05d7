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
    """The public key as an identifier of the form `did:key:z…`."""
    return f"did:key:{key.multikey}"


def method_of(did: str, multikey: str) -> str:
    """The address of one key of an issuer, for `did:web` and `did:key` alike."""
    return f"{did}#{multikey}"


def did_web(site: str) -> str:
    """The `did:web` of a site's address.

    `https://dinsos.contoh.go.id/psm` gives `did:web:dinsos.contoh.go.id:psm`.

    Raises:
        Refused: the address is not https, or has a number instead of a name.
    """
    host, port, segments = _parts(site)
    named = f"{host}%3A{port}" if port else host
    return ":".join(["did:web", named, *segments])


def did_document_path(site: str) -> str:
    """The path of the DID document below the site.

    It is `.well-known/did.json`, or `did.json` for a site in a folder.
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
    """The document that `did:web` resolves to.

    Retired keys stay, so that old certificates are valid; compromised ones do not.
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
