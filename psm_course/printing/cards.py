"""Participants' cards: ten to an A4 page, with marks to cut along."""

from collections.abc import Sequence
from dataclasses import dataclass

from psm_course.printing.occasion import Occasion, print_for
from psm_course.printing.qr import qr_svg


@dataclass(frozen=True, slots=True)
class Card:
    """One person's card.

    `link` opens the course with the code in its fragment, `https://site/#kartu=D26-017.CODE.Siti`;
    `code` is the same code for typing.
    """

    number: str
    name: str
    kelurahan: str
    link: str
    code: str


def render_cards(occasion: Occasion, cards: Sequence[Card], logo: bytes | None = None) -> bytes:
    """The cards in this order as one PDF, always the same bytes.

    Raises:
        Unprintable: the typeface lacks a letter.
        Refused: the logo cannot be printed.
    """
    facts = [
        {
            "number": card.number,
            "name": card.name,
            "kelurahan": card.kelurahan,
            "qr": qr_svg(card.link),
            "code": card.code,
        }
        for card in cards
    ]
    return print_for(occasion, "cards", "Kartu peserta", {"cards": facts}, occasion.starts_on, logo)
