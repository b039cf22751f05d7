"""A signature that an office's own client added to a certificate: who signed, and nothing else was
changed or added on the way.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from functools import cache

import pypdf
import pytest
from dirty_equals import Contains
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from psm_course.credentials.formats.signatures import BROKEN, signer_in
from psm_course.errors import Refused
from psm_course.printing.certificate import CertificatePrinter
from tests.printing.builders import a_content, a_link
from tests.registrar.certificates.signing_client import AUTHORITY, OFFICIAL, signed, turned


@cache
def issued() -> bytes:
    return CertificatePrinter().render(a_content(), a_link())


def names_in(pdf: bytes) -> list[str]:
    (names,) = signer_in(pdf)
    return names


def refusal(pdf: bytes) -> str:
    with pytest.raises(Refused) as refused:
        names_in(pdf)
    return str(refused.value)


def changed(change: Callable[[IncrementalPdfFileWriter], None], pdf: bytes | None = None) -> bytes:
    """The file with something changed at its end, as a program adds it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf or issued()))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_note(subtype: str, **entries: str) -> Callable[[IncrementalPdfFileWriter], None]:
    """A note on the first page: a field for a signature is one, and so is a stamp."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        note = DictionaryObject(
            {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject(subtype)}
        )
        note[NameObject("/Rect")] = ArrayObject(map(NumberObject, (0, 0, 10, 10)))
        note.update({NameObject(f"/{name}"): NameObject(value) for name, value in entries.items()})
        page[NameObject("/Annots")] = ArrayObject(
            [*page.get("/Annots", ()), writer.add_object(note)]
        )
        writer.update_container(page)

    return change


def with_entry_of_the_catalogue(
    name: str, value: str
) -> Callable[[IncrementalPdfFileWriter], None]:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root[NameObject(name)] = NameObject(value)
        writer.update_root()

    return change


def with_title(writer: IncrementalPdfFileWriter) -> None:
    info = writer.trailer["/Info"]
    info[NameObject("/Producer")] = TextStringObject("Penanda Tangan")
    writer.update_container(info)


def with_page_drawn_anew(writer: IncrementalPdfFileWriter) -> None:
    """Another stream of the same length and entries in the place of the page's own."""
    reference = writer.root["/Pages"]["/Kids"][0].raw_get("/Contents").reference
    old = writer.prev.get_object(reference)
    data = old.encoded_data
    entries = {name: old.raw_get(name) for name in old if name != "/Length"}
    writer.objects[reference.generation, reference.idnum] = StreamObject(
        entries, encoded_data=data[:-1] + bytes([data[-1] ^ 1])
    )


def with_pages_turned_round(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages[NameObject("/Kids")] = ArrayObject([pages["/Kids"].raw_get(at) for at in (1, 0)])
    writer.update_container(pages)


@pytest.mark.parametrize(
    "pdf",
    [
        pytest.param(lambda: signed(issued()), id="signed"),
        pytest.param(lambda: signed(signed(issued()), "LAIN"), id="signed twice"),
        pytest.param(lambda: signed(changed(with_title)), id="another program's name"),
        pytest.param(
            lambda: signed(changed(with_entry_of_the_catalogue("/Version", "/2.0"))),
            id="a later version",
        ),
        pytest.param(
            lambda: signed(changed(with_note("/Widget", FT="/Sig"))), id="one more place to sign"
        ),
    ],
)
def test_who_signed_is_told_with_who_vouches(pdf: Callable[[], bytes]) -> None:
    assert names_in(pdf()) == [OFFICIAL, AUTHORITY]


@pytest.mark.parametrize(
    "pdf",
    [
        pytest.param(lambda: turned(issued()), id="a page turned"),
        pytest.param(lambda: changed(with_note("/Stamp")), id="a stamp"),
        pytest.param(
            lambda: changed(with_note("/Stamp", FT="/Sig")),
            id="a stamp that calls itself a signature",
        ),
        pytest.param(lambda: changed(with_note("/Widget", FT="/Tx")), id="a field for text"),
        pytest.param(
            lambda: changed(with_entry_of_the_catalogue("/PageMode", "/FullScreen")),
            id="the catalogue changed",
        ),
        pytest.param(lambda: changed(with_page_drawn_anew), id="a page drawn anew"),
        pytest.param(lambda: changed(with_pages_turned_round), id="pages in another order"),
    ],
)
def test_what_was_changed_before_it_was_signed_is_refused(pdf: Callable[[], bytes]) -> None:
    assert refusal(signed(pdf())) == Contains("diganti sebelum ditandatangani")


def test_a_file_without_a_signature_is_refused() -> None:
    assert refusal(issued()).startswith("belum ditandatangani: ")


def test_a_changed_or_cut_off_file_is_refused_as_broken() -> None:
    whole = signed(issued())
    at = len(issued()) // 2

    for broken in (
        turned(whole),
        changed(with_title, whole),
        whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :],
        whole[:-2000],
        b"%PDF-1.7\n",
        b"",
    ):
        assert refusal(broken) == BROKEN


def test_one_good_signature_does_not_make_up_for_a_broken_one() -> None:
    once = signed(issued())
    twice = signed(once, "LAIN")
    at = len(once) - 3_000  # within the first one's own value

    assert refusal(twice[:at] + b"0" * 40 + twice[at + 40 :]) == BROKEN


def test_nothing_is_told_on_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.WARNING)

    names_in(signed(issued()))

    assert capfd.readouterr() == ("", "")
    assert [logging.getLogger(name).level for name in ("pyhanko", "pyhanko_certvalidator")] == [
        logging.CRITICAL
    ] * 2


def test_what_is_issued_has_what_a_signing_program_changes() -> None:
    """Else the tests above would change nothing that the reader looks for."""
    trailer = pypdf.PdfReader(io.BytesIO(issued())).trailer

    assert "/Info" in trailer
    assert "/Metadata" in trailer["/Root"]
