"""The office's keys: sealed on disk, never in a log or backup, each with an honest history."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from psm_course.credentials.signing.identity import did_document
from psm_course.errors import Refused
from psm_course.registrar.certificates.keys.keyring import (
    Signer,
    find_issuer,
    get_issuer,
    is_for_trials,
    key_path,
    mark_compromised,
    new_key,
    open_signer,
    retire_key,
    rotate_key,
)
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.backup import back_up
from psm_course.store.engine import Store
from psm_course.store.log.state import root_at
from psm_course.store.tree import find_epochs
from tests.databases import opened_again
from tests.register_builders import ACTOR, NOW, events_of, register_of

OFFICE = "Dinas Sosial Kota Depok"
SITE = "https://dinsos.depok.go.id/psm"
PASSPHRASE = "empat kata yang acak"  # noqa: S105 - of keys that live for one test
LATER = NOW + timedelta(days=30)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, site_address=SITE)


def makes(store: Store, settings: Settings) -> Signer:
    return new_key(store, settings, OFFICE, PASSPHRASE, ACTOR, NOW)


def names(signer: Signer) -> str:
    return signer.key.multikey[-12:]


def test_the_first_key_names_the_office_by_its_site(store: Store, settings: Settings) -> None:
    made = makes(store, settings)

    assert (made.issuer.did, made.issuer.name, made.issuer.site) == (
        "did:web:dinsos.depok.go.id:psm",
        OFFICE,
        SITE,
    )
    assert not is_for_trials(made.issuer)
    assert get_issuer(settings) == made.issuer
    assert open_signer(settings, PASSPHRASE).key.multikey == made.key.multikey
    assert sorted(path.name for path in settings.keys.iterdir()) == sorted(
        [f"{names(made)}.kunci", "cadangan.json", "keys.json"]
    )


def test_the_private_half_is_sealed_and_only_its_owners(store: Store, settings: Settings) -> None:
    made = makes(store, settings)
    path = key_path(settings, made.key.multikey)
    seed = made.key.seed()

    assert (path.stat().st_mode & 0o777, settings.keys.stat().st_mode & 0o777) == (0o600, 0o700)
    for kept in settings.keys.iterdir():
        assert seed not in kept.read_bytes()
        assert seed.hex() not in kept.read_text()
    path.chmod(0o644)
    with pytest.raises(Refused, match=r"orang lain \(mode 0644\).*chmod 600"):
        open_signer(settings, PASSPHRASE)


def test_a_wrong_passphrase_opens_nothing(store: Store, settings: Settings) -> None:
    makes(store, settings)

    with pytest.raises(Refused, match="frasa sandinya salah"):
        open_signer(settings, "empat kata yang lain")


def test_neither_register_nor_backup_nor_log_holds_a_key(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    made = makes(store, settings)
    backup = tmp_path / "cadangan" / "register.db"
    back_up(store, backup)

    assert events_of(store)[0] == (ACTOR, "key made", names(made), {})
    secrets = [made.key.seed(), made.key.seed().hex().encode(), PASSPHRASE.encode(), b'"sealed"']
    assert b"key made" in backup.read_bytes()
    for held in (backup.read_bytes(), str(register_of(store)).encode()):
        assert [secret for secret in secrets if secret in held] == []
    assert made.key.seed().hex() not in repr(made)
    assert repr(made.key) == f"SigningKey({made.key.multikey})"


def test_while_a_key_is_in_use_no_other_is_made_beside_it(store: Store, settings: Settings) -> None:
    made = makes(store, settings)

    with pytest.raises(Refused, match=r"dipakai\..*psm keys rotate"):
        makes(store, settings)

    assert get_issuer(settings) == made.issuer


def test_two_officers_at_once_make_one_key(store: Store, settings: Settings) -> None:
    ends: list[str] = []

    def officer() -> None:
        register = opened_again(store)
        try:
            makes(register, settings)
            ends.append("made")
        except Refused:
            ends.append("refused")
        register.close()

    threads = [threading.Thread(target=officer) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ends) == ["made", "refused", "refused"]
    assert len(get_issuer(settings).keys) == 1
    assert len(list(settings.keys.glob("*.kunci"))) == 1


def test_a_rotated_key_signs_no_more_and_stays_listed(store: Store, settings: Settings) -> None:
    first = makes(store, settings)

    second = rotate_key(store, settings, PASSPHRASE, ACTOR, LATER)

    assert [(key.multikey, key.created, key.retired_at) for key in get_issuer(settings).keys] == [
        (first.key.multikey, NOW, LATER),
        (second.key.multikey, LATER, None),
    ]
    assert open_signer(settings, PASSPHRASE).key.multikey == second.key.multikey
    assert len(did_document(second.issuer)["assertionMethod"]) == 2


def test_the_day_of_a_retirement_is_never_moved(store: Store, settings: Settings) -> None:
    """A later day would let a thief's work of the days between count."""
    first = makes(store, settings)
    retire_key(store, settings, names(first), ACTOR, NOW)

    with pytest.raises(Refused, match="tidak dipakai sejak 24 November 2026"):
        retire_key(store, settings, names(first), ACTOR, LATER)

    assert get_issuer(settings).keys[0].retired_at == NOW
    with pytest.raises(Refused, match=r"dipakai\..*psm keys new"):
        open_signer(settings, PASSPHRASE)


