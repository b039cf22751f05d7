"""The log key: made when first needed, its owner's alone, and replaced only with a trace."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Barrier, Thread

import pytest

from psm_course.credentials.signing.keys import SigningKey, read_issuer
from psm_course.errors import Refused
from psm_course.registrar.certificates.keys.keyring import get_issuer, new_key
from psm_course.registrar.log.log_key import log_keys, note_log_key, open_log_key
from psm_course.settings import Settings
from psm_course.store.engine import Store
from tests.register_builders import ACTOR, NOW, events_of

PASSPHRASE = "empat kata yang acak"  # noqa: S105 - of a key that lives for one test


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "var", site_address="https://dinsos.depok.go.id/psm")


@pytest.fixture
def path(settings: Settings) -> Path:
    return settings.keys / "catatan.kunci"


def test_the_key_is_made_when_first_needed_and_is_the_same_ever_after(
    settings: Settings, path: Path
) -> None:
    made = open_log_key(settings)

    assert open_log_key(settings).multikey == made.multikey
    assert [key.multikey for key in log_keys(settings)] == [made.multikey]
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert sorted(each.name for each in settings.keys.iterdir()) == [
        "catatan.json",
        "catatan.kunci",
    ]


def test_two_programs_at_once_make_one_key(settings: Settings) -> None:
    ready, found = Barrier(8), list[SigningKey]()

    def program() -> None:
        ready.wait()
        found.append(open_log_key(settings))

    programs = [Thread(target=program) for _ in range(8)]
    for each in programs:
        each.start()
    for each in programs:
        each.join()

    assert len(found) == 8
    assert {key.multikey for key in found} == {key.multikey for key in log_keys(settings)}
    assert len(log_keys(settings)) == 1


def test_a_lost_key_is_followed_by_a_new_one_and_stays_listed(
    settings: Settings, path: Path
) -> None:
    lost = open_log_key(settings)
    path.unlink()

    made = open_log_key(settings)

    first, second = log_keys(settings)
    assert (first.multikey, second.multikey) == (lost.multikey, made.multikey)
    assert (first.retired_at, second.retired_at) == (second.created, None)


def test_a_key_that_others_can_read_signs_nothing(settings: Settings, path: Path) -> None:
    open_log_key(settings)
    path.chmod(0o644)

    with pytest.raises(Refused, match=r"orang lain \(mode 0644\).*chmod 600"):
        open_log_key(settings)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"{}", b'{"seed": 1}', b'{"format": "psm-log-key/1", "seed": "AAAA"}', bytes(200)],
)
def test_a_broken_key_is_said_and_is_not_replaced(
    settings: Settings, path: Path, content: bytes
) -> None:
    open_log_key(settings)
    path.write_bytes(content)

    with pytest.raises(Refused, match=r"catatan\.kunci\) rusak\..*cadangan"):
        open_log_key(settings)

    assert path.read_bytes() == content
    assert len(log_keys(settings)) == 1


def test_a_key_that_names_another_one_is_broken(settings: Settings, path: Path) -> None:
    open_log_key(settings)
    written = json.loads(path.read_text())
    path.write_text(json.dumps(written | {"public_key": SigningKey.new().multikey}))

    with pytest.raises(Refused, match="rusak"):
        open_log_key(settings)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"psm-log-keys/1": 3}', '{"psm-log-keys/1": [{"multikey": "z6"}]}']
)
def test_a_broken_list_is_said(settings: Settings, content: str) -> None:
    open_log_key(settings)
    (settings.keys / "catatan.json").write_text(content)

    with pytest.raises(Refused, match=r"catatan\.json\) rusak\..*cadangan"):
        log_keys(settings)


def test_the_log_itself_says_once_which_key_signs_it(
    store: Store, settings: Settings, path: Path
) -> None:
    for _ in range(2):
        note_log_key(store, settings, ACTOR, NOW)
    first = open_log_key(settings)
    path.unlink()
    note_log_key(store, settings, ACTOR, NOW)

    names = [first.multikey[-12:], open_log_key(settings).multikey[-12:]]
    assert [event for event in events_of(store) if event[1] == "log key made"] == [
        (ACTOR, "log key made", name, {}) for name in names
    ]


def test_the_published_list_names_the_log_keys_and_readers_of_before_still_read_it(
    store: Store, settings: Settings, path: Path
) -> None:
    new_key(store, settings, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, NOW)
    lost = open_log_key(settings)
    path.unlink()
    made = open_log_key(settings)

    published = get_issuer(settings).to_json()

    listed = published["log_keys"]
    assert [(key["multikey"], sorted(key)) for key in listed] == [
        (lost.multikey, ["created", "multikey", "retired"]),
        (made.multikey, ["created", "multikey"]),
    ]
    assert read_issuer(published) == get_issuer(settings)
    before = {name: value for name, value in published.items() if name != "log_keys"}
    assert read_issuer(before).keys == get_issuer(settings).keys
    assert "public_key" not in str(listed)
