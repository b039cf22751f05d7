"""Checkpoints in files: which files of a ZIP are looked at, and where in a PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from psm_course.credentials.documents import LARGEST, Unreadable
from psm_course.credentials.verification.notes import in_the_box
from psm_course.printing.certificate import CertificatePrinter
from tests.credentials.tampered_pdf import a_pdf
from tests.printing.builders import a_content, a_link

NAMES = ("checkpoint", "catatan.txt")
SHORT_FORM = "1:3021:9f3a 01bc 77de 2201"


def found(content: bytes) -> list[str]:
    return list(in_the_box(content, NAMES, "catatan.txt"))


def a_zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items():
            pack.writestr(name, content)
    return out.getvalue()


def test_files_of_these_names_are_looked_at_in_any_folder_of_a_zip() -> None:
    files = {
        "checkpoint": b"satu",
        "situs/log/checkpoint": b"dua \xff",
        "a/catatan.txt": b"tiga",
        "checkpoint.txt": b"x",
        "lain": b"x",
    }

    assert found(a_zip(files)) == ["satu", "dua \udcff", "tiga"]


def test_twenty_files_of_a_zip_are_looked_at() -> None:
    assert found(a_zip({f"{at}/checkpoint": str(at).encode() for at in range(21)})) == [
        str(at) for at in range(20)
    ]


def test_a_file_larger_than_any_document_is_passed_over() -> None:
    files = {
        "a/checkpoint": b" " * LARGEST,
        "b/checkpoint": b" " * (LARGEST + 1),
        "c/checkpoint": b"c",
    }

    assert [len(each) for each in found(a_zip(files))] == [LARGEST, 1]


# Names of their own: a ZIP carries the clock, and two processes have to collect the same tests.
@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(a_zip({"checkpoint": b"satu"})[:-30], id="cut"),
        pytest.param(b"PK", id="two-letters"),
        pytest.param(b"PK\x03\x04", id="a-head-alone"),
    ],
)
def test_a_broken_zip_is_unreadable(broken: bytes) -> None:
    with pytest.raises(Unreadable, match="berkas ZIP ini rusak"):
        found(broken)


def test_a_locked_zip_is_unreadable() -> None:
    whole = bytearray(a_zip({"checkpoint": b"satu"}))
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(head) + flags] |= 1

    with pytest.raises(Unreadable, match="berkas ZIP ini rusak"):
        found(bytes(whole))


def test_the_first_attachment_of_a_name_is_looked_at_in_a_pdf() -> None:
    assert found(
        a_pdf([("lain.txt", b"x"), ("catatan.txt", b"satu"), ("catatan.txt", b"dua")])
    ) == ["satu"]


def test_without_an_attachment_the_printed_short_form_is_looked_for() -> None:
    assert found(CertificatePrinter().render(a_content(place=f"Depok {SHORT_FORM}"), a_link())) == [
        SHORT_FORM
    ]
    assert found(a_pdf({"lain.txt": b"x"})) == []


def test_what_is_neither_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        found(b"halo")
