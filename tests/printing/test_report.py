"""The report pack: the minutes, and six annexes that say of everybody what the register says."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from dirty_equals import Contains

from psm_course.printing.report import Coverage, ReportSession, Signatory, render_report
from tests.builders import REGION
from tests.printing.builders import (
    A_CHECKPOINT,
    LOGO,
    LONG_NAMES,
    OCCASION,
    WORST,
    a_person,
    a_report,
    an_entry,
)
from tests.printing.readers import printed_lines, stray_letters, texts


def foot(number: int) -> Contains:
    """The line at the foot of a page with this number."""
    return Contains("Berita acara · Bimtek Dasar PSM · Angkatan D26 ", f"Halaman {number} dari 7")


def test_the_minutes_and_six_annexes_say_all_of_it() -> None:
    report = a_report()
    passed, not_yet = report.people
    of_kelurahan = Contains("Kecamatan dan kelurahan ", " Peserta Selesai")

    minutes, *annexes = printed_lines(render_report(report))

    held, signed = minutes.index("Kegiatan Bimtek Dasar PSM"), minutes.index("Lulus 1 orang") + 1
    assert minutes[:5] == [
        "PEMERINTAH KOTA DEPOK",
        "DINAS SOSIAL",
        "Jalan Contoh 1, Depok",
        "Berita acara",
        "Nomor: 800.2/BA/12/2026",
    ]
    assert " ".join(minutes[5:held]) == Contains("Telah dilaksanakan", "dalam buku peserta")
    assert minutes[held:signed] == [
        "Kegiatan Bimtek Dasar PSM",
        "Angkatan Angkatan D26",
        "Penyelenggara Dinas Sosial Kota Depok",
        "Waktu 24–25 November 2026",
        "Tempat Depok",
        "Lama 3 jam pelajaran (JP)",
        "Ringkasan",
        "Peserta terdaftar 2 orang",
        "Lulus 1 orang",
    ]
    assert " ".join(minutes[signed:-4]) == Contains(
        "Lampiran 1 sampai 6",
        "tidak terpisahkan",
        ": daftar peserta, kehadiran, nilai, kelulusan, sebaran per kelurahan, ",
        "buku sertifikat.",
    )
    assert minutes[-4:] == [
        "Depok, 1 Desember 2026",
        "Ketua panitia Kepala Dinas Sosial",
        "Dra. Contoh, M.Si",
        foot(1),
    ]
    assert annexes == [
        [
            "Lampiran 1. Daftar peserta",
            "No. Nomor Nama Kelurahan",
            "1 D26-001 Orang 1 Beji",
            "2 D26-002 Orang 2 Beji",
            foot(2),
        ],
        [
            "Lampiran 2. Kehadiran",
            Contains("H hadir · T terlambat", "I izin atau sakit", "A tidak hadir", "titik: belum"),
            "1 Pembukaan (1 JP); 2 Dasar (2 JP)",
            "No. Nomor Nama 1 2 JP",
            "1 D26-001 Orang 1 H A 1",
            "2 D26-002 Orang 2 H A 1",
            foot(3),
        ],
        [
            "Lampiran 3. Nilai tes",
            Contains("Nilai dari 100. ", "– berarti belum"),
            "No. Nomor Nama Tes awal Tes akhir Selisih",
            "1 D26-001 Orang 1 50 86,67 +36,67",
            "2 D26-002 Orang 2 – 86,67 –",
            foot(4),
        ],
        [
            "Lampiran 4. Kelulusan dan alasannya",
            "No. Nomor Nama Hasil Alasan",
            f"1 D26-001 Orang 1 Lulus {'; '.join(passed.reasons)}",
            f"2 D26-002 Orang 2 Belum {'; '.join(not_yet.reasons)}",
            foot(5),
        ],
        [
            "Lampiran 5. Sebaran per kelurahan",
            Contains("1 dari 3 kelurahan", "2 kelurahan belum."),
            of_kelurahan,
            "Beji 2 1",
            "Beji 2 1",
            "Kukusan 0 0",
            of_kelurahan,
            "Limo 0 0",
            "Limo 0 0",
            foot(6),
        ],
        [
            "Lampiran 6. Buku sertifikat",
            "No. Nomor sertifikat Nama Jenis Terbit",
            "1 800.2/0001/PSM-DASAR/XII/2026 Orang 1 (D26-001) Lulus 01.12.2026",
            foot(7),
        ],
    ]


def test_the_first_page_says_how_the_log_stood_below_the_signatures() -> None:
    page = printed_lines(render_report(a_report(checkpoint=A_CHECKPOINT)))[0]

    assert " ".join(page[page.index("Dra. Contoh, M.Si") + 1 : -1]) == Contains(
        "Puncak catatan register",
        ": 2:3021:9f3a 01bc 77de 2201 dinsos.depok.go.id/log/2, 3021 peristiwa. ",
        "Simpan lembar ini",
        "(psm db check --against).",
    )
    assert page[-1] == foot(1)


def test_every_presence_has_its_letter() -> None:
    person = a_person(1, presence=("present", "late", "excused", "absent", None))
    sessions = tuple(ReportSession(f"Sesi {number}", 1) for number in range(5))

    assert (
        "D26-001 Orang 1 H T I A · 1"
        in texts(render_report(a_report(people=(person,), sessions=sessions)))[2]
    )


def test_when_and_where_each_session_was_and_who_spoke_stand_in_a_line_of_its_own() -> None:
    sessions = (
        ReportSession("Pembukaan", 1, "24 November 2026, Aula"),
        ReportSession("PPKS", 2, f"pemateri {LONG_NAMES[1]}"),
    )

    pdf = render_report(
        a_report(sessions=sessions, occasion=replace(OCCASION, venue="Balai Rakyat"))
    )

    pages = texts(pdf)
    assert (
        f"1 Pembukaan (1 JP): 24 November 2026, Aula 2 PPKS (2 JP): pemateri {LONG_NAMES[1]} No."
        in pages[2]
    )
    assert "Tempat Balai Rakyat Lama" in pages[0]
    assert pages[0].count("Depok, 1 Desember 2026") == 1
    assert stray_letters(pdf, 24) == []


def test_a_fall_in_score_is_said_as_such() -> None:
    person = a_person(1, pretest=Decimal(70), posttest=Decimal("67.5"))

    assert "70 67,5 −2,5" in texts(render_report(a_report(people=(person,))))[3]


def test_what_became_of_a_record_stands_beside_it() -> None:
    entry = an_entry(1, kind="attended", note="diganti oleh 800.2/0002: salah ketik nama")

    page = texts(render_report(a_report(records=(entry,))))[6]
    assert f"(D26-001) {entry.note} Mengikuti" in page


def test_a_report_of_nobody_is_still_a_report() -> None:
    empty = a_report(
        people=(), coverage=(), records=(), sessions=(), summary=(), signatories=(), number=""
    )

    pages = printed_lines(
        render_report(replace(empty, occasion=replace(OCCASION, ends_on=None, place="")))
    )

    assert "Waktu 24 November 2026 Lama 0 jam pelajaran (JP)" in " ".join(pages[0])
    assert pages[6] == ["Lampiran 6. Buku sertifikat", Contains("Belum ada sertifikat"), foot(7)]


def test_a_hundred_people_and_all_kelurahan_stand_on_their_pages_under_repeated_headings() -> None:
    people = tuple(
        a_person(number, name=(*LONG_NAMES, "W" * 100, WORST)[number % 6])
        for number in range(1, 101)
    )
    coverage = tuple(Coverage(each.kecamatan, each.name, 1, 0) for each in REGION.homes)
    records = tuple(an_entry(number, name=LONG_NAMES[number % 4]) for number in range(1, 101))
    longest = (
        Signatory(
            "Pelaksana Tugas Kepala Dinas Sosial Kota Depok Selaku Penanggung Jawab", LONG_NAMES[1]
        ),
    ) * 4

    pdf = render_report(
        a_report(people=people, coverage=coverage, records=records, signatories=longest), LOGO
    )

    pages = texts(pdf)
    listed = [page for page in pages if "D26-" in page.split("Berita acara")[0]]
    assert [page.startswith(("Lampiran", "No. Nomor")) for page in listed] == [True] * len(listed)
    assert [
        page.endswith(f"Halaman {number} dari {len(pages)}") for number, page in enumerate(pages, 1)
    ] == [True] * len(pages)
    assert (
        re.findall(r"D26-\d{3}", " ".join(pages))
        == [f"D26-{number:03}" for number in range(1, 101)] * 5
    )
    assert [each.name for each in REGION.homes if f"{each.name} 1 0" not in " ".join(pages)] == []
    assert stray_letters(pdf, 24) == []


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_report(a_report(), LOGO) == render_report(a_report(), LOGO)
