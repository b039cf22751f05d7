"""Checks that a PDF is signed, and that signing changed nothing else in it.

This module runs in the box, the limited process that reads files from outside. The caller,
`registrar.certificates.signed_pdf`, has already checked that the file begins with the bytes of the
PDF that the office issued. After these bytes, only three things may be added: signatures, fields on
the pages to show these signatures, and new facts about the file (who wrote it last, and when). A
file that replaces anything else of the issued PDF (a page's text, the attached credential) is
refused.
"""

import io
import logging
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from psm_course.errors import Refused

# Entries of the catalogue, when a file is signed.
_MAY_GAIN = {"/AcroForm", "/DSS", "/Perms", "/Extensions", "/Version"}
BROKEN = "tanda tangannya rusak, atau berkas ini diubah setelah ditandatangani"
_REPLACED = "isi halamannya atau lampirannya diganti sebelum ditandatangani"


def signer_in(content: bytes) -> Iterator[list[str]]:
    """Check a signed PDF; yield one list of two names: the person, and the certificate authority.

    The person is the one who signed. The certificate authority is the organisation that issued the
    person's signing certificate (X.509). Both names are from the newest signature of the PDF.

    Raises:
        Refused: the file has no signature, a signature is broken, or the file was changed. The
            message is the second part of an Indonesian sentence. The first part is the name of the
            file, which the caller adds.
    """
    # pyHanko would log at length that it does not know the signer.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        yield _read(content)
    except (
        PdfError,
        SigningError,
        SignatureValidationError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        RecursionError,
        OSError,
    ):
        raise Refused(BROKEN) from None  # a hostile file can trip the reader in any of these ways


def _read(pdf: bytes) -> list[str]:
    reader = PdfFileReader(io.BytesIO(pdf))
    signatures = reader.embedded_signatures
    if not signatures:
        raise Refused("belum ditandatangani: tidak ada tanda tangan elektronik di dalamnya")
    # The office's people sign with their own certificates:
    # which of them to believe is not ours to say.
    knows_nobody = ValidationContext(allow_fetching=False, trust_roots=[])
    found = [validate_pdf_signature(each, knows_nobody) for each in signatures]
    if (
        not all(each.intact and each.valid for each in found)
        or found[-1].coverage != SignatureCoverageLevel.ENTIRE_FILE
    ):
        raise Refused(BROKEN)
    if not _only_signed(reader):
        raise Refused(_REPLACED)
    certificate = signatures[-1].signer_cert
    return [_called(certificate.subject), _called(certificate.issuer)]


def _called(name: Any) -> str:
    """Return the values of an X.509 name (person, office, country …) as one text, with commas.

    The values are in reverse order, so that the person comes before the office. The English labels
    of the values ("Common Name: …") are left out.
    """
    values = [[value] if isinstance(value, str) else value for value in name.native.values()]
    return ", ".join(each for value in reversed(values) for each in value)


def _only_signed(reader: PdfFileReader) -> bool:
    """True if the contents of the issued PDF are unchanged after signing.

    A signed PDF has several revisions; the first is the PDF that the office issued. A later
    revision may change only this: facts about the file (who wrote it last, and when), the
    catalogue (only to add entries for signatures), and pages (only to add signature fields).
    """
    then: Any = reader.get_historical_resolver(0)  # these methods have no types
    # Only what the issued revision contained can have been replaced; new objects are looked at
    # where they are used.
    before = reader.xrefs.explicit_refs_in_revision(0)
    replaced = {
        ref
        for at in range(1, reader.total_revisions)
        for ref in reader.xrefs.explicit_refs_in_revision(at)
    } & before
    # They say who wrote the file last, and when.
    about = {
        reader.trailer.raw_get("/Info").reference,
        reader.root.raw_get("/Metadata").reference,
    }
    now: Any = reader
    return all(
        _is_same(then.get_object(ref), now.get_object(ref), ref == reader.root_ref)
        for ref in replaced - about
    )


def _is_same(old: Any, new: Any, is_root: bool) -> bool:
    if is_root:
        return _without(old, _MAY_GAIN) == _without(new, _MAY_GAIN)
    if isinstance(old, dict) and old.get("/Type") == "/Page":
        return _without(old, {"/Annots"}) == _without(new, {"/Annots"}) and _only_places_added(
            old, new
        )
    # Compared as they are compressed: two streams with one content may hide a difference in how
    # they are read.
    if isinstance(old, StreamObject) and isinstance(new, StreamObject):
        return bool(old == new and old.encoded_data == new.encoded_data)
    return bool(old == new)


def _without(entries: Any, names: set[str]) -> dict[str, Any]:
    return {name: entries.raw_get(name) for name in entries if name not in names}


def _only_places_added(old: Any, new: Any) -> bool:
    """True if signature fields are the only annotations that were added to a page.

    So nobody added a note or a stamp. `old` and `new` are the page before and after signing.
    """
    known = list(old.get("/Annots", ()))
    added = [note.get_object() for note in new.get("/Annots", ()) if note not in known]
    return all(note.get("/Subtype") == "/Widget" and note.get("/FT") == "/Sig" for note in added)
