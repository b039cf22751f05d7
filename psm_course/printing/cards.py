"""Participant cards: ten to a page of A4, to be cut along the marks."""

from collections.abc import Sequence
from dataclasses import dataclass

from psm_course.printing.occasion import Occasion, print_for
from psm_course.printing.qr import qr_svg


@dataclass(frozen=True, slots=True)
class Card:
    """One person's card. `link` opens the course with the card's code in its fragment, `https://site/#kartu=D26-017.CODE.Siti`; `code` is
    the same for typing."""

    number: str
    name: str
    kelurahan: str
    link: str
    code: str


def render_cards(occasion: Occasion, cards: Sequence[Card], logo: bytes | None = None) -> bytes:
    """The cards in the order given, as one PDF, the same bytes every time. Raises Unprintable."""
    facts = [
        {"number": card.number, "name": card.name, "kelurahan": card.kelurahan, "qr": qr_svg(card.link), "code": card.code}
        for card in cards
    ]
    return print_for(occasion, "cards", "Kartu peserta", {"cards": facts}, occasion.starts_on, logo)