def test_a_key_that_leaked_is_struck_off_once_retired_or_not(
    store: Store, settings: Settings
) -> None:
    first = makes(store, settings)
    rotate_key(store, settings, PASSPHRASE, ACTOR, NOW)

    struck = mark_compromised(store, settings, names(first), ACTOR, LATER)

    assert [(key.retired_at, key.compromised_at) for key in struck.keys] == [
        (NOW, LATER),
        (None, None),
    ]
    assert [method.partition("#")[2] for method in did_document(struck)["assertionMethod"]] == [
        struck.keys[1].multikey
    ]
    for again in (mark_compromised, retire_key):
        with pytest.raises(Refused, match="sudah dicoret pada 24 Desember 2026"):
            again(store, settings, names(first), ACTOR, LATER)
    assert [event[1:3] for event in events_of(store) if event[1].startswith("key")] == [
        ("key made", names(first)),
        ("key rotated", struck.keys[1].multikey[-12:]),
        ("key compromised", names(first)),
    ]


# ---- the log is named by the site ----------------------------------------------------------------


def epochs_of(store: Store) -> list[str]:
    with store.reading() as tx:
        return [epoch.origin for epoch in find_epochs(tx)]


def test_with_an_address_the_log_is_begun_anew_under_it_and_names_the_one_before(
    store: Store, settings: Settings
) -> None:
    with store.transaction() as tx:
        audit.note(tx, ACTOR, "signed in", "akun", NOW)

    makes(store, settings)

    assert epochs_of(store) == ["kantor-32.76/log/1", "dinsos.depok.go.id/log/2"]
    with store.reading() as tx:
        old = {
            "old_epoch": 1,
            "old_size": 2,
            "old_root": root_at(tx, 1, 2).hex(),
            "reason": "alamat situs ditetapkan",
        }
    assert events_of(store)[-1] == (ACTOR, "log begun anew", "dinsos.depok.go.id/log/2", old)


def test_another_key_for_the_same_address_leaves_the_log_as_it_is(
    store: Store, settings: Settings
) -> None:
    mark_compromised(store, settings, names(makes(store, settings)), ACTOR, NOW)

    new_key(store, settings, OFFICE, PASSPHRASE, ACTOR, LATER)

    assert epochs_of(store) == ["kantor-32.76/log/1", "dinsos.depok.go.id/log/2"]


def test_another_address_is_another_log(store: Store, settings: Settings, tmp_path: Path) -> None:
    makes(store, settings)

    makes(store, Settings(data=tmp_path / "lain", site_address="https://psm.depok.go.id"))

    assert epochs_of(store)[1:] == ["dinsos.depok.go.id/log/2", "psm.depok.go.id/log/3"]


