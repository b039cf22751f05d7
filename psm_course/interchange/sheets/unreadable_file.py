"""Explains a file that is no sheet, by its first bytes, so that the sender knows what to do."""

from psm_course.errors import Refused

# All four bytes: a list of PKK members may well begin with "PK".
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF")
# The stream in which Excel keeps a workbook that opens with a password [MS-OFFCRYPTO 2.3.4].
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def is_text(content: bytes) -> bool:
    """True if the content may be the text of a CSV: not empty, no renamed workbook or picture."""
    return bool(content) and not content.startswith((ZIP, OLE, *_PICTURES))


def not_a_sheet(name: str, content: bytes) -> Refused:
    """Return the error for a file from which no sheet could be read; the caller raises it."""
    if not content:
        return Refused(f"{name}: berkas ini kosong (0 byte). Minta dikirim ulang.")
    if content.startswith(OLE) and _LOCKED in content:
        return Refused(
            f"{name}: terkunci kata sandi. Buka di Excel, hapus kata sandinya, simpan, lalu ulangi."
        )
    if content.startswith(_PICTURES):
        return Refused(
            f"{name}: ini gambar atau PDF, bukan lembar. Minta berkas Excel aslinya, atau ketik"
            " isinya ke Excel."
        )
    return Refused(
        f"{name}: bukan berkas Excel yang utuh. Buka di Excel, simpan sebagai .xlsx, lalu ulangi."
    )
