"""Announcing: what readers who know the last snapshot will believe, and what still waits for it."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.credentials.lists.snapshot import read_snapshot
from psm_course.credentials.signing.key_files import read_key_file
from psm_course.credentials.verification.trust import renewed
from psm_course.errors import Refused
from psm_course.registrar.certificates.announcing import (
    Needed,
    Waiting,
    announce,
    needed_to_announce,
    waiting_to_be_announced,
)
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.registrar.certificates.keys.keyring import (
    Signer,
    get_issuer,
    key_path,
    mark_compromised,
    new_key,
    rotate_key,
)
from psm_course.registrar.certificates.keys.root_key import (
    check_new_root,
    make_root_key,
    open_root_key,
)
from psm_course.registrar.certificates.publishing import public_files
from psm_course.registrar.log.remote_site import forget_arrived, note_arrived, note_shown
from psm_course.registrar.soundness.publications import publication_problems
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.certificates import publications
from psm_course.store.engine import Store
from tests.register_builders import ACTOR, NOW, a_cohort, a_course, completes, events_of

COURSE = a_course()
PASSPHRASE, OTHER = "empat kata yang acak", "frasa kunci akar lain"
DAY = timedelta(days=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        root=tmp_path / "kursus",
        data=tmp_path / "var",
        site_address="https://dinsos.depok.go.id/psm",
    )


@pytest.fixture
def signer(store: Store, settings: Settings) -> Signer:
    return new_key(store, settings, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, NOW)


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    """What is not on the laptop."""
    (tmp_path / "flashdisk").mkdir()
    return tmp_path / "flashdisk" / "akar.kunci"


def site(store: Store, settings: Settings) -> dict[str, object]:
    return {
        path: json.loads(content)
        for path, content in public_files(store, settings).items()
        if path.endswith(".json")
    }


def test_a_snapshot_names_every_list_by_the_digest_of_its_file(
    store: Store, settings: Settings, signer: Signer
) -> None:
    made = announce(store, signer, (), ACTOR, NOW)

    files = public_files(store, settings)
    assert sorted(made.files) == [
        "perbaikan.json",
        "sidik.json",
        "status/0-refresh.json",
        "status/0-revocation.json",
    ]
    assert {path: hashlib.sha256(files[path]).hexdigest() for path in made.files} == made.files
    assert {path: each["length"] for path, each in made.document["files"].items()} == {
        path: len(files[path]) for path in made.files
    }
    assert (made.version, made.made, made.valid_until) == (1, NOW, NOW + timedelta(days=180))
    assert json.loads(files["snapshot.json"]) == made.document


def test_the_next_one_names_the_one_before(store: Store, signer: Signer) -> None:
    first = announce(store, signer, (), ACTOR, NOW)

    second = announce(store, signer, (), ACTOR, NOW + DAY)

    assert (second.version, second.turns, second.document["previous"]) == (
        2,
        (),
        f"sha256:{first.digest}",
    )


def test_a_restored_register_goes_on_from_what_stands_on_the_site(
    store: Store, settings: Settings, signer: Signer
) -> None:
    first = announce(store, signer, (), ACTOR, NOW)
    settings.site.mkdir(parents=True)
    (settings.site / "snapshot.json").write_text(
        json.dumps({**first.document, "version": 41}), encoding="utf-8"
    )

    assert announce(store, signer, (), ACTOR, NOW + DAY).version == 42


def test_after_a_rotation_the_key_that_readers_know_must_sign_too(
    store: Store, settings: Settings, signer: Signer
) -> None:
    first = announce(store, signer, (), ACTOR, NOW)
    rotated = rotate_key(store, settings, PASSPHRASE, ACTOR, NOW + DAY)

    with pytest.raises(Refused, match="kunci yang mereka kenal"):
        announce(store, rotated, (), ACTOR, NOW + DAY)
    needed = needed_to_announce(store, rotated.issuer)
    before = read_key_file(key_path(settings, signer.key.multikey), PASSPHRASE)
    second = announce(store, rotated, (before,), ACTOR, NOW + DAY)

    assert needed == Needed(before=signer.key.multikey)
    assert (second.version, second.turns) == (2, (2,))
    assert "snapshot/2.json" in site(store, settings)
    published = renewed(first, site(store, settings))  # type: ignore[arg-type]
    assert published is not None
    assert published.digest == second.digest
    assert needed_to_announce(store, get_issuer(settings)) == Needed()


def test_a_strike_off_needs_the_offline_key(
    store: Store, settings: Settings, signer: Signer, drive: Path
) -> None:
    make_root_key(store, settings, drive, OTHER, ACTOR, NOW)
    first = announce(store, signer, (), ACTOR, NOW)
    mark_compromised(store, settings, signer.key.multikey, ACTOR, NOW + DAY)
    after = new_key(store, settings, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, NOW + DAY)

    with pytest.raises(Refused, match="psm publish --root BERKAS"):
        announce(store, after, (), ACTOR, NOW + DAY)
    needed = needed_to_announce(store, after.issuer)
    second = announce(store, after, (open_root_key(settings, drive, OTHER),), ACTOR, NOW + DAY)

    assert (first.issuer.root_key, needed) == (get_issuer(settings).root_key, Needed(root=True))
    published = renewed(first, site(store, settings))  # type: ignore[arg-type]
    assert published is not None
    assert published.struck == {signer.key.multikey}
    assert read_snapshot(second.document).signs == after.key.multikey


def test_the_offline_key_is_made_once_and_never_on_the_laptop(
    store: Store, settings: Settings, signer: Signer, drive: Path
) -> None:
    for place in (
        settings.root / "akar.kunci",
        settings.data / "akar.kunci",
        settings.keys / "akar.kunci",
    ):
        with pytest.raises(Refused, match="tidak boleh disimpan"):
            check_new_root(settings, place)

    made = make_root_key(store, settings, drive, OTHER, ACTOR, NOW)

    assert made.root_key == open_root_key(settings, drive, OTHER).multikey
    assert "root key made" in events_of(store)[-1]
    assert sorted(path.suffix for path in settings.keys.iterdir()) == [".json", ".json", ".kunci"]
    assert json.loads((settings.keys / "keys.json").read_bytes())["root_key"] == made.root_key
    with pytest.raises(Refused, match="Kunci akar sudah ada"):
        make_root_key(store, settings, drive.with_name("lain.kunci"), OTHER, ACTOR, NOW)
    with pytest.raises(Refused, match="frasa sandinya salah"):
        open_root_key(settings, drive, PASSPHRASE)


def test_another_key_is_not_taken_for_the_offline_one(
    store: Store, settings: Settings, signer: Signer, drive: Path
) -> None:
    with pytest.raises(Refused, match="belum punya kunci akar"):
        open_root_key(settings, drive, OTHER)
    make_root_key(store, settings, drive, OTHER, ACTOR, NOW)

    with pytest.raises(Refused, match="bukan kunci akar"):
        open_root_key(settings, next(settings.keys.glob("*.kunci")), PASSPHRASE)


def test_what_waits_to_be_announced_is_counted(
    store: Store, settings: Settings, signer: Signer
) -> None:
    completes(
        store,
        COURSE,
        *[person.number for person in a_cohort(store, "Siti Rahayu", "Ujang Hidayat")],
    )
    counted = [waiting_to_be_announced(store, settings, NOW).changed]
    issue_records(store, COURSE, settings, signer, "D26", ACTOR, NOW)
    counted.append(waiting_to_be_announced(store, settings, NOW).changed)
    announce(store, signer, (), ACTOR, NOW + DAY)
    counted.append(waiting_to_be_announced(store, settings, NOW).changed)
    # The key before is retired, and there is another.
    rotate_key(store, settings, PASSPHRASE, ACTOR, NOW + 2 * DAY)

    assert [*counted, waiting_to_be_announced(store, settings, NOW).changed] == [
        0,
        2,
        0,
        2,
    ]


def test_what_was_signed_waits_until_it_has_arrived_where_the_site_is_sent(
    store: Store, settings: Settings, signer: Signer
) -> None:
    place = "s3://ember/psm"
    completes(
        store,
        COURSE,
        *[person.number for person in a_cohort(store, "Siti Rahayu", "Ujang Hidayat")],
    )
    first = announce(store, signer, (), ACTOR, NOW)
    note_arrived(settings, place)
    told = [waiting_to_be_announced(store, settings, NOW)]
    note_arrived(settings, place, first)
    told.append(waiting_to_be_announced(store, settings, NOW))
    issue_records(store, COURSE, settings, signer, "D26", ACTOR, NOW + DAY)
    second = announce(store, signer, (), ACTOR, NOW + 2 * DAY)
    note_arrived(settings, place)
    told.append(waiting_to_be_announced(store, settings, NOW + 2 * DAY))
    note_arrived(settings, place, second)
    told.append(waiting_to_be_announced(store, settings, NOW + 2 * DAY))
    note_arrived(settings, "s3://lain/psm")
    told.append(waiting_to_be_announced(store, settings, NOW + 2 * DAY))
    forget_arrived(settings)
    told.append(waiting_to_be_announced(store, settings, NOW + 2 * DAY))

    waiting = [
        Waiting(0, unsent=place),
        Waiting(),
        Waiting(2, unsent=place),
        Waiting(),
        Waiting(2, unsent="s3://lain/psm"),
        Waiting(),
    ]
    assert told == waiting


def test_a_snapshot_goes_on_from_the_highest_that_readers_saw(
    store: Store, settings: Settings, signer: Signer
) -> None:
    announce(store, signer, (), ACTOR, NOW)
    shown = json.loads(public_files(store, settings)["snapshot.json"])
    note_shown(
        settings,
        "s3://ember/psm",
        {"snapshot.json": json.dumps(shown | {"version": 41}).encode()},
        signer.issuer.did,
    )

    assert announce(store, signer, (), ACTOR, NOW + DAY).version == 42


@pytest.mark.parametrize(
    "note",
    [
        b"bukan puncak catatan\n",
        b"lain.id/log/1\n5\nAAAA\n\n\xe2\x80\x94 lain.id/log/1 AAAA\n",
        b"\xff\xfe",
    ],
)
def test_a_head_of_the_log_that_no_key_of_ours_signed_is_refused(
    settings: Settings, signer: Signer, note: bytes
) -> None:
    with pytest.raises(Refused, match=r"s3://ember \(log/checkpoint\).*psm restore"):
        note_shown(settings, "s3://ember", {"log/checkpoint": note}, signer.issuer.did)

    assert not list((settings.data / "catatan").glob("situs-*"))


@pytest.mark.parametrize(("days", "is_due"), [(149, False), (150, True), (181, True)])
def test_from_day_150_on_the_next_is_due_though_nothing_changed(
    store: Store, settings: Settings, signer: Signer, days: int, is_due: bool
) -> None:
    made = announce(store, signer, (), ACTOR, NOW)

    assert waiting_to_be_announced(store, settings, NOW + days * DAY) == Waiting(
        0, made if is_due else None
    )


def test_the_check_of_the_register_knows_a_snapshot_that_was_changed(
    store: Store, settings: Settings, signer: Signer
) -> None:
    made = announce(store, signer, (), ACTOR, NOW)
    with store.reading() as tx:
        sound = list(publication_problems(tx, get_issuer(settings)))
    with store.transaction() as tx:
        publications.add_publication(
            tx, "snapshot.json", json.dumps({**made.document, "version": 9}), NOW
        )
        audit.note(tx, ACTOR, "status published", "somebody else", NOW)
        wrong = list(publication_problems(tx, get_issuer(settings)))

    assert sound == []
    (problem,) = wrong
    assert (problem.table, problem.row) == ("publication", "snapshot.json")
    assert problem.message == Contains("tidak ditandatangani", "Jangan terbitkan", "cadangan")