@pytest.mark.parametrize("site", ["", "http://127.0.0.1:8000"])
def test_without_a_real_address_the_log_stays_the_offices(
    store: Store, tmp_path: Path, site: str
) -> None:
    makes(store, Settings(data=tmp_path, site_address=site))

    assert epochs_of(store) == ["kantor-32.76/log/1"]


def test_after_the_only_key_leaked_a_new_one_is_made(store: Store, settings: Settings) -> None:
    first = makes(store, settings)
    mark_compromised(store, settings, names(first), ACTOR, NOW)

    second = new_key(store, settings, OFFICE, PASSPHRASE, ACTOR, LATER)

    assert second.issuer.did == first.issuer.did
    assert open_signer(settings, PASSPHRASE).key.multikey == second.key.multikey


@pytest.mark.parametrize("written", ["", "z", "6Mk", "zzzzzzzzzzzz"])
def test_a_key_that_is_not_clearly_named_is_refused(
    store: Store, settings: Settings, written: str
) -> None:
    makes(store, settings)

    with pytest.raises(Refused, match=rf'Kunci "{written}".*psm keys list'):
        mark_compromised(store, settings, written, ACTOR, NOW)


def test_a_short_passphrase_leaves_no_key_behind(store: Store, settings: Settings) -> None:
    with pytest.raises(Refused, match="terlalu pendek"):
        new_key(store, settings, OFFICE, "pendek", ACTOR, NOW)

    assert find_issuer(settings) is None
    assert events_of(store) == []
    with pytest.raises(Refused, match=r"kunci penanda tangan\..*psm keys new"):
        open_signer(settings, PASSPHRASE)


def test_a_trial_key_is_named_by_itself_and_never_followed_by_another(
    store: Store, tmp_path: Path
) -> None:
    trial = Settings(data=tmp_path)
    made = makes(store, trial)

    assert (made.issuer.did, is_for_trials(made.issuer)) == (f"did:key:{made.key.multikey}", True)
    with pytest.raises(Refused, match=r"percobaan.*site_address.*psm keys new"):
        rotate_key(store, trial, PASSPHRASE, ACTOR, LATER)
    mark_compromised(store, trial, names(made), ACTOR, NOW)
    with pytest.raises(Refused, match="dibuat untuk percobaan"):
        makes(store, trial)


def test_a_site_that_moved_is_said_before_anything_is_signed(
    store: Store, settings: Settings
) -> None:
    makes(store, settings)
    moved = Settings(data=settings.data, site_address="https://psm.depok.go.id")

    with pytest.raises(Refused, match=rf"\(https://psm\.depok\.go\.id\).*\({SITE}\).*site_address"):
        open_signer(moved, PASSPHRASE)

    assert (
        open_signer(Settings(data=settings.data, site_address=f"{SITE}/"), PASSPHRASE).issuer.site
        == SITE
    )


def test_key_files_that_were_swapped_are_told_apart(store: Store, settings: Settings) -> None:
    first = makes(store, settings)
    second = rotate_key(store, settings, PASSPHRASE, ACTOR, LATER)
    key_path(settings, second.key.multikey).write_bytes(
        key_path(settings, first.key.multikey).read_bytes()
    )

    with pytest.raises(Refused, match="tertukar dengan kunci lain"):
        open_signer(settings, PASSPHRASE)


@pytest.mark.parametrize("address", ["http://dinsos.depok.go.id", "dinsos", "https://10.0.0.1"])
def test_an_address_that_names_nobody_makes_no_key(
    store: Store, tmp_path: Path, address: str
) -> None:
    with pytest.raises(Refused, match=f'situs "{address}" tidak dapat dipakai'):
        makes(store, Settings(data=tmp_path, site_address=address))

    assert not (tmp_path / "keys").exists()
