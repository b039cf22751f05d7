"""The papers of the two days: exactly a page for each speaker, and two sheets to fill in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from dirty_equals import Contains

from psm_course.printing.papers import SpeakerPage, render_closing_sheets, render_speaker_pages
from tests.printing.builders import LONG_NAMES, OCCASION, WORST
from tests.printing.readers import opened, printed_lines, stray_letters, texts

AS_OF = date(2026, 11, 20)
PAGE = SpeakerPage(
    institution="Kementerian Sosial",
    topic="Siapa PSM",
    session="Dasar",
    lesson="Peran dan batas",
    minutes=5,
    audience="100 PSM",
    before=("Tes awal",),
    after=("Tiga *pertanyaan*",),
    say=("Relawan",),
    avoid=("Janji honor",),
    bring=("Naskah",),
    room_rules=("Tanpa nama warga",),
    when="24 November 2026, pukul 09.00–09.35",
    room="Ruang 2",
    speaker="Ibu Contoh",
)


def test_a_page_says_when_where_how_long_and_what() -> None:
    (page,) = printed_lines(render_speaker_pages(OCCASION, [PAGE], AS_OF))

    assert page == [
        "PEMERINTAH KOTA DEPOK",
        "DINAS SOSIAL",
        "Jalan Contoh 1, Depok",
        "Lembar pemateri: Kementerian Sosial",
        "Siapa PSM",
        "Sesi Dasar",
        "Pelajaran Peran dan batas",
        "Kapan 24 November 2026, pukul 09.00–09.35",
        "Ruang Ruang 2",
        "Pemateri Ibu Contoh",
        Contains("Waktu bicara 5 menit", "dalam pelajaran itu"),
        "Peserta 100 PSM",
        "Peserta sudah",
        "• Tes awal",
        "Sesudah Anda, peserta",
        "• Tiga pertanyaan",
        "Sampaikan",
        "• Relawan",
        "Jangan",
        "× Janji honor",
        "Bawa, atau pastikan dulu",
        "☐ Naskah",
        "Di ruangan ini",
        "• Tanpa nama warga",
        Contains(
            "Lembar pemateri · Angkatan D26 · Kementerian Sosial · ",
            "20 November 2026",
            "Halaman 1 dari 1",
        ),
    ]


@pytest.mark.parametrize("lines", [1, 6, 9])
def test_a_speaker_has_exactly_one_page_however_much_there_is_to_say(lines: int) -> None:
    much = tuple(
        f"Kalimat {number}: {'yang cukup panjang untuk dua baris, ' * 3}ya."
        for number in range(lines)
    )
    pages = [
        replace(PAGE, institution=name, say=much, avoid=much[:4], room_rules=much[:5])
        for name in ("Satu", "Dua")
    ]

    pdf = render_speaker_pages(OCCASION, pages, AS_OF)

    assert [f"Halaman {number} dari 2" in page for number, page in enumerate(texts(pdf), 1)] == [
        True,
        True,
    ]
    assert stray_letters(pdf, 20) == []


def test_nothing_typed_leaves_the_page_or_is_read_as_markup() -> None:
    pages = [replace(PAGE, speaker=name, room=name[:90]) for name in [*LONG_NAMES, WORST]]

    pdf = render_speaker_pages(OCCASION, pages, AS_OF)

    assert len(texts(pdf)) == len(pages)
    assert stray_letters(pdf, 20) == []


@pytest.mark.parametrize(
    "speakers",
    [(), ("Kementerian Sosial", "Dinas Kesehatan", "Dinas Sosial Provinsi", "Dinas Sosial Kota")],
)
def test_the_closing_has_a_plan_and_an_evaluation_a_page_each(speakers: tuple[str, ...]) -> None:
    pdf = render_closing_sheets(OCCASION, speakers)

    plan, evaluation = texts(pdf)
    assert [
        word
        for word in (
            "Rencana tindak lanjut",
            "Tanda berhasil",
            "Sesudah 1 bulan",
            "Sesudah 3 bulan",
        )
        if word not in plan
    ] == []
    assert [
        word
        for word in ("Evaluasi", "Tanpa nama", "Menguasai bahan", "Kebersihan", *speakers)
        if word not in evaluation
    ] == []
    with opened(pdf) as document:
        assert len(document) == 2
