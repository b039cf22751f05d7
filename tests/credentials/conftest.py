"""Verifiers that are not ours, of exact versions, which the set-up step has fetched."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import openbadgeslib.ob3.contexts
import pytest

from psm_course.credentials.documents import Json
from psm_course.credentials.formats.badge import EXTENSIONS, OPEN_BADGES, SCHEMA, VC
from psm_course.credentials.signing.identity import did_document
from psm_course.credentials.signing.keys import Issuer, PublicKey
from psm_course.credentials.signing.multibase import from_multikey
from tests.needs import BADGE_SCHEMA, NODE, VERIFIERS

SCRIPTS = Path(__file__).parent / "verifiers"
MULTIKEY = "https://w3id.org/security/multikey/v1"
CONTEXTS = {
    VC: "credentials-v2.json",
    OPEN_BADGES: "ob-v3p0-context-3.0.3.json",
    EXTENSIONS: "ob-v3p0-extensions.json",
    MULTIKEY: "security-multikey-v1.json",
}
SCHEMA_DIGEST = "b7358e895f492e74055dc6bfc7ffc420d0e497f90c4579fb83d9519b86d393ea"

DigitalBazaar = Callable[[Sequence[Json], Issuer, Sequence[Json]], list[Json]]
Wallets = Callable[[Sequence[Json], Issuer, Sequence[Json]], list[Json]]
Jose = Callable[[Sequence[str], Issuer], list[Json]]


@pytest.fixture(scope="session")
def digital_bazaar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DigitalBazaar]:
    """Verifies documents by @digitalbazaar/vc, given the issuer's DID document and the published
    status lists. One process for all tests: to load the verifiers takes longer than to verify.
    """
    complaints = tmp_path_factory.mktemp("node") / "keluhan.txt"
    with (
        complaints.open("w") as stderr,
        subprocess.Popen(
            _command("verify.mjs"),
            cwd=VERIFIERS.require(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        ) as process,
    ):

        def verify(documents: Sequence[Json], issuer: Issuer, lists: Sequence[Json]) -> list[Json]:
            assert process.stdin is not None
            assert process.stdout is not None
            job = {"documents": documents, "resources": _resources(issuer, lists)}
            process.stdin.write(f"{json.dumps(job)}\n")
            process.stdin.flush()
            line = process.stdout.readline()
            assert line, complaints.read_text()
            answers: list[Json] = json.loads(line)
            return answers

        yield verify


@pytest.fixture(scope="session")
def wallets(official_schema: Json) -> Wallets:
    """The same by @digitalcredentials/verifier-core, which VerifierPlus and Learner Credential
    Wallet ask. It fetches the schema too.
    """

    def verify(documents: Sequence[Json], issuer: Issuer, lists: Sequence[Json]) -> list[Json]:
        resources = {
            **_resources(issuer, lists),
            SCHEMA: official_schema,
            _did_address(issuer): did_document(issuer),
        }
        return _asked("wallet.mjs", {"documents": documents, "resources": resources})

    return verify


@pytest.fixture(scope="session")
def jose() -> Jose:
    """Verifies JSON Web Tokens by npm's jose: what each says of its head and claims, or why it is
    none of this issuer's.
    """
    return lambda tokens, issuer: _asked(
        "jwt.mjs",
        {"tokens": tokens, "keys": [_jwk(key) for key in issuer.keys], "issuer": issuer.did},
    )


def _asked(script: str, job: Mapping[str, Any]) -> list[Json]:
    done = subprocess.run(
        _command(script),
        cwd=VERIFIERS.require(),
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: list[Json] = json.loads(done.stdout)
    return answers


def _command(script: str) -> list[str]:
    code = (SCRIPTS / script).read_text(encoding="utf-8")
    return [str(NODE.require()), "--input-type=module", "--eval", code]


def _jwk(key: PublicKey) -> Json:
    x = base64.urlsafe_b64encode(from_multikey(key.multikey)).decode().rstrip("=")
    return {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": key.multikey}


def _did_address(issuer: Issuer) -> str:
    """Where the document of a `did:web` stands."""
    return f"{issuer.site}/did.json"


def _resources(issuer: Issuer, lists: Sequence[Json]) -> Mapping[str, Any]:
    """What the verifier would fetch from the network: contexts, the DID document, each of its keys,
    the lists.
    """
    document = did_document(issuer)
    keys = {
        method["id"]: {"@context": MULTIKEY, **method} for method in document["verificationMethod"]
    }
    return {
        issuer.did: document,
        **{address: context_of(address) for address in CONTEXTS},
        **keys,
        **{each["id"]: each for each in lists},
    }


def context_of(address: str) -> Json:
    """What a context's address gives: 1EdTech lets nobody hand its own on, but for who has it
    already.
    """
    found: Json = json.loads(
        files(openbadgeslib.ob3.contexts).joinpath(CONTEXTS[address]).read_text(encoding="utf-8")
    )
    return found


@pytest.fixture(scope="session")
def official_schema() -> Json:
    """1EdTech's JSON schema of an AchievementCredential, in the variant that lets one value stand
    for a list of one.
    """
    raw = (BADGE_SCHEMA.require() / "schema.json").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == SCHEMA_DIGEST
    schema: Json = json.loads(raw)
    return schema


@pytest.fixture(scope="session")
def strict_schema(official_schema: Json) -> Json:
    """The other variant: a list where there may be several values, one language only.

    No package carries it. Made from the first by taking the narrower of every two alternatives, it
    was once compared with 1EdTech's own (in `educredentials/obv3-examples`): the same but for
    descriptions, and for evidence of endorsements, which we have none of.
    """
    strict: Json = _strict(official_schema)
    strict["$defs"]["CredentialStatus"]["required"] = ["id", "type"]
    return strict


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    choices = schema.get("oneOf") or schema.get("anyOf")
    if isinstance(choices, list) and len(choices) == 2:
        lists = [each for each in choices if each.get("type") == "array" or "allOf" in each]
        plain = [each for each in choices if "propertyNames" not in each]
        if len(lists) == 1:
            return _strict(lists[0])
        if len(plain) == 1:
            return _strict(plain[0])
    return {name: _strict(value) for name, value in schema.items()}
