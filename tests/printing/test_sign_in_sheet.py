"""The sign-in sheet: everybody once, in order, under a repeated heading, a box a session."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from dirty_equals import Contains

from psm_course.printing.sign_in_sheet import SignInSheet, render_sign_in_sheet
from tests.printing.builders import LOGO, LONG_NAMES, OCCASION, WORST, a_row
from tests.printing.readers import opened, printed_lines, stray_letters, texts

DAY_ONE = SignInSheet("Hari ke-1", ("Pembukaan", "Dasar", "PPKS"), date(2026, 11, 24))
ONE_SESSION = SignInSheet("Sesi Perlindungan anak", ("Perlindungan anak",))


def test_a_sheet_says_what_it_is_of_and_who_is_expected() -> None:
    people = [a_row(1, name="Siti Rahayu", kelurahan="Curug (Cimanggis)"), a_row(2, name="Budi")]

    (page,) = printed_lines(render_sign_in_sheet(OCCASION, [DAY_ONE], people))

    assert page == [
        "PEMERINTAH KOTA DEPOK",
        "DINAS SOSIAL",
        "Jalan Contoh 1, Depok",
        "Daftar hadir",
        "Bimtek Dasar PSM, Angkatan D26",
        "Hari ke-1, 24 November 2026",
        "No. Nomor Nama Kelurahan Pembukaan Dasar PPKS",
        "1 D26-001 Siti Rahayu Curug (Cimanggis)",
        "2 D26-002 Budi Beji",
        Contains("Jumlah yang hadir: ", " dari 2. ", "Petugas daftar hadir"),
        Contains("Daftar hadir", "D26 · Hari ke-1, 24 November 2026 ", "Halaman 1 dari 1"),
    ]


@pytest.mark.parametrize(
    ("sheet", "heading"), [(DAY_ONE, "Pembukaan Dasar PPKS"), (ONE_SESSION, "Perlindungan anak")]
)
def test_a_hundred_people_run_over_pages_with_the_heading_repeated(
    sheet: SignInSheet, heading: str
) -> None:
    pages = texts(
        render_sign_in_sheet(OCCASION, [sheet], [a_row(number) for number in range(1, 101)])
    )

    assert [f"No. Nomor Nama Kelurahan {heading}" in page for page in pages] == [
        "D26-" in page for page in pages
    ]
    assert [
        page.endswith(f"Halaman {number} dari {len(pages)}") for number, page in enumerate(pages, 1)
    ] == [True] * len(pages)
    assert re.findall(r"D26-\d{3}", " ".join(pages)) == [
        f"D26-{number:03}" for number in range(1, 101)
    ]


def test_each_sheet_begins_on_its_own_page_and_turns_when_it_is_wide() -> None:
    pdf = render_sign_in_sheet(OCCASION, [DAY_ONE, ONE_SESSION], [a_row(1)])

    with opened(pdf) as document:
        assert [tuple(round(length) for length in page.get_size()) for page in document] == [
            (842, 595),
            (595, 842),
        ]
    assert ["24 November 2026" in page for page in texts(pdf)] == [True, False]


def test_more_sessions_than_titles_fit_are_numbered_with_a_key() -> None:
    sheet = SignInSheet("Semua sesi", tuple(f"Judul {letter}" for letter in "ABCDEFGHI"))

    (page,) = texts(render_sign_in_sheet(OCCASION, [sheet], [a_row(1)]))

    assert (
        "1 Judul A; 2 Judul B; 3 Judul C; 4 Judul D; 5 Judul E; 6 Judul F; 7 Judul G; 8 Judul H; 9"
        " Judul I" in page
    )
    assert "Kelurahan 1 2 3 4 5 6 7 8 9 1 D26-001" in page


@pytest.mark.parametrize(
    "sheet",
    [
        DAY_ONE,
        ONE_SESSION,
        SignInSheet("Semua", tuple(["Kesehatan jiwa bersama Dinas Kesehatan"] * 12)),
    ],
)
def test_long_names_stay_in_their_row(sheet: SignInSheet) -> None:
    names = [*LONG_NAMES, "W" * 100, WORST]
    people = [
        a_row(index, name=name, kelurahan="Rangkapan Jaya Baru (Pancoran Mas)")
        for index, name in enumerate(names)
    ]
    short = render_sign_in_sheet(
        OCCASION, [sheet], [a_row(index) for index in range(len(names))], LOGO
    )

    pdf = render_sign_in_sheet(OCCASION, [sheet], people, LOGO)

    assert len(texts(pdf)) == len(texts(short)) == 1
    assert stray_letters(pdf, 24) == []
    squeezed = re.sub(r"\W", "", texts(pdf)[0])
    assert [name for name in names if re.sub(r"\W", "", name) not in squeezed] == []


def test_rooms_and_speakers_stand_above_the_table_and_the_place_below_the_day() -> None:
    held = ("Pembukaan: 08.30–09.15, Aula", "PPKS: pemateri dr. Contoh (Dinas Kesehatan)")

    (page,) = printed_lines(
        render_sign_in_sheet(
            replace(OCCASION, venue="Balai Rakyat"), [replace(DAY_ONE, held=held)], [a_row(1)]
        )
    )
    day = page.index("Hari ke-1, 24 November 2026")

    assert page[day + 1 : day + 4] == ["Balai Rakyat", *held]
    assert page[day + 4].startswith("No. ")


def test_long_rooms_and_speakers_stay_on_the_page() -> None:
    held = tuple(f"{name}: Ruang {WORST}, pemateri {name} ({'W' * 100})" for name in LONG_NAMES)

    pdf = render_sign_in_sheet(
        replace(OCCASION, venue="M" * 100), [replace(DAY_ONE, held=held)], [a_row(1)]
    )

    assert stray_letters(pdf, 24) == []


def test_an_occasion_of_unknown_length_and_no_letterhead_is_printed_with_what_is_known() -> None:
    occasion = replace(OCCASION, ends_on=None, letterhead=())

    assert texts(render_sign_in_sheet(occasion, [ONE_SESSION], [a_row(1)]))[0].startswith(
        "DINAS SOSIAL KOTA DEPOK Daftar hadir"
    )
