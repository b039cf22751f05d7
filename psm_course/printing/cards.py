"""Participants' cards: ten on an A4 page, with marks for cutting."""

from collections.abc import Sequence
from dataclasses import dataclass

from psm_course.printing.occasion import Occasion, print_for
from psm_course.printing.qr import qr_svg


@dataclass(frozen=True, slots=True)
class Card:
    """The card of one person.

    `number` is the participant number. `link` is the address in the QR code; it opens the course
    with number, secret code and short name: `https://site/#kartu=D26-017.CODE.Siti`. `code` is the
    secret code as people type it.
    """

    number: str
    name: str
    kelurahan: str
    link: str
    code: str


def render_cards(occasion: Occasion, cards: Sequence[Card], logo: bytes | None = None) -> bytes:
    """Return a PDF with the cards in this order; the same cards give the same bytes.

    `occasion` is the run of the course that the heading of each page names.

    Raises:
        Unprintable: the text has a letter that our font does not have.
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
