"""What the next build publishes: signed, dated, complete, and without a name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from psm_course.credentials.lists import digests
from psm_course.credentials.verification.copies import published_there
from psm_course.credentials.verification.verification import verify
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.registrar.certificates.keys.keyring import Signer, new_key, rotate_key
from psm_course.registrar.certificates.printing import print_certificates
from psm_course.registrar.certificates.publishing import public_files, publish_status
from psm_course.registrar.log.log_key import open_log_key
from psm_course.settings import Settings
from psm_course.store.engine import Store
from tests.published import site_of
from tests.register_builders import ACTOR, NOW, a_cohort, a_course, completes, events_of

COURSE = a_course()
SITE = "https://dinsos.depok.go.id/psm"
PASSPHRASE = "empat kata yang acak"  # noqa: S105 - of a key that lives for one test
LATER = NOW + timedelta(days=7)
PICTURES = ["lencana/lulus.png", "lencana/mengikuti.png"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "var", site_address=SITE)


@pytest.fixture
def signer(store: Store, settings: Settings) -> Signer:
    return new_key(store, settings, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, NOW)


def issued(store: Store, settings: Settings, signer: Signer) -> None:
    completes(
        store,
        COURSE,
        *[person.number for person in a_cohort(store, "Siti Rahayu", "Ujang Hidayat")],
    )
    issue_records(store, COURSE, settings, signer, "D26", ACTOR, NOW)
    list(print_certificates(store, settings, "D26", ACTOR, NOW))
    publish_status(store, signer, ACTOR, NOW)


def without_the_log(files: Mapping[str, bytes]) -> list[str]:
    """Paths in their order; what of the log is published, `tests/registrar/log` looks at."""
    return sorted(path for path in files if not path.startswith("log/"))


def test_without_a_key_there_is_nothing_to_publish(store: Store, settings: Settings) -> None:
    assert public_files(store, settings) == {}


def test_a_key_alone_is_published_with_the_did_document(
    store: Store, settings: Settings, signer: Signer
) -> None:
    files = public_files(store, settings)

    assert without_the_log(files) == ["did.json", "keys.json", *PICTURES]
    published = json.loads(files["keys.json"])
    assert [key["multikey"] for key in published.pop("log_keys")] == [
        open_log_key(settings).multikey
    ]
    assert published == signer.issuer.to_json()
    assert json.loads(files["did.json"])["id"] == "did:web:dinsos.depok.go.id:psm"


def test_at_the_root_of_a_host_the_did_document_stands_where_the_standard_wants_it(
    store: Store, tmp_path: Path
) -> None:
    settings = Settings(data=tmp_path, site_address="https://psm.depok.go.id")
    new_key(store, settings, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, NOW)

    assert without_the_log(public_files(store, settings)) == [
        ".well-known/did.json",
        "keys.json",
        *PICTURES,
    ]


def test_everything_a_checker_needs_is_published_and_no_name(
    store: Store, settings: Settings, signer: Signer
) -> None:
    issued(store, settings, signer)

    written = public_files(store, settings)

    (shared,) = [name for name in written if name.startswith("terbitan/")]
    assert without_the_log(written) == sorted(
        [
            "did.json",
            "keys.json",
            *PICTURES,
            "perbaikan.json",
            "sidik.json",
            "status/0-refresh.json",
            "status/0-revocation.json",
            shared,
        ]
    )
    for word in ("Siti", "Ujang", "D26-001"):
        assert [name for name, content in written.items() if word.encode() in content] == []
    listed = json.loads(written["sidik.json"])["pdfs"]
    assert list(listed) == ["800.2/0001/PSM-DASAR/XI/2026", "800.2/0002/PSM-DASAR/XI/2026"]


def test_lists_signed_anew_bear_their_new_date(
    store: Store, settings: Settings, signer: Signer
) -> None:
    issued(store, settings, signer)

    publish_status(store, signer, ACTOR, LATER)

    files = public_files(store, settings)
    assert json.loads(files["status/0-revocation.json"])["validFrom"] == "2026-12-01T02:00:00Z"
    assert {json.loads(files[name])["as_of"] for name in ("perbaikan.json", "sidik.json")} == {
        "2026-12-01T02:00:00Z"
    }
    assert events_of(store)[-1] == (ACTOR, "status published", signer.key.multikey[-12:], {})


# ---- many ----------------------------------------------------------------------------------------


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two numbers are more than one file holds."""
    monkeypatch.setattr(digests, "MOST_IN_ONE", 1)


@pytest.mark.usefixtures("many")
def test_the_digests_of_many_are_published_in_parts_and_tell_a_changed_page(
    store: Store, settings: Settings, signer: Signer, tmp_path: Path
) -> None:
    issued(store, settings, signer)
    site_of(store, settings, tmp_path / "situs")
    (first, _) = (settings.records / "D26").glob("*.pdf")

    known = published_there(tmp_path / "situs")

    files = public_files(store, settings)
    assert sorted(name for name in files if name.startswith("sidik")) == [
        "sidik.json",
        *(f"sidik/{part}.json" for part in "0123456789abcdef"),
    ]
    assert (
        json.loads(files["sidik.json"])["pdfs"],
        json.loads(files["sidik.json"])["letters"],
    ) == ({}, 1)
    assert len(known.pdfs) == 2
    assert verify(first.read_bytes(), known, NOW).verdict == "valid"
    assert verify(first.read_bytes() + b"\n", known, NOW).verdict == "tampered"


@pytest.mark.usefixtures("many")
def test_only_parts_that_changed_are_signed_anew_until_the_key_changes(
    store: Store, settings: Settings, signer: Signer
) -> None:
    issued(store, settings, signer)
    before = public_files(store, settings)
    publish_status(store, signer, ACTOR, LATER)
    later = public_files(store, settings)
    rotated = rotate_key(store, settings, PASSPHRASE, ACTOR, LATER)
    publish_status(store, rotated, ACTOR, LATER)
    last = public_files(store, settings)

    parts = [name for name in before if name.startswith("sidik/")]
    assert [name for name in parts if later[name] != before[name]] == []
    assert [name for name in parts if last[name] == before[name]] == []
    assert json.loads(later["sidik.json"])["as_of"] == "2026-12-01T02:00:00Z"


def test_parts_that_were_outgrown_are_published_no_more(
    store: Store, settings: Settings, signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "MOST_IN_ONE", 1)
    issued(store, settings, signer)
    monkeypatch.setattr(digests, "_MOST_IN_A_PART", 0.1)
    publish_status(store, signer, ACTOR, LATER)

    parts = [name for name in public_files(store, settings) if name.startswith("sidik/")]

    assert ({len(name) for name in parts}, len(parts)) == ({len("sidik/3f.json")}, 256)
