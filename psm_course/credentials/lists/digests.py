"""The list of digests: for each certificate number, its PDFs and the marks of its signatures.

The list is signed and contains no names. Decisions 0034 and 0130. The digest of a PDF shows if a
page was changed since the PDF was issued. The mark of a signature shows if the office itself signed
the certificate, and not a thief who has the office's key. A small list is one file, `sidik.json`. A
larger list is cut into parts, so that a phone downloads a few kilobytes only. For example, the part
`sidik/3f.json` contains the certificate numbers whose SHA-256 begins with `3f`. `sidik.json` then
says how many letters the names of the parts have.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any

from psm_course.credentials.documents import Json, Unreadable, instant, written
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.credentials.signing.proof import sign

FORMAT = "psm-pdf-digests/1"
MOST_IN_ONE = 256  # numbers, about 40 kB, half of it on the wire: who scans a code fetches it
_MOST_IN_A_PART = 256  # on average
_MOST_LETTERS = 8
_NOT_ONE = "Daftar sidik berkas tidak terbaca."

Pdfs = Mapping[str, Collection[str]]  # by number


@dataclass(frozen=True, slots=True)
class Digests:
    """The contents of one file of the list of digests.

    `issuer` is the office's DID, `as_of` the time of the list. `pdfs` maps each certificate number
    to the SHA-256 (hex) of its PDFs. `marks` maps each certificate number to the marks of its
    signatures; None in lists from before marks existed. `letters` is the number of characters in
    the name of each part, for example 2 for the part `3f`; 0 if the whole list is one file. `part`
    is the name of this part; "" for the first file.
    """

    issuer: str
    as_of: datetime
    pdfs: Pdfs
    letters: int = 0
    part: str = ""
    marks: Pdfs | None = None


def in_parts(listed: Pdfs, letters: int | None = None) -> Mapping[str, Pdfs]:
    """Cut the list of digests into the parts to publish; returns the parts by name.

    Each part contains digests by certificate number. The first file has the name "". If the list is
    cut, the first file is empty; other parts may be empty too.

    Args:
        listed: digests (or marks) by certificate number.
        letters: number of characters in the name of each part, for example 2 for the part `3f`;
            0: the list is not cut; None: the number that `letters_for` returns.
    """
    letters = letters_for(len(listed)) if letters is None else letters
    if letters == 0:
        return {"": listed}
    names = ["", *("".join(name) for name in product("0123456789abcdef", repeat=letters))]
    parts: dict[str, dict[str, Collection[str]]] = {name: {} for name in names}
    for number, digests in listed.items():
        parts[part_of(number, letters)][number] = digests
    return parts


def letters_for(count: int) -> int:
    """Return the number of characters in the name of each part of a list of digests.

    For example, the part `3f` has 2 characters. `count` is the number of certificate numbers in the
    list. The result is 0 if the list is short enough to be one file.
    """
    if count <= MOST_IN_ONE:
        return 0
    return next(
        letters for letters in range(1, _MOST_LETTERS) if count <= _MOST_IN_A_PART * 16**letters
    )


def part_of(number: str, letters: int) -> str:
    """Return the name of the part that contains this certificate number.

    The name is the first `letters` characters of the SHA-256 (hex) of the number, and does not
    reveal the number. Upper and lower case, and spaces in the number, make no difference.
    """
    return hashlib.sha256("".join(number.upper().split()).encode()).hexdigest()[:letters]


def sign_digests(
    issuer: Issuer,
    pdfs: Pdfs,
    key: SigningKey,
    now: datetime,
    letters: int = 0,
    part: str = "",
    marks: Pdfs | None = None,
) -> Json:
    """Build and sign one file of the list of digests; returns the document to publish.

    Args:
        issuer: the office.
        pdfs: SHA-256 (hex) of PDFs by certificate number.
        key: the key to sign with.
        now: the date of the list, aware.
        letters: number of characters in the name of each part of the list, for example 2 for the
            part `3f`; 0 if the list is not cut into parts.
        part: the name of this part; "" for the first file.
        marks: marks of signatures by certificate number; None leaves them out.
    """
    listed = {"pdfs": _as_lists(pdfs)} | ({} if marks is None else {"marks": _as_lists(marks)})
    cut = ({"letters": letters} if letters else {}) | ({"part": part} if part else {})
    return sign(
        {"format": FORMAT, "issuer": issuer.did, "as_of": written(now), **listed, **cut},
        [key],
        issuer.did,
        now,
    )


def _as_lists(listed: Pdfs) -> Json:
    return {number: list(each) for number, each in listed.items()}


def read_digests(document: Mapping[str, Any]) -> Digests:
    """Read a list of digests, or a part of one; its signature is not verified.

    Raises:
        Unreadable: the document is no list of digests.
    """
    try:
        pdfs, marks = (
            None if each is None else {number: tuple(listed) for number, listed in each.items()}
            for each in (document["pdfs"], document.get("marks"))
        )
        cut = (document.get("letters", 0), document.get("part", ""))
        read = Digests(document["issuer"], instant(document["as_of"]), pdfs or {}, *cut, marks)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unreadable(_NOT_ONE) from None
    if (
        document.get("format") != FORMAT
        or not isinstance(read.issuer, str)
        or read.letters not in range(_MOST_LETTERS)
    ):
        raise Unreadable(_NOT_ONE)
    return read
