"""The certificate as a PDF: what it says, and where it stands on the page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.printing.certificate import SIGNATURE_PLACE, CertificatePrinter
from tests.printing.builders import LOGO, LONG_NAMES, WORST, a_content, an_old_content
from tests.printing.certificates import LINK, PRINTER, printed, says
from tests.printing.readers import (
    Box,
    as_by_hand,
    codes,
    letter_boxes,
    opened,
    picture,
    printed_lines,
    reach,
    texts,
)

A4_LANDSCAPE = (842, 595)
MARGIN_X, MARGIN_Y = 70.8, 56.6  # 25 and 20 mm; the frame stands 15 mm from the edge


def stands_within_the_margins(pages: list[Box]) -> bool:
    width, height = A4_LANDSCAPE
    return all(
        left >= MARGIN_X
        and bottom >= MARGIN_Y
        and right <= width - MARGIN_X
        and top <= height - MARGIN_Y
        for left, bottom, right, top in pages
    )


# ---- what it says --------------------------------------------------------------------------------


def test_it_has_two_pages_of_a4_landscape() -> None:
    with opened(printed()) as document:
        assert [tuple(round(length) for length in page.get_size()) for page in document] == [
            A4_LANDSCAPE,
            A4_LANDSCAPE,
        ]


def test_the_front_says_who_completed_what() -> None:
    assert printed_lines(printed())[0] == [
        "PEMERINTAH KOTA DEPOK",
        "DINAS SOSIAL",
        "SERTIFIKAT",
        "Nomor: 800.2/0007/PSM-DASAR/XI/2026",
        "diberikan kepada",
        "Siti Rahayu",
        "PSM Kelurahan Curug (Cimanggis) · nomor peserta D26-017",
        Contains("mengikuti", "dinyatakan lulus"),
        "Bimtek Dasar PSM",
        Contains("16 jam pelajaran (JP)", "Angkatan D26", "pada 24–25 November 2026."),
        "Sertifikat pelatihan relawan.",
        "Bukan sertifikat kompetensi",
        "Pekerja Sosial menurut UU 14/2019.",
        Contains("Periksa keaslian", ": psm.depok.go.id/v"),
        "Depok, 1 Desember 2026",
        "Kepala Dinas Sosial Kota Depok",
    ]


def test_the_back_lists_the_sessions_and_says_what_our_signature_is_not() -> None:
    back = printed_lines(printed())[1]
    signature = back.index("Tentang tanda tangannya")

    assert back[:8] == [
        "Materi kursus",
        "Siti Rahayu · Nomor 800.2/0007/PSM-DASAR/XI/2026",
        "No. Materi JP",
        "1 Pembukaan 1",
        "2 Dasar pekerjaan sosial 15",
        "Jumlah 16",
        Contains("1 JP = 45 menit. ", "86,67 dari 100."),
        "Cara memeriksa",
    ]
    assert " ".join(back[8:signature]) == Contains(
        "kode QR",
        " psm.depok.go.id/v ",
        "Bandingkan semua",
        "nomor serta nama",
        "Yang berlaku adalah hasil",
    )
    assert " ".join(back[signature + 1 :]) == Contains(
        "tanda tangan digital",
        "sertifikat tidak diubah",
        "bukan tanda tangan elektronik",
        "(TTE) tersertifikasi",
        "PP 71/2019 Pasal 60.",
    )


def test_a_content_frozen_long_ago_prints_without_what_it_does_not_know() -> None:
    front, back = printed_lines(PRINTER.render(an_old_content()))

    assert front == [
        "DINAS SOSIAL KOTA DEPOK",
        "SERTIFIKAT",
        "Nomor: 800.2/0007/PSM-DASAR/XI/2026",
        "diberikan kepada",
        "Siti Rahayu",
        "PSM Kelurahan Curug (Cimanggis) · nomor peserta D26-017",
        Contains("mengikuti", "dinyatakan lulus"),
        "Bimtek Dasar PSM",
        Contains("16 jam pelajaran (JP)", "Angkatan D26", "mulai 24 November 2026."),
        "Sertifikat pelatihan relawan.",
        "Bukan sertifikat kompetensi",
        "Pekerja Sosial menurut UU 14/2019.",
        "Depok, 1 Desember 2026",
        "Kepala Dinas Sosial Kota Depok",
    ]
    assert " ".join(back[back.index("Cara memeriksa") + 1 :]) == Contains(
        "Tanyakan kepada Dinas Sosial", "nomor sertifikat dan nama."
    )


def test_who_attended_only_is_not_said_to_have_passed() -> None:
    front = says(kind="attended", score=None)[0]

    assert "mengikuti Bimtek Dasar PSM" in front
    assert "lulus" not in front


def test_a_signatory_is_named_when_the_office_has_one() -> None:
    assert says(signatory_name="Dra. Contoh, M.Si")[0].endswith(
        "Kepala Dinas Sosial Kota Depok Dra. Contoh, M.Si"
    )


def test_the_sentence_about_bsre_stands_only_where_it_is_true() -> None:
    sentence = (
        "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang"
        " diterbitkan oleh BSrE."
    )

    assert [sentence in says(tte_note=true)[1] for true in (True, False)] == [True, False]
    assert sentence not in says()[1]


def test_the_length_of_an_hour_is_that_of_the_course() -> None:
    assert says(minutes_per_hour=60)[1].count("1 JP = 60 menit.") == 1


@pytest.mark.parametrize("changes", [{"score": None}, {"score": "86.67", "show_score": False}])
def test_a_score_is_printed_only_where_there_is_one_and_the_office_wants_it(
    changes: dict[str, Any],
) -> None:
    assert "Nilai" not in " ".join(says(**changes))


@pytest.mark.parametrize("month", range(1, 13))
def test_dates_are_written_in_indonesian(month: int) -> None:
    names = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ]

    assert f"Depok, 9 {names[month - 1]} 2026" in says(issued_on=f"2026-{month:02}-09")[0]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "written"),
    [
        ("2026-11-24", "2026-11-24", "pada 24 November 2026."),
        ("2026-11-30", "2026-12-01", "pada 30 November – 1 Desember 2026."),
        ("2026-12-31", "2027-01-01", "pada 31 Desember 2026 – 1 Januari 2027."),
    ],
)
def test_the_days_of_a_course_are_written_as_people_write_them(
    starts_on: str, ends_on: str, written: str
) -> None:
    assert written in says(starts_on=starts_on, ends_on=ends_on)[0]


@pytest.mark.parametrize(
    "key",
    [
        "name",
        "kelurahan",
        "course",
        "cohort",
        "place",
        "signatory_title",
        "signatory_name",
        "number",
    ],
)
def test_markup_in_a_fact_appears_as_it_was_written(key: str) -> None:
    pages = says(**{key: WORST})

    assert len(pages) == 2
    assert WORST in pages[0]


def test_markup_in_a_session_or_the_letterhead_appears_as_it_was_written() -> None:
    front, back = says(sessions=[{"title": WORST, "hours": 16}], letterhead=[WORST, WORST])

    assert front.startswith(f"{WORST} {WORST} SERTIFIKAT")
    assert f"1 {WORST} 16" in back


# ---- where it stands -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Ani", *LONG_NAMES])
def test_a_name_stays_on_the_page_whole(name: str) -> None:
    pages = says(name=name)

    assert len(pages) == 2
    assert name in pages[0]
    assert stands_within_the_margins(reach(printed(name=name)))


def test_a_name_of_seventy_letters_stands_on_one_line() -> None:
    name = LONG_NAMES[0]
    written = name.replace(" ", "")
    start = says(name=name)[0].replace(" ", "").index(written)

    letters = letter_boxes(printed(name=name))[0][start : start + len(written)]

    bottoms = [bottom for _, bottom, _, _ in letters]
    assert len(name) == 70
    # A comma hangs, a hyphen floats; the next line would be 20 points below.
    assert max(bottoms) - min(bottoms) < 15


@pytest.mark.parametrize(
    ("name", "size"),
    [("Dra. Contoh, M.Si.", 11.5), ("Dra. Hj. Siti Nurhaliza Kusumawardani, M.Si.", 10.5)],
)
def test_no_title_of_the_signatory_stands_alone_on_a_second_line(name: str, size: float) -> None:
    pdf = printed(signatory_name=name)
    letters = letter_boxes(pdf)[0][-len(name.replace(" ", "")) :]

    bottoms = [bottom for _, bottom, _, _ in letters]
    assert texts(pdf)[0].endswith(name)
    assert max(bottoms) - min(bottoms) < size / 2


@pytest.mark.parametrize("logo", [None, LOGO])
def test_the_longest_of_everything_at_once_stays_on_the_page(logo: bytes | None) -> None:
    longest = {
        "name": "W" * 100,
        "course": (
            "Bimbingan Teknis Dasar Pekerja Sosial Masyarakat bagi Relawan Kelurahan dan Kecamatan"
            " se-Kota Depok"
        ),
        "cohort": (
            "Angkatan Kesatu Gabungan Kecamatan Cimanggis, Bojongsari, Tapos, dan Cilodong Tahun"
            " Anggaran 2026"
        ),
        "signatory_title": (
            "Pelaksana Tugas Kepala Dinas Sosial Kota Depok Selaku Penanggung Jawab Kegiatan"
            " Bimbingan Teknis"
        ),
        "signatory_name": LONG_NAMES[1],
        "number": "800.2.4.1/0007/PSM-DASAR-LANJUTAN/DINSOS/BID-PEMBERDAYAAN/XI/2026",
        "letterhead": [
            "PEMERINTAH DAERAH KOTA DEPOK",
            "DINAS SOSIAL",
            "Jalan Margonda Raya Nomor 54, Gedung Dibaleka II Lantai 3",
        ],
    }

    pdf = CertificatePrinter(logo).render(a_content(**longest), LINK)

    front, _ = texts(pdf)
    assert re.sub(r"\W", "", front).count("W" * 100) == 1
    assert stands_within_the_margins(reach(pdf))


def test_more_sessions_than_one_page_holds_run_on_to_the_next() -> None:
    sessions = [{"title": f"Sesi {number}", "hours": 1} for number in range(1, 31)]

    listed = " ".join(says(sessions=sessions)[1:])

    assert [number for number in range(1, 31) if f"{number} Sesi {number} 1" not in listed] == []
    assert stands_within_the_margins(reach(printed(sessions=sessions)))


@pytest.mark.parametrize("name", ["", "Dra. Contoh, M.Si", LONG_NAMES[1]])
@pytest.mark.parametrize(
    "title",
    ["Kepala Dinas Sosial Kota Depok", "Pelaksana Tugas Kepala Dinas Sosial Kota Depok " * 2],
)
def test_the_place_of_the_certified_signature_is_empty(name: str, title: str) -> None:
    left, bottom, width, height = SIGNATURE_PLACE
    pdf = printed(signatory_name=name, signatory_title=title)

    inside = [
        box
        for box in letter_boxes(pdf)[0]
        if left < box[2] and box[0] < left + width and bottom < box[3] and box[1] < bottom + height
    ]
    dpi = 144
    seen = picture(pdf, 0, dpi).crop(
        tuple(
            round(edge * dpi / 72)
            for edge in (left, 595.28 - bottom - height, left + width, 595.28 - bottom)
        )
    )

    assert inside == []
    assert seen.getextrema() == (255, 255)


# ---- the code ------------------------------------------------------------------------------------


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("degrees", [0, 7, 90, 183])
@pytest.mark.parametrize("millimetres", [0, 0.12])
def test_the_code_is_read_from_the_page_crooked_and_out_of_focus(
    dpi: int, degrees: float, millimetres: float
) -> None:
    seen = as_by_hand(picture(printed(), 0, dpi), degrees, millimetres * dpi / 25.4)

    assert codes(seen) == [LINK]


def test_the_code_is_at_least_38_millimetres_wide() -> None:
    dpi = 254
    black = (
        picture(printed(letterhead=[" "]), 0, dpi)
        .crop((220, 1200, 800, 2000))
        .point(lambda level: 255 * (level < 60))
    )
    left, _, right, _ = black.getbbox() or (0, 0, 0, 0)

    assert (right - left) / 10 >= 38


def test_a_certificate_without_a_link_has_no_code() -> None:
    assert codes(picture(PRINTER.render(a_content()), 0, 150)) == []
