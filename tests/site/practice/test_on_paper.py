"""Practice printed: what a tap would show stands there, what only a tap could use does not."""

from __future__ import annotations

import io
import re

from playwright.sync_api import Page
from pypdf import PdfReader

from tests.site.practice.quiz import item_of, take
from tests.site.stage import fill_in

NUMBER = re.compile(r"^Langkah \d", re.MULTILINE)


def printed(page: Page) -> str:
    """The words on paper, each line without the space around it."""
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return "\n".join(
        " ".join(line.split()) for sheet in sheets for line in sheet.extract_text().splitlines()
    )


def test_a_pairing_shows_its_choices_with_letters_and_room_to_write(page: Page) -> None:
    page.emulate_media(media="print")
    match = item_of(page, "match")

    assert sorted(match.locator(".paper li").all_inner_texts()) == ["110", "113", "119"]
    assert match.locator(".paper").evaluate(
        "list => [getComputedStyle(list).display, list.type]"
    ) == ["block", "A"]
    assert printed_ink(page, "match") == printed_ink(page, "order") == []


def test_an_answer_already_given_is_printed(page: Page) -> None:
    fill_in(
        item_of(page, "match"), {"Kebakaran": "113", "Sakit mendadak": "119", "Kejahatan": "110"}
    )
    page.emulate_media(media="print")

    assert printed_ink(page, "match") == ["113", "119", "110"]


def printed_ink(page: Page, kind: str) -> list[str]:
    """What is printed as an answer in a line: what was joined to it, or that it was placed."""
    lines = item_of(page, kind).locator(".said:visible, .placed :checked + span").all_inner_texts()
    return [line for line in lines if line]


def test_a_case_prints_every_step_with_what_follows_and_where_it_leads(page: Page) -> None:
    first_two = [
        "Nenek A duduk sendiri di halte. Apa yang Anda lakukan?",
        "Menyapa dan menemani",
        "Nenek tersenyum.",
        "Lanjut ke langkah 3",
        "Memotretnya untuk grup",
        "Berbahaya.",
        "Fotonya tersebar.",
        "Lanjut ke langkah 2",
        "Menunggu bus datang",
        "Lanjut ke langkah 3",
        "Keluarganya marah. Bagaimana memperbaikinya?",
    ]
    case = take(page, "Menyapa dan menemani")  # on the screen the third step is now the second
    page.emulate_media(media="print")

    lines = [line for line in case.inner_text().splitlines() if line and not NUMBER.match(line)]
    assert "\n".join(first_two) in "\n".join(lines)
    assert NUMBER.findall(printed(page)) == ["Langkah 1", "Langkah 2", "Langkah 3"]


def test_no_button_and_no_promise_to_a_finger_is_printed(page: Page) -> None:
    take(page, "Menyapa dan menemani")

    words = printed(page)

    for said in ("Periksa", "Ketuk", "Ulangi dari awal", "Tersimpan"):
        assert said not in words
