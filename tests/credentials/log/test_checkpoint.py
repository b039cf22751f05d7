"""Checkpoints: signed, typed off a sheet, and never believed half."""

from __future__ import annotations

import pytest

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.log.checkpoint import (
    Checkpoint,
    find_short_form,
    read_checkpoint,
    read_short_form,
    read_unsigned,
    write_checkpoint,
)
from psm_course.credentials.log.signed_note import sign_note
from psm_course.credentials.signing.keys import PublicKey, SigningKey
from tests.register_builders import NOW

ORIGIN = "dinsos.contoh.go.id/log/2"
ROOT = bytes.fromhex("9f3a01bc77de2201") + bytes(24)
CHECKPOINT = Checkpoint(ORIGIN, 3021, ROOT)
KEY, OFFICE = SigningKey.from_seed(bytes(range(32))), SigningKey.from_seed(bytes(32))


def public(key: SigningKey) -> PublicKey:
    return PublicKey(key.multikey, NOW)


def test_a_checkpoint_says_whose_log_how_long_and_its_root_and_is_signed_by_both_keys() -> None:
    lines = write_checkpoint(CHECKPOINT, [KEY, OFFICE]).split("\n")

    assert lines[:4] == [ORIGIN, "3021", "nzoBvHfeIgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", ""]
    assert [line.rpartition(" ")[0] for line in lines[4:]] == [f"— {ORIGIN}", f"— {ORIGIN}", ""]


@pytest.mark.parametrize("key", [KEY, OFFICE])
def test_either_key_is_enough_to_believe_it(key: SigningKey) -> None:
    assert read_checkpoint(write_checkpoint(CHECKPOINT, [KEY, OFFICE]), [public(key)]) == CHECKPOINT


def test_it_tells_its_epoch_and_its_host() -> None:
    assert (CHECKPOINT.epoch, CHECKPOINT.host) == (2, "dinsos.contoh.go.id")


def test_what_others_add_below_the_root_is_their_own_business() -> None:
    note = sign_note(
        f"{ORIGIN}\n3021\nnzoBvHfeIgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntambahan\n", ORIGIN, [KEY]
    )

    assert read_checkpoint(note, [public(KEY)]) == CHECKPOINT


@pytest.mark.parametrize(
    "text",
    [
        "halo\n",
        f"{ORIGIN}\n3021\n",
        f"{ORIGIN}\n03021\nnzoBvHfeIgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        f"{ORIGIN}\n-1\nnzoBvHfeIgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        f"{ORIGIN}\n3021\nnzoBvHfeIgE=\n",
        f"{ORIGIN}\n3021\nnzoBvHfeIgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
        f"{ORIGIN}\n3021\n!\n",
        "dinsos.contoh.go.id\n3021\nnzoBvHfeIgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "a b/log/1\n3021\nnzoBvHfeIgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        f"\n{ORIGIN}\n3021\nnzoBvHfeIgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
    ],
)
def test_a_signed_text_that_is_no_checkpoint_is_said_to_be_none(text: str) -> None:
    with pytest.raises(Unreadable, match="bukan puncak catatan"):
        read_unsigned(sign_note(text, ORIGIN, [KEY]))


# ---- typed ---------------------------------------------------------------------------------------


def test_the_short_form_is_read_as_people_type_it() -> None:
    typed = Checkpoint("/log/2", 3021, ROOT[:8])

    assert CHECKPOINT.short_form == typed.short_form == "2:3021:9f3a 01bc 77de 2201"
    for written in (
        "2:3021:9f3a 01bc 77de 2201",
        " 2:3021:9F3A01BC77DE2201\n",
        "2:3021:9f3a-01bc-77de-2201",
    ):
        assert read_short_form(written) == typed


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2:3021",
        "2:3021:9f3a 01bc 77de",
        "2:3021:9f3a 01bc 77de 220g",
        "0:1:9f3a 01bc 77de 2201",
        "dua",
    ],
)
def test_what_is_mistyped_is_no_short_form(written: str) -> None:
    assert read_short_form(written) is None


def test_it_is_found_within_the_words_of_a_page() -> None:
    assert find_short_form("Catatan register\n2:3021:9f3a 01bc 77de 2201 (dinsos)") == Checkpoint(
        "/log/2", 3021, ROOT[:8]
    )
    assert find_short_form("Pukul 10:30:00 dimulai") is None


def test_a_typed_root_fits_whatever_begins_like_it() -> None:
    typed = read_short_form("2:3021:9f3a 01bc 77de 2201")

    assert typed is not None
    assert typed.fits(ROOT)
    assert CHECKPOINT.fits(ROOT)
    assert not typed.fits(bytes(32))
    assert not CHECKPOINT.fits(ROOT[:8] + b"x" * 24)
