"""The file a certificate is: many in one, the same bytes every time, and what is attached to it."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image

from psm_course.errors import Refused
from psm_course.printing import certificate
from psm_course.printing.certificate import CertificatePrinter
from psm_course.printing.typesetting import Unprintable
from tests.printing.builders import LOGO, a_content, a_link
from tests.printing.certificates import LINK, PRINTER, printed
from tests.printing.readers import codes, picture, texts

# ---- many ----------------------------------------------------------------------------------------


def test_a_batch_prints_each_front_and_back_in_the_order_given() -> None:
    people = [
        (a_content(name=name, participant=f"D26-{index:03}"), a_link(seed=index))
        for index, name in enumerate(["Ani", "Budi", "Cici"])
    ]

    (pdf,) = PRINTER.render_batch(people)

    alone = [page for content, link in people for page in texts(PRINTER.render(content, link))]
    assert texts(pdf) == alone
    assert [codes(picture(pdf, page, 150)) for page in (0, 2, 4)] == [[link] for _, link in people]


def test_a_large_batch_is_cut_into_files_so_that_memory_stays_small(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(certificate, "BATCH", 2)

    files = list(
        PRINTER.render_batch((a_content(participant=f"D26-{number}"), None) for number in range(5))
    )

    assert [re.findall(r"D26-\d", " ".join(texts(pdf))) for pdf in files] == [
        ["D26-0", "D26-1"],
        ["D26-2", "D26-3"],
        ["D26-4"],
    ]
    assert list(PRINTER.render_batch([])) == []


# ---- the file itself -----------------------------------------------------------------------------

CREDENTIAL = '{"name": "Siti Rahayu", "diacritics": "Łukasz é", "n": 1.50}\n'.encode()


def digest() -> str:
    return hashlib.sha256(
        CertificatePrinter(LOGO).render(a_content(), LINK, CREDENTIAL)
    ).hexdigest()


def test_the_same_facts_give_the_same_bytes_in_another_process_too() -> None:
    script = "from tests.printing.test_certificate_file import digest; print(digest())"
    here = digest()

    there = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )

    assert there.stdout.strip() == here
    assert digest() == here


def test_other_facts_give_other_bytes() -> None:
    assert printed() != printed(name="Siti Rahayu Ningsih")


def test_the_credential_is_attached_byte_for_byte() -> None:
    with pypdf.PdfReader(io.BytesIO(PRINTER.render(a_content(), LINK, CREDENTIAL))) as pdf:
        (attached,) = pdf.attachment_list
        assert (attached.name, attached.content) == ("credential.json", CREDENTIAL)
        assert (attached.subtype, attached.associated_file_relationship) == (
            "/application/json",
            "/Data",
        )


def test_without_a_credential_nothing_is_attached() -> None:
    with pypdf.PdfReader(io.BytesIO(printed())) as pdf:
        assert dict(pdf.attachments) == {}


def test_it_declares_itself_fit_for_archives_and_for_screen_readers() -> None:
    with pypdf.PdfReader(io.BytesIO(printed())) as pdf:
        xmp = pdf.xmp_metadata
        assert xmp is not None
        described = xmp.stream.get_data().decode()
        root: Any = pdf.root_object
        assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("id", True)

    assert re.findall(r"<pdf(aid:part|aid:conformance|uaid:part)>(\w+)<", described) == [
        ("aid:part", "3"),
        ("aid:conformance", "A"),
        ("uaid:part", "1"),
    ]


def test_its_title_names_course_and_person_and_its_date_is_the_day_of_issue() -> None:
    with pypdf.PdfReader(io.BytesIO(printed())) as pdf:
        assert pdf.metadata is not None
        assert pdf.metadata.title == "Sertifikat Bimtek Dasar PSM - Siti Rahayu"
        assert pdf.metadata.author == "Dinas Sosial Kota Depok"
        assert pdf.metadata.creation_date is not None
        assert pdf.metadata.creation_date.isoformat() == "2026-12-01T00:00:00+00:00"


def test_a_letter_that_the_typeface_lacks_is_refused_rather_than_printed_as_a_box() -> None:
    with pytest.raises(Unprintable, match="漢"):
        printed(name="Siti 漢")


@pytest.mark.parametrize(
    "logo", [b"bukan gambar", b"\x89PNG\r\n\x1a\n", b"<svg", b"%PDF-1.7", b"<html></html>"]
)
def test_a_logo_that_is_no_picture_is_refused_at_once(logo: bytes) -> None:
    with pytest.raises(Refused, match=r"^Logo .*PNG atau SVG"):
        CertificatePrinter(logo)


def test_a_logo_in_png_is_printed() -> None:
    written = io.BytesIO()
    Image.new("RGB", (60, 60), (200, 0, 0)).save(written, "PNG")

    front = picture(CertificatePrinter(written.getvalue()).render(a_content()), 0, 72)

    assert picture(printed(), 0, 72).getpixel((421, 75)) == 255
    assert front.getpixel((421, 75)) == 60
