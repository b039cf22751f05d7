"""Participant cards: what each says, that its code is its own, and that scissors cut nothing."""

from __future__ import annotations

import pytest
from dirty_equals import Contains

from psm_course.printing.cards import render_cards
from tests.printing.builders import LOGO, LONG_NAMES, OCCASION, WORST, a_card
from tests.printing.readers import as_by_hand, codes, letter_boxes, picture, printed_lines

MM = 72 / 25.4
CARD_WIDTH, CARD_HEIGHT, SIDE, ABOVE = 92 * MM, 54 * MM, 13 * MM, 13.5 * MM


def of_card(pdf: bytes, page: int, place: int) -> list[tuple[float, float, float, float]]:
    """The letters whose middle lies in one of the ten places of a page."""
    column, row = place % 2, place // 2
    left, top = SIDE + column * CARD_WIDTH, 841.89 - ABOVE - row * CARD_HEIGHT
    middle = [
        ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, box) for box in letter_boxes(pdf)[page]
    ]
    return [
        box
        for x, y, box in middle
        if left <= x < left + CARD_WIDTH and top - CARD_HEIGHT <= y < top
    ]


def test_a_card_says_who_it_is_for_and_what_it_is_for() -> None:
    (page,) = printed_lines(
        render_cards(OCCASION, [a_card(1, name="Siti Rahayu", kelurahan="Curug (Cimanggis)")])
    )

    assert page == [
        "Kartu peserta",
        "D26-001",
        "Siti Rahayu",
        "Kel. Curug (Cimanggis)",
        "Bimtek Dasar PSM · Angkatan D26",
        f"Kode {a_card(1).code}",
        Contains("membuka kursus", "Bawa setiap sesi", "Jangan dibagikan."),
    ]


def test_ten_cards_stand_on_a_page_and_each_code_is_its_owner_s() -> None:
    cards = [a_card(number) for number in range(1, 13)]

    pdf = render_cards(OCCASION, cards)

    found = [sorted(codes(picture(pdf, page, 200))) for page in range(2)]
    assert found == [
        sorted(card.link for card in cards[:10]),
        sorted(card.link for card in cards[10:]),
    ]


@pytest.mark.parametrize("degrees", [0, 8, 95])
def test_a_cut_card_is_read_crooked_and_out_of_focus(degrees: float) -> None:
    card = a_card(1)
    alone = picture(render_cards(OCCASION, [card]), 0, 150).crop((77, 80, 77 + 543, 80 + 319))

    assert codes(as_by_hand(alone, degrees, 1.2)) == [card.link]


@pytest.mark.parametrize("logo", [None, LOGO])
@pytest.mark.parametrize("name", [*LONG_NAMES, "W" * 100, WORST])
def test_nothing_of_a_card_leaves_it_or_lies_on_something_else(
    name: str, logo: bytes | None
) -> None:
    longest = a_card(
        1, number="PSM-DEPOK-2026-0017", name=name, kelurahan="Rangkapan Jaya Baru (Pancoran Mas)"
    )
    pdf = render_cards(OCCASION, [longest, a_card(2)], logo)

    mine = of_card(pdf, 0, 0)
    others = of_card(pdf, 0, 1)
    assert len(mine) + len(others) == len(letter_boxes(pdf)[0])
    assert max(box[2] for box in mine) <= SIDE + CARD_WIDTH - 3 * MM
    assert min(box[1] for box in mine) >= 841.89 - ABOVE - CARD_HEIGHT + 3 * MM
    assert overlapping(mine) == []
    assert codes(picture(pdf, 0, 200).crop((0, 0, 827, 600))) == [longest.link]


def overlapping(boxes: list[tuple[float, float, float, float]]) -> list[tuple[int, int]]:
    """Pairs of letters that cover each other; neighbours in a word may, as a W and a W do."""
    return [
        (first, second)
        for first, a in enumerate(boxes)
        for second, b in enumerate(boxes[first + 2 :], first + 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1
    ]


def test_the_same_cards_give_the_same_bytes() -> None:
    cards = [a_card(1), a_card(2)]

    assert render_cards(OCCASION, cards, LOGO) == render_cards(OCCASION, cards, LOGO)
