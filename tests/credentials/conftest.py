"""Verifiers that are not ours, of exact versions, which the set-up step has fetched."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import openbadgeslib.ob3.contexts
import pytest

from psm_course.credentials.documents import Json
from psm_course.credentials.formats.badge import OPEN_BADGES
from psm_course.credentials.signing.identity import did_document
from psm_course.credentials.signing.keys import Issuer
from tests.needs import BADGE_SCHEMA, NODE, VERIFIERS

VERIFY = Path(__file__).parent / "verifiers" / "verify.mjs"
MULTIKEY = "https://w3id.org/security/multikey/v1"
SCHEMA_DIGEST = "b7358e895f492e74055dc6bfc7ffc420d0e497f90c4579fb83d9519b86d393ea"

DigitalBazaar = Callable[[Sequence[Json], Issuer, Sequence[Json]], list[Json]]


@pytest.fixture(scope="session")
def digital_bazaar() -> DigitalBazaar:
    """Verifies documents by @digitalbazaar/vc, given the issuer's DID document and the published status lists."""
    node, folder = NODE.require(), VERIFIERS.require()

    def verify(documents: Sequence[Json], issuer: Issuer, lists: Sequence[Json]) -> list[Json]:
        job = {"documents": documents, "resources": _resources(issuer, lists)}
        script = VERIFY.read_text(encoding="utf-8")
        command = [node, "--input-type=module", "--eval", script]
        done = subprocess.run(command, cwd=folder, input=json.dumps(job), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        answers: list[Json] = json.loads(done.stdout)
        return answers

    return verify


def _resources(issuer: Issuer, lists: Sequence[Json]) -> Mapping[str, Any]:
    """What the verifier would fetch from the network: contexts, the DID document, each of its keys, the lists."""
    document = did_document(issuer)
    keys = {method["id"]: {"@context": MULTIKEY, **method} for method in document["verificationMethod"]}
    context = files(openbadgeslib.ob3.contexts).joinpath("ob-v3p0-context-3.0.3.json").read_text(encoding="utf-8")
    multikey = files(openbadgeslib.ob3.contexts).joinpath("security-multikey-v1.json").read_text(encoding="utf-8")
    return {
        issuer.did: document,
        OPEN_BADGES: json.loads(context),
        MULTIKEY: json.loads(multikey),
        **keys,
        **{each["id"]: each for each in lists},
    }


@pytest.fixture(scope="session")
def official_schema() -> Json:
    """1EdTech's JSON schema of an AchievementCredential."""
    raw = (BADGE_SCHEMA.require() / "schema.json").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == SCHEMA_DIGEST
    schema: Json = json.loads(raw)
    return schema
