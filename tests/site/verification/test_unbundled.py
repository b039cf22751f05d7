"""The modules that verify, as they are written, in Node: the library's verdicts, by WebCrypto and
by noble; and noble's own pieces.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.site.unbundled import Modules, unbundled
from tests.site.verification.odd_signatures import odd_signatures
from tests.site.verification.test_same_verdicts import has_signed

SCRIPT = Path(__file__).with_name("unbundled.mjs")


@pytest.fixture(scope="module", params=["with WebCrypto", "without WebCrypto"])
def modules(request: pytest.FixtureRequest) -> Iterator[Modules]:
    with unbundled(SCRIPT, request.param) as found:
        assert found.call("has_webcrypto") == (request.param == "with WebCrypto")
        yield found


@pytest.fixture(scope="module")
def noble() -> Iterator[Modules]:
    with unbundled(SCRIPT) as found:
        yield found


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def test_every_tampered_certificate_gets_the_library_s_verdict(
    modules: Modules, table: dict[str, Any]
) -> None:
    for name, world in table["worlds"].items():
        modules.call("world", name, world)

    found = {
        case["id"]: modules.call("verify", case["given"], case["world"], case["now"])
        for case in table["cases"]
    }

    assert len(found) == len(table["cases"]) >= 1_000
    assert {
        case["id"]: found[case["id"]]
        for case in table["cases"]
        if found[case["id"]] != case["expected"]
    } == {}


def test_signatures_on_which_checkers_disagree_are_judged_as_by_openssl(noble: Modules) -> None:
    given = list(odd_signatures())

    found = [noble.call("has_signed", *map(text, one)) for one in given]

    assert found == [judged_by_openssl(*one) for one in given]
    assert Counter(found)[True] > 30
    assert Counter(found)[False] > 200


def judged_by_openssl(key: bytes, signature: bytes, message: bytes) -> bool:
    # Of other lengths cryptography says that they are no key.
    return len(key) == 32 and has_signed(key, signature, message)


def test_digests_are_python_s(noble: Modules) -> None:
    chance = random.Random(180)  # noqa: S311 - a fixed load
    for length in (0, 1, 55, 56, 63, 64, 65, 119, 120, 1000):
        key, data = chance.randbytes(chance.choice([0, 16, 64, 65, 200])), chance.randbytes(length)

        assert noble.call("sha256", text(data)) == hashlib.sha256(data).hexdigest()
        assert noble.call("hmac", text(key), text(data)) == hmac.digest(key, data, "sha256").hex()
        assert (
            noble.call("hkdf", text(data), text(b"psm-mac/1"))
            == HKDF(SHA256(), 32, salt=None, info=b"psm-mac/1").derive(data).hex()
        )
