"""Checks that a certificate is in the office's published list of its own signatures.

A thief who has a key of the office, even a retired key, can sign any certificate. But only the
certificates that the office itself issued are in the list, by number and mark. Decision 0130.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from psm_course.credentials.formats.statement import Statement
from psm_course.credentials.lists.digests import Digests, Pdfs, part_of


@dataclass(frozen=True, slots=True)
class Listed:
    """The published marks of an office's signatures, by certificate number.

    A mark is a short code made from a signature, so that the list needs no names of people. `parts`
    maps the name of each part of the list to the marks in this part. `letters` is the number
    of characters in the name of each part, for example 2 for the part `3f`; 0 if the list is one
    file. `as_of` is the date of the first file.
    """

    as_of: datetime
    letters: int
    parts: Mapping[str, Pdfs]

    def knows_not(self, statement: Statement) -> bool:
        """True if the office's lists do not contain this certificate, although they should.

        The result is True if the number is not listed, or is listed with other marks. The result is
        False if the number is listed without any mark: the office has erased the documents, and
        cannot compute their marks any more. The result is also False if nothing can be decided: the
        part of the list for this number is missing, or the certificate was signed after the date of
        the list.
        """
        number = statement.facts.get("number")
        part = self.parts.get(part_of(number, self.letters)) if isinstance(number, str) else None
        if part is None or statement.signed_by is None or statement.signed_by > self.as_of:
            return False
        marks: Collection[str] | None = part.get(str(number))
        return marks is None or (len(marks) > 0 and statement.mark not in marks)


def listed_of(digests: Iterable[Digests]) -> Mapping[str, Listed]:
    """Return the published marks of signatures, by the office's DID.

    Lists without marks are left out. For each office, the newest `sidik.json` is used, the first
    file of the list. This file says how many letters the names of the parts have; parts with longer
    or shorter names are ignored. If there are several lists of one part, the newest is used.

    Args:
        digests: verified lists of digests, oldest first.
    """
    newest = {(each.issuer, each.part): each for each in digests}
    return {
        issuer: Listed(first.as_of, first.letters, _parts(newest, issuer, first.letters))
        for (issuer, part), first in newest.items()
        if part == "" and first.marks is not None
    }


def _parts(
    newest: Mapping[tuple[str, str], Digests], issuer: str, letters: int
) -> Mapping[str, Pdfs]:
    return {
        part: each.marks
        for (did, part), each in newest.items()
        if did == issuer and len(part) == letters and each.marks is not None
    }
