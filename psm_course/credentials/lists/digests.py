"""Digests of everything issued, by number. Signed; no names. Decisions 0034 and 0130.

The digest of a PDF shows if a page was changed since it was issued. The mark of a signature shows
if the office itself made it, or a thief with the office's key. A small list is one file. A larger
one is cut into parts by the first letters of a hash, so that a phone fetches a few kilobytes only:
`sidik.json` says how many letters, `sidik/3f.json` is a part.
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
    """A list as read: issuer, date, and SHA-256 (hex) of each PDF by number.

    `letters` is the number of letters by which the list is cut into parts (0: one file); `part` is
    this part's name. `marks` are the marks of all signatures under each number; None in lists from
    before marks existed.
    """

    issuer: str
    as_of: datetime
    pdfs: Pdfs
    letters: int = 0
    part: str = ""
    marks: Pdfs | None = None


def in_parts(listed: Pdfs, letters: int | None = None) -> Mapping[str, Pdfs]:
    """Cut the list into the parts that are published; returns them by name, "" for the first file.

    Parts may be empty.

    Args:
        listed: digests by certificate number.
        letters: number of letters in part names; None: as many as `letters_for` gives.
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
    """The number of letters in part names for this many numbers; 0: one file is enough."""
    if count <= MOST_IN_ONE:
        return 0
    return next(
        letters for letters in range(1, _MOST_LETTERS) if count <= _MOST_IN_A_PART * 16**letters
    )


def part_of(number: str, letters: int) -> str:
    """The name of the part that has this number. Case and spaces of the number do not matter.

    The name is the beginning of a hash, which does not reveal the number.
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
    """The signed document to publish."""
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
    """Read a list; its signature is not verified.

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
