"""Cards: a code that notices its misreadings, a key that tells nothing of it, and a link that holds
all. `cards.json` is the page's too.
"""

from __future__ import annotations

import hmac
import json
from pathlib import Path
from typing import Any

import pytest

from psm_course.domain.card import (
    Card,
    card_code,
    card_link,
    mac_key,
    pairing_proof,
    read_card,
    read_code,
    short_name,
    shown_code,
)
from psm_course.grading.submission import card_mac

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CARDS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("cards.json").read_text(encoding="utf-8")
)
CODE: str = CARDS[0]["code"]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: f"{card['number']}/{card['serial']}")
def test_a_card_is_what_the_shared_examples_say(card: dict[str, Any]) -> None:
    code = card_code(bytes.fromhex(card["secret"]), card["office"], card["number"], card["serial"])
    key = mac_key(code)

    assert (code, shown_code(code), key.hex()) == (card["code"], card["shown"], card["key"])
    assert pairing_proof(key, card["number"]) == card["proof"]
    assert (
        card_mac(key, card["document"])
        == card_mac(key, card["document"] | {"mac": "x"})
        == card["mac"]
    )
    assert card_link("https://psm.example", card["number"], code, card["name"]) == card["link"]
    assert read_card(card["link"]) == Card(card["number"], code, card["short"])


def test_the_key_is_the_one_that_rfc_5869_says() -> None:
    extracted = hmac.digest(bytes(32), CODE.encode(), "sha256")

    assert mac_key(CODE) == hmac.digest(extracted, b"psm-mac/1\x01", "sha256")


def test_office_number_and_serial_each_make_another_code() -> None:
    codes = {
        card_code(b"rahasia", *of)
        for of in (
            ("3276", "D26-017", 1),
            ("3273", "D26-017", 1),
            ("3276", "D26-018", 1),
            ("3276", "D26-017", 2),
        )
    }

    assert len(codes) == 4


MISREAD = CODE.replace("1", "l").replace("0", "o")


@pytest.mark.parametrize(
    "typed", [CODE.lower(), shown_code(CODE), f" {shown_code(CODE)} ".replace("-", " "), MISREAD]
)
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert read_code(typed) == CODE


def test_every_wrong_letter_is_noticed() -> None:
    wrong = [
        CODE[:at] + letter + CODE[at + 1 :]
        for at in range(17)
        for letter in LETTERS
        if letter != CODE[at]
    ]

    assert [code for code in wrong if read_code(code)] == []


def test_any_two_letters_that_changed_places_are_noticed() -> None:
    swapped = set()
    for one in range(17):
        for other in range(one):
            letters = list(CODE)
            letters[one], letters[other] = letters[other], letters[one]
            swapped.add("".join(letters))

    assert [code for code in swapped - {CODE} if read_code(code)] == []


@pytest.mark.parametrize("typed", ["", CODE[:-1], CODE + "0", CODE.replace(CODE[0], "U"), "é" * 17])
def test_what_is_no_code_is_not_read(typed: str) -> None:
    assert read_code(typed) is None


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Siti Nurhayati, S.Sos", "Siti N"),
        ("Siti", "Siti"),
        ("Hj. Siti Nurhayati", "Hj. Siti N"),
        ("M. Yusuf Hidayat", "M. Yusuf H"),
        ("Nur’aini Wijayakusumadewi", "Nur’aini W"),
        ("é" * 15, "é" * 10),
        ("a\u0301" * 15, "a\u0301" * 6),
        ("Li Na", "Li N"),
        ("Ayu Lestari", "Ayu L"),
        ("Ir. Li Na", "Ir. L"),
        ("", ""),
    ],
)
def test_a_short_name_has_at_most_twenty_bytes_and_whole_letters(name: str, short: str) -> None:
    assert short_name(name) == short
    assert len(short.encode()) <= 20


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("d26-017 ", Card("D26-017")),
        (f"D26-017.{CODE}", Card("D26-017", CODE)),
        (
            f"https://psm.example/x.html#kartu=d26-017.{CODE.lower()}.a.b%20c",
            Card("D26-017", CODE, "a.b c"),
        ),
        (f"D26-017.{CODE}.{'x' * 30}", Card("D26-017", CODE, "x" * 20)),
        (f"D26-017.{CODE}.%ff%zz", Card("D26-017", CODE, "\ufffd%zz")),
        (f"D26-017.{CODE[:-1]}", None),
        ("D26-017..Siti", None),
        ("x D26-017", None),
        ("Siti", None),
        ("", None),
    ],
)
def test_a_card_is_read_from_a_link_or_from_what_was_typed(text: str, card: Card | None) -> None:
    assert read_card(text) == card
