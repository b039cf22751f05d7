"""A test with every type, and a person who sits it and hands it in."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from psm_course.content.quiz import Quiz
from tests.builders import a_choice, a_quiz, an_item, options, pairs, parts
from tests.site.stage import fill_in, kept, ready, until

ITEMS = [
    a_choice("satu", choices=options("abcd", correct="c")),
    an_item("choices", id="banyak", choices=options("abcde", correct="bd")),
    an_item("order", id="urut", sequence=parts("abcd")),
    an_item("match", id="jodoh", pairs=pairs("abc")),
    an_item("number", id="angka", answer="12.5"),
    an_item("text", id="kata"),
    an_item("case", id="cerita"),
    an_item("rating", id="nilai"),
]
KEY: dict[str, Any] = {
    "satu": "c",
    "banyak": ["b", "d"],
    "urut": ["Bagian a", "Bagian b", "Bagian c", "Bagian d"],
    "jodoh": {"Kiri a": "Kanan a", "Kiri b": "Kanan b", "Kiri c": "Kanan c"},
    "angka": "12,5",
    "kata": "Relawan",
    "cerita": ["satu:a", "dua:a"],
    "nilai": "4",
}


def a_sat_test(**header: Any) -> Quiz:
    return a_quiz(ITEMS, **({"id": "tes-akhir", "shuffle": "both", "pass_mark": 70} | header))


def begun(page: Page, address: str, number: str = "d26-017") -> Page:
    ready(page, address)
    page.get_by_label("Nomor peserta").fill(number)
    page.get_by_role("button", name="Mulai").click()
    page.wait_for_selector(".item:visible")
    return page


def gone_on(page: Page, address: str = "", who: str = "D26-017") -> Page:
    """Open (or reload) the page, and say in a new tab that one is who has begun the test."""
    ready(page, address)
    asked = page.get_by_role("button", name=f"Lanjutkan sebagai {who}")
    page.locator(".item:visible").or_(page.locator(".overview")).or_(asked).first.wait_for()
    if asked.is_visible():
        asked.click()
    page.locator(".sitting-bar:visible").wait_for()
    return page


def answer(page: Page, name: str, response: Any) -> None:
    # A person answers in the tab they see; a hidden one draws, and so reacts, once a second.
    page.bring_to_front()
    item = page.locator(f'.item[data-item="{name}"]')
    match item.get_attribute("data-type"):
        case "choice" | "choices":
            fill_in(item, [f"Pilihan {letter}" for letter in response])
        case "case":
            for taken in response:
                item.locator(f'input[value="{taken}"]').check()
        case "rating":
            item.get_by_label(response, exact=True).check(force=True)
        case _:
            fill_in(item, response)


def answer_all(page: Page, responses: dict[str, Any]) -> None:
    page.get_by_role("button", name="Tampilkan semua soal").click()
    for name, response in responses.items():
        answer(page, name, response)
    until(
        page,
        "names => PSM.mine.get('sitting/tes-akhir').then(s => names.every(n => n in s.responses))",
        list(responses),
    )


def handed_in(page: Page) -> dict[str, Any]:
    """Look over, hand in, and take the document the phone keeps."""
    page.get_by_role("button", name="Tinjau jawaban").click()
    page.get_by_role("button", name="Serahkan").click()
    page.wait_for_selector(".handed")
    return document(page)


def document(page: Page) -> dict[str, Any]:
    (record,) = kept(page, "handin/").values()
    return record["document"]  # type: ignore[no-any-return]


def handed_in_from_one_by_one(page: Page) -> dict[str, Any]:
    page.get_by_role("button", name="Tampilkan semua soal").click()
    return handed_in(page)
