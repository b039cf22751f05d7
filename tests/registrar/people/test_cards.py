"""The cards' secret: made once, never a second time in silence; and *kartu baru*."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from psm_course.errors import Refused
from psm_course.registrar.attendance.handouts import make_cards, make_new_card
from psm_course.registrar.people.cards import open_cards, renew_secret
from psm_course.settings import Settings
from psm_course.store.engine import Store
from tests.printing.readers import codes, picture, texts
from tests.register_builders import ACTOR, NOW, a_cohort, a_course, card_of, events_of

SITE = "https://psm.contoh.go.id"


def settings(folder: Path) -> Settings:
    return Settings(data=folder, site_address=SITE)


def test_the_secret_is_made_at_first_use_for_its_owner_alone(store: Store, tmp_path: Path) -> None:
    first, again = (open_cards(store, settings(tmp_path), ACTOR, NOW) for _ in range(2))

    path = tmp_path / "keys" / "kartu.rahasia"
    assert first == again
    assert (len(first.secret), path.read_bytes() == first.secret) == (32, True)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [verb for _, verb, _, _ in events_of(store)] == ["card secret made"]


@pytest.mark.parametrize("spoilt", [None, b"", bytes(32)])
def test_a_secret_that_vanished_is_never_made_anew_in_silence(
    store: Store, tmp_path: Path, spoilt: bytes | None
) -> None:
    open_cards(store, settings(tmp_path), ACTOR, NOW)
    path = tmp_path / "keys" / "kartu.rahasia"
    path.unlink()
    if spoilt is not None:
        path.write_bytes(spoilt)

    with pytest.raises(Refused, match=r"kartu\.rahasia\) hilang.*psm cards renew-secret"):
        open_cards(store, settings(tmp_path), ACTOR, NOW)


def test_stopped_before_the_register_knew_of_it_the_secret_is_used(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "kartu.rahasia").write_bytes(bytes(range(32)))

    assert open_cards(store, settings(tmp_path), ACTOR, NOW).secret == bytes(range(32))


def test_a_new_secret_is_made_when_asked_for_and_the_old_file_stays(
    store: Store, tmp_path: Path
) -> None:
    old = open_cards(store, settings(tmp_path), ACTOR, NOW)

    new = renew_secret(store, settings(tmp_path), "laptop lama dicuri orang", ACTOR, NOW)

    assert new.secret != old.secret
    assert open_cards(store, settings(tmp_path), ACTOR, NOW) == new
    assert {each.read_bytes() for each in (tmp_path / "keys").iterdir()} == {old.secret, new.secret}


def test_the_code_in_print_is_the_one_in_the_square(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Nurhayati")
    cards = open_cards(store, settings(tmp_path), ACTOR, NOW)
    code = cards.code("D26-001", 1)

    pdf = make_cards(store, a_course(), settings(tmp_path), cards, "D26", ACTOR, NOW)

    assert codes(picture(pdf, 0, 200)) == [f"{SITE}/#kartu=D26-001.{code}.Siti%20N"]
    assert f"Kode {code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:16]}-{code[16]}" in texts(pdf)[0]


def test_a_new_card_raises_the_serial_with_a_reason_and_is_printed_alone(
    store: Store, tmp_path: Path
) -> None:
    a_cohort(store, "Siti", "Ujang")
    cards = open_cards(store, settings(tmp_path), ACTOR, NOW)

    pdf = make_new_card(
        store, a_course(), settings(tmp_path), cards, "D26-001", "kartunya hilang", ACTOR, NOW
    )

    assert codes(picture(pdf, 0, 200)) == [f"{SITE}/#kartu=D26-001.{cards.code('D26-001', 2)}.Siti"]
    assert events_of(store)[-1] == (
        ACTOR,
        "card renewed",
        "D26-001",
        {"reason": "kartunya hilang", "serial": 2},
    )


@pytest.mark.parametrize(
    ("number", "reason", "site", "said"),
    [
        ("D26-404", "kartunya hilang", SITE, "tidak ada di register"),
        ("D26-001", "", SITE, "Tulis alasannya"),
        ("D26-001", "hilang", "", "Tulis alamat"),
    ],
)
def test_a_new_card_that_cannot_be_made_leaves_the_old_one(
    store: Store, tmp_path: Path, number: str, reason: str, site: str, said: str
) -> None:
    a_cohort(store, "Siti")
    cards, before = open_cards(store, settings(tmp_path), ACTOR, NOW), card_of(store, "D26-001")

    with pytest.raises(Refused, match=said):
        make_new_card(
            store,
            a_course(),
            replace(settings(tmp_path), site_address=site),
            cards,
            number,
            reason,
            ACTOR,
            NOW,
        )

    assert card_of(store, "D26-001") == before
