"""Verifiers that are not ours, fetched by name and exact version when they are first needed, and kept in the user's cache."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
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

VERIFIERS = Path(__file__).parent / "verifiers"
MULTIKEY = "https://w3id.org/security/multikey/v1"
# 1EdTech's licence lets users fetch its schema, not us hand it on; this package's source carries it word for word.
SCHEMA_SOURCE = "openbadgeslib==4.6.3"
SCHEMA = "tests/fixtures/ob_schemas/ob_v3p0_achievementcredential_schema.json"
SCHEMA_DIGEST = "b7358e895f492e74055dc6bfc7ffc420d0e497f90c4579fb83d9519b86d393ea"

DigitalBazaar = Callable[[Sequence[Json], Issuer, Sequence[Json]], list[Json]]


def _kept(name: str, fetch: Callable[[Path], None]) -> Path:
    """A folder of the cache, filled by `fetch` when it is not there yet. Two test runs at once do not disturb each other."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "psm-course-tests"
    kept = cache / name
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(dir=cache))
        fetch(new)
        try:
            new.rename(kept)
        except OSError:  # another run was faster
            shutil.rmtree(new)
    return kept


@pytest.fixture(scope="session")
def digital_bazaar() -> DigitalBazaar:
    """Verifies documents by @digitalbazaar/vc, given the issuer's DID document and the published status lists."""
    lock = (VERIFIERS / "package-lock.json").read_bytes()
    folder = _kept(f"verifiers-{hashlib.sha256(lock).hexdigest()[:16]}", _install)

    def verify(documents: Sequence[Json], issuer: Issuer, lists: Sequence[Json]) -> list[Json]:
        job = {"documents": documents, "resources": _resources(issuer, lists)}
        script = (VERIFIERS / "verify.mjs").read_text(encoding="utf-8")
        command = ["node", "--input-type=module", "--eval", script]
        done = subprocess.run(command, cwd=folder, input=json.dumps(job), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        answers: list[Json] = json.loads(done.stdout)
        return answers

    return verify


def _install(folder: Path) -> None:
    assert shutil.which("npm"), "these tests need Node.js 20 or newer with npm (on Debian: apt-get install nodejs npm)"
    for name in ("package.json", "package-lock.json"):
        shutil.copy(VERIFIERS / name, folder / name)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=folder, check=True)


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
    raw = (_kept(SCHEMA_SOURCE, _fetch_schema) / "schema.json").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == SCHEMA_DIGEST
    schema: Json = json.loads(raw)
    return schema


def _fetch_schema(folder: Path) -> None:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary", ":all:"]
    subprocess.run([*pip, "--dest", str(folder), SCHEMA_SOURCE], check=True)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        (member,) = [each for each in packed.getmembers() if each.name.endswith(SCHEMA)]
        stream = packed.extractfile(member)
        assert stream is not None
        (folder / "schema.json").write_bytes(stream.read())
    archive.unlink()
