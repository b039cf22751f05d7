"""A practice quiz with every type, and a person who answers it by what is to be read."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from psm_course.content.quiz import Quiz
from psm_course.items.base import BaseItem
from tests.builders import a_quiz, an_item
from tests.site.stage import fill_in


def told(kind: str, **written: Any) -> BaseItem:
    """An item of this type that explains itself."""
    return an_item(kind, **({"explanation": f"Sebab {kind}.", "source": f"Dasar {kind}"} | written))


ITEMS = [
    told(
        "choice",
        prompt="Seorang anak berbisik bahwa ia dipukul di rumah. Apa yang Anda lakukan lebih dulu?",
        choices=[
            {
                "id": "a",
                "text": "Mendengarkan sampai selesai",
                "correct": "yes",
                "feedback": "Anak merasa dipercaya.",
            },
            {
                "id": "b",
                "text": "Menanyai tetangganya",
                "feedback": "Rahasia anak itu ikut tersebar.",
            },
            {
                "id": "c",
                "text": "Memanggil orang tuanya",
                "critical": "yes",
                "feedback": "Anak dapat dipukul lagi karena bercerita.",
            },
            {
                "id": "d",
                "text": "Mencatat lalu pamit",
                "credit": "0.5",
                "feedback": "Catatan perlu, tetapi sesudah mendengar.",
            },
        ],
    ),
    told(
        "choices",
        prompt="Mana yang dicatat? Pilih semua yang tepat.",
        choices=[
            {"id": "a", "text": "Yang Anda lihat", "correct": "yes", "feedback": "Fakta."},
            {
                "id": "b",
                "text": "Yang dikatakan warga itu",
                "correct": "yes",
                "feedback": "Dengan tanda kutip.",
            },
            {"id": "c", "text": "Dugaan tetangga", "feedback": "Itu kabar, bukan fakta."},
            {
                "id": "d",
                "text": "Foto wajah anak di grup",
                "critical": "yes",
                "feedback": "Anak itu dapat dikenali.",
            },
        ],
    ),
    told(
        "order",
        prompt="Urutkan dari yang paling awal.",
        sequence=[
            {"id": n, "text": t} for n, t in zip("abc", ["Salam", "Izin", "Pamit"], strict=True)
        ],
    ),
    told(
        "match",
        prompt="Pasangkan keadaan dengan nomornya.",
        pairs=[
            {"id": n, "left": left, "right": right}
            for n, left, right in [
                ("a", "Kebakaran", "113"),
                ("b", "Sakit mendadak", "119"),
                ("c", "Kejahatan", "110"),
            ]
        ],
    ),
    told("number", prompt="Berapa kelurahan di Depok?", answer="12.5", tolerance="0.5", unit="km"),
    told("text", prompt="Orang yang bekerja tanpa upah disebut apa?"),
    told(
        "case",
        prompt="Cerita Nenek A.",
        right_from="0.7",
        steps=[
            {
                "id": "satu",
                "prompt": "Nenek A duduk sendiri di halte. Apa yang Anda lakukan?",
                "choices": [
                    {
                        "id": "a",
                        "text": "Menyapa dan menemani",
                        "credit": "1",
                        "next": "tiga",
                        "feedback": "Nenek tersenyum.",
                    },
                    {
                        "id": "b",
                        "text": "Memotretnya untuk grup",
                        "critical": "yes",
                        "next": "dua",
                        "feedback": "Fotonya tersebar.",
                    },
                    {"id": "c", "text": "Menunggu bus datang", "credit": "0.5", "next": "tiga"},
                ],
            },
            {
                "id": "dua",
                "prompt": "Keluarganya marah. Bagaimana memperbaikinya?",
                "choices": [
                    {
                        "id": "a",
                        "text": "Menghapus foto dan meminta maaf",
                        "credit": "0.5",
                        "next": "tiga",
                        "feedback": "Mereka mau bicara lagi.",
                    },
                    {
                        "id": "b",
                        "text": "Pulang saja",
                        "next": "end",
                        "feedback": "Nenek A masih sendiri.",
                    },
                ],
            },
            {
                "id": "tiga",
                "prompt": "Hari mulai gelap. Siapa yang Anda hubungi?",
                "choices": [
                    {
                        "id": "a",
                        "text": "Dinas Sosial",
                        "credit": "1",
                        "next": "end",
                        "feedback": "Petugas menjemput.",
                    },
                    {
                        "id": "b",
                        "text": "Tidak seorang pun",
                        "next": "end",
                        "feedback": "Malam itu hujan.",
                    },
                ],
            },
        ],
    ),
    told("rating", prompt="Seberapa yakin Anda sekarang?", low="belum yakin", high="yakin"),
]
RIGHT: dict[str, Any] = {
    "choice": ["Mendengarkan sampai selesai"],
    "choices": ["Yang Anda lihat", "Yang dikatakan warga itu"],
    "order": ["Salam", "Izin", "Pamit"],
    "match": {"Kebakaran": "113", "Sakit mendadak": "119", "Kejahatan": "110"},
    "number": "12,5",
    "text": "Relawan",
}


def practice(items: list[BaseItem] = ITEMS, **header: Any) -> Quiz:
    return a_quiz(items, **({"id": "latihan", "title": "Latihan", "use": "practice"} | header))


def item_of(page: Page, name: str) -> Locator:
    return page.locator(f'.item[data-item="{name}"]')


def answer(page: Page, name: str, response: Any) -> Locator:
    item = item_of(page, name)
    fill_in(item, response)
    return item


PAINTED = (
    "() => new Promise(done => requestAnimationFrame(() => setTimeout(() => setTimeout(done))))"
)


def check(item: Locator) -> str:
    """Press the button; what is told then."""
    item.locator("button", has_text="Periksa").click()
    expect(item.locator(".told")).not_to_be_empty()  # what marks comes with the first answer
    item.page.evaluate(PAINTED)  # the lines are marked after the verdict
    return item.locator(".told").inner_text()


def case_of(page: Page) -> Locator:
    """The case, come near to: what plays it is loaded then."""
    case = item_of(page, "case")
    case.scroll_into_view_if_needed()
    return case


def take(page: Page, *actions: str) -> Locator:
    """Walk through the case."""
    case = case_of(page)
    for action in actions:
        case.get_by_role("button", name=action).and_(case.locator("[aria-pressed=false]")).click()
    return case
