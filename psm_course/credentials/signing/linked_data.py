"""Our signed documents as linked data: the canonical N-Quads (RDFC-1.0).

The proof `eddsa-rdfc-2022` signs these N-Quads.

This module is not a general JSON-LD processor. It knows only the field names and types that our own
documents use, and their definitions in the JSON-LD contexts of W3C and 1EdTech. A general processor
would read the context files, which we may not redistribute, and would take twenty times as long.
The tests compare the results of this module with the results of the processor pyld.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

_VC = "https://www.w3.org/2018/credentials#"
_STATUS = "https://www.w3.org/ns/credentials/status#"
_SECURITY = "https://w3id.org/security#"
_BADGES = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
_SCHEMA = "https://schema.org/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_XSD_OF_1EDTECH = "https://www.w3.org/2001/XMLSchema#"  # so it stands in its context
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_ADDRESS = "@id"

_TYPES = {
    "VerifiableCredential": _VC,
    "OpenBadgeCredential": _BADGES,
    "AchievementSubject": _BADGES,
    "Achievement": _BADGES,
    "Evidence": _BADGES,
    "IdentityObject": _BADGES,
    "Image": _BADGES,
    "Profile": _BADGES,
    "Result": _BADGES,
    "ResultDescription": _BADGES,
    "1EdTechJsonSchemaValidator2019": "https://purl.imsglobal.org/spec/vccs/v1p0/context.json#",
    "BitstringStatusListCredential": _STATUS,
    "BitstringStatusListEntry": _STATUS,
    "BitstringStatusList": _STATUS,
    "DataIntegrityProof": _SECURITY,
}

# What each word is called, and what its values are: plain text (""), an address,
# or text of a data type.
_WORDS: dict[str, tuple[str, str]] = {
    **{
        word: (_VC + word, _ADDRESS)
        for word in (
            "credentialSchema",
            "credentialStatus",
            "credentialSubject",
            "evidence",
            "issuer",
        )
    },
    **{word: (_VC + word, f"{_XSD}dateTime") for word in ("validFrom", "validUntil")},
    **{word: (_STATUS + word, "") for word in ("statusPurpose", "statusListIndex")},
    "statusListCredential": (f"{_STATUS}statusListCredential", _ADDRESS),
    "encodedList": (f"{_STATUS}encodedList", f"{_SECURITY}multibase"),
    **{
        word: (_BADGES + word, "")
        for word in ("achievement", "achievementType", "identifier", "narrative", "result")
    },
    **{
        word: (_BADGES + word, "")
        for word in ("identityHash", "identityType", "licenseNumber", "term")
    },
    **{word: (_BADGES + word, "") for word in ("resultType", "valueMin", "valueMax")},
    **{
        word: (_BADGES + word, f"{_XSD_OF_1EDTECH}date")
        for word in ("activityStartDate", "activityEndDate")
    },
    **{
        word: (_BADGES + word, f"{_XSD_OF_1EDTECH}float")
        for word in ("creditsEarned", "creditsAvailable")
    },
    # Its context names no "xsd", so it stays as it stands there.
    "awardedDate": (f"{_BADGES}awardedDate", "xsd:dateTime"),
    "hashed": (f"{_BADGES}hashed", f"{_XSD_OF_1EDTECH}boolean"),
    "criteria": (f"{_BADGES}Criteria", _ADDRESS),
    "image": (f"{_BADGES}image", _ADDRESS),
    "resultDescription": (f"{_BADGES}resultDescription", f"{_XSD_OF_1EDTECH}anyURI"),
    "url": (f"{_SCHEMA}url", f"{_XSD_OF_1EDTECH}anyURI"),
    **{
        word: (_SCHEMA + word, "")
        for word in ("name", "description", "inLanguage", "genre", "email", "caption", "value")
    },
    "created": ("http://purl.org/dc/terms/created", f"{_XSD}dateTime"),
    "cryptosuite": (f"{_SECURITY}cryptosuite", f"{_SECURITY}cryptosuiteString"),
    "verificationMethod": (f"{_SECURITY}verificationMethod", _ADDRESS),
    "proofPurpose": (f"{_SECURITY}proofPurpose", "@vocab"),
}
_NOT_PLAIN = re.compile(r'[\x00-\x1f"\\\x7f]')
_ESCAPES = {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}
_NOT_IN_AN_ADDRESS = re.compile(r'[\x00-\x20<>"{}|^`\\]')

_Quad = tuple[str, str, str]


def canonical_quads(document: Mapping[str, Any]) -> bytes:
    """Return a document as N-Quads: one line for each field value, in canonical order.

    A field name or type that this module does not know is refused. A general JSON-LD processor
    would leave out such a field, and the signature would not protect the field.

    Raises:
        ValueError: a field name or type is unknown, an address has invalid characters, or two JSON
            objects without `id` have the same contents.
    """
    quads: list[_Quad] = []
    nameless: list[str] = []
    _say(document, quads, nameless)
    names = _canonical_names(quads, nameless)
    lines = sorted({_line(tuple(names.get(part, part) for part in quad)) for quad in quads})
    return "".join(lines).encode()


def _say(node: Mapping[str, Any], quads: list[_Quad], nameless: list[str]) -> str:
    """Add the N-Quads of a node, and of the nodes inside it, to `quads`; return the node's name.

    A node is a JSON object of the document. Its name is its `id`, written as an address. A node
    without `id` gets a new name such as `_:b0`, which is also added to `nameless`.
    """
    if "id" in node:
        called = _address(node["id"])
    else:
        called = f"_:b{len(nameless)}"
        nameless.append(called)
    for word, value in node.items():
        for each in value if isinstance(value, list) else [value]:
            quads.extend(
                (called, predicate, said)
                for predicate, said in _statements(word, each, quads, nameless)
            )
    return called


def _statements(
    word: str, value: Any, quads: list[_Quad], nameless: list[str]
) -> Iterator[tuple[str, str]]:
    if word in {"@context", "id"}:
        return
    if word == "type":
        if value not in _TYPES:
            raise ValueError(f'linked data has no type "{value}"')
        yield f"<{_RDF_TYPE}>", f"<{_TYPES[value]}{value}>"
        return
    if word not in _WORDS:
        raise ValueError(f'linked data has no word "{word}"')
    predicate, kind = _WORDS[word]
    yield (
        f"<{predicate}>",
        _say(value, quads, nameless) if isinstance(value, dict) else _value(value, kind),
    )


def _value(value: str | bool | int, kind: str) -> str:
    if kind == _ADDRESS:
        return _address(str(value))
    if kind == "@vocab":
        return _address(f"{_SECURITY}{value}")
    if not isinstance(value, str | int):
        raise ValueError(f"linked data of ours has no value {value!r}")
    text = value if isinstance(value, str) else str(value).lower()
    quoted = (
        '"'
        + _NOT_PLAIN.sub(lambda found: _ESCAPES.get(found[0], f"\\u{ord(found[0]):04X}"), text)
        + '"'
    )
    return f"{quoted}^^<{kind}>" if kind else quoted


def _address(text: str) -> str:
    if _NOT_IN_AN_ADDRESS.search(text) or ":" not in text:
        raise ValueError(f'"{text}" is no address')
    return f"<{text}>"


def _canonical_names(quads: list[_Quad], nameless: list[str]) -> dict[str, str]:
    """Return the final names (RDFC-1.0) of the nodes without `id`, such as `_:c14n0`.

    `nameless` are the names that `_say` gave to these nodes. The result maps each of them to the
    final name. The nodes are numbered in the order of the digests of their contents.

    Raises:
        ValueError: two nodes have the same contents.
    """
    digests = {_digest_of(node, quads): node for node in nameless}
    if len(digests) != len(nameless):
        raise ValueError("two nodes without an id say the same")
    return {node: f"_:c14n{at}" for at, (_, node) in enumerate(sorted(digests.items()))}


def _digest_of(node: str, quads: list[_Quad]) -> str:
    def seen(part: str) -> str:
        return "_:a" if part == node else "_:z" if part.startswith("_:") else part

    lines = sorted(_line(tuple(map(seen, quad))) for quad in quads if node in quad)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _line(quad: tuple[str, ...]) -> str:
    return f"{' '.join(quad)} .\n"
