"""The certificate as a PDF: what it says, where it stands on the page, and that it is the same every time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdf
import pypdfium2
import pytest

from psm_course.credentials.certificate import CertificatePrinter

PRINTER = CertificatePrinter()
A4_LANDSCAPE = (842, 595)
MARGIN_X, MARGIN_Y = 68, 51  # 24 mm and 18 mm
WORST = "#pagebreak() *x* $a$ <b> @c `d` _e_ \\ //f [g] {h}"


def content(**changes: Any) -> dict[str, Any]:
    return {
        "number": "800.2/0007/PSM-DASAR/XI/2026",
        "participant": "D26-017",
        "name": "Siti Rahayu",
        "kelurahan": "Curug (Cimanggis)",
        "course": "Bimtek Dasar PSM",
        "organiser": "Dinas Sosial Kota Depok",
        "hours": 16,
        "minutes_per_hour": 45,
        "cohort": "Angkatan D26",
        "starts_on": "2026-11-24",
        "issued_on": "2026-12-01",
        "place": "Depok",
        "signatory_title": "Kepala Dinas Sosial Kota Depok",
        "signatory_name": "",
        "score": "86.67",
        "sessions": [{"title": "Pembukaan", "hours": 1}, {"title": "Dasar pekerjaan sosial", "hours": 15}],
    } | changes


@contextmanager
def opened(**changes: Any) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(PRINTER.render(content(**changes)))
    try:
        yield document
    finally:
        document.close()


def texts(**changes: Any) -> list[str]:
    """The text of each page, on one line."""
    with opened(**changes) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def spread(**changes: Any) -> list[tuple[float, float, float, float]]:
    """For each page, how far its text reaches: left, bottom, right, top."""
    with opened(**changes) as document:
        reach = []
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(index) for index in range(text.count_chars())]
            left, bottom, right, top = zip(*boxes, strict=True)
            reach.append((min(left), min(bottom), max(right), max(top)))
        return reach


def stands_within_the_margins(reach: list[tuple[float, float, float, float]]) -> bool:
    width, height = A4_LANDSCAPE
    return all(
        left >= MARGIN_X and bottom >= MARGIN_Y and right <= width - MARGIN_X and top <= height - MARGIN_Y
        for left, bottom, right, top in reach
    )


# ---- what it says ------------------------------------------------------------------------------------------------------------


def test_it_has_two_pages_of_a4_landscape() -> None:
    with opened() as document:
        assert [tuple(round(length) for length in page.get_size()) for page in document] == [A4_LANDSCAPE, A4_LANDSCAPE]


def test_the_front_says_who_completed_what() -> None:
    assert texts()[0] == (
        "DINAS SOSIAL KOTA DEPOK SERTIFIKAT Nomor: 800.2/0007/PSM-DASAR/XI/2026 diberikan kepada Siti Rahayu "
        "PSM Kelurahan Curug (Cimanggis) · nomor peserta D26-017 yang telah mengikuti dan dinyatakan lulus Bimtek Dasar PSM "
        "sebanyak 16 jam pelajaran (JP), Angkatan D26, mulai 24 November 2026. "
        "Sertifikat pelatihan relawan. Bukan sertifikat kompetensi Pekerja Sosial menurut UU 14/2019. "
        "Depok, 1 Desember 2026 Kepala Dinas Sosial Kota Depok"
    )


def test_the_back_lists_the_sessions() -> None:
    assert texts()[1] == (
        "Materi kursus No. Materi JP 1 Pembukaan 1 2 Dasar pekerjaan sosial 15 Jumlah 16 "
        "1 JP = 45 menit. Nilai tes akhir: 86,67 dari 100. Nama: Siti Rahayu. Nomor: 800.2/0007/PSM-DASAR/XI/2026."
    )


def test_a_signatory_is_named_when_the_office_has_one() -> None:
    assert texts(signatory_name="Dra. Contoh, M.Si")[0].endswith("Kepala Dinas Sosial Kota Depok Dra. Contoh, M.Si")


def test_the_length_of_an_hour_is_that_of_the_course() -> None:
    assert texts(minutes_per_hour=60)[1].count("1 JP = 60 menit.") == 1


def test_a_course_without_a_score_prints_none() -> None:
    assert "Nilai" not in texts(score=None)[1]


@pytest.mark.parametrize("month", range(1, 13))
def test_dates_are_written_in_indonesian(month: int) -> None:
    names = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"]

    assert f"Depok, 9 {names[month - 1]} 2026" in texts(issued_on=f"2026-{month:02}-09")[0]


@pytest.mark.parametrize("key", ["name", "kelurahan", "course", "cohort", "place", "signatory_title", "signatory_name", "number"])
def test_markup_in_a_fact_appears_as_it_was_written(key: str) -> None:
    pages = texts(**{key: WORST})

    assert len(pages) == 2
    assert WORST in pages[0]


def test_markup_in_a_session_appears_as_it_was_written() -> None:
    pages = texts(sessions=[{"title": WORST, "hours": 16}])

    assert len(pages) == 2
    assert f"1 {WORST} 16" in pages[1]


# ---- where it stands ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Ani",
        "R. Ay. Raden Roro Siti Nurhayati Kusumaningtyas Hadiwijayakusuma Putri"[:70],
        "Ng Đặng Ñoño José Łukasz Čapek-Šimić Ångström d’Été Ç. Õ. Ü. Ő. Ž. Ğ",
        " ".join(["Siti"] * 20),
        "M" * 34 + " " + "W" * 34,
    ],
)
def test_a_name_stays_on_the_page_whole(name: str) -> None:
    pages = texts(name=name)

    assert len(pages) == 2
    assert name in pages[0]
    assert stands_within_the_margins(spread(name=name))


def test_the_longest_name_a_roster_takes_stays_on_the_page() -> None:
    name = "W" * 100

    pages = texts(name=name)

    assert [len(pages), re.sub(r"\W", "", pages[0]).count(name)] == [2, 1]
    assert stands_within_the_margins(spread(name=name))


def test_more_sessions_than_one_page_holds_run_on_to_the_next() -> None:
    sessions = [{"title": f"Sesi {number}", "hours": 1} for number in range(1, 31)]

    listed = " ".join(texts(sessions=sessions)[1:])

    assert [number for number in range(1, 31) if f"{number} Sesi {number} 1" not in listed] == []
    assert stands_within_the_margins(spread(sessions=sessions))


# ---- the file itself ---------------------------------------------------------------------------------------------------------


def test_the_same_facts_give_the_same_bytes() -> None:
    assert CertificatePrinter().render(content()) == CertificatePrinter().render(content())


def test_other_facts_give_other_bytes() -> None:
    assert PRINTER.render(content()) != PRINTER.render(content(name="Siti Rahayu Ningsih"))


def test_it_declares_itself_fit_for_archives_and_for_screen_readers() -> None:
    with pypdf.PdfReader(io.BytesIO(PRINTER.render(content()))) as pdf:
        xmp = pdf.xmp_metadata
        assert xmp is not None
        described = xmp.stream.get_data().decode()
        assert (pdf.root_object["/Lang"], pdf.root_object["/MarkInfo"]["/Marked"]) == ("id", True)  # type: ignore[index]

    assert re.findall(r"<pdf(aid:part|aid:conformance|uaid:part)>(\w+)<", described) == [
        ("aid:part", "3"),
        ("aid:conformance", "A"),
        ("uaid:part", "1"),
    ]


def test_its_title_names_course_and_person_and_its_date_is_the_day_of_issue() -> None:
    with pypdf.PdfReader(io.BytesIO(PRINTER.render(content()))) as pdf:
        assert pdf.metadata is not None
        assert pdf.metadata.title == "Sertifikat Bimtek Dasar PSM - Siti Rahayu"
        assert pdf.metadata.author == "Dinas Sosial Kota Depok"
        assert pdf.metadata.creation_date is not None
        assert pdf.metadata.creation_date.isoformat() == "2026-12-01T00:00:00+00:00"
