"""Signed notes as others write and read them:
the examples of the specification, and what must not be believed.
"""

from __future__ import annotations

import base64

import pytest

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.log.signed_note import key_id, note_text, open_note, sign_note
from psm_course.credentials.signing.keys import PublicKey, SigningKey
from psm_course.credentials.signing.multibase import from_multikey, to_multikey
from tests.register_builders import NOW

NAME = "dinsos.contoh.go.id/log/1"
KEY, OTHER = SigningKey.from_seed(bytes(range(32))), SigningKey.from_seed(bytes(32))
TEXT = "baris satu\n\nbaris tiga\n"

# The example of https://c2sp.org/signed-note.
VERIFIER = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SIGNATURE = (
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
)
EXAMPLE = f"This is an example message.\n\n— example.com/foo {SIGNATURE}\n"


def public(key: SigningKey) -> PublicKey:
    return PublicKey(key.multikey, NOW)


def test_the_example_of_the_specification_is_read() -> None:
    name, written_id, material = VERIFIER.split("+")
    raw = base64.b64decode(material)[1:]

    assert key_id(name, raw).hex() == written_id
    assert (
        open_note(EXAMPLE, name, [PublicKey(to_multikey(raw), NOW)])
        == "This is an example message.\n"
    )


def test_a_note_is_read_back_with_any_of_its_keys() -> None:
    note = sign_note(TEXT, NAME, [KEY, OTHER])

    assert note.startswith(TEXT + f"\n— {NAME} ")
    assert [open_note(note, NAME, [public(each)]) for each in (KEY, OTHER)] == [TEXT, TEXT]


def test_what_others_signed_too_is_left_alone() -> None:
    theirs = sign_note(TEXT, "saksi.contoh.org", [OTHER]).rpartition("\n\n")[2]
    unknown_kind = f"— saksi.contoh.org {base64.b64encode(b'abcd' + bytes(4000)).decode()}\n"

    note = sign_note(TEXT, NAME, [KEY]) + theirs + unknown_kind

    assert open_note(note, NAME, [public(KEY)]) == TEXT


NOTE = sign_note(TEXT, NAME, [KEY])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        TEXT,
        NOTE[:-1],
        NOTE[: len(NOTE) // 2],
        NOTE.replace("— ", "- "),
        NOTE.replace("\n", "\r\n"),
        NOTE + "\n",
        NOTE + "lagi\n",
        NOTE.replace(" dins", " din s"),
        TEXT + f"\n— {NAME} YWJj\n",
        TEXT + f"\n— {NAME} !!!!\n",
        "x" * 200_000 + NOTE,
    ],
)
def test_what_is_no_note_is_said_to_be_none(note: str) -> None:
    with pytest.raises(Unreadable, match="bukan catatan bertanda tangan"):
        open_note(note, NAME, [public(KEY)])


def test_a_changed_note_is_not_believed() -> None:
    note = NOTE.replace("satu", "dua")

    assert note_text(note) == TEXT.replace("satu", "dua")
    with pytest.raises(Unreadable, match="Tanda tangannya tidak cocok"):
        open_note(note, NAME, [public(KEY)])


def test_a_wrong_signature_of_a_known_key_spoils_the_right_one_of_another() -> None:
    forged = base64.b64encode(key_id(NAME, from_multikey(OTHER.multikey)) + bytes(64)).decode()

    with pytest.raises(Unreadable, match="Tanda tangannya tidak cocok"):
        open_note(NOTE + f"— {NAME} {forged}\n", NAME, [public(KEY), public(OTHER)])


@pytest.mark.parametrize(("name", "key"), [(NAME, OTHER), ("dinsos.lain.go.id/log/1", KEY)])
def test_a_note_of_another_key_or_under_another_name_is_not_ours(
    name: str, key: SigningKey
) -> None:
    with pytest.raises(Unreadable, match="kunci kantor ini"):
        open_note(NOTE, name, [public(key)])


def test_a_flipped_bit_anywhere_is_never_believed() -> None:
    raw = NOTE.encode()
    for place in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[place // 8] ^= 1 << place % 8
        with pytest.raises((Unreadable, UnicodeDecodeError)):
            open_note(flipped.decode(), NAME, [public(KEY)])
