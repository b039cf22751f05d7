"""Credential files as a stranger may hand them in: the same in another dress, changed in one place,
or something else altogether.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path as Folder
from typing import Any

from psm_course.credentials.documents import Json
from tests.credentials.signed import FOREIGN_KEY, FOREIGN_OFFICE, NOW, a_badge, a_record, as_bytes

Path = tuple[str | int, ...]
GENUINE = a_badge()
# Changed here, the document names another signer; everywhere else it is no longer what was signed.
NAMES_THE_SIGNER = {("issuer",), ("issuer", "id"), ("proof", 0, "verificationMethod")}
EARLIER = json.loads(
    (Folder(__file__).parent / "earlier" / "certificate.json").read_text(encoding="utf-8")
)  # it has one proof


def same_documents() -> dict[str, bytes]:
    text = json.dumps(GENUINE, ensure_ascii=False)
    return {
        "as-issued": as_bytes(GENUINE),
        "names-in-reverse": as_bytes(_reversed(GENUINE)),
        "names-sorted": json.dumps(GENUINE, sort_keys=True).encode(),
        "indented": json.dumps(GENUINE, indent=4, ensure_ascii=False).encode(),
        "escaped": json.dumps(GENUINE).encode(),
        "byte-order-mark": b"\xef\xbb\xbf" + text.encode(),
        "blank-lines-around": f"\r\n\t {text}\n\n".encode(),
        "sixteen-point-zero": text.replace('"creditsEarned": 16', '"creditsEarned": 16.0').encode(),
        "sixteen-as-power": text.replace('"creditsEarned": 16', '"creditsEarned": 1.6e1').encode(),
        "proofs-in-reverse": as_bytes({**GENUINE, "proof": GENUINE["proof"][::-1]}),
        "one-proof": as_bytes(EARLIER),
        "one-proof-not-in-a-list": as_bytes({**EARLIER, "proof": EARLIER["proof"][0]}),
    }


def other_proofs() -> Iterator[tuple[str, Json]]:
    """The first proof is genuine, and what stands beside it is not what was made with it."""
    first, second = GENUINE["proof"]
    of_another = a_badge(a_record(number="800.2/0008/PSM-DASAR/VI/2025"))["proof"][1]
    later = a_badge(at=NOW)["proof"][1]
    beside: dict[str, list[Any]] = {
        "none": [],
        "twice": [second, second],
        "one-more": [second, of_another],
        "of-another-certificate": [of_another],
        "of-another-day": [later],
        "of-another-office": [a_badge(key=FOREIGN_KEY, issuer=FOREIGN_OFFICE)["proof"][1]],
        "its-digest-alone": [first["nonce"]],
        "emptied": [{}],
        "nothing": [None],
    }
    for name, others in beside.items():
        yield name, {**GENUINE, "proof": [first, *others]}
    yield "first-alone-not-in-a-list", {**GENUINE, "proof": first}
    yield "second-alone", {**GENUINE, "proof": [second]}
    yield (
        "nonce-taken-away",
        {
            **GENUINE,
            "proof": [{name: value for name, value in first.items() if name != "nonce"}, second],
        },
    )
    yield "added-to-one-proof", {**EARLIER, "proof": [*EARLIER["proof"], second]}
    yield "added-before-one-proof", {**EARLIER, "proof": [second, *EARLIER["proof"]]}
    yield "something-added-to-one-proof", {**EARLIER, "proof": [*EARLIER["proof"], "z1"]}


def _reversed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _reversed(each) for name, each in reversed(value.items())}
    return [_reversed(each) for each in value] if isinstance(value, list) else value


_TEXT = json.dumps(GENUINE, ensure_ascii=False)
OTHER_JSON = {
    "nothing": b"",
    "a-list": b"[]",
    "list-of-the-certificate": f"[{_TEXT}]".encode(),
    "cut-off": _TEXT[:-1].encode(),
    "followed-by-more": f"{_TEXT} {{}}".encode(),
    "half-a-letter": _TEXT.encode()[:-9] + b"\xff" + _TEXT.encode()[-9:],
    "utf-16": _TEXT.encode("utf-16"),
    "latin-1": '{"a": "é"}'.encode("latin-1"),
    "twice-the-same-name": _TEXT.replace(
        '{"@context"', '{"name": "Sertifikat Bimtek Dasar PSM", "@context"'
    ).encode(),
    "another-name-first": _TEXT.replace(
        '"licenseNumber"', '"licenseNumber": "800.2/9999", "licenseNumber"'
    ).encode(),
    "proof-value-twice": _TEXT.replace('"proofValue"', '"proofValue": "z1", "proofValue"').encode(),
    "not-a-number": _TEXT.replace('"creditsEarned": 16', '"creditsEarned": NaN').encode(),
    "endless": _TEXT.replace('"creditsEarned": 16', '"creditsEarned": Infinity').encode(),
    "one-apostrophe": _TEXT.replace('"hashed"', "'hashed'").encode(),
    "a-comma-too-many": _TEXT.replace('"proof": [', '"proof": [,').encode(),
    "too-deep": b'{"a": ' + b"[" * 100 + b"]" * 100 + b"}",
    "far-too-deep": b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "huge": as_bytes({**GENUINE, "added": "a" * 1_000_000}),
}


def changed_documents() -> Iterator[tuple[str, Json, str]]:
    """Each value changed, or taken away; a name added to each object, a value to each list."""
    for path, value in _walk(GENUINE, ()):
        if not path:
            continue
        name = "/".join(map(str, path))
        yield f"{name}/changed", _set(path, _another(value)), _verdict(path)
        yield f"{name}/emptied", _set(path, None), _verdict(path)
        yield f"{name}/taken-away", _without(path), _verdict(path)
        if isinstance(value, dict):
            yield f"{name}/name-added", _set(path, {**value, "added": "x"}), "tampered"
        if isinstance(value, list):
            yield f"{name}/value-added", _set(path, [*value, value[0]]), "tampered"
    yield "name-added", {**GENUINE, "added": "x"}, "tampered"
    yield "number-too-large", {**GENUINE, "added": 12345678901234567890}, "tampered"


def changed_bytes() -> Iterator[tuple[str, bytes]]:
    """One bit changed in every eleventh byte, another bit each time."""
    raw = as_bytes(GENUINE)
    for at in range(0, len(raw), 11):
        yield f"{at}", raw[:at] + bytes([raw[at] ^ 1 << at % 8]) + raw[at + 1 :]


def _verdict(path: Path) -> str:
    return "unknown_issuer" if path in NAMES_THE_SIGNER else "tampered"


def _walk(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    yield path, value
    children = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for name, child in children:
        yield from _walk(child, (*path, name))


def _another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, int):
        return value + 1
    return "x"


def _set(path: Path, value: Any) -> Json:
    document = copy.deepcopy(GENUINE)
    _holder(document, path)[path[-1]] = value
    return document


def _without(path: Path) -> Json:
    document = copy.deepcopy(GENUINE)
    del _holder(document, path)[path[-1]]
    return document


def _holder(document: Any, path: Path) -> Any:
    for name in path[:-1]:
        document = document[name]
    return document
